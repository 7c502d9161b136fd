"""The interviewer: listens, has the machine decide, and words what it decided."""

import datetime

from assistant.interviewing import machine
from assistant.interviewing.asking import Heeded
from assistant.interviewing.heard import Heard
from assistant.interviewing.listening import Listening
from assistant.interviewing.models import Context, Conversation, Reply
from assistant.interviewing.wording import Wording
from assistant.questionnaires import Questionnaire

_SPOKEN = ("text", "choice", "correct")


class Interviewer:
    """Conducts conversations along one questionnaire; holds nothing of any of them."""

    def __init__(
        self, questionnaire: Questionnaire, listening: Listening, wording: Wording
    ) -> None:
        """Ask along `questionnaire`."""
        self.questionnaire = questionnaire
        self._listening, self._wording = listening, wording

    async def open(
        self, id: str, language: str, context: Context, at: datetime.datetime
    ) -> Conversation:
        """Open a conversation: who asks, why, how long it takes, and the request for consent."""
        heeded = machine.begin(self.questionnaire, id, language, at)
        begun = heeded.conversation.model_copy(update={"context": context})
        return await self._said(Heeded(begun, heeded.intents), at)

    async def answer(
        self, conversation: Conversation, reply: Reply, at: datetime.datetime
    ) -> Conversation:
        """Take a reply in and answer it: the person's turn is added, and the bot's next."""
        is_spoken = reply.kind in _SPOKEN and reply.text.strip() and not conversation.is_over
        heard = self._listening.hear(reply.text, conversation) if is_spoken else Heard()
        return await self._said(
            machine.hear(conversation, self.questionnaire, reply, heard, at), at
        )

    async def lapse(self, conversation: Conversation, at: datetime.datetime) -> Conversation:
        """End a conversation that nobody goes on with, politely."""
        return await self._said(machine.lapse(conversation), at)

    async def _said(self, heeded: Heeded, at: datetime.datetime) -> Conversation:
        conversation = heeded.conversation
        for intent in heeded.intents:
            worded = await self._wording.word(intent, conversation)
            conversation = machine.say(conversation, intent, worded, at)
        return conversation
