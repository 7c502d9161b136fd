"""Public sets that know something of valence, emotions or stages."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from math import nan
from pathlib import Path
from random import Random

from evals.training import labels
from evals.training.labels import Labels
from evals.training.passages import Around, Passage, passage
from ingestion.models import DocumentKind, digest

_FOLDERS = (
    "rev_mabsa_multilingual",
    "sur_nhs_fft_labelled",
    "rev_minibar_apps",
    "rev_womens_clothing",
    "emo_goemotions",
    "emo_brighter_multilingual",
    "sur_nps_pt_saas",
    "tr_qmsum_ami_meetings",
    "lab_clinc150",
    "sup_cfpb_complaints",
)
_HELD_DOMAINS = ("coursera", "food")
"""Of the reviews in many languages: what is learned from hotels, phones and restaurants only."""
_HELD_OF = 5
_TOPIC_LEAST, _TOPIC_MOST = 15, 200
_ASPECT = re.compile(r"""['"]([^'"]+)['"], ?['"](positive|negative|neutral)['"]\]""")
_NOISES = re.compile(r"\{\w+\} ?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LANGUAGES = {
    "chn": "zh",
    "deu": "de",
    "eng": "en",
    "esp": "es",
    "ptbr": "pt",
    "rus": "ru",
    "swe": "sv",
}
_GO = (
    "excited",
    "satisfied",
    "angry",
    "frustrated",
    "satisfied",
    "reassured",
    "confused",
    "uncertain",
    "uncertain",
    "disappointed",
    "sceptical",
    "angry",
    "uncertain",
    "excited",
    "uncertain",
    "satisfied",
    "disappointed",
    "satisfied",
    "satisfied",
    "uncertain",
    "reassured",
    "satisfied",
    "uncertain",
    "reassured",
    "disappointed",
    "disappointed",
    "excited",
    "neutral",
)
_BRIGHTER = ("angry", "angry", "uncertain", "satisfied", "disappointed", "excited")
_BAD = ("angry", "frustrated", "disappointed")
_GOOD = ("satisfied", "excited", "reassured")
_FELT = ("negative", "positive")
_UNSURE = 0.06
_SHORT = 25
_TOGETHER = 4
_POLARITY = {"positive": 1.0, "negative": -1.0, "neutral": 0.0}
_PHONE_STAGES = {
    "Logistics": "experience",
    "Product Packaging": "experience",
    "After-sales Service": "experience",
    "Buyer Attitude#Repurchase and Churn Tendency": "retention",
    "Buyer Attitude#Loyalty": "retention",
    "Buyer Attitude#Recommendable": "advocacy",
    "Buyer Attitude#Shopping Willingness": "consideration",
    "Price": "decision",
}


def read(data: Path) -> Iterator[Passage]:
    """Read every public set below `data`, one after the other."""
    readers: tuple[Callable[[Path], Iterator[Passage]], ...] = (
        _mabsa,
        _nhs,
        _minibar,
        _clothing,
        _goemotions,
        _brighter,
        _nps,
        _meetings,
        _requests,
    )
    for reader in readers:
        yield from reader(data)


def is_held(text: str) -> bool:
    """Tell whether a text of the patients' and the apps' sets is kept for measuring: a fifth is."""
    return int(digest(text.strip()), 16) % _HELD_OF == 0


def renderings(data: Path) -> dict[str, str]:
    """Give the English sentence that each review in another language renders, line by line."""
    found: dict[str, str] = {}
    for path in _mabsa_files(data):
        english = _mabsa_texts(path.parent.parent / "en" / path.name)
        texts = _mabsa_texts(path)
        if len(texts) == len(english):
            found.update(zip(texts, english, strict=True))
    return found


_AT_MOST = {
    "mabsa": 3_600,
    "minibar": 800,
    "nhs1": 900,
    "nhs2": 1_200,
    "goemotions": 1_200,
    "brighter": 1_200,
    "clothing": 150,
    "nps_pt": 250,
    "meetings": 400,
    "requests": 600,
}


def some(read: Iterable[Passage], seed: int) -> list[Passage]:
    """Draw from each set, so that none drowns the others out."""
    drawn = list(read)
    Random(seed).shuffle(drawn)  # noqa: S311 - a shuffle, no secret
    left = dict(_AT_MOST)
    kept: list[Passage] = []
    for one in drawn:
        left[one.origin] -= 1
        if left[one.origin] >= 0:
            kept.append(one)
    return kept


def manifest(data: Path) -> dict[str, str]:
    """Give the SHA-256 of every set, over its files in the order of their names."""
    return {name: _digest(data / name) for name in _FOLDERS}


def _digest(folder: Path) -> str:
    content = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.read_bytes())
    return content.hexdigest()


