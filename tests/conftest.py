"""What several tests share: where the corpus lies, and the project's own samples."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The corpus beside the project; the test is skipped where there is none."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}")
    return folder


@pytest.fixture(scope="session")
def samples() -> tuple[Path, ...]:
    """The two sample reports, sorted by name."""
    return tuple(sorted((ROOT / "kg" / "samples").glob("*.txt")))
