"""The guard: what the interviewer may not say, told by rules before anything is sent.

A message passes if it is one open question, or a request that is as good as one, in the language
of the conversation, with nothing beside it but thanks and what the person really said. So most of
what is forbidden is stopped for its shape; the rules that name it come first, for the record.

```
check       every rule in turn                     → Veto or None
├── message     sentences, quotes, length
├── held        what the person said, and so may be said again
└── rules       the expressions of a language, from rules/<language>.yaml
```
"""

from assistant.interviewing.guard.checking import check

__all__ = ["check"]
