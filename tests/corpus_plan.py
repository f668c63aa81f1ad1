"""The plan of a generated corpus: which resolutions there are, and which cites which.

Everything is drawn from one ``random.Random``, so that a seed gives the same corpus wherever it
is drawn. Shapes: as many resolutions a session as the General Assembly adopts, growing to 300;
titles that come back year after year; citations by age and by fame (a new text takes over much
of last year's and otherwise cites what is cited already), so that few documents have most of
them.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import chain
from random import Random

from corpus_words import COMMITTEES, OPENINGS, QUALIFIERS, SUBJECTS

from kg.authority import load_authority

RESOLUTIONS, CITATIONS, SESSIONS = 25_000, 400_000, 80
SHARES = {"GA": 0.72, "ECOSOC": 0.13, "SC": 0.09, "HRC": 0.06}


@dataclass(slots=True)
class Resolution:
    """A resolution to be written; ``number`` counts within its session or year."""

    symbol: str
    organ: str
    session: int
    adopted: date
    committee: str
    item: str
    meeting: int
    printed: str
    title: str = ""
    family: int = -1
    before: Resolution | None = None
    subject: int = 0
    targets: list[tuple[Resolution | str, bool]] = field(default_factory=list)


@cache
def roman(number: int) -> str:
    """A session in Roman numerals.

    >>> roman(30)
    'XXX'
    """
    pairs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    found = ""
    for value, sign in pairs:
        found += sign * (number // value)
        number %= value
    return found


def shares(weights: Sequence[float], total: int) -> list[int]:
    """Whole numbers in proportion to weights that add up to ``total`` exactly.

    >>> shares([1.0, 1.0, 2.0], 8)
    [2, 2, 4]
    """
    whole, found, running, given = sum(weights), [], 0.0, 0
    for weight in weights:
        running += weight
        upto = min(total, math.floor(total * running / whole + 1e-9))
        found.append(upto - given)
        given = upto
    if found:
        found[-1] += total - given
    return found


def resolutions(scale: float, rng: Random) -> list[Resolution]:
    """All resolutions in order of adoption, with titles and families."""
    sizes = {organ: round(RESOLUTIONS * scale * share) for organ, share in SHARES.items()}
    sizes["GA"] += round(RESOLUTIONS * scale) - sum(sizes.values())
    found = [
        *_assembly(sizes["GA"], rng),
        *_council(sizes["ECOSOC"], rng),
        *_security(sizes["SC"], rng),
        *_rights(sizes["HRC"], rng),
    ]
    found.sort(key=lambda r: (r.adopted, r.organ, r.symbol))
    _name(found, rng)
    return found


def _assembly(total: int, rng: Random) -> Iterator[Resolution]:
    sizes = shares([100 + 200 * ((s - 1) / 79) ** 0.6 for s in range(1, SESSIONS + 1)], total)
    running = 0
    for session, size in enumerate(sizes, start=1):
        for number in range(1, size + 1):
            running += 1
            text = f"{session}/{number}" if session > 30 else f"{running} ({roman(session)})"
            symbol = f"A/RES/{text.replace(' ', '')}"
            day = date(1945 + session, 10, 1) + timedelta(days=int(90 * (number / size) ** 0.7))
            committee = COMMITTEES[rng.choices(range(7), (20, 12, 12, 26, 10, 12, 8))[0]]
            yield Resolution(
                symbol, "GA", session, day, committee, "", 20 + number * 60 // size, text
            )


def _council(total: int, rng: Random) -> Iterator[Resolution]:
    sizes = shares([0.6 + min(1.0, year / 30) for year in range(SESSIONS)], total)
    running = 0
    for offset, size in enumerate(sizes):
        year = 1946 + offset
        for number in range(1, size + 1):
            running += 1
            session = 2 * offset + 1 + (number > size / 2)
            early = year < 1978
            text = f"{running} ({roman(session)})" if early else f"{year}/{number}"
            day = date(year, 7, 1) + timedelta(days=rng.randrange(28))
            symbol = f"E/RES/{text.replace(' ', '')}"
            yield Resolution(symbol, "ECOSOC", year, day, "", "", 10 + number // 8, text)


def _security(total: int, rng: Random) -> Iterator[Resolution]:
    sizes = shares([0.25 if year < 44 else 1.0 for year in range(SESSIONS)], total)
    running = 0
    for offset, size in enumerate(sizes):
        for number in range(1, size + 1):
            running += 1
            year = 1946 + offset
            day = date(year, 1, 10) + timedelta(days=350 * number // (size + 1))
            text = f"{running} ({year})"
            symbol = f"S/RES/{running}({year})"
            yield Resolution(symbol, "SC", year, day, "", "", 40 * offset + number, text)


def _rights(total: int, rng: Random) -> Iterator[Resolution]:
    sizes = shares([0.4 + session / 60 for session in range(1, 61)], total)
    for session, size in enumerate(sizes, start=1):
        year, month = 2006 + (session - 1) // 3, (3, 6, 9)[(session - 1) % 3]
        for number in range(1, size + 1):
            text = f"{session}/{number}"
            day = date(year, month, 20) + timedelta(days=number * 7 // (size + 1))
            yield Resolution(
                f"A/HRC/RES/{text}", "HRC", session, day, "", "", 30 + number // 8, text
            )


def _name(found: list[Resolution], rng: Random) -> None:
    """Titles: half of the texts come back, each a year (or two, three) after the last."""
    living: dict[tuple[str, str], list[tuple[int, int, Resolution]]] = defaultdict(list)
    families = 0
    combined = [f"{o} {s}{q}" for q in QUALIFIERS for o in OPENINGS for s in SUBJECTS]
    fresh = rng.sample(range(len(combined)), min(len(found), len(combined)))
    for this in found:
        due = living[this.organ, this.committee]
        year = this.adopted.year
        while due and due[0][0] < year - 2:
            heapq.heappop(due)
        again = 0.62 if this.organ != "SC" else 0.5
        if due and due[0][0] <= year and rng.random() < again:
            _, family, before = heapq.heappop(due)
            this.title, this.family, this.before = before.title, family, before
            this.subject, this.item = before.subject, before.item
            lives = rng.random() < 0.93
        else:
            at = fresh.pop() if fresh else rng.randrange(len(combined))
            this.title, this.subject = combined[at], at % len(SUBJECTS)
            this.family, families = families, families + 1
            lives = rng.random() < 0.45
        this.item = str(9 + this.subject * 2 + this.adopted.year % 3) + rng.choice(
            ("", "", " (a)", " (b)", " (c)")
        )
        if lives:
            step = rng.choices((1, 2, 3), (70, 22, 8))[0]
            heapq.heappush(due, (year + step, this.family, this))


@dataclass(slots=True)
class _Fame:
    """What has been cited so far: drawing from the lists draws by how often it was."""

    everywhere: list[Resolution] = field(default_factory=list)
    by_subject: defaultdict[int, list[Resolution]] = field(
        default_factory=lambda: defaultdict(list)
    )
    recent: defaultdict[int, list[Resolution]] = field(default_factory=lambda: defaultdict(list))


def cite(found: Sequence[Resolution], scale: float, rng: Random) -> None:
    """Give each resolution its targets: (resolution or instrument, whether as a predecessor)."""
    total = round(CITATIONS * scale)
    weights = [
        (0.25 + ((r.adopted.year - 1945) / 80) ** 1.3) * rng.lognormvariate(0, 0.55) for r in found
    ]
    wanted = shares(weights, total)
    slugs, dates, fame_of = _instruments(rng)
    fame = _Fame()
    known: list[tuple[str, float]] = []
    upto = 0
    for at, (this, number) in enumerate(zip(found, wanted, strict=True)):
        while upto < len(slugs) and dates[upto] <= this.adopted.isoformat():
            upto += 1
        if len(known) != upto:
            known = [(slugs[i], fame_of[i]) for i in range(upto)]
            running = 0.0
            cumulative = [running := running + weight for _, weight in known]
            names = [name for name, _ in known]
        _targets(this, number, names, cumulative, fame, rng)
        _mutual(found, at, rng)
        fame.recent[this.subject].append(this)


def _instruments(rng: Random) -> tuple[list[str], list[str], list[float]]:
    """Slugs by date with a fame that falls as Zipf says, the Charter and few others on top."""
    entries = load_authority().instruments
    dated = sorted((e.date, slug) for slug, e in entries.items() if e.date and len(e.date) == 10)
    top = ("un-charter", "udhr", "icescr", "iccpr", "crc", "agenda-2030", "geneva-convention-iv")
    ranks = list(range(len(top), len(dated) + len(top)))
    rng.shuffle(ranks)
    fame = [
        1 / (1 + (top.index(slug) if slug in top else rank)) ** 0.9
        for rank, (_, slug) in zip(ranks, dated, strict=True)
    ]
    return [slug for _, slug in dated], [str(day) for day, _ in dated], fame


def _targets(
    this: Resolution,
    number: int,
    names: Sequence[str],
    cumulative: Sequence[float],
    fame: _Fame,
    rng: Random,
) -> None:
    wanted = chain(
        list(_inherited(this, rng)),
        ((_drawn(this, names, cumulative, fame, rng), False) for _ in range(4 * number)),
    )
    taken: set[str] = set()
    while len(taken) < number and (found := next(wanted, None)):
        target, own = found
        key = target if isinstance(target, str) else target.symbol
        if key not in taken and target is not this:
            taken.add(key)
            this.targets.append((target, own))
    # What is left over is cited again, from another paragraph.
    while len(this.targets) < number:
        again = [target for target, _ in this.targets] or ["un-charter"]
        this.targets.append((rng.choice(again), False))
    for target, _ in this.targets:
        if isinstance(target, Resolution):
            fame.everywhere.append(target)
            fame.by_subject[target.subject].append(target)


def _inherited(this: Resolution, rng: Random) -> Iterator[tuple[Resolution | str, bool]]:
    """What a text that comes back takes over: its predecessors, and most of what they cite."""
    before = this.before
    if before is None:
        return
    yield before, True
    if before.before is not None and rng.random() < 0.6:
        yield before.before, True
    for target, own in before.targets:
        if rng.random() < 0.6:
            yield target, own


def _drawn(
    this: Resolution, names: Sequence[str], cumulative: Sequence[float], fame: _Fame, rng: Random
) -> Resolution | str:
    draw = rng.random()
    recent = fame.recent[this.subject]
    famous = fame.by_subject[this.subject]
    if draw < 0.30 and recent:
        return recent[-1 - min(len(recent) - 1, int(rng.expovariate(1 / 12)))]
    if draw < 0.60 and famous:
        return famous[rng.randrange(len(famous))]
    if draw < 0.72 and fame.everywhere:
        return fame.everywhere[rng.randrange(len(fame.everywhere))]
    return rng.choices(names, cum_weights=cumulative)[0]


def _mutual(found: Sequence[Resolution], at: int, rng: Random) -> None:
    """Texts of one session that cite each other, as 70/181 and 70/182 do: the graph has cycles."""
    if at and rng.random() < 0.004:
        this, last = found[at], found[at - 1]
        if last.targets and this.targets and last.organ == this.organ:
            last.targets[-1] = (this, False)
            this.targets[-1] = (last, False)
