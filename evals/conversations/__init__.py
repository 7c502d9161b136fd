"""How well the interviewer listens: simulated conversations against a form, and the guard on trial.

```
python -m evals.conversations
├── respondents   who is asked, what they know, how they are          by a seed
│   └── stories       the words they have, in nine languages
├── telling       what they say to what they are asked                → replies
├── clock         how long that takes them
├── listening     the listening that ships, each text read once
├── holding       one conversation, start to end                      → Held
├── form          what the same people write into a form
├── figures       what all of it comes to
├── misbehaving   a generator that breaks every rule, and questions that break none
├── held_out      the guard on messages that its rules were not made with
└── report        docs/conversations.md
```
"""
