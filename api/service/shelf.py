"""The questionnaires that can be asked: the package's, and the company's own."""

from collections.abc import Iterable

from assistant import questionnaires
from assistant.errors import UnknownQuestionnaire
from assistant.questionnaires import Questionnaire
from assistant.store.questionnaires import KeptText


class Shelf:
    """Finds a questionnaire by its name, for the newest version, or by name and version.

    A company's own version stands before one of the package that has the same name and version, so
    that what was asked stays what it was, whatever a later release brings.
    """

    def __init__(self) -> None:
        self._own: dict[str, dict[int, Questionnaire]] = {}

    def fill(self, kept: Iterable[KeptText]) -> None:
        """Put on it what is kept and not there yet."""
        for name, version, text in ((each.name, each.version, each.text) for each in kept):
            versions = self._own.setdefault(name, {})
            if version not in versions:
                named = {"name": name, "version": version}
                versions[version] = questionnaires.parse(text, named)

    def find(self, name: str) -> Questionnaire:
        """Give a questionnaire: "nps", or "nps@1".

        Raises:
            UnknownQuestionnaire: There is none of this name, or no such version.
        """
        bare, _, version = name.partition("@")
        own = self._own.get(bare, {})
        if version.isdecimal() and int(version) in own:
            return own[int(version)]
        if version or not own:
            return self._packaged(name)
        newest = own[max(own)]
        packaged = questionnaires.load(bare) if bare in questionnaires.names() else newest
        return max(newest, packaged, key=lambda each: each.version)

    def _packaged(self, name: str) -> Questionnaire:
        try:
            return questionnaires.load(name)
        except UnknownQuestionnaire as error:
            raise UnknownQuestionnaire(name, self.names()) from error

    def names(self) -> tuple[str, ...]:
        """Name every questionnaire."""
        return tuple(sorted({*questionnaires.names(), *self._own}))

    def is_own(self, questionnaire: Questionnaire) -> bool:
        """Whether a version is the company's own."""
        return questionnaire.version in self._own.get(questionnaire.name, {})
