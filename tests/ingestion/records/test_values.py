"""Dates, scores and ids: read in the order, on the scale and without the names they come with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.mapping import Scale
from ingestion.models import Metric
from ingestion.records import dates, scores
from ingestion.records.asking import question
from ingestion.records.dates import Order
from ingestion.records.people import Ids, person


@pytest.mark.parametrize(
    ("values", "moment"),
    [
        (["2025-03-04T10:00:00Z"], "2025-03-04T10:00:00+00:00"),
        (["2025-03-04T10:00:00+02:00"], "2025-03-04T08:00:00+00:00"),
        (["2025-03-04 10:00:00 UTC"], "2025-03-04T10:00:00+00:00"),
        (["2025-03-04 10:00:00.123 UTC"], "2025-03-04T10:00:00+00:00"),
        (["04.03.2025"], "2025-03-04T00:00:00+00:00"),
        (["04/03/2025", "31/03/2025"], "2025-03-04T00:00:00+00:00"),
        (["04/03/2025", "04/30/2025"], "2025-04-03T00:00:00+00:00"),
        (["03/22/23"], "2023-03-22T00:00:00+00:00"),
        (["04/03/2025 2:05 PM", "05/30/2025 2:05 AM"], "2025-04-03T14:05:00+00:00"),
        (["2025/03/04"], "2025-03-04T00:00:00+00:00"),
        (["2024年3月2日"], "2024-03-02T00:00:00+00:00"),
        (["1735725600"], "2025-01-01T10:00:00+00:00"),
        (["1735725600000"], "2025-01-01T10:00:00+00:00"),
        (["1735725600000000"], "2025-01-01T10:00:00+00:00"),
        (["Mar 4, 2025"], "2025-03-04T00:00:00+00:00"),
        (["4. März 2025"], "2025-03-04T00:00:00+00:00"),
        (["4 août 2025"], "2025-08-04T00:00:00+00:00"),
        (["4 de enero de 2025 a las 10:30"], "2025-01-04T10:30:00+00:00"),
        (["4 мая 2025 г."], "2025-05-04T00:00:00+00:00"),
    ],
)
def test_dates_are_read_in_the_order_of_their_column(values: list[str], moment: str) -> None:
    order = dates.recognise(values)
    assert order is not None
    found = dates.read(values[0], order)

    assert found is not None
    assert found.replace(microsecond=0).isoformat() == moment


def test_dates_that_could_be_either_follow_the_order_they_stand_in() -> None:
    assert dates.recognise(["01/05/2025", "01/06/2025", "02/01/2025"]) is Order.MDY
    assert dates.recognise(["05/01/2025", "06/01/2025", "01/02/2025"]) is Order.DMY
    assert dates.is_ambiguous(["01/05/2025"])


@pytest.mark.parametrize("value", ["4.2.1", "17", "20", "p01", "", "31.31.2025", "12:30", "1/2"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert dates.recognise([value]) is None


@given(st.text(max_size=30), st.sampled_from(Order))
def test_reading_a_date_never_fails(value: str, order: Order) -> None:
    moment = dates.read(value, order)
    assert moment is None or moment.utcoffset() is not None


@pytest.mark.parametrize(
    ("metric", "name", "values", "cell", "normal"),
    [
        (Metric.RATING, "rating", ["1", "5"], "4", 0.5),
        (Metric.RATING, "rating", ["8", "10", "1"], "10", 1.0),
        (Metric.RATING, "rating", ["★★★★☆"], "★★☆☆☆", -0.5),
        (Metric.RATING, "rating", ["4,5"], "4,5", 0.75),
        (Metric.RATING, "rating", ["4 / 5"], "2 / 5", -0.5),
        (Metric.RATING, "rating", ["5 Sterne"], "5 Sterne", 1.0),
        (Metric.NPS, "nps", ["6"], "6", pytest.approx(0.2)),
        (Metric.CSAT, "csat", ["85", "40"], "100", 1.0),
        (Metric.CSAT, "csat", ["sehr gut", "schlecht"], "sehr gut", 1.0),
        (Metric.CSAT, "csat", ["非常满意"], "不满意", -0.5),
        (Metric.CSAT, "csat", ["good", "bad"], "bad", -1.0),
        (Metric.CSAT, "Satisfaction (1 = very good, 5 = bad)", ["1", "5"], "1", 1.0),
        (Metric.CSAT, "csat", ["1 - very satisfied", "5 - very poor"], "5 - very poor", -1.0),
        (Metric.CES, "ces", ["7", "2"], "7", 1.0),
        (Metric.CES, "How difficult was it to reach us?", ["7", "2"], "7", -1.0),
    ],
)
def test_scores_are_put_on_their_scale(
    metric: Metric, name: str, values: list[str], cell: str, normal: float
) -> None:
    score = scores.reader(metric, name, values, None).read(cell)

    assert score is not None
    assert score.normal == normal


def test_a_mapping_settles_the_scale() -> None:
    reader = scores.reader(Metric.RATING, "n", ["1", "2"], Scale(worst=6, best=1))

    assert [score and score.normal for score in map(reader.read, ("1", "6"))] == [1, -1]
    assert reader.read("7") is None


@given(st.sampled_from(Metric), st.lists(st.text(max_size=8)), st.text(max_size=8))
def test_a_score_is_on_its_scale_or_none(metric: Metric, values: list[str], cell: str) -> None:
    score = scores.reader(metric, "", values, None).read(cell)
    assert score is None or -1 <= score.normal <= 1


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("answer_what_almost_stopped_you", "What almost stopped you?"),
        ("q3_why", "Why?"),
        ("Q2: What would you change?", "What would you change?"),
        ("frage_warum_wir", "Warum wir?"),
        ("comment", "Comment"),
        ("为什么", "为什么?"),
    ],
)
def test_a_columns_name_reads_as_its_question(name: str, asked: str) -> None:
    assert question(name) == asked


@pytest.mark.parametrize(
    ("value", "is_kept"),
    [
        ("p01", True),
        ("s31", True),
        ("C-1042", True),
        ("10774", True),
        ("Ada Lovelace", False),
        ("Anna-Lena Weiß", False),
        ("ada@example.org", False),
        ("Ada <ada@example.org>", False),
    ],
)
def test_ids_that_name_a_person_become_digests(value: str, is_kept: bool) -> None:
    assert (person(value) == value) is is_kept


@given(st.lists(st.text(max_size=3)))
def test_ids_become_unique(wanted: list[str]) -> None:
    ids = Ids()
    given_out = [ids.unique(name) for name in wanted]

    assert len(set(given_out)) == len(given_out)
    assert [name for name in given_out if "~" not in name] == [
        name for n, name in enumerate(wanted) if name not in wanted[:n] and "~" not in name
    ]
