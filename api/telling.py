"""What a draft ends with in the terminal: what was read, how it ended, and what there is now."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from assistant.models import Draft
from ingestion.models import Recognition, State

_REFUSALS = 12


def tell(
    console: Console, draft: Draft, recognitions: Sequence[Recognition], files: Iterable[Path]
) -> None:
    """Sum up: what was recognised, what went in and how it ended, what the map holds, and where."""
    _tell_recognised(console, recognitions)
    _tell_ledger(console, draft)
    kinds = Counter(theme.kind for theme in draft.themes)
    console.print(
        f"{kinds['pain']} pains, {kinds['delight']} delights, {kinds['opportunity']} wishes, "
        f"{len(draft.contradictions)} contradictions, {len(draft.gaps)} gaps",
        highlight=False,
    )
    for path in files:
        console.print(f"[bold]{path}[/bold]", highlight=False)


def _tell_recognised(console: Console, recognitions: Sequence[Recognition]) -> None:
    table = Table("File", "Read as", "Columns", box=None, header_style="dim")
    for found in recognitions[:_REFUSALS]:
        columns = ", ".join(f"{name} = {field}" for name, field in found.columns.items())
        table.add_row(found.source_id, f"{found.format}, {found.kind}", columns or found.note)
    console.print(table)
    if len(recognitions) > _REFUSALS:
        console.print(f"… and {len(recognitions) - _REFUSALS} more files", highlight=False)


def _tell_ledger(console: Console, draft: Draft) -> None:
    table = Table("Ledger", "in", *State, box=None, header_style="dim")
    for level, states in draft.ledger.items():
        table.add_row(level, *(f"{states.get(state, 0):,}" for state in ("in", *State)))
    console.print(table)
    if draft.masked:
        masked = ", ".join(f"{n} {name}" for name, n in sorted(draft.masked.items()))
        console.print(f"Masked: {masked}", highlight=False)
    failed = [refusal for refusal in draft.refusals if refusal.state is State.FAILED]
    for refusal in failed[:_REFUSALS]:
        console.print(f"[bold]Failed[/bold] {refusal.where}: {refusal.reason}", highlight=False)
    if draft.is_partial:
        console.print(f"This map is partial: {_remedy(draft)}.", highlight=False)


def _remedy(draft: Draft) -> str:
    if draft.ledger.get("segments", {}).get(State.FAILED):
        return "journey retry reads what failed again, and pays for no answer twice"
    return "mend what failed and draft again"
