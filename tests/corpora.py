"""Score inputs made from the catalogue of sponsors: one file a printed list, and the truth.

The catalogue (UN Digital Library) splits each draft's printed list of sponsors itself; notes of
additional sponsors are free text and are split here by the plainest means there is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.authority import load_authority

# How the catalogue names states, where the UN's lists of names differ.
CATALOGUE = {
    "United States": "United States of America",
    "United Kingdom": "United Kingdom of Great Britain and Northern Ireland",
    "Bahamas (The)": "Bahamas",
}


def write_sponsors(corpus: Path, folder: Path) -> Path:
    """The printed sponsor lists of the clean records as files, and ``truth.json``; its path."""
    return _write(folder, _sponsors(corpus))


def write_notes(corpus: Path, folder: Path) -> Path:
    """The notes of additional sponsors as files, and ``truth.json``; its path."""
    return _write(folder, _notes(corpus))


def _write(folder: Path, rows: Iterable[tuple[str, str, list[str]]]) -> Path:
    names = _names()
    truth: dict[str, list[str]] = {}
    for name, text, states in rows:
        (folder / f"{name}.en.txt").write_text(text + "\n", "utf-8")
        truth[name] = [names[CATALOGUE.get(state, state)] for state in states]
    path = folder / "truth.json"
    path.write_text(json.dumps(truth, ensure_ascii=False), "utf-8")
    return path


def _records(corpus: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((corpus / "sponsors_ga78.json").read_text("utf-8"))
    return records


def _names() -> Mapping[str, str]:
    named = load_authority().names("state", "en")
    return {name: keys[0] for name, keys in named.items() if len(keys) == 1}


def _sponsors(corpus: Path) -> Iterator[tuple[str, str, list[str]]]:
    for record in _records(corpus):
        if record["clean"]:
            name = record["symbol"][0].replace("/", "_")
            yield name, ", ".join(record["resp"]), record["initial_sponsors_710"]


def _notes(corpus: Path) -> Iterator[tuple[str, str, list[str]]]:
    for record in _records(corpus):
        for number, note in enumerate(record["notes_515"]):
            name = f"{record['symbol'][0].replace('/', '_')}_note{number}"
            yield name, note, list(_split(note))


def _split(note: str) -> Iterator[str]:
    """The states of an "Additional sponsors" note: what stands between commas and "and"."""
    found = re.match(r"Additional sponsors: (.*?)(?: \(A/[^()]*\))?\.", note)
    named = _names()
    for part in re.split(r", ", found[1]) if found else ():
        if part in named or part in CATALOGUE:
            yield part
        else:
            first, _, last = part.rpartition(" and ")
            yield from (first, last)
