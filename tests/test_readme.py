"""The README under test: its commands are the ones that run, and it names every option."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from kg.cli import app

COMMAND = re.compile(r"^python3 -m venv .*$", re.MULTILINE)


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


def documented() -> list[tuple[str, list[str]]]:
    found = commands(typer.main.get_command(app))
    return [
        (" ".join(words), [o for p in command.params for o in p.opts if o.startswith("-")])
        for words, command in found
    ]


def test_readme_opens_with_two_commands(readme: str) -> None:
    first, second = COMMAND.findall(readme.split("\n## ")[0])
    assert first.endswith("kg demo")
    assert "[dev]" in second
    assert second.endswith("pytest -q -n auto")


def test_ci_runs_the_second_command(readme: str, root: Path) -> None:
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r'grep -m1 -E "(.*)" README.md', script)
    assert pattern
    found = re.search(pattern[1], readme, re.MULTILINE)
    assert found
    line = readme[found.start() :].splitlines()[0]
    assert line == COMMAND.findall(readme)[1]
    assert (root / ".ci" / "run").stat().st_mode & 0o111
    assert not re.search(r"\bpip\b", script), "nothing else is installed by hand"


@pytest.mark.parametrize(("name", "options"), documented(), ids=[n for n, _ in documented()])
def test_every_command_and_option_is_documented(name: str, options: list[str], readme: str) -> None:
    section = re.search(rf"^### `kg {name}.*?(?=^##)", readme, re.MULTILINE | re.DOTALL)
    assert section, f"no section for kg {name}"
    text = section[0] + shared(readme)
    assert not [o for o in options if o.startswith("--") and f"`{o}" not in text]


def shared(readme: str) -> str:
    """The section on options that mean the same everywhere."""
    found = re.search(r"^### Options.*?(?=^###)", readme, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def test_readme_names_no_command_that_is_missing(readme: str) -> None:
    known = {name for name, _ in documented()}
    headings = re.findall(r"^### `kg ((?:[a-z]+ ?)+)", readme, re.MULTILINE)
    assert {heading.strip() for heading in headings} == known


def test_extra_dev_holds_every_other_extra(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    inside = " ".join(extras["dev"])
    assert all(f"unkg[{name}]" in inside for name in extras if name != "dev")


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)


def test_every_example_names_a_command_and_its_options(readme: str) -> None:
    """Also those that need a network, or documents that are not at hand."""
    known = dict(documented())
    lines = [line for block in blocks(readme, "sh") for line in block.splitlines()]
    examples = [shlex.split(line, comments=True) for line in lines if re.search(r"^\S*\bkg ", line)]
    assert len(examples) >= 10
    for words in examples:
        rest = words[[word.startswith("kg") for word in words].index(True) + 1 :]
        name = next(" ".join(rest[:n]) for n in (2, 1) if " ".join(rest[:n]) in known)
        used = [word.partition("=")[0] for word in rest if re.match("--?[a-z]", word)]
        assert not set(used) - set(known[name]), words


def test_fences_are_closed(readme: str) -> None:
    fences = re.findall(r"^```(\w*)$", readme, re.MULTILINE)
    assert all(language == "" for language in fences[1::2])
    assert len(fences) % 2 == 0


@pytest.fixture
def folder(samples: tuple[Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the README supposes it: documents in reports/, no store yet."""
    (tmp_path / "reports").mkdir()
    for path in samples:
        shutil.copy(path, tmp_path / "reports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UNKG_STORE", raising=False)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_first_steps_run(readme: str, root: Path) -> None:
    lines = [line for line in blocks(readme, "sh")[2].splitlines() if line.startswith("kg ")]
    assert len(lines) >= 5
    for line in lines:
        words = shlex.split(line, comments=True)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "kg", *words],
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr.decode())


@pytest.mark.usefixtures("folder")
def test_python_examples_run(readme: str, root: Path) -> None:
    for number, code in enumerate(blocks(readme, "python")):
        done = subprocess.run(
            [sys.executable, "-c", "import kg.nlp\n" * (number == 1) + code],
            env={**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert ("2 added", "A/RES/70/175", "blocs;")[number] in done.stdout
