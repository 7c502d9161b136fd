"""Public sets that know something of valence, emotions or stages."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from math import nan
from pathlib import Path
from random import Random

from evals import posts
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
_ASPECT = re.compile(r"""['"]([^'"]+)['"], ?['"](positive|negative|neutral)['"]\]""")
_NOISES = re.compile(r"\{\w+\} ?")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
_LANGUAGES = {
    "chn": "zh",
    "deu": "de",
    "eng": "en",
    "esp": "es",
    "ptbr": "pt",
    "rus": "ru",
    "swe": "sv",
}
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

ELSEWHERE = ("ja",)
"""Languages of public sets in which nothing else is learned."""


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


_AT_MOST = {
    "mabsa": 3_600,
    "minibar": 2_000,
    "nhs1": 1_200,
    "nhs2": 2_000,
    "goemotions": 1_800,
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
    return {name: checksum(data / name) for name in _FOLDERS}


def checksum(folder: Path) -> str:
    """Give the SHA-256 of a folder, over its files in the order of their names."""
    content = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(path.read_bytes())
    return content.hexdigest()


def table(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    """Read the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def single(text: str, told: Labels, around: Around, origin: str) -> Iterator[Passage]:
    """Make a passage of one text, where there is any."""
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
    for path in review_files(data):
        for line in path.read_text(encoding="utf-8").splitlines():
            text, _, marks = line.partition("####")
            around = Around(DocumentKind.REVIEW, path.parent.name)
            yield from single(text, _of_aspects(_ASPECT.findall(marks)), around, "mabsa")


def review_files(data: Path) -> list[Path]:
    """List the files of the reviews in many languages that are learned from."""
    files = sorted((data / "rev_mabsa_multilingual").glob("*/*/*.txt"))
    return [path for path in files if path.parent.parent.name not in _HELD_DOMAINS]


def review_texts(path: Path) -> list[str]:
    """Read a file of reviews, without what is marked in them."""
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
    for row in table(folder / "phase2_v6framework_230831.csv"):
        told_of = row["FFT answer"] != "Did not answer" and not is_held(row["FFT answer"])
        if told_of and row["Comment sentiment"] in set("12345"):
            around = Around(
                DocumentKind.SURVEY, "en", asked=row["FFT question"].removeprefix("FFT ")
            )
            told = _felt(3.0 - float(row["Comment sentiment"]))
            yield from single(row["FFT answer"], told, around, "nhs2")
    for row in table(folder / "phase1_text_data.csv"):
        felt = _number(row["criticality"])
        if felt is not None and abs(felt) <= 5 and not is_held(row["feedback"]):
            told = _felt(max(-2.0, min(2.0, felt / 2)))
            yield from single(row["feedback"], told, Around(DocumentKind.SURVEY, "en"), "nhs1")


def _number(words: str) -> float | None:
    try:
        return float(words)
    except ValueError:
        return None


def _minibar(data: Path) -> Iterator[Passage]:
    for path in sorted((data / "rev_minibar_apps/for_classification").glob("*.csv")):
        for row in (row for row in table(path) if not is_held(row["data"])):
            around = Around(DocumentKind.REVIEW, row["ori_lang"])
            yield from single(row["data"], _of_app(row), around, "minibar")


def _of_app(row: dict[str, str]) -> Labels:
    stars = float(row["score"]) - 3
    pain, asks = (float(row[name] == "1") for name in ("problem_report", "feature_request"))
    pain = max(pain, float(stars < 0))
    return Labels((_likely(pain), _likely(float(stars > 0)), asks, nan), valence=stars)


def _clothing(data: Path) -> Iterator[Passage]:
    path = data / "rev_womens_clothing/Womens Clothing E-Commerce Reviews.csv"
    for number, row in enumerate(table(path)):
        stars = float(row["Rating"]) - 3
        if row["Review Text"].strip() and (stars <= 0 or number % 8 == 0):
            texts = [one for one in SENTENCE.split(row["Review Text"].strip()) if one][:8]
            told = [Labels(valence=stars) for _ in texts]
            around = Around(DocumentKind.REVIEW, "en", title=row["Title"])
            yield passage(texts, told, around, "clothing", "clothing")


def _goemotions(data: Path) -> Iterator[Passage]:
    around = Around(DocumentKind.INTERVIEW, "en")
    for post in list(posts.read(data, "train"))[::2]:
        yield from single(post.text, _moved(post.emotion), around, "goemotions")


def _brighter(data: Path) -> Iterator[Passage]:
    for path in sorted((data / "emo_brighter_multilingual/track_a_presence").glob("*_train.csv")):
        around = Around(DocumentKind.INTERVIEW, _LANGUAGES[path.name.split("_")[0]])
        for row in table(path):
            felt = [
                row.get(name) == "1"
                for name in ("anger", "disgust", "fear", "joy", "sadness", "surprise")
            ]
            if sum(felt) <= 1:
                name = _BRIGHTER[felt.index(True)] if any(felt) else "neutral"
                yield from single(row["text"], _moved(name), around, "brighter")


def _nps(data: Path) -> Iterator[Passage]:
    for row in table(data / "sur_nps_pt_saas/Pesquisa NPS.csv"):
        score = _number(row["Nota"])
        if score is not None and row["Resposta"]:
            told = Labels(valence=max(-2.0, min(2.0, (score - 7.0) / 1.5)))
            yield from single(row["Resposta"], told, Around(DocumentKind.SURVEY, "pt"), "nps_pt")


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


def _requests(data: Path) -> Iterator[Passage]:
    """What people ask a machine for: neither a pain nor a wish that something were different."""
    told = Labels((_UNSURE, _UNSURE, _UNSURE, nan), valence=0.0)
    for text in sorted(text for text, _ in intents(data))[::5]:
        yield from single(text, told, Around(DocumentKind.TICKET, "en"), "requests")


def intents(data: Path) -> list[tuple[str, str]]:
    """Read what people ask a machine for, each with what they want by it."""
    asked = json.loads((data / "lab_clinc150/data_full.json").read_text(encoding="utf-8"))
    return [(text, intent) for text, intent in asked["train"]]
