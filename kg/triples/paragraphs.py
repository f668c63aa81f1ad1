"""Parts, paragraphs, and what they cite, name and request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.iri import registration_iri
from kg.model import Citation, InstrumentMention, Paragraph, Request, StateMention, Text, Unresolved
from kg.symbol import Symbol
from kg.triples.scope import Scope, document_named, mention, place, titled
from kg.triples.terms import Fact, day, link, number, of_type, slug, text, truth, within
from kg.vocab import UNKG

UNKNOWN = "the instrument is not in the authority"
_PARAGRAPHS = {
    "preambular": (UNKG.PreambularParagraph, "pp"),
    "operative": (UNKG.OperativeParagraph, "op"),
    "narrative": (UNKG.NarrativeParagraph, "para-"),
    "annex": (UNKG.AnnexParagraph, "annex-"),
    "heading": (UNKG.Heading, "heading-"),
    "other": (UNKG.Paragraph, "other-"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a fact stands: its paragraph, and the works whose paragraph it is.

    ``work`` is the document or the part; ``works`` adds the draft that became the part.
    """

    paragraph: str
    work: str
    works: tuple[str, ...]
    verb: str | None


def part_iri(document: str, label: str | None) -> str:
    """The part of a document that a label names; the document itself without one.

    >>> part_iri("https://undocs.org/A/72/440", "IV")
    'https://undocs.org/A/72/440#draft-IV'
    """
    return document if label is None else within(document, f"draft-{slug(label)}")


def text_facts(
    scope: Scope, run: Text, *, drafts: tuple[str, ...], taken: Counter[str]
) -> Iterator[Fact]:
    """One run of paragraphs; ``drafts`` are the IRIs of the drafts it is the text of."""
    work = part_iri(scope.document, run.label)
    if run.label is not None:
        yield from of_type(work, UNKG.Part)
        yield link(scope.document, UNKG.contains, work)
        yield work, UNKG.label, text(run.label)
    if work != scope.document or not scope.record.document.title:
        yield from titled(work, run.title, scope.language)
    for position, paragraph in enumerate(run.paragraphs, start=1):
        this = paragraph_iri(work, paragraph, taken)
        where = Place(paragraph=this, work=work, works=(work, *drafts), verb=paragraph.verb)
        yield this, UNKG.position, number(position)
        yield from _paragraph(scope, paragraph, where)


def paragraph_iri(work: str, paragraph: Paragraph, taken: Counter[str]) -> str:
    """Its kind and number; a number printed twice is told apart by order of appearance."""
    iri = within(work, f"{_PARAGRAPHS[paragraph.kind][1]}{slug(paragraph.n)}")
    taken[iri] += 1
    return iri if taken[iri] == 1 else f"{iri}.{taken[iri]}"


def _paragraph(scope: Scope, paragraph: Paragraph, where: Place) -> Iterator[Fact]:
    this = where.paragraph
    yield from of_type(this, _PARAGRAPHS[paragraph.kind][0])
    yield link(where.work, UNKG.hasParagraph, this)
    yield this, UNKG.number, text(paragraph.n)
    if paragraph.verb:
        yield this, UNKG.clauseVerb, text(paragraph.verb, scope.language)
    if paragraph.end > paragraph.start:
        yield from place(scope, paragraph.start, paragraph.end, kind=UNKG.Passage)
        passage = scope.passage(paragraph.start, paragraph.end)
        yield link(passage, UNKG.passageOf, this)
        if scope.text is not None:
            yield passage, UNKG.quote, text(scope.text[paragraph.start : paragraph.end])
    for cited in paragraph.citations:
        yield from _citation(scope, cited, where)
    for named in paragraph.instruments:
        yield from _instrument(scope, named, where)
    for state in paragraph.states:
        yield from _state(scope, state, where)
    for order, request in enumerate(paragraph.requests, start=1):
        yield from _request(scope, request, where, within(this, f"request-{order}"))


def _citation(scope: Scope, cited: Citation, where: Place) -> Iterator[Fact]:
    target = Symbol(cited.target).iri
    this = within(where.paragraph, f"cites-{slug(cited.target)}")
    yield from _citation_node(scope, this, target, cited, where)
    yield from document_named(scope, cited.target)
    if cited.doubt:
        yield this, UNKG.doubt, text(cited.doubt)
    else:
        yield from _arcs(scope, target, cited, where)
    if cited.date:
        yield this, UNKG.citedDate, day(cited.date)
    if cited.title:
        yield this, UNKG.citedTitle, text(cited.title)


