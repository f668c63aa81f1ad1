"""The citations of a store, asked for a few hundred works at a time.

Every query is over the merge of all graphs and needs nothing but ``Reader.select``, so that a
store on disk, one in memory and a SPARQL endpoint give the same; what is asked at a time is
bounded, so that a large store fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

CONTAINS, ADOPTED_AS, PLAIN = "contains", "adoptedAs", "cites"
BATCH = 400
CLAUSES = (
    UNKG.cites, UNKG.recalls, UNKG.reaffirms, UNKG.welcomes, UNKG.takesNoteOf, UNKG.stresses,
    UNKG.implements, UNKG.requests,
)  # fmt: skip
_VALUES = " ".join(f"<{clause}>" for clause in CLAUSES)
_WORKS = f"""
SELECT DISTINCT ?work WHERE {{
  {{ VALUES ?clause {{ {_VALUES} }} ?work ?clause ?target }}
  UNION {{ ?citation <{UNKG.citingWork}> ?work }}
}}
"""
_TIES = f"""
SELECT DISTINCT ?from ?tie ?to WHERE {{
  VALUES ?tie {{ <{UNKG.contains}> <{UNKG.recommendedAs}> <{UNKG.adoptedAs}> }}
  ?from ?tie ?to
}}
"""
_ARCS = """
SELECT ?work ?clause ?target WHERE {
  %s
}
"""
_ARC = "{{ VALUES ?work {{ {works} }} ?work <{clause}> ?target BIND(<{clause}> AS ?clause) }}"
_MENTIONS = f"""
SELECT ?work ?target ?paragraph ?citation ?via ?mention ?quote WHERE {{
  VALUES ?work {{ %s }}
  ?citation <{UNKG.citingWork}> ?work ; <{UNKG.citedWork}> ?target ; <{UNKG.via}> ?via ;
    <{UNKG.citingParagraph}> ?paragraph .
  ?mention <{UNKG.mentionOf}> ?citation ; <{UNKG.quote}> ?quote .
}}
"""
_VERBS = f"""
SELECT ?citation ?verb WHERE {{
  VALUES ?work {{ %s }}
  ?citation <{UNKG.citingWork}> ?work ; <{UNKG.clauseVerb}> ?verb .
}}
"""
_PASSAGES = f"""
SELECT ?passage ?paragraph ?whole WHERE {{
  VALUES ?paragraph {{ %s }}
  ?passage <{UNKG.passageOf}> ?paragraph ; <{UNKG.quote}> ?whole .
}}
"""
_PLACES = f"""
SELECT ?thing ?version ?start ?end WHERE {{
  VALUES ?thing {{ %s }}
  ?thing <{UNKG.inVersion}> ?version ; <{UNKG.start}> ?start ; <{UNKG.end}> ?end .
}}
"""
_NO_CLAUSES = frozenset({PLAIN})
_PAIRS = "SELECT ?one ?other WHERE {{ ?one <{}> ?other }}"


class Words(NamedTuple):
    """What one language version says of a citation; the quotation is the whole passage."""

    language: str
    start: int
    end: int
    quote: str
    via: str
    verb: str
    clause: str


class Edge(NamedTuple):
    """One citation, or a tie: from node to node, in a paragraph, in the words of each language."""

    source: str
    target: str
    paragraph: str
    words: tuple[Words, ...]


@dataclass(slots=True)
class Collected:
    """All edges, sorted; IRIs that stand for a node; years and titles printed beside citations."""

    edges: list[Edge] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    years: dict[str, int] = field(default_factory=dict)
    titles: set[tuple[str, str, str]] = field(default_factory=set)


def collect(reader: Reader) -> Collected:
    """All that documents cite; doubted citations are left out.

    A citation is one a citing node, paragraph and target; where only an arc says it, one a
    clause. A part of a report stands under the name of the draft whose text it is.
    """
    ties = sorted((a.value, tie.value, b.value) for a, tie, b in reader.select(_TIES).rows)
    found = Collected(names={part: draft for draft, tie, part in ties if tie == UNKG.recommendedAs})
    beside = _Beside.of(reader)
    bare: list[tuple[str, str, str, str]] = []
    covered: set[tuple[str, str]] = set()
    works = sorted(row[0].value for row in reader.select(_WORKS).rows if _is_node(row[0]))
    for at in range(0, len(works), BATCH):
        batch = works[at : at + BATCH]
        asked = _asked_about(reader, batch, beside.languages)
        edges = list(_edges(asked, found, beside))
        found.edges += edges
        covered.update((edge.source, edge.target) for edge in edges)
        bare += ((w, t, found.names.get(w, w), c) for (w, t), cs in asked.arcs.items() for c in cs)
    found.edges = _merged(found.edges)
    found.edges += _bare(bare, covered)
    found.edges += _tied(ties, found.names)
    found.edges.sort()
    found.years = beside.agreed()
    return found


def _is_node(term: Any) -> bool:
    """Whether a term can stand in a VALUES block; a blank node cannot."""
    return type(term).__name__ == "NamedNode"


@dataclass(slots=True)
class _Beside:
    """What is looked up by citation or version: few, and asked for once."""

    doubted: set[str]
    dates: dict[str, str]
    titles: dict[str, set[str]]
    languages: dict[str, str]
    counted: dict[str, Counter[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader) -> _Beside:
        def pairs(prop: str) -> list[tuple[str, str]]:
            rows = reader.select(_PAIRS.format(prop)).rows
            return sorted((a.value, b.value) for a, b in rows)

        titles: dict[str, set[str]] = {}
        for citation, title in pairs(UNKG.citedTitle):
            titles.setdefault(citation, set()).add(title)
        return cls(
            doubted={citation for citation, _ in pairs(UNKG.doubt)},
            dates=dict(pairs(UNKG.citedDate)),
            titles=titles,
            languages=dict(pairs(DCTERMS.language)),
        )

    def note(self, citation: str, target: str) -> None:
        """Count the year that a citation prints of its target."""
        year = self.dates.get(citation, "")[:4]
        if year.isascii() and year.isdigit():
            self.counted.setdefault(target, Counter())[int(year)] += 1

    def agreed(self) -> dict[str, int]:
        """The year printed most often of each target, the earliest of several."""
        return {
            target: min(years, key=lambda year: (-years[year], year))
            for target, years in self.counted.items()
        }


class _Place(NamedTuple):
    """A stretch of a language version."""

    version: str
    start: int
    end: int


class _Mention(NamedTuple):
    """One mention: the terms of a row of ``_MENTIONS``, where it stands."""

    work: str
    target: str
    paragraph: str
    citation: str
    via: str
    quote: str
    place: _Place


@dataclass(slots=True)
class _Batch:
    """The answers about a batch of works."""

    mentions: Sequence[_Mention]
    verbs: Mapping[tuple[str, str], str]
    passages: Mapping[tuple[str, str], tuple[str, int]]
    arcs: Mapping[tuple[str, str], frozenset[str]]


def _asked_about(reader: Reader, works: Sequence[str], versions: Mapping[str, str]) -> _Batch:
    rows = [[term.value for term in row] for row in _asked(reader, _MENTIONS, works)]
    places = _places(reader, ((row[5], row[6]) for row in rows), versions)
    mentions = [
        _Mention(work, target, paragraph, citation, via, quote, place)
        for work, target, paragraph, citation, via, mention, quote in rows
        for place in places.get(mention, ())
    ]
    verbs: dict[tuple[str, str], str] = {}
    for citation, verb in _asked(reader, _VERBS, works):
        key = (citation.value, getattr(verb, "language", None) or "")
        verbs[key] = min(verbs.get(key, verb.value), verb.value)
    paragraphs = sorted({mention.paragraph for mention in mentions})
    return _Batch(mentions, verbs, _passages(reader, paragraphs, versions), _arcs(reader, works))


def _passages(
    reader: Reader, paragraphs: Sequence[str], versions: Mapping[str, str]
) -> dict[tuple[str, str], tuple[str, int]]:
    """The text of paragraphs by paragraph and version, with the place where it starts."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    asked = _asked(reader, _PASSAGES, paragraphs)
    rows = [[term.value for term in row] for row in asked if _is_node(row[0])]
    places = _places(reader, ((row[0], row[2]) for row in rows), versions)
    for passage, paragraph, whole in rows:
        for place in places.get(passage, ()):
            key, text = (paragraph, place.version), (whole, place.start)
            found[key] = min(found.get(key, text), text)
    return found


