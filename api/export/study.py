"""A map with its quotes and voices, as the page asks about them."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assistant.models import Draft, Evidence, Persona, Theme, Voice
from ingestion.models import DocumentKind


class Facts(NamedTuple):
    """What the page says of the whole study, beyond what it quotes.

    Attributes:
        people: Everybody heard: the base of every share. 0 where it is not known.
        documents: How many there are of each kind.
        drawn: The day of the draft.
    """

    people: int = 0
    documents: Mapping[str, int] = {}
    drawn: datetime.date | None = None


def facts(voices: Iterable[Voice], drawn: datetime.date | None = None) -> Facts:
    """Count the documents of a study and the people behind them, holding none of them."""
    people: set[str] = set()
    documents: Counter[str] = Counter()
    for voice in voices:
        documents[voice.kind.value] += 1
        if voice.kind is not DocumentKind.EVENTS:
            people.add(voice.participant or voice.id)
    return Facts(len(people), documents, drawn)


@dataclass(frozen=True)
class Study:
    """What the page is made of.

    Attributes:
        quotes: By id. It may lack some of what the draft cites: then the page says so.
        voices: By id: at least the documents that are quoted.
    """

    draft: Draft
    quotes: Mapping[str, Evidence]
    voices: Mapping[str, Voice]
    facts: Facts

    @property
    def people(self) -> int:
        """How many people the study heard, 0 where that is not known."""
        return self.facts.people

    @cached_property
    def themes(self) -> dict[str, Theme]:
        """The themes by id."""
        return {theme.id: theme for theme in self.draft.themes}

    @cached_property
    def is_counted(self) -> bool:
        """Whether any behaviour was there to compare words with."""
        return bool(self.draft.funnel or self.draft.contradictions or self.draft.consistent_claims)

    @cached_property
    def persona_of(self) -> dict[str, str]:
        """Which persona a person belongs to: a participant, or a document where nobody is named."""
        return {who: persona.id for persona in self.draft.personas for who in persona.participants}

    def held(self, evidence_ids: Iterable[str]) -> Iterator[Evidence]:
        """Yield those of the evidence whose quotes the page holds, in their order."""
        return (self.quotes[one] for one in evidence_ids if one in self.quotes)

    def kinds(self, evidence_ids: Iterable[str]) -> tuple[str, ...]:
        """Name the kinds of source behind some evidence, in the order of the legend."""
        found = {
            self.voices[quote.document].kind
            for quote in self.held(evidence_ids)
            if quote.document in self.voices
        }
        return tuple(kind.value for kind in DocumentKind if kind in found)

    def kinds_of(self, theme: Theme) -> tuple[str, ...]:
        """Name the kinds of source behind a theme: as it counts them, else as its quotes tell."""
        counted = tuple(kind.value for kind in DocumentKind if theme.sources.get(kind.value))
        return counted or self.kinds(theme.evidence_ids)

    def persona(self, quote: Evidence) -> str | None:
        """Tell whose quote it is: the persona it names, else that of its participant."""
        voice = self.voices.get(quote.document)
        who = quote.participant or (voice.participant if voice else None) or quote.document
        return self._named.get(quote.persona or "") or self.persona_of.get(who)

    @cached_property
    def _named(self) -> dict[str, str]:
        personas: tuple[Persona, ...] = self.draft.personas
        return {key: persona.id for persona in personas for key in (persona.name, persona.id)}
