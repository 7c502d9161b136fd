from unicodedata import normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingestion import chunking
from ingestion.chunking import sentences
from ingestion.models import (
    Document,
    DocumentId,
    DocumentKind,
    Metric,
    Role,
    Score,
    SourceId,
    Turn,
)

SENTENCES = [
    # Written with a bar between the sentences.
    ("en", "It took 3.5 days.| I was told 3."),
    ("en", "Dr. Hale and Mrs. Oakes called.| Nobody answered!"),
    ("en", "Send it by post, e.g. on Monday, i.e. soon.| Thanks."),
    ("en", "Why?!| No idea…| Really."),
    ("en", '"Really?" she asked.| "No."| Then we left.'),
    ("en", "He said (after a week!) that it works.| Fine."),
    ("en", "See www.example.org/a?b=1.| It says v2.1.3 there."),
    ("en", "We met J. R. Oakes and Sarah J. Pell.| They agreed."),
    ("en", "So plan B.| Then we waited.| I sat with my sister and I.| Then it rang."),
    ("en", "I ordered 2.| They sent 5.| No. 5 was broken.| No.| I sent it back."),
    ("en", "it broke.| the shop was shut.| i gave up"),
    ("en", "Great fit.|The colour is off!|Never again."),
    ("en", "I waited... and waited.| Wait...| What?"),
    ("en", "They open at 9 a.m. on Mondays etc.| It helps."),
    ("en", "I changed my mind.| They called me.| It was fine."),
    ("en", "Love it 😍😍| Will buy again!! 😀| Thanks :)"),
    ("en", "First of all:\n|- it is slow\n|- it is dear\n\n|I left."),
    ("en", "1. Slow.\n|2. Dear."),
    ("en", "Hello,\n|It never came.\n|Regards\n|M."),
    ("de", "Am 3. Mai kam der 2. Versuch.| Es ging nicht."),
    ("de", "Das war z. B. so, d. h. anders, u. a. teuer.| Schade."),
    ("de", "Ca. 5 Tage bzw. länger, ggf. mehr.| Ich liebe es.| Wirklich."),
    ("de", "„Geht nicht.“| Das sagte Hr. Kuhn."),
    ("fr", "M. Renou a appelé p. ex. hier.| C'est fini !| Très bien."),
    ("fr", "Mme Petit, env. 3 jours après, etc.| Voilà."),
    ("fr", "« Non ! » dit-elle.| Dommage."),
    ("es", "El Sr. López dijo que sí.| ¿Por qué?| ¡No sé!| Quiero ir.| Ya veremos."),
    ("es", "La Sra. Soto vive en EE. UU.| Es lejos."),
    ("it", "Il sig. Ferri e la dott.ssa Conti, p.es., sanno.| Perché?| Così sto.| Ma va bene."),
    ("nl", "Dhr. Bakker belde bijv. gisteren.| Waarom?| Geen idee."),
    ("nl", "Het kost 1.299,00 euro incl. btw.| Te duur."),
    ("pt", "O Sr. Moura ligou.| A Dra. Rocha não.| Porquê?"),
    ("ru", "Живу на ул. Садовой, т. е. в центре.| Да?| Нет!"),
    ("ru", "Заплатил 5 тыс. руб. в 2023 г. за всё.| Дорого.| Я помог им.| Потом ушёл."),
    ("zh", "很好！|下次再来。|真的吗？|是的"),
    ("zh", "等了3.5天。|「太慢了。」|他说……算了。"),
    ("zh", "很好!|下次再来"),
]


@pytest.mark.parametrize(
    ("language", "marked"), [pytest.param(*each, id=each[1][:40]) for each in SENTENCES]
)
def test_ends_sentences_where_a_reader_would(language: str, marked: str):
    said = marked.replace("|", "")

    found = [said[start:end] for start, end in sentences.spans(said, language)]

    assert found == [each.strip() for each in marked.split("|")]


def document(*turns: Turn, kind: DocumentKind = DocumentKind.INTERVIEW, **fields: object):
    plain: dict[str, object] = {
        "id": DocumentId("interviews/p01.vtt"),
        "source_id": SourceId("interviews/p01.vtt"),
        "kind": kind,
        "turns": turns,
        "language": "en",
    }
    return Document.model_validate(plain | fields)


def asked(text: str) -> Turn:
    return Turn(text=text, role=Role.INTERVIEWER)


def test_gives_each_sentence_the_question_before_it_and_its_neighbours():
    said = document(
        asked("Thanks for coming. How did it start? Take your time."),
        Turn(text="With an e-mail. It was in May."),
        asked("And then?"),
        Turn(text="I called."),
        title="Interview P01",
    )

    first, second, third = chunking.split(said)

    assert (first.asked, first.before, first.after) == ("How did it start?", "", "It was in May.")
    assert (second.asked, second.before, second.after) == (
        "How did it start?",
        "With an e-mail.",
        "I called.",
    )
    assert (third.asked, third.title, third.position) == ("And then?", "Interview P01", 2)


