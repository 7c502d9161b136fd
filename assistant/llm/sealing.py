"""Encrypt kept answers with their questions."""

from cryptography.fernet import Fernet, InvalidToken

from assistant.llm.protocol import Journal, Kept
from assistant.llm.questions import Question


class SealedJournal:
    """Keeps answers so that only who can ask a question can read its answer.

    What a model said of a document quotes it. When the document is erased, nobody has the question
    any more, and what is kept of the answer is noise.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def find(self, question: Question) -> Kept | None:
        """Give the answer that was kept to this question."""
        kept = self._journal.find(question.key)
        if kept is None:
            return None
        try:
            text = Fernet(question.seal).decrypt(kept.text.encode()).decode()
        except InvalidToken:  # damaged: as good as not kept
            return None
        return kept._replace(text=text)

    def keep(self, question: Question, answer: Kept) -> None:
        """Keep the answer to a question."""
        sealed = Fernet(question.seal).encrypt(answer.text.encode("utf-8", "replace")).decode()
        self._journal.keep(question.key, answer._replace(text=sealed))
