"""How much the product takes of a disk, and how soon its command answers."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

_MEGABYTE = 1e6
_SHOWN = 8
_TIMES = 7


def installed() -> Iterator[str]:
    """Install the product and nothing else, as its lock says; tell its size and what is large."""
    with TemporaryDirectory() as scratch:
        environment = os.environ | {"UV_PROJECT_ENVIRONMENT": scratch}
        command = [".uv/bin/uv", "sync", "--frozen", "--quiet", "--no-dev", "--no-editable"]
        subprocess.run(command, check=True, env=environment)  # noqa: S603 our own command
        sizes = sizes_below(next(Path(scratch).glob("lib/python*/site-packages")))
    largest = ", ".join(
        f"{name} {size / _MEGABYTE:.0f}" for name, size in sizes.most_common(_SHOWN)
    )
    yield f"installed: {sizes.total() / _MEGABYTE:.0f} MB (under 700): {largest}"


def sizes_below(folder: Path) -> Counter[str]:
    """Give the bytes of all files below each thing in a folder, by its name."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file():
            sizes[path.relative_to(folder).parts[0]] += path.stat().st_size
    return sizes


def answered() -> Iterator[str]:
    """Time `journey --help` beside a process that imports FastAPI and uvicorn; tell the ratio."""
    ours = [str(Path(sys.executable).with_name("journey")), "--help"]
    theirs = [sys.executable, "-c", "import fastapi, uvicorn"]
    fastest = [min(_seconds(command) for _ in range(_TIMES)) for command in (ours, theirs)]
    seconds = f"{fastest[0]:.2f} s beside {fastest[1]:.2f} s of importing FastAPI and uvicorn"
    yield f"journey --help: {seconds}: {fastest[0] / fastest[1]:.2f} (at most 0.50)"


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own command
    return time.perf_counter() - start
