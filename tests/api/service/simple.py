"""Two questions and a goodbye: what the service is tried with where no questionnaire is needed."""

import datetime
from collections.abc import Mapping, Sequence

from assistant.interviewing.models import (
    Context,
    Conversation,
    Progress,
    Reply,
    ReplyKind,
    Turn,
    TurnKind,
)
from assistant.store.surveys import Survey

_QUESTIONS = ("What made you look for something new?", "What nearly stopped you?")


class Simple:
    """Asks two questions, whatever is said."""

    name: Mapping[str, str] = {"en": "A short survey"}
    minutes = 2
    languages: Sequence[str] = ("en", "de")

    def of(self, _survey: Survey) -> "Simple":
        """Lead every survey."""
        return self

    def going_on(self, _survey: Survey, _conversation: Conversation) -> "Simple":
        """Lead every conversation."""
        return self

    async def open(
        self, id: str, language: str, context: Context, at: datetime.datetime
    ) -> Conversation:
        """Say what this is."""
        began = Conversation(
            id=id,
            questionnaire="simple@1",
            language=language,
            context=context,
            started_at=at,
            announced_minutes=self.minutes,
        )
        return _say(began, "question", "I am an automated survey. May I keep your answers?", at)

    async def answer(
        self, conversation: Conversation, reply: Reply, at: datetime.datetime
    ) -> Conversation:
        """Take the reply and ask the next question."""
        turn = _turn(conversation, "person", "answer", reply.text, at)
        heard = conversation.model_copy(
            update={"turns": (*conversation.turns, turn.model_copy(update={"reply": reply.kind}))}
        )
        match reply.kind:
            case "decline":
                return _end(heard, "declined", at)
            case "withdraw":
                return _end(heard, "withdrawn", at)
            case "stop":
                return _end(heard, "finished", at)
            case "pause":
                return _say(heard.model_copy(update={"status": "paused"}), "notice", "Later.", at)
            case "consent":
                heard = heard.model_copy(update={"consented_at": at})
            case _:
                pass
        return self._next(heard.model_copy(update={"status": "asking"}), at)

    def _next(self, heard: Conversation, at: datetime.datetime) -> Conversation:
        asked = sum(turn.kind == "question" for turn in heard.turns) - 1
        if asked == len(_QUESTIONS):
            return _end(heard, "finished", at)
        return _say(heard, "question", _QUESTIONS[asked], at)

    async def lapse(self, conversation: Conversation, at: datetime.datetime) -> Conversation:
        """Say goodbye to nobody."""
        return _end(conversation, "abandoned", at)

    def allowed(self, conversation: Conversation) -> Sequence[ReplyKind]:
        """Tell what would be taken."""
        if conversation.is_over:
            return ()
        if conversation.status == "invited":
            return ("consent", "decline")
        return ("text", "skip", "pause", "stop", "withdraw")

    def progress(self, conversation: Conversation) -> Progress:
        """Count the questions."""
        done = sum(turn.reply == "text" for turn in conversation.turns)
        return Progress(done=done, of=len(_QUESTIONS))

    def labels(self, _language: str) -> Mapping[str, str]:
        """Name the buttons."""
        return {"consent": "Yes", "decline": "No", "skip": "Skip", "stop": "Stop"}


def _end(conversation: Conversation, status: str, at: datetime.datetime) -> Conversation:
    over = conversation.model_copy(update={"status": status, "step": "over"})
    return _say(over, "closing", "Thank you. Goodbye.", at)


def _say(
    conversation: Conversation, kind: TurnKind, text: str, at: datetime.datetime
) -> Conversation:
    turn = _turn(conversation, "bot", kind, text, at)
    return conversation.model_copy(update={"turns": (*conversation.turns, turn)})


def _turn(
    conversation: Conversation, speaker: str, kind: TurnKind, text: str, at: datetime.datetime
) -> Turn:
    id, engine = f"t{len(conversation.turns) + 1}", "bank" if speaker == "bot" else ""
    fields = {"speaker": speaker, "kind": kind, "text": text, "engine": engine}
    return Turn.model_validate({"id": id, "at": at, "language": conversation.language} | fields)
