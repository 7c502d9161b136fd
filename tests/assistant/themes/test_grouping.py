from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import EvidenceKind
from assistant.themes import group
from assistant.themes.clustering import SMALL, cluster
from assistant.themes.likeness import DIRECTIONS, Rows, learn, unit
from evals.clusters import GoldSet, measure
from ingestion import embedding
from tests.assistant.themes.builders import piece, study, topical

PAIN, DELIGHT = EvidenceKind.PAIN, EvidenceKind.DELIGHT
OPPORTUNITY, ACTION = EvidenceKind.OPPORTUNITY, EvidenceKind.ACTION


def test_pieces_about_one_thing_are_one_theme():
    pieces, vectors = study()

    themes = group(pieces, vectors).themes

    assert sorted(len(theme.evidence_ids) for theme in themes) == [10, 10, 10]
    assert {int(id[1:]) % 3 for id in themes[0].evidence_ids} in ({0}, {1}, {2})


@pytest.mark.parametrize("apart", [0.8, 1.5])
def test_a_theme_holds_pieces_of_every_language_that_tells_of_it(apart: float):
    pieces, vectors = study()
    french = [at for at in range(30) if at // 3 % 2]
    vectors[french, 10] += apart
    vectors[french, 26] += apart
    mixed = [
        each._replace(language="fr" if at in french else "en") for at, each in enumerate(pieces)
    ]

    themes = group(mixed, vectors).themes

    assert sorted(len(theme.evidence_ids) for theme in themes) == [10, 10, 10]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        pytest.param((PAIN, OPPORTUNITY), "opportunity", id="a wish before the pain"),
        pytest.param((DELIGHT, PAIN), "pain", id="a pain before the delight"),
        pytest.param((DELIGHT, ACTION), "delight", id="a delight"),
    ],
)
def test_a_piece_counts_among_one_kind_of_themes(kinds: tuple[EvidenceKind, ...], kind: str):
    found = group([piece("e1", kinds=kinds)], topical([0]))

    assert [theme.kind for theme in found.themes] == [kind]


def test_an_action_alone_makes_no_theme():
    found = group([piece("e1", kinds=(ACTION,))], topical([0]))

    assert found == ((), ())


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(EvidenceKind))), max_size=30))
def test_every_piece_ends_in_exactly_one_place(drawn: list[tuple[int, EvidenceKind]]):
    pieces = [piece(f"e{at}", kinds=(kind,)) for at, (_, kind) in enumerate(drawn)]

    found = group(pieces, topical([topic for topic, _ in drawn]))

    placed = [id for theme in found.themes for id in theme.evidence_ids] + list(found.left_over)
    assert sorted(placed) == sorted(each.id for each in pieces if ACTION not in each.kinds)


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(30)))
def test_the_order_of_the_pieces_changes_nothing(order: list[int]):
    pieces, vectors = study()

    shuffled = group([pieces[at] for at in order], vectors[order])

    assert shuffled == group(pieces, vectors)


def test_a_large_study_is_grouped_by_a_sample_and_leaves_nothing_unsaid():
    topics = [at % 7 for at in range(SMALL + 500)]
    vectors = np.vstack([topical(topics), -topical([9])])
    pieces = [piece(f"e{at:05d}") for at in range(len(vectors))]

    found = group(pieces, vectors.astype(np.float16))

    assert sorted(len(theme.evidence_ids) for theme in found.themes) == [500] * 7
    assert found.left_over == (pieces[-1].id,)


def test_ids_come_from_what_a_theme_holds():
    pieces, vectors = study()

    before = {theme.id for theme in group(pieces, vectors).themes}
    after = {theme.id for theme in group(pieces[:-1], vectors[:-1]).themes}

    assert len(before & after) == 2


def test_the_weightiest_theme_comes_first_and_has_the_highest_priority():
    pieces, vectors = study()
    bad = [each._replace(valence=-2.0) if at % 3 == 1 else each for at, each in enumerate(pieces)]

    themes = group(bad, vectors).themes

    assert "e01" in themes[0].evidence_ids
    assert [theme.priority for theme in themes] == sorted(
        (theme.priority for theme in themes), reverse=True
    )


def test_delight_about_the_same_moment_is_shown_beside_a_pain():
    pains, vectors = study()
    pleased = [piece(f"d{at}", kinds=(DELIGHT,), valence=1.0) for at in range(20)]
    elsewhere = [piece("far", kinds=(DELIGHT,), valence=1.0)]

    both = np.vstack([vectors, topical([0] * 20 + [5], seed=1, noise=0.05)])
    themes = group([*pains, *pleased, *elsewhere], both).themes

    pain = next(theme for theme in themes if "e00" in theme.evidence_ids)
    assert {id[0] for id in pain.counter_evidence_ids} == {"d"}
    assert len(pain.counter_evidence_ids) == 8
    assert pain.standing == "contested"


def test_an_empty_study_has_no_themes():
    assert group([], np.zeros((0, 32), np.float32)) == ((), ())


