"""From folders and files to the sources of a study, each named and hashed once."""

import re
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ingestion.models import Level, Refusal, Source, SourceId, State

_DOCUMENTATION = re.compile(
    r"(?:(?:original_)?readme|licen[cs]e)(?:[-_. ][\w-]+)?(?:\.(?:md|txt|rst))?|source\.md",
    re.IGNORECASE,
)
_OURS = (b"journey-map/", b'"schema": "summaries/')
_SIGNATURE_BYTES = 4096


class Gathered(NamedTuple):
    """What was found.

    Attributes:
        sources: In the order of their ids.
        refusals: Files that are not read, in the order of their names, each with its reason.
    """

    sources: tuple[Source, ...]
    refusals: tuple[Refusal, ...]


def gather(paths: Sequence[Path]) -> Gathered:
    """Find every file that is named, or lies below a folder that is.

    Args:
        paths: Files and folders. A file below a folder is named by its path from there, a file
            given by itself by its name; where two would be named alike, the later gets a number.
    """
    sources: dict[str, Source] = {}
    refusals: list[Refusal] = []
    seen: set[Path] = set()
    for name, path in _files(paths):
        if path.resolve() in seen:
            continue
        seen.add(path.resolve())
        found = _take(_unique(name, sources), path)
        if isinstance(found, Source):
            sources[found.id] = found
        else:
            refusals.append(found)
    return Gathered(tuple(sources[key] for key in sorted(sources)), tuple(refusals))


def _files(paths: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    for path in paths:
        if path.is_dir():
            below = sorted(child for child in path.rglob("*") if not child.is_dir())
            yield from ((child.relative_to(path).as_posix(), child) for child in below)
        else:
            yield path.name, path


def _unique(name: str, taken: dict[str, Source]) -> str:
    if name not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    stem, ending = (stem, dot + suffix) if dot else (name, "")
    return next(new for n in count(2) if (new := f"{stem}-{n}{ending}") not in taken)


def _take(name: str, path: Path) -> Source | Refusal:
    if reason := _excluded(name):
        return _refusal(State.EXCLUDED, name, reason)
    try:
        return _read(name, path)
    except OSError as error:
        reason = f"it cannot be opened: {error.strerror or error}; check the path and its rights"
        return _refusal(State.FAILED, name, reason)


def _excluded(name: str) -> str | None:
    parts = name.split("/")
    if any(part.startswith((".", "~$")) for part in parts):
        return "a hidden file"
    if _DOCUMENTATION.fullmatch(parts[-1]):
        return "documentation about the files, not a customer's voice; rename it to have it read"
    return None


def _read(name: str, path: Path) -> Source | Refusal:
    with path.open("rb") as file:
        head = file.read(_SIGNATURE_BYTES)
        if not head:
            return _refusal(State.EMPTY, name, "the file is empty")
        if any(mark in head for mark in _OURS):
            return _refusal(State.EXCLUDED, name, "a journey map that this program wrote")
        file.seek(0)
        return Source(id=SourceId(name), path=path, digest=file_digest(file, "sha256").hexdigest())


def _refusal(state: State, where: str, reason: str) -> Refusal:
    return Refusal(level=Level.FILES, state=state, where=where, reason=reason)
