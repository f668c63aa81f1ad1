"""The linter of the ontology: every term described, nothing used that is not declared."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg import vocab
from kg.vocab import ontology_path

UNKG = Namespace(vocab.UNKG.IRI)
FILES = sorted(p.relative_to(ontology_path()).as_posix() for p in ontology_path().rglob("*.ttl"))
# The terms that the specification of the graph promises to users, by kind.
PROMISED = [
    "CommitteeReport",
    "Resolution",
    "DraftResolution",
    "Decision",
    "DraftDecision",
    "PreambularParagraph",
    "OperativeParagraph",
    "Instrument",
    "Treaty",
    "Declaration",
    "Rules",
    "Programme",
    "State",
    "Organ",
    "Meeting",
    "Citation",
    "Mention",
    "Sponsorship",
    "Vote",
    "Request",
    "symbol",
    "session",
    "organ",
    "inParagraph",
    "cites",
    "recalls",
    "reaffirms",
    "welcomes",
    "takesNoteOf",
    "stresses",
    "implements",
    "requests",
    "citingWork",
    "citingParagraph",
    "citedWork",
    "clauseVerb",
    "via",
    "doubt",
    "mentionOf",
    "quote",
    "start",
    "end",
    "contains",
    "recommendedAs",
    "hasSponsor",
    "sponsoredBy",
    "joinedBy",
    "proposal",
    "sponsor",
    "tier",
    "atMeeting",
    "recommendedBy",
    "supersedes",
    "adoptedAs",
    "onReport",
    "adoptedAt",
    "votedFor",
    "votedAgainst",
    "abstained",
    "annexedTo",
    "registeredAs",
]


CLAUSES = ("recalls", "reaffirms", "welcomes", "takesNoteOf", "stresses", "implements", "requests")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_path() / "unkg.ttl")


def ours(terms: Iterable[object]) -> set[URIRef]:
    return {term for term in terms if isinstance(term, URIRef) and term in UNKG}


def declared(ontology: Graph) -> set[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return ours(s for kind in kinds for s in ontology.subjects(RDF.type, kind))


def used(path: Path) -> set[URIRef]:
    return ours(term for triple in Graph().parse(path) for term in triple)


def test_the_vocabulary_and_the_ontology_name_the_same_terms(ontology: Graph) -> None:
    names = {URIRef(vocab.UNKG.IRI + name) for name in vocab.UNKG.__annotations__}
    assert names == declared(ontology)


def test_every_promised_term_is_declared(ontology: Graph) -> None:
    assert {UNKG[name] for name in PROMISED} <= declared(ontology)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_term_is_described_in_english_and_chinese(ontology: Graph, predicate: URIRef) -> None:
    for term in declared(ontology):
        texts = [o for o in ontology.objects(term, predicate) if isinstance(o, Literal)]
        assert sorted(str(o.language) for o in texts) == ["en", "zh"], term
        assert all(text.strip() for text in texts), term


def test_every_class_specialises_a_known_one(ontology: Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.Class):
        parents = set(ontology.transitive_objects(term, RDFS.subClassOf))
        assert len(parents) > len(ours(parents)), term


@pytest.mark.parametrize(
    "predicate", [RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf]
)
def test_alignments_point_to_declared_terms(ontology: Graph, predicate: URIRef) -> None:
    assert ours(ontology.objects(None, predicate)) <= declared(ontology)


def test_every_clause_property_is_a_citation(ontology: Graph) -> None:
    for name in [
        "recalls",
        "reaffirms",
        "welcomes",
        "takesNoteOf",
        "stresses",
        "implements",
        "requests",
    ]:
        assert UNKG.cites in ontology.transitive_objects(UNKG[name], RDFS.subPropertyOf)


@pytest.mark.parametrize("name", FILES)
def test_no_file_uses_an_undeclared_term(ontology: Graph, name: str) -> None:
    assert used(ontology_path() / name) <= declared(ontology)


@pytest.mark.parametrize("name", FILES)
def test_no_file_uses_blank_subjects_for_facts(name: str) -> None:
    from rdflib import BNode

    if name == "shapes.ttl":
        pytest.skip("shapes may be anonymous")
    assert not [s for s in Graph().parse(ontology_path() / name).subjects() if isinstance(s, BNode)]


def test_every_shape_explains_itself() -> None:
    shapes = Graph().parse(ontology_path() / "shapes.ttl")
    constrained = set(shapes.subjects(SH.path, None)) & set(shapes.objects(None, SH.property))
    for shape in constrained:
        messages = [str(message) for message in shapes.objects(shape, SH.message)]
        assert len(messages) == 1, shape
        assert len(messages[0]) > 20


BASE = "@prefix unkg: <https://w3id.org/unkg/ontology#> .\n@prefix x: <https://example.org/> .\n"
GOOD_MENTION = (
    "x:m a unkg:Mention ; unkg:mentionOf x:c ; unkg:quote 'a' ; unkg:start 0 ; unkg:end 1 ."
)


def violations(turtle: str) -> list[str]:
    from pyshacl import validate

    data = Graph().parse(data=BASE + turtle, format="turtle")
    shapes = Graph().parse(ontology_path() / "shapes.ttl")
    _, report, _ = validate(data, shacl_graph=shapes)
    assert isinstance(report, Graph)
    return sorted(
        str(report.value(result, SH.resultMessage))
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    )


@pytest.mark.parametrize(
    "turtle",
    [
        GOOD_MENTION,
        "x:c a unkg:Citation ; unkg:citingWork x:a ; unkg:citedWork x:b ; unkg:via 'both' .",
        "x:s a unkg:Sponsorship ; unkg:proposal x:a ; unkg:tier 'joined' ;"
        " unkg:sponsor <https://w3id.org/unkg/state/FRA> .",
        "x:v a unkg:Vote ; unkg:proposal x:a ; unkg:inFavourTotal 1 ; unkg:votedFor x:f .",
        "<https://undocs.org/A/RES/70/1> a unkg:Resolution ; unkg:symbol 'A/RES/70/1' .",
    ],
)
def test_sound_data_holds_to_the_shapes(turtle: str) -> None:
    assert violations(turtle) == []


@pytest.mark.parametrize(
    ("turtle", "word"),
    [
        (GOOD_MENTION.replace("'a'", "''"), "unkg:quote"),
        (GOOD_MENTION.replace("unkg:start 0", "unkg:start 5"), "unkg:start"),
        (GOOD_MENTION.replace("unkg:end 1", "unkg:end 1.5"), "unkg:end"),
        ("x:c a unkg:Citation ; unkg:citingWork x:a .", "target"),
        ("x:c a unkg:Citation ; unkg:citingWork x:a ; unkg:citedWork x:b , x:d .", "target"),
        ("x:s a unkg:Sponsorship ; unkg:proposal x:a , x:b ; unkg:tier 'joined' ;"
         " unkg:sponsor <https://w3id.org/unkg/state/FRA> .", "proposal"),
        ("x:s a unkg:Sponsorship ; unkg:proposal x:a ; unkg:tier 'keen' ;"
         " unkg:sponsor <https://w3id.org/unkg/state/FRA> .", "tier"),
        ("x:s a unkg:Sponsorship ; unkg:proposal x:a ; unkg:tier 'joined' ;"
         " unkg:sponsor x:France .", "sponsor"),
        ("x:v a unkg:Vote ; unkg:proposal x:a ; unkg:inFavourTotal 2 ; unkg:votedFor x:f .",
         "total"),
        ("x:v a unkg:Vote ; unkg:proposal x:a ; unkg:votedFor x:f ; unkg:votedAgainst x:f .",
         "against"),
        ("x:r a unkg:Request ; unkg:modality 'beg' ; unkg:inParagraph x:p .", "modality"),
        ("x:d a unkg:Resolution ; unkg:symbol 'A/RES/70 / 1' .", "symbol"),
        ("x:u a unkg:UnresolvedReference ; unkg:quote 'a' ; unkg:start 0 ; unkg:end 1 .", "reason"),
        ("x:m a unkg:Meeting .", "organ"),
    ],
)  # fmt: skip
def test_broken_data_is_told_what_is_wrong(turtle: str, word: str) -> None:
    found = violations(turtle)
    assert found
    assert any(word in message for message in found), found
