"""The words of a file of candidates: what a block may say, and what that becomes."""

from __future__ import annotations

from kg.vocab import BASE, DCTERMS, RDF, SKOS, UNKG

# Candidates are no part of the graph: their terms have no place in the ontology.
CANDIDATE = f"{BASE}/candidate/"
INSTRUMENT = f"{BASE}/instrument/"
UNTS = f"{BASE}/unts/"
DOCUMENT = "https://undocs.org/"

KIND = f"{UNKG.IRI}Candidate"
APPROVED = f"{UNKG.IRI}approved"
PROPOSES = f"{UNKG.IRI}proposes"
ABOUT = f"{UNKG.IRI}about"
NEW_CLASS = f"{UNKG.IRI}newClass"
DOCUMENTS = f"{UNKG.IRI}documents"
EVIDENCE = f"{UNKG.IRI}evidence"
CONTRADICTION = f"{UNKG.IRI}contradiction"

# What is brought into the authority, by the way it is written there.
NAMES = {
    SKOS.prefLabel: "skos:prefLabel",
    SKOS.altLabel: "skos:altLabel",
    SKOS.hiddenLabel: "skos:hiddenLabel",
    UNKG.shortName: "unkg:shortName",
}
STATEMENTS = {
    UNKG.registeredAs: "unkg:registeredAs",
    UNKG.annexedTo: "unkg:annexedTo",
    UNKG.parentInstrument: "unkg:parentInstrument",
    DCTERMS.date: "dcterms:date",
}
OWN = frozenset(
    {RDF.type, APPROVED, PROPOSES, ABOUT, NEW_CLASS, DOCUMENTS, EVIDENCE, CONTRADICTION}
)
PROPOSALS = ("new instrument", "further name", "short name", "registration", "annex")

PREFIXES = (
    ("unkg", UNKG.IRI),
    ("candidate", CANDIDATE),
    ("instrument", INSTRUMENT),
    ("unts", UNTS),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
)


def heading(*used: str) -> str:
    """The prefixes of a file, only those ``used`` if any are named."""
    chosen = [(name, iri) for name, iri in PREFIXES if not used or name in used]
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in chosen)


def literal(text: str, language: str | None = None) -> str:
    """A string as Turtle writes it on one line.

    >>> print(literal("the Wells", "en"))
    "the Wells"@en
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"' + (f"@{language}" if language else "")
