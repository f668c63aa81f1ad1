"""Measures of our own over the corpus, beside the scorer's: what needs no gold.

Sentences in six languages are held against the union of what the six say; recorded votes
against their own totals and against the other language; scans against what every resolution has.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Records = Sequence[dict[str, Any]]
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")


def write_sentences(corpus: Path, folder: Path) -> list[Path]:
    """Each aligned sentence as a file of its own, ``LINE.LANGUAGE.txt``."""
    for language in LANGUAGES:
        lines = (corpus / "six_lang" / f"lines_1-2000.{language}.txt").read_text("utf-8")
        for number, line in enumerate(lines.splitlines(), 1):
            if re.search(r"[0-9\u0660-\u0669]", line):
                (folder / f"{number}.{language}.txt").write_text(line + "\n", "utf-8")
    return [folder]


def cited(record: dict[str, Any]) -> set[str]:
    """The targets a record cites."""
    return {
        citation["target"].upper()
        for text in record["texts"]
        for paragraph in text["paragraphs"]
        for citation in paragraph["citations"]
    }


def sentences(records: Records) -> Iterator[str]:
    """Each language against the union of the six, and against what three or more say."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for record in records:
        number, language = Path(record["source"]).name.split(".")[:2]
        found[number][language] = cited(record)
    votes = {n: Counter(t for ts in by.values() for t in ts) for n, by in found.items()}
    union = sum(len(targets) for targets in votes.values())
    for language in LANGUAGES:
        own = [(n, t) for n, by in found.items() for t in by.get(language, ())]
        shared = sum(votes[n][t] >= 3 for n, t in own)
        known = sum(count >= 3 for targets in votes.values() for count in targets.values())
        alone = sum(votes[n][t] == 1 for n, t in own)
        yield (
            f"citations {language:27s} of the union {len(own) / union if union else 1:.4f} "
            f"({len(own)}/{union})  of what three say {shared / known if known else 1:.4f} "
            f"({shared}/{known})  said alone {alone}"
        )


def differing_sentences(records: Records) -> Iterator[str]:
    """The sentences whose citations differ: line, then each language's own set."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for record in records:
        number, language = Path(record["source"]).name.split(".")[:2]
        found[number][language] = cited(record)
    for number in sorted(found, key=int):
        sets = [found[number].get(language, set()) for language in LANGUAGES]
        everything = set().union(*sets)
        for target in sorted(everything):
            lacking = [la for la, own in zip(LANGUAGES, sets, strict=True) if target not in own]
            if lacking:
                yield f"      missing  {number} {target} in {' '.join(lacking)}"


def _votes(record: dict[str, Any]) -> list[dict[str, Any]]:
    adopted = [p["adopted"] for p in record["proposals"] if p["adopted"]]
    return [a["vote"] for a in adopted if a.get("vote")]


_LISTS = (("for", "in_favour"), ("against", "against_states"), ("abstain", "abstaining"))


def votes(records: Records) -> Iterator[str]:
    """Recorded votes: lists as long as their totals, and equal in both languages."""
    seen: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(dict)
    added = total = 0
    wrong = []
    for record in records:
        name = Path(record["source"]).name.split(".")[0]
        seen[name][record["language"]] = _votes(record)
        for vote in _votes(record):
            total += 1
            good = all(vote[n] in (None, len(vote[names])) for n, names in _LISTS)
            added += good
            if not good:
                wrong.append(
                    (name, record["language"], [(vote[n], len(vote[k])) for n, k in _LISTS])
                )
    yield _share("votes that add up", added, total)
    yield from (f"      missing  {item}" for item in wrong)
    both = {name: by for name, by in seen.items() if any(by.values())}
    same = [name for name, by in both.items() if by.get("en") == by.get("fr")]
    yield _share("votes equal in both languages", len(same), len(both))
    yield from (f"      missing  {name}" for name in sorted(set(both) - set(same)))


def scans(records: Records) -> Iterator[str]:
    """Scanned resolutions: how many have paragraphs of both kinds, and what they cite."""
    for kind in ("preambular", "operative"):
        have = [r for r in records if any(p["kind"] == kind for p in _paragraphs(r))]
        yield _share(f"documents with {kind}", len(have), len(records))
        lacking = {r["source"] for r in records} - {r["source"] for r in have}
        yield from (f"      missing  {name}" for name in sorted(lacking))
    targets = [target for r in records for target in cited(r)]
    council = sum(target.startswith("S/RES/") for target in targets)
    yield f"{'citations':34s} {len(targets)}, of the Security Council {council}"


def _share(name: str, hit: int, total: int) -> str:
    return f"{name:34s} acc {hit / total if total else 1:.4f}                      {hit}/{total}"


def _paragraphs(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for text in record["texts"]:
        yield from text["paragraphs"]
