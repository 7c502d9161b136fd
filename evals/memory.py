"""How much memory processes took, at their peak."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path


def watch(process: subprocess.Popen[bytes], chroma: int | None) -> tuple[float, float]:
    """Wait for a process; give the sum of the peaks of its tree, and the server's peak, in MB."""
    peaks: dict[int, float] = {}
    server = 0.0
    while process.poll() is None:
        for pid in _tree(process.pid):
            peaks[pid] = max(peaks.get(pid, 0.0), _peak_mb(pid))
        server = max(server, _peak_mb(chroma) if chroma else 0.0)
        time.sleep(0.05)
    return sum(peaks.values()), server


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return
    for child in children.split():
        yield from _tree(int(child))


def _peak_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    lines = (line.split() for line in status.splitlines() if line.startswith("VmHWM"))
    return next((int(kilobytes) / 1024 for _, kilobytes, _ in lines), 0.0)
