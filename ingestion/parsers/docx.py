"""Read Word documents, as people type transcripts and Teams exports them.

The paragraphs are walked here and not by the library, which leaves out words that stand in tracked
insertions, content controls and text boxes. Deleted words, comments and footnotes are not said.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Protocol, cast
from zipfile import ZipFile

from ingestion.errors import MalformedSource, SourceTooLarge
from ingestion.models import Turn
from ingestion.speech import prose

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_UNSAID = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK}
_MAX_UNPACKED_BYTES = 200_000_000


class _Root(Protocol):
    """The root of a document's XML."""

    body: "_Element"


class _Element(Protocol):
    """The part of an XML element that is used here."""

    tag: str
    text: str | None

    def __iter__(self) -> Iterator["_Element"]: ...
    def iter(self, tag: str) -> Iterator["_Element"]: ...
    def get(self, key: str) -> str | None: ...


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a Word document into turns: labels at the start of paragraphs, or a table's columns.

    Raises:
        MalformedSource: It is no Word document, or damaged.
        SourceTooLarge: It unpacks to more than 200 MB.
    """
    body = _body(data)
    return prose.turns("\n".join(_lines(body)))


def _body(data: bytes) -> _Element:
    import docx  # a tenth of a second, for those who have a Word document

    try:
        size = sum(member.file_size for member in ZipFile(BytesIO(data)).infolist())
        if size <= _MAX_UNPACKED_BYTES:
            return cast("_Root", docx.Document(BytesIO(data)).element).body
    except Exception as error:  # the library fails in every way there is on a damaged package
        raise MalformedSource("a damaged Word document: open it and save it again") from error
    raise SourceTooLarge(size, _MAX_UNPACKED_BYTES)


def _lines(parent: _Element) -> Iterator[str]:
    """Yield the lines of what stands below, a blank one between paragraphs."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from (_marked(child), "")
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield from (_row(row), "")
        elif child.tag not in _UNSAID:
            yield from _lines(child)


def _row(row: _Element) -> str:
    cells = [cell for cell in row if cell.tag == f"{_W}tc"]
    return prose.row([" ".join(filter(None, _lines(cell))) for cell in cells])


def _marked(paragraph: _Element) -> str:
    """A paragraph's words, with the marks of Markdown if it is a heading or bold throughout."""
    words = "".join(_words(paragraph))
    styles = (style.get(f"{_W}val") or "" for style in paragraph.iter(f"{_W}pStyle"))
    if any(style.startswith(("Heading", "Title")) for style in styles):
        return f"# {words}"
    return f"**{words.strip()}**" if words.strip() and _is_bold(paragraph) else words


def _is_bold(paragraph: _Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(_words(run)).strip()]
    return bool(runs) and all(
        any(bold.get(f"{_W}val") not in ("0", "false") for bold in run.iter(f"{_W}b"))
        for run in runs
    )


def _words(element: _Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _UNSAID:
            yield from _words(child)
