"""How many of the documents, and of the proposals they report on, have what they should have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.quality.model import Measure
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

Key = tuple[str, str]
_DOCUMENT = "Document"
_OF_ALL = {
    "symbol": UNKG.symbol,
    "title": DCTERMS.title,
    "session": UNKG.session,
    "agenda item": UNKG.agendaItem,
    "organ": UNKG.organ,
}
_OF_ADOPTED = {"date": DCTERMS.date, "meeting": UNKG.adoptedAt, "paragraphs": UNKG.hasParagraph}
_OF_KIND: Mapping[str, Mapping[str, str]] = {
    "CommitteeReport": {
        "committee": UNKG.committee,
        "rapporteur": UNKG.rapporteur,
        "recommended texts": UNKG.contains,
    },
    "Resolution": _OF_ADOPTED,
    "Decision": _OF_ADOPTED,
}
_PROPOSALS = ("DraftResolution", "DraftDecision", "Amendment")
_OF_PROPOSALS = {
    "title": DCTERMS.title,
    "sponsors": UNKG.hasSponsor,
    "introduced by": UNKG.introducedBy,
    "introduced at": UNKG.introducedAt,
    "adopted at": UNKG.adoptedAt,
    "vote": UNKG.hasVote,
    "statements": f"^<{UNKG.proposal}>/<{UNKG.madeBy}>",
}


def documents(store: Reader) -> Iterator[Measure]:
    """The language versions that were read, by the kind of document and the language."""
    held = _count(store, None)
    total = sum(held.values())
    for (kind, language), count in sorted(held.items()):
        yield Measure(section="documents", measure=kind, language=language, count=count, of=total)


def coverage(store: Reader) -> Iterator[Measure]:
    """The share of documents, and of the proposals they report on, that have each field.

    Only what a language version itself states counts for it.
    """
    held = _count(store, None)
    kinds = sorted({kind for kind, _ in held})
    for name in (*_OF_ALL, *dict.fromkeys(f for fields in _OF_KIND.values() for f in fields)):
        path = _OF_ALL.get(name) or next(f[name] for f in _OF_KIND.values() if name in f)
        concerned = [k for k in kinds if name in _OF_ALL or name in _OF_KIND.get(k, {})]
        if concerned:
            yield from _shares(f": {name}", concerned, held, _count(store, path))
    yield from _proposals(store)


def _proposals(store: Reader) -> Iterator[Measure]:
    held = _proposed(store, None)
    kinds = sorted({kind for kind, _ in held})
    for name, path in _OF_PROPOSALS.items():
        if kinds:
            yield from _shares(f" proposed: {name}", kinds, held, _proposed(store, path))


def _shares(
    name: str, kinds: list[str], held: Counter[Key], having: Counter[Key]
) -> Iterator[Measure]:
    for (kind, language), of in sorted(held.items()):
        if kind in kinds:
            yield Measure(
                section="coverage",
                measure=f"{kind}{name}",
                language=language,
                count=having[kind, language],
                of=of,
            )


def _having(path: str | None) -> str:
    if path is None:
        return ""
    path = path if path.startswith("^") else f"<{path}>"
    return f"FILTER EXISTS {{ ?thing {path} ?value }}"


def _count(store: Reader, path: str | None) -> Counter[Key]:
    """How many versions state something of their document, by its kind and their language."""
    kinds = " ".join(f"<{UNKG.IRI}{kind}>" for kind in (*_OF_KIND, *_PROPOSALS))
    sparql = f"""SELECT ?kind ?language (COUNT(DISTINCT ?version) AS ?n) WHERE {{
      GRAPH ?version {{
        ?version <{UNKG.versionOf}> ?thing ; <{DCTERMS.language}> ?language .
        OPTIONAL {{ VALUES ?kind {{ {kinds} }} ?thing a ?kind }}
        {_having(path)}
      }}
    }} GROUP BY ?kind ?language"""
    return _counted(store, sparql)


def _proposed(store: Reader, path: str | None) -> Counter[Key]:
    kinds = " ".join(f"<{UNKG.IRI}{kind}>" for kind in _PROPOSALS)
    sparql = f"""SELECT ?kind ?language (COUNT(DISTINCT ?thing) AS ?n) WHERE {{
      GRAPH ?version {{
        ?version <{DCTERMS.language}> ?language .
        VALUES ?kind {{ {kinds} }}
        ?thing a ?kind . {_having(path)}
      }}
    }} GROUP BY ?kind ?language"""
    return _counted(store, sparql)


def _counted(store: Reader, sparql: str) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for kind, language, count in store.select(sparql).rows:
        name = kind.value.removeprefix(UNKG.IRI) if kind is not None else _DOCUMENT
        found[name, language.value.rsplit("/", 1)[-1]] += int(count.value)
    return found
