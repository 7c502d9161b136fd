"""What patients felt, and what they complain of: the NHS Friends and Family Test."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

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

_AT_MOST = 1_200
_PRAISE = re.compile(
    r"(?i)\b(good|great|lov(e|ed|ely)|excellent|kind|friendly|happy|helpful|thank\w*|nice|best|"
    r"polite|amazing|caring|professional|well|brilliant|efficient|everything|nothing)\b"
)
_SCORED = {"1": 1.0, "2": 1.0, "3": 0.0, "4": -1.0, "5": -1.0}
"""How patients ticked how good it was, as a sign."""
_WANTED = (
    Wanted("sentiment", "macro-F1", "sign", "words of praise"),
    Wanted("sentiment, where a score was ticked", "macro-F1", "sign", "score ticked"),
    Wanted("criticism", "F1", "bad", "no words of praise"),
)


def patients(data: Path, reads: Reads) -> Asked:
    """Ask of the held-out fifth: good or bad, and whether it criticises."""
    some = drawn(list(_comments(data / "sur_nhs_fft_labelled")), _AT_MOST)
    readings = read_by_sentence(some, reads)
    signs = [1.0 if reading.leaning > 0 else -1.0 for reading in readings]
    pains = [float(EvidenceKind.PAIN in reading.kinds) for reading in readings]
    said = {"sign": signs, "bad": pains}
    return Asked([ask(one, some, said[one.told]) for one in _WANTED], texts(some))


def _comments(folder: Path) -> Iterator[Known]:
    for number, row in table(folder / "phase2_v6framework_230831.csv"):
        words, felt = row["FFT answer"].strip(), row["Comment sentiment"]
        if words and words != "Did not answer" and felt in set("12345") and is_held(words):
            asked = row["FFT question"].removeprefix("FFT ")
            one = _known(f"phase2:{number}", words, 3.0 - float(felt), asked)
            score = _SCORED.get(row["FFT categorical answer"])
            yield one._replace(plain={**one.plain, **({"score ticked": score} if score else {})})
    for number, row in table(folder / "phase1_text_data.csv"):
        words, felt = row["feedback"].strip(), row["criticality"]
        if words and re.fullmatch(r"-?[0-5]", felt) and is_held(words):
            yield _known(f"phase1:{number}", words, float(felt), "")


def _known(id: str, words: str, felt: float, asked: str) -> Known:
    praises = bool(_PRAISE.search(words))
    told = {"bad": float(felt < 0), **({"sign": float(np.sign(felt))} if felt else {})}
    plain = {"words of praise": 1.0 if praises else -1.0, "no words of praise": float(not praises)}
    return Known(id, words, Around(DocumentKind.SURVEY, "en", asked=asked), told, plain)
