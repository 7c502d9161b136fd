"""The index: what was added is found by meaning, once, and forgotten on demand."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingestion.embedding import Vectors, load
from ingestion.index import Entry, Index

SECRET = b"It was C77."
TEXTS = ("The parcel came late.", "Das Paket kam zu spät.", "I like the colour.")


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return load().embed(TEXTS)


@pytest.fixture
def index(tmp_path: Path, vectors: Vectors) -> Index:
    index = Index("abc", tmp_path)
    index.add(
        [Entry(f"seg_{n}", text, {"source": f"{n}.txt"}) for n, text in enumerate(TEXTS)], vectors
    )
    return index


def test_finds_the_same_meaning_in_another_language(index: Index, vectors: Vectors) -> None:
    found = index.search(vectors[0], n=2)

    assert [hit.text for hit in found] == list(TEXTS[:2])
    assert found[0].nearness == pytest.approx(1, abs=1e-3)


def test_searches_among_the_segments_it_is_given(index: Index, vectors: Vectors) -> None:
    assert [hit.id for hit in index.search(vectors[0], among=["seg_2"])] == ["seg_2"]


def test_adding_twice_keeps_one(index: Index, vectors: Vectors) -> None:
    index.add([Entry("seg_0", TEXTS[0], {"source": "0.txt"})], vectors[:1])

    assert index.count() == len(TEXTS)


def test_forgets(index: Index, vectors: Vectors) -> None:
    index.forget(["seg_0", "seg_unknown"])

    assert index.count() == 2
    assert "seg_0" not in {hit.id for hit in index.search(vectors[0])}


def test_forgets_what_came_from_a_source(index: Index, vectors: Vectors) -> None:
    index.forget_source("2.txt")

    assert {hit.text for hit in index.search(vectors[0])} == set(TEXTS[:2])


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc overwrites memory")
def test_nothing_that_was_in_memory_gets_into_its_files(tmp_path: Path) -> None:
    """Chroma writes memory that it never filled; here all that is free held a secret."""
    rows = np.eye(8, dtype=np.float32)
    between: list[bytes] = []
    for study in range(12):
        index = Index(f"s{study}", tmp_path / str(study))
        _say_in_many_threads(between)
        index.add([Entry(f"e{row}", "said", {"source": "x"}) for row in range(len(rows))], rows)
        _say_in_many_threads(between)
        index.renew()

    files = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert "data_level0.bin" in {path.name for path in files}
    assert not [path for path in files if SECRET in path.read_bytes()]


def _say_in_many_threads(between: list[bytes]) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(_say, [between] * 8))


def _say(between: list[bytes]) -> None:
    """Hold a secret at many places and let go of it; what stays `between` keeps the holes apart."""
    said: list[bytes] = []
    for times in (50, 100, 800, 1_200, 2_000, 2_600, 3_000) * 40:
        said.append(SECRET * times)
        between.append(bytes(700))


def test_written_anew_holds_nothing_of_what_was_forgotten(
    index: Index, vectors: Vectors, tmp_path: Path
) -> None:
    index.forget_source("2.txt")
    before = _folders(tmp_path)
    index.renew()

    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(TEXTS[2].encode() in data or vectors[2].tobytes() in data for data in files)
    assert not before & _folders(tmp_path)
    again = Index("abc", tmp_path)
    assert {hit.text for hit in again.search(vectors[0])} == set(TEXTS[:2])


def test_goes_on_where_writing_anew_broke_off(index: Index, tmp_path: Path) -> None:
    index._collection.modify(name=f"{index._collection.name}-old")  # pyright: ignore[reportPrivateUsage] - as a kill would leave it
    again = Index("abc", tmp_path)
    again.renew()

    assert again.count() == len(TEXTS)


def _folders(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()}


def test_local_vectors_have_length_one(vectors: Vectors) -> None:
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
