"""What leads conversations and reads studies, made from the settings."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from typing import Protocol

from pydantic import SecretStr

from api.service.filing import OpenStudy
from api.service.leading import Questionnaires
from api.service.logs import Logs
from assistant.claims import Mindful, Spotter
from assistant.embedded.reader import EmbeddedReader
from assistant.interviewing import Attentive, BankWording, Listening, LlmWording, Wording
from assistant.interviewing.listening import Reader
from assistant.llm import Account, Budget, Endpoint, LangChainLlm, Limits, prices
from assistant.questionnaires import Questionnaire
from assistant.reading import Models
from assistant.settings import Settings
from assistant.store.answers import StoredAnswers
from assistant.workflows import study
from assistant.workflows.study import Place
from ingestion.embedding import Vectors

_EARS = 2
"""So many answers are listened to at once: reading one is computing, and keeps a core busy."""


class Embedding(Reader, Protocol):
    """A reader that gives vectors too, as `EmbeddedReader` does."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order."""
        ...


@asynccontextmanager
async def interviewers(
    settings: Settings,
    find: Callable[[str], Questionnaire],
    load: Callable[[], Embedding] = EmbeddedReader,
) -> AsyncGenerator[Questionnaires]:
    """Give who leads conversations; where an endpoint is set, its model words the probes.

    What claims are found with is made ready meanwhile, in a thread of its own: both ears are free
    for whoever answers first.
    """
    with ThreadPoolExecutor(_EARS, "ears") as ears, ThreadPoolExecutor(1, "beside") as beside:
        reader = await asyncio.get_running_loop().run_in_executor(ears, load)
        spotter = Spotter(reader.embed)
        beside.submit(spotter.prepare)
        with closing(Logs(settings.home, settings.database)) as logs:
            listening = _listening(reader, spotter, logs)
            async with _wording(settings) as wording:
                yield Questionnaires(find, listening, wording, ears)


def _listening(reader: Embedding, spotter: Spotter, logs: Logs) -> Callable[[str], Listening]:
    """Give what listens in a study: with one reader for all, and the study's own log."""
    attentive = Attentive(reader)
    return lambda study: Mindful(attentive, spotter, logs.of(study))


@asynccontextmanager
async def _wording(settings: Settings) -> AsyncGenerator[Callable[[str], Wording]]:
    if not settings.llm_base_url or not settings.llm_model:
        yield BankWording
        return
    key = _revealed(settings.llm_api_key)
    quick = settings.llm_quick_model or ""
    endpoint = Endpoint(settings.llm_base_url, settings.llm_model, quick, key)
    limits = Limits(
        settings.llm_concurrency, settings.llm_requests_per_minute, settings.llm_tokens_per_minute
    )
    table = prices.load(settings.home / "prices.yaml")
    account = Account(table, Budget(None), False, settings.tracing)
    answers = StoredAnswers.beside(settings.database)
    async with LangChainLlm(endpoint, answers, limits, account) as llm:
        yield lambda asker: LlmWording(llm, BankWording(asker))


def opener(settings: Settings) -> OpenStudy:
    """Give what opens the study of a folder, read by a process beside this one."""
    place = Place(
        home=settings.home,
        database=settings.database,
        chroma_url=settings.chroma_url,
        models=Models(
            settings.embedding_model, settings.llm_base_url, _revealed(settings.llm_api_key)
        ),
        workers=min(settings.workers, 1),
        originals_key=_revealed(settings.originals_key),
    )
    return lambda folder: study.opened([folder], place)


def _revealed(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
