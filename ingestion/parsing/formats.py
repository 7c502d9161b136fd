"""What a file is: told by its bytes and first lines, and by its name only where these are mute."""

import codecs
import json
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ingestion import decoding, records
from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.parsers import html, plain, sbv, srt, webvtt

_HEAD_BYTES = 65_536
_SIGNATURES = ((b"PAR1", "parquet"), (b"%PDF-", "pdf"))
_UNREAD = (
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .docx or .xlsx"),
    (b"{\\rtf", "a rich text document: save it as .docx"),
    (b"\x1f\x8b", "a compressed file: unpack it"),
    (b"Rar!", "an archive: unpack it"),
    (b"7z\xbc\xaf", "an archive: unpack it"),
    (b"SQLite format 3", "a database: export its tables as CSV"),
    (b"\x89PNG", "a picture: run text recognition on it"),
    (b"\xff\xd8\xff", "a picture: run text recognition on it"),
    (b"GIF8", "a picture: run text recognition on it"),
    (b"ID3", "a recording: have it transcribed"),
    (b"\xff\xfb", "a recording: have it transcribed"),
    (b"RIFF", "a recording: have it transcribed"),
    (b"OggS", "a recording: have it transcribed"),
    (b"fLaC", "a recording: have it transcribed"),
    (b"\x1a\x45\xdf\xa3", "a recording: have it transcribed"),
    (b"\0\0\0", "a recording or a program's own file: have it transcribed or exported as text"),
)
_PACKAGES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"))
_MAIL_HEADER = re.compile(r"([!-9;-~]+):[ \t].*")
_MAIL_FIELDS = frozenset(
    {"from", "to", "subject", "date", "message-id", "received", "mime-version", "return-path"}
)
JSON = frozenset({"json", "jsonl"})
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_CAPTIONS = {".vtt": "webvtt", ".srt": "srt", ".sbv": "sbv"}
_MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_PROSE = frozenset({"", ".txt", ".text", ".transcript", *_MARKDOWN})
_TABLES = frozenset({".csv", ".tsv", ".tab", ".psv"})
_CODE_SUFFIXES = """
.py .js .mjs .ts .css .scss .yml .yaml .toml .ini .cfg .conf .sh .bat .sql .xml .svg .log .rb .java
.c .h .cpp .go .rs .tex .bib .ipynb .lock .r .php
"""
_CODE = frozenset(_CODE_SUFFIXES.split())


def recognise(path: Path) -> str:
    """Name the format of a file: a parser's, or a form that `records` reads.

    Raises:
        UnsupportedFormat: Nothing here reads it; the reason says what to do.
        MalformedSource: It is empty or no text.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise MalformedSource("the file is empty", 1)
    return _binary(head, path) or _text(head, path)


def _binary(head: bytes, path: Path) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    for signature, form in _SIGNATURES:
        if signature in head[:1024] if form == "pdf" else head.startswith(signature):
            return form
    for signature, reason in _UNREAD:
        if head.startswith(signature):
            raise UnsupportedFormat(reason)
    return None


def _package(path: Path) -> str:
    """What a zip archive is: told by its members."""
    try:
        with ZipFile(path) as package:
            names = set(package.namelist())
            mimetype = package.read("mimetype") if "mimetype" in names else b""
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise MalformedSource("a damaged package: open it and save it again") from error
    for member, form in _PACKAGES:
        if member in names:
            return form
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise UnsupportedFormat("an OpenDocument table: save it as .xlsx or .csv")
    raise UnsupportedFormat("an archive: unpack it")


def _text(head: bytes, path: Path) -> str:
    text = _whole_lines(head)
    suffix = path.suffix.lower()
    form = _marked(text) or _mail(text) or _json(text)
    if form is None and suffix not in _CODE and records.is_table(text):
        form = "csv"
    return form or _prose(text, suffix)


def _whole_lines(head: bytes) -> str:
    codec = decoding.detect(head)
    text = codecs.getincrementaldecoder(codec)("replace").decode(head)
    return text if len(head) < _HEAD_BYTES else text[: text.rfind("\n") + 1] or text


def _marked(text: str) -> str | None:
    """Formats that say themselves what they are."""
    for form, parser in (("webvtt", webvtt), ("srt", srt), ("sbv", sbv), ("html", html)):
        if parser.recognises(text):
            return form
    return None


def _mail(text: str) -> str | None:
    lines = text.lstrip("\ufeff\r\n").splitlines()
    if lines and lines[0].startswith("From ") and len(_fields(lines[1:])) >= 2:
        return "mbox"
    return "eml" if len(_fields(lines)) >= 3 else None


def _fields(lines: list[str]) -> set[str]:
    """The fields of mail among the header lines, which must open the text."""
    fields: set[str] = set()
    for line in lines:
        header = _MAIL_HEADER.fullmatch(line)
        if not header and not line.startswith((" ", "\t")):
            break
        fields |= {header[1].lower()} if header else set()
    return fields & _MAIL_FIELDS


def _json(text: str) -> str | None:
    if not _JSON.match(text):
        return None
    first, *rest = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    return "jsonl" if rest else "json"


def _prose(text: str, suffix: str) -> str:
    """Captions and tables that do not look it go to their parsers, which say what is wrong."""
    if suffix in _CAPTIONS:
        return _CAPTIONS[suffix]
    if suffix in _TABLES:
        return "csv"
    if suffix in _PROSE or (suffix not in _CODE and plain.recognises(text)):
        return "markdown" if suffix in _MARKDOWN else "text"
    raise UnsupportedFormat(
        f"no reader for {suffix} files: save a transcript as .txt or .vtt, a table as .csv"
    )
