"""Measure the graph service on a generated corpus, beside plain rdflib and plain networkx.

    python tests/benchmarks_graph.py [--scale 1] [--corpus FILE.nq] [--store DIR] [--json]

Each question is asked of the columns at ``--scale`` (best of nine, columns mapped) and of plain
networkx there, Python's own loops over dictionaries (its graphs are ready in memory with all
quotations; making them is printed and not counted). Plain rdflib (SPARQL on a Dataset, which is
loaded, not counted) is asked at ``--rdflib-scale``, since it cannot hold 32 million statements
in the memory of a desktop computer; a ratio is of two figures at one scale. Answers must be
equal. With ``--corpus`` a file of that size is read instead of generated; with ``--store`` a
store that is loaded is used, and loading is not measured.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
_LOAD = """
import json, resource, sys, time
from kg.store import Store
begun = time.perf_counter()
with Store.open(sys.argv[2]) as store:
    count = store.bulk(sys.argv[1]).statements
seconds = time.perf_counter() - begun
size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"statements": count, "seconds": seconds, "rss_mb": size}))
"""
STATE = "KEN"


@dataclass(frozen=True, slots=True)
class Beside:
    """The same question asked of both: the scale, seconds of each, whether they agree."""

    scale: float
    ours: float
    theirs: float
    equal: bool | None

    @property
    def ratio(self) -> float:
        return self.theirs / self.ours


@dataclass(slots=True)
class Row:
    """One question: seconds at full scale, and beside what is plain."""

    name: str
    seconds: float
    beside: dict[str, Beside] = field(default_factory=dict)

    @property
    def equal(self) -> bool:
        return all(one.equal is not False for one in self.beside.values())


@dataclass(slots=True)
class Subject:
    """A loaded store, its columns, and what is asked about."""

    citations: Any
    sponsorships: Any
    start: str
    ends: Mapping[str, str]


def best(ask: Callable[[], Any], *, runs: int = 9) -> tuple[float, Any]:
    """The shortest of several runs in seconds, and the answer."""
    seconds, answer = float("inf"), None
    for _ in range(runs):
        begun = time.perf_counter()
        answer = ask()
        seconds = min(seconds, time.perf_counter() - begun)
    return seconds, answer


def questions(on: Subject) -> Mapping[str, Callable[[], Any]]:
    """Each question, asked of the columns."""
    from kg.analyse import chain, cosponsors, reliance
    from kg.analyse.quoted import quoted

    return {
        "chain to depth 3, quoted": lambda: quoted(on.citations, on.start, depth=3),
        "full closure": lambda: set(chain.closure(on.citations, on.start)),
        **{name: partial(_ways, on.citations, on.start, end) for name, end in on.ends.items()},
        "ranking of one state": lambda: {
            row["code"]: row["drafts"]
            for row in cosponsors.ranking(on.sponsorships, STATE, symbols=False)
        },
        "full projection": lambda: _weights(cosponsors.projection(on.sponsorships, drafts=False)),
        "PageRank": lambda: reliance.pagerank(on.citations),
        "communities": lambda: reliance.communities(on.citations),
    }


def _ways(network: Any, start: str, end: str) -> int:
    from kg.analyse.chain import shortest_paths

    return shortest_paths(network, start, end)[0]


def _weights(graph: Any) -> dict[frozenset[str], tuple[int, float]]:
    return {
        frozenset((a, b)): (int(facts["weight"]), round(facts["jaccard"], 9))
        for a, b, facts in graph.edges(data=True)
    }


def subject(store: Any) -> tuple[Subject, float]:
    """A store made ready for questions, and the seconds its columns took."""
    from kg.network import citations, sponsorships

    begun = time.perf_counter()
    cited, sponsored = citations.load(store), sponsorships.load(store)
    seconds = time.perf_counter() - begun
    # The last resolution that cites much, and texts it rests on: near, half way and farthest.
    degree = [
        (int(cited.starts_out[n + 1] - cited.starts_out[n]), cited.iri[n])
        for n in range(len(cited))
        if "/A/RES/80/" in cited.iri[n]
    ]
    start = max(degree)[1]
    return Subject(cited, sponsored, start, _ends(store, cited, start)), seconds


def _ends(store: Any, cited: Any, start: str) -> Mapping[str, str]:
    """What the shortest paths are asked for: the Charter, and the first in order of the rest."""
    from kg.analyse.chain import closure

    depths = closure(cited, start)
    resolutions = {iri: depth for iri, depth in depths.items() if "/RES/" in iri}
    farthest = max(resolutions.values(), default=0)
    names = {"half way": farthest // 2, "farthest": farthest}
    far = {
        f"all shortest paths, {name} ({depth} steps)": min(
            iri for iri, at in resolutions.items() if at == depth
        )
        for name, depth in names.items()
    }
    return {"all shortest paths, the Charter": f"{store.base}/instrument/un-charter", **far}


def networkx_questions(on: Subject) -> Mapping[str, Callable[[], Any]]:
    """The same, of graphs that networkx holds."""
    import networkx as nx
    from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

    from kg.analyse import chain
    from kg.analyse.graph import citation_graph
    from tests.network import oracle_chain

    cited = citation_graph(on.citations)
    steps: nx.DiGraph[str] = nx.DiGraph()
    became = {a: b for a, b, c in cited.edges(data="clause") if c == "adoptedAs"}
    for a, b, clause in cited.edges(data="clause"):
        if clause not in ("adoptedAs", "contains"):
            steps.add_edge(became.get(a, a), became.get(b, b))
    steps.add_nodes_from(became.get(n, n) for n in cited)
    shared = state_graph(on)
    simple: nx.Graph[str] = nx.Graph()
    for a, b in steps.edges:
        known = simple.get_edge_data(a, b, {"weight": 0})
        simple.add_edge(a, b, weight=known["weight"] + 1)
    everywhere = len(cited)

    def ways(end: str) -> int:
        return sum(1 for _ in nx.all_shortest_paths(steps, on.start, end))

    return {
        "chain to depth 3, quoted": lambda: chain.rows(
            oracle_chain.descendants(cited, on.start, depth=3)
        ),
        "full closure": lambda: set(oracle_chain.descendants(cited, on.start, depth=everywhere)),
        **{name: partial(ways, end) for name, end in on.ends.items()},
        "ranking of one state": lambda: ranked(shared),
        "full projection": lambda: projected(shared),
        "PageRank": lambda: _pagerank_python(steps, alpha=0.85, tol=1e-10, max_iter=500),
        "communities": lambda: nx.community.louvain_communities(simple, seed=0),
    }


def state_graph(on: Subject) -> Any:
    """Drafts and states as networkx holds them."""
    import networkx as nx

    from kg.network.selection import incidence

    found = incidence(on.sponsorships)
    graph: nx.Graph[str] = nx.Graph()
    drafts, states = list(found.sponsors.drafts), list(found.sponsors.states)
    graph.add_nodes_from((states[s] for s in found.states.tolist()), bipartite=0)
    graph.add_edges_from(
        (drafts[d], states[s])
        for d, s in zip(found.draft.tolist(), found.state.tolist(), strict=True)
    )
    return graph


def ranked(graph: Any) -> dict[str, int]:
    """A state's co-sponsors, counted over its neighbours' neighbours."""
    here = next(n for n in graph if n.endswith(f"/state/{STATE}"))
    found = Counter(other for draft in graph[here] for other in graph[draft] if other != here)
    return {iri.rsplit("/", 1)[-1]: count for iri, count in found.items()}


def projected(graph: Any) -> dict[frozenset[str], tuple[int, float]]:
    """Pairs of states with shared drafts and Jaccard's index, by networkx's own projections."""
    import networkx as nx

    states = [node for node, side in graph.nodes(data="bipartite") if side == 0]
    shared = nx.bipartite.weighted_projected_graph(graph, states)
    union = nx.bipartite.overlap_weighted_projected_graph(graph, states)
    return {
        frozenset((a, b)): (weight, round(union.edges[a, b]["weight"], 9))
        for a, b, weight in shared.edges(data="weight")
    }


def rdflib_questions(corpus: Path, on: Subject) -> Mapping[str, Callable[[], Any]]:
    """The same in SPARQL, of an rdflib Dataset; what SPARQL cannot say is left out."""
    import rdflib

    from kg.vocab import UNKG

    data = rdflib.Dataset(default_union=True)
    data.parse(str(corpus), format="nquads")
    head, tie = f"PREFIX unkg: <{UNKG.IRI}>\n", "(unkg:cites|unkg:adoptedAs|^unkg:adoptedAs)"
    state = f"<https://w3id.org/unkg/state/{STATE}>"

    def closure() -> set[str]:
        rows = data.query(f"{head}SELECT DISTINCT ?end {{ <{on.start}> {tie}* ?end }}")
        return {str(row[0]) for row in rows}

    def quoted() -> int:
        return len(_by_steps(data, head, on.start))

    def ranking() -> dict[str, int]:
        rows = data.query(
            f"{head}SELECT ?other (COUNT(DISTINCT ?draft) AS ?n) "
            f"{{ ?draft unkg:hasSponsor {state} , ?other FILTER(?other != {state}) }} "
            "GROUP BY ?other"
        )
        return {str(row[0]).rsplit("/", 1)[-1]: int(row[1]) for row in rows}

    def projection() -> dict[frozenset[str], int]:
        rows = data.query(
            f"{head}SELECT ?a ?b (COUNT(DISTINCT ?draft) AS ?n) "
            "{ ?draft unkg:hasSponsor ?a , ?b FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b"
        )
        return {frozenset((str(row[0]), str(row[1]))): int(row[2]) for row in rows}

    return {
        "chain to depth 3, quoted": quoted,
        "full closure": closure,
        "ranking of one state": ranking,
        "full projection": projection,
    }


def _by_steps(data: Any, head: str, start: str) -> list[Any]:
    """Citations to depth 3 with their quotations, a query a work: SPARQL counts no steps."""
    waiting, seen, rows = deque([(start, 0)]), {start}, []
    while waiting:
        work, depth = waiting.popleft()
        if depth == 3:
            continue
        query = (
            f"{head}SELECT ?cited ?verb ?quote {{ ?c unkg:citingWork <{work}> ; "
            "unkg:citedWork ?cited ; unkg:clauseVerb ?verb ; unkg:citingParagraph ?p . "
            "?passage unkg:passageOf ?p ; unkg:quote ?quote "
            "FILTER(LANG(?verb) = 'en') }"
        )
        for row in data.query(query):
            rows.append(row)
            if str(row[0]) not in seen:
                seen.add(str(row[0]))
                waiting.append((str(row[0]), depth + 1))
    return rows


def same(name: str, ours: Any, theirs: Any, *, rdf: bool) -> bool | None:
    """Whether two answers agree; None where the plain one is of another kind."""
    if name == "communities" or (rdf and name.startswith("chain")):
        return None
    if name == "PageRank":
        return all(abs(ours.get(k, 0) - v) < 1e-6 for k, v in theirs.items())
    if rdf and name == "full projection":
        return {pair: weight for pair, (weight, _) in ours.items()} == theirs
    return bool(ours == theirs)


def loaded(corpus: Path, folder: Path) -> dict[str, float]:
    """Load a corpus in a process of its own: statements, seconds and the peak of its memory."""
    done = subprocess.run(
        [sys.executable, "-c", _LOAD, str(corpus), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def generated(scale: float, folder: Path) -> Path:
    from corpus_generator import corpus, write

    path = folder / f"corpus-{scale}.nq"
    with path.open("w", encoding="utf-8", newline="\n") as out:
        write(out, corpus(scale, 7))
    return path


def beside(
    rows: Mapping[str, Row], ours: Mapping[str, Any], theirs: Mapping[str, Any], scale: float
) -> None:
    """Ask both; what takes less than a second is asked nine times of either."""
    plain = "rdflib" if "communities" not in theirs else "networkx"
    for name, ask in theirs.items():
        here, answer = best(ours[name])
        there, other = best(ask, runs=1)
        if there < 1:
            there = min(there, best(ask, runs=8)[0])
        agree = same(name, answer, other, rdf=plain == "rdflib")
        rows[name].beside[plain] = Beside(scale, here, there, agree)
        print(f"{name}: {there / here:.0f} x {plain}", file=sys.stderr)


def beside_rdflib(rows: Mapping[str, Row], scale: float, folder: Path) -> None:
    """The same at a scale that rdflib holds."""
    from kg.store import Store

    corpus, place = generated(scale, folder), folder / "store-rdflib"
    loaded(corpus, place)
    with Store.open(place, read_only=True) as store:
        on, _ = subject(store)
        beside(rows, questions(on), rdflib_questions(corpus, on), scale)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rdflib-scale", type=float, default=0.002)
    parser.add_argument("--corpus", type=Path, help="a generated file, instead of generating")
    parser.add_argument("--store", type=Path, help="a store with the corpus, instead of loading")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from kg.store import Store

    with tempfile.TemporaryDirectory(prefix="unkg-bench-") as name:
        folder, load = Path(name), {}
        place = options.store
        if place is None:
            corpus = options.corpus or generated(options.scale, folder)
            place = folder / "store"
            load = loaded(corpus, place)
        with Store.open(place, read_only=True) as store:
            on, made = subject(store)
            rows = {n: Row(n, best(ask)[0]) for n, ask in questions(on).items()}
            size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            begun = time.perf_counter()
            plain = networkx_questions(on)
            print(f"graphs of networkx: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
            beside(rows, questions(on), plain, options.scale)
            del plain
        beside_rdflib(rows, options.rdflib_scale, folder)
    report(list(rows.values()), load, made, size, options)
    return 0 if all(row.equal for row in rows.values()) else 1


def report(rows: list[Row], load: Mapping[str, float], made: float, size: float, of: Any) -> None:
    """Print what was measured, as a table or as JSON."""
    if of.json:
        found = {"scale": of.scale, "load": load, "columns": made, "rss_mb": size}
        print(json.dumps({**found, "rows": [asdict(row) for row in rows]}))
        return
    if load:
        rate = load["statements"] / load["seconds"]
        print(f"bulk load  {rate:,.0f} statements/s, {load['rss_mb']:.0f} MB")
    print(f"columns made or mapped in {made:.1f} s; {size:.0f} MB at most")
    for row in rows:
        print(f"{row.name:38s} {row.seconds * 1000:9.1f} ms at scale {of.scale:g}")
        for name, one in row.beside.items():
            equal = {True: "equal", False: "NOT EQUAL", None: "not comparable"}[one.equal]
            print(
                f"  {name:36s} {one.theirs * 1000:9.1f} ms, ours {one.ours * 1000:.1f} ms:"
                f" {one.ratio:.0f} x at scale {one.scale:g}, {equal}"
            )


if __name__ == "__main__":
    sys.exit(main())
