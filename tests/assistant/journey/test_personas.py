"""Personas: groups that the people themselves form, or none where too few were asked."""

import pytest

from assistant.journey import personas, wording
from assistant.models import Emotion, Persona, Piece
from ingestion.models import DocumentKind
from tests.assistant.journey.study import material
from tests.builders import piece, theme


def _stuck(person: str) -> list[Piece]:
    return [
        piece(f"The app froze, said {person}.", participant=person, id=f"{person}-1", channel="app",
              touchpoint="set-up", emotion=Emotion.ANGRY, valence=-2.0),
        piece("I set it up again.", participant=person, id=f"{person}-2", kinds="action"),
        piece("I wanted to finish before supper.", participant=person, id=f"{person}-3"),
    ]  # fmt: skip


def _pleased(person: str) -> list[Piece]:
    return [
        piece("A friend showed me hers.", participant=person, id=f"{person}-1", kinds="delight",
              stage="advocacy", emotion=Emotion.SATISFIED, valence=2.0),
        piece("Was it too good to be true?", participant=person, id=f"{person}-2", valence=0.5,
              stage="decision", emotion=Emotion.SCEPTICAL, kinds="delight"),
        piece("The kettle had died.", participant=person, id=f"{person}-3", stage="awareness"),
    ]  # fmt: skip


FROZEN = theme(
    "App freezes", kind="pain", touchpoint="set-up", evidence_ids=("p1-1", "p2-1", "p3-1")
)
SHOWN = theme("A friend shows it", kind="delight", evidence_ids=("p4-1", "p5-1", "p6-1"))
PIECES = [
    *(told for person in ("p1", "p2", "p3") for told in _stuck(person)),
    *(told for person in ("p4", "p5", "p6") for told in _pleased(person)),
]


def _groups(pieces: list[Piece] | None = None, **fields: object) -> tuple[Persona, ...]:
    study = material(PIECES if pieces is None else pieces, themes=(FROZEN, SHOWN), **fields)
    return personas.group(study, "en")


def test_people_who_differ_are_told_apart() -> None:
    assert [group.participants for group in _groups()] == [("p1", "p2", "p3"), ("p4", "p5", "p6")]


def test_a_persona_is_named_after_what_sets_it_apart() -> None:
    assert [group.name for group in _groups()] == [
        "Stuck at: App freezes",
        "Won over by: A friend shows it",
    ]


def test_a_persona_speaks_in_its_people_s_words() -> None:
    stuck, pleased = _groups()

    assert stuck.goals == ("I wanted to finish before supper.",)
    assert (stuck.pains, stuck.channels) == (("App freezes",), ("app",))
    assert pleased.objections == ("Was it too good to be true?",)
    assert pleased.triggers == ("The kettle had died.",)


def test_a_persona_introduces_itself_as_its_people_do() -> None:
    stuck, pleased = _groups(roles={"p1": "nurse", "p2": "baker", "p3": "baker"})

    assert (stuck.role, pleased.role) == ("baker, nurse", None)


def test_what_the_study_says_of_its_people_tells_them_apart() -> None:
    alike = [told for n in range(8) for told in _stuck(f"q{n}")]
    segments = {f"q{n}": "lost" if n % 2 else "buyer" for n in range(8)}

    lost = [group.participants for group in _groups(alike, segments=segments)]

    assert lost == [("q0", "q2", "q4", "q6"), ("q1", "q3", "q5", "q7")]


def test_too_few_people_form_no_personas() -> None:
    assert _groups(PIECES[:-3]) == ()


@pytest.mark.parametrize("kind", [DocumentKind.REVIEW, DocumentKind.TICKET])
def test_only_people_who_were_asked_form_personas(kind: DocumentKind) -> None:
    assert _groups([told._replace(document_kind=kind) for told in PIECES]) == ()


def test_people_who_do_not_differ_are_no_personas() -> None:
    alike = [told for n in range(8) for told in _stuck(f"q{n}")]

    assert _groups(alike) == ()


@pytest.mark.parametrize("roles", [{"p1": "genius"}, {"p1": "genius", "p2": "engineer"}])
def test_a_role_that_no_two_share_is_not_that_of_a_group(roles: dict[str, str]) -> None:
    stuck, _ = _groups(roles=roles)

    assert (stuck.role, stuck.name) == (None, "Stuck at: App freezes")


def test_a_persona_is_named_after_the_role_its_people_share() -> None:
    stuck, _ = _groups(roles={"p1": "night nurse", "p2": "night nurse"})

    assert stuck.name == "Night nurse: App freezes"


def test_a_persona_is_named_after_the_segment_its_people_share() -> None:
    segments = {f"p{n}": "lost" if n < 4 else "buyer" for n in range(1, 7)}

    assert [group.name for group in _groups(segments=segments)] == [
        "Lost: App freezes",
        "Buyer: A friend shows it",
    ]


def test_every_line_of_a_persona_names_its_people_s_evidence() -> None:
    for group in _groups():
        lines = ["name", *group.goals, *group.pains, *group.triggers, *group.objections]
        told = {id for line in (*lines, *group.channels) for id in group.evidence[line]}
        own = {piece.id for piece in PIECES if piece.person in group.participants}

        assert all(group.evidence[line] for line in lines)
        assert told <= own


def test_a_crowd_is_grouped_like_its_sample() -> None:
    crowd = [told for n in range(250) for told in (*_stuck(f"a{n}"), *_pleased(f"b{n}"))]

    groups = _groups(crowd)

    assert [{name[0] for name in group.participants} for group in groups] == [{"a"}, {"b"}]
    assert sum(len(group.participants) for group in groups) == 500


def test_members_lead_from_people_to_their_persona() -> None:
    groups = _groups()

    assert personas.members(groups)["p4"] == groups[1].id


@pytest.mark.parametrize(
    ("language", "said", "role"),
    [
        ("en", "I'm a night nurse at a small hospital.", "night nurse"),
        ("en", "I am so glad.", None),
        ("en", "I'm a bit lost.", None),
        ("en", "I work as a locksmith.", "locksmith"),
        ("de", "Ich bin Lehrerin in Kassel.", "Lehrerin"),
        ("de", "Ich bin froh darüber.", None),
        ("fr", "Je suis infirmière à Nantes.", "infirmière"),
        ("es", "Soy profesora de música.", "profesora"),
        ("it", "Lavoro come idraulico.", "idraulico"),
        ("nl", "Ik werk als bakker in Gent.", "bakker"),
        ("pt", "Sou enfermeira há dez anos.", "enfermeira"),
        ("ru", "Я работаю учителем.", "учителем"),
        ("zh", "我是一名护士，住在成都。", "护士"),
    ],
)
def test_hears_how_people_introduce_themselves(language: str, said: str, role: str | None) -> None:
    assert wording.role(said, language) == role
