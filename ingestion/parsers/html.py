"""Read HTML pages that hold a transcript."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.builder import ParserRejectedMarkup
from bs4.element import NavigableString, PageElement

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
_UNSAID = frozenset(_UNSAID_NAMES.split())
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_LINE, _CELL, _ROW, _ROW_END = "\ue000\ue001\ue002\ue003"
"""Stand for line breaks and tables while white space is gathered: private characters."""

_INNER_ROW = re.compile(f"{_ROW}([^{_ROW}{_ROW_END}]*){_ROW_END}")
_MARKS = re.compile(f"[{_LINE}{_CELL}{_ROW}{_ROW_END}]")


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
        page = BeautifulSoup(_DECLARATION.sub("", _MARKS.sub("", text)), "html.parser")
        return prose.turns(_text(page))
    except (RecursionError, ParserRejectedMarkup) as error:
        raise MalformedSource("a damaged page: open it in a browser and save its text") from error


def _text(page: Tag) -> str:
    """The words of the page: white space as a browser shows it, a blank line between blocks."""
    flowing = " ".join("".join(_pieces(page)).split())
    lines = _MARKS.sub(_LINE, _INNER_ROW.sub(_line, flowing))
    return re.sub(f" *{_LINE} *", "\n", lines)


def _line(row: re.Match[str]) -> str:
    """Make the row of a table one line, if it holds more than one cell."""
    first, *cells = row[1].split(_CELL)
    if len(cells) < 2:
        return row[1]
    return _LINE * 2 + prose.row([_MARKS.sub(" ", cell) for cell in (first, *cells)]) + _LINE * 2


def _pieces(page: Tag) -> Iterator[str]:
    """Yield words and marks in order, without recursion: pages nest deeply."""
    waiting: list[PageElement | str] = [page]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name not in _UNSAID:
                before, after = _AROUND.get(node.name, ("", ""))
                waiting += [after, *reversed(node.contents), before]
        elif type(node) in (str, NavigableString):
            is_kept = isinstance(node, NavigableString) and _is_in_pre(node)
            yield str(node).replace("\n", _LINE) if is_kept else str(node)


def _is_in_pre(string: NavigableString) -> bool:
    return string.parent is not None and string.parent.name == "pre"


_AROUND = {
    **dict.fromkeys(_BLOCK_NAMES.split(), (_LINE * 2, _LINE * 2)),
    **dict.fromkeys(_HEADINGS, (f"{_LINE * 2}# ", _LINE * 2)),
    **dict.fromkeys(["td", "th"], (_CELL, " ")),
    "tr": (_ROW, _ROW_END),
    "br": (_LINE, ""),
}
"""What is written before and after the words of an element."""
