"""SPARQL, plain networkx and the columns give the same answers on the generated corpus."""

from __future__ import annotations

import random
from collections.abc import Iterator

import networkx as nx
import pyoxigraph as ox
import pytest

from kg import query
from kg.analyse import chain
from kg.analyse.graph import citation_graph
from kg.network.citations import Citations, load
from kg.network.closure import closure_of
from kg.network.reach import Direction
from kg.store import Store
from kg.vocab import UNKG
from tests.network import oracle_chain, oracle_graph
from tests.network.test_citations import content

generator = pytest.importorskip("tests.corpus_generator")
_TIES = (
    f"<{UNKG.contains}>|<{UNKG.recommendedAs}>|^<{UNKG.recommendedAs}>"
    f"|<{UNKG.adoptedAs}>|^<{UNKG.adoptedAs}>"
)
_REACHED = {
    "cites": f"SELECT DISTINCT ?start ?end WHERE {{ ?start ({_TIES}|<{UNKG.cites}>)* ?end }}",
    "cited-by": f"SELECT DISTINCT ?start ?end WHERE {{ ?start ({_TIES}|^<{UNKG.cites}>)* ?end }}",
}


@pytest.fixture(scope="module")
def corpus() -> Iterator[tuple[Store, Citations, nx.MultiDiGraph[str]]]:
    with Store.in_memory(ontology=False) as store:
        lines = "".join(generator.corpus(0.004, 3)).encode()
        graphs: dict[str, list[ox.Quad]] = {}
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
            graphs.setdefault(quad.graph_name.value, []).append(quad)  # type: ignore[union-attr]
        for name, quads in graphs.items():
            store.put(name, quads)
        yield store, load(store), oracle_graph.citation_graph(store)


def sample(graph: nx.MultiDiGraph[str], count: int) -> list[str]:
    return random.Random(1).sample(sorted(graph), count)


def test_the_graph(corpus: tuple[Store, Citations, nx.MultiDiGraph[str]]) -> None:
    _, network, plain = corpus
    assert len(plain) > 100 and plain.number_of_edges() > 1000
    assert content(citation_graph(network)) == content(plain)


@pytest.mark.parametrize("direction", ["cites", "cited-by"])
def test_closures(
    corpus: tuple[Store, Citations, nx.MultiDiGraph[str]], direction: Direction
) -> None:
    store, network, plain = corpus
    whole = closure_of(network, direction=direction)
    for start in sample(plain, 12):
        found = set(chain.closure(network, start, direction=direction))
        assert found == set(oracle_chain._reached(plain, start, len(plain), direction))
        answer = store.select(_REACHED[direction], start=ox.NamedNode(start))
        ends = {row[1].value for row in answer.rows if isinstance(row[1], ox.NamedNode)}
        assert found == {plain.graph["names"].get(end, end) for end in ends}
        node = network.node(start)
        assert node is not None
        assert found == set(network.iri.take(whole.nodes(node)))


def test_chains_with_their_words(corpus: tuple[Store, Citations, nx.MultiDiGraph[str]]) -> None:
    _, network, plain = corpus
    for start in sample(plain, 8):
        for depth in (1, 3):
            found = chain.descendants(network, start, depth=depth)
            assert content(found) == content(oracle_chain.descendants(plain, start, depth=depth))


def test_shortest_ways_are_as_long_as_the_plain_ones(
    corpus: tuple[Store, Citations, nx.MultiDiGraph[str]],
) -> None:
    _, network, plain = corpus
    names = sample(plain, 40)
    for start, end in zip(names[:20], names[20:], strict=True):
        _, ways = chain.shortest_paths(network, start, end)
        expected = oracle_chain.paths(plain, start, end, depth=12, limit=1)
        assert bool(ways) == bool(expected)
        for way in (*ways, *expected):
            rows = chain.path_rows(network, [way])
            steps = sum(row["clause"] not in ("contains", "adoptedAs") for row in rows)
            assert steps == chain.closure(network, start)[end]


def test_who_cites_a_work_by_the_named_query(
    corpus: tuple[Store, Citations, nx.MultiDiGraph[str]],
) -> None:
    store, network, plain = corpus
    cited = sorted(plain, key=lambda name: (-plain.in_degree(name), name))[:20]
    symbols = [plain.nodes[name]["symbol"] for name in cited]
    several = 0
    for symbol in filter(None, symbols):
        answer = query.run(store, "cited-by", symbol=symbol).records()
        name = f"https://undocs.org/{symbol}"
        edges = plain.in_edges(name, data="paragraph")
        found = {row[2] for row in edges if row[2]}
        assert found == {row["paragraph"] for row in answer if not row["doubt"]}
        again = chain.ancestors(network, name, depth=1).in_edges(name, data="paragraph")
        assert found == {row[2] for row in again if row[2]}
        several += len(found) > 1
    assert several > 3
