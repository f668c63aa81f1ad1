"""A language version read back from its graph: the record, and as much of the text as is held.

The graph keeps the whole text beside every fact with its offsets. Where it does not (a store of
an earlier version, a very long document, a graph made elsewhere) the quotations are laid where
they belong: what no paragraph or mention quotes is missing, and the offsets of the rest hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.authority import load_authority
from kg.errors import UnkgError
from kg.model import (
    Citation,
    DocumentData,
    InstrumentMention,
    Paragraph,
    Pieces,
    Record,
    StateMention,
    Text,
    Unresolved,
    Unts,
)
from kg.read import digest_of_text, read
from kg.reread_proposals import proposals
from kg.reread_requests import key_of, request
from kg.stretch import clean
from kg.symbol import DOCUMENT_BASE
from kg.triples.paragraphs import UNKNOWN
from kg.vocab import DCTERMS, RDF, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_KINDS = {
    UNKG.CommitteeReport: "committee-report",
    UNKG.Resolution: "resolution",
    UNKG.DraftResolution: "draft-resolution",
    UNKG.Decision: "decision",
}
_PARAGRAPHS = {
    UNKG.PreambularParagraph: "preambular",
    UNKG.OperativeParagraph: "operative",
    UNKG.NarrativeParagraph: "narrative",
    UNKG.AnnexParagraph: "annex",
    UNKG.Heading: "heading",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a store holds of one language version.

    Without the whole text ``text`` has a line feed for each character that is not held, and
    ``gaps`` are those stretches; nothing is known of what followed the last fact.
    """

    record: Record
    text: str
    gaps: Pieces


