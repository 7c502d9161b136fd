"""Sources made for a test: a text or an object, written where a test can read it."""

import json
from pathlib import Path

from ingestion import records
from ingestion.mapping import Mapping
from ingestion.models import Contents, Document, Event, Refusal, Source, SourceId

Item = Document | Event | Refusal


def source(folder: Path, name: str, content: str | bytes | object) -> Source:
    """Write `content` to a file and give its source; what is no text is written as JSON."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8", newline="")
    return Source(id=SourceId(name), path=path, digest="0")


def read(
    folder: Path, name: str, content: str | bytes | object, mapping: Mapping | None = None
) -> Contents:
    """Read `content` as the format that the name's ending says."""
    return records.read(source(folder, name, content), name.rpartition(".")[2], mapping)


def items(
    folder: Path, name: str, content: str | bytes | object, mapping: Mapping | None = None
) -> list[Item]:
    """Read everything that `content` holds."""
    return list(read(folder, name, content, mapping).items)


def documents(folder: Path, name: str, content: str | bytes | object) -> list[Document]:
    """Read the documents that `content` holds."""
    return [item for item in items(folder, name, content) if isinstance(item, Document)]


def refusals(folder: Path, name: str, content: str | bytes | object) -> list[Refusal]:
    """Read what was refused of `content`."""
    return [item for item in items(folder, name, content) if isinstance(item, Refusal)]
