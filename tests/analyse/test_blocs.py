"""Blocs over time, drafts that bridge them, who joins late, and what is covered."""

from __future__ import annotations

import math
from collections import Counter

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.analyse.blocs import (
    bloc_rows,
    blocs,
    bridges,
    moves,
    window_rows,
    windows,
)
from kg.analyse.communities import communities, modularity
from kg.analyse.cosponsors import bipartite, projection
from kg.analyse.joining import coverage, late
from kg.errors import QueryError
from kg.network.selection import Selection
from kg.network.sponsorships import Sponsorships, load
from kg.store import Store
from kg.vocab import UNKG
from tests.analyse.made_sponsors import BASE, bloc_of, made_store

LEFT, RIGHT = ("ARG", "BRA", "CHL", "PER"), ("DEU", "ESP", "FRA", "ITA")


@pytest.fixture(scope="module")
def made() -> Sponsorships:
    return load(made_store())


@pytest.fixture(scope="module")
def graph() -> nx.Graph[str]:
    return bipartite(made_store(), words=False)


def store_with(drafts: list[tuple[str, str, tuple[str, ...]]]) -> Store:
    """Drafts by symbol, sponsors who submitted and (after a space) those who joined."""
    store = Store.in_memory(ontology=False)
    for symbol, submitted, joined in drafts:
        draft, name = ox.NamedNode(f"https://undocs.org/{symbol}"), f"https://x.test/{symbol}"
        graph = ox.NamedNode(name)
        quads = [ox.Quad(draft, ox.NamedNode(UNKG.symbol), ox.Literal(symbol), graph)]
        for predicate, codes in (
            (UNKG.sponsoredBy, submitted.split()),
            (UNKG.joinedBy, joined),
        ):
            quads += [
                ox.Quad(draft, ox.NamedNode(p), ox.NamedNode(f"{BASE}/state/{code}"), graph)
                for code in codes
                for p in (predicate, UNKG.hasSponsor)
            ]
        store.put(name, quads)
    return store


def moving() -> Store:
    """Two blocs for three sessions; Peru goes over in the third, a lone draft bridges them."""
    drafts = []
    for session in (70, 71, 72):
        left = LEFT if session < 72 else LEFT[:3]
        right = RIGHT if session < 72 else (*RIGHT, "PER")
        for number in range(4):
            drafts.append((f"A/C.3/{session}/L.{number}", " ".join(left), ()))
            drafts.append((f"A/C.3/{session}/L.{number + 10}", " ".join(right), ()))
    drafts.append(("A/C.3/70/L.99", " ".join((*LEFT[:2], *RIGHT[:2])), ()))
    return store_with(drafts)


@pytest.mark.parametrize(("tie", "weight"), [("drafts", "weight"), ("jaccard", "jaccard")])
def test_they_are_the_communities_of_the_projection(made: Sponsorships, tie, weight) -> None:  # type: ignore[no-untyped-def]
    network = projection(made)
    found = blocs(made, tie=tie)
    groups = communities(network, weight=weight)
    assert {frozenset(network.nodes[n]["code"] for n in group) for group in groups} == set(
        found.members()
    )
    assert found.modularity == pytest.approx(modularity(network, groups, weight=weight))


@pytest.mark.parametrize("tie", ["drafts", "jaccard", "cosine", "newman", "excess"])
def test_every_tie_finds_what_was_put_in(made: Sponsorships, tie) -> None:  # type: ignore[no-untyped-def]
    rows = bloc_rows(blocs(made, tie=tie))
    assert len(rows) == 36 and {row["bloc"] for row in rows} == {1, 2, 3, 4}
    for number in range(1, 5):
        assert len({bloc_of(row["code"]) for row in rows if row["bloc"] == number}) == 1
    assert all(0 < row["within"] < 1 for row in rows)


def test_excess_over_chance_divides_most_clearly(made: Sponsorships) -> None:
    assert blocs(made, tie="excess").modularity > 2 * blocs(made).modularity


