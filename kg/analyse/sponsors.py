"""What is told of a sponsor: its names and group, and where and how it became one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.authority import load_authority
from kg.vocab import UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_EVIDENCE = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?draft ?state ?tier ?meeting ?quote WHERE {{
  ?sponsorship unkg:proposal ?draft ; unkg:sponsor ?state ; unkg:tier ?tier .
  OPTIONAL {{ ?sponsorship unkg:atMeeting/unkg:number ?meeting }}
  OPTIONAL {{ ?mention unkg:mentionOf ?sponsorship ; unkg:quote ?quote }}
}}
"""


def state_facts(code: str, language: str) -> dict[str, Any]:
    """``label``, ``code`` and ``region`` (the UN's regional group, "" where there is none).

    >>> state_facts("KEN", "zh")
    {'label': '肯尼亚', 'code': 'KEN', 'region': 'AFR'}
    """
    label, region = _told(code, language)
    return {"label": label, "code": code, "region": region}


@lru_cache(maxsize=4096)
def _told(code: str, language: str) -> tuple[str, str]:
    known = load_authority().states.get(code)
    groups = known.values("regionalGroup") if known else ()
    return (known.label(language) if known else code), (groups[0] if groups else "")


def evidence(store: Reader, draft: str) -> dict[tuple[str, str], tuple[str, str]]:
    """(State's IRI, tier) → the meeting's number and the sentence, of one draft by IRI.

    Either is "" where it is not known.
    """
    import pyoxigraph as ox

    rows = store.select(_EVIDENCE, draft=ox.NamedNode(draft)).rows
    told = sorted(tuple(cell.value if cell is not None else "" for cell in row) for row in rows)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for _, state, tier, meeting, quote in told:
        found.setdefault((state, tier), (meeting, quote))
    return found