_CHARS = re.compile(r"(.+)#char=([0-9]{1,9}),([0-9]{1,9})", re.DOTALL)


def _places(
    reader: Reader, things: Iterable[tuple[str, str]], versions: Mapping[str, str]
) -> dict[str, tuple[_Place, ...]]:
    """Where quotations stand: their IRIs say it; what does not fit the quotation is asked for."""
    found: dict[str, tuple[_Place, ...]] = {}
    unclear: set[str] = set()
    for thing, quote in things:
        said = _CHARS.fullmatch(thing)
        place = _Place(said[1], int(said[2]), int(said[3])) if said else None
        if place and place.version in versions and place.end - place.start == len(quote):
            found[thing] = (place,)
        else:
            unclear.add(thing)
    for thing, version, start, end in _asked(reader, _PLACES, sorted(unclear)):
        place = _Place(version.value, _number(start), _number(end))
        found[thing.value] = (*found.get(thing.value, ()), place)
    return found


def _asked(reader: Reader, sparql: str, names: Sequence[str]) -> Sequence[tuple[Any, ...]]:
    return reader.select(sparql % _nodes(names)).rows if names else ()


def _nodes(names: Iterable[str]) -> str:
    """IRIs, which come from the store's own answers, as a VALUES block takes them."""
    import pyoxigraph as ox

    return " ".join(str(ox.NamedNode(name)) for name in names)


