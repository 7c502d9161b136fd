"""Find a run of words in another, in time that grows with their number alone."""

from collections.abc import Iterator, Sequence


def occurrences(wanted: Sequence[str], said: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give the first and the last word of each run that is wanted, in order; they may overlap.

    What was compared once is never compared again (Knuth, Morris, Pratt: "Fast pattern matching in
    strings", 1977), for words that repeat ("no no no …") would cost their square.

    Example:
        >>> list(occurrences(["no", "no"], ["no", "no", "no", "yes"]))
        [(0, 1), (1, 2)]
    """
    if not wanted:
        return
    borders = _borders(wanted)
    matched = 0
    for at, word in enumerate(said):
        while matched and (matched == len(wanted) or word != wanted[matched]):
            matched = borders[matched - 1]
        if word == wanted[matched]:
            matched += 1
        if matched == len(wanted):
            yield at - matched + 1, at


def _borders(wanted: Sequence[str]) -> list[int]:
    """Give, for each beginning of a run, how much of its end it begins with again."""
    borders = [0]
    matched = 0
    for word in wanted[1:]:
        while matched and word != wanted[matched]:
            matched = borders[matched - 1]
        matched += word == wanted[matched]
        borders.append(matched)
    return borders
