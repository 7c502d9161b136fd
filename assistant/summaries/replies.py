"""What a model replies about an interview, and about a batch."""

from assistant.asking import Terse


class Said(Terse):
    """A line, and the rows it rests on."""

    text: str
    row_ids: list[str]


class InterviewReply(Terse):
    """An interview, worded."""

    situation: list[Said]
    timeline: list[Said]
    push: list[Said]
    pull: list[Said]
    anxiety: list[Said]
    habit: list[Said]
    moments: list[Said]


class BatchReply(Terse):
    """A batch, worded."""

    shared: list[Said]
    differs: list[Said]
    new: list[Said]
    alone: list[Said]
