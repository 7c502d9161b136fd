"""Write the export `journey-map/1`: one JSON object, its long lists streamed."""

import json
from collections.abc import Iterable
from typing import TextIO

from assistant.models import Draft, Evidence, JourneyMap, Voice
from ingestion.models import Record

SCHEMA = "journey-map/1"


def write(
    file: TextIO, draft: Draft, voices: Iterable[Voice], evidence: Iterable[Evidence]
) -> None:
    """Write a map to `file`, one voice and one piece of evidence at a time.

    Args:
        file: Open for text in UTF-8.
        draft: Everything but the two lists.
        voices: The documents, in the order they are listed in.
        evidence: Every piece that the draft may cite.
    """
    file.write(f'{{"schema": "{SCHEMA}"')
    for name, value in draft.model_dump(mode="json").items():
        file.write(f",\n{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
    _write_list(file, "documents", voices)
    _write_list(file, "evidence", evidence)
    file.write("\n}\n")


def _write_list(file: TextIO, name: str, records: Iterable[Record]) -> None:
    file.write(f',\n"{name}": [')
    for at, record in enumerate(records):
        file.write(("," if at else "") + "\n" + record.model_dump_json())
    file.write("\n]")


def schema() -> str:
    """Give the JSON Schema of the export."""
    return json.dumps(JourneyMap.model_json_schema(by_alias=True), indent=2, ensure_ascii=False)
