"""The product as it is run: a second time, killed in the middle, with one document more."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from evals.llm_bench.corpora import MODEL, Made, write_reviews
from evals.llm_bench.runs import CONCURRENCY
from evals.llm_bench.stand_in import StandIn

_POLL_S = 0.01


class Whole(NamedTuple):
    """What drawing a study's map asked of the endpoint.

    Attributes:
        first: Calls of the first run, and its tokens in.
        again: Calls of a second one.
        added: Calls of a run with one review more, and its tokens in.
        answered: Calls that were answered when a run was killed half way.
        repeated: Answered calls that the run after it made once more.
    """

    first: tuple[int, int]
    again: int
    added: tuple[int, int]
    answered: int
    repeated: int


def measure(at: StandIn, made: Made) -> Whole:
    """Draw, draw again, add a review and draw; then be killed while drawing, and draw."""
    with TemporaryDirectory() as scratch:
        study = Path(scratch) / "study"
        study.mkdir()
        made._replace(reviews=made.reviews[:-1]).write(study)
        first = _drawn(at, study, Path(scratch, "home"))
        again = _drawn(at, study, Path(scratch, "home"))
        write_reviews(study, made.reviews)
        added = _drawn(at, study, Path(scratch, "home"))
        answered = _killed(at, study, Path(scratch, "other"), first["calls"] // 2)
        after = _drawn(at, study, Path(scratch, "other"), resets=False)
    return Whole(
        (first["calls"], first["prompt_tokens"]),
        again["calls"],
        (added["calls"], added["prompt_tokens"]),
        answered,
        after["repeat_calls"],
    )


def _drawn(at: StandIn, study: Path, home: Path, *, resets: bool = True) -> Mapping[str, Any]:
    if resets:
        at.reset()
    process = _started(at, study, home)
    if process.wait():
        raise RuntimeError(f"journey draft ended with {process.returncode}")
    return at.stats()


def _killed(at: StandIn, study: Path, home: Path, after: int) -> int:
    """Kill a run once so many calls were answered; give how many were in the end."""
    at.reset()
    process = _started(at, study, home)
    while at.stats()["ok"] < after and process.poll() is None:
        time.sleep(_POLL_S)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return at.stats()["ok"]


def _started(at: StandIn, study: Path, home: Path) -> subprocess.Popen[bytes]:
    settings = {
        "HOME": str(home),
        "WORKERS": "0",
        "LLM_BASE_URL": at.failing(""),
        "LLM_MODEL": MODEL,
        "LLM_CONCURRENCY": str(CONCURRENCY),
    }
    asked = ["draft", str(study), "--engine", "llm", "--yes", "--read", "all"]
    return subprocess.Popen(  # noqa: S603 our own command
        [sys.executable, "-c", "from api.cli import app; app()", *asked, "--out", f"{home}.json"],
        env=os.environ | {f"JOURNEY_{name}": value for name, value in settings.items()},
        stderr=subprocess.DEVNULL,
    )
