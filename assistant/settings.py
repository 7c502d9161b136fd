"""Settings, read once at an entry point and handed down as plain arguments."""

import os
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be set from outside, each with a default that works on a laptop.

    Every field is the environment variable `JOURNEY_` and its name in capitals; `.env.example`
    and `docs/operations.md` list them.
    """

    model_config = SettingsConfigDict(
        env_prefix="JOURNEY_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("throughline"),
        description="The folder where everything is kept",
    )
    database_url: str | None = Field(
        default=None, description="A database by its URL; journey.db in the home folder by default"
    )
    chroma_url: str | None = Field(
        default=None, description="A Chroma server; the home folder's chroma by default"
    )
    llm_base_url: str | None = Field(
        default=None, description="An OpenAI-compatible endpoint, for models that are not local"
    )
    llm_api_key: SecretStr | None = Field(default=None, description="The endpoint's key")
    llm_model: str | None = Field(
        default=None, description="The model at the endpoint that reads and draws"
    )
    llm_quick_model: str | None = Field(
        default=None, description="A cheaper model for small questions; the other one by default"
    )
    llm_concurrency: int = Field(
        default=8, ge=1, description="Calls to the endpoint under way at the same time"
    )
    llm_requests_per_minute: int | None = Field(
        default=None,
        ge=1,
        description="Calls that the endpoint takes in a minute; no limit if unset",
    )
    llm_tokens_per_minute: int | None = Field(
        default=None, ge=1, description="Tokens that it takes in a minute; no limit if unset"
    )
    llm_timeout_s: float = Field(
        default=120, gt=0, description="Seconds after which a call is given up and made again"
    )
    embedding_model: str = Field(
        default="local",
        description="The model that turns text into vectors: local, or one at the endpoint",
    )
    originals_key: SecretStr | None = Field(
        default=None,
        description="A Fernet key; with it the original files are kept, encrypted; without it not",
    )
    workers: int = Field(
        default_factory=lambda: min(4, os.cpu_count() or 1),
        ge=0,
        description="Processes that read beside the main one; 0 reads in it",
    )
    rate_address: int = Field(
        default=300, ge=1, description="Requests that one address may send in a minute"
    )
    rate_visitor: int = Field(
        default=60, ge=1, description="Requests that one conversation may send in a minute"
    )
    rate_survey: int = Field(
        default=600, ge=1, description="Conversations that one survey may begin in a minute"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Proxies, by address, whose word on a visitor's address is taken",
    )
    tracing: bool = Field(
        default=False, description="Whether each model call leaves an OpenTelemetry span"
    )

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.home / 'journey.db'}"
