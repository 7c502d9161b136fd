"""From a source to what it holds: recognise it, then let its parser or `records` read it."""

from collections import Counter
from collections.abc import Callable, Iterator

from ingestion import decoding, records, roles
from ingestion.errors import MalformedSource, SourceTooLarge
from ingestion.mapping import Mapping
from ingestion.models import (
    Contents,
    Document,
    DocumentId,
    DocumentKind,
    Recognition,
    Source,
    Turn,
)
from ingestion.parsers import docx, html, json_export, odt, pdf, plain, sbv, srt, webvtt
from ingestion.parsers.json_export import Dialogue
from ingestion.parsing import formats, naming
from ingestion.records.people import person

_MAX_BYTES = 64_000_000
"""A transcript is held in memory: a year of talk is less than this."""

_PARSERS: dict[str, Callable[[bytes], tuple[Turn, ...]]] = {
    "webvtt": webvtt.parse,
    "srt": srt.parse,
    "sbv": sbv.parse,
    "text": plain.parse,
    "markdown": plain.parse,
    "html": html.parse,
    "docx": docx.parse,
    "odt": odt.parse,
    "pdf": pdf.parse,
}
_BINARY = frozenset({"docx", "odt", "pdf"})


def read(source: Source, mapping: Mapping | None = None) -> Contents:
    """Recognise a source by its content, and read it.

    Args:
        source: A file that `sources.gather` found.
        mapping: What a person says about the columns of a table; it overrides what is guessed.

    Returns:
        One document for a transcript, one for each conversation, record or answer elsewhere.

    Raises:
        UnsupportedFormat: Nothing here reads it; the reason says what to do.
        MalformedSource: It breaks its own format, with the line.
        SourceTooLarge: It has to be read whole, and is too large for that.
    """
    try:
        form = formats.recognise(source.path)
        if form in _PARSERS:
            return _transcript(source, form, _load(source))
        if form in formats.JSON and (found := _conversations(source)):
            return found
    except OSError as error:
        reason = f"it cannot be opened: {error.strerror}; check the path and its rights"
        raise MalformedSource(reason) from error
    return records.read(source, form, mapping)


def _load(source: Source) -> bytes:
    size = source.path.stat().st_size
    if size > _MAX_BYTES:
        raise SourceTooLarge(size, _MAX_BYTES)
    return source.path.read_bytes()


def _transcript(source: Source, form: str, data: bytes) -> Contents:
    said = roles.cast(_PARSERS[form](data))
    encoding = None if form in _BINARY else decoding.detect(data)
    recognition = _recognition(source, form, said.note, encoding)
    return Contents(recognition, iter([_document(source, source.id, said.turns)]))


def _conversations(source: Source) -> Contents | None:
    """The conversations in a JSON file, None where it holds records: those are streamed."""
    if source.path.stat().st_size > _MAX_BYTES:
        return None
    data = source.path.read_bytes()
    dialogues = json_export.dialogues(data)
    if not dialogues:
        return None
    first, *more = dialogues
    note = f"{1 + len(more)} conversations." if more else roles.cast(first.turns).note
    recognition = _recognition(source, "json transcript", note, decoding.detect(data))
    return Contents(recognition, _documents(source, dialogues))


def _documents(source: Source, dialogues: tuple[Dialogue, ...]) -> Iterator[Document]:
    if len(dialogues) == 1:
        document = _document(source, source.id, roles.assign(dialogues[0].turns))
        named = person(dialogues[0].participant)
        yield document.model_copy(update={"participant": named or document.participant})
        return
    seen: Counter[str] = Counter()
    for dialogue in dialogues:
        seen[dialogue.id] += 1
        name = dialogue.id if seen[dialogue.id] == 1 else f"{dialogue.id}-{seen[dialogue.id]}"
        document = _document(source, f"{source.id}#{name}", roles.assign(dialogue.turns))
        numbered = None if dialogue.id.isdigit() else dialogue.id.lower()
        named = person(dialogue.participant) or numbered
        yield document.model_copy(update={"participant": named})


def _document(source: Source, name: str, turns: tuple[Turn, ...]) -> Document:
    return Document(
        id=DocumentId(name),
        source_id=source.id,
        kind=DocumentKind.INTERVIEW,
        turns=turns,
        title=naming.title(turns),
        date=naming.date(source.id, turns),
        participant=naming.participant(source.id, turns),
    )


def _recognition(source: Source, form: str, note: str, encoding: str | None) -> Recognition:
    return Recognition(
        source_id=source.id,
        format=form,
        kind=DocumentKind.INTERVIEW,
        encoding=encoding,
        note=note,
    )
