"""Ask many questions of an endpoint, as a process that a test can kill: URL, database, how many."""

import asyncio
import sys

from assistant.llm import Endpoint, LangChainLlm, Limits
from assistant.store.answers import StoredAnswers
from tests.assistant.llm.builders import Finding, prompt


async def _run(url: str, database: str, n: int) -> None:
    journal = StoredAnswers.beside(database)
    async with LangChainLlm(Endpoint(url, "gpt-4o"), journal, Limits(concurrency=4)) as llm:
        await asyncio.gather(*(llm.ask(prompt(), Finding, said=f"Day {k}.") for k in range(n)))


if __name__ == "__main__":
    asyncio.run(_run(sys.argv[1], sys.argv[2], int(sys.argv[3])))
