"""Write summaries as Markdown, for wikis: the batch first, then a page for each interview."""

from collections.abc import Iterable, Iterator, Mapping

from api.export.markdown import MARK, escape
from assistant.models import Contradiction, Evidence, SpokenClaim
from assistant.summaries import BatchSummary, InterviewSummary, Line, Saturation, Summaries

_QUOTES = 2
"""Quotes that are written out below a line that is none itself."""
_BATCH = {
    "shared": "Shared by several",
    "differs": "Told by one group more than by the others",
    "new": "New since the map before",
    "alone": "Said by one person only",
}
_INTERVIEW = {"situation": "Situation", "timeline": "Timeline"}
_FORCES = {
    "push": "Push: what was wrong before",
    "pull": "Pull: what drew them",
    "anxiety": "Anxiety: what they feared",
    "habit": "Habit: what held them",
}


def write(summaries: Summaries) -> str:
    """Write the summaries in CommonMark with tables; people's words stay verbatim."""
    page = _Page({each.id: each for each in summaries.evidence})
    engine = " ".join(filter(None, map(summaries.engine.get, ("name", "version"))))
    blocks = [
        MARK,
        f"# {escape(summaries.title)}: what was said",
        f"Summed up by {escape(engine)}. Quotes are cut from the sources, never written.",
        *page.batch(summaries.batch),
        *(block for each in summaries.interviews for block in page.interview(each)),
    ]
    return "\n\n".join(blocks) + "\n"


class _Page:
    """Writes sections, each line with the quotes it rests on."""

    def __init__(self, evidence: Mapping[str, Evidence]) -> None:
        self._evidence = evidence

    def batch(self, batch: BatchSummary) -> Iterator[str]:
        yield "## The batch"
        yield ", ".join(f"{n:,} × {kind}" for kind, n in batch.documents.items())
        for name, title in _BATCH.items():
            if name != "new" or batch.has_before:
                yield from self._section(title, getattr(batch, name))
        yield "### How much of each stage is known"
        yield _known(batch.saturation)

    def interview(self, page: InterviewSummary) -> Iterator[str]:
        yield f"## {escape(page.participant or page.document)}"
        about = [page.document, page.date.isoformat() if page.date else "", page.language]
        yield " · ".join(escape(each) for each in about if each)
        if page.who:
            yield f"Who: “{escape(page.who)}”"
        for name, title in _INTERVIEW.items():
            yield from self._section(title, getattr(page, name))
        for name, title in _FORCES.items():
            yield from self._section(title, getattr(page.forces, name))
        yield from self._section("Key moments", page.moments)
        if page.contradictions:
            yield "### Contradictions"
            yield "\n".join(map(_contradiction, page.contradictions))
        yield from self._section("In their words", page.quotes)

    def _section(self, title: str, lines: Iterable[Line]) -> Iterator[str]:
        written = [written for line in lines for written in self._line(line)]
        if written:
            yield f"### {title}"
            yield "\n".join(written)

    def _line(self, line: Line) -> Iterator[str]:
        cited = [self._evidence[id] for id in line.evidence_ids if id in self._evidence]
        if line.is_quote:
            where = f" ({escape(cited[0].document)})" if cited else ""
            yield f"- “{escape(line.text)}”{where}"
            return
        people = f" ({line.people} people)" if line.people > 1 else ""
        yield f"- {escape(line.text)}{people}"
        for quote in cited[:_QUOTES]:
            yield f"  - “{escape(quote.quote)}” ({escape(quote.document)})"


def _contradiction(found: Contradiction) -> str:
    said = f"“{escape(found.claim.quote)}” " if isinstance(found.claim, SpokenClaim) else ""
    return f"- {said}{escape(found.explanation)}"


def _known(stages: Iterable[Saturation]) -> str:
    rows = [
        f"| {escape(each.stage)} | {each.voices} | {each.topics} | {each.once} | "
        f"{'–' if each.share is None else f'{each.share:.0%}'} |"
        for each in stages
    ]
    head = "| Stage | Voices | Topics | Told once | What the next voice tells is known |"
    return "\n".join([head, "|---|--:|--:|--:|--:|", *rows])
