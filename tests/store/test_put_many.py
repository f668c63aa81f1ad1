"""Many documents at a time: all of the new ones or none; the merge is the union of the graphs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Content, Store
from kg.store import database as module

SPACE = "https://undocs.org"


def name(number: int) -> str:
    return f"{SPACE}/en/A/RES/70/{number}"


def content(number: int, values: set[int], *, replaces: tuple[str, ...] = ()) -> Content:
    """A document that states some values, which others may state too."""
    lines = [f'<{SPACE}/a> <{SPACE}/states> "{value}" <{name(number)}> .\n' for value in values]
    return Content(graph=name(number), nquads="".join(lines).encode(), replaces=replaces)


def held(store: Store) -> dict[str, set[int]]:
    """What the graphs hold, which is also what their merge must hold."""
    found = {
        graph: {int(getattr(quad.object, "value", "")) for quad in store.quads(graph)}
        for graph in store.graphs()
    }
    merged = sorted(int(row[0].value) for row in store.select("SELECT ?v { ?s ?p ?v }").rows)
    assert merged == sorted(set().union(*found.values())), "the merge is not the union"
    return found


def test_what_is_new_comes_together() -> None:
    with Store.in_memory(ontology=False) as store:
        changes = store.put_many([content(1, {1, 2}), content(2, {2, 3}), content(3, set())])
        assert changes == ("added", "added", "unchanged")
        assert held(store) == {name(1): {1, 2}, name(2): {2, 3}}
        again = store.put_many([content(2, {3, 2}), content(1, {2}), content(3, {1})])
        assert again == ("unchanged", "replaced", "added")
        assert held(store) == {name(1): {2}, name(2): {2, 3}, name(3): {1}}


def test_a_document_that_moves_leaves_nothing_behind() -> None:
    with Store.in_memory(ontology=False) as store:
        store.put_many([content(1, {1, 2, 3}), content(2, {3, 4})])
        assert store.put_many([content(5, {1, 9}, replaces=(name(1),))]) == ("replaced",)
        assert held(store) == {name(2): {3, 4}, name(5): {1, 9}}


@pytest.mark.parametrize("much", [0, 2**20])
@pytest.mark.parametrize("disk", [False, True])
def test_as_many_single_changes_would(
    much: int, disk: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MUCH", much)
    dice, plain = random.Random(much), dict[str, set[int]]()
    store = Store.open(tmp_path / "store") if disk else Store.in_memory(ontology=False)
    with store:
        for graph in ("ontology", "authority"):
            store.remove(f"{store.base}/{graph}")
        for _ in range(12):
            *numbers, left = dice.sample(range(8), 5)
            values = [set(dice.choices(range(12), k=dice.randrange(6))) for _ in numbers]
            moves = (name(left),) if dice.random() < 0.5 else ()
            batch = [
                content(number, said, replaces=moves if number == numbers[2] else ())
                for number, said in zip(numbers, values, strict=True)
            ]
            store.put_many(batch)
            for graph in moves:
                plain[graph] = set()
            for number, one in zip(numbers, batch, strict=True):
                plain[name(number)] = {int(line.split(b'"')[1]) for line in one.nquads.splitlines()}
            assert held(store) == {graph: values for graph, values in plain.items() if values}


@pytest.mark.parametrize(
    "line",
    [
        f"<{SPACE}/a> <{SPACE}/b> <{SPACE}/c> <{name(2)}> .",
        f"<{SPACE}/a> <{SPACE}/b> <{SPACE}/c> .",
        f"<{SPACE}/a> <{SPACE}/b> <{name(1)}> .",
        f"_:a <{SPACE}/b> <{SPACE}/c> <{name(1)}> .",
        f"<{SPACE}/a> <{SPACE}/b> _:c <{name(1)}> .",
        f"<{SPACE}/a> <{SPACE}/b> <{name(1)}> <{name(1)}> . <{name(1)}> .",
        f"nonsense <{name(1)}> .",
    ],
)
def test_what_is_not_of_the_graph_is_refused(line: str) -> None:
    with Store.in_memory(ontology=False) as store:
        store.put_many([content(7, {7})])
        bad = Content(graph=name(1), nquads=f"{line}\n".encode())
        with pytest.raises(StoreError, match="put here"):
            store.put_many([content(3, {3}), bad, content(4, {4})])
        assert held(store) == {name(7): {7}}, "none of them came"


def test_text_that_looks_like_a_line_end_is_text() -> None:
    with Store.in_memory(ontology=False) as store:
        said = f'<{SPACE}/a> <{SPACE}/b> "x <{name(1)}> . _:c \\n\u2028 y" <{name(1)}> .\n'
        for edition in (said, said.replace("y", "z")):
            store.put_many([Content(graph=name(1), nquads=edition.encode())])
            assert store.nquads().decode() == edition
            assert len(store.select("SELECT ?v { ?s ?p ?v }").rows) == 1


def test_a_graph_is_put_once_at_a_time() -> None:
    with (
        Store.in_memory(ontology=False) as store,
        pytest.raises(StoreError, match="twice"),
    ):
        store.put_many([content(1, {1}), content(1, {2})])
