"""Which batch a question went with outlives the process, however many questions there are."""

from pathlib import Path

from assistant.store.batches import StoredBatches

MOST = 50_000


def test_gives_back_the_batch_that_questions_went_with(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journey.db"
    StoredBatches.beside(url).keep("ours", ["a", "b"])
    StoredBatches.beside(url).keep("theirs", ["a"])

    reopened = StoredBatches.beside(url)
    reopened.done("b")

    assert [reopened.batch_of(key) for key in "abc"] == ["theirs", None, None]


def test_keeps_as_many_questions_as_a_batch_holds(tmp_path: Path) -> None:
    kept = StoredBatches.beside(f"sqlite:///{tmp_path}/journey.db")
    keys = [str(at) for at in range(MOST)]

    kept.keep("ours", keys)
    kept.keep("theirs", keys)

    assert {kept.batch_of("0"), kept.batch_of(str(MOST - 1))} == {"theirs"}
