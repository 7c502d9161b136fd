"""A process that is killed at any moment takes nothing with it that it has acknowledged."""

from evals.kills import hold


def test_what_was_acknowledged_outlives_the_process() -> None:
    left = hold(kills=8)

    assert left.tally.acknowledged > left.conversations
    assert left.again > 0, "no request met a process that was killed"
    assert (left.tally.lost, left.tally.doubled, left.stuck) == (0, 0, 0)
