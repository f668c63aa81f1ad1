"""A writer killed at random moments: a few of the 200 times of ``python tests/kills.py``."""

from __future__ import annotations

from pathlib import Path

from tests import kills


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    assert kills.run(tmp_path / "store", times=4, seed=5) > 10
