"""Listening: what an answer says, and what it says beside that.

```
Listening    hear(text, conversation)           → Heard
├── Attentive    rules of nine languages, and a reader for kinds and feelings
└── cues         the expressions, from cues/<language>.yaml
```
"""

from assistant.interviewing.listening.attentive import Attentive, Listening, Reader

__all__ = ["Attentive", "Listening", "Reader"]
