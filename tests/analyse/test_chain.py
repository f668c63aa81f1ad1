"""Chains: what is reached, in how many steps, and the ways between two."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.analyse import chain
from kg.analyse.chain import ancestors, closure, descendants, path_graph, path_rows, paths, rows
from kg.analyse.graph import TIES
from kg.analyse.quoted import quoted
from kg.errors import QueryError
from kg.network.citations import Citations, load
from kg.network.reach import Within
from kg.store import Store
from kg.vocab import DCTERMS, RDF, UNKG
from tests import sample_record
from tests.analyse.test_graph import ADOPTED, FIRST, REPORT, UNCAC, store_of
from tests.network import oracle_chain, oracle_graph
from tests.network.test_citations import content

LATER = "https://undocs.org/A/RES/99/3"
OLD = "https://undocs.org/A/RES/56/119"


@pytest.fixture(scope="module")
def network() -> Citations:
    records = [
        sample_record.report(),
        sample_record.resolution(),
        sample_record.later_resolution(),
    ]
    return load(store_of(records))


def made(*arcs: tuple[str, str, str]) -> Store:
    """A store of bare arcs: citing, property, cited."""
    store = Store.in_memory(ontology=False)
    graph = ox.NamedNode("https://undocs.org/en/A/1/1")
    nodes = [(ox.NamedNode(iri(a)), ox.NamedNode(getattr(UNKG, p)), iri(b)) for a, p, b in arcs]
    store.put(graph.value, [ox.Quad(a, p, ox.NamedNode(b), graph) for a, p, b in nodes])
    return store


def iri(name: str) -> str:
    return f"https://undocs.org/{name}"


def names(ways: tuple[tuple[str, ...], ...]) -> set[tuple[str, ...]]:
    return {tuple(name.removeprefix("https://undocs.org/") for name in way) for way in ways}


@pytest.fixture(scope="module")
def tangle() -> Iterator[tuple[Store, nx.MultiDiGraph[str]]]:
    """Sixty works that cite at random, circles included; some drafts, reports and parts."""
    chance = random.Random(5)
    clauses = ("recalls", "reaffirms", "cites", "welcomes")
    works = [f"A/RES/{40 + number}/1" for number in range(60)]
    arcs = {(*chance.sample(works, 2), chance.choice(clauses)) for _ in range(150)}
    found = [(a, clause, b) for a, b, clause in sorted(arcs)]
    for number in range(0, 40, 4):
        draft, part, report = (f"A/C.3/{40 + number}/L.1", f"A/{number}/9#draft-I", f"A/{number}/9")
        found += [(report, "contains", part), (draft, "recommendedAs", part)]
        found += [(draft, "adoptedAs", works[number]), (part, "adoptedAs", works[number])]
        found += [(draft, chance.choice(clauses), chance.choice(works)) for _ in range(3)]
        found += [(chance.choice(works), "cites", report)]
    with made(*found) as store:
        yield store, oracle_graph.citation_graph(store)


@pytest.mark.parametrize("start", [REPORT, FIRST, f"{REPORT}#draft-I", ADOPTED])
def test_report_part_draft_and_resolution_reach_what_the_text_cites(
    network: Citations, start: str
) -> None:
    found = descendants(network, start, depth=1)
    depths = dict(found.nodes(data="depth"))
    assert depths[OLD] == depths[UNCAC] == 1
    assert depths.get(FIRST) == 0


def test_a_draft_does_not_lead_to_its_report(network: Citations) -> None:
    assert REPORT not in descendants(network, FIRST)


def test_who_cites_the_resolution_rests_on_the_draft(network: Citations) -> None:
    assert dict(ancestors(network, FIRST).nodes(data="depth"))[LATER] == 1
    assert dict(ancestors(network, REPORT).nodes(data="depth"))[LATER] == 1
    up = dict(ancestors(network, OLD).nodes(data="depth"))
    assert up[FIRST] == up[ADOPTED] == 1 and up[LATER] == 2


def test_depth_limits_the_chain(network: Citations) -> None:
    assert OLD not in descendants(network, LATER, depth=1)
    assert OLD in descendants(network, LATER, depth=2)


@pytest.mark.parametrize("depth", [1, 2, 3, 60])
@pytest.mark.parametrize("direction", ["descendants", "ancestors"])
def test_chains_are_those_of_the_plain_walk(
    tangle: tuple[Store, nx.MultiDiGraph[str]], direction: str, depth: int
) -> None:
    store, graph = tangle
    network = load(store)
    for start in sorted(graph)[::7]:
        found = getattr(chain, direction)(network, start, depth=depth)
        assert content(found) == content(
            getattr(oracle_chain, direction)(graph, start, depth=depth)
        )
        way = {"descendants": "cites", "ancestors": "cited-by"}[direction]
        rows_at_once = quoted(network, start, direction=way, depth=depth)  # type: ignore[arg-type]
        assert rows_at_once == rows(found)


def test_the_closure_is_a_chain_without_end(tangle: tuple[Store, nx.MultiDiGraph[str]]) -> None:
    store, graph = tangle
    network = load(store)
    for start in sorted(graph)[::7]:
        for direction in ("cites", "cited-by"):
            plain = oracle_chain._reached(graph, start, len(graph), direction)  # type: ignore[arg-type]
            found = closure(network, start, direction=direction)  # type: ignore[arg-type]
            assert found == dict(plain.nodes(data="depth"))


def test_the_ways_between_two(network: Citations) -> None:
    found = paths(network, LATER, OLD)
    assert found[0] == (LATER, ADOPTED, OLD)
    assert (LATER, ADOPTED, FIRST, OLD) in found
    assert paths(network, OLD, LATER) == ()
    first = path_rows(network, found[:1])
    assert [(row["from"], row["clause"], row["to"]) for row in first] == [
        ("A/RES/99/3", "recalls", "A/RES/98/7"),
        ("A/RES/98/7", "recalls", "A/RES/56/119"),
    ]
    assert set(path_graph(network, found[:1])) == {LATER, ADOPTED, OLD}


def test_ways_are_those_of_the_plain_search(tangle: tuple[Store, nx.MultiDiGraph[str]]) -> None:
    store, graph = tangle
    network = load(store)
    known = sorted(graph)
    for start, end in zip(known[::9], reversed(known[::9]), strict=True):
        ways = paths(network, start, end, depth=5)
        assert ways == oracle_chain.paths(graph, start, end, depth=5)
        plain = oracle_chain.path_graph(graph, ways[:5])
        assert content(path_graph(network, ways[:5])) == content(plain)


def merged(graph: nx.MultiDiGraph[str]) -> tuple[nx.DiGraph[str], dict[str, str]]:
    """Drafts and their resolutions as one node; a report's tie to its drafts weighs nothing."""
    ties = nx.Graph((a, b) for a, b, c in graph.edges(data="clause") if c == "adoptedAs")
    stop = {name: min(part) for part in nx.connected_components(ties) for name in part}
    whole: nx.DiGraph[str] = nx.DiGraph()
    for a, b, clause in graph.edges(data="clause"):
        pair = stop.get(a, a), stop.get(b, b)
        cost = 0 if clause in TIES else 1
        if pair[0] != pair[1] and cost <= whole.get_edge_data(*pair, {"cost": 1})["cost"]:
            whole.add_edge(*pair, cost=cost)
    return whole, stop


