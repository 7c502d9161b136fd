"""Listen with what a person did in mind, so that the next question asks about the right moment.

The claims are found and checked as those of any interview are. What comes of it is one mark on
what was heard: the interviewer asks openly how it went, and never says what was counted.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from threading import Lock

from assistant.behaviour import EventLog, Events
from assistant.claims.checking import check
from assistant.claims.spotting import Prototypes, prepare, spot
from assistant.interviewing import Context, Conversation, Heard, Listening
from assistant.models import Claim
from ingestion import chunking
from ingestion.embedding import Embed
from ingestion.models import Document, DocumentId, DocumentKind, Event, Segment, SourceId, Turn
from ingestion.records.people import person

Doings = Callable[[], AbstractContextManager[EventLog]]
"""Opens the event log of a study, for as long as an answer is held against it."""

_VISIT = SourceId("visit")
_MOST_ROWS = 100
"""More than this of one thing is no other behaviour."""


class Spotter:
    """Finds claims with one model."""

    def __init__(self, embed: Embed) -> None:
        """Compare sentences by the vectors of `embed`."""
        self._embed = embed
        self._prototypes: Prototypes | None = None
        self._preparing = Lock()

    def prepare(self) -> Prototypes:
        """Make what claims are told by, once: it takes seconds, and who listens meanwhile waits."""
        with self._preparing:
            if self._prototypes is None:
                self._prototypes = prepare(self._embed)
            return self._prototypes

    def spot(self, segments: Sequence[Segment]) -> tuple[Claim, ...]:
        """Find the claims in what somebody said."""
        if not segments:
            return ()
        vectors = self._embed([segment.text for segment in segments])
        return spot(segments, vectors, self.prepare(), self._embed)


class Mindful:
    """Listens, and marks an answer that claims what the person's own doings speak against.

    Only a visitor for whom the company vouches is known to be the person of its logs. Whoever is
    in no log and of whom no count is known costs no time.
    """

    def __init__(
        self, listening: Listening, spotter: Spotter, doings: Doings | None = None
    ) -> None:
        """Hear all the rest with `listening`.

        Args:
            listening: What hears all the rest.
            spotter: What finds the claims; may be shared.
            doings: The study's log; without one, what the visit itself says is all there is.
        """
        self._listening, self._spotter, self._doings = listening, spotter, doings

    def hear(self, text: str, conversation: Conversation) -> Heard:
        """Listen to what the person says now."""
        heard = self._listening.hear(text, conversation)
        who = conversation.context.visitor
        if who is None or not conversation.context.is_signed or heard.is_bare:
            return heard
        if heard.is_instruction or not self._is_at_odds(text, person(who) or who, conversation):
            return heard
        return heard.model_copy(update={"is_at_odds": True})

    def _is_at_odds(self, text: str, who: str, conversation: Conversation) -> bool:
        known = Events(_counted(who, conversation.context, conversation.started_at))
        if self._doings is None:
            return self._parts(text, who, conversation, known)
        with self._doings() as log:
            return any(self._parts(text, who, conversation, each) for each in (known, log))

    def _parts(self, text: str, who: str, conversation: Conversation, log: EventLog) -> bool:
        if next(iter(log.of(who)), None) is None:
            return False
        claims = self._spotter.spot(chunking.split(_document(text, who, conversation)))
        return bool(claims and check(claims, log).contradictions)


def _counted(who: str, context: Context, at: datetime.datetime) -> Iterator[Event]:
    """What is known of the visit, as rows of one log: as many of each as were counted."""
    for name, count in context.known.items():
        for _ in range(min(int(count), _MOST_ROWS)):
            yield Event(source_id=_VISIT, session="visit", participant=who, at=at, name=name)


def _document(text: str, who: str, conversation: Conversation) -> Document:
    return Document(
        id=DocumentId(conversation.id),
        source_id=SourceId(conversation.id),
        kind=DocumentKind.INTERVIEW,
        turns=(Turn(text=text),),
        language=conversation.language,
        participant=who,
    )
