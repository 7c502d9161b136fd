"""`journey serve` and `journey worker` as commands: one answers, the other does what waits."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

_PATIENCE_S = 120


@contextmanager
def started(home: Path, *command: str) -> Generator[subprocess.Popen[str]]:
    """Run a command of the product's own until the block is left."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli import app; app()", *command],
        env=os.environ | {"JOURNEY_HOME": str(home), "JOURNEY_WORKERS": "0"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE_S)


def wait_for(url: str) -> int:
    """Ask until somebody answers."""
    until = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return httpx.get(url, trust_env=False).status_code
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_serve_answers_and_shows_the_first_key_once(tmp_path: Path, port: int) -> None:
    command = ("serve", "--no-browser", "--no-worker", "--port", str(port))
    with started(tmp_path, *command) as process:
        status = wait_for(f"http://127.0.0.1:{port}/readyz")
        process.terminate()
        _, said = process.communicate(timeout=_PATIENCE_S)

    assert status == 200
    assert said.count("jk_") == 1
    assert process.returncode in {0, -15}


def test_the_worker_works_until_it_is_stopped(tmp_path: Path) -> None:
    with started(tmp_path, "worker") as process:
        assert process.stderr
        said = process.stderr.readline()
        is_running = process.poll() is None

    assert "Filing conversations" in said
    assert is_running
