"""Which app reviews report a problem, and which ask for something: Mini-BAR, English and French."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.models import EvidenceKind
from evals.suites.labelled import Reads
from evals.suites.public.asking import (
    Asked,
    Known,
    Wanted,
    ask,
    drawn,
    read_by_sentence,
    table,
    texts,
)
from evals.training.passages import Around
from evals.training.public import is_held
from ingestion.models import DocumentKind

_AT_MOST = 600
_PROBLEM = re.compile(
    r"(?i)\b(bugs?|crash\w*|errors?|fail\w*|problems?|issues?|stopp?ed|broken|doesn'?t|won'?t|"
    r"can'?t|unable|slow|erreurs?|plant\w*|probl[eè]mes?|impossible|"
    r"(marche|fonctionne) (pas|plus))\b"
)
_REQUEST = re.compile(
    r"(?i)\b(please|add|wish|would be (nice|great|good)|should|could you|need|missing|hope|"
    r"ajout\w*|serait|manque|pourri(ez|ons)|souhait\w*|j'aimerais|faudrait|dommage|svp)\b"
)
_KINDS = (("problem", EvidenceKind.PAIN), ("request", EvidenceKind.OPPORTUNITY))


def apps(data: Path, reads: Reads) -> Asked:
    """Ask of the held-out fifth, beside the stars and beside keywords."""
    files = sorted((data / "rev_minibar_apps/for_classification").iterdir())
    asked = Asked([], {})
    for language in ("en", "fr"):
        paths = [path for path in files if path.name.endswith(f".{language}.csv")]
        some = drawn([one for path in paths for one in _reviews(path, language)], _AT_MOST)
        readings = read_by_sentence(some, reads)
        for told, kind in _KINDS:
            said = [float(kind in reading.kinds) for reading in readings]
            for rule in ("keywords", "two stars or fewer")[: 2 if told == "problem" else 1]:
                named = f"{told}, {language}, {rule}"
                one = ask(Wanted(named, "F1", told, f"{told} {rule}"), some, said)
                asked.questions.append(one)
        asked.texts.update(texts(some))
    return asked


def _reviews(path: Path, language: str) -> Iterator[Known]:
    for number, row in table(path):
        if row["data"].strip() and is_held(row["data"]):
            told = {
                "problem": float(row["problem_report"]),
                "request": float(row["feature_request"]),
            }
            plain = {
                "problem keywords": float(bool(_PROBLEM.search(row["data"]))),
                "problem two stars or fewer": float(int(row["score"]) <= 2),
                "request keywords": float(bool(_REQUEST.search(row["data"]))),
            }
            around = Around(DocumentKind.REVIEW, language)
            yield Known(f"{path.stem}:{number}", row["data"].strip(), around, told, plain)
