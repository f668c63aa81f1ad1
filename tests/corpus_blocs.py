"""The drafts of a generated corpus and their sponsors, in blocs that shift with the years."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from corpus_plan import SESSIONS, Resolution, shares

from kg.authority import load_authority

SPONSORSHIPS, STATES = 1_200_000, 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What was tabled: ``sponsors`` are (state, tier) in printed order."""

    symbol: str
    becomes: Resolution
    meeting: int
    introduced: date
    sponsors: tuple[tuple[str, str], ...]
    mentioned: bool


def capped(weights: Sequence[float], caps: Sequence[int], total: int) -> list[int]:
    """As ``shares``, none above its cap."""
    low, high = 0.0, 1.0
    while sum(min(c, w * high) for w, c in zip(weights, caps, strict=True)) < total:
        high *= 2
        if high > 1e12:
            return list(caps)
    for _ in range(60):
        middle = (low + high) / 2
        reached = sum(min(c, w * middle) for w, c in zip(weights, caps, strict=True))
        low, high = (middle, high) if reached < total else (low, middle)
    sizes = [min(float(c), w * high) for w, c in zip(weights, caps, strict=True)]
    return [min(n, c) for n, c in zip(shares(sizes, total), caps, strict=True)]


def drafts(found: Sequence[Resolution], scale: float, rng: Random) -> Iterator[Draft]:
    """The draft each resolution was, with its sponsors."""
    total = round(SPONSORSHIPS * scale)
    members = _members()
    caps = [len(members[r.adopted.year][0]) for r in found]
    weights = [
        (0.12 + ((r.adopted.year - 1945) / 80) ** 1.2)
        * {"GA": 1.0, "ECOSOC": 0.5, "SC": 0.35, "HRC": 1.1}[r.organ]
        * rng.lognormvariate(0, 1.3)
        for r in found
    ]
    counts: defaultdict[tuple[str, int], int] = defaultdict(int)
    for this, size in zip(found, capped(weights, caps, total), strict=True):
        series = this.committee or this.organ
        counts[series, this.session] += 1
        symbol = _draft_symbol(this, counts[series, this.session])
        yield Draft(
            symbol=symbol,
            becomes=this,
            meeting=5 + counts[series, this.session] // 4,
            introduced=this.adopted - timedelta(days=rng.randrange(12, 32)),
            sponsors=_sponsors(this, size, members[this.adopted.year], rng),
            mentioned=rng.random() < 0.1,
        )


def _draft_symbol(this: Resolution, number: int) -> str:
    if this.organ == "GA":
        start = f"{this.committee}/" if this.committee else "A/"
        return (
            f"{start}L.{this.session}{number:03}"
            if this.session < 31
            else (f"{start}{this.session}/L.{number}")
        )
    if this.organ == "ECOSOC":
        return f"E/{this.session}/L.{number}"
    if this.organ == "SC":
        return f"S/{this.session}/{100 + number}"
    return f"A/HRC/{this.session}/L.{number}"


Bench = tuple[list[str], list[dict[str, float]]]


def _members() -> dict[int, Bench]:
    """Year → states that may sponsor, in the order of their names, and each one's leanings."""
    states = load_authority().states
    joined = {k: (e.values("memberSince") or ("2012-11-29",))[0] for k, e in states.items()}
    eligible = sorted(joined, key=lambda code: (joined[code], code))[:STATES]
    named = sorted(eligible, key=lambda code: (states[code].label("en"), code))
    found: dict[int, Bench] = {}
    for year in range(1945, 1945 + SESSIONS + 2):
        here = [code for code in named if int(joined[code][:4]) <= year]
        groups = [(states[code].values("regionalGroup") or ("",))[0] for code in here]
        found[year] = here, [_leaning(c, g, year) for c, g in zip(here, groups, strict=True)]
    return found


def _leaning(code: str, group: str, year: int) -> dict[str, float]:
    """How much a state goes with each bloc: its group's, and how that drifts with the years."""
    own = Random(f"{code}{group}")
    activity = own.lognormvariate(0, 0.6)
    west = 1 / (1 + math.exp(-(year - 1996) / 3)) if group == "EEG" else 0.0
    south = {"AFR": 0.8, "APG": 0.6, "GRULAC": 0.55}.get(group, 0.05)
    found = dict.fromkeys(("AFR", "APG", "EEG", "GRULAC", "WEOG"), 0.06)
    found[group or "WEOG"] = 1.0
    if group == "EEG":
        found["WEOG"], found["EEG"] = 0.06 + 0.8 * west, 1.0 - 0.4 * west
    if group == "WEOG":
        found["EEG"] = 0.06 + 0.7 / (1 + math.exp(-(year - 2004) / 3))
    found["SOUTH"] = south * (0.4 if year < 1964 else 1.0)
    found["ALL"] = 0.5
    return {name: value * activity for name, value in found.items()}


_BLOCS = ("AFR", "APG", "EEG", "GRULAC", "WEOG", "SOUTH", "ALL")


def _sponsors(
    this: Resolution, size: int, bench: Bench, rng: Random
) -> tuple[tuple[str, str], ...]:
    """States drawn by how they lean to the draft's bloc; a family keeps its bloc."""
    codes, leanings = bench
    lead = Random(this.family * 7919 + 13).choices(_BLOCS, (10, 10, 8, 14, 22, 20, 16))[0]
    keys = [-math.log(1.0 - rng.random()) / lean[lead] for lean in leanings]
    drawn = sorted(range(len(codes)), key=keys.__getitem__)[:size]
    first = max(1, round(len(drawn) * rng.uniform(0.15, 0.7)))
    tiers = dict.fromkeys(drawn[:first], "submitted") | dict.fromkeys(drawn[first:], "joined")
    for at in drawn[1:]:
        if rng.random() < 0.008:
            tiers[at] = "withdrawn"
    return tuple((codes[at], tiers[at]) for at in sorted(drawn))
