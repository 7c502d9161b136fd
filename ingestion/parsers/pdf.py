"""Read PDF files that hold text.

A PDF knows lines and not paragraphs. Lines run on; a word that is cut at the end of a line is put
together only if the document writes it in one piece elsewhere, else its hyphen stays: what is not
certain is not invented. Page numbers, and lines that head or foot page after page, are not said.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.models import Turn
from ingestion.speech import labels, prose

_PAGE = r"(?:page|seite|página|pagina|pág\.|стр\.|страница|第)"
_OF = r"(?:/|of|von|de|di|van|из)"
_PAGE_NUMBER = re.compile(
    rf"\W*{_PAGE}?\s*\d{{1,4}}\s*页?(?:\s*{_OF}\s*\d{{1,4}})?\W*", re.IGNORECASE
)
_CUT = re.compile(r"(\w+)[-\u2010\u00ad]\n\s*(\w+)")
_EDGE_LINES = 2


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a PDF into turns: labels at the start of lines.

    Raises:
        UnsupportedFormat: It is locked, or holds pictures of text.
        MalformedSource: It is damaged.
    """
    pages = [page.splitlines() for page in _pages(data)]
    repeated = _repeated(pages)
    numbered = enumerate(pages, start=1)
    lines = [line for number, page in numbered for line in _spoken(number, page, repeated)]
    if not any(line.strip() for line in lines):
        raise UnsupportedFormat("a PDF without text, maybe scanned: run text recognition on it")
    return prose.turns(_whole("\n".join(lines)))


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader  # a quarter of a second, for those who have a PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news to anybody
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnsupportedFormat("a PDF locked with a password: save a copy without")
        return [page.extract_text().replace("\x00", "") for page in reader.pages]
    except UnsupportedFormat:
        raise
    except Exception as error:  # a damaged PDF makes the library fail in every way there is
        raise MalformedSource("a damaged PDF: open it and print it to a new one") from error


def _masked(line: str, page: int) -> str:
    """A line as it would stand on any page: without the page's own number."""
    return re.sub(rf"(?<!\d){page}(?!\d)", "#", line.strip())


def _edges(page: Sequence[str]) -> set[int]:
    filled = [number for number, line in enumerate(page) if line.strip()]
    return {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Lines that stand at the edge of three pages or more, and of most of them."""
    seen = Counter(
        mask
        for number, page in enumerate(pages, start=1)
        for mask in {_masked(page[edge], number) for edge in _edges(page)}
    )
    return frozenset(
        mask
        for mask, n in seen.items()
        if n >= 3 and n * 2 > len(pages) and labels.read(mask) is None
    )


def _spoken(number: int, page: Sequence[str], repeated: frozenset[str]) -> Iterator[str]:
    edges = _edges(page)
    for at, line in enumerate(page):
        is_furniture = _masked(line, number) in repeated or _PAGE_NUMBER.fullmatch(line)
        if at not in edges or not is_furniture:
            yield line


def _whole(text: str) -> str:
    """Put words together that are cut at the end of a line."""
    known = frozenset(re.findall(r"\w+", text.casefold()))

    def joined(cut: re.Match[str]) -> str:
        left, right = cut.groups()
        is_known = (left + right).casefold() in known or "\u00ad" in cut[0]
        return left + right if is_known else f"{left}-{right}"

    return _CUT.sub(joined, text)
