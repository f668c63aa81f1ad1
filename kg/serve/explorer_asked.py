"""What the explorer's pages ask of a store: who cites a thing, what a state sponsored and voted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.lookup import CLAUSES
from kg.symbol import DOCUMENT_BASE, organ_of, year_of_symbol
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_ALL_CLAUSES = " ".join(f"<{UNKG.IRI}{clause}>" for clause in CLAUSES)
# The part of a report and the draft that became it are one work: the part speaks for both.
_CITING = f"""
SELECT ?thing ?work ?clause ?symbol ?title ?date ?session WHERE {{
  VALUES ?clause {{ {_ALL_CLAUSES} }}
  ?work ?clause ?thing .
  FILTER NOT EXISTS {{ ?work <{UNKG.recommendedAs}> ?part . ?part ?clause ?thing }}
  OPTIONAL {{ ?work <{UNKG.symbol}> ?symbol }}
  OPTIONAL {{ ?work <{DCTERMS.title}> ?title }}
  OPTIONAL {{ ?work <{DCTERMS.date}> ?date }}
  OPTIONAL {{ ?work ^<{UNKG.contains}>?/<{UNKG.session}> ?session }}
}}
"""
_CITED = f"""
SELECT ?thing ?work ?clause ?symbol ?title ?date ?session WHERE {{
  VALUES ?clause {{ {_ALL_CLAUSES} }}
  {{ ?thing ?clause ?work }}
  UNION {{ ?thing <{UNKG.contains}> ?part . ?part ?clause ?work }}
  UNION {{ ?thing <{UNKG.recommendedAs}> ?part . ?part ?clause ?work }}
  OPTIONAL {{ ?work <{UNKG.symbol}> ?symbol }}
  OPTIONAL {{ ?work <{DCTERMS.title}> ?title }}
  OPTIONAL {{ ?work <{DCTERMS.date}> ?date }}
  OPTIONAL {{ ?work <{UNKG.session}> ?session }}
}}
"""
_SPONSORED = f"""
SELECT ?thing ?work ?how ?symbol ?title WHERE {{
  VALUES ?how {{ <{UNKG.sponsoredBy}> <{UNKG.joinedBy}> <{UNKG.withdrawnBy}> }}
  ?work ?how ?thing .
  OPTIONAL {{ ?work <{UNKG.symbol}> ?symbol }}
  OPTIONAL {{ ?work <{DCTERMS.title}> ?title }}
}}
"""
_VOTED = f"""
SELECT ?thing ?work ?how ?symbol ?title WHERE {{
  VALUES ?how {{ <{UNKG.votedFor}> <{UNKG.votedAgainst}> <{UNKG.abstained}> }}
  ?vote ?how ?thing ; <{UNKG.proposal}> ?work .
  OPTIONAL {{ ?work <{UNKG.symbol}> ?symbol }}
  OPTIONAL {{ ?work <{DCTERMS.title}> ?title }}
}}
"""
_TITLES = f"SELECT ?thing ?title WHERE {{ ?thing <{DCTERMS.title}> ?title }}"
_KNOWN = "SELECT ?thing WHERE { { ?thing ?p ?o } UNION { ?s ?p ?thing } } LIMIT 1"
HOW = {
    UNKG.sponsoredBy: "submitted",
    UNKG.joinedBy: "joined",
    UNKG.withdrawnBy: "withdrawn",
    UNKG.votedFor: "voted_for",
    UNKG.votedAgainst: "voted_against",
    UNKG.abstained: "voted_abstained",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """A work at the other end: what it is called and how the two are tied, in sorted words."""

    iri: str
    name: str
    title: str
    year: int | None
    how: tuple[str, ...]


def citing(store: Reader, iri: str, *, language: str) -> tuple[Tied, ...]:
    """What cites a thing, the latest first; ``how`` are clauses (``recalls`` …).

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     citing(store, "https://undocs.org/A/RES/70/1", language="en")
    ()
    """
    return _tied(store, _CITING, iri, language)


def cited(store: Reader, iri: str, *, language: str) -> tuple[Tied, ...]:
    """What a document, its parts and drafts cite."""
    return _tied(store, _CITED, iri, language)


def sponsored(store: Reader, iri: str, *, language: str) -> tuple[Tied, ...]:
    """The drafts a state stands or stood behind; ``how`` are tiers."""
    return _tied(store, _SPONSORED, iri, language)


def voted(store: Reader, iri: str, *, language: str) -> tuple[Tied, ...]:
    """The drafts a state voted on; ``how`` are ``voted_for``, ``voted_against`` and so on."""
    return _tied(store, _VOTED, iri, language)


def together(store: Reader, code: str) -> list[tuple[str, int]]:
    """The codes of the states that sponsor with a state, and how many drafts, the most first.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     together(store, "KEN")
    []
    """
    from kg.network.selection import incidence

    found = incidence(store)
    if code not in found.codes:
        return []
    place, matrix = found.place(code), found.matrix
    shared = (matrix.T @ matrix[:, [place]]).toarray()[:, 0].astype(int).tolist()
    pairs = [(c, n) for c, n in zip(found.codes, shared, strict=True) if n and c != code]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def titles(store: Reader, iri: str) -> dict[str, str]:
    """The titles of a document by language."""
    rows = store.select(_TITLES, thing=_node(iri)).rows
    return dict(sorted((getattr(term, "language", None) or "", term.value) for _, term in rows))


def is_known(store: Reader, iri: str) -> bool:
    """Whether anything is stated of a thing, or by another thing about it."""
    return bool(store.select(_KNOWN, thing=_node(iri)).rows)


def by_year(works: Iterable[Tied]) -> list[tuple[int, int]]:
    """How many works of each year, from the first to the last, the empty ones between too."""
    counts = Counter(work.year for work in works if work.year)
    if not counts:
        return []
    return [(year, counts[year]) for year in range(min(counts), max(counts) + 1)]


def by_how(works: Iterable[Tied]) -> list[tuple[str, int]]:
    """How many works are tied in each way, the most first."""
    return Counter(how for work in works for how in work.how).most_common()


def _node(iri: str) -> Any:
    import pyoxigraph as ox

    return ox.NamedNode(iri)


def _tied(store: Reader, sparql: str, iri: str, language: str) -> tuple[Tied, ...]:
    answer = store.select(sparql, thing=_node(iri))
    facts: defaultdict[str, defaultdict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    for row in answer.rows:
        found = facts[row[1].value]
        for column, term in zip(answer.columns[2:], row[2:], strict=True):
            if term is not None:
                found[column].add(term)
    tied = [_one(work, found, language) for work, found in facts.items()]
    return tuple(sorted(tied, key=lambda each: (-(each.year or 0), _natural(each.name))))


def _one(work: str, found: Mapping[str, set[Any]], language: str) -> Tied:
    symbol = min((term.value for term in found.get("symbol", ())), default="")
    spoken = sorted(
        (getattr(t, "language", None) != language, t.value) for t in found.get("title", ())
    )
    ways = {HOW.get(t.value, t.value.rpartition("#")[2]) for t in _ways(found)}
    return Tied(
        iri=work,
        name=symbol or work.removeprefix(DOCUMENT_BASE),
        title=spoken[0][1] if spoken else "",
        year=_year(found, symbol or work.removeprefix(DOCUMENT_BASE)),
        # Every clause is a way of citing: the bare one is told only where no other is.
        how=tuple(sorted(ways - {"cites"} or ways)),
    )


def _ways(found: Mapping[str, set[Any]]) -> set[Any]:
    return set(found.get("clause", ())) | set(found.get("how", ()))


def _year(found: Mapping[str, set[Any]], symbol: str) -> int | None:
    dates = sorted(t.value[:4] for t in found.get("date", ()) if t.value[:4].isdigit())
    if dates:
        return int(dates[0])
    if year := year_of_symbol(symbol):
        return year
    # A regular session of the General Assembly opens in the year 1945 + n.
    sessions = [int(t.value) for t in found.get("session", ()) if t.value.isdigit()]
    regular = [n for n in sessions if n < 200] if organ_of(symbol) in ("GA", "") else []
    return 1945 + min(regular) if regular else None


def _natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    pieces = re.findall(r"\d+|\D+", name)
    return tuple((p.isdigit(), int(p) if p.isdigit() else 0, p) for p in pieces)
