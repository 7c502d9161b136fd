"""What a model replies about an interview, and about a batch."""

from typing import Annotated

from assistant.asking import Terse, most


class Said(Terse):
    """A line, and the rows it rests on."""

    text: str
    row_ids: Annotated[list[str], most(12)]


class InterviewReply(Terse):
    """An interview, worded."""

    situation: Annotated[list[Said], most(3)]
    timeline: Annotated[list[Said], most(8)]
    push: Annotated[list[Said], most(2)]
    pull: Annotated[list[Said], most(2)]
    anxiety: Annotated[list[Said], most(2)]
    habit: Annotated[list[Said], most(2)]
    moments: Annotated[list[Said], most(4)]


class BatchReply(Terse):
    """A batch, worded."""

    shared: Annotated[list[Said], most(6)]
    differs: Annotated[list[Said], most(6)]
    new: Annotated[list[Said], most(6)]
    alone: Annotated[list[Said], most(6)]
