"""What is installed beside unkg: its licences, and why a version is held back.

The metadata of every package that unkg and its extras need on this machine is read, through all
their own needs. A licence that is not in the list below is an error until someone has read it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

FILE = Path(__file__).resolve().parent.parent / "pyproject.toml"

# Permissive, and those that bind only changes to the package's own files.
PERMISSIVE = {
    "0bsd", "apache", "apache 2.0", "apache license", "apache license 2.0", "apache-2.0",
    "apache software license", "boost-1.0", "bsd", "bsd license", "bsd-2-clause", "bsd-3-clause",
    "bsd 3-clause license", "bsl-1.0", "cc0-1.0", "hpnd", "isc", "isc license",
    "isc license (iscl)", "kiwi", "mit", "mit license", "mit-0", "mit-cmu", "ofl-1.1", "psf-2.0",
    "python software foundation license", "python-2.0", "unlicense", "zlib", "w3c-20150513",
}  # fmt: skip
FILE_BOUND = {"mpl-2.0", "mozilla public license 2.0 (mpl 2.0)"}
# Libraries that a wheel brings along, by the words of its licence text. The exception lets what
# GCC has compiled be under any licence; the LGPL binds the library alone, a file of its own.
BUNDLED = {
    "gpl-3.0-or-later with gcc-exception-3.1",
    "lgpl-2.1-or-later",
    "ftl",
    "bsd-3-clause-attribution",
    "bsd-3-clause-open-mpi",
    # Fonts and a library of matplotlib's, free to use and to pass on under their own names.
    "bakoma fonts licence",
    "bitstream-charter",
    "mit-modern-variant",
    "qhull",
}
# What the words of a package do not say, read by hand in the named file of its wheel.
READ = {
    # LICENSES/ of the wheel: PDFium's parts are BSD, Apache, MIT, FTL, IJG, libtiff, Zlib.
    "dependency licenses": "pypdfium2",
}


@cache
def project() -> dict[str, Any]:
    """The project's table in ``pyproject.toml``."""
    found: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))["project"]
    return found


def own() -> Iterator[Requirement]:
    """What unkg itself names, extras included."""
    for lines in (project()["dependencies"], *project()["optional-dependencies"].values()):
        yield from (one for one in map(Requirement, lines) if one.name != "unkg")


def _wanted(one: Requirement, extras: frozenset[str]) -> bool:
    return one.marker is None or any(
        one.marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


@cache
def installed() -> dict[str, Distribution]:
    """Every package that is needed here, however far down, by its name."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(one, frozenset[str]()) for one in own()]
    while waiting:
        one, extras = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        mine = frozenset(one.extras)
        if not _wanted(one, extras) or (name, mine) in seen:
            continue
        seen.add((name, mine))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # an extra that is not installed here; the continuous check has them all
        waiting += [(Requirement(need), mine) for need in found[name].requires or ()]
    return found


def said(metadata: Any) -> str:
    """A package's licence in its own words: the expression, the classifiers, or the first line."""
    classified = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    told = (metadata.get("License") or "").strip().splitlines()
    expression: str = metadata.get("License-Expression") or " OR ".join(classified)
    return expression or (told[0] if told else "")


def accepted(expression: str) -> bool:
    """Whether every part of an expression is in the lists, and one of its alternatives.

    >>> accepted("MIT OR GPL-3.0-only"), accepted("MIT AND GPL-3.0-only"), accepted("")
    (True, False, False)
    """
    known = PERMISSIVE | FILE_BOUND | BUNDLED | READ.keys()
    plain = expression.replace("(", " ").replace(")", " ") if " AND " in expression else expression
    return any(
        all(part.strip().lower() in known for part in re.split(r"\s+AND\s+|,(?=\s)", choice))
        for choice in re.split(r"\s+OR\s+", plain)
    )


def bundled(metadata: Any) -> Iterator[str]:
    """The licences of libraries that a wheel brings along, where its text lists them."""
    text = metadata.get("License") or ""
    for found in re.finditer(r"^[ \t]*License: (\S.*)$", text, re.MULTILINE):
        yield found[1].strip()


def test_most_of_what_is_needed_is_looked_at() -> None:
    names = set(installed())
    assert {"pyoxigraph", "pypdfium2", "spacy", "pydantic-core", "networkx"} <= names
    assert len(names) > 50


@pytest.mark.parametrize("name", sorted(installed()))
def test_licences_are_known_and_bind_no_one(name: str) -> None:
    metadata = installed()[name].metadata
    assert accepted(said(metadata)), f"{name}: {said(metadata)!r} is not in the lists"
    others = [one for one in bundled(metadata) if not accepted(one)]
    assert not others, f"{name} brings along {others}"


def test_licences_that_bind_the_whole_are_refused() -> None:
    for name in ("GPL-3.0-only", "AGPL-3.0-or-later", "GNU General Public License v3 (GPLv3)",
                 "MIT AND AGPL-3.0-only", "SSPL-1.0", "proprietary", ""):  # fmt: skip
        assert not accepted(name), name


def test_every_package_came_as_a_wheel() -> None:
    """Nothing is compiled on a user's machine, and nothing runs at its installation."""
    made = {name: one.read_text("WHEEL") for name, one in installed().items()}
    assert not [name for name, wheel in made.items() if not wheel]


def test_a_version_that_is_held_back_has_its_reason() -> None:
    """Above a requirement with ``<`` or ``==`` stands a comment that says why."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for one in own():
        if not any(part.operator in ("<", "<=", "==", "===", "~=") for part in one.specifier):
            continue
        place = next(n for n, line in enumerate(lines) if f'"{one.name}>' in line)
        assert lines[place - 1].lstrip().startswith("# "), f"why is {one} held back?"
