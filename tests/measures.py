"""Measures of our own over the corpus, beside the scorer's: what needs no gold.

Sentences in six languages are held against the union of what the six say; recorded votes
against their own totals and against the other language; scans against what every resolution has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Records = Sequence[dict[str, Any]]
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def write_sentences(corpus: Path, folder: Path) -> list[Path]:
    """Each aligned sentence as a file of its own, ``LINE.LANGUAGE.txt``."""
    for language in LANGUAGES:
        lines = (corpus / "six_lang" / f"lines_1-2000.{language}.txt").read_text("utf-8")
        for number, line in enumerate(lines.splitlines(), 1):
            if line.strip():
                (folder / f"{number}.{language}.txt").write_text(line + "\n", "utf-8")
    return sorted(folder.iterdir())


def cited(record: dict[str, Any]) -> set[str]:
    """The targets a record cites."""
    return {
        citation["target"].upper()
        for text in record["texts"]
        for paragraph in text["paragraphs"]
        for citation in paragraph["citations"]
    }


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One measure: its name, its value from 0 to 1, what it counted, and what went wrong."""

    name: str
    hit: int
    total: int
    wrong: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """The share; 1 of nothing."""
        return self.hit / self.total if self.total else 1.0

    def __str__(self) -> str:
        return f"{self.name:34s} acc {self.value:.4f}                      {self.hit}/{self.total}"


def sentences(records: Records) -> Iterator[Measured]:
    """Each language against the union of the six; what differs, target by target."""
    found = _by_sentence(records)
    pairs = sorted({(int(n), t) for n, by in found.items() for ts in by.values() for t in ts})
    for language in LANGUAGES:
        lacking = [(n, t) for n, t in pairs if t not in found[str(n)].get(language, set())]
        wrong = tuple(f"{n} {t} in {_holders(found[str(n)], t)}" for n, t in lacking)
        yield Measured(
            name=f"citations of the union {language}",
            hit=len(pairs) - len(lacking),
            total=len(pairs),
            wrong=wrong,
        )


def named_sentences(records: Records) -> Iterator[Measured]:
    """The sentences that name an instrument in two languages or more: who names one there."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for record in records:
        number, language = Path(record["source"]).name.split(".")[:2]
        found[number][language] = {
            mention["target"]
            for paragraph in _paragraphs(record)
            for mention in paragraph["instruments"]
            if mention["target"]
        }
    named = [n for n, by in found.items() if sum(map(bool, by.values())) >= 2]
    for language in LANGUAGES:
        wrong = tuple(
            f"{n} {sorted(set().union(*found[n].values()))}"
            for n in sorted(named, key=int)
            if not found[n].get(language)
        )
        yield Measured(
            name=f"sentences with an instrument {language}",
            hit=len(named) - len(wrong),
            total=len(named),
            wrong=wrong,
        )


def _by_sentence(records: Records) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for record in records:
        number, language = Path(record["source"]).name.split(".")[:2]
        found[number][language] = cited(record)
    return found


def _holders(by: dict[str, set[str]], target: str) -> str:
    return " ".join(language for language in LANGUAGES if target in by.get(language, ()))


def _votes(record: dict[str, Any]) -> list[dict[str, Any]]:
    adopted = [p["adopted"] for p in record["proposals"] if p["adopted"]]
    return [a["vote"] for a in adopted if a.get("vote")]


_LISTS = (("for", "in_favour"), ("against", "against_states"), ("abstain", "abstaining"))


def _adds_up(vote: dict[str, Any]) -> bool:
    """Every list printed has its total; a vote may print totals and the abstaining only."""
    rolled = bool(vote["in_favour"])
    return all(vote[total] == len(vote[names]) for total, names in _LISTS if vote[names] or rolled)


def _ballots(found: list[dict[str, Any]]) -> list[Any]:
    """Votes to compare: each language prints the states in its own order."""
    return [[(vote[total], sorted(vote[names])) for total, names in _LISTS] for vote in found or []]


def votes(records: Records) -> Iterator[Measured]:
    """Recorded votes: lists as long as their totals, and equal in both languages."""
    seen: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    for record in records:
        seen[Path(record["source"]).name.split(".")[0]][record["language"]] = _votes(record)
    every = [
        (f"{name} {language} {[(v[n], len(v[k])) for n, k in _LISTS]}", _adds_up(v))
        for name, by in sorted(seen.items())
        for language, found in by.items()
        for v in found
    ]
    bad = tuple(shown for shown, good in every if not good)
    yield Measured(name="votes that add up", hit=len(every) - len(bad), total=len(every), wrong=bad)
    both = {name: by for name, by in seen.items() if any(by.values())}
    unlike = tuple(
        sorted(
            name for name, by in both.items() if _ballots(by.get("en")) != _ballots(by.get("fr"))
        )
    )
    yield Measured(
        name="votes equal in both languages",
        hit=len(both) - len(unlike),
        total=len(both),
        wrong=unlike,
    )


def scans(records: Records) -> Iterator[Measured]:
    """Scanned resolutions: how many have paragraphs of both kinds, and what they cite."""
    for kind in ("preambular", "operative"):
        lacking = tuple(
            r["source"] for r in records if all(p["kind"] != kind for p in _paragraphs(r))
        )
        yield Measured(
            name=f"documents with {kind}",
            hit=len(records) - len(lacking),
            total=len(records),
            wrong=lacking,
        )
    targets = [target for r in records for target in cited(r)]
    council = sum(target.startswith("S/RES/") for target in targets)
    yield Measured(name="of the Security Council", hit=council, total=len(targets))


def _paragraphs(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for text in record["texts"]:
        yield from text["paragraphs"]
