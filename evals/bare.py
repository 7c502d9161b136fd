"""What a reply costs at the least: a bare route, one insert, and one call of the bare reader.

`python -m evals.bare --folder FOLDER --port PORT` serves it. The insert is as durable as the
service's: it is flushed to disk before the answer goes out.
"""

import argparse
import asyncio
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import uvicorn
from fastapi import FastAPI

from assistant.embedded.reader import EmbeddedReader
from ingestion.models import DocumentId, DocumentKind, Record, Segment, SegmentId, Span


class Said(Record):
    """An answer."""

    text: str


class Bare:
    """Reads an answer and keeps it, on every core."""

    def __init__(self, database: Path) -> None:
        self.threads = ThreadPoolExecutor(os.cpu_count())
        self._reader = EmbeddedReader()
        self._database = _opened(database)
        self._lock = Lock()

    def take(self, text: str) -> str:
        """Read `text`, keep it, and give what moved whoever said it."""
        (reading,) = self._reader.read((_segment(text),))
        with self._lock, self._database:
            self._database.execute("INSERT INTO answers VALUES (?, ?)", (text, reading.emotion))
        return reading.emotion


def create_app(database: Path) -> FastAPI:
    """Build it."""
    bare = Bare(database)
    app = FastAPI()

    @app.post("/answers")
    async def take(said: Said) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction] - a route
        loop = asyncio.get_running_loop()
        return {"emotion": await loop.run_in_executor(bare.threads, bare.take, said.text)}

    return app


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("CREATE TABLE answers (text TEXT, emotion TEXT)")
    return database


def _segment(text: str) -> Segment:
    return Segment(
        id=SegmentId("said"),
        document_id=DocumentId("said"),
        turn=0,
        span=Span(start=0, end=len(text)),
        text=text,
        kind=DocumentKind.INTERVIEW,
        language="en",
        asked="What happened?",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the answers are kept")
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    database = asked.folder / "bare.db"
    uvicorn.run(create_app(database), port=asked.port, log_level="warning", access_log=False)
