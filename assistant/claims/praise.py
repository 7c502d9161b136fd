"""Hold praise against where sessions end."""

from collections.abc import Iterable
from typing import NamedTuple

from assistant.behaviour import Costs
from assistant.claims.checking import Ranked, counted
from assistant.claims.study import factor, number
from assistant.models import Behaviour, CountedClaim

_FEW = 5
"""Fewer people praise nothing."""
_MUCH = 0.4
"""What a step loses at least before it is told."""
_MORE = 1.25


class Praised(NamedTuple):
    """A touchpoint that people praise.

    Attributes:
        touchpoint: In one to four words, as the themes have it.
        people: Distinct people who praise it.
        critics: Distinct people who complain about the same touchpoint.
    """

    touchpoint: str
    people: int
    critics: int


def compare(praised: Iterable[Praised], costs: Costs, source: str) -> tuple[Ranked, ...]:
    """Find what many praise and few complain about, and where sessions end all the same.

    Args:
        praised: Each touchpoint once.
        costs: Of the study's funnel.
        source: The event log's source, for citing.
    """
    told = (_told(each, costs, source) for each in praised)
    return tuple(each for each in told if each is not None)


def _told(praised: Praised, costs: Costs, source: str) -> Ranked | None:
    step, usual = costs.worst(praised.touchpoint), costs.typical
    if step is None or step.drop_off is None or usual is None:
        return None
    is_loved = praised.people >= _FEW and praised.people >= 2 * praised.critics
    if not is_loved or step.drop_off < max(_MUCH, _MORE * usual):
        return None
    lost, typical = round(100 * step.drop_off, 1), round(100 * usual, 1)
    return counted(
        CountedClaim(metric=f"people who praise {praised.touchpoint}", value=praised.people),
        Behaviour(
            document=source,
            metric=f"share of sessions that go no further than {step.step}, percent",
            value=lost,
            typical=typical,
        ),
        f"{praised.people} people praise {praised.touchpoint} and {praised.critics} complain, but "
        f"{number(lost)} % of the {step.sessions} sessions that reach {step.step} go no further; "
        f"a typical step loses {number(typical)} %.",
        factor(lost, typical) * praised.people**0.5,
    )
