"""Who becomes a sponsor late, and what a selection of sponsorships covers."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.analyse.sponsors import state_facts
from kg.network.selection import EVERYTHING, Selection, Source, incidence


def late(
    source: Source, *, selection: Selection = EVERYTHING, language: str = "en"
) -> list[dict[str, Any]]:
    """States by how much more often they join than the others do on the same drafts.

    Rows have ``code, name, drafts, joined, share`` (joined of all), ``expected`` (joined, if on
    each draft everybody were as likely as everybody else), ``lift`` (joined to expected) and
    ``z`` (the difference in standard deviations), the latest first by ``z``.

    Raises:
        QueryError: no draft has what the selection asks for.
    """
    found = incidence(source, selection)
    joined_of = np.bincount(found.row[found.joined], minlength=len(found.drafts))
    chances = (joined_of / found.sizes)[found.row]
    count = len(found.states)
    joined = np.bincount(found.column[found.joined], minlength=count)
    expected = np.bincount(found.column, weights=chances, minlength=count)
    spread = np.bincount(found.column, weights=chances * (1 - chances), minlength=count)
    rows = []
    for place, code in enumerate(found.codes):
        facts, some, much = state_facts(code, language), float(joined[place]), expected[place]
        rows.append(
            {
                "code": code,
                "name": facts["label"],
                "drafts": int(found.totals[place]),
                "joined": int(some),
                "share": round(some / int(found.totals[place]), 3),
                "expected": round(float(much), 3),
                "lift": round(some / float(much), 3) if much > 0 else 0.0,
                "z": round((some - float(much)) / float(spread[place]) ** 0.5, 3)
                if spread[place] > 1e-9
                else 0.0,
            }
        )
    return sorted(rows, key=lambda row: (-row["z"], -row["share"], row["code"]))


def coverage(source: Source, *, selection: Selection = EVERYTHING) -> dict[str, Any]:
    """What a selection holds, in numbers, and of how many drafts each fact is known.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     coverage(store)["drafts"]
    0
    """
    found = incidence(source, selection)
    sponsors, sizes = found.sponsors, found.sizes
    drafts = set(found.drafts.tolist())
    years = sponsors.years[found.drafts]
    years = years[years > 0]
    return {
        "drafts": len(drafts),
        "states": len(found.states),
        "sponsorships": len(found.draft),
        "joined": int(found.joined.sum()),
        "sponsors_median": float(np.median(sizes)) if len(sizes) else 0.0,
        "sponsors_most": int(sizes.max(initial=0)),
        "sponsored_alone": int((sizes == 1).sum()),
        "first_year": int(years.min()) if len(years) else None,
        "last_year": int(years.max()) if len(years) else None,
        "with_symbol": sum(bool(sponsors.symbols[draft]) for draft in drafts),
        "with_session": int((sponsors.sessions[found.drafts] > 0).sum()),
        "with_year": len(years),
        "with_organ": len(drafts & set(sponsors.organs.draft.tolist())),
        "with_subject": len(drafts & set(sponsors.subjects.draft.tolist())),
        "with_instrument": len(drafts & set(sponsors.instruments.draft.tolist())),
    }
