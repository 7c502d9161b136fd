"""The service under load: many conversations at once, beside the least that a reply can cost.

One process serves (`journey serve`); the visitors share its machine. Every figure is measured from
the visitor's side: what a reply takes begins when it was due, not when there was time to send it.
"""

import asyncio
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from evals import serving, tally
from evals.crowd import Crowd, Spell, send_bare
from evals.tally import Tally

_HEADING = "## Under load"
_ABOUT = """\
`make bench` (`--only service`) has one process serve, and answers from the same machine: of a
thousand open conversations some answer at random moments, two in a hundred twice at once. Then the
service and a bare route (FastAPI, one insert flushed to disk, one call of the bare reader) are
asked as fast as they answer, by turns. Last, the process is killed (SIGKILL) again and again, and
visitors send again what was not acknowledged. The database says what is lost or doubled."""


class Wanted(NamedTuple):
    """How much of it."""

    conversations: int = 1000
    a_second: int = 50
    seconds: float = 60
    flat_out_s: float = 15


class Figures(NamedTuple):
    """What was measured.

    Attributes:
        steady: At the rate that was wanted.
        served: The highest rate of the service, in spells.
        bare: The same of the bare route, each spell right after one of the service's.
        load: Of the machine, in the minute before it began.
    """

    wanted: Wanted
    n_open: int
    steady: Spell
    served: list[Spell]
    bare: list[Spell]
    tally: Tally
    load: float

    @property
    def share(self) -> float:
        """The highest rate of the service as a share of the bare route's."""
        return sum(spell.rate for spell in self.served) / sum(spell.rate for spell in self.bare)

    def lines(self) -> Iterator[str]:
        """Say them, each beside what it has to be."""
        wanted, steady = self.wanted, self.steady
        yield f"open at once: {self.n_open:,} conversations (at least {wanted.conversations:,})"
        yield (
            f"answers: {len(steady.waits) / steady.seconds:.1f} a second for {steady.seconds:.0f} s"
            f" (at least {wanted.a_second})"
        )
        yield (
            f"a reply takes {steady.ms(50):.0f} ms in the middle, {steady.ms(95):.0f} ms at p95"
            f" (under 150), {steady.ms(99):.0f} ms at p99"
        )
        kept = self.tally
        yield f"{kept.acknowledged:,} replies: lost {kept.lost} (0), doubled {kept.doubled} (0)"
        best = [np.mean([spell.rate for spell in spells]) for spells in (self.served, self.bare)]
        yield f"highest rate: {best[0]:.0f} answers in words a second, a bare route {best[1]:.0f}"
        yield f"share: {self.share:.2f} (at least 0.50)"
        yield f"load average before: {self.load:.1f}"


def measure(wanted: Wanted) -> Figures:
    """Serve, have visitors answer, and count afterwards."""
    load = os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        home = Path(folder)
        survey = serving.put_up(home)
        with serving.service(home) as port, serving.bare(home) as bare_port:
            crowd = Crowd(port, survey)
            spells = asyncio.run(_measured(crowd, bare_port, wanted))
        kept = tally.count(home / "journey-service.db", crowd.everybody)
    return Figures(wanted, *spells, kept, load)


async def _measured(
    crowd: Crowd, bare_port: int, wanted: Wanted
) -> tuple[int, Spell, list[Spell], list[Spell]]:
    await crowd.fill(wanted.conversations)
    steady = await crowd.steadily(wanted.a_second, wanted.seconds)
    n_open = len(crowd.here)
    served: list[Spell] = []
    bare: list[Spell] = []
    for _ in range(2):
        served.append(await crowd.flat_out(wanted.flat_out_s))
        bare.append(await send_bare(bare_port, wanted.flat_out_s))
    return n_open, steady, served, bare


def write_down(lines: Iterable[str], page: Path) -> None:
    """Put figures into the section of `page` that is for them, in place of what stood there."""
    before, _, after = page.read_text(encoding="utf-8").partition(_HEADING)
    _, rest, others = after.partition("\n## ")
    figures = "\n".join(f"- {line}" for line in lines)
    section = f"{_HEADING}\n\n{_ABOUT}\n\n{figures}\n"
    page.write_text(f"{before.rstrip()}\n\n{section}{rest}{others}", encoding="utf-8")
