"""A company's own stages in place of the six defaults."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import yaml
from pydantic import Field, ValidationError

from assistant.errors import MalformedStages
from assistant.models import DEFAULT_STAGES, Stage
from ingestion.embedding import Embed, Vectors
from ingestion.models import Record

_DEFAULTS = tuple(stage.id for stage in DEFAULT_STAGES)
_GUIDE = (
    "write a list of stages, each a name or {id, name, description, covers}, "
    f"where covers lists default stages: {', '.join(_DEFAULTS)}"
)
_SHARPNESS = 8.0
"""How strongly nearness of meaning decides between stages that cover the same default."""


class OwnStage(Record):
    """A stage as a company names it.

    Attributes:
        description: What happens there, in a sentence: helps to tell it from its neighbours.
        covers: The default stages it stands for.
    """

    id: str = Field(pattern=r"^[\w-]+$")
    name: str = Field(min_length=1)
    description: str = ""
    covers: tuple[str, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage as the map shows it."""
        return Stage(id=self.id, name=self.name)


def load(path: Path) -> tuple[OwnStage, ...]:
    """Read a stages file, YAML or JSON.

    A stage that does not say what it covers covers the default of its name; the defaults that no
    stage claims are laid along the list in order, so that every reading finds its stage.

    Raises:
        MalformedStages: The file cannot be read or does not list stages, with what to write.
    """
    try:
        stages = tuple(_stage(entry) for entry in _entries(yaml.safe_load(path.read_text("utf-8"))))
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedStages(f"{path}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise MalformedStages(f"{path}: neither YAML nor JSON: {error}") from error
    except ValidationError as error:
        raise MalformedStages(f"{path}: {_first(error)}; {_GUIDE}") from error
    except ValueError as error:
        raise MalformedStages(f"{path}: {error}; {_GUIDE}") from error
    if len({stage.id for stage in stages}) < len(stages):
        raise MalformedStages(f"{path}: two stages have the same id; give each its own")
    return covering(stages)


def covering(stages: tuple[OwnStage, ...]) -> tuple[OwnStage, ...]:
    """Lay the defaults that no stage claims along the list, so that each is covered."""
    named = tuple(_by_name(stage) for stage in stages)
    claimed = {default for stage in named for default in stage.covers}
    return tuple(
        stage.model_copy(update={"covers": _covers(stage, at, len(named), claimed)})
        for at, stage in enumerate(named)
    )


def prototypes(stages: Sequence[OwnStage], embed: Embed) -> Vectors:
    """Give each stage a vector for its name and description, in order."""
    return embed([f"{stage.name}. {stage.description}".strip() for stage in stages])


def assign(
    stages: Sequence[OwnStage],
    stage_scores: Sequence[float],
    nearness: Sequence[float] | None = None,
) -> str:
    """Choose the stage of a reading among a company's own.

    Args:
        stages: The company's own, in order.
        stage_scores: How likely each default stage is, as the reading says.
        nearness: The cosine between the sentence in its context and each stage's prototype; it
            decides between stages that cover the same default, or none.
    """
    scores = np.array([_covered(stage, stages, stage_scores) for stage in stages])
    if nearness is not None:
        leaning = np.exp(_SHARPNESS * (np.asarray(nearness, float) - max(nearness)))
        scores = (scores + 0.05) * leaning
    return stages[int(scores.argmax())].id


def own(default: str, stages: Sequence[OwnStage]) -> str:
    """Give the stage that stands for a default one; the default itself where there are none."""
    certain = [float(stage == default) for stage in _DEFAULTS]
    return assign(stages, certain) if stages else default


def _covered(stage: OwnStage, stages: Sequence[OwnStage], scores: Sequence[float]) -> float:
    """Add up a stage's share of each default it covers."""
    likely = dict(zip(_DEFAULTS, scores, strict=True))
    return sum(
        likely[default] / sum(default in other.covers for other in stages)
        for default in stage.covers
    )


def _entries(content: Any) -> list[Any]:  # noqa: ANN401 whatever a file may hold
    fields = cast(dict[str, Any], content) if isinstance(content, dict) else {"stages": content}
    listed = fields.get("stages")
    if not isinstance(listed, list) or not listed:
        raise ValueError("no list of stages")
    return cast(list[Any], listed)


def _stage(entry: Any) -> OwnStage:  # noqa: ANN401 whatever a file may hold
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, dict):
        raise ValueError(f"{entry!r} is no stage")
    fields = cast(dict[str, Any], entry)
    if not fields.get("name"):
        raise ValueError("a stage has no name")
    stage = OwnStage.model_validate({"id": _slug(str(fields["name"])), **fields})
    unknown = [default for default in stage.covers if default not in _DEFAULTS]
    if unknown:
        raise ValueError(f"{stage.name!r} covers {unknown[0]!r}, which is no default stage")
    return stage


def _slug(name: str) -> str:
    kept = "".join(sign if sign.isalnum() else "-" for sign in name.casefold())
    return "-".join(part for part in kept.split("-") if part)


def _first(error: ValidationError) -> str:
    problem = error.errors()[0]
    return f"{'.'.join(map(str, problem['loc']))}: {problem['msg'].lower()}"


def _covers(stage: OwnStage, at: int, n: int, claimed: set[str]) -> tuple[str, ...]:
    here = tuple(d for place, d in enumerate(_DEFAULTS) if place * n // len(_DEFAULTS) == at)
    free = tuple(default for default in here if default not in claimed)
    return stage.covers + free or (_DEFAULTS[at * len(_DEFAULTS) // n],)


def _by_name(stage: OwnStage) -> OwnStage:
    if stage.covers or stage.id not in _DEFAULTS:
        return stage
    return stage.model_copy(update={"covers": (stage.id,)})
