"""What a model is asked to reply about a pack of rows, and what it means for a reading."""

from typing import Literal

from pydantic.json_schema import SkipJsonSchema

from assistant.asking import Terse, line
from assistant.errors import UngroundedQuote
from assistant.grounding import Anchors, ground
from assistant.models import DEFAULT_STAGES, Emotion, EvidenceKind, Reading
from ingestion.models import Segment

KindWord = Literal[
    "pain",
    "delight",
    "opportunity",
    "action",
    "pain+action",
    "delight+action",
    "pain+opportunity",
]
StageWord = Literal["awareness", "consideration", "decision", "experience", "retention", "advocacy"]
EmotionWord = Literal[
    "uncertain",
    "urgent",
    "excited",
    "sceptical",
    "reassured",
    "frustrated",
    "confused",
    "disappointed",
    "angry",
    "satisfied",
    "neutral",
]

_STAGES = tuple(stage.id for stage in DEFAULT_STAGES)
_AGREED, _ALONE, _APART = 0.9, 0.75, 0.6
"""How sure a reading is that the local models share, did not make, or made otherwise."""
_MODEL_SHARE = 0.7
"""What the model's stage counts beside the scores that the local models give each stage."""
_LONGEST_TOUCHPOINT = 4
_LONG = 240
"""Characters of a row of which a quote may be given by its first and last words."""


class Finding(Terse):
    """A row that shows something. What was said there is not asked for: it is cut from the row.

    Attributes:
        topic: The touchpoint, "" where there is none; each letter of a name is paid for.
        quote: What a model that was not asked for it claims was said; "" as a rule.
    """

    id: str
    kind: KindWord
    stage: StageWord
    emotion: EmotionWord
    valence: Literal[-2, -1, 0, 1, 2]
    topic: str
    quote: SkipJsonSchema[str] = ""

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The kinds, apart."""
        return tuple(EvidenceKind(word) for word in self.kind.split("+"))

    def is_said(self, row: Segment) -> bool:
        """Tell whether the row, as the model is shown it, holds what it claims was said there."""
        if not self.quote.strip():
            return True
        shown = row.model_copy(update={"text": line(row.text)})
        try:
            ground(_anchors(self.quote, row) or self.quote, shown)
        except UngroundedQuote:
            return False
        return True

    def onto(self, local: Reading) -> Reading:
        """Give the reading that the model's words make of what the local models read.

        Whom the words speak of and the channel stay as read locally: they are not asked for.
        """
        return local._replace(
            kinds=self.kinds,
            stage=self.stage,
            stage_scores=self._scores(local),
            emotion=Emotion(self.emotion),
            valence=float(self.valence),
            confidence=self._confidence(local),
            touchpoint=_touchpoint(self.topic) or local.touchpoint,
        )

    def _scores(self, local: Reading) -> tuple[float, ...]:
        told = [float(stage == self.stage) for stage in _STAGES]
        return tuple(
            round(_MODEL_SHARE * mine + (1 - _MODEL_SHARE) * theirs, 4)
            for mine, theirs in zip(told, local.stage_scores, strict=True)
        )

    def _confidence(self, local: Reading) -> float:
        if not local.kinds:
            return _ALONE
        return _AGREED if set(self.kinds) & set(local.kinds) else _APART


class Findings(Terse):
    """The rows that show something; the others are left out."""

    found: list[Finding]


def _anchors(quote: str, row: Segment) -> Anchors | None:
    """Read "first words … last words", as a quote of a long row may be given."""
    first, dots, last = quote.replace("...", "…").partition("…")
    is_short = len(row.text) < _LONG or not (dots and first.strip() and last.strip())
    return None if is_short else Anchors(first, last)


def _touchpoint(words: str) -> str | None:
    """Keep a touchpoint short and in one spelling; a whole sentence is none."""
    named = words.strip(" .,;:\"'").casefold()
    return named if named and len(named.split()) <= _LONGEST_TOUCHPOINT else None
