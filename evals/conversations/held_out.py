"""The guard on messages its rules were not made with: `python -m evals.conversations.held_out`.

Prints how many are stopped; with `--write` puts that into docs/conversations.md, where the full run
puts it too. What went wrong is shown of the sets that rules may be mended with, and never of the
others: whoever reads those can measure nothing with them any more.
"""

import argparse
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml
from jinja2 import Template
from pydantic import BaseModel

from evals.conversations.misbehaving import Tried, show

PAGE = Path("docs/conversations.md")
SETS = {"first": True, "second": False}
"""Each set, and whether it was looked at when rules were mended."""
_SECTION = re.compile(r"<!-- held out -->\n.*?<!-- end -->\n", re.S)


class Context(BaseModel, frozen=True):
    """What a person said, a why that was asked before, and a refusal."""

    said: str
    why: str
    refusal: str


class Messages(BaseModel, frozen=True):
    """A set: what may not go out, by category and language, and good questions, by language."""

    contexts: dict[str, Context]
    never: dict[str, dict[str, str]]
    good: dict[str, tuple[str, ...]]


class Measured(NamedTuple):
    """What the guard made of a set.

    Attributes:
        is_known: Whether rules were mended with it in view, so that its figures flatter.
    """

    name: str
    is_known: bool
    bad: tuple[Tried, ...]
    good: tuple[Tried, ...]

    @property
    def stopped(self) -> int:
        """How many forbidden messages were stopped."""
        return sum(bool(each.rule) for each in self.bad)

    @property
    def vetoed(self) -> int:
        """How many good questions were."""
        return sum(bool(each.rule) for each in self.good)

    @property
    def wrong(self) -> list[Tried]:
        """What went wrong, where it may be looked at: let through, then vetoed."""
        missed = [each for each in self.bad if not each.rule]
        return [*missed, *(each for each in self.good if each.rule)] if self.is_known else []


def measure(name: str) -> Measured:
    """Show the guard every message of a set."""
    text = files("evals.datasets").joinpath(f"guard_held_out/{name}.yaml").read_text("utf-8")
    told = Messages.model_validate(yaml.safe_load(text))
    return Measured(name, SETS[name], tuple(_bad(told)), tuple(_good(told)))


def _bad(told: Messages) -> Iterator[Tried]:
    for category, texts in told.never.items():
        for language, text in texts.items():
            context = told.contexts[language]
            said = context.refusal if category == "presses on" else context.said
            asked = context.why if category == "why again" else ""
            yield show(category, language, text, (asked, said))


def _good(told: Messages) -> Iterator[Tried]:
    for language, texts in told.good.items():
        said = ("", told.contexts[language].said)
        yield from (show("good", language, text, said) for text in texts)


def section() -> str:
    """Write the part of the page about these sets."""
    template = files("evals").joinpath("templates/held_out.md.j2").read_text("utf-8")
    sets = [measure(name) for name in SETS]
    return Template(template, keep_trailing_newline=True).render(sets=sets)


def put(page: str, part: str) -> str:
    """Give the page with its part about these sets replaced."""
    return _SECTION.sub(lambda _: part, page)


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put it into {PAGE}")
    is_written, part = parser.parse_args().write, section()
    print(part)
    if is_written:
        PAGE.write_text(put(PAGE.read_text("utf-8"), part), encoding="utf-8")


if __name__ == "__main__":
    main()
