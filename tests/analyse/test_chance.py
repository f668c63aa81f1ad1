"""What chance gives: the margins are kept, and shuffled sponsorships come to the same."""

from __future__ import annotations

import random
from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from kg.analyse.chance import chance
from kg.analyse.cosponsors import pairs
from kg.analyse.overlap import overlap
from kg.errors import QueryError
from kg.network.selection import incidence
from tests.analyse.made_sponsors import bloc_of, made_store


@pytest.mark.parametrize(
    ("totals", "sizes"),
    [
        ([5, 3, 2, 1], [1, 2, 2, 3, 3]),
        # One sponsors all, one draft has all, one state none, one draft one.
        ([4, 3, 2, 1, 0], [4, 3, 2, 1]),
        ([3, 3, 3], [3, 3, 3]),
        ([1], [1]),
    ],
)
def test_margins_are_kept(totals: list[int], sizes: list[int]) -> None:
    model = chance(np.array(totals), np.array(sizes))
    classes = np.unique(sizes)
    assert (model.chances * model.counts).sum(axis=1) == pytest.approx(totals, abs=1e-2)
    assert model.chances.sum(axis=0) == pytest.approx(classes, abs=1e-2)
    assert ((model.chances >= 0) & (model.chances <= 1)).all()


def test_margins_of_a_corpus_are_kept_closely() -> None:
    found = incidence(made_store())
    model = chance(found.totals, found.sizes)
    assert (model.chances * model.counts).sum(axis=1) == pytest.approx(found.totals, abs=1e-6)
    assert model.chances.sum(axis=0) == pytest.approx(np.unique(found.sizes), abs=1e-6)


def test_nobody_is_no_trouble() -> None:
    assert chance(np.array([], dtype=int), np.array([], dtype=int)).expected().shape == (0, 0)


def test_what_is_expected_is_what_shuffling_gives() -> None:
    """The mean over shuffled graphs that keep all degrees exactly, by swaps of ends."""
    found = incidence(made_store())
    ties = set(zip(found.row.tolist(), found.column.tolist(), strict=True))
    dice, count = random.Random(1), len(found.states)
    shared = np.zeros((count, count))
    rounds = 60
    for _ in range(rounds):
        ties = _shuffled(ties, dice)
        matrix = np.zeros((len(found.drafts), count))
        matrix[tuple(np.array(sorted(ties)).T)] = 1
        shared += matrix.T @ matrix
    pairs = np.triu_indices(count, k=1)
    ratio = (shared / rounds)[pairs] / overlap(found).expected[pairs]
    assert ratio.mean() == pytest.approx(1, abs=0.02)
    assert np.quantile(ratio, [0.05, 0.95]) == pytest.approx([1, 1], abs=0.12)


def _shuffled(ties: set[tuple[int, int]], dice: random.Random) -> set[tuple[int, int]]:
    order = sorted(ties)
    for _ in range(3 * len(order)):
        i, j = dice.randrange(len(order)), dice.randrange(len(order))
        (a, x), (b, y) = order[i], order[j]
        if (a, y) not in ties and (b, x) not in ties:
            ties.discard((a, x))
            ties.discard((b, y))
            ties |= {(a, y), (b, x)}
            order[i], order[j] = (a, y), (b, x)
    return ties


def test_blocs_are_above_chance() -> None:
    rows = pairs(made_store(), by="lift")
    within = [r["lift"] for r in rows if bloc_of(r["first"]) == bloc_of(r["second"])]
    across = [r["lift"] for r in rows if bloc_of(r["first"]) != bloc_of(r["second"])]
    assert min(np.quantile(within, 0.1), 1.5) > np.quantile(across, 0.9)
    assert bloc_of(rows[0]["first"]) == bloc_of(rows[0]["second"])


def test_too_many_states_for_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.overlap.MOST_STATES", 3)
    with pytest.raises(QueryError, match="ask for fewer sessions"):
        overlap(incidence(made_store(drafts=4)))


def test_every_measure_by_hand() -> None:
    """Counted anew with sets, from networkx's neighbours."""
    from kg.analyse.cosponsors import bipartite

    store = made_store(drafts=30)
    graph: nx.Graph[str] = bipartite(store, words=False)
    codes = {facts["code"]: node for node, facts in graph.nodes(data=True) if "code" in facts}
    rows = {(row["first"], row["second"]): row for row in pairs(store)}
    for a, b in combinations(sorted(codes), 2):
        one, two = set(graph[codes[a]]), set(graph[codes[b]])
        if not one & two:
            assert (a, b) not in rows
            continue
        row = rows[a, b]
        assert row["drafts"] == len(one & two)
        assert row["jaccard"] == round(len(one & two) / len(one | two), 3)
        assert row["cosine"] == round(len(one & two) / (len(one) * len(two)) ** 0.5, 3)
        assert row["lift"] == pytest.approx(row["drafts"] / row["expected"], abs=0.01)
