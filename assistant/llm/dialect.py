"""The ways of asking for a typed reply, and which of them an endpoint knows.

By JSON schema, then by a tool to call, then in words. What a server does not know shows in its
answers, and is learned once for each model.
"""

from typing import Literal

from assistant import prompts
from assistant.llm.questions import BOUND, Body, Question, compact, unbounded

Form = Literal["schema", "tool", "words"]
FORMS: tuple[Form, ...] = ("schema", "tool", "words")
_OPTIONAL = ("temperature", "seed")
_NEWER, _OLDER = "max_completion_tokens", "max_tokens"
_UNFIT = 2
"""So many replies that do not fit, and none that does, and another way is tried."""


class Dialect:
    """What one model of one endpoint understands."""

    def __init__(self, *, is_openai: bool) -> None:
        self._is_bounded = not is_openai
        self._longest = _NEWER if is_openai else _OLDER
        self._unknown: set[str] = set()
        self._unfit = 0
        self._proven: set[Form] = set()
        self._refused: set[Form] = set()

    @property
    def form(self) -> Form:
        """The best way of asking that is known to work, or is not known not to."""
        known: list[Form] = [form for form in FORMS if form in self._proven]
        untried: list[Form] = [form for form in FORMS if form not in self._refused]
        return (known or untried or list(FORMS[-1:]))[0]

    @property
    def is_proven(self) -> bool:
        """Has any reply been what was asked for?"""
        return bool(self._proven)

    def after(self, form: Form) -> Form:
        """How to put a question that was not taken: the same way if that was not the matter."""
        return self.form if form in self._refused else form

    def mending_form(self) -> Form:
        """How to ask again after a reply that did not fit: more plainly, if nothing is proven."""
        if self._proven:
            return self.form
        return FORMS[min(FORMS.index(self.form) + 1, len(FORMS) - 1)]

    def fits(self, form: Form) -> None:
        """Learn that a reply was what was asked for."""
        self._proven.add(form)

    def misfits(self, form: Form) -> None:
        """Learn that a reply was not."""
        self._unfit += 1
        if self._unfit >= _UNFIT:
            self._refuse(form)

    def refuses(self, said: str, form: Form, body: Body) -> bool:
        """Learn from a call that the endpoint did not take; is there another way to put it?"""
        if self._drops(said.lower(), body):
            return True
        if form in self._proven or form == FORMS[-1]:
            return False
        self._refuse(form)
        return True

    def body(self, question: Question, form: Form) -> Body:
        """Write a question in one of the forms."""
        prompt = question.prompt
        wanted = {"temperature": prompt.temperature, "seed": question.seed}
        settings = {k: v for k, v in wanted.items() if k not in self._unknown and v is not None}
        if not self._is_bounded:
            question = question._replace(schema=unbounded(question.schema))
        return settings | {self._longest: prompt.max_tokens} | _form_body(question, form)

    def _refuse(self, form: Form) -> None:
        self._refused.add(form)
        self._unfit = 0

    def _drops(self, said: str, body: Body) -> bool:
        """Find out which parameter of a call a refusal names, and do without it from now on."""
        if _NEWER in said:
            self._longest = _OLDER if _NEWER in body else _NEWER
            return True
        if BOUND.lower() in said and self._is_bounded:
            self._is_bounded = False
            return True
        named = {name for name in _OPTIONAL if name in said and name in body}
        self._unknown |= named
        return bool(named)


def messages(question: Question, form: Form) -> list[tuple[str, str]]:
    """Write a question as messages; in words, what the reply must look like goes along."""
    system = question.system
    if form == "words":
        told = prompts.load("answer_in_json").render(schema=compact(question.schema)).system
        system = f"{system}\n\n{told}"
    turns = ((("human", "ai")[at % 2], said) for at, said in enumerate(question.turns))
    return [("system", system), *turns]


def _form_body(question: Question, form: Form) -> Body:
    if form == "schema":
        described = {"name": question.name, "schema": question.schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": described}}
    if form == "tool":
        function = {"name": question.name, "parameters": question.schema}
        chosen = {"type": "function", "function": {"name": question.name}}
        return {"tools": [{"type": "function", "function": function}], "tool_choice": chosen}
    return {}
