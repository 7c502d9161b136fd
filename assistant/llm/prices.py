"""What tokens cost, from a table that the user can edit."""

import re
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.errors import UnknownPrice

SHIPPED = Path(__file__).parent / "prices.yaml"
_MILLION = 1_000_000
_DATED = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{4,8}|latest)$")
_TABLE = TypeAdapter(dict[str, tuple[float, float, float]])


class Price(NamedTuple):
    """What a million tokens of a model cost, in US dollars.

    Attributes:
        cached: Tokens of a prompt whose beginning the provider has read shortly before.
    """

    tokens_in: float
    cached: float
    tokens_out: float

    def cost_usd(self, tokens_in: int, tokens_out: int, tokens_cached: int = 0) -> float:
        """Add up a call; `tokens_cached` are among `tokens_in`."""
        fresh = (tokens_in - tokens_cached) * self.tokens_in
        return (fresh + tokens_cached * self.cached + tokens_out * self.tokens_out) / _MILLION


FREE = Price(0, 0, 0)


class Prices:
    """Prices by model."""

    def __init__(self, table: dict[str, Price]) -> None:
        self._table = table

    def of(self, model: str, *, is_local: bool = False) -> Price | None:
        """Give a model's price; a dated model costs what its undated name costs.

        Args:
            model: Its name at the endpoint.
            is_local: It runs on this machine: it costs nothing unless the table names it.
        """
        named = self._table.get(model) or self._table.get(_DATED.sub("", model))
        return named or (FREE if is_local else None)


def load(edited: Path | None = None) -> Prices:
    """Read the shipped prices and, over them, those of the user's file where there is one.

    Raises:
        UnknownPrice: A file does not say what the shipped one's first lines ask for.
    """
    files = [SHIPPED, *([edited] if edited and edited.exists() else [])]
    table: dict[str, Price] = {}
    for file in files:
        table |= _read(file)
    return Prices(table)


def _read(file: Path) -> dict[str, Price]:
    try:
        rows = _TABLE.validate_python(yaml.safe_load(file.read_text("utf-8")) or {})
    except (ValidationError, yaml.YAMLError) as error:
        said = f"{file} is not lines of `model: [prompt, cached prompt, reply]`"
        raise UnknownPrice(said) from error
    return {model: Price(*row) for model, row in rows.items()}
