import pytest

from ingestion import roles
from ingestion.models import Role, Turn
from ingestion.speech import names

I, C, A, B = Role.INTERVIEWER, Role.CUSTOMER, Role.AGENT, Role.BOT  # noqa: E741 - a table of roles

ASKS = ("Why was that?", "And what did you do?", "How did it end?", "Would you go back?")
TELLS = ("It was slow.", "I rang them up.", "Badly, for everyone in the house.", "Not in my life.")


def _interview(asker: str | None, teller: str | None) -> list[Turn]:
    return [
        Turn(text=text, speaker=speaker)
        for ask, tell in zip(ASKS, TELLS, strict=True)
        for speaker, text in ((asker, ask), (teller, tell))
    ]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Interviewer", I), ("INTERVIEWER 2", I), ("Interviewer (Sam)", I), ("Moderatorin", I),
        ("UX Researcher", I), ("Intervieweuse", I), ("Entrevistador", I), ("Intervistatrice", I),
        ("Gespreksleider", I), ("Entrevistadora", I), ("Ведущая", I), ("主持人", I), ("Q", I),
        ("Frage", I), ("Host", I), ("Support Agent", A), ("Kundenservice", A), ("客服", A),
        ("Conseillère", A), ("Оператор", A), ("Klantenservice", A), ("Atendente", A),
        ("Chatbot", B), ("AI", B), ("Assistant", B), ("机器人", B), ("Бот", B), ("KI", B),
        ("Customer", C), ("Participant 3", C), ("Teilnehmerin", C), ("Cliente", C), ("受访者", C),
        ("Респондент", C), ("Guest", C), ("A", C), ("Anna (Kundin)", C), ("Usuário", C),
        ("Customer Support Agent", A), ("Kim, Customer Success Manager", A),
        ("Anna Weber", None), ("P02", None), ("Speaker 1", None), ("", None),
    ],
)  # fmt: skip
def test_a_label_names_a_role_in_nine_languages(label: str, role: Role | None) -> None:
    assert names.role(label) is role


@pytest.mark.parametrize(
    ("asker", "teller"),
    [
        pytest.param("Interviewer", "Kim", id="the interviewer is labelled"),
        pytest.param("Sam", "Participant", id="the participant is labelled"),
        pytest.param("Sam", "P07", id="the participant is numbered"),
        pytest.param("Q", "A", id="question and answer"),
        pytest.param("I", "R", id="letters"),
        pytest.param("Sam", "Kim", id="names only"),
        pytest.param("Speaker 1", "Speaker 2", id="numbered by a machine"),
        pytest.param(None, None, id="no labels"),
        pytest.param("P01", "P02", id="numbers only"),
    ],
)
def test_tells_the_interviewer_from_the_customer(asker: str | None, teller: str | None) -> None:
    turns = roles.assign(_interview(asker, teller))

    assert [turn.role for turn in turns] == [I, C] * 4


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        pytest.param(("Interviewer", "Kim", "Lou"), [I, C, C], id="two customers"),
        pytest.param(("Interviewer 1", "Interviewer 2", "Kim"), [I, I, C], id="two interviewers"),
        pytest.param(("Bot", "Agent", "Kim"), [B, A, C], id="a bot, an agent and a customer"),
        pytest.param(("Support", "Kim"), [A, C], id="an agent and a customer"),
        pytest.param(("Sam", "P01", "P02"), [I, C, C], id="a name among numbers"),
    ],
)
def test_whom_no_label_names_is_a_customer_beside_one_that_is_named(
    labels: tuple[str, ...], expected: list[Role]
) -> None:
    turns = roles.assign([Turn(text="It is.", speaker=label) for label in labels])

    assert [turn.role for turn in turns] == expected


def test_a_meeting_without_an_interviewer_is_all_customers_and_says_so() -> None:
    said = roles.cast([Turn(text="It is late.", speaker=name) for name in ("Ann", "Bob", "Cy")])

    assert {turn.role for turn in said.turns} == {C}
    assert "all speakers are taken for customers" in said.note


def test_says_who_is_quoted_and_who_is_not() -> None:
    assert (
        roles.cast(_interview("Sam", "P07")).note == "Customer: P07. Not quoted: Sam (interviewer)."
    )


def test_two_hosts_who_ask_briefly_are_both_interviewers() -> None:
    long = "It took us years of trying, and most of what we tried went nowhere at all, to be fair."
    said = [
        ("Ann", "Why?"),
        ("Cy", long),
        ("Bob", "How?"),
        ("Cy", long),
        ("Ann", "Right."),
        ("Cy", long),
    ]

    turns = roles.assign([Turn(text=text, speaker=name) for name, text in said])

    assert {turn.speaker: turn.role for turn in turns} == {"Ann": I, "Bob": I, "Cy": C}


def test_nobody_is_quoted_whose_name_is_missing_among_names() -> None:
    turns = [*_interview("Interviewer", "Kim"), Turn(text="Who said this.")]

    assert roles.assign(turns)[-1].role is I


def test_keeps_the_roles_that_the_data_gives() -> None:
    turns = [Turn(text="Why?", speaker="Ann", role=A), Turn(text="So.", speaker="Bob")]

    assert [turn.role for turn in roles.assign(turns)] == [A, C]


def test_a_heading_is_never_the_customers() -> None:
    turns = [Turn(text="Leaving", field="heading", role=I), *_interview("Interviewer", "Kim")]

    assert roles.assign(turns)[0].role is I
    assert roles.assign([]) == ()
