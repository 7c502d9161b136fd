"""The one door to language models: a prompt and a type in, a reply of that type out."""

from assistant.llm.endpoint import Endpoint, Limits
from assistant.llm.protocol import Answer, Ending, Journal, Kept, Llm, Reply

__all__ = ["Answer", "Ending", "Endpoint", "Journal", "Kept", "Limits", "Llm", "Reply"]
