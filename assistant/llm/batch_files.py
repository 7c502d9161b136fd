"""Send batches to OpenAI and fetch what came of them. It is loaded when the first one is sent."""

from collections.abc import Generator
from contextlib import contextmanager

import openai

from assistant.errors import ModelUnavailable, WrongEndpoint
from assistant.llm.endpoint import Endpoint

_NAME = "throughline"
_REFUSED = {400, 401, 402, 403, 404, 405, 501}


class OpenAiFiles:
    """The files and batches of an OpenAI-compatible endpoint."""

    def __init__(self, endpoint: Endpoint, timeout_s: float) -> None:
        self._client = openai.AsyncOpenAI(
            base_url=endpoint.url, api_key=endpoint.api_key or "none", timeout=timeout_s
        )
        self._once = self._client.with_options(max_retries=0)

    async def send(self, lines: str, name: str) -> str:
        """Send questions, one a line, by a name of ours; give the provider's name.

        Whoever cannot tell whether a batch arrived asks `find`: it is never sent twice from here.
        """
        with _translated():
            file = await self._client.files.create(
                file=("questions.jsonl", lines.encode()), purpose="batch"
            )
            batch = await self._once.batches.create(
                input_file_id=file.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_NAME: name},
            )
        return batch.id

    async def find(self, name: str) -> str | None:
        """Give the provider's name of a batch by ours; None where it never arrived."""
        with _translated():
            async for batch in self._client.batches.list(limit=100):
                if (batch.metadata or {}).get(_NAME) == name:
                    return batch.id
        return None

    async def state(self, batch: str) -> str:
        """Tell how a batch is doing, in the provider's word."""
        with _translated():
            return (await self._once.batches.retrieve(batch)).status

    async def results(self, batch: str) -> str:
        """Give what came of a batch, good and bad, one question a line."""
        with _translated():
            ended = await self._client.batches.retrieve(batch)
            files = [id for id in (ended.output_file_id, ended.error_file_id) if id]
            contents = [(await self._client.files.content(id)).text for id in files]
        return "\n".join(content.strip() for content in contents if content.strip())

    async def close(self) -> None:
        """Hang up."""
        await self._client.close()


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except openai.APIStatusError as error:
        if error.status_code in _REFUSED:
            said = f"the endpoint takes no batches ({error.status_code}): leave --batch out"
            raise WrongEndpoint(said) from error
        raise ModelUnavailable(f"the endpoint says {error.status_code} to a batch") from error
    except openai.APIError as error:
        raise ModelUnavailable("the connection failed while a batch was asked for") from error
