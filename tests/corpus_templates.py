"""The lines a generated document is made of: what ``kg.triples`` would write, with slots."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

import kg
from kg import iri
from kg.authority import load_authority
from kg.triples.closure import closed
from kg.triples.terms import Fact, link, text
from kg.vocab import DCTERMS, PROV, RDF, SCHEMA, UNKG, XSD

BASE = iri.BASE
READER = f"{BASE}/software/unkg-{kg.__version__}"


def template(*facts: Fact) -> str:
    """The lines of facts and of what follows from them; ``slot:name`` becomes ``%(name)s``."""
    lines = dict.fromkeys(f"<{s}> <{p}> {o} <slot:g> .\n" for s, p, o in closed(facts))
    named = re.sub(r"slot:(\w+)", r"%(\1)s", "".join(lines).replace("%", "%%"))
    return named.replace('"@slot ', '"@%(language)s ')


def _is(subject: str, name: str) -> Fact:
    return link(subject, RDF.type, name)


def _typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _whole(name: str) -> ox.Literal:
    return _typed(f"slot:{name}", XSD.integer)


def _day(name: str) -> ox.Literal:
    return _typed(f"slot:{name}", XSD.date)


def _meeting(subject: str, predicate: str) -> tuple[Fact, ...]:
    return (
        link(subject, predicate, "slot:meeting"),
        _is("slot:meeting", UNKG.Meeting),
        link("slot:meeting", UNKG.organ, "slot:meeting_organ"),
        ("slot:meeting", UNKG.number, text("slot:meeting_number")),
        ("slot:meeting", UNKG.session, _whole("session")),
        ("slot:meeting", DCTERMS.date, _day("meeting_day")),
    )


VERSION = template(
    _is("slot:g", UNKG.DocumentVersion),
    link("slot:g", UNKG.versionOf, "slot:d"),
    ("slot:g", DCTERMS.language, text("slot:language")),
    ("slot:g", DCTERMS.source, text("slot:file")),
    ("slot:g", UNKG.sha256, text("slot:sha")),
    ("slot:g", UNKG.symbolFrom, text("printed")),
    link("slot:g", PROV.wasDerivedFrom, f"{BASE}/file/slot:sha"),
    _is(f"{BASE}/file/slot:sha", PROV.Entity),
    (f"{BASE}/file/slot:sha", SCHEMA.name, text("slot:file")),
    link("slot:g", PROV.wasAttributedTo, READER),
    _is(READER, PROV.SoftwareAgent),
    (READER, SCHEMA.name, text("unkg")),
    (READER, SCHEMA.softwareVersion, text(kg.__version__)),
)
RESOLUTION = template(
    _is("slot:d", UNKG.Resolution),
    ("slot:d", UNKG.symbol, text("slot:symbol")),
    ("slot:d", DCTERMS.title, text("slot:title", "slot")),
    link("slot:d", UNKG.organ, "slot:organ"),
    ("slot:d", UNKG.agendaItem, text("slot:item")),
    ("slot:d", DCTERMS.date, _day("day")),
)
SESSION = template(("slot:d", UNKG.session, _whole("session")), *_meeting("slot:d", UNKG.adoptedAt))
COMMITTEE = template(link("slot:d", UNKG.committee, "slot:committee"))
NAMED = template(
    _is("slot:t", UNKG.Resolution),
    ("slot:t", UNKG.symbol, text("slot:symbol")),
    link("slot:t", UNKG.organ, "slot:organ"),
)
INSTRUMENT = {
    kind: template(_is("slot:t", getattr(UNKG, kind)))
    for kind in sorted({entry.kind for entry in load_authority().instruments.values()})
}
PARAGRAPH = {
    kind: template(
        ("slot:p", UNKG.position, _whole("position")),
        _is("slot:p", kind),
        link("slot:d", UNKG.hasParagraph, "slot:p"),
        ("slot:p", UNKG.number, text("slot:n")),
        ("slot:p", UNKG.clauseVerb, text("slot:verb", "slot")),
        _is("slot:g#char=slot:s,slot:e", UNKG.Passage),
        link("slot:g#char=slot:s,slot:e", UNKG.inVersion, "slot:g"),
        ("slot:g#char=slot:s,slot:e", UNKG.start, _whole("s")),
        ("slot:g#char=slot:s,slot:e", UNKG.end, _whole("e")),
        link("slot:g#char=slot:s,slot:e", UNKG.passageOf, "slot:p"),
        ("slot:g#char=slot:s,slot:e", UNKG.quote, text("slot:quote")),
    )
    for kind in (UNKG.PreambularParagraph, UNKG.OperativeParagraph)
}
_MENTION: tuple[Fact, ...] = (
    _is("slot:g#char=slot:s,slot:e", UNKG.Mention),
    link("slot:g#char=slot:s,slot:e", UNKG.inVersion, "slot:g"),
    ("slot:g#char=slot:s,slot:e", UNKG.start, _whole("s")),
    ("slot:g#char=slot:s,slot:e", UNKG.end, _whole("e")),
    ("slot:g#char=slot:s,slot:e", UNKG.quote, text("slot:quote")),
    link("slot:g#char=slot:s,slot:e", UNKG.mentionOf, "slot:c"),
)
CITATION = template(
    _is("slot:c", UNKG.Citation),
    link("slot:c", UNKG.citingWork, "slot:d"),
    link("slot:c", UNKG.citingParagraph, "slot:p"),
    link("slot:c", UNKG.citedWork, "slot:t"),
    ("slot:c", UNKG.via, text("slot:via")),
    ("slot:c", UNKG.clauseVerb, text("slot:verb", "slot")),
    *_MENTION,
    link("slot:g#char=slot:s,slot:e", UNKG.inParagraph, "slot:p"),
)
CITED_DATE = template(("slot:c", UNKG.citedDate, _day("day")))
CITED_TITLE = template(("slot:c", UNKG.citedTitle, text("slot:title")))
REQUEST = template(
    _is("slot:c", UNKG.Request),
    link("slot:c", UNKG.inParagraph, "slot:p"),
    ("slot:c", UNKG.modality, text("request")),
    ("slot:c", UNKG.clauseVerb, text("slot:verb", "slot")),
    ("slot:c", UNKG.report, _typed("true", XSD.boolean)),
    ("slot:c", UNKG.addresseeName, text("slot:name", "slot")),
    link("slot:c", UNKG.addressee, iri.organ_iri("secretary-general")),
    ("slot:c", UNKG.dueSession, _whole("due")),
    link("slot:c", UNKG.dueOrgan, "slot:organ"),
    *_MENTION,
    link("slot:g#char=slot:s,slot:e", UNKG.inParagraph, "slot:p"),
)
DRAFT = template(
    _is("slot:d", UNKG.DraftResolution),
    ("slot:d", UNKG.symbol, text("slot:symbol")),
    ("slot:d", DCTERMS.title, text("slot:title", "slot")),
    link("slot:d", UNKG.organ, "slot:organ"),
    ("slot:d", UNKG.agendaItem, text("slot:item")),
    link("slot:d", UNKG.adoptedAs, "slot:t"),
    ("slot:d", UNKG.introducedOn, _day("meeting_day")),
    *(
        ("slot:d", name, _typed("false", XSD.boolean))
        for name in (UNKG.proposedByChair, UNKG.orallyRevised, UNKG.programmeBudgetImplications)
    ),
)
INTRODUCED_AT = template(
    ("slot:d", UNKG.session, _whole("session")), *_meeting("slot:d", UNKG.introducedAt)
)
INTRODUCED_BY = template(link("slot:d", UNKG.introducedBy, "slot:t"))
AT_MEETING = template(link("slot:c", UNKG.atMeeting, "slot:meeting"))
MENTION = template(*_MENTION)
_ARC = {"submitted": UNKG.sponsoredBy, "joined": UNKG.joinedBy, "withdrawn": UNKG.withdrawnBy}
SPONSOR = {
    tier: template(
        _is("slot:c", UNKG.Sponsorship),
        link("slot:c", UNKG.proposal, "slot:d"),
        link("slot:c", UNKG.sponsor, "slot:t"),
        ("slot:c", UNKG.tier, text(tier)),
        ("slot:c", UNKG.position, _whole("position")),
        link("slot:d", _ARC[tier], "slot:t"),
    )
    for tier in _ARC
}


@cache
def arc(clause: str | None) -> str:
    """The lines of one arc from a work to what it cites."""
    return template(link("slot:d", getattr(UNKG, clause) if clause else UNKG.cites, "slot:t"))
