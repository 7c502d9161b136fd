"""Draft a folder's map as a user would, for measuring."""

import subprocess
import sys
import time
from pathlib import Path


def draft(folder: Path, scratch: Path) -> float:
    """Draft with the embedded engine into `scratch`/map.json; tell how long it took."""
    command = [sys.executable, "-c", "from api.cli import app; app()", "draft", str(folder)]
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 our own command
        [*command, "--out", str(scratch / "map.json")],
        env={"JOURNEY_HOME": str(scratch), "PATH": ""},
        check=True,
    )
    return time.perf_counter() - start
