"""`python -m evals.conversations`: hold the conversations, and write docs/conversations.md.

Ends with 1 where a figure is not what it must be.
"""

import argparse
import sys
from pathlib import Path

from evals.conversations import report
from evals.conversations.listening import with_reader

PAGE = Path("docs/conversations.md")


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=300, help="how many people are asked")
    parser.add_argument("--seed", type=int, default=1, help="other people, by another number")
    parser.add_argument("--dry", action="store_true", help="print the figures, write nothing")
    asked = parser.parse_args()
    done = report.run(asked.n, asked.seed, with_reader())
    for figure in done.figures:
        mark = "" if figure.is_reached else "  NOT REACHED"
        print(f"{figure.name:45}{figure.value:9.3f} of {figure.of:5}  {figure.must}{mark}")
    print(f"in {done.seconds:.0f} s")
    if not asked.dry:
        PAGE.write_text(report.page(done), encoding="utf-8")
        print(f"wrote {PAGE}")
    sys.exit(not all(figure.is_reached for figure in done.figures))


if __name__ == "__main__":
    main()
