"""The questionnaires that come with the package: whole, native, neutral, and never changed."""

import hashlib
import re

import pytest

from assistant import questionnaires
from assistant.questionnaires import Questionnaire, texts_of
from assistant.questionnaires.loading import QUESTIONNAIRES, versions
from assistant.questionnaires.models import MAX_WORDS, n_questions, n_words
from ingestion import language as languages

EVERY = [questionnaires.load(name) for name in questionnaires.names()]
GUIDE = (QUESTIONNAIRES.parents[1] / "docs" / "questionnaires.md").read_text("utf-8")
(_KNOWN,) = re.findall(r"^\| `known:` \| (.+), or", GUIDE, re.M)
KNOWN = set(re.findall(r"`(\w+)`", _KNOWN))
"""What the guide says that a page may tell of a visitor."""

each = pytest.mark.parametrize("questionnaire", EVERY, ids=str)


def test_there_is_one_for_every_occasion() -> None:
    assert questionnaires.names() == (
        "ces",
        "csat",
        "lost-customer-did-not-buy",
        "lost-customer-left",
        "nps",
        "onboarding",
        "post-purchase",
    )


@each
def test_is_asked_in_nine_languages(questionnaire: Questionnaire) -> None:
    assert {*questionnaire.languages} == languages.LIKELY


@each
def test_is_written_in_the_language_it_is_for(questionnaire: Questionnaire) -> None:
    for language in questionnaire.languages:
        texts = [
            re.sub(r"\{\w+\}", " ", said[language]) for _, said in texts_of(questionnaire) if said
        ]

        assert languages.detect(" ".join(texts)) == language
        assert [text for text in texts if languages.detect(text, language) != language] == []


@each
def test_nothing_is_said_twice(questionnaire: Questionnaire) -> None:
    for language in questionnaire.languages:
        said = [text[language] for _, text in texts_of(questionnaire) if text]

        assert len(said) == len(set(said))


@each
def test_every_message_is_short(questionnaire: Questionnaire) -> None:
    said = [text for _, texts in texts_of(questionnaire) for text in texts.values()]

    assert [text for text in said if n_words(text) > MAX_WORDS or n_questions(text) > 1] == []


OPEN = {
    "en": r"what|how|when|where|which|who",
    "de": r"was|wie|wann|wo|welche|wer",
    "fr": r"que|qu'\S+|quel\w*|comment|quand|où|qui",
    "es": r"qué|cómo|cuándo|dónde|quién",
    "it": r"che|come|com'è|quando|dove|quale|quali|chi",
    "nl": r"wat|hoe|wanneer|waar|welke|wie",
    "pt": r"o que|que|como|quando|onde|quem",
    "ru": r"что|чего|чем|как|когда|каком|какие|кто|о чём",
    "zh": r"什么|怎么|怎样|哪|谁|何时|多少",
}
CLOSED = {
    "en": r"(did|do|was|were|is|are|have|had|would|could|don't|didn't)\b",
    "de": r"(haben|hatten|waren|sind|war|ist|gab|würden|hätten|fanden|wollten)\b",
    "fr": r"(est-ce que|avez-vous|étiez-vous|était-ce|était|aviez-vous)\b",
    "es": r"¿(fue|era|es|tuvo|hubo|hay|le |se |está|estaba)",
    "it": r"(è|era|ha|aveva|le è|si è|c'è|c'era)\b",
    "nl": r"(was|is|had|heeft|hebt|waren|vond|wilde)\b",
    "pt": r"(foi|era|é|você|houve|teve|estava)\b",
    "ru": r"(вы|было|был|была|это)\b",
    "zh": r".*(吗|是不是|有没有)",
}
LEADING = (
    r"\bwhy\b|\bbecause\b|n't you|warum|\bweil\b|nicht wahr|pourquoi|parce que|n'est-ce pas|"
    r"por qué|porque|¿no\b|perché|non (crede|trova)|waarom|\bomdat\b|por que|não acha|"
    r"почему|потому|разве|为什么|因为|难道"
)


