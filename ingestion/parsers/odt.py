"""Read OpenDocument texts, as LibreOffice and Google Docs write them.

Source: https://docs.oasis-open.org/office/OpenDocument/v1.3/, part 3, sections 5, 6 and 9
"""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from ingestion.errors import MalformedSource, SourceTooLarge
from ingestion.models import Turn
from ingestion.speech import prose

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_UNSAID = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",
    f"{_OFFICE}annotation",
    f"{_TEXT}table-of-content",
}
_MAX_UNPACKED_BYTES = 200_000_000


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn an OpenDocument text into turns: labels at the start of paragraphs, or in a table.

    Raises:
        MalformedSource: It is no OpenDocument text, or damaged.
        SourceTooLarge: It unpacks to more than 200 MB.
    """
    body = _content(data).find(f".//{_OFFICE}text")
    if body is None:
        raise MalformedSource("an OpenDocument file without text: save it as .odt or .docx")
    try:
        return prose.turns("\n".join(_lines(body)))
    except RecursionError as error:
        raise MalformedSource("an OpenDocument nested too deeply") from error


def _content(data: bytes) -> Element:
    try:
        with ZipFile(BytesIO(data)) as package:
            size = package.getinfo("content.xml").file_size
            if size <= _MAX_UNPACKED_BYTES:
                return fromstring(package.read("content.xml"))
    except Exception as error:  # every layer of a damaged package fails in its own way
        raise MalformedSource("a damaged OpenDocument: open it and save it again") from error
    raise SourceTooLarge(size, _MAX_UNPACKED_BYTES)


def _lines(parent: Element) -> Iterator[str]:
    """Yield the lines of what stands below, a blank one between paragraphs."""
    for child in parent:
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            mark = "# " if child.tag == f"{_TEXT}h" else ""
            yield from (mark + "".join(_words(child)), "")
        elif child.tag == f"{_TABLE}table-row":
            yield from (prose.row([" ".join(filter(None, _lines(cell))) for cell in child]), "")
        elif child.tag not in _UNSAID:
            yield from _lines(child)


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_spaces(child), 80)
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield "\t" if child.tag == f"{_TEXT}tab" else "\n"
        elif child.tag not in _UNSAID:
            yield from _words(child)
        yield child.tail or ""


def _spaces(element: Element) -> int:
    count = element.get(f"{_TEXT}c", "1")
    return int(count) if count.isascii() and count.isdigit() else 1
