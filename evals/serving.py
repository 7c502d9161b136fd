"""Servers in processes of their own, for as long as something is measured on them."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.store import surveys
from assistant.store.session import service_at
from assistant.store.surveys import Survey

NO_LIMIT = {f"JOURNEY_RATE_{who}": "1000000" for who in ("ADDRESS", "VISITOR", "SURVEY")}
"""Settings under which one machine may send what a thousand visitors do."""
_START_S = 60


@contextmanager
def service(home: Path) -> Generator[int]:
    """Run `journey serve` on the home folder `home`, and give its port."""
    journey = shutil.which("journey", path=str(Path(sys.executable).parent))
    settings = {"JOURNEY_HOME": str(home), **NO_LIMIT}
    with _running([str(journey), "serve", "--no-browser", "--port"], settings, home) as (port, _):
        yield port


@contextmanager
def bare(folder: Path) -> Generator[int]:
    """Run the bare route with its database in `folder`, and give its port."""
    command = [sys.executable, "-m", "evals.bare", "--folder", str(folder), "--port"]
    with _running(command, {}, folder) as (port, _):
        yield port


@contextmanager
def chroma(home: Path) -> Generator[tuple[int, int]]:
    """Run a Chroma server with its vectors below `home`, and give its port and its process."""
    server = shutil.which("chroma", path=str(Path(sys.executable).parent))
    command = [str(server), "run", "--path", str(home / "vectors"), "--port"]
    with _running(command, {}, home) as running:
        yield running


@contextmanager
def _running(
    command: Sequence[str], settings: dict[str, str], folder: Path
) -> Generator[tuple[int, int]]:
    """Run a command that is told its port last; give port and process."""
    port = free_port()
    environment = os.environ | settings
    with (folder / f"{port}.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen([*command, str(port)], env=environment, stdout=log, stderr=log)  # noqa: S603 our own commands
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Find a port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int) -> None:
    """Wait until somebody listens at `port`.

    Raises:
        TimeoutError: Nobody does.
    """
    until = time.monotonic() + _START_S
    while time.monotonic() < until:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens at {port} after {_START_S} s")


def put_up(home: Path) -> str:
    """Put up a survey in the service's database below `home`, and give its key."""
    engine = service_at(f"sqlite:///{home / 'journey.db'}")
    survey = Survey(
        key=surveys.new_key(),
        study="load",
        questionnaire="post-purchase",
        asker="Kestrel",
        visitor_secret="none",  # noqa: S106 - nobody signs here
    )
    with engine.begin() as connection:
        surveys.save(connection, survey)
    engine.dispose()
    return survey.key
