"""The document, its language version, and where the reading came from."""

from __future__ import annotations

from collections.abc import Iterator

import kg
from kg.symbol import Symbol
from kg.triples.scope import Scope, document_named, titled
from kg.triples.terms import Fact, day, link, number, of_type, text
from kg.vocab import DCTERMS, PROV, SCHEMA, UNKG

_CLASSES = {
    "committee-report": UNKG.CommitteeReport,
    "resolution": UNKG.Resolution,
    "draft-resolution": UNKG.DraftResolution,
    "decision": UNKG.Decision,
    "other": UNKG.Document,
}
# Code points; what is longer would be a statement that other engines' loaders refuse.
MAX_TEXT = 4 * 2**20


def document_facts(scope: Scope) -> Iterator[Fact]:
    """What the document says of itself."""
    data, this = scope.record.document, scope.document
    yield from of_type(this, _CLASSES[data.kind])
    if data.symbol:
        yield this, UNKG.symbol, text(data.symbol)
    yield from titled(this, data.title, scope.language)
    if data.organ:
        yield link(this, UNKG.organ, scope.organ(data.organ))
    if scope.committee:
        yield link(this, UNKG.committee, scope.organ(scope.committee))
    if data.session is not None:
        yield this, UNKG.session, number(data.session)
    for item in sorted({*data.agenda_items, *filter(None, [data.agenda_item])}):
        yield this, UNKG.agendaItem, text(item)
    if data.rapporteur:
        yield this, UNKG.rapporteur, text(data.rapporteur)
    if data.rapporteur_state:
        yield link(this, UNKG.rapporteurState, scope.state(data.rapporteur_state))
    yield from _links(scope)


def _links(scope: Scope) -> Iterator[Fact]:
    data, this = scope.record.document, scope.document
    if data.committee_report:
        yield link(this, UNKG.onReport, Symbol(data.committee_report).iri)
        yield from document_named(scope, data.committee_report)
    if data.adopted:
        yield this, DCTERMS.date, day(data.adopted)
    if data.meeting is not None and data.organ:
        # A resolution's own meeting is the organ's, also where a committee reported on it.
        yield from meeting_facts(
            scope, this, UNKG.adoptedAt, data.meeting, data.adopted, data.organ
        )
    for symbol in scope.record.documents_considered:
        yield link(this, UNKG.considers, Symbol(symbol).iri)
        yield from document_named(scope, symbol)


def meeting_facts(
    scope: Scope, subject: str, predicate: str, meeting: int, date: str | None, organ: str
) -> Iterator[Fact]:
    """A meeting as a node, and the link of a fact to it."""
    this = scope.meeting(meeting, organ)
    if this is None:
        return
    yield link(subject, predicate, this)
    yield from of_type(this, UNKG.Meeting)
    yield link(this, UNKG.organ, scope.organ(organ))
    yield this, UNKG.number, text(str(meeting))
    if scope.record.document.session is not None:
        yield this, UNKG.session, number(scope.record.document.session)
    if date:
        yield this, DCTERMS.date, day(date)


def version_facts(scope: Scope) -> Iterator[Fact]:
    """The language version: of what, in which language, read from which file by what."""
    record, this = scope.record, scope.version
    reader = f"{scope.base}/software/unkg-{kg.__version__}"
    file = f"{scope.base}/file/{record.sha256}"
    yield from of_type(this, UNKG.DocumentVersion)
    yield link(this, UNKG.versionOf, scope.document)
    yield this, DCTERMS.language, text(record.language)
    yield this, DCTERMS.source, text(record.source)
    yield this, UNKG.sha256, text(record.sha256)
    if scope.text and len(scope.text) <= MAX_TEXT:
        yield this, UNKG.text, text(scope.text)
    if record.document.symbol_from:
        yield this, UNKG.symbolFrom, text(record.document.symbol_from)
    yield link(this, PROV.wasDerivedFrom, file)
    yield from of_type(file, PROV.Entity)
    yield file, SCHEMA.name, text(record.source)
    yield link(this, PROV.wasAttributedTo, reader)
    yield from of_type(reader, PROV.SoftwareAgent)
    yield reader, SCHEMA.name, text("unkg")
    yield reader, SCHEMA.softwareVersion, text(kg.__version__)
