"""`python -m evals.grounding`: what grounding takes for said and what it refuses, as a table.

The cases of `datasets/grounding` are our own, in nine languages. A wording that nobody said must be
refused whichever sentence is cited for it; one that is only written otherwise must be found, and
what is shown must be cut from the document.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml
from jinja2 import Template

from assistant.errors import UngroundedQuote
from assistant.grounding import ground
from ingestion import chunking
from ingestion.models import Document, DocumentId, DocumentKind, Role, Segment, SourceId, Turn

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
PAGE = Path("docs/grounding.md")
_ASKED = "? "


class Case(NamedTuple):
    """A wording, where it is claimed to have been said, and whether it was.

    Attributes:
        kind: How it differs from what was said: "dropped negation", "width".
    """

    kind: str
    wording: str
    document: Document
    is_said: bool


class Row(NamedTuple):
    """How the cases of a kind fare.

    Attributes:
        right: Those that were refused or accepted as they must be.
    """

    kind: str
    must: str
    languages: int
    cases: int
    right: int


def main() -> None:
    """Print the table, and write it where it is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE} too")
    tried = list(cases())
    for case in wrong(tried):
        print(f"WRONG {case.document.language} {case.kind}: {case.wording}")
    rows = measure(tried)
    for row in rows:
        print(f"{row.kind:32} {row.must:9} {row.right:4} of {row.cases}")
    if parser.parse_args().write:
        PAGE.write_text(page(rows), encoding="utf-8")


def wrong(tried: Sequence[Case]) -> Iterator[Case]:
    """Give the cases that do not end as they must."""
    return (case for case in tried if not is_right(case))


def cases() -> Iterator[Case]:
    """Give every case of the data set."""
    for language in LANGUAGES:
        text = files("evals.datasets").joinpath(f"grounding/{language}.yaml").read_text("utf-8")
        for at, told in enumerate(yaml.safe_load(text)):
            document = _document(told["turns"], language, at)
            for answer in ("refused", "accepted"):
                for kind, wordings in told[answer].items():
                    for wording in wordings:
                        yield Case(kind, wording, document, answer == "accepted")


def _document(turns: Sequence[str], language: str, at: int) -> Document:
    return Document(
        id=DocumentId(f"{language}{at}"),
        source_id=SourceId(f"{language}{at}"),
        kind=DocumentKind.INTERVIEW,
        language=language,
        turns=tuple(
            Turn(
                text=turn.removeprefix(_ASKED),
                role=Role.INTERVIEWER if turn.startswith(_ASKED) else Role.CUSTOMER,
            )
            for turn in turns
        ),
    )


def is_right(case: Case) -> bool:
    """Tell whether a wording is refused or accepted as it must be, whatever is cited for it."""
    segments = chunking.split(case.document)
    alone = [quote for each in segments if (quote := _quote(case, each, None))]
    around = [quote for each in segments if (quote := _quote(case, each, case.document))]
    if not case.is_said:
        return not alone and not around
    return bool(alone) and alone == around and set(alone) <= {each.text for each in segments}


def _quote(case: Case, cited: Segment, document: Document | None) -> str:
    """Give what is shown for a wording, "" where it is refused."""
    try:
        span = ground(case.wording, cited, document)
    except UngroundedQuote:
        return ""
    return case.document.text[span.start : span.end]


def measure(tried: Sequence[Case]) -> list[Row]:
    """Count how the cases of each kind fare, the adversarial kinds first."""
    kinds = dict.fromkeys((case.is_said, case.kind) for case in tried)
    n = Counter((case.is_said, case.kind) for case in tried)
    right = Counter((case.is_said, case.kind) for case in tried if is_right(case))
    return [
        Row(
            kind=kind,
            must="accepted" if is_said else "refused",
            languages=len(
                {c.document.language for c in tried if (c.is_said, c.kind) == (is_said, kind)}
            ),
            cases=n[is_said, kind],
            right=right[is_said, kind],
        )
        for is_said, kind in sorted(kinds, key=lambda key: key[0])
    ]


def page(rows: Sequence[Row]) -> str:
    """Write the page about grounding."""
    template = files("evals").joinpath("templates/grounding.md.j2").read_text("utf-8")
    return Template(template, keep_trailing_newline=True).render(rows=rows)


if __name__ == "__main__":
    main()
