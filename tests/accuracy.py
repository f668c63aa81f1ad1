"""Score the extraction over the corpus beside the project, and show what changed.

    python tests/accuracy.py               scores, then facts gained and lost against the baseline
    python tests/accuracy.py report-zh     one set only
    python tests/accuracy.py --misses 20   with the first missing and spurious items
    python tests/accuracy.py --table       the README's table of accuracy, in Markdown
    python tests/accuracy.py --update      accept the facts found now as the new baseline

The corpus and the scorer lie at ``../shared``. The baseline holds facts only (identifiers,
numbers, dates), one compact JSON array a line, never the documents' text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import measures
from sets import CORPUS, SETS, SHARED, TABLE, Set

from kg.pipeline import extract_paths
from kg.record import as_line

ROOT = Path(__file__).resolve().parent.parent
BASELINE = ROOT / "tests" / "baseline"
Fact = tuple[Any, ...]


def main() -> int:
    options = _options()
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}: nothing to score", file=sys.stderr)
        return 2
    if options.table:
        print("\n".join(table()))
        return 0
    changed = False
    for chosen in SETS:
        if options.sets and chosen.name not in options.sets:
            continue
        changed |= run(chosen, misses=options.misses, update=options.update, limit=options.limit)
    return 1 if changed and not options.update else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", help=f"of {', '.join(s.name for s in SETS)}")
    parser.add_argument("--misses", type=int, default=0, help="items to show for each measure")
    parser.add_argument("--limit", type=int, default=40, help="gained and lost facts to show")
    parser.add_argument("--table", action="store_true", help="print the README's table")
    parser.add_argument("--update", action="store_true", help="write the facts as the baseline")
    return parser.parse_args()


def run(chosen: Set, *, misses: int = 0, update: bool = False, limit: int = 40) -> bool:
    """Score one set and compare it with its baseline; True where facts changed."""
    print(f"== {chosen.name}")
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        extract(chosen, records, Path(folder) / "files")
        if records.stat().st_size:
            for line in score(chosen, records, misses=misses):
                print(line)
        facts = [f for f in facts_of(records) if not chosen.kinds or f[2] in chosen.kinds]
        found = {_line(fact) for fact in facts}
    return compare(chosen.name, found, update=update, limit=limit)


def extract(chosen: Set, records: Path, folder: Path) -> None:
    """The records of a set's files, each as ``kg extract`` prints it."""
    paths = [path for pattern in chosen.files for path in sorted(CORPUS.glob(pattern))]
    if chosen.build:
        folder.mkdir()
        paths += chosen.build(CORPUS, folder)
    lines = [extracted(path) for path in paths]
    records.write_text("".join(line for line in lines if line), encoding="utf-8")


@cache
def extracted(path: Path) -> str:
    """One file's record as a line; sets that share a document share it. Empty if it failed."""
    (outcome,) = extract_paths([path])
    if outcome.record is None:
        print(f"  {outcome.error}", file=sys.stderr)
        return ""
    return as_line(outcome.record) + "\n"


def score(chosen: Set, records: Path, *, misses: int) -> Iterator[str]:
    for words in chosen.scores:
        done = _scored(words, records, "--misses", str(misses))
        yield from (line for line in done.stdout.splitlines() if _wanted(line, chosen.shown))
        yield from done.stderr.splitlines()[-3:]
    for measured in own(chosen, records):
        yield str(measured)
        yield from (f"      missing  {item}" for item in measured.wrong[:misses])


def own(chosen: Set, records: Path) -> Iterator[measures.Measured]:
    """The set's own measures of the records."""
    read = [json.loads(line) for line in records.read_text(encoding="utf-8").splitlines()]
    for measure in chosen.measures:
        yield from measure(read)