@each
def test_every_question_is_open_and_does_not_lead(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        asked = [*question.probes.values(), *([] if question.scale else [question.text])]
        for language, text in [said for texts in asked for said in texts.items()]:
            *_, last = re.split(r"(?<=[.。])\s*", text.lower())

            assert n_questions(text) == 1, text
            assert re.search(OPEN[language], last), text
            assert not re.match(CLOSED[language], last), text
            assert not re.search(LEADING, text.lower()), text


@each
def test_the_opening_says_what_it_is_who_asks_and_how_long(questionnaire: Questionnaire) -> None:
    names = r"\bAI\b|\bKI\b|\bIA\b|искусственный интеллект|人工智能"
    for text in questionnaire.opening.values():
        assert re.search(names, text)
        assert {"{asker}", "{minutes}"} == set(re.findall(r"\{\w+\}", text))


@each
def test_only_names_are_filled_in_that_are_known(questionnaire: Questionnaire) -> None:
    for where, texts in texts_of(questionnaire):
        filled = {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in texts.items()}
        assert len({tuple(names) for names in filled.values()}) <= 1, where
        assert {name for names in filled.values() for name in names} <= {"{asker}", "{minutes}"}


@each
def test_conditions_look_at_what_exists(questionnaire: Questionnaire) -> None:
    asked: dict[str, bool] = {}
    for question in questionnaire.questions:
        for clause in (*question.when.all, *question.when.any) if question.when else ():
            assert clause.known is None or clause.known in KNOWN
            if clause.answer and (clause.at_least is not None or clause.at_most is not None):
                assert asked[clause.answer], "a number that nobody is asked for"
        asked[question.id] = question.scale is not None


@each
def test_every_goal_is_asked_for_whatever_is_known(questionnaire: Questionnaire) -> None:
    always = {goal for each in questionnaire.questions if not each.when for goal in each.goals}
    goals = {goal.id for goal in questionnaire.goals}

    assert goals - always <= {"word-of-mouth", "missing", "outcome", "team"}


SCALES = {
    "nps": (0, 10, "How likely is it that you would recommend {asker} to a friend or colleague?"),
    "csat": (
        1,
        5,
        "How would you rate your overall satisfaction with the service you received?",
    ),
    "ces": (
        1,
        7,
        "To what extent do you agree or disagree with the following statement: "
        "{asker} made it easy for me to handle my issue.",
    ),
}


@pytest.mark.parametrize("name", SCALES)
def test_scales_come_first_in_their_exact_wording(name: str) -> None:
    first, *others = questionnaires.load(name).questions

    assert first.kind == name
    assert first.scale
    assert (first.scale.low, first.scale.high, first.text["en"]) == SCALES[name]
    assert all(other.kind == "open" for other in others)


@each
def test_is_written_as_it_is_read(questionnaire: Questionnaire) -> None:
    assert questionnaires.parse(questionnaires.dump(questionnaire)) == questionnaire


SUMS = (QUESTIONNAIRES / "SHA256SUMS").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", SUMS)
def test_a_version_that_was_used_never_changes(line: str) -> None:
    digest, name = line.split("  ")

    assert hashlib.sha256((QUESTIONNAIRES / name).read_bytes()).hexdigest() == digest


def test_every_version_is_among_the_sums() -> None:
    names = [*questionnaires.names(), "bank"]
    files = {f"{name}/v{number}.yaml" for name in names for number in versions(name)}

    assert {line.split("  ")[1] for line in SUMS} == files


def test_the_guide_lists_every_questionnaire_with_its_minutes() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| .+? \| (\d+) \|", GUIDE, re.M)

    assert {(name, int(minutes)) for name, minutes in rows} == {(q.name, q.minutes) for q in EVERY}


def test_the_example_of_the_guide_can_be_asked() -> None:
    (example,) = re.findall(r"```yaml\n(.+?)```", GUIDE, re.S)

    assert str(questionnaires.parse(example)) == "returns@1"
