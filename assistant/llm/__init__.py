"""The one door to language models: a prompt and a type in, a reply of that type out.

```
client      ask: journal, call, check, ask once more          → Answer
├── calls       one call: turn, budget, attempts, span         → Kept
│   ├── limiter, retrying, budget, prices, tokens, tracing
│   ├── dialect     by schema, by tool, or in words: what the endpoint knows
│   └── chat        LangChain
├── questions   what an answer is kept under; the schema of a reply
├── replies     JSON out of what a model wrote
└── sealing     kept answers, encrypted with their questions
```
"""

from assistant.llm.budget import Budget, Spent
from assistant.llm.calls import Account
from assistant.llm.client import LangChainLlm
from assistant.llm.endpoint import Endpoint, Limits
from assistant.llm.protocol import Answer, Ending, Foreseen, Journal, Kept, Llm, Reply

__all__ = [
    "Account",
    "Answer",
    "Budget",
    "Ending",
    "Endpoint",
    "Foreseen",
    "Journal",
    "Kept",
    "LangChainLlm",
    "Limits",
    "Llm",
    "Reply",
    "Spent",
]