def test_blocs_keep_their_numbers_and_states_move() -> None:
    found = windows(moving(), sessions=1)
    assert [window.name for window in found] == ["70", "71", "72"]
    assert all(window.blocs.keys() == {1, 2} for window in found)
    assert [sorted(found[n].blocs[1]) for n in (0, 1)] == [sorted(LEFT)] * 2
    assert found[2].blocs[2] == {*RIGHT, "PER"}
    assert moves(found) == [{"code": "PER", "sessions": "72", "before": 1, "after": 2}]
    rows = {(row["sessions"], row["bloc"]): row for row in window_rows(found)}
    assert rows["72", 1]["left"] == rows["72", 2]["came"] == "PER"
    assert rows["71", 1]["came"] == rows["71", 1]["left"] == ""
    assert rows["70", 2]["size"] == 4 and found[0].drafts == 9


def test_windows_of_several_sessions() -> None:
    assert [(w.name, w.drafts) for w in windows(moving(), sessions=5)] == [("70", 9), ("71-72", 16)]
    with pytest.raises(QueryError, match="give 1 or more"):
        windows(moving(), sessions=0)
    assert windows(Store.in_memory(ontology=False), sessions=1) == []


def test_the_draft_between_the_blocs_comes_first() -> None:
    rows = bridges(moving(), selection=Selection(sessions=frozenset({70})))
    assert rows[0] == {
        "symbol": "A/C.3/70/L.99",
        "title": "",
        "year": 2015,
        "sponsors": 4,
        "blocs": 2,
        "participation": 0.5,
        "entropy": 1.0,
    }
    assert {row["participation"] for row in rows[1:]} == {0.0}


def test_bridges_by_hand(made: Sponsorships, graph: nx.Graph[str]) -> None:
    found = blocs(made)
    bloc = {code: n for n, codes in enumerate(found.members()) for code in codes}
    rows = bridges(made, found=found)
    for row in rows:
        states = graph[f"https://undocs.org/{row['symbol']}"]
        counts = Counter(bloc[graph.nodes[state]["code"]] for state in states)
        shares = [count / len(states) for count in counts.values()]
        assert row["sponsors"] == len(states) and row["blocs"] == len(counts)
        assert row["participation"] == round(1 - sum(s * s for s in shares), 3)
        entropy = -sum(s * math.log(s) for s in shares) / math.log(4)
        assert row["entropy"] == pytest.approx(entropy, abs=6e-4)
    order = [row["participation"] for row in rows]
    assert order == sorted(order, reverse=True) and len(rows) == len(made.drafts)


def test_who_joins_late_by_hand(made: Sponsorships, graph: nx.Graph[str]) -> None:
    rows = {row["code"]: row for row in late(made)}
    for state, facts in graph.nodes(data=True):
        if facts["bipartite"] == 1:
            continue
        row, expected = rows[facts["code"]], 0.0
        assert row["joined"] == sum(e["tier"] == "joined" for e in graph[state].values())
        assert row["drafts"] == graph.degree(state)
        for draft in graph[state]:
            tiers = [edge["tier"] for edge in graph[draft].values()]
            expected += tiers.count("joined") / len(tiers)
        assert row["expected"] == pytest.approx(expected, abs=1e-3)
    assert sum(row["joined"] for row in rows.values()) == pytest.approx(
        sum(row["expected"] for row in rows.values()), abs=0.05
    )


def test_who_always_joins_is_the_latest() -> None:
    some = [(f"A/C.3/70/L.{n}", "ARG BRA", ("FRA",)) for n in range(3)]
    rows = late(store_with([*some, ("A/C.3/70/L.9", "FRA ARG BRA", ())]))
    assert rows[0]["code"] == "FRA"
    assert (rows[0]["joined"], rows[0]["share"], rows[0]["expected"]) == (3, 0.75, 1.0)
    assert rows[0]["lift"] == 3.0 and rows[0]["z"] == pytest.approx(2.449)


def test_coverage(made: Sponsorships) -> None:
    found = coverage(made)
    assert found["drafts"] == found["with_session"] == found["with_instrument"] == 120
    assert found["sponsorships"] == len(made) and found["states"] == 36
    assert (found["first_year"], found["last_year"]) == (2015, 2018)
    nothing = coverage(made, selection=Selection(sessions=frozenset({1})))
    assert nothing["drafts"] == 0 and nothing["first_year"] is None