def _instrument(scope: Scope, named: InstrumentMention, where: Place) -> Iterator[Fact]:
    if named.target is None:
        yield from _unknown(scope, named, where)
        return
    target = scope.instrument(named.target)
    this = within(where.paragraph, f"cites-{slug(named.target)}")
    yield from _citation_node(scope, this, target, named, where)
    yield from _arcs(scope, target, named, where)
    known = scope.authority.instruments.get(named.target)
    yield from of_type(target, getattr(UNKG, known.kind) if known else UNKG.Instrument)
    for entry in named.unts:
        registration = registration_iri(entry.volume, entry.number, base=scope.base)
        yield link(this, UNKG.printedRegistration, registration)
        yield from of_type(registration, UNKG.Registration)
        yield registration, UNKG.volume, number(entry.volume)
        yield registration, UNKG.registrationNumber, number(entry.number)


def _citation_node(
    scope: Scope, this: str, target: str, fact: Citation | InstrumentMention, where: Place
) -> Iterator[Fact]:
    yield from of_type(this, UNKG.Citation)
    yield link(this, UNKG.citingWork, where.work)
    yield link(this, UNKG.citingParagraph, where.paragraph)
    yield link(this, UNKG.citedWork, target)
    yield this, UNKG.via, text(fact.via)
    verb = fact.verb or where.verb
    if verb:
        yield this, UNKG.clauseVerb, text(verb, scope.language)
    yield from mention(
        scope,
        of=this,
        quote=fact.quote,
        start=fact.start,
        end=fact.end,
        paragraph=where.paragraph,
        spans=fact.spans,
        marker=fact.marker,
    )


def _arcs(
    scope: Scope, target: str, fact: Citation | InstrumentMention, where: Place
) -> Iterator[Fact]:
    """Work → target: the clause's sub-property, plain ``cites`` if only a footnote says it."""
    clause = None
    if fact.via != "footnote":
        clause = scope.clause_of(fact.verb or where.verb, scope.language)
    for work in where.works:
        yield link(work, getattr(UNKG, clause) if clause else UNKG.cites, target)


def _unknown(scope: Scope, named: InstrumentMention, where: Place) -> Iterator[Fact]:
    """A name that is an instrument's, of an instrument the authority does not have."""
    this = scope.passage(named.start, named.end)
    yield from place(scope, named.start, named.end, kind=UNKG.UnresolvedReference)
    yield this, UNKG.quote, text(named.quote)
    yield this, UNKG.reason, text(UNKNOWN)
    yield link(this, UNKG.inParagraph, where.paragraph)
    verb = named.verb or where.verb
    if verb:
        yield this, UNKG.clauseVerb, text(verb, scope.language)
    if named.spans:
        yield this, UNKG.pieces, text(" ".join(f"{s}-{e}" for s, e in named.spans))


def _state(scope: Scope, state: StateMention, where: Place) -> Iterator[Fact]:
    target = scope.state(state.target)
    yield link(where.paragraph, UNKG.mentions, target)
    quote = scope.text[state.start : state.end] if scope.text is not None else state.name
    # The name is cleaned; it is the quotation only if nothing was taken out of it.
    if len(quote) == state.end - state.start:
        yield from mention(
            scope,
            of=target,
            quote=quote,
            start=state.start,
            end=state.end,
            paragraph=where.paragraph,
        )


def _request(scope: Scope, request: Request, where: Place, this: str) -> Iterator[Fact]:
    yield from of_type(this, UNKG.Request)
    yield link(this, UNKG.inParagraph, where.paragraph)
    yield this, UNKG.modality, text(request.modality)
    yield this, UNKG.clauseVerb, text(request.verb, scope.language)
    yield this, UNKG.report, truth(request.report)
    for addressee in request.addressees:
        yield this, UNKG.addresseeName, text(addressee.name, scope.language)
        if addressee.target:
            yield link(this, UNKG.addressee, scope.addressee(addressee.target))
    if request.to:
        yield link(this, UNKG.reportTo, scope.addressee(request.to))
    yield from _due(scope, request, this)
    yield from mention(
        scope,
        of=this,
        quote=request.quote,
        start=request.start,
        end=request.end,
        paragraph=where.paragraph,
        spans=request.spans,
    )


def _due(scope: Scope, request: Request, this: str) -> Iterator[Fact]:
    due = request.due
    if due is None:
        return
    if due.session is not None:
        yield this, UNKG.dueSession, number(due.session)
        organ = due.organ or scope.record.document.organ
        if organ:
            yield link(this, UNKG.dueOrgan, scope.organ(organ))
    if due.date:
        yield this, UNKG.dueDate, day(due.date)


def unresolved_facts(scope: Scope, seen: Unresolved) -> Iterator[Fact]:
    """A reference that was seen and not decided, with its reason and candidates."""
    this = scope.passage(seen.start, seen.end)
    yield from place(scope, seen.start, seen.end, kind=UNKG.UnresolvedReference)
    yield this, UNKG.quote, text(seen.text)
    yield this, UNKG.reason, text(seen.reason)
    for candidate in seen.candidates:
        yield this, UNKG.candidate, text(candidate)
