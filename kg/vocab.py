"""The vocabularies we write, as closed namespaces, and the IRIs we mint.

A term is a plain ``str``; a misspelt one is an ``AttributeError`` (and a type error before
that). Free of rdflib, so that it may be imported anywhere.
"""

# ruff: noqa: N815 - the names are those of the vocabularies

from __future__ import annotations

from pathlib import Path

from kg.iri import BASE as BASE
from kg.iri import document_iri as document_iri
from kg.iri import instrument_iri as instrument_iri
from kg.iri import meeting_iri as meeting_iri
from kg.iri import organ_iri as organ_iri
from kg.iri import rebase as rebase
from kg.iri import state_iri as state_iri
from kg.iri import version_iri as version_iri


class Terms:
    """A closed namespace: each annotated name becomes a class attribute, its IRI."""

    IRI: str

    def __init_subclass__(cls, *, base: str) -> None:
        cls.IRI = base
        for name in cls.__annotations__:
            setattr(cls, name, base + name.rstrip("_"))


class UNKG(Terms, base="https://w3id.org/unkg/ontology#"):
    """The terms of ``ontology/unkg.ttl``."""

    Document: str
    DocumentVersion: str
    CommitteeReport: str
    Resolution: str
    Decision: str
    Proposal: str
    DraftResolution: str
    DraftDecision: str
    Amendment: str
    Part: str
    Paragraph: str
    PreambularParagraph: str
    OperativeParagraph: str
    NarrativeParagraph: str
    AnnexParagraph: str
    Heading: str
    Passage: str
    Mention: str
    Citation: str
    UnresolvedReference: str
    Instrument: str
    Treaty: str
    Protocol: str
    Charter: str
    Declaration: str
    Rules: str
    Principles: str
    Guidelines: str
    CodeOfConduct: str
    Strategy: str
    Programme: str
    Agenda: str
    Framework: str
    Compact: str
    ModelLaw: str
    Outcome: str
    Collective: str
    Registration: str
    State: str
    Organ: str
    Actor: str
    Name: str
    Meeting: str
    Sponsorship: str
    Vote: str
    Statement: str
    Request: str
    symbol: str
    symbolFrom: str
    session: str
    organ: str
    committee: str
    agendaItem: str
    rapporteur: str
    rapporteurState: str
    considers: str
    contains: str
    hasParagraph: str
    inParagraph: str
    inVersion: str
    versionOf: str
    passageOf: str
    label: str
    number: str
    sha256: str
    text: str
    position: str
    clauseVerb: str
    refersTo: str
    mentions: str
    cites: str
    recalls: str
    reaffirms: str
    welcomes: str
    takesNoteOf: str
    stresses: str
    implements: str
    requests: str
    citingWork: str
    citingParagraph: str
    citedWork: str
    citedDate: str
    citedTitle: str
    via: str
    doubt: str
    printedRegistration: str
    mentionOf: str
    statedProperty: str
    mentionedIn: str
    quote: str
    start: str
    end: str
    pieces: str
    markerStart: str
    markerEnd: str
    reason: str
    candidate: str
    recommendedAs: str
    recommendedBy: str
    supersedes: str
    adoptedAs: str
    onReport: str
    adoptedAt: str
    introducedAt: str
    introducedBy: str
    introducedOn: str
    onBehalfOf: str
    proposedByChair: str
    orallyRevised: str
    programmeBudgetImplications: str
    hasSponsor: str
    sponsoredBy: str
    joinedBy: str
    withdrawnBy: str
    proposal: str
    sponsor: str
    tier: str
    atMeeting: str
    rejectedAt: str
    withdrawnAt: str
    outcome: str
    hasVote: str
    hasSeparateVote: str
    votedPart: str
    votedFor: str
    votedAgainst: str
    abstained: str
    inFavourTotal: str
    againstTotal: str
    abstainTotal: str
    madeBy: str
    timing: str
    modality: str
    addressee: str
    addresseeName: str
    report: str
    dueSession: str
    dueOrgan: str
    dueDate: str
    reportTo: str
    annexedTo: str
    registeredAs: str
    volume: str
    registrationNumber: str
    parentInstrument: str
    parentOrgan: str
    code: str
    alpha2: str
    alpha4: str
    m49: str
    region: str
    regionalGroup: str
    memberSince: str
    memberUntil: str
    successor: str
    formalName: str
    shortName: str
    hasName: str
    nameKind: str
    validFrom: str
    validUntil: str
    adoptionPlace: str


