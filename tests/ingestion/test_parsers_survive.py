"""Whatever bytes come in, a source is read or refused: nothing else leaves ingestion."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import targets

SCRAPS = (
    "WEBVTT", "00:01.000 --> 00:02.000", "00:00:01,000 --> 00:00:02,000", "-->", "<v Ann>",
    "</v>", "<", ">", "&amp;", "NOTE", "1", "0:00:01.000,0:00:02.000", "[br]", "Ann:",
    "**Ann:**", "[00:12]", "(0:12)", "# ", "---", "*", "_", "<p>", "<table><tr><td>", "<pre>",
    "<br>", "{", "}", "[", "]", "\"text\"", ":", ",", "\"speaker\"", "\"segments\"",
    "\"start\"", "null", "1e999", "\\ud800", "%PDF-1.4", "1 0 obj", "stream", "endobj",
    "trailer", "From a@b.c", "Subject: x", "id;text;rating", "\t", "\n", "\n\n", "\r\n", " ",
    "\x00", "\ufeff", "你好。", "Интервьюер:", "访谈者：", "Why?",
)  # fmt: skip
scraps = st.lists(st.sampled_from(SCRAPS) | st.text(max_size=4), max_size=30).map("".join)
files = st.binary(max_size=200) | scraps.map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("number", range(len(targets.PARSERS)))
@settings(max_examples=60, deadline=None)
@given(data=files)
def test_a_parser_reads_or_refuses(number: int, data: bytes) -> None:
    targets.try_parser(bytes([number]) + data)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(number=st.integers(0, 9), data=files)
def test_a_file_is_read_or_refused(number: int, data: bytes, tmp_path: Path) -> None:
    targets.try_reading(bytes([number]) + data, tmp_path)


@pytest.mark.parametrize("seed", targets.SEEDS)
def test_the_seeds_of_the_fuzzer_are_read_or_refused(seed: bytes, tmp_path: Path) -> None:
    targets.try_parser(seed)
    targets.try_reading(seed, tmp_path)
