"""Tell what language a text is in. The one door to the language identifier.

Script and small words decide most texts at once; the identifier is asked for the rest.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, cast

from ingestion.models import Document, Role

UNKNOWN = "und"
LIKELY = frozenset("en de fr es it nl pt ru zh".split())  # noqa: SIM905 reads better than a list
"""What short texts are taken to be in, where the identifier has to guess."""

_SHORT = 12
"""Letters below which a text without telling words says too little."""
_LONG = 60
"""Letters from which on the identifier is believed when it names a language that is not likely."""
_SURE = 0.8
"""The identifier's probability that outweighs what is expected."""
_SAMPLE = 4_000
"""Characters that tell a document's language."""

_LETTER = re.compile(r"[^\W\d_]")
_OTHER_SCRIPT = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.15),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"), 0.3),
    ("uk", re.compile(r"[іїєґІЇЄҐ]"), 0.02),
    ("ru", re.compile(r"[\u0400-\u04ff]"), 0.5),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 0.5),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.5),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.5),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.5),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.5),
)
"""Scripts that name a language, in the order they are asked, with the share of letters it takes."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = {
    "en": """the and was were is it it's this that with have had they my you for not but from we
        i'm didn't don't i've been there their would could what when which just of to an are be
        your our can if out so than then them who will about after only even more very did does
        has got get because before how into no one or up as by at her she he his its i too any""",
    "de": """der die das und ist nicht ich ein eine mit den dem auf auch sich wir sie habe aber
        wurde zu im für von bei nach noch nur wie wenn dann als man mir mich es hat hatte kein
        keine einen einem einer mein meine sehr schon oder so was wird werden sind bin war waren
        dass weil doch mal immer wieder alles vom zum zur durch über bis aus uns ihr kann""",
    "fr": """le les des est une pas je que dans pour qui sur avec mais nous j'ai c'est au du très
        la et il elle on ne se ce cette mon ma mes sont été était ai aux par plus sans tout j'avais
        bien fait même quand si vous leur d'un d'une qu'il n'est où ça rien deux encore après""",
    "es": """el los las que una por con para pero muy más me lo del fue está mi y al cuando la de
        se no es un en mis su te como había tenía sin ya hay todo porque nada también ha he son
        era si desde hasta qué esto esta ese les nos sobre solo sólo dos yo le después""",
    "it": """il che di non una per con sono ho mi della gli nel ma più è anche dopo era questo
        la un del le dei alla al si ci se lo come da dal ha hanno stato stata quando senza tutto
        mio mia molto già poi cosa perché ancora solo nella sul ai delle i e c'è mai fatto""",
    "nl": """het een van is niet ik dat op te met voor maar was zijn ook wij heb naar je werd de
        en er aan in om dan nog al bij als uit hij ze zo wel geen meer mijn we die dit door over
        toen kon had hebben heeft moest worden wordt kan weer alleen heel waar mij tot""",
    "pt": """o os que uma não com para mas muito eu foi do da em no meu mais um e na a de as se
        me por ao dos das minha já está estava era quando sem também tudo você isso ele ela como
        nem só até depois pelo pela nos nas são tem tinha ser esse essa fui sua seu num""",
}
"""Words that are frequent in these languages; one that is shared counts for each."""


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def detect(text: str, expected: str | None = None) -> str:
    """Name the language of `text`.

    Args:
        text: A sentence or more.
        expected: What the text around it is in: the answer where the text itself does not tell.

    Returns:
        An ISO 639-1 code; "und" where it cannot be told and nothing is expected.

    Example:
        >>> detect("Das Paket war nicht da, und ich habe gewartet.")
        'de'
        >>> detect("ok", expected="fr")
        'fr'
    """
    script = _by_script(text) if _OTHER_SCRIPT.search(text) else None
    if script:
        return script
    words = [word.replace("’", "'") for word in _WORD.findall(text.casefold())]
    told = _by_small_words(words, expected)
    if told:
        return told
    if sum(map(len, words)) < _SHORT:
        return _known(expected) or UNKNOWN
    return _by_identifier(" ".join(words), _known(expected))


def of_document(document: Document) -> str:
    """Name the language the customer speaks in a document, "und" where it cannot be told."""
    said = " ".join(turn.text for turn in document.turns if turn.role is Role.CUSTOMER)
    return detect(said[:_SAMPLE])


def _known(expected: str | None) -> str | None:
    return None if expected == UNKNOWN else expected


def _by_script(text: str) -> str | None:
    n_letters = len(_LETTER.findall(text))
    for language, script, share in _SCRIPTS:
        if len(script.findall(text)) > share * n_letters:
            return language
    return None


def _by_small_words(words: Sequence[str], expected: str | None) -> str | None:
    """Name the language of most small words, where it is well ahead of any other."""
    small = _small()
    counts = Counter(language for word in words for language in small.get(word, ()))
    if not counts:
        return None
    (language, most), *others = counts.most_common(2)
    next_most = others[0][1] if others else 0
    if expected and most >= 2 and counts[expected] == most:
        return expected
    ahead = 1 if language == expected else 2
    return language if most >= next_most + ahead and most * 7 >= len(words) else None


def _by_identifier(text: str, expected: str | None) -> str:
    """Ask the identifier; what is expected stands unless it is sure of another language."""
    language, probability = _identifier().classify(text)
    if language not in LIKELY and language != expected and len(text) < _LONG:
        ranked = _identifier().rank(text)
        language, probability = next(found for found in ranked if found[0] in LIKELY)
    return expected if expected and probability < _SURE else language


@cache
def _small() -> dict[str, tuple[str, ...]]:
    languages: dict[str, tuple[str, ...]] = {}
    for language, words in _SMALL.items():
        for word in set(words.split()):
            languages[word] = (*languages.get(word, ()), language)
    return languages


@cache
def _identifier() -> _Identifier:
    """Load the identifier, once: it takes a moment."""
    from py3langid import langid

    identifier = cast(Any, langid).LanguageIdentifier
    return cast(_Identifier, identifier.from_model_file(langid.MODEL_FILE, norm_probs=True))
