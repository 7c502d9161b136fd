"""How long people take: to read what the bot wrote, to think, and to type.

Reading: 238 words a minute, most adults between 175 and 300 (Brysbaert 2019, 190 studies).
Typing: 36 words a minute on a phone (Palin et al. 2019, 37,000 people) or 52 at a desk (Dhakal et
al. 2018, 168,000 people), half of the people each, and up to 30 % slower or faster than that.
Thinking before an answer in words is our assumption: a median of 4 seconds, two thirds of the
pauses between 2.4 and 6.6. A button or a number takes 2 seconds after reading.
"""

from collections.abc import Sequence
from math import log
from random import Random

from assistant.questionnaires.models import n_words
from evals.conversations.respondents import Respondent

READS_WPM = 238
_THINKS_S, _SPREAD = 4.0, 0.5
_PRESSES_S = 2.0


def seconds(respondent: Respondent, shown: Sequence[str], typed: str, dice: Random) -> float:
    """How long it takes to read what was shown, and to answer."""
    reads = 60 * sum(map(n_words, shown)) / (READS_WPM * respondent.pace)
    if not typed:
        return reads + _PRESSES_S
    thinks = dice.lognormvariate(log(_THINKS_S), _SPREAD) / respondent.pace
    return reads + thinks + 60 * n_words(typed) / respondent.wpm
