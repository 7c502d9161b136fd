"""Who wrote a message of a ticket: what exports call customers, agents and bots."""

import re

from ingestion.models import Role
from ingestion.records.vocabulary import load
from ingestion.speech import names

_SPLIT = re.compile(r"[\s_\-./:]+")
_KNOWN = tuple((Role(role), frozenset(words)) for role, words in load("voices").items())


def role_of(label: str) -> Role | None:
    """Tell the role a label names, None where it names none.

    Example:
        >>> role_of("end-user").value, role_of("Support agent").value, role_of("Maya")
        ('customer', 'agent', None)
    """
    small = label.casefold().strip()
    for words in ([small, small.replace("-", "").replace(" ", "")], _SPLIT.split(small)):
        for role, known in _KNOWN:
            if any(word in known for word in words):
                return role
    return names.role(label)
