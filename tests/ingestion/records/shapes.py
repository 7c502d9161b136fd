"""Tables as known tools export them, from `tests/files/records/shapes.yaml`."""

from pathlib import Path

import yaml
from pydantic import TypeAdapter

from ingestion.models import Record

_FILE = Path(__file__).parents[2] / "files" / "records" / "shapes.yaml"


class Shape(Record):
    """A table, and what it has to be taken for.

    Attributes:
        columns: Some of its columns, and the field each has to be taken for.
    """

    name: str
    kind: str
    columns: dict[str, str]
    text: str


SHAPES = TypeAdapter(tuple[Shape, ...]).validate_python(
    yaml.safe_load(_FILE.read_text(encoding="utf-8"))
)
