"""What is loaded when, and what a library does not get to hear."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def printed(code: str, **environment: str) -> str:
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_langchain_is_not_loaded_before_the_first_call() -> None:
    loaded = printed("import sys, assistant.llm; print(*sys.modules)").split()

    assert "assistant.llm.client" in loaded
    assert not {"assistant.llm.chat", "langchain_core", "langchain_openai", "openai"} & set(loaded)


def test_langsmith_is_off_whatever_the_environment_says() -> None:
    asks = "import assistant.llm.chat, langsmith.utils as u; print(u.tracing_is_enabled())"
    names = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")

    assert printed(asks, **dict.fromkeys(names, "true")) == "False\n"
