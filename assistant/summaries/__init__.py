"""Sum up: a page for each interview and one for the whole batch, every line with its evidence."""

from assistant.summaries.batch import Batch, sum_up
from assistant.summaries.interviews import read
from assistant.summaries.models import (
    BatchSummary,
    Forces,
    InterviewSummary,
    Line,
    Saturation,
    Summaries,
)
from assistant.summaries.wording import Worded, word

__all__ = [
    "Batch",
    "BatchSummary",
    "Forces",
    "InterviewSummary",
    "Line",
    "Saturation",
    "Summaries",
    "Worded",
    "read",
    "sum_up",
    "word",
]
