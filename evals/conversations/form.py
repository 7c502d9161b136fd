"""A static form with the same questions, filled in by the same people.

A field a question, "main reason" after a scale, and at the end what should have been asked. What
people write into a field is what they say first when the interviewer asks the same (`first`):
nobody asks on, nobody asks again, and no time runs out. Who
declines, stops or withdraws does so on the form as well, and after as many fields as answers.
"""

from assistant import questionnaires
from assistant.questionnaires import Question, holds
from evals.conversations.respondents import Fact, Respondent
from evals.conversations.telling import declines, first, leaves_after, withdraws


def fill(respondent: Respondent, *, strays: bool = True) -> frozenset[Fact]:
    """Give the facts that a person writes into the form.

    Args:
        respondent: The person.
        strays: Whether they write something else into fields at whose questions they would say
            something else.
    """
    if declines(respondent) or withdraws(respondent):
        return frozenset()
    fields = [*(question.id for question in _shown(respondent)), "anything_else"]
    told = [
        first(respondent, field, beside=strays).facts
        for field in fields[: leaves_after(respondent)]
    ]
    return frozenset(fact for facts in told for fact in facts)


def _shown(respondent: Respondent) -> list[Question]:
    """The questions whose conditions hold; a form branches on its numbers as well."""
    asked = questionnaires.load(respondent.questionnaire)
    scores: dict[str, float | str] = dict(respondent.scores)
    return [each for each in asked.questions if holds(each.when, respondent.context, scores)]
