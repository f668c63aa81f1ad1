"""From record to RDF: the only writer of triples.

One named graph a language version, no blank nodes, no times. A fact of the work has the same
IRI in every language version; what is peculiar to one language, its words and where they
stand, hangs on a mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from kg import iri
from kg.authority import Authority, load_authority
from kg.model import Record
from kg.triples.closure import closed
from kg.triples.document import document_facts, version_facts
from kg.triples.paragraphs import text_facts, unresolved_facts
from kg.triples.proceedings import drafts_by_part, drafts_of, proposal_facts
from kg.triples.scope import ClauseOf, Scope
from kg.triples.terms import Fact, node, written

__all__ = ["Graph", "graph_of", "quads"]


def quads(
    record: Record,
    *,
    base: str = iri.BASE,
    authority: Authority | None = None,
    clause_of: ClauseOf | None = None,
    text: str | None = None,
) -> Iterator[ox.Quad]:
    """The statements of one record, each once, all in the graph of its language version.

    ``clause_of`` gives the sub-property of ``unkg:cites`` for a verb and a language; the
    language tables decide where it is left out. With ``text``, the source's, the version keeps
    it whole, so that a page can show the document as printed, and each paragraph's passage
    quotes it, so that a query finds the clause around a mention. ``base`` starts all IRIs
    minted for data; the ontology's terms keep theirs.

    >>> from kg.model import DocumentData, Record
    >>> data = DocumentData(symbol="A/RES/70/1", symbol_from="printed", kind="resolution",
    ...     organ="GA", committee=None, language="en", session=70, agenda_item="15")
    >>> record = Record(source="a.txt", sha256="0" * 64, language="en", document=data)
    >>> sorted({quad.graph_name.value for quad in quads(record)})
    ['https://undocs.org/en/A/RES/70/1']
    """
    made = graph_of(record, base=base, authority=authority, clause_of=clause_of, text=text)
    graph = node(made.name)
    for subject, predicate, value in made.facts:
        yield ox.Quad(node(subject), node(predicate), value, graph)


@dataclass(frozen=True, slots=True)
class Graph:
    """What a record states, each fact once: as facts, and in the same order as N-Quads."""

    name: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]


def graph_of(
    record: Record,
    *,
    base: str = iri.BASE,
    authority: Authority | None = None,
    clause_of: ClauseOf | None = None,
    text: str | None = None,
) -> Graph:
    """The facts of one record, made as ``quads`` are, without making quads of them."""
    scope = _scope(record, base, authority or load_authority(), clause_of, text)
    end = f" {written(scope.version)} .\n"
    made = {f"{written(s)} {written(p)} {o}{end}": (s, p, o) for s, p, o in closed(_facts(scope))}
    return Graph(scope.version, tuple(made.values()), tuple(made))


def _scope(
    record: Record, base: str, authority: Authority, clause_of: ClauseOf | None, text: str | None
) -> Scope:
    from kg import languages

    symbol, digest = record.document.symbol, record.sha256
    return Scope(
        record=record,
        base=base,
        document=iri.document_iri(symbol, sha256=digest, base=base),
        version=iri.version_iri(symbol, digest, record.language, base=base),
        authority=authority,
        clause_of=clause_of or languages.clause_of,
        text=text,
    )


def _facts(scope: Scope) -> Iterable[Fact]:
    record = scope.record
    drafts = drafts_of(scope)
    taken: Counter[str] = Counter()
    return chain(
        version_facts(scope),
        document_facts(scope),
        chain.from_iterable(proposal_facts(scope, draft) for draft in drafts),
        chain.from_iterable(
            text_facts(
                scope,
                run,
                drafts=drafts_by_part(drafts, run, scope.document),
                taken=taken,
            )
            for run in record.texts
        ),
        chain.from_iterable(unresolved_facts(scope, seen) for seen in record.unresolved),
    )
