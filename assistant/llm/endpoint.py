"""Which models are asked, where, and how much at a time."""

from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from assistant.prompts import Role

_AZURE = (".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com")
_LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "host.docker.internal")  # noqa: S104 compared with, not bound to


class Endpoint(NamedTuple):
    """An OpenAI-compatible endpoint and its models by role.

    Attributes:
        base_url: As its maker names it: `https://api.openai.com/v1`, `http://localhost:11434` for
            Ollama, `https://NAME.openai.azure.com` for Azure.
        careful: A model's name at the endpoint; at Azure a deployment's.
        quick: The same; "" asks the careful one.
        seed: Asks for the same answer to the same question, where the endpoint can.
    """

    base_url: str
    careful: str
    quick: str = ""
    api_key: str | None = None
    seed: int | None = 7

    def model(self, role: Role) -> str:
        """Name the model that fills a role."""
        return self.quick or self.careful if role == "quick" else self.careful

    @property
    def url(self) -> str:
        """Where calls go: the base URL with the path that its server expects.

        Azure is met at its v1 endpoint, which takes the same calls as everyone's.
        """
        parts = urlsplit(self.base_url.rstrip("/"))
        path = "/openai/v1" if self.is_azure else parts.path or "/v1"
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))

    @property
    def host(self) -> str:
        """The name of the machine that calls go to."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_azure(self) -> bool:
        """Is this an Azure resource?"""
        return self.host.endswith(_AZURE)

    @property
    def is_openai(self) -> bool:
        """Does it take OpenAI's newest parameters, and only these?"""
        return self.is_azure or self.host.endswith("api.openai.com")

    @property
    def is_local(self) -> bool:
        """Is it on this machine?"""
        return self.host in _LOOPBACK


class Limits(NamedTuple):
    """How much is asked of an endpoint at a time.

    Attributes:
        concurrency: Calls under way at the same time.
        requests_per_minute: None where the endpoint sets no such limit.
        tokens_per_minute: Prompt and reply together; None where there is no such limit.
        timeout_s: After so long a call is given up, and made again.
        attempts: So often a call is made in all while the endpoint fails to answer.
        patience_s: So long a call waits in all for an endpoint that asks it to come back later.
    """

    concurrency: int = 8
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    timeout_s: float = 120
    attempts: int = 6
    patience_s: float = 600
