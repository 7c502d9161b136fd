"""Tie a model's wording to the words that a customer said.

A quote is a span of its document, cut by this code; what a model typed is only a hint where it is.
Wording is compared word for word: as it was said, case, width and punctuation apart; then with
what a transcript adds left out. The quote is the whole sentence, or sentences, that hold it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from assistant.errors import UngroundedQuote
from assistant.grounding.cuts import Cuts
from assistant.grounding.likeness import Wording, likenesses
from assistant.grounding.search import occurrences
from ingestion.chunking import sentences
from ingestion.models import Document, Role, Segment, Span


class Anchors(NamedTuple):
    """The first and the last words of a quote, for those who do not write it out."""

    first: str
    last: str


class _Said(NamedTuple):
    """Words of one speaker, where they begin in the document, and their sentences in them."""

    text: str
    start: int
    sentences: Sequence[tuple[int, int]]


def ground(wording: str | Anchors, segment: Segment, document: Document | None = None) -> Span:
    """Find the sentences that hold `wording`, in the segment that is cited.

    Args:
        wording: What is claimed to have been said, or how it begins and ends.
        segment: Where it is claimed to have been said: this settles which of two is meant.
        document: Where the segment stands. With it, a quote may go on over the sentences around
            the segment, within the speaker's turn; without it, it may not.

    Returns:
        Where the quote stands in the plain text of the segment's document.

    Raises:
        UngroundedQuote: Nobody said it there, no customer did, or the cut turns what was said.
    """
    said = _said(wording, segment, document)
    for start, end in _found(wording, said, segment.language):
        if start < segment.span.end - said.start and segment.span.start - said.start < end:
            return _widened(said, start, end)
    claimed = " … ".join(wording) if isinstance(wording, Anchors) else wording
    raise UngroundedQuote(claimed, segment.id)


def _said(wording: str | Anchors, segment: Segment, document: Document | None) -> _Said:
    """Give what is searched: the segment, or the whole of its turn if a customer speaks."""
    if document and document.turns[segment.turn].role is not Role.CUSTOMER:
        return _Said("", segment.span.start, [])
    if document is None or isinstance(wording, Anchors):
        return _Said(segment.text, segment.span.start, [(0, len(segment.text))])
    turn = document.turns[segment.turn]
    spans = list(sentences.spans(turn.text, document.language))
    return _Said(turn.text, document.starts[segment.turn], spans)


def _widened(said: _Said, start: int, end: int) -> Span:
    """Widen to whole sentences."""
    touched = [(begin, stop) for begin, stop in said.sentences if begin < end and start < stop]
    return Span(start=said.start + touched[0][0], end=said.start + touched[-1][1])


def _found(wording: str | Anchors, said: _Said, language: str) -> Iterator[tuple[int, int]]:
    """Give where a wording stands in what was said, as far as it may be cut there."""
    text = Wording.of(said.text, language)
    parts = wording if isinstance(wording, Anchors) else (wording,)
    found = [list(_alike(Wording.of(normalize("NFC", part), language), text)) for part in parts]
    if not all(found):
        return
    cuts = Cuts(text, [start for start, _ in said.sentences])
    for start, end in _between(found[0], found[1], cuts) if len(found) > 1 else found[0]:
        if cuts.may_begin(start) and cuts.may_end(end):
            yield text.words[start].start, text.words[end - 1].end


def _between(
    first: Iterable[tuple[int, int]], last: Iterable[tuple[int, int]], cuts: Cuts
) -> Iterator[tuple[int, int]]:
    """Give what stands between the first words and the last, farthest apart, if they come so."""
    begin = next((start for start, _ in first if cuts.may_begin(start)), None)
    end = max((end for _, end in last if cuts.may_end(end)), default=-1)
    if begin is not None and begin < end:
        yield begin, end


def _alike(wanted: Wording, text: Wording) -> Iterator[tuple[int, int]]:
    """Give which words of a text are those of a wording, as a half-open range."""
    begins = {word.start: at for at, word in enumerate(text.words)}
    ends = {word.end: at for at, word in enumerate(text.words, start=1)}
    for claimed, words in likenesses(wanted, text):
        for first, last in occurrences([w.key for w in claimed], [w.key for w in words]):
            yield begins[words[first].start], ends[words[last].end]
