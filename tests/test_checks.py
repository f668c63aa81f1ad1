"""The compiled checks: they say what the SHACL engine says, of good graphs and of broken ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.authority import load_authority
from kg.checks import compiled, facts_of, holds
from kg.shacl import SH
from kg.triples import quads
from kg.validate import reported
from kg.vocab import RDF, UNKG, XSD
from tests import sample_record

STATES = frozenset(state.iri for state in load_authority().states.values())
VOTE = ox.NamedNode("https://undocs.org/A/C.3/98/L.6#vote")


@cache
def sample() -> tuple[ox.Quad, ...]:
    made = tuple(quads(sample_record.report()))
    return (*made, *voted())


def quad(subject: ox.NamedNode, predicate: str, value: str | int) -> ox.Quad:
    graph = ox.NamedNode("https://undocs.org/en/A/98/512")
    if isinstance(value, int):
        return ox.Quad(subject, ox.NamedNode(predicate), ox.Literal(value), graph)
    iri = value.startswith("http")
    return ox.Quad(
        subject, ox.NamedNode(predicate), ox.NamedNode(value) if iri else ox.Literal(value), graph
    )


def voted() -> list[ox.Quad]:
    draft, start = "https://undocs.org/A/C.3/98/L.6", "https://w3id.org/unkg/state/"
    return [
        quad(VOTE, RDF.type, UNKG.Vote),
        quad(VOTE, UNKG.proposal, draft),
        *(quad(VOTE, UNKG.votedFor, start + code) for code in ("KEN", "ITA")),
        quad(VOTE, UNKG.votedAgainst, start + "PER"),
        quad(VOTE, UNKG.inFavourTotal, 2),
        quad(VOTE, UNKG.againstTotal, 1),
    ]


def by_checks(found: tuple[ox.Quad, ...]) -> bool:
    return holds(facts_of(found), states=STATES, state_class=UNKG.State)


def by_engine(found: tuple[ox.Quad, ...]) -> bool:
    return not list(reported(facts_of(found), graph="", states=STATES))


def test_a_good_graph_holds() -> None:
    assert by_checks(sample())
    assert by_engine(sample())


def test_every_shape_is_compiled() -> None:
    shapes = compiled()
    assert sum(len(shape.properties) for shape in shapes) >= 40
    assert any(shape.selects for shape in shapes)
    assert any(shape.must_be for shape in shapes)


def test_what_cannot_be_compiled_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import rdflib

    from kg import checks
    from kg.errors import AuthorityError

    graph = rdflib.Graph()
    node = rdflib.URIRef("https://w3id.org/unkg/shapes#Odd")
    graph.add((node, rdflib.RDF.type, rdflib.URIRef(SH.NodeShape)))
    graph.add((node, rdflib.URIRef("http://www.w3.org/ns/shacl#uniqueLang"), rdflib.Literal(True)))
    monkeypatch.setattr(checks, "shapes_graph", lambda: graph)
    with pytest.raises(AuthorityError, match="uniqueLang"):
        checks.compiled.__wrapped__()


# What goes wrong with one statement of a graph: left out, doubled, or another value.
def _without(found: ox.Quad) -> list[ox.Quad]:
    return []


def _with_value(
    value: ox.NamedNode | ox.Literal, *, also: bool
) -> Callable[[ox.Quad], list[ox.Quad]]:
    def changed(found: ox.Quad) -> list[ox.Quad]:
        new = ox.Quad(found.subject, found.predicate, value, found.graph_name)
        return [found, new] if also else [new]

    return changed


VALUES = (
    ox.Literal(""),
    ox.Literal("joined"),
    ox.Literal("zh"),
    ox.Literal("two words"),
    ox.Literal("Rappelant", language="fr"),
    ox.Literal(-1),
    ox.Literal(0),
    ox.Literal(3),
    ox.Literal(10**9),
    ox.Literal("many", datatype=ox.NamedNode(XSD.integer)),
    ox.NamedNode("https://w3id.org/unkg/state/KEN"),
    ox.NamedNode("https://w3id.org/unkg/state/Nowhere"),
    ox.NamedNode("https://undocs.org/A/RES/70/1"),
    ox.NamedNode(UNKG.Mention),
)
HARMS = (
    _without,
    *(_with_value(value, also=also) for value in VALUES for also in (True, False)),
)
SHAPED = frozenset({one.path for shape in compiled() for one in shape.properties} | {RDF.type})


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_checks_and_engine_agree_on_broken_graphs(data: st.DataObject) -> None:
    places = [at for at, one in enumerate(sample()) if one.predicate.value in SHAPED]
    at = data.draw(st.sampled_from(places))
    harm = data.draw(st.sampled_from(HARMS))
    broken = (*sample()[:at], *harm(sample()[at]), *sample()[at + 1 :])
    # The harm may put a statement in twice; a graph is a set.
    broken = tuple(dict.fromkeys(broken))
    assert by_checks(broken) == by_engine(broken), (sample()[at], harm)


def test_a_total_that_the_lists_contradict_is_found() -> None:
    wrong = tuple(
        quad(VOTE, UNKG.inFavourTotal, 7) if one.predicate.value == UNKG.inFavourTotal else one
        for one in sample()
    )
    assert not by_checks(wrong)
    assert not by_engine(wrong)