def _arcs(reader: Reader, works: Sequence[str]) -> dict[tuple[str, str], frozenset[str]]:
    """Which clauses lead from a work to a target; plain ``cites`` only where no other does."""
    found: dict[tuple[str, str], set[str]] = {}
    nodes = _nodes(works)
    blocks = (_ARC.format(works=nodes, clause=clause) for clause in CLAUSES)
    for work, clause, target in reader.select(_ARCS % " UNION ".join(blocks)).rows:
        name = clause.value.removeprefix(UNKG.IRI)
        found.setdefault((work.value, target.value), set()).add(name)
    return {pair: frozenset(clauses - {PLAIN} or clauses) for pair, clauses in found.items()}


def _edges(batch: _Batch, found: Collected, beside: _Beside) -> Iterator[Edge]:
    said: dict[tuple[str, str, str], dict[str, tuple[int, Words]]] = {}
    noted: set[str] = set()
    for mention in batch.mentions:
        work, target, paragraph, citation, *_ = mention
        language = beside.languages.get(mention.place.version)
        if citation in beside.doubted or language is None:
            continue
        key = (found.names.get(work, work), target, paragraph)
        words = mention.place.start, _words(mention, batch, language)
        one = said.setdefault(key, {})
        one[language] = min(one.get(language, words), words)
        if citation not in noted:
            noted.add(citation)
            beside.note(citation, target)
            found.titles.update((*key[:2], title) for title in beside.titles.get(citation, ()))
    for key, languages in said.items():
        yield Edge(*key, tuple(sorted(words for _, words in languages.values())))


def _words(mention: _Mention, batch: _Batch, language: str) -> Words:
    verb = batch.verbs.get((mention.citation, language), "")
    clauses = batch.arcs.get((mention.work, mention.target), _NO_CLAUSES) - _NO_CLAUSES
    clause = _clause(clauses, verb, language, mention.via)
    version, first, last = mention.place
    whole, offset = batch.passages.get((mention.paragraph, version), ("", 0))
    # A footnote's mention lies outside the passage and stands for itself.
    if not whole or not offset <= first <= last <= offset + len(whole):
        whole, offset, first, last = mention.quote, 0, 0, len(mention.quote)
    return Words(language, first - offset, last - offset, whole, mention.via, verb, clause)


def _number(term: Any) -> int:
    """An offset; 0 where imported data has something else in its place."""
    return int(term.value) if re.fullmatch("[0-9]{1,9}", term.value) else 0


def _clause(found: frozenset[str], verb: str, language: str, via: str) -> str:
    """One citation's clause: what its verb means, else the only clause there is."""
    if via == "footnote":
        return PLAIN
    meant = _meaning(verb, language)
    if meant in found:
        return meant or PLAIN
    return next(iter(found)) if len(found) == 1 and not verb else PLAIN


@cache
def _meaning(verb: str, language: str) -> str | None:
    from kg.languages import clause_of

    return clause_of(verb or None, language)


def _merged(edges: list[Edge]) -> list[Edge]:
    """One edge a citing node, paragraph and target, where two works are one node."""
    found: dict[tuple[str, str, str], Edge] = {}
    for edge in edges:
        same = found.get(edge[:3])
        if same is not None:
            spoken: dict[str, Words] = {}
            for words in (*same.words, *edge.words):
                spoken[words.language] = min(spoken.get(words.language, words), words)
            edge = edge._replace(words=tuple(sorted(spoken.values())))
        found[edge[:3]] = edge
    return list(found.values())


def _bare(
    bare: Iterable[tuple[str, str, str, str]], covered: set[tuple[str, str]]
) -> Iterator[Edge]:
    """Arcs without a citation, as in imported data: those of the first work of each node."""
    first: dict[tuple[str, str], str] = {}
    for work, target, citing, clause in sorted(bare):
        pair = (citing, target)
        if pair not in covered and first.setdefault(pair, work) == work:
            yield Edge(citing, target, "", (_silent(clause),))


def _tied(ties: Iterable[tuple[str, str, str]], names: Mapping[str, str]) -> Iterator[Edge]:
    kinds = {UNKG.contains: CONTAINS, UNKG.adoptedAs: ADOPTED_AS}
    for source, tie, target in sorted(
        {(names.get(a, a), kinds[tie], names.get(b, b)) for a, tie, b in ties if tie in kinds}
    ):
        if source != target:
            yield Edge(source, target, "", (_silent(tie),))


def _silent(clause: str) -> Words:
    return Words("", 0, 0, "", "", "", clause)
