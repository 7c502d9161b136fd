"""Measure, and fail where a figure is not as it must be."""

import argparse
import sys
from pathlib import Path

from evals.llm_bench import figures

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the texts lie")
    sys.exit(figures.hold(parser.parse_args().data))
