import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.embedding import LocalEmbedder, space
from ingestion.embedding.encoder import WEIGHTS, Encoder, batches, lay_side_by_side
from ingestion.embedding.words import END, LONGEST, START, UNKNOWN, Words, load

LATE = (
    "The parcel came three days late.",
    "Das Paket kam drei Tage zu spät.",
    "Le colis est arrivé avec trois jours de retard.",
    "El paquete llegó tres días tarde.",
    "Il pacco è arrivato con tre giorni di ritardo.",
    "Het pakje kwam drie dagen te laat.",
    "A encomenda chegou com três dias de atraso.",
    "Посылка пришла с опозданием на три дня.",
    "包裹晚到了三天。",
)
OTHER = "My daughter plays the violin on Sundays."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(load(WEIGHTS / "words.npz"))


def test_one_thing_said_in_nine_languages_lies_near_itself(encoder: Encoder) -> None:
    meanings = encoder.encode([*LATE, OTHER]).meanings

    alike = (meanings[:-1] @ meanings[:-1].T).mean(axis=1)
    assert alike.min() > (meanings[:-1] @ meanings[-1]).max() + 0.15


def test_japanese_is_read_without_holes(words: Words) -> None:
    """Of it nothing but reviews was learned; without its syllables not even those are read."""
    [ids] = words.split(["とても悪かったです。部屋は寒くて、だれも来ませんでした。"])

    assert UNKNOWN not in ids


def test_meanings_have_length_one(encoder: Encoder) -> None:
    lengths = np.linalg.norm(encoder.encode([*LATE, OTHER]).meanings, axis=1)

    assert lengths == pytest.approx(1, abs=1e-3)


def test_a_text_is_read_nearly_the_same_alone_and_among_others(encoder: Encoder) -> None:
    together = encoder.encode([*LATE, OTHER]).meanings

    alone = np.concatenate([encoder.encode([text]).meanings for text in (*LATE, OTHER)])

    assert (together * alone).sum(axis=1).min() > 0.99


def test_reads_nothing_from_nothing(encoder: Encoder) -> None:
    found = encoder.encode([])

    assert found.meanings.shape[0] == found.marks.shape[0] == 0


def test_reads_a_text_of_signs_that_no_language_has(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["", " ", "\U000f0000", "a" * 5000]).meanings).all()


def test_pieces_stand_between_a_start_and_an_end(words: Words) -> None:
    (ids,) = words.split([LATE[0]])

    assert (ids[0], ids[-1]) == (START, END)


def test_a_very_long_text_is_cut(words: Words) -> None:
    (ids,) = words.split(["word " * 1000])

    assert len(ids) == LONGEST


@pytest.mark.parametrize("text", LATE)
def test_knows_every_letter_of_nine_languages(words: Words, text: str) -> None:
    assert UNKNOWN not in words.split([text])[0]


@pytest.mark.parametrize("signs", ["„Ja“ – straße …", "«Oui» — œuvre", "¿Qué? ¡Ño!", "“it’s” 5 €"])
def test_knows_the_signs_people_type(words: Words, signs: str) -> None:
    assert UNKNOWN not in words.split([signs])[0]


def test_the_same_word_in_wide_letters_is_the_same(words: Words) -> None:
    assert words.split(["ｐａｒｃｅｌ"]) == words.split(["parcel"])


def test_a_vector_is_looked_up_for_each_piece(words: Words) -> None:
    vectors = words.look_up(np.array([[START, END], [END, START]]))

    assert vectors.shape == (2, 2, 384)
    assert (vectors[0, 0] == vectors[1, 1]).all()


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=200), max_size=40))
def test_batches_hold_every_sentence_once(ids: list[list[int]]) -> None:
    places = [place for batch in batches(ids) for place in batch]

    assert sorted(places) == list(range(len(ids)))


@given(st.lists(st.lists(st.integers(4, 9), min_size=1, max_size=20), min_size=1, max_size=9))
def test_rows_hold_their_pieces_and_the_mask_says_where(ids: list[list[int]]) -> None:
    rows, mask = lay_side_by_side(ids)

    assert [row[filled == 1].tolist() for row, filled in zip(rows, mask, strict=True)] == ids


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_split(words: Words, text: str) -> None:
    (ids,) = words.split([unicodedata.normalize("NFC", text)])

    assert 2 <= len(ids) <= LONGEST


def test_local_vectors_are_told_apart_from_those_of_a_model() -> None:
    assert space() != space("text-embedding-3-small")


@pytest.fixture(scope="module")
def embedder(encoder: Encoder) -> LocalEmbedder:
    return LocalEmbedder(encoder)


def test_the_local_embedder_gives_the_meanings_of_the_encoder(
    embedder: LocalEmbedder, encoder: Encoder
) -> None:
    texts = [LATE[0], OTHER, LATE[1]]

    assert embedder.embed(texts) == pytest.approx(encoder.encode(texts).meanings, abs=1e-6)


def test_texts_of_two_languages_keep_their_order(embedder: LocalEmbedder) -> None:
    mixed = embedder.embed([LATE[1], OTHER, LATE[8]])

    apart = [embedder.embed([text])[0] for text in (LATE[1], OTHER, LATE[8])]
    assert (mixed * np.stack(apart)).sum(axis=1).min() > 0.99
