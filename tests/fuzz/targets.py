"""What the fuzzer runs, and the tests with it: only an IngestionError may come out of a parser.

The first byte of an input chooses the parser, or the ending of the file's name.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from ingestion import parsing, roles
from ingestion.errors import IngestionError
from ingestion.models import Source, SourceId, Turn
from ingestion.parsers import docx, html, json_export, odt, pdf, plain, sbv, srt, webvtt

PARSERS: tuple[Callable[[bytes], tuple[Turn, ...]], ...] = (
    webvtt.parse,
    srt.parse,
    sbv.parse,
    plain.parse,
    html.parse,
    json_export.parse,
    docx.parse,
    odt.parse,
    pdf.parse,
)
SUFFIXES = (".vtt", ".srt", ".sbv", ".txt", ".html", ".json", ".docx", ".odt", ".pdf", ".csv")
"""What files are called, in the order of the parsers."""


def _package(mimetype: str, member: str, content: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr("mimetype", mimetype)
        package.writestr(member, content)
    return file.getvalue()


_ODT = (
    '<d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<o:text><t:p>Ann:<t:s/>Why?</t:p></o:text></d>"
)

SEEDS = (
    b"\0WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Why?</v>\n",
    b"\x011\n00:00:01,000 --> 00:00:02,000\nAnn: Why?\n",
    b"\x020:00:01.000,0:00:02.000\nAnn: Why?\n",
    b"\x03# Interview\n\n**Ann** (00:12): Why?\n\nBob: It was late.\n",
    b"\x04<!doctype html><p><b>Ann:</b> Why?</p><table><tr><td>Bob</td><td>So.</td></tr></table>",
    b'\x05{"segments": [{"start": 0.5, "end": 1, "speaker": "A", "text": "Why?"}]}',
    b"\x07" + _package("application/vnd.oasis.opendocument.text", "content.xml", _ODT),
    b"\x08%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    b"\x09id,text,rating\n1,Late,2\n",
)


def try_parser(data: bytes) -> None:
    """Let the parser that the first byte chooses read the rest."""
    parse = PARSERS[data[0] % len(PARSERS)] if data else plain.parse
    try:
        roles.assign(parse(data[1:]))
    except IngestionError:
        return


def try_reading(data: bytes, folder: Path) -> None:
    """Read the rest as a file whose name ends as the first byte says."""
    suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ""
    path = folder / f"source{suffix}"
    path.write_bytes(data[1:])
    try:
        contents = parsing.read(Source(id=SourceId(path.name), path=path, digest=""))
        list(contents.items)
    except IngestionError:
        return
