"""Fuzz what reads strangers' bytes, guided by coverage.

Run it with `python -m tests.fuzz.fuzz_parsers -max_total_time=30` where atheris is installed; its
other arguments are libFuzzer's.
"""

import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, cast


class _Atheris(Protocol):
    """The part of atheris that is used: it is installed only where fuzzing runs."""

    def instrument_imports(self, include: Sequence[str]) -> AbstractContextManager[None]: ...
    def Setup(self, args: Sequence[str], test: Callable[[bytes], None]) -> None: ...  # noqa: N802 - atheris names it so
    def Fuzz(self) -> None: ...  # noqa: N802 - atheris names it so


def main() -> None:
    """Fuzz until libFuzzer's arguments say stop."""
    atheris = cast("_Atheris", importlib.import_module("atheris"))
    with atheris.instrument_imports(include=["ingestion"]):
        from tests.fuzz import targets  # only what is imported here is watched
    with TemporaryDirectory() as name:
        corpus = Path(name) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(targets.SEEDS):
            (corpus / str(number)).write_bytes(seed)

        def test(data: bytes) -> None:
            targets.try_parser(data)
            targets.try_reading(data, Path(name))

        atheris.Setup([*sys.argv, str(corpus)], test)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
