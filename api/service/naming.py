"""Files that name somebody, whatever was or was not made of them."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

_CHUNK = 1 << 20
_SHORTEST = 3
"""A shorter name is in every file."""


def naming(folder: Path, names: Collection[str]) -> tuple[str, ...]:
    """Find the files below a folder in which one of the names stands as a word.

    A row that was a repeat, or that could not be read, is in no table: here it is found. What is
    packed (a spreadsheet, a PDF) is not looked into.

    Args:
        folder: Of a study.
        names: Capitals do not matter; what is shorter than three characters is not looked for.
    """
    wanted = [re.escape(name) for name in names if len(name) >= _SHORTEST]
    if not wanted:
        return ()
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)", re.IGNORECASE)
    overlap = max(map(len, names)) + 1
    return tuple(
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(map(pattern.search, _pieces(path, overlap)))
    )


def _pieces(path: Path, overlap: int) -> Iterator[str]:
    """Read a file a piece at a time, each with the end of the one before."""
    tail = ""
    with path.open(encoding="utf-8", errors="replace") as file:
        while piece := file.read(_CHUNK):
            yield tail + piece
            tail = piece[-overlap:]
