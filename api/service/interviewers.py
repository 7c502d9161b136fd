"""Who leads the conversations of a survey."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.interviewing.models import Context, Conversation, Progress, Reply, ReplyKind
from assistant.store.surveys import Survey


class Interviewing(Protocol):
    """Leads conversations by one questionnaire.

    Attributes:
        name: What the questionnaire is called, by language.
        minutes: The time that is announced.
        languages: Those it speaks, the first by default.
    """

    name: Mapping[str, str]
    minutes: int
    languages: Sequence[str]

    async def open(
        self, id: str, language: str, context: Context, at: datetime.datetime
    ) -> Conversation:
        """Begin: the first message, which says what this is and asks for consent."""
        ...

    async def answer(
        self, conversation: Conversation, reply: Reply, at: datetime.datetime
    ) -> Conversation:
        """Take a reply, whatever it is, and say what comes next."""
        ...

    async def lapse(self, conversation: Conversation, at: datetime.datetime) -> Conversation:
        """End a conversation in which nobody has answered for long."""
        ...

    def allowed(self, conversation: Conversation) -> Sequence[ReplyKind]:
        """Tell which kinds of reply would be taken now."""
        ...

    def progress(self, conversation: Conversation) -> Progress:
        """Tell how far it is."""
        ...

    def labels(self, language: str, /) -> Mapping[str, str]:
        """Give the words on the buttons."""
        ...


class Interviewers(Protocol):
    """Finds who leads the conversations of a survey."""

    def of(self, survey: Survey, /) -> Interviewing:
        """Give the interviewer of a survey, for new conversations.

        Raises:
            UnknownQuestionnaire: There is none of that name.
        """
        ...

    def going_on(self, survey: Survey, conversation: Conversation, /) -> Interviewing:
        """Give the interviewer of a conversation that has begun, by the version it began with."""
        ...
