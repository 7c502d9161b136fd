"""The interviewer: a machine owns the protocol; what words it may choose is only the wording.

```
Interviewer   open, answer, lapse: a reply in, the next turns out
├── listening     what an answer says, and what it asks for
├── machine       what follows from it: the protocol           → intents
│   ├── asking        step by step; probing, course, recap, scales
└── wording       the bank's words, or a model's within the guard
transcript    a conversation as a source of its study
```
"""

from assistant.interviewing.course import progress
from assistant.interviewing.heard import Heard
from assistant.interviewing.interviewer import Interviewer
from assistant.interviewing.listening import Attentive, Listening
from assistant.interviewing.machine import allowed
from assistant.interviewing.models import Context, Conversation, Reply, Turn
from assistant.interviewing.wording import BankWording, LlmWording, Wording

__all__ = [
    "Attentive",
    "BankWording",
    "Context",
    "Conversation",
    "Heard",
    "Interviewer",
    "Listening",
    "LlmWording",
    "Reply",
    "Turn",
    "Wording",
    "allowed",
    "progress",
]
