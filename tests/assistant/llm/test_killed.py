"""A process is killed in the middle: what was answered is not asked again."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.assistant.llm.builders import PAIN
from tests.assistant.llm.server import Server, said, serving

ROOT = Path(__file__).parents[3]


def start(server: Server, database: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.assistant.llm.interrupted", server.url, database, "24"]
    return subprocess.Popen(command, cwd=ROOT)


def asked(server: Server) -> Counter[str]:
    return Counter(call["messages"][1]["content"] for call in server.calls)


def test_no_answered_call_is_repeated_after_a_kill(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/journey.db"

    with serving(lambda _: said(PAIN)._replace(after_s=0.05)) as server:
        killed = start(server, database)
        while len(server.calls) < 12:
            time.sleep(0.005)
        killed.kill()
        killed.wait()
        assert start(server, database).wait() == 0

    assert len(asked(server)) == 24
    assert len(server.calls) - 24 <= 4
