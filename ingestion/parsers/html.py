"""Read HTML pages that hold a transcript."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.models import Turn
from ingestion.speech import prose

_PREAMBLE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_DECLARATION = re.compile(r"<\?xml[^>]*>", re.IGNORECASE)
_TAGS = r"!doctype\s+html|html|head|body|div|p|table|h[1-6]|article|section|main"
_OPENING = re.compile(rf"{_PREAMBLE}<(?:{_TAGS})\b", re.IGNORECASE | re.DOTALL)
_BLOCK_NAMES = """
address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form
header hr html li main ol p pre section summary details table tbody thead tfoot tr ul
"""
_UNSAID_NAMES = "script style template noscript nav head title button select svg iframe"
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_LINE = "\ue000"
"""Stands for a line break while white space is gathered: a character of the private area."""


def recognises(head: str) -> bool:
    """Whether a file opens with the tags of a page."""
    return bool(_OPENING.match(head.lstrip("\ufeff")))


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a page into turns: a block is a paragraph, a table's row a line.

    Raises:
        MalformedSource: It is not text, or so damaged that no browser would show it.
    """
    text, _ = decoding.decode(data)
    if "<" not in text:
        return prose.turns(text)
    try:
        page = BeautifulSoup(_DECLARATION.sub("", text.replace(_LINE, "")), "html.parser")
        return prose.turns(_text(page))
    except (RecursionError, AssertionError) as error:
        raise MalformedSource("a damaged page: open it in a browser and save its text") from error


def _text(page: Tag) -> str:
    """The words of the page: white space as a browser shows it, a blank line between blocks."""
    for tag in page.find_all(_UNSAID_NAMES.split()):
        tag.decompose()
    for string in page.find_all(string=True):
        if string.find_parent("pre"):
            string.replace_with(NavigableString(string.replace("\n", _LINE)))
    for tag in page.find_all("br"):
        tag.replace_with(_LINE)
    for tag in page.find_all("tr"):
        _flatten(tag)
    for tag in page.find_all([*_BLOCK_NAMES.split(), *_HEADINGS]):
        tag.insert_before(_LINE * 2 + ("# " if tag.name in _HEADINGS else ""))
        tag.insert_after(_LINE * 2)
    return re.sub(rf" *{_LINE} *", "\n", " ".join(page.get_text().split()))


def _flatten(row: Tag) -> None:
    """Make the row of a table one line, unless the table only lays out the page."""
    cells = row.find_all(["td", "th"])
    if len(cells) > 1 and not row.find("table"):
        row.string = prose.row([cell.get_text() for cell in cells])
