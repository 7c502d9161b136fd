"""What a column's name may mean, in nine languages; the words are in `words/columns.yaml`."""

from functools import cache

from ingestion.mapping import Field
from ingestion.records.columns import plain
from ingestion.records.vocabulary import anywhere, load

_QUESTIONS = {
    field: anywhere(load("questions")[field.value]) for field in (Field.NPS, Field.CSAT, Field.CES)
}
_EXACT = frozenset({Field.NAME, Field.ROLE, Field.STATUS, Field.CATEGORY, Field.CHANNEL})
"""Fields that only a whole name stands for: "division name" is nobody's."""

_LIKE_IDS = frozenset({"ref", "reference", "key", "nr", "no", "number", "code", "uid", "uuid"})
"""What an id is called too: "visit ref"."""

_RANK = 0.0005
_MAX_NAME_WORDS = 5
"""A longer name is a question, and the words in it name nothing."""


@cache
def fields(name: str) -> dict[Field, float]:
    """List what a column's name may mean, and how well it fits: 1 for the name itself.

    Args:
        name: As `columns.plain` writes it.
    """
    found = dict(_fields_by_word().get(name, {}))
    first, _, last = name.rpartition(" ")
    if last in _LIKE_IDS:
        found |= _fields_by_word().get(f"{first} id", {}) | found
    for field, question in _QUESTIONS.items():
        if question.search(name):
            found[field] = 0.95
    words = name.split()
    if len(words) <= _MAX_NAME_WORDS:
        for part, share in _parts(words):
            for field, weight in _fields_by_word().get(part, {}).items():
                if field not in _EXACT:
                    found[field] = max(found.get(field, 0.0), weight * share)
    return found


@cache
def _fields_by_word() -> dict[str, dict[Field, float]]:
    """Read the words, each with the fields it names; the first of a field counts a little more."""
    found: dict[str, dict[Field, float]] = {}
    for field, words in load("columns").items():
        for rank, word in enumerate(words):
            found.setdefault(plain(word), {})[Field(field)] = 1 - rank * _RANK
    return found


def _parts(words: list[str]) -> list[tuple[str, float]]:
    """Endings, beginnings and inner stretches of a name; an ending names a thing best."""
    n = len(words)
    endings = [(" ".join(words[i:]), 0.85 - 0.1 * i) for i in range(1, n)]
    starts = [(" ".join(words[:i]), 0.6 - 0.1 * (n - i)) for i in range(n - 1, 0, -1)]
    inner = [(words[i], 0.2) for i in range(1, n - 1)]
    chinese = (
        [(words[0][i:], 0.7) for i in range(1, len(words[0]))] if n == 1 and _is_han(words) else []
    )
    return endings + starts + inner + chinese


def _is_han(words: list[str]) -> bool:
    return "\u3400" <= words[0][-1] <= "\u9fff"