def test_all_shortest_ways_are_networkx_ones(tangle: tuple[Store, nx.MultiDiGraph[str]]) -> None:
    store, graph = tangle
    network = load(store)
    whole, stop = merged(graph)
    several = 0
    for start in sorted(graph)[::5]:
        for end in sorted(graph)[::6]:
            count, ways = chain.shortest_paths(network, start, end, limit=1000)
            one, other = stop.get(start, start), stop.get(end, end)
            if one not in whole or other not in whole or not nx.has_path(whole, one, other):
                assert (count, ways) == (0, ()) or one == other
                continue
            plain = set(map(tuple, nx.all_shortest_paths(whole, one, other, weight="cost")))
            assert count == len(ways) == len(plain)
            found = {tuple(dict.fromkeys(stop.get(n, n) for n in way)) for way in ways}
            assert found == plain
            assert all(way[0] == start and way[-1] == end for way in ways)
            for way in ways:
                assert all(graph.has_edge(*p) or graph.has_edge(*p[::-1]) for p in pairwise(way))
            several += count > 1
    assert several > 20


def test_a_resolution_and_its_draft_are_one_stop(network: Citations) -> None:
    assert chain.shortest_paths(network, LATER, OLD) == (1, ((LATER, ADOPTED, OLD),))
    assert chain.shortest_paths(network, LATER, FIRST) == (1, ((LATER, ADOPTED, FIRST),))
    assert chain.shortest_paths(network, OLD, OLD) == (1, ((OLD,),))


def test_all_are_counted_though_few_are_listed() -> None:
    arcs = [
        (f"{depth}.{a}", "cites", f"{depth + 1}.{b}")
        for depth in range(5)
        for a in range(9)
        for b in range(9)
    ]
    network = load(made(*arcs))
    count, ways = chain.shortest_paths(network, iri("0.0"), iri("5.0"), limit=7)
    assert count == 9**4 and len(set(ways)) == 7
    assert len(paths(network, iri("0.0"), iri("5.0"))) == 100
    assert len(paths(network, iri("0.0"), iri("5.0"), limit=7)) == 7