def test_wishes_are_not_alike_for_being_wishes() -> None:
    topics = [topic for topic in range(6) for _ in range(40)]
    vectors = topical(topics + topics)
    vectors[len(topics) :, [10, 26]] += 1.5
    pieces = [
        piece(f"e{at:03d}", kinds=(PAIN if at < len(topics) else OPPORTUNITY,))
        for at in range(len(vectors))
    ]

    rows = learn(pieces, vectors).read(pieces, vectors)[len(topics) :]

    alike = rows @ rows.T
    apart = np.array(topics)[:, None] != np.array(topics)
    assert alike[apart].mean() < 0.1 < alike[~apart].mean()


def test_what_one_says_and_another_said_a_sentence_before_is_alike() -> None:
    """Neither what they say is alike nor what stands around it; both together is."""
    own, around = np.split(topical([at % 4 for at in range(80)]), 2, axis=1)
    said, said_before = topical([2])[0, :16], topical([3], seed=5)[0, :16]
    own[0], around[0] = said, said_before
    own[1], around[1] = said_before, said
    vectors = np.hstack([own, around])
    pieces = [piece(f"e{at:02d}") for at in range(80)]

    rows = learn(pieces, vectors).read(pieces, vectors)

    assert rows[0] @ rows[1] > 0.15


def test_what_is_said_counts_more_than_what_stands_around_it() -> None:
    own, around = np.split(topical([at % 4 for at in range(80)]), 2, axis=1)
    own[2], around[2] = own[0], around[1]
    own[3], around[3] = own[1], around[0]
    pieces = [piece(f"e{at:02d}") for at in range(80)]
    vectors = np.hstack([own, around])

    rows = learn(pieces, vectors).read(pieces, vectors)

    assert rows[0] @ rows[2] > rows[0] @ rows[3] + 0.1


@pytest.mark.parametrize(("count", "things"), [(240, 3), (1_000, 6)])
def test_the_more_is_told_the_finer_it_is_told_apart(count: int, things: int) -> None:
    """Six things in pairs that are half alike."""
    topics = np.arange(count) % 6
    rows = np.random.default_rng(0).normal(0, 0.05, (count, 9)).astype(np.float32)
    rows[np.arange(count), topics // 2] += 0.5**0.5
    rows[np.arange(count), 3 + topics] += 0.5**0.5

    labels = cluster(unit(rows), [f"d{at}" for at in range(count)])

    assert len({*labels.tolist()}) == things


class LocalSpace:
    """Gives no vectors, and says that they lie in the space of the local encoder."""

    space = embedding.space()

    def embed(self, texts: Sequence[str]) -> embedding.Vectors:
        """Give each text the same vector."""
        return np.ones((len(texts), embedding.WIDTH), np.float32) / embedding.WIDTH**0.5


def test_vectors_of_the_local_encoder_are_turned_to_what_tells_themes_apart() -> None:
    chance = np.random.default_rng(2)
    ways_in = np.linalg.svd(np.load(DIRECTIONS)["touchpoint"].astype(np.float32))[0].T
    first, last = ways_in[:2], ways_in[-2:]
    topics = [at % 2 for at in range(40)]
    ways = np.array([first[topic] / np.linalg.norm(first[topic]) for topic in topics])
    noise = chance.normal(0, 1, (40, 2)).astype(np.float32) @ last
    own = (ways * 0.4 + noise).astype(np.float32)
    pieces = [piece(f"e{at:02d}") for at in range(40)]

    vectors = np.hstack([own, own])
    themes = group(pieces, vectors, embedder=LocalSpace()).themes

    assert [{int(id[1:]) % 2 for id in theme.evidence_ids} for theme in themes] in (
        [{0}, {1}],
        [{1}, {0}],
    )


def test_themes_hardly_change_where_one_document_is_taken_out() -> None:
    """Of blurred topics; a single linkage agrees with itself by .85 here, samples by .88."""
    documents = [f"d{at // 3}" for at in range(90)]

    agreed = [
        _agreement(
            unit(topical([at % 6 for at in range(90)], seed=seed, noise=0.7)), documents, out
        )
        for seed in range(3)
        for out in documents[:30:3]
    ]

    assert np.mean(agreed) > 0.865


@pytest.mark.parametrize("documents", [1, 2])
def test_what_a_single_person_tells_is_grouped(documents: int) -> None:
    things = np.repeat(np.eye(3, dtype=np.float32), 4, axis=0)

    labels = cluster(things, [f"d{at % documents}" for at in range(len(things))])

    assert labels.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]


def _agreement(rows: Rows, documents: list[str], out: str) -> float:
    """Say how alike what is left is grouped with a document and without it."""
    left = [at for at, document in enumerate(documents) if document != out]
    before = cluster(rows, documents)[left]
    after = cluster(rows[left], [documents[at] for at in left])
    gold = GoldSet("left", [""] * len(left), [str(label) for label in before], [])
    return measure(gold, after).ari