class Facts:
    """The statements of one graph by subject and predicate; ``graph`` is its name."""

    def __init__(self, statements: Iterable[Any], graph: str) -> None:
        self.nodes: defaultdict[str, defaultdict[str, list[Any]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for quad in statements:
            self.nodes[quad.subject.value][quad.predicate.value].append(quad.object)
        self.graph = graph
        self.document = self.one(graph, UNKG.versionOf) or graph
        organ = self.one(self.document, UNKG.organ)
        self.organ = key_of(organ) if organ else None

    def all(self, thing: str, predicate: str) -> list[str]:
        """The values of a property, sorted."""
        found = self.nodes[thing].get(predicate, ()) if thing in self.nodes else ()
        return sorted(str(term.value) for term in found)

    def one(self, thing: str, predicate: str) -> str | None:
        """The first value of a property, or None."""
        return next(iter(self.all(thing, predicate)), None)

    def number(self, thing: str, predicate: str) -> int | None:
        """A whole number, or None."""
        value = self.one(thing, predicate)
        return int(value) if value and value.lstrip("-").isdigit() else None

    def meeting(self, thing: str, predicate: str) -> int | None:
        """The number of the meeting that a property leads to, or None."""
        meeting = self.one(thing, predicate)
        return self.number(meeting, UNKG.number) if meeting else None

    def with_property(self, predicate: str) -> list[str]:
        """The subjects that have a property, sorted."""
        return sorted(thing for thing, facts in self.nodes.items() if predicate in facts)


def held(store: Reader, graph: str) -> Held:
    """What a store holds of the language version ``graph`` names, as a record and its text.

    The pages of a file are not kept in a graph. A fact without its place is left out.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     held(store, "https://undocs.org/zh/A/72/440").text
    ''
    """
    facts = Facts(store.quads(graph), graph)
    text, gaps = _whole(facts) or _text(facts)
    record = Record(
        source=facts.one(graph, DCTERMS.source) or "",
        sha256=facts.one(graph, UNKG.sha256) or "",
        language=facts.one(graph, DCTERMS.language) or "",
        document=_document(facts),
        documents_considered=tuple(_names(facts.all(facts.document, UNKG.considers))),
        proposals=proposals(facts),
        texts=tuple(_texts(facts)),
        unresolved=tuple(_unresolved(facts)),
    )
    return Held(record=record, text=text, gaps=gaps)


def with_file(held: Held, folder: Path) -> Held:
    """The same with the whole text, if the file it was read from is in ``folder`` unchanged.

    The file is known by the name and the SHA-256 the graph keeps; any other is left alone.
    """
    source = held.record.source
    path = folder / source
    if not source or Path(source).is_absolute() or ".." in Path(source).parts:
        return held
    try:
        found = read(path, name=source, language=held.record.language or None)
    except UnkgError:
        return held
    if found.sha256 != held.record.sha256:
        return held
    return Held(record=held.record, text=found.text, gaps=())


def name_of(iri: str) -> str:
    """What a document, state or instrument is called by: the last part of its IRI.

    >>> name_of("https://undocs.org/S/RES/2133(2014)"), name_of("https://w3id.org/unkg/state/KEN")
    ('S/RES/2133(2014)', 'KEN')
    """
    if iri.startswith(DOCUMENT_BASE):
        return unquote(iri[len(DOCUMENT_BASE) :])
    return unquote(iri.rpartition("/")[2])


def _names(iris: Iterable[str]) -> list[str]:
    return [name_of(iri) for iri in iris]


def _document(facts: Facts) -> DocumentData:
    graph, document, organs = facts.graph, facts.document, load_authority().organs
    classes = set(facts.all(document, RDF.type))
    committee, report = facts.one(document, UNKG.committee), facts.one(document, UNKG.onReport)
    reported = organs.get(key_of(committee)) if committee else None
    kind: Any = next((kind for iri, kind in _KINDS.items() if iri in classes), "other")
    items = facts.all(document, UNKG.agendaItem)
    came: Any = facts.one(graph, UNKG.symbolFrom)
    state = facts.one(document, UNKG.rapporteurState)
    return DocumentData(
        symbol=facts.one(document, UNKG.symbol),
        symbol_from=came,
        kind=kind,
        organ=facts.organ if facts.organ in organs else None,
        committee=reported.label("en") if reported else None,
        language=facts.one(graph, DCTERMS.language) or "",
        session=facts.number(document, UNKG.session),
        agenda_item=items[0] if items else None,
        agenda_items=tuple(items),
        title=facts.one(document, DCTERMS.title),
        rapporteur=facts.one(document, UNKG.rapporteur),
        rapporteur_state=name_of(state) if state else None,
        adopted=facts.one(document, DCTERMS.date),
        meeting=facts.meeting(document, UNKG.adoptedAt),
        committee_report=name_of(report) if report else None,
    )


# ── texts ─────────────────────────────────────────────────────────────────────────────────


def _texts(facts: Facts) -> Iterator[Text]:
    passages = {facts.one(p, UNKG.passageOf): p for p in facts.with_property(UNKG.passageOf)}
    found: list[tuple[int, Text]] = []
    mentions = _mentions(facts)
    for work in facts.with_property(UNKG.hasParagraph):
        paragraphs = tuple(
            _paragraph(facts, this, span, mentions.get(this, ()))
            for span, _, this in sorted(
                (_span(facts, passages.get(this)), facts.number(this, UNKG.position) or 0, this)
                for this in facts.all(work, UNKG.hasParagraph)
            )
        )
        # The document's title is its own, also where the text is printed under it.
        title = None if work == facts.document else facts.one(work, DCTERMS.title)
        label = facts.one(work, UNKG.label)
        start = min((p.start for p in paragraphs), default=0)
        found.append((start, Text(label=label, title=title, paragraphs=paragraphs)))
    yield from (text for _, text in sorted(found, key=lambda pair: pair[0]))


def _span(facts: Facts, passage: str | None) -> tuple[int, int]:
    start = facts.number(passage or "", UNKG.start)
    end = facts.number(passage or "", UNKG.end)
    return (start, end) if start is not None and end is not None and start < end else (0, 0)


def _mentions(facts: Facts) -> Mapping[str, list[str]]:
    """The passages that state something, by the paragraph they are stated in."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for passage in facts.with_property(UNKG.inParagraph):
        if passage.startswith(f"{facts.graph}#char="):
            for paragraph in facts.all(passage, UNKG.inParagraph):
                found[paragraph].append(passage)
    return found


def _paragraph(
    facts: Facts, this: str, span: tuple[int, int], mentions: Iterable[str]
) -> Paragraph:
    classes = set(facts.all(this, RDF.type))
    kind: Any = next((kind for iri, kind in _PARAGRAPHS.items() if iri in classes), "other")
    members: dict[str, list[Any]] = defaultdict(list)
    for passage in mentions:
        for name, fact in _facts_at(facts, passage, this, span):
            members[name].append(fact)
    return Paragraph(
        kind=kind,
        n=facts.one(this, UNKG.number) or "",
        verb=facts.one(this, UNKG.clauseVerb),
        start=span[0],
        end=span[1],
        **{name: tuple(sorted(these, key=lambda f: f.start)) for name, these in members.items()},
    )


def _facts_at(
    facts: Facts, passage: str, paragraph: str, span: tuple[int, int]
) -> Iterator[tuple[str, Any]]:
    """The facts of one paragraph that one passage states."""
    start, end = _span(facts, passage)
    if end == 0:
        return
    quote = facts.one(passage, UNKG.quote) or ""
    where: dict[str, Any] = {"start": start, "end": end}
    quoted = {**where, "quote": quote, "spans": _pieces(facts, passage)}
    for thing in facts.all(passage, UNKG.mentionOf):
        if facts.one(thing, UNKG.citedWork):
            if facts.one(thing, UNKG.citingParagraph) == paragraph:
                yield _cited(facts, thing, {**quoted, "marker": _marker(facts, passage, span)})
        elif facts.one(thing, UNKG.modality):
            if facts.one(thing, UNKG.inParagraph) == paragraph:
                yield "requests", request(facts, thing, quoted, speaking=facts.organ)
        elif "/state/" in thing:
            yield "states", StateMention(target=name_of(thing), name=clean(quote), **where)
    if UNKNOWN in facts.all(passage, UNKG.reason):
        via: Any = "text" if span[0] <= start < span[1] else "footnote"
        verb = facts.one(passage, UNKG.clauseVerb)
        unknown = InstrumentMention(name=clean(quote), target=None, via=via, verb=verb, **quoted)
        yield "instruments", unknown


def _cited(facts: Facts, thing: str, where: dict[str, Any]) -> tuple[str, Any]:
    target = facts.one(thing, UNKG.citedWork) or ""
    via: Any = facts.one(thing, UNKG.via) or "text"
    verb = facts.one(thing, UNKG.clauseVerb)
    if target.startswith(DOCUMENT_BASE):
        doubt: Any = facts.one(thing, UNKG.doubt)
        return "citations", Citation(
            target=name_of(target),
            via=via,
            date=facts.one(thing, UNKG.citedDate),
            title=facts.one(thing, UNKG.citedTitle),
            verb=verb,
            doubt=doubt,
            **where,
        )
    unts = [name_of(iri).split("-") for iri in facts.all(thing, UNKG.printedRegistration)]
    return "instruments", InstrumentMention(
        name=clean(where["quote"]),
        target=name_of(target),
        via=via,
        verb=verb,
        unts=tuple(Unts(volume=int(v), number=int(n)) for v, n in unts),
        **where,
    )


def _pieces(facts: Facts, passage: str) -> Pieces:
    printed = (facts.one(passage, UNKG.pieces) or "").split()
    return tuple((int(s), int(e)) for s, _, e in (piece.partition("-") for piece in printed))


def _marker(facts: Facts, passage: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The marker in this paragraph: a footnote may be led to from several."""
    starts = sorted(map(int, facts.all(passage, UNKG.markerStart)))
    ends = sorted(map(int, facts.all(passage, UNKG.markerEnd)))
    pairs = list(zip(starts, ends, strict=False))
    inside = [pair for pair in pairs if span[0] <= pair[0] <= span[1]]
    return next(iter(inside or pairs[-1:]), None)


def _unresolved(facts: Facts) -> Iterator[Unresolved]:
    found = [p for p in facts.with_property(UNKG.reason) if p.startswith(f"{facts.graph}#char=")]
    for passage in sorted(found, key=lambda p: _span(facts, p)):
        start, end = _span(facts, passage)
        for reason in facts.all(passage, UNKG.reason):
            if reason == UNKNOWN and facts.one(passage, UNKG.inParagraph):
                continue  # told as an instrument of its paragraph
            yield Unresolved(
                text=facts.one(passage, UNKG.quote) or "",
                start=start,
                end=end,
                reason=reason,
                candidates=tuple(facts.all(passage, UNKG.candidate)),
            )


def _whole(facts: Facts) -> tuple[str, Pieces] | None:
    """The text kept with the version, if it is the one that the offsets were counted in."""
    text, said = (facts.one(facts.graph, term) for term in (UNKG.text, UNKG.sha256))
    return (text, ()) if text and digest_of_text(text) == said else None


def _text(facts: Facts) -> tuple[str, Pieces]:
    """The quotations laid where they belong, and the stretches none of them covers."""
    quotes = [
        (*_span(facts, passage), quote)
        for passage in facts.with_property(UNKG.quote)
        if passage.startswith(f"{facts.graph}#char=")
        for quote in facts.all(passage, UNKG.quote)
    ]
    quotes = [(s, e, q) for s, e, q in quotes if e and len(q) == e - s]
    pieces: list[str] = []
    gaps: list[tuple[int, int]] = []
    at = 0
    for start, end, quote in sorted(quotes, key=lambda each: (each[0], -each[1])):
        if start > at:
            gaps.append((at, start))
            pieces.append("\n" * (start - at))
            at = start
        if end > at:
            pieces.append(quote[at - start :])
            at = end
    return "".join(pieces), tuple(gaps)
