"""The demonstration: two sample reports become a graph, a chain, a table and a page."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).resolve().parent / "samples"


def sample_paths() -> tuple[Path, ...]:
    """The project's own sample reports, sorted by name.

    >>> [path.name for path in sample_paths()]
    ['A_97_512.en.txt', 'A_98_447.zh.txt']
    """
    return tuple(sorted(SAMPLES.glob("*.txt")))
