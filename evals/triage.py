"""`python -m evals.triage`: what triage would lose, and what it saves, on labelled sentences.

A sentence that shows a pain, a delight or a wish is lost where no model is asked about it and the
local models find none of these in it. The local models have learned from these sentences: on others
they are less sure, and ask more.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.embedded.reader import EmbeddedReader
from assistant.finding import is_unsure
from assistant.models import EvidenceKind, Reading
from ingestion.models import DocumentId, Segment, SegmentId, Span

_FELT = {EvidenceKind.PAIN, EvidenceKind.DELIGHT, EvidenceKind.OPPORTUNITY}


class Triage(NamedTuple):
    """How a set fares: sentences, those that show something, those of them kept, those asked."""

    n: int
    showing: int
    kept: int
    asked: int

    @property
    def recall(self) -> float:
        """The share of what shows something that triage does not lose."""
        return self.kept / self.showing if self.showing else 1.0

    @property
    def share(self) -> float:
        """The share of the sentences that a model is asked about."""
        return self.asked / self.n


def main() -> None:
    """Measure each set, and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the sets lie")
    wanted = parser.parse_args()
    reader = EmbeddedReader()
    for name in ("real", "written"):
        labelled = list(_labelled(wanted.data / f"train/{name}.jsonl"))
        readings = reader.read([segment for segment, _ in labelled])
        found = measure(readings, [shows for _, shows in labelled])
        print(f"{name:10} recall {found.recall:.3f}  asked about {found.share:.3f} of {found.n}")


def measure(readings: Sequence[Reading], shows: Sequence[bool]) -> Triage:
    """Count what triage keeps.

    Args:
        readings: What the local models made of each sentence.
        shows: Whether it shows a pain, a delight or a wish, as people labelled it.
    """
    asked = [is_unsure(reading) for reading in readings]
    kept = [
        is_asked or bool(_FELT & set(reading.kinds))
        for is_asked, reading in zip(asked, readings, strict=True)
    ]
    both = sum(is_kept and is_shown for is_kept, is_shown in zip(kept, shows, strict=True))
    return Triage(len(readings), sum(shows), both, sum(asked))


def _labelled(path: Path) -> Iterator[tuple[Segment, bool]]:
    with path.open(encoding="utf-8") as file:
        for at, row in enumerate(file):
            label: dict[str, Any] = json.loads(row)
            yield _segment(at, label), bool(_FELT & set(label["kinds"]))


def _segment(at: int, label: dict[str, Any]) -> Segment:
    context = label.get("context") or ""
    is_asked = label["source"] in {"interview", "survey"}
    return Segment(
        id=SegmentId(f"seg_{at}"),
        document_id=DocumentId(label.get("passage") or f"alone {at}"),
        turn=0,
        span=Span(start=at, end=at + 1),
        text=label["text"],
        kind=label["source"],
        language=label["lang"],
        asked=context.partition(":")[2].strip() if is_asked else "",
        before="" if is_asked else context,
    )


if __name__ == "__main__":
    main()
