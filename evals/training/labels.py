"""What a training sentence is labelled with, in closed lists."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import nan
from pathlib import Path

from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from assistant.models import DEFAULT_STAGES, About, Emotion, EvidenceKind

KINDS = tuple(EvidenceKind)
STAGES = tuple(stage.id for stage in DEFAULT_STAGES)
EMOTIONS = tuple(Emotion)
ABOUTS = tuple(About)
UNKNOWN = -1

SORTED = Path(__file__).parents[1] / "datasets/training/touchpoints.tsv"
"""Under which touchpoint each annotator's words were sorted: a line each, `-` for none."""


@dataclass(frozen=True)
class Labels:
    """What is known of a sentence: NaN or `UNKNOWN` where a set does not say.

    Attributes:
        kinds: 1 or 0 a kind, in the order of `KINDS`.
        touchpoint: Position in `TOUCHPOINTS`, their number for none.
        channel: Position in `CHANNELS`, their number for none.
        words: An annotator's own few for the touchpoint; "" where there are none.
        theme: What it tells of, by a name of its own; "" where it belongs to no theme.
    """

    kinds: tuple[float, ...] = (nan, nan, nan, nan)
    stage: int = UNKNOWN
    emotion: int = UNKNOWN
    valence: float = nan
    about: int = UNKNOWN
    touchpoint: int = UNKNOWN
    channel: int = UNKNOWN
    words: str = ""
    theme: str = ""


_CHANNEL_WORDS: Mapping[str, str] = {
    "app": r"\bapp\b|push notif|app store|play store",
    "chat": r"\bchat|\bbot\b|whatsapp|messenger",
    "email": r"e-?mail|newsletter|inbox",
    "phone": r"phone call|\bcall(ed|s|ing)?\b|hotline|rang\b|on hold|telephone|"
    r"retention call|\bphoned",
    "social": r"instagram|facebook|tiktok|twitter|youtube|social media|linkedin|forum",
    "mail": r"letter|by post|leaflet|flyer|brochure|parcel|courier|envelope|postcard",
    "shop": r"\bshop|store\b|showroom|branch|counter|till\b|high street|market|desk|reception",
    "web": r"website|web ?site|web page|online|checkout|basket|page|portal|\bsite\b|search|browser|"
    r"form\b|google",
}
_CHANNELS = tuple((name, re.compile(rule)) for name, rule in _CHANNEL_WORDS.items())


def touchpoint(words: str) -> int:
    """Find the general touchpoint an annotator's words were sorted under; new words are unknown.

    Example:
        >>> TOUCHPOINTS[touchpoint("renewal")], touchpoint("old dog"), touchpoint("")
        ('renewal', -1, 43)
    """
    return _sorted_words().get(words, UNKNOWN) if words else len(TOUCHPOINTS)


@lru_cache(maxsize=1)
def _sorted_words() -> dict[str, int]:
    places = {name: place for place, name in enumerate((*TOUCHPOINTS, "-"))}
    with SORTED.open(encoding="utf-8", newline="") as lines:
        return {words: places[name] for name, words in csv.reader(lines, delimiter="\t")}


def channel(words: str, text: str) -> int:
    """Find the channel: the annotator's touchpoint tells more than the sentence.

    Example:
        >>> CHANNELS[channel("checkout", "it took my card")]
        'web'
    """
    found = _first(_CHANNELS, words) or _first(_CHANNELS, text)
    return CHANNELS.index(found) if found else len(CHANNELS)


def _first(rules: tuple[tuple[str, re.Pattern[str]], ...], words: str) -> str | None:
    lowered = words.lower()
    return next((name for name, rule in rules if rule.search(lowered)), None)