def _table(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def _single(text: str, told: Labels, around: Around, origin: str) -> Iterator[Passage]:
    if text.strip():
        yield passage([text.strip()], [told], around, origin, origin)


def _felt(valence: float, asks: float = nan) -> Labels:
    """How it felt, and what that makes likely: what feels bad is told as a pain, by and large."""
    pain, delight = float(valence < 0), float(valence > 0)
    return Labels((_likely(pain), _likely(delight), asks, nan), valence=valence)


def _likely(there: float) -> float:
    return _UNSURE + (1 - 2 * _UNSURE) * there


def _moved(emotion: str) -> Labels:
    """An emotion, and what it makes likely; nothing is asked for where nobody is moved."""
    place = labels.EMOTIONS.index(emotion)  # pyright: ignore[reportArgumentType]
    bad, good = emotion in _BAD, emotion in _GOOD
    if not (bad or good or emotion == "neutral"):
        return Labels(emotion=place)
    asks = nan if bad else _UNSURE
    valence = 1.2 * good - 1.2 * bad
    return Labels((_likely(bad), _likely(good), asks, nan), emotion=place, valence=valence)


def _mabsa(data: Path) -> Iterator[Passage]:
    for path in _mabsa_files(data):
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, marks = line.partition("####")
            around = Around(DocumentKind.REVIEW, path.parent.name)
            yield from _single(text, _of_aspects(_ASPECT.findall(marks)), around, "mabsa")


def _mabsa_files(data: Path) -> list[Path]:
    files = sorted((data / "rev_mabsa_multilingual").glob("*/*/*.txt"))
    return [path for path in files if path.parent.parent.name not in _HELD_DOMAINS]


def _mabsa_texts(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("####")[0].strip() for line in lines]


def _of_aspects(aspects: list[tuple[str, str]]) -> Labels:
    mean = sum(_POLARITY[polarity] for _, polarity in aspects) / max(1, len(aspects))
    stages = {_phone_stage(category) for category, _ in aspects}
    stage = stages.pop() if len(stages) == 1 else None
    bad, good = (any(polarity == one for _, polarity in aspects) for one in _FELT)
    return Labels(
        (_likely(bad), _likely(good), nan, nan),
        valence=1.5 * mean,
        stage=labels.STAGES.index(stage) if stage else labels.UNKNOWN,
    )


def _phone_stage(category: str) -> str | None:
    return next((s for name, s in _PHONE_STAGES.items() if category.startswith(name)), None)


def _nhs(data: Path) -> Iterator[Passage]:
    folder = data / "sur_nhs_fft_labelled"
    for row in _table(folder / "phase2_v6framework_230831.csv"):
        told_of = row["FFT answer"] != "Did not answer" and not is_held(row["FFT answer"])
        if told_of and row["Comment sentiment"] in set("12345"):
            around = Around(
                DocumentKind.SURVEY, "en", asked=row["FFT question"].removeprefix("FFT ")
            )
            told = _felt(3.0 - float(row["Comment sentiment"]))
            yield from _single(row["FFT answer"], told, around, "nhs2")
    for row in _table(folder / "phase1_text_data.csv"):
        felt = _number(row["criticality"])
        if felt is not None and abs(felt) <= 5 and not is_held(row["feedback"]):
            told = _felt(max(-2.0, min(2.0, felt / 2)))
            yield from _single(row["feedback"], told, Around(DocumentKind.SURVEY, "en"), "nhs1")


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None


def _minibar(data: Path) -> Iterator[Passage]:
    for path in sorted((data / "rev_minibar_apps/for_classification").glob("*.csv")):
        for row in (row for row in _table(path) if not is_held(row["data"])):
            around = Around(DocumentKind.REVIEW, row["ori_lang"])
            yield from _single(row["data"], _of_app(row), around, "minibar")


def _of_app(row: dict[str, str]) -> Labels:
    stars = float(row["score"]) - 3
    pain, asks = (float(row[name] == "1") for name in ("problem_report", "feature_request"))
    pain = max(pain, float(stars < 0))
    return Labels((_likely(pain), _likely(float(stars > 0)), asks, nan), valence=stars)


def _clothing(data: Path) -> Iterator[Passage]:
    path = data / "rev_womens_clothing/Womens Clothing E-Commerce Reviews.csv"
    for number, row in enumerate(_table(path)):
        stars = float(row["Rating"]) - 3
        if row["Review Text"].strip() and (stars <= 0 or number % 8 == 0):
            texts = [one for one in _SENTENCE.split(row["Review Text"].strip()) if one][:8]
            told = [Labels(valence=stars) for _ in texts]
            around = Around(DocumentKind.REVIEW, "en", title=row["Title"])
            yield passage(texts, told, around, "clothing", "clothing")


def _goemotions(data: Path) -> Iterator[Passage]:
    for line in (data / "emo_goemotions/train.tsv").read_text(encoding="utf-8").splitlines()[::2]:
        text, ids, _ = line.split("\t")
        if "," not in ids:
            yield from _single(
                text, _moved(_GO[int(ids)]), Around(DocumentKind.INTERVIEW, "en"), "goemotions"
            )


def _brighter(data: Path) -> Iterator[Passage]:
    for path in sorted((data / "emo_brighter_multilingual/track_a_presence").glob("*_train.csv")):
        around = Around(DocumentKind.INTERVIEW, _LANGUAGES[path.name.split("_")[0]])
        for row in _table(path):
            felt = [
                row.get(name) == "1"
                for name in ("anger", "disgust", "fear", "joy", "sadness", "surprise")
            ]
            if sum(felt) <= 1:
                name = _BRIGHTER[felt.index(True)] if any(felt) else "neutral"
                yield from _single(row["text"], _moved(name), around, "brighter")


def _nps(data: Path) -> Iterator[Passage]:
    for row in _table(data / "sur_nps_pt_saas/Pesquisa NPS.csv"):
        score = _number(row["Nota"])
        if score is not None and row["Resposta"]:
            told = Labels(valence=max(-2.0, min(2.0, (score - 7.0) / 1.5)))
            yield from _single(row["Resposta"], told, Around(DocumentKind.SURVEY, "pt"), "nps_pt")


def _meetings(data: Path) -> Iterator[Passage]:
    """What people say when they work: hardly ever how something felt."""
    around = Around(DocumentKind.INTERVIEW, "en")
    told = Labels((_UNSURE, _UNSURE, nan, nan))
    for path in sorted((data / "tr_qmsum_ami_meetings").glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["meeting_transcripts"]
        said = [_NOISES.sub("", turn["content"]).strip() for turn in turns]
        texts = [text for text in said if len(text) > _SHORT]
        for at in range(0, len(texts), _TOGETHER):
            some = texts[at : at + _TOGETHER]
            yield passage(some, [told] * len(some), around, "meetings", "meetings")


def topics(data: Path, seed: int) -> list[Passage]:
    """Draw sentences of all sorts: only what they are about is learned from them."""
    drawn: list[Passage] = []
    for said, kind, count in (
        (_asked(data), DocumentKind.TICKET, 1_500),
        (_complained(data), DocumentKind.TICKET, 2_000),
        (_reviewed(data), DocumentKind.REVIEW, 2_500),
        (_chatted(data), DocumentKind.INTERVIEW, 2_000),
        (_cared_for(data), DocumentKind.SURVEY, 1_500),
    ):
        texts = sorted({text.strip() for text in said if _TOPIC_LEAST < len(text) < _TOPIC_MOST})
        Random(seed).shuffle(texts)  # noqa: S311 - a shuffle, no secret
        around = Around(kind, "en")
        drawn.extend(passage([t], [Labels()], around, "topics", "topics") for t in texts[:count])
    return [*drawn, *_rendered(data)]


def _rendered(data: Path) -> Iterator[Passage]:
    for path in _mabsa_files(data):
        around = Around(DocumentKind.REVIEW, path.parent.name)
        for text in _mabsa_texts(path)[::6]:
            if len(text) < _TOPIC_MOST:
                yield from _single(text, Labels(), around, "topics")


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _SENTENCE.split(text)


def _asked(data: Path) -> Iterator[str]:
    asked = json.loads((data / "lab_clinc150/data_full.json").read_text(encoding="utf-8"))
    yield from (text for text, _ in asked["train"])


def _complained(data: Path) -> Iterator[str]:
    rows = _table(data / "sup_cfpb_complaints/cfpb_personal_loans_2827.csv")
    yield from _sentences(row["Consumer complaint narrative"] for row in rows)


def _reviewed(data: Path) -> Iterator[str]:
    rows = _table(data / "rev_womens_clothing/Womens Clothing E-Commerce Reviews.csv")
    yield from _sentences(row["Review Text"] for row in rows)


def _chatted(data: Path) -> Iterator[str]:
    lines = (data / "emo_goemotions/train.tsv").read_text(encoding="utf-8").splitlines()
    yield from (line.split("\t")[0] for line in lines)


def _cared_for(data: Path) -> Iterator[str]:
    rows = _table(data / "sur_nhs_fft_labelled/phase1_text_data.csv")
    yield from _sentences(row["feedback"] for row in rows if not is_held(row["feedback"]))


def _requests(data: Path) -> Iterator[Passage]:
    """What people ask a machine for: neither a pain nor a wish that something were different."""
    told = Labels((_UNSURE, _UNSURE, _UNSURE, nan), valence=0.0)
    for text in sorted(_asked(data))[::5]:
        yield from _single(text, told, Around(DocumentKind.TICKET, "en"), "requests")
