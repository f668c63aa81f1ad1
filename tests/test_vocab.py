"""Closed namespaces and the IRIs we mint."""

import subprocess
import sys

import pytest

from kg import vocab
from kg.vocab import (
    DCTERMS,
    OA,
    UNKG,
    document_iri,
    instrument_iri,
    meeting_iri,
    ontology_path,
    organ_iri,
    rebase,
    state_iri,
    version_iri,
)


def test_a_term_is_a_plain_string_iri() -> None:
    assert UNKG.cites == "https://w3id.org/unkg/ontology#cites"
    assert type(UNKG.cites) is str
    assert DCTERMS.title == "http://purl.org/dc/terms/title"
    assert OA.Annotation == "http://www.w3.org/ns/oa#Annotation"


@pytest.mark.parametrize("namespace", ["UNKG", "DCTERMS", "SKOS", "PROV", "SH"])
def test_a_misspelt_term_is_an_error(namespace: str) -> None:
    with pytest.raises(AttributeError):
        getattr(vocab, namespace).citess  # noqa: B018


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        (state_iri("COD"), "https://w3id.org/unkg/state/COD"),
        (organ_iri("A/C.3"), "https://w3id.org/unkg/organ/A-C.3"),
        (organ_iri("CTOC/COP"), "https://w3id.org/unkg/organ/CTOC-COP"),
        (instrument_iri("untoc"), "https://w3id.org/unkg/instrument/untoc"),
        (meeting_iri("A/C.3", 72, 43), "https://w3id.org/unkg/meeting/A-C.3-72-43"),
        (document_iri("A/RES/2200(XXI)A", sha256=""), "https://undocs.org/A/RES/2200(XXI)A"),
        (document_iri(None, sha256="ab" * 32), f"https://w3id.org/unkg/document/{'ab' * 8}"),
        (version_iri("A/72/440", "", "ar"), "https://undocs.org/ar/A/72/440"),
        (version_iri(None, "ab" * 32, "ru"), f"https://w3id.org/unkg/document/{'ab' * 8}/ru"),
        (state_iri("FRA", base="https://example.org/x"), "https://example.org/x/state/FRA"),
    ],
)
def test_minted(iri: str, expected: str) -> None:
    assert iri == expected


def test_hostile_keys_stay_inside_their_segment() -> None:
    assert state_iri("../A?b#c") == "https://w3id.org/unkg/state/..%2FA%3Fb%23c"
    assert instrument_iri("a b<c>") == "https://w3id.org/unkg/instrument/a%20b%3Cc%3E"


def test_rebase_moves_only_what_we_mint() -> None:
    assert rebase(state_iri("FRA"), base="urn:x") == "urn:x/state/FRA"
    assert rebase("https://w3id.org/unkgx/state/FRA", base="urn:x").startswith("https://w3id.org/")


def test_the_ontology_is_found() -> None:
    assert (ontology_path() / "shapes.ttl").is_file()
    assert (ontology_path() / "authority" / "states.ttl").is_file()


def test_import_is_free_of_heavy_libraries() -> None:
    heavy = {"rdflib", "networkx", "spacy", "pyvis", "pyshacl", "numpy"}
    code = "import sys, kg.vocab, kg.authority; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
