"""Tables of what was carried out for people are read as rows that lasted."""

from pathlib import Path

import pytest

from ingestion.errors import UnsupportedFormat
from ingestion.models import DocumentKind, Event, Refusal, State
from tests.ingestion.records.tables import documents, items, read

TABLES = {
    "days promised and taken": (
        "order_id,customer_id,ordered_on,promised_days,actual_days\n"
        "A1,c7,2026-01-02,5,9\nA2,c8,2026-01-03,5,4\n",
        [(9, 5), (4, 5)],
    ),
    "dates alone": (
        "Auftragsnummer;Kunden-ID;Bestelldatum;Voraussichtlich am;Geliefert am\n"
        "A1;c7;02.01.2026;07.01.2026;11.01.2026\nA2;c8;13.01.2026;18.01.2026;17.01.2026\n",
        [(9, 5), (4, 5)],
    ),
    "hours": (
        "repair,client_id,requested_at,estimated hours,turnaround hours\n"
        "R1,c7,2026-01-02,24,48\nR2,c8,2026-01-03,24,12\n",
        [(2, 1), (0.5, 1)],
    ),
    "nothing promised": (
        "id,id_cliente,solicitado_el,reembolsado_el,entregado_el\n"
        "1,c7,2026-01-02,,2026-01-05\n2,c8,2026-01-03,,2026-01-10\n",
        [(3, None), (7, None)],
    ),
    "borrowed and brought back": (
        "rental_no,member,pickup_date,return_date\n"
        "1,c7,2026-01-02,2026-01-05\n2,c8,2026-01-03,2026-01-09\n",
        [(3, None), (6, None)],
    ),
    "appointments": (
        "appointment_id,patient_id,booked_at,scheduled_for,seen_at\n"
        "1,c7,2026-01-02T09:00,2026-01-05T09:00,2026-01-07T09:00\n"
        "2,c8,2026-01-03T08:00,2026-01-06T08:00,2026-01-06T08:00\n",
        [(5, 3), (3, 3)],
    ),
    "in Spanish": (
        "pedido,id_cliente,fecha_pedido,plazo_prometido_dias,dias_reales\n"
        "1,c7,2026-01-02,3,9\n2,c8,2026-01-03,3,2\n",
        [(9, 3), (2, 3)],
    ),
    "in Chinese": (
        "订单号,客户编号,下单日期,承诺天数,实际天数\nA1,c7,2026-01-02,3,8\nA2,c8,2026-01-04,3,2\n",
        [(8, 3), (2, 3)],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_what_was_carried_out_says_how_long_it_took(name: str, tmp_path: Path) -> None:
    text, expected = TABLES[name]

    found = items(tmp_path, "orders.csv", text)

    assert [(e.took, e.promised) for e in found if isinstance(e, Event)] == expected
    assert [e.participant for e in found if isinstance(e, Event)] == ["c7", "c8"]
    assert read(tmp_path, "orders.csv", text).recognition.kind is DocumentKind.EVENTS


def test_what_has_not_ended_and_what_ends_too_early_is_said(tmp_path: Path) -> None:
    text = (
        "order_id,user_id,ordered_on,delivered_on\nA1,c7,2026-01-02,\n"
        "A2,c8,2026-01-03,2026-01-01\nA3,c9,2026-01-03,2026-01-06\n"
    )

    states = [item.state for item in items(tmp_path, "o.csv", text) if isinstance(item, Refusal)]

    assert states == [State.EXCLUDED, State.FAILED]


def test_words_make_a_voice_of_it_all_the_same(tmp_path: Path) -> None:
    text = (
        "ticket_id,user_id,opened_at,closed_at,description\n"
        "1,c7,2026-01-02,2026-01-05,The lid does not close and nobody answers me.\n"
        "2,c8,2026-01-03,2026-01-04,Where can I find the invoice of last month please?\n"
    )

    assert [d.kind for d in documents(tmp_path, "t.csv", text)] == [DocumentKind.TICKET] * 2


def test_amounts_are_no_days(tmp_path: Path) -> None:
    text = "id,user_id,order_date,quoted,actual\n1,c7,2026-01-02,120,150\n2,c8,2026-01-03,90,90\n"

    with pytest.raises(UnsupportedFormat, match="neither words nor events"):
        read(tmp_path, "bills.csv", text)
