"""What a model is asked to reply about a pack of rows, and what it means for a reading."""

from typing import Literal

from assistant.asking import Terse
from assistant.models import DEFAULT_STAGES, Emotion, EvidenceKind, Reading

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


class Finding(Terse):
    """A row that shows something. What was said there is not asked for: it is cut from the row.

    Attributes:
        topic: The touchpoint, "" where there is none; each letter of a name is paid for.
    """

    id: str
    kind: KindWord
    stage: StageWord
    emotion: EmotionWord
    valence: Literal[-2, -1, 0, 1, 2]
    topic: str

    @property
    def kinds(self) -> tuple[EvidenceKind, ...]:
        """The kinds, apart."""
        return tuple(EvidenceKind(word) for word in self.kind.split("+"))

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


def _touchpoint(words: str) -> str | None:
    """Keep a touchpoint short and in one spelling; a whole sentence is none."""
    named = words.strip(" .,;:\"'").casefold()
    return named if named and len(named.split()) <= _LONGEST_TOUCHPOINT else None