def test_a_report_that_contains_itself_ends() -> None:
    store = made(
        ("A/1/1", "contains", "A/1/2"),
        ("A/1/2", "contains", "A/1/1"),
        ("A/1/2", "cites", "A/1/3"),
    )
    assert chain.shortest_paths(store, iri("A/1/1"), iri("A/1/3"))[0] == 1
    assert closure(store, iri("A/1/1")) == {iri("A/1/1"): 0, iri("A/1/2"): 0, iri("A/1/3"): 1}


def test_only_what_is_reaffirmed() -> None:
    store = made(
        ("A/RES/70/1", "reaffirms", "A/RES/60/1"),
        ("A/RES/70/1", "recalls", "A/RES/61/1"),
        ("A/RES/60/1", "recalls", "A/RES/50/1"),
        ("A/RES/60/1", "reaffirms", "A/RES/51/1"),
    )
    found = closure(store, iri("A/RES/70/1"), within=Within(clauses=frozenset({"reaffirms"})))
    assert found == {iri("A/RES/70/1"): 0, iri("A/RES/60/1"): 1, iri("A/RES/51/1"): 2}
    within = Within(clauses=frozenset({"reaffirms"}))
    assert chain.shortest_paths(store, iri("A/RES/70/1"), iri("A/RES/51/1"), within=within)[0] == 1
    assert chain.shortest_paths(store, iri("A/RES/70/1"), iri("A/RES/50/1"), within=within)[0] == 0
    assert paths(store, iri("A/RES/70/1"), iri("A/RES/50/1"), within=within) == ()
    assert len(paths(store, iri("A/RES/70/1"), iri("A/RES/50/1"))) == 1


def described(store: Store, **years: int) -> None:
    graph = ox.NamedNode("https://undocs.org/en/A/1/2")
    facts = [(ox.NamedNode(RDF.type), ox.NamedNode(UNKG.Resolution))]
    quads = []
    for symbol, year in years.items():
        name = symbol.replace("_", "/")
        facts = [
            (UNKG.symbol, ox.Literal(name)),
            (DCTERMS.date, ox.Literal(f"{year}-12-17")),
        ]
        quads += [
            ox.Quad(ox.NamedNode(iri(name)), ox.NamedNode(prop), value, graph)
            for prop, value in facts
        ]
    store.put(graph.value, quads)


def test_only_works_of_an_organ_and_of_some_years() -> None:
    store = made(
        ("A/RES/70/1", "cites", "A/RES/60/1"),
        ("A/RES/70/1", "cites", "E/RES/2010/1"),
        ("E/RES/2010/1", "cites", "A/RES/50/1"),
        ("A/RES/60/1", "cites", "A/RES/40/1"),
        ("A/RES/60/1", "cites", "untoc"),
    )
    described(store, A_RES_70_1=2015, A_RES_60_1=2005, E_RES_2010_1=2010, A_RES_40_1=1985)

    def reached(within: Within) -> set[str]:
        return {name[19:] for name in closure(store, iri("A/RES/70/1"), within=within)}

    assert reached(Within(organs=frozenset({"GA"}))) == {"A/RES/70/1", "A/RES/60/1", "A/RES/40/1"}
    assert reached(Within(organs=frozenset({"ECOSOC"}))) == {"A/RES/70/1", "E/RES/2010/1"}
    assert reached(Within(since=2000)) == {"A/RES/70/1", "A/RES/60/1", "E/RES/2010/1"}
    assert reached(Within(since=2006, until=2012)) == {"A/RES/70/1", "E/RES/2010/1"}
    back = closure(store, iri("A/RES/40/1"), direction="cited-by", within=Within(until=2010))
    assert set(back) == {iri("A/RES/40/1"), iri("A/RES/60/1")}


def test_rows_are_for_data_frames(network: Citations) -> None:
    found = rows(descendants(network, REPORT, depth=1))
    assert found[0]["depth"] == 0 and found[0]["clause"] in ("contains", "adoptedAs")
    row = next(row for row in found if row["clause"] == "reaffirms")
    assert row["citing"] == sample_record.FIRST and row["verb"] == "Reaffirming"


def test_circles_end() -> None:
    ring = made(("a", "cites", "b"), ("b", "cites", "c"), ("c", "cites", "a"))
    found = dict(descendants(ring, iri("a"), depth=9).nodes(data="depth"))
    assert found == {iri("a"): 0, iri("b"): 1, iri("c"): 2}
    assert names(paths(ring, iri("a"), iri("c"))) == {("a", "b", "c")}


def test_what_is_not_there_is_said(network: Citations) -> None:
    with pytest.raises(QueryError, match="nothing cites it"):
        descendants(network, "https://undocs.org/A/1/1")
    with pytest.raises(QueryError, match="nothing cites it"):
        paths(network, REPORT, "https://undocs.org/A/1/1")
