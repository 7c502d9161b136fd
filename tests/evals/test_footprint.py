"""What is installed is counted whole, and put down to what it is of."""

from pathlib import Path

from evals.footprint import sizes_below


def test_every_file_below_counts_for_what_it_is_of(tmp_path: Path) -> None:
    (tmp_path / "large/inside").mkdir(parents=True)
    (tmp_path / "large/a.so").write_bytes(bytes(2_000_000))
    (tmp_path / "large/inside/b.so").write_bytes(bytes(1_000_000))
    (tmp_path / "one.py").write_bytes(bytes(500_000))

    assert sizes_below(tmp_path) == {"large": 3_000_000, "one.py": 500_000}
