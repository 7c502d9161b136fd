"""Lead conversations by the questionnaires: listen beside the event loop, word in it."""

import asyncio
import datetime
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache

from assistant import interviewing, questionnaires
from assistant.interviewing import (
    Context,
    Conversation,
    Heard,
    Interviewer,
    Listening,
    Reply,
    Wording,
)
from assistant.interviewing.models import Progress, ReplyKind
from assistant.questionnaires import Questionnaire
from assistant.store.surveys import Survey

_SPOKEN = frozenset({"text", "choice", "correct"})


class _AlreadyHeard:
    """Listening that was done before."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def hear(self, text: str, conversation: Conversation) -> Heard:
        """Give what was heard."""
        del text, conversation
        return self._heard


class Led:
    """Conversations by one questionnaire, for one company.

    Attributes:
        name: The questionnaire's title, by language.
    """

    def __init__(
        self, questionnaire: Questionnaire, listening: Listening, wording: Wording, ears: Executor
    ) -> None:
        self.name: Mapping[str, str] = questionnaire.title
        self.minutes = questionnaire.minutes
        self.languages: Sequence[str] = questionnaire.languages
        self._questionnaire, self._listening = questionnaire, listening
        self._wording, self._ears = wording, ears

    async def open(
        self, id: str, language: str, context: Context, at: datetime.datetime
    ) -> Conversation:
        """Begin."""
        return await self._having(Heard()).open(id, language, context, at)

    async def answer(
        self, conversation: Conversation, reply: Reply, at: datetime.datetime
    ) -> Conversation:
        """Listen in a thread, so that nobody else waits meanwhile, then go on."""
        heard = Heard()
        if reply.kind in _SPOKEN and reply.text.strip() and not conversation.is_over:
            loop = asyncio.get_running_loop()
            hear = self._listening.hear
            heard = await loop.run_in_executor(self._ears, hear, reply.text, conversation)
        return await self._having(heard).answer(conversation, reply, at)

    async def lapse(self, conversation: Conversation, at: datetime.datetime) -> Conversation:
        """End it politely."""
        return await self._having(Heard()).lapse(conversation, at)

    def allowed(self, conversation: Conversation) -> Sequence[ReplyKind]:
        """Tell which kinds of reply would be taken now."""
        return interviewing.allowed(conversation)

    def progress(self, conversation: Conversation) -> Progress:
        """Tell how far it is."""
        return interviewing.progress(conversation, self._questionnaire)

    def labels(self, language: str) -> Mapping[str, str]:
        """Give the bank's buttons and labels."""
        bank = questionnaires.bank()
        return bank.under("buttons", language) | bank.under("labels", language)

    def _having(self, heard: Heard) -> Interviewer:
        return Interviewer(self._questionnaire, _AlreadyHeard(heard), self._wording)


class Questionnaires:
    """Finds who leads by a survey's questionnaire, and keeps them at hand."""

    def __init__(
        self,
        find: Callable[[str], Questionnaire],
        listening: Callable[[str], Listening],
        wording: Callable[[str], Wording],
        ears: Executor,
    ) -> None:
        """Lead with these means.

        Args:
            find: Gives the questionnaire of a name, or of a name and version.
            listening: Gives what listens in a study, by its id; it holds nothing of any
                conversation.
            wording: Gives the words of a company, by its name.
            ears: Where listening is done.
        """

        @lru_cache(maxsize=256)
        def led(exactly: str, survey: tuple[str, str]) -> Led:
            study, asker = survey
            return Led(find(exactly), listening(study), wording(asker), ears)

        self._led, self._find = led, find

    def of(self, survey: Survey) -> Led:
        """Lead by the survey's questionnaire, as it is now."""
        return self._led(str(self._find(survey.questionnaire)), (survey.study, survey.asker))

    def going_on(self, survey: Survey, conversation: Conversation) -> Led:
        """Lead on by the version that a conversation began with."""
        return self._led(conversation.questionnaire, (survey.study, survey.asker))
