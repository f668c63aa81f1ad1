"""What DuckDB makes of the Parquet edges that ``kg export`` writes: a state's co-sponsors.

    python tests/duckdb_edges.py [--scale 1] [--seed 7] [--state KEN]

Writes the sponsorships of the generated corpus (``corpus_generator``; 1 is 1.2 million) with the
export's own writer, asks DuckDB, prints the milliseconds of seven runs in order, and compares
the answer with a count in plain Python.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from corpus_blocs import drafts  # noqa: E402
from corpus_plan import resolutions  # noqa: E402

from kg.export.parquet import write_parquet  # noqa: E402
from kg.export.tables import Table  # noqa: E402
from kg.iri import state_iri  # noqa: E402
from kg.symbol import parse  # noqa: E402

Edge = tuple[str, str, str, str | None, str | None]
# The question as the README prints it.
COSPONSORS = """
SELECT source AS state, count(*) AS drafts FROM 'sponsorships.parquet'
WHERE target IN (SELECT target FROM 'sponsorships.parquet'
                 WHERE source = 'https://w3id.org/unkg/state/KEN')
  AND source <> 'https://w3id.org/unkg/state/KEN'
GROUP BY state ORDER BY drafts DESC, state
"""


def edges(scale: float, seed: int) -> Iterator[Edge]:
    """Sponsor, draft, tier, meeting, words: the columns of ``kg export --network sponsorships``."""
    rng = Random(seed)
    for draft in drafts(resolutions(scale, rng), scale, rng):
        target = parse(draft.symbol).iri
        for state, tier in draft.sponsors:
            yield state_iri(state), target, tier, str(draft.meeting), None


def write(folder: Path, *, scale: float, seed: int) -> list[Edge]:
    """The edges, written as ``sponsorships.parquet``."""
    rows = list(edges(scale, seed))
    names = ("source", "target", "tier", "meeting", "quote")
    with (folder / "sponsorships.parquet").open("wb") as out:
        write_parquet(Table(columns=dict.fromkeys(names, "text"), rows=lambda: rows), out)
    return rows


def asked(folder: Path, state: str) -> list[tuple[str, int]]:
    """DuckDB's answer over the file."""
    import duckdb

    sql = COSPONSORS.replace("'sponsorships", f"'{folder}/sponsorships")
    sql = sql.replace(state_iri("KEN"), state_iri(state))
    found: list[tuple[str, int]] = duckdb.sql(sql).fetchall()
    return found


def counted(rows: list[Edge], state: str) -> list[tuple[str, int]]:
    """The same, counted in plain Python."""
    sponsors: defaultdict[str, set[str]] = defaultdict(set)
    for source, target, *_ in rows:
        sponsors[target].add(source)
    own = state_iri(state)
    found = Counter(other for names in sponsors.values() if own in names for other in names - {own})
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--state", default="KEN")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        rows = write(Path(scratch), scale=given.scale, seed=given.seed)
        size = (Path(scratch) / "sponsorships.parquet").stat().st_size
        times = []
        for _ in range(7):
            start = time.perf_counter()
            answer = asked(Path(scratch), given.state)
            times.append(1000 * (time.perf_counter() - start))
    start = time.perf_counter()
    plain = counted(rows, given.state)
    python = 1000 * (time.perf_counter() - start)
    print(f"{len(rows):,} sponsorships, {size / 1e6:.1f} MB; {len(answer)} co-sponsors")
    print("DuckDB:", ", ".join(f"{ms:.0f}" for ms in sorted(times)), f"ms; Python: {python:.0f} ms")
    print("equal" if answer == plain else "not equal")
    return 0 if answer == plain else 1


if __name__ == "__main__":
    sys.exit(main())
