"""Two builds of the same files are the same, byte for byte; so is one that was killed."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from pathlib import Path

from build_kills import ROOT, run

from kg.demo import sample_paths
from kg.store import Store


def _locales() -> tuple[str, str]:
    """Two locales that differ as much as this machine allows."""
    here = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "tr_TR.UTF-8")
        return "C", "tr_TR.UTF-8"
    except locale.Error:
        return "C", "C.UTF-8"
    finally:
        locale.setlocale(locale.LC_ALL, here)


def built(store: Path, *, seed: str, language: str, jobs: str) -> bytes:
    """The statements of a store built in a process with a hash seed, a locale and jobs."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "kg",
            "build",
            *map(str, sample_paths()),
            "--store",
            str(store),
            "--jobs",
            jobs,
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    with Store.open(store) as opened:
        return opened.nquads() + "\n".join(sorted(map(str, opened._database))).encode()


def test_seed_locale_and_jobs_change_nothing(tmp_path: Path) -> None:
    one, other = _locales()
    first = built(tmp_path / "first", seed="1", language=one, jobs="1")
    assert len(first) > 50_000
    assert built(tmp_path / "second", seed="2", language=other, jobs="2") == first


def test_a_killed_build_goes_on_where_it_was(tmp_path: Path) -> None:
    hits, _ = run(tmp_path, times=3, seed=5)
    assert hits >= 1
