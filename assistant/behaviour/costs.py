"""What a break-off costs: the share of sessions lost where a theme is felt."""

from collections.abc import Sequence
from statistics import median

from assistant.behaviour.concepts import Concept, concept, concept_of, words
from assistant.behaviour.steps import Step
from assistant.models import FunnelStep


class Costs:
    """Where sessions end, asked for in the words of a theme."""

    def __init__(self, steps: Sequence[FunnelStep]) -> None:
        self._steps = [step for step in steps if step.drop_off is not None]

    def at(self, touchpoint: str | None) -> float | None:
        """Give the share of sessions lost at the step that a touchpoint speaks of.

        Args:
            touchpoint: One to four words, in any of the nine languages: "price page", "Kasse".

        Returns:
            The highest share among the steps that match, None where none does.
        """
        worst = self.worst(touchpoint)
        return None if worst is None else worst.drop_off

    def worst(self, touchpoint: str | None) -> FunnelStep | None:
        """Find the step that a touchpoint speaks of, the one that loses most of several."""
        found = [step for step in self._steps if touchpoint and _match(step, touchpoint)]
        return max(found, key=lambda step: step.drop_off or 0.0, default=None)

    @property
    def typical(self) -> float | None:
        """The median share that a step of the funnel loses, None without a funnel."""
        shares = [step.drop_off for step in self._steps if step.drop_off is not None]
        return round(median(shares), 4) if shares else None


def _match(step: FunnelStep, touchpoint: str) -> bool:
    meant = _step_meaning(step.step)
    about = concept_of(touchpoint)
    if about is not None and about != Concept.VISIT:
        return meant == about
    mine = set(words(step.step).split()) - {"page", "view", "step", "start"}
    return any(len(word) > 3 and word in mine for word in words(touchpoint).split())


def _step_meaning(step: str) -> Concept | None:
    name, _, page = step.partition(" ")
    return concept(Step(name, page or None))