class RDF(Terms, base="http://www.w3.org/1999/02/22-rdf-syntax-ns#"):
    """RDF 1.1."""

    type: str
    Property: str
    langString: str


class RDFS(Terms, base="http://www.w3.org/2000/01/rdf-schema#"):
    """RDF Schema 1.1."""

    label: str
    comment: str
    domain: str
    range: str
    subClassOf: str
    subPropertyOf: str


class OWL(Terms, base="http://www.w3.org/2002/07/owl#"):
    """OWL 2."""

    Class: str
    ObjectProperty: str
    DatatypeProperty: str
    Ontology: str
    sameAs: str
    versionInfo: str


class SKOS(Terms, base="http://www.w3.org/2004/02/skos/core#"):
    """Simple Knowledge Organization System."""

    Concept: str
    ConceptScheme: str
    prefLabel: str
    altLabel: str
    hiddenLabel: str
    notation: str
    definition: str
    inScheme: str
    exactMatch: str
    closeMatch: str


class SKOSXL(Terms, base="http://www.w3.org/2008/05/skos-xl#"):
    """SKOS eXtension for Labels."""

    Label: str
    literalForm: str
    altLabel: str


class DCTERMS(Terms, base="http://purl.org/dc/terms/"):
    """Dublin Core metadata terms."""

    title: str
    language: str
    date: str
    identifier: str
    source: str
    creator: str
    description: str
    isPartOf: str
    hasPart: str
    references: str
    replaces: str
    isReplacedBy: str
    relation: str
    isVersionOf: str
    subject: str
    license: str


class PROV(Terms, base="http://www.w3.org/ns/prov#"):
    """The provenance ontology."""

    Entity: str
    Activity: str
    Agent: str
    SoftwareAgent: str
    wasDerivedFrom: str
    wasAttributedTo: str
    wasGeneratedBy: str
    used: str
    value: str


class OA(Terms, base="http://www.w3.org/ns/oa#"):
    """Web Annotation."""

    Annotation: str
    hasBody: str
    hasTarget: str
    hasSource: str
    hasSelector: str
    start: str
    end: str
    exact: str


class CITO(Terms, base="http://purl.org/spar/cito/"):
    """The Citation Typing Ontology."""

    Citation: str
    cites: str
    citesForInformation: str
    agreesWith: str
    supports: str
    hasCitingEntity: str
    hasCitedEntity: str


class ELI(Terms, base="http://data.europa.eu/eli/ontology#"):
    """The European Legislation Identifier."""

    LegalResource: str
    LegalResourceSubdivision: str
    LegalExpression: str
    cites: str
    has_part: str
    realizes: str


class FRBR(Terms, base="http://purl.org/vocab/frbr/core#"):
    """Functional Requirements for Bibliographic Records."""

    Work: str
    Expression: str
    realization: str


class ORG(Terms, base="http://www.w3.org/ns/org#"):
    """The organization ontology."""

    Organization: str
    subOrganizationOf: str


class SCHEMA(Terms, base="https://schema.org/"):
    """Schema.org."""

    name: str
    Event: str
    VoteAction: str
    hasPart: str
    isPartOf: str
    mentions: str
    sha256: str
    softwareVersion: str


class XSD(Terms, base="http://www.w3.org/2001/XMLSchema#"):
    """XML Schema datatypes."""

    string: str
    integer: str
    boolean: str
    date: str
    gYear: str
    gYearMonth: str


class UNDO(Terms, base="https://w3id.org/un/ontology/undo/"):
    """The United Nations System Document Ontology."""

    Document: str
    DocumentVersion: str
    Resolution: str
    Decision: str
    MeetingReport: str
    Amendment: str
    NormativeDocument: str


def ontology_path() -> Path:
    """The folder that holds ``unkg.ttl``, ``shapes.ttl`` and ``authority/``.

    A wheel carries it inside the package; a checkout has it beside the package.

    >>> (ontology_path() / "unkg.ttl").is_file()
    True
    """
    here = Path(__file__).resolve().parent
    packaged = here / "_ontology"
    return packaged if packaged.is_dir() else here.parent / "ontology"
