"""The citation network: columns and one plain query give the same graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np
import pyoxigraph as ox
import pytest

from kg.analyse.graph import citation_graph
from kg.demo import sample_paths
from kg.ingest import build
from kg.network import columns
from kg.network.citations import Citations, load
from kg.network.places import BATCH
from kg.store import Store
from kg.vocab import DCTERMS, UNKG
from tests import sample_record
from tests.analyse.test_graph import store_of
from tests.network import oracle_graph

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def content(graph: nx.MultiDiGraph[str]) -> tuple[object, ...]:
    """A graph without the order in which it was made."""
    edges = ((a, b, tuple(sorted(facts.items()))) for a, b, facts in graph.edges(data=True))
    names = {part: name for part, name in graph.graph["names"].items() if name in graph}
    return dict(graph.nodes(data=True)), Counter(edges), names


def assert_equal(store: Store, *languages: str) -> None:
    network = load(store)
    for language in languages:
        found = citation_graph(network, language=language)
        assert content(found) == content(oracle_graph.citation_graph(store, language=language))


@pytest.fixture(scope="module")
def samples() -> Iterator[Store]:
    with Store.in_memory() as store:
        build(sample_paths(), store=store, base=store.base)
        yield store


def test_samples_as_the_plain_query_reads_them(samples: Store) -> None:
    assert_equal(samples, "en", "zh", "fr")


@pytest.mark.parametrize("texts", [False, True])
def test_one_document_in_two_languages(texts: bool) -> None:
    records = [
        sample_record.report(),
        sample_record.report("zh"),
        sample_record.resolution(),
        sample_record.later_resolution(),
    ]
    assert_equal(store_of(records, texts=texts), "en", "zh", "ru")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the shared corpus")
def test_real_documents(tmp_path: Path) -> None:
    paths = [*sorted((CORPUS / "reports").glob("*"))[:3], *sorted((CORPUS / "gold").glob("*"))[:3]]
    with Store.in_memory() as store:
        build(paths, store=store, base=store.base)
        assert len(load(store)) > 20
        assert_equal(store, "en", "zh")


def bare(*arcs: tuple[str, str, str]) -> Store:
    store = Store.in_memory(ontology=False)
    graph = ox.NamedNode("https://undocs.org/en/A/1/1")
    store.put(
        graph.value,
        [
            ox.Quad(ox.NamedNode(a), ox.NamedNode(getattr(UNKG, name)), ox.NamedNode(b), graph)
            for a, name, b in arcs
        ],
    )
    return store


def test_bare_arcs_of_a_part_and_of_its_draft() -> None:
    one, part, other = (f"https://undocs.org/A/1/{name}" for name in ("L.1", "2#draft-I", "3"))
    store = bare(
        (one, "recommendedAs", part),
        (part, "cites", other),
        (part, "recalls", other),
        (one, "reaffirms", other),
        (one, "cites", other),
        (other, "cites", part),
    )
    assert_equal(store, "en")
    assert {f["clause"] for f in citation_graph(store)[one][other].values()} == {"recalls"}


def test_more_works_than_are_asked_for_at_a_time() -> None:
    names = [f"https://undocs.org/A/RES/{number}/1" for number in range(BATCH + 3)]
    store = bare(*((a, "recalls", b) for a, b in zip(names[1:], names, strict=False)))
    assert len(load(store).source) == BATCH + 2
    assert_equal(store, "en")


def test_hostile_offsets_leave_the_quotation(samples: Store) -> None:
    with Store.in_memory(ontology=False) as store:
        for graph in samples.graphs():
            store.put(graph, samples.quads(graph))
        name = ox.NamedNode(samples.graphs()[0])
        mention = ox.NamedNode("https://undocs.org/x#mention")
        citation = store.select(f"SELECT ?c WHERE {{ ?c <{UNKG.citedWork}> ?w }} LIMIT 1").rows[0][
            0
        ]
        facts = [
            (UNKG.mentionOf, citation),
            (UNKG.quote, ox.Literal("A/RES/70/1")),
            (UNKG.start, ox.Literal("9" * 30)),
            (UNKG.end, ox.Literal("-4")),
            (UNKG.inVersion, mention),
            (DCTERMS.language, ox.Literal("tlh")),
        ]
        quads = [ox.Quad(mention, ox.NamedNode(prop), value, name) for prop, value in facts]
        store.put(name.value, [*samples.quads(name.value), *quads])
        edges = citation_graph(store, language="tlh").edges(data=True)
        (edge,) = (facts for *_, facts in edges if facts["language"] == "tlh")
    assert edge["quote"] == "A/RES/70/1"
    assert (edge["mention_start"], edge["mention_end"]) == (0, 10)


def test_columns_come_back_from_a_folder(samples: Store, tmp_path: Path) -> None:
    network = load(samples)
    columns.write(tmp_path / "citations", network.columns())
    back = columns.read(tmp_path / "citations")
    assert back is not None
    again = Citations.from_columns(back)
    assert content(citation_graph(again)) == content(citation_graph(network))


def test_both_indexes_hold_every_edge_once(samples: Store) -> None:
    network = load(samples)
    for node in range(len(network)):
        out = np.arange(network.starts_out[node], network.starts_out[node + 1])
        into = network.into[network.starts_in[node] : network.starts_in[node + 1]]
        assert set(network.source[out]) <= {node} and set(network.target[into]) <= {node}
    assert sorted(network.into) == list(range(len(network.source)))


def test_a_node_is_found_by_its_parts_name_too(samples: Store) -> None:
    network = load(samples)
    for place, alias in enumerate(network.alias):
        assert network.node(alias) == network.alias_node[place]
    assert [network.node(iri) for iri in network.iri] == list(range(len(network)))
    assert network.node("https://undocs.org/A/1/1") is None and network.node("~") is None
