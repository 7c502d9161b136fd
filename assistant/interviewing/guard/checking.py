"""Check a message, rule by rule, the telling ones first."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from assistant.interviewing.guard import held, rules
from assistant.interviewing.guard.held import Held
from assistant.interviewing.guard.message import QUOTED, Message, take
from assistant.interviewing.models import Conversation, Veto
from assistant.interviewing.words import words
from assistant.questionnaires.models import n_words
from ingestion import language as languages

MAX_WORDS = 40

_MARKUP = re.compile(
    r"https?:|www\.|[\n\r\t*_#`{}<>\[\]|\\]|^\s*[-•\d]+[.)]?\s|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_FORBIDDEN = (
    ("pretends to be human", "human"),
    ("reveals the script", "script"),
    ("speaks of others", "others"),
    ("promises", "promise"),
    ("offers", "offer"),
    ("apologises", "apology"),
    ("rewords a scale", "scale"),
    ("asks for personal data", "sensitive_ask"),
    ("sells or argues", "selling"),
    ("praises", "praise"),
    ("lists answers", "listing"),
    ("two questions", "joined"),
)
_UNLESS_SAID = (
    ("offers", "goods"),
    ("asks for personal data", "sensitive"),
    ("suggests", "judgement"),
)


class _Case(NamedTuple):
    """What is judged: a message, what may be said in it again, and by which rules."""

    message: Message
    said: Held
    told: rules.Rules
    conversation: Conversation


def check(text: str, language: str, conversation: Conversation, question: str = "") -> Veto | None:
    """Say whether a question or probe may be sent, and which rule forbids it if not.

    Args:
        text: The message, whole.
        language: What it has to be in.
        conversation: What was asked and said so far.
        question: The question it asks on about, whose own words may be used again.
    """
    said = held.by(conversation, question)._replace(language=language)
    told = rules.of(language)
    message = take(text)
    bare = message._replace(text=told["soften"].sub(" ", message.text))
    case = _Case(bare, said, told, conversation)
    return next((veto for rule in _ALL if (veto := rule(case))), None)


def _form(case: _Case) -> Veto | None:
    if found := _MARKUP.search(case.message.raw):
        return Veto(rule="form", words=found[0])
    if n_words(case.message.raw) > MAX_WORDS:
        return Veto(rule="too long")
    if case.message.n_questions > 1:
        return Veto(rule="two questions")
    if not case.message.sentences:
        return Veto(rule="form")
    return None


def _wrong_language(case: _Case) -> Veto | None:
    text = case.message.text.replace(QUOTED, " ")
    found = languages.detect(text, expected=case.said.language)
    return None if found == case.said.language else Veto(rule="wrong language", words=found)


def _claimed(case: _Case) -> Veto | None:
    """What it says the person said, they have to have said."""
    for quote in case.message.quotes:
        if not case.said.has_quote(quote):
            return Veto(rule="invents a memory", words=quote)
    for sentence in _without_frame(case):
        for opener in case.told["memory"].finditer(sentence):
            if _asks_how(sentence, opener, case.told):
                continue
            claim = _claim(sentence[opener.end() :], case.told)
            telling = [word for word in words(claim) if _tells(word, case.told["common"])]
            if not case.said.has_claim(telling):
                return Veto(rule="invents a memory", words=claim.strip())
    return None


def _asks_how(sentence: str, opener: re.Match[str], told: rules.Rules) -> bool:
    """Whether it asks how they wrote or told something: "Como escreveu a carta?" claims no words.

    What is set off by a comma, or is told after "that", is claimed all the same.
    """
    manner = told["manner"].match(sentence.lstrip(" ¿¡\"'"))
    before = sentence[: opener.start()].strip(" ¿¡\"'")
    is_one_clause = len(list(_clauses(sentence))) == 1
    return bool(manner) and manner[0] == before and _is_question(sentence) and is_one_clause


def _claim(rest: str, told: rules.Rules) -> str:
    """What is claimed: up to the next comma, or, if nothing is there, up to the one after.

    In a question only up to where the asking begins.
    """
    first, *others = re.split(r"[,;:?。，；：？—–]", rest, maxsplit=1)
    if first.strip().startswith(QUOTED):
        return ""  # the quote is what was said, and is checked as such
    if any(_tells(word, told["common"]) for word in words(first)):
        return first
    if others and not _is_question(rest):
        return re.split(r"[,;:，；：—–]", others[0], maxsplit=1)[0]
    return told["open"].split(others[0], maxsplit=1)[0] if others else ""


def _tells(word: str, common: re.Pattern[str]) -> bool:
    is_long = len(word) > 3 or not word.isascii()
    return is_long and word != QUOTED and not common.fullmatch(word)


def _named(case: _Case) -> Veto | None:
    """What a rule names, whatever the shape of the message."""
    for rule, key in _FORBIDDEN:
        if found := case.told[key].search(case.message.text):
            return Veto(rule=rule, words=found[0])
    if found := case.told["hypothetical"].search(
        case.told["hypothetical_may"].sub(" ", case.message.text)
    ):
        return Veto(rule="hypothetical", words=found[0])
    for rule, key in _UNLESS_SAID:
        for found in case.told[key].finditer(case.message.text):
            if not case.said.has_word(found[0]):
                return Veto(rule=rule, words=found[0])
    return _why_again(case)


def _why_again(case: _Case) -> Veto | None:
    """A second why about the same question sounds like a hearing."""
    asked = [
        turn.text.casefold()
        for turn in case.conversation.turns
        if turn.speaker == "bot" and turn.question == case.conversation.question
    ]
    whys = [
        found for text in (*asked, case.message.text) for found in case.told["why"].findall(text)
    ]
    is_again = case.told["why"].search(case.message.text) and len(whys) > 1
    return Veto(rule="why again") if is_again else None


def _shaped(case: _Case) -> Veto | None:
    """One open question or request, and nothing beside it but thanks and what was case.said."""
    asking = 0
    for sentence in _without_frame(case):
        if _is_question(sentence) or _opens(case.told["request"], sentence):
            asking += 1
            if veto := _question(sentence, case.told):
                return veto
        elif not _is_thanks(sentence, case.told) and not case.told["memory"].search(sentence):
            return Veto(rule="tells", words=sentence)
    return None if asking == 1 else Veto(rule="two questions" if asking else "no question")


def _without_frame(case: _Case) -> list[str]:
    """Its sentences, but for a first one that only leads back to the time that is asked about."""
    first, *rest = case.message.sentences
    is_frame = bool(rest) and not _is_question(first) and case.told["recall"].match(first)
    return rest if is_frame else [first, *rest]


def _is_question(sentence: str) -> bool:
    return bool(re.search(r"[?？]", sentence))


def _opens(pattern: re.Pattern[str], sentence: str) -> bool:
    """Whether a sentence starts like this, or one of its clauses does."""
    return any(pattern.match(clause) for clause in _clauses(sentence))


def _clauses(sentence: str) -> Iterator[str]:
    yield sentence.lstrip(" ¿¡\"'")
    for place in re.finditer(r"[,;:，；：—–]\s*", sentence):
        yield sentence[place.end() :]


def _is_thanks(sentence: str, told: rules.Rules) -> bool:
    parts = [
        part
        for part in re.split(r"[,.!;。，！；\s…-]*[.!,;。，！；…](?:\s+|$|(?=\S))", sentence)
        if part.strip()
    ]
    return all(told["thanks"].fullmatch(part.strip()) for part in parts)


_Rule = Callable[[str, rules.Rules], "re.Match[str] | None"]


def _question(sentence: str, told: rules.Rules) -> Veto | None:
    for rule, finds in _OF_QUESTIONS:
        if found := finds(sentence, told):
            return Veto(rule=rule, words=found[0])
    is_open = told["open"].search(sentence) or _opens(told["request"], sentence)
    return None if is_open else Veto(rule="leads", words=sentence)


def _is_closed(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    bare = sentence.lstrip(" ¿¡\"'")
    if told["request"].match(bare):
        return None
    return told["closed"].match(bare)


def _is_tagged(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    tags = (told["tag"].match(clause) for clause in list(_clauses(sentence))[1:])
    return next((tag for tag in tags if tag and _ends_there(tag)), None)


def _ends_there(tag: re.Match[str]) -> bool:
    return not tag.string[tag.end() :].strip(" ?？.!")


def _leads(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    return told["leading"].search(sentence)


def _lists(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    return told["or"].search(told["or_may"].sub(" ", sentence))


def _pairs(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    """Two things that are asked about at once: "… the price and the delivery?"."""
    if told["between"].search(sentence):
        return None
    bare = sentence.lstrip(" ¿¡")
    for found in told["and"].finditer(bare):
        rest = bare[found.end() :].strip(" ?？.")
        if found.start() and n_words(rest) <= 3:
            return found
    return None


def _trails(sentence: str, told: rules.Rules) -> re.Match[str] | None:
    """What trails behind a question offers answers to it: "… leave: the price, the delivery?"."""
    first, *tail = [clause for clause in re.split(r"[,;:，；：、()—–]\s*| - ", sentence) if clause]
    if not tail or not told["open"].search(first):
        return None
    if len(tail) > 1:
        offers = all(n_words(part) <= 2 or told["article"].match(part) for part in tail)
    else:
        offers = n_words(tail[0]) <= 4 and bool(told["article"].match(tail[0]))
    if offers and not any(told["open"].search(part) for part in tail):
        return re.search(re.escape(tail[0]), sentence)
    return None


_OF_QUESTIONS: tuple[tuple[str, _Rule], ...] = (
    ("leads", _is_closed),
    ("leads", _is_tagged),
    ("leads", _leads),
    ("lists answers", _lists),
    ("lists answers", _trails),
    ("two questions", _pairs),
)


def _asked_before(case: _Case) -> Veto | None:
    asked = {take(turn.text).text for turn in case.conversation.turns if turn.speaker == "bot"}
    return Veto(rule="asked before") if case.message.text in asked else None


_ALL = (_form, _wrong_language, _claimed, _named, _shaped, _asked_before)
