"""What is known of names: first names, what is none, and firms that are called like people."""

from functools import cache
from importlib.resources import files
from typing import cast

import yaml


@cache
def first_names() -> frozenset[str]:
    """First names that are hardly anything else."""
    return (_listed("first") | _listed("russian")) - _listed("russian_words") - _uncertain()


@cache
def possible_first_names() -> frozenset[str]:
    """First names, and words that often are one."""
    return first_names() | _listed("often") | _listed("russian_words")


@cache
def all_first_names() -> frozenset[str]:
    """Everything that can be a first name, ordinary words and places too."""
    return possible_first_names() | _listed("words") | _listed("places") | _listed("first")


@cache
def no_surnames() -> frozenset[str]:
    """Words that begin with a capital and are no family name."""
    return _listed("no_surname")


@cache
def brands() -> frozenset[str]:
    """Firms and things that are called like a person, in two words."""
    return frozenset(each.strip() for each in str(_lists()["brands"]).split("|"))


@cache
def generic() -> frozenset[str]:
    """What stands before the @ where nobody in particular reads."""
    return _listed("generic")


@cache
def chinese_surnames() -> str:
    """Chinese family names, as alternatives of an expression."""
    two = "|".join(str(_lists()["chinese_two"]).split())
    return rf"(?:{two}|[{str(_lists()['chinese']).strip()}])"


def _uncertain() -> frozenset[str]:
    return _listed("often") | _listed("words") | _listed("places")


def _listed(name: str) -> frozenset[str]:
    return frozenset(str(_lists()[name]).split())


@cache
def _lists() -> dict[str, object]:
    text = files("ingestion.redaction").joinpath("names.yaml").read_text("utf-8")
    return cast(dict[str, object], yaml.safe_load(text))
