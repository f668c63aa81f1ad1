"""The shapes: a good graph holds, a broken one is named with node, property and quotation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.pipeline import extract_paths
from kg.triples import quads
from kg.validate import Violation, validate
from kg.vocab import RDF, UNKG
from tests import sample_record

DRAFT = f"https://undocs.org/{sample_record.FIRST}"
GRAPH = ox.NamedNode(f"https://undocs.org/en/{sample_record.SYMBOL}")


def without(found: Iterable[ox.Quad], subject: str, predicate: str) -> list[ox.Quad]:
    return [q for q in found if (q.subject.value, q.predicate.value) != (subject, predicate)]  # type: ignore[union-attr]


def stated(subject: str, predicate: str, value: str | ox.Literal) -> ox.Quad:
    target = ox.NamedNode(value) if isinstance(value, str) else value
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), target, GRAPH)


def violations(found: Iterable[ox.Quad]) -> list[Violation]:
    return [v for v in validate(found) if v.severity == "violation"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_written_holds(language: str) -> None:
    assert validate(quads(sample_record.report(language))) == ()
    assert validate(quads(sample_record.resolution(language))) == ()


def test_another_base_holds_too() -> None:
    base = "https://example.org/kg"
    assert validate(quads(sample_record.report(), base=base), base=base) == ()


def test_a_real_report_holds(corpus: Path) -> None:
    (outcome,) = extract_paths([corpus / "zh" / "A_72_440.zh.txt"], symbol="A/72/440")
    assert outcome.record is not None
    assert violations(quads(outcome.record)) == []


def test_a_missing_sponsor_is_named_with_its_words() -> None:
    node = f"{DRAFT}#sponsor-PER"
    (found,) = violations(without(quads(sample_record.report()), node, UNKG.sponsor))
    assert (found.focus, found.path, found.quote) == (node, UNKG.sponsor, "Peru")
    assert found.graph == GRAPH.value
    assert node in str(found) and '"Peru"' in str(found)


def test_a_state_that_is_none_is_found() -> None:
    broken = [
        *quads(sample_record.report()),
        stated(f"{DRAFT}#sponsor-XXX", RDF.type, UNKG.Sponsorship),
        stated(f"{DRAFT}#sponsor-XXX", UNKG.proposal, DRAFT),
        stated(f"{DRAFT}#sponsor-XXX", UNKG.sponsor, "https://w3id.org/unkg/state/XXX"),
        stated(f"{DRAFT}#sponsor-XXX", UNKG.tier, ox.Literal("submitted")),
    ]
    assert f"{DRAFT}#sponsor-XXX" in {v.focus for v in violations(broken)}


def test_a_version_has_one_text_at_most() -> None:
    record, text = sample_record.written("en")
    good = list(quads(record, text=text))
    assert violations(good) == []
    (found,) = violations([*good, stated(GRAPH.value, UNKG.text, ox.Literal("another"))])
    assert (found.focus, found.path) == (GRAPH.value, UNKG.text)


def test_a_wrong_tier_and_a_turned_mention_are_found() -> None:
    node = f"{DRAFT}#sponsor-PER"
    good = list(quads(sample_record.report()))
    assert violations([*good, stated(node, UNKG.tier, ox.Literal("perhaps"))])
    mention = next(q.subject.value for q in good if q.predicate.value == UNKG.mentionOf)  # type: ignore[union-attr]
    number = ox.Literal("0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    turned = [*without(good, mention, UNKG.end), stated(mention, UNKG.end, number)]
    assert mention in {v.focus for v in violations(turned)}
