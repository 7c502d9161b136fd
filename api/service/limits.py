"""How often: a bucket for each survey key, visitor and address, in memory and nowhere else."""

import time
from collections import OrderedDict
from collections.abc import Callable

_BUCKETS = 50_000
"""So many are remembered; the one that was used longest ago is forgotten first."""


class Rate:
    """So many a minute, and so many at once.

    A bucket holds as many as may come at once, and fills by the minute's number.
    """

    def __init__(
        self, a_minute: int, at_once: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_s, self._at_once, self._clock = a_minute / 60, max(at_once, 1), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, who: str) -> float:
        """Take one for `who`: 0 where there is one, else the seconds until there is."""
        now = self._clock()
        left, then = self._buckets.pop(who, (float(self._at_once), now))
        left = min(self._at_once, left + (now - then) * self._per_s)
        wait = 0.0 if left >= 1 else (1 - left) / self._per_s
        self._buckets[who] = (left if wait else left - 1, now)
        if len(self._buckets) > _BUCKETS:
            self._buckets.popitem(last=False)
        return wait