def test_takes_a_request_for_the_question_where_none_is_asked():
    said = document(asked("Tell me about the set-up."), Turn(text="It was hard."))

    assert chunking.split(said)[0].asked == "Tell me about the set-up."


def test_takes_how_a_long_message_ends_for_the_question_where_none_is_asked():
    said = document(asked("We looked into it for you. " * 12 + "Let me know."), Turn(text="Fine."))

    assert chunking.split(said)[0].asked == "Let me know."


def test_gives_an_answer_the_question_of_its_survey():
    said = document(Turn(text="The price.", asked="Why did you leave?"), kind=DocumentKind.SURVEY)

    assert chunking.split(said)[0].asked == "Why did you leave?"


def test_never_gives_a_segment_of_anybody_but_a_customer():
    said = document(
        asked("Was it slow?"),
        Turn(text="We are sorry.", role=Role.AGENT),
        Turn(text="I am a bot.", role=Role.BOT),
    )

    assert chunking.split(said) == ()


def test_a_turn_of_punctuation_alone_says_nothing_and_one_of_faces_does():
    said = document(Turn(text="..."), Turn(text="👍👍"))

    assert [segment.text for segment in chunking.split(said)] == ["👍👍"]


def test_rates_a_document_by_its_stars_before_any_other_score():
    said = document(
        Turn(text="Fine."),
        scores=(
            Score(metric=Metric.NPS, value=0, low=0, high=10),
            Score(metric=Metric.RATING, value=5, low=1, high=5),
        ),
    )

    assert chunking.split(said)[0].rating == 1


def test_tells_the_language_of_each_long_sentence_where_a_document_mixes_them():
    said = document(
        Turn(text="It was a long and tiring affair that nobody at the shop wanted to hear about."),
        Turn(text="Das Paket war nach drei Wochen noch nicht da, und niemand hat mir geantwortet."),
        Turn(text="Ok."),
        language="und",
    )

    assert [segment.language for segment in chunking.split(said)] == ["en", "de", "und"]


def test_cuts_speech_without_punctuation_at_its_clauses():
    said = "I called them and they said they would look into it " * 30

    found = [said[start:end] for start, end in sentences.spans(said)]

    assert max(map(len, found)) <= 600
    assert all(each.startswith(("I called", "and they")) for each in found)


def test_reads_wrapped_lines_as_one_text():
    said = (
        "We bought the large one in the spring because the small one was never on the\n"
        "Tuesday list, and the shop that had it in stock had moved to the other side of\n"
        "Town, which nobody had told us."
    )

    assert len(list(sentences.spans(said))) == 1


def test_the_same_words_at_the_same_place_are_the_same_segment():
    said = document(Turn(text="It broke. It broke."))

    first, second = chunking.split(said)

    assert first.id == chunking.split(said)[0].id
    assert first.id != second.id


TEXT = st.text(
    st.one_of(
        st.sampled_from(" .!?…。！？\n\"'()-,😀1aAбÄ中"), st.characters(exclude_categories=["Cs"])
    ),
    min_size=1,
    max_size=120,
)
TURNS = st.lists(st.tuples(TEXT, st.sampled_from(Role)), min_size=1, max_size=5)


@given(TURNS)
def test_segments_rebuild_what_the_customer_said(turns: list[tuple[str, Role]]):
    said = document(*(Turn(text=text, role=role) for text, role in turns))
    spoken = [turn.text for turn in said.turns if turn.role is Role.CUSTOMER]
    assume(all(any(map(str.isalnum, text)) for text in spoken))

    rebuilt = "".join(segment.text for segment in chunking.split(said))

    assert "".join(rebuilt.split()) == "".join("".join(spoken).split())


@given(TURNS)
def test_spans_hold_their_text_in_order_and_never_overlap(turns: list[tuple[str, Role]]):
    said = document(*(Turn(text=text, role=role) for text, role in turns))

    segments = chunking.split(said)

    assert all(said.text[s.span.start : s.span.end] == s.text for s in segments)
    ends = [0, *(segment.span.end for segment in segments)]
    assert all(end <= s.span.start for end, s in zip(ends, segments, strict=False))
    assert [segment.position for segment in segments] == list(range(len(segments)))
    assert all(normalize("NFC", segment.text) == segment.text for segment in segments)


@given(TURNS)
def test_a_segment_stays_within_its_turn(turns: list[tuple[str, Role]]):
    said = document(*(Turn(text=text, role=role) for text, role in turns))

    for segment in chunking.split(said):
        start = said.starts[segment.turn]
        assert start <= segment.span.start
        assert segment.span.end <= start + len(said.turns[segment.turn].text)