@cache
def values(chosen: Set) -> dict[str, float]:
    """Every measure of a set as a number: F1, or the share that is right."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        extract(chosen, records, Path(folder) / "files")
        found = {measured.name: measured.value for measured in own(chosen, records)}
        for words in chosen.scores if records.stat().st_size else ():
            for name, row in json.loads(_scored(words, records, "--json").stdout).items():
                found[name] = row.get("acc", row.get("f1"))
                found |= {f"{name} {part}": row[part] for part in "pr" if part in row}
    return {name: value for name, value in found.items() if chosen.shown.strip() in name}


def _scored(words: Sequence[str], records: Path, *options: str) -> subprocess.CompletedProcess[str]:
    named = [_argument(word, records) for word in words]
    command = [sys.executable, str(SHARED / "score" / "score.py"), *named, *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _argument(word: str, records: Path) -> str:
    if word == "{truth}":
        return str(records.parent / "files" / "truth.json")
    if word.startswith("{"):
        return str(_of_language(records, word[1:-1]) if word != "{}" else records)
    return str(CORPUS / word) if "/" in word or word.endswith(".csv") else word


def _of_language(records: Path, language: str) -> Path:
    path = records.with_suffix(f".{language}.jsonl")
    lines = records.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["language"] == language]
    path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    return path


def _wanted(line: str, shown: str) -> bool:
    if not shown:
        return True
    return shown in line or (line.startswith("      ") and f".{shown.strip()}." in line)


def table() -> Iterator[str]:
    """The table of accuracy, a language a column, as Markdown."""
    wanted = {name for _, cells in TABLE for name, _ in cells.values()}
    found = {chosen.name: values(chosen) for chosen in SETS if chosen.name in wanted}
    yield f"| | {' | '.join(measures.LANGUAGES)} |"
    yield f"|---|{'---|' * len(measures.LANGUAGES)}"
    for name, cells in TABLE:
        row = [
            f"{found[cells[la][0]].get(cells[la][1], 0):.3f}" if la in cells else ""
            for la in measures.LANGUAGES
        ]
        yield f"| {name} | {' | '.join(row)} |"


def compare(name: str, lines: set[str], *, update: bool, limit: int) -> bool:
    """Print the facts gained and lost against the baseline; True where there are any."""
    path = BASELINE / f"{name}.jsonl"
    known = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()
    gained, lost = sorted(lines - known), sorted(known - lines)
    print(f"facts {len(lines)}, gained {len(gained)}, lost {len(lost)}")
    for sign, changed in (("+", gained), ("-", lost)):
        for line in changed[:limit]:
            print(f"  {sign} {line}")
        if len(changed) > limit:
            print(f"  {sign} … {len(changed) - limit} more")
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    return bool(gained or lost)


def _line(fact: Fact) -> str:
    return json.dumps(fact, ensure_ascii=False, separators=(",", ":"))


def facts_of(records: Path) -> Iterator[Fact]:
    """Every fact of the records as a flat tuple: document, place, kind of fact, values."""
    for line in records.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        name = record["source"]
        for fact in _facts(record):
            yield (name, *fact)


def _facts(record: dict[str, Any]) -> Iterator[Fact]:
    for key, value in record["document"].items():
        if value not in (None, []) and key not in ("title", "rapporteur"):
            yield ("document", key, value)
    for symbol in record["documents_considered"]:
        yield ("document", "considered", symbol)
    for item in record["unresolved"]:
        yield ("unresolved", item["reason"], _fold(item["text"]), item["candidates"])
    for number, proposal in enumerate(record["proposals"], 1):
        yield from _proposal_facts(proposal.get("symbol") or f"proposal {number}", proposal)
    for text in record["texts"]:
        for paragraph in text["paragraphs"]:
            place = f"{text['label'] or ''} {paragraph['kind']} {paragraph['n']}".strip()
            yield from _paragraph_facts(place, paragraph)


def _proposal_facts(place: str, proposal: dict[str, Any]) -> Iterator[Fact]:
    for key, value in proposal.items():
        if key in ("evidence", "title", "symbol") or value in (None, [], False):
            continue
        many = value if isinstance(value, list) else [value]
        yield from ((place, key, item) for item in many)


def _paragraph_facts(place: str, paragraph: dict[str, Any]) -> Iterator[Fact]:
    if paragraph["verb"]:
        yield (place, "verb", paragraph["verb"])
    for item in paragraph["citations"]:
        yield (place, "cites", item["target"], item["via"], item["date"], item["doubt"])
    for item in paragraph["instruments"]:
        unts = [[unit["volume"], unit["number"]] for unit in item["unts"]]
        yield (place, "names", item["target"] or _fold(item["name"]), item["via"], unts)
    for item in paragraph["states"]:
        yield (place, "state", item["target"])
    for item in paragraph["requests"]:
        asked = [a["target"] or _fold(a["name"]) for a in item["addressees"]]
        yield (place, "asks", item["modality"], asked, item["report"], item["due"])


def _fold(text: str) -> str:
    """A short stand-in for printed words, so that the baseline holds none of the corpus."""
    return "?" + hashlib.sha256(text.encode()).hexdigest()[:8]


if __name__ == "__main__":
    sys.exit(main())
