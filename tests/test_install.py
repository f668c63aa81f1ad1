"""The wheel is complete: it holds what the command needs and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("unkg-*.whl"))


def test_wheel_holds_the_data(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = ("languages/*.toml", "queries/*.rq", "samples/**/*.txt", "view/templates/**/*")
    data = {str(p.relative_to(root)) for f in folders for p in (root / "kg").glob(f) if p.is_file()}
    assert data
    assert data <= names
    ontology = {p.relative_to(root / "ontology") for p in (root / "ontology").rglob("*.ttl")}
    assert {f"kg/_ontology/{path.as_posix()}" for path in ontology} <= names
    assert not [name for name in names if name.startswith(("tests/", "notebooks/"))]


def run(wheel: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in a folder that knows the project only by its unpacked wheel."""
    site = folder / "site"
    zipfile.ZipFile(wheel).extractall(site)
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_demo_runs_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    done = run(wheel, tmp_path, "-m", "kg", "demo")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "unkg-demo.html").stat().st_size > 10_000


def test_spacy_finds_the_components_by_itself(wheel: Path, tmp_path: Path) -> None:
    names = "unkg_citations", "unkg_instruments", "unkg_states"
    code = f"import spacy; nlp = spacy.blank('en'); [nlp.add_pipe(n) for n in {names}]"
    done = run(wheel, tmp_path, "-c", f"{code}; print(*nlp.pipe_names)")
    assert done.stdout.split() == list(names), done.stderr
