"""An endpoint that answers with a known delay, fails as it is told, and counts what it is sent."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from evals import serving


class StandIn(NamedTuple):
    """A stand-in at an address."""

    url: str

    def failing(self, faults: str) -> str:
        """Give the address at which calls fail at these rates: `429=0.05,500=0.01`."""
        return f"{self.url}/f/{faults}/v1" if faults else f"{self.url}/v1"

    def stats(self) -> Mapping[str, Any]:
        """Tell what it was sent since it was reset."""
        return self._ask("/stats")

    def reset(self) -> None:
        """Have it forget what it was sent."""
        self._ask("/reset", b"{}")

    def _ask(self, path: str, body: bytes | None = None) -> Mapping[str, Any]:
        with urllib.request.urlopen(self.url + path, body, timeout=10) as answer:  # noqa: S310 on this machine
            return json.load(answer)


@contextmanager
def standing_in(script: Path) -> Generator[StandIn]:
    """Run the stand-in for as long as something is measured on it."""
    port = serving.free_port()
    command = [sys.executable, str(script), "--port", str(port)]
    with subprocess.Popen(  # noqa: S603 our own script
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    ) as server:
        try:
            serving.wait_for(port)
            yield StandIn(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()
