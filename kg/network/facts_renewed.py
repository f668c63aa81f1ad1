"""Facts of a snapshot from those of an earlier one: only the graphs that changed are read.

A statement is a fact if the merge of all graphs has it. What a changed graph states now is in
the merge; what has left the merge was noted when it left, and is asked for again, since it may
have come back. All other facts are as they were, so the result is what reading everything gives,
number for number. Where it is not known what changed, or half of everything did, everything is
read: after a SPARQL update, after a writer that died, and where no earlier facts are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.network import columns
from kg.network.columns import Texts
from kg.network.facts import Facts, Row, Rows, Wanted, pair
from kg.store.changes import Changes
from kg.store.snapshots import earlier

if TYPE_CHECKING:
    from kg.store import Reader

_BATCH = 400
# The share of all graphs beyond which reading everything is as quick.
SHARE = 0.5
Found = dict[str, set[Row]]
Ints = NDArray[Any]


def from_earlier(reader: Reader, called: str, wanted: tuple[Wanted, ...]) -> Facts | None:
    """The facts of a reader's snapshot from what an earlier one had; None: read everything."""
    known = earlier(reader.folder, called) if reader.folder else None
    if known is None:
        return None
    place, changes = known
    if len(changes.graphs) > SHARE * len(reader.graphs()):
        return None
    kept = columns.read(place)
    try:
        return renewed(Facts.from_columns(kept or {}, wanted), reader, changes, wanted)
    except (KeyError, IndexError, SyntaxError, ValueError):
        # Something else is kept there, or the note cannot be read.
        return None


def renewed(facts: Facts, reader: Reader, changes: Changes, wanted: Iterable[Wanted]) -> Facts:
    """Earlier facts with changes made to them; ``reader`` has what there is now."""
    by_predicate: dict[str, list[Wanted]] = {}
    for one in wanted:
        by_predicate.setdefault(one.predicate, []).append(one)
    come = _facts_in(
        (
            (quad.subject, quad.predicate, quad.object)
            for graph in sorted(changes.graphs)
            for quad in reader.quads(graph)
        ),
        by_predicate,
    )
    gone = _gone(reader, changes, by_predicate)
    texts = {text for rows in come.values() for row in rows for text in row}
    facts, numbers = _with_texts(facts, sorted(texts))
    rows = {
        name: _changed(facts, kept, gone.get(name, set()), come.get(name, set()), numbers)
        for name, kept in facts.rows.items()
    }
    return _without_unused(Facts(facts.terms, rows))


def _facts_in(
    triples: Iterable[tuple[Any, Any, Any]], by_predicate: Mapping[str, list[Wanted]]
) -> Found:
    found: Found = {}
    for subject, predicate, value in triples:
        for one in by_predicate.get(predicate.value, ()):
            row = one.row(subject, value)
            if row is not None:
                found.setdefault(one.name, set()).add(row)
    return found


def _gone(reader: Reader, changes: Changes, by_predicate: Mapping[str, list[Wanted]]) -> Found:
    """The facts that left and are not there now, nor others that are the same as facts."""
    lost = [triple for triple in _triples(changes.lost) if triple[1].value in by_predicate]
    if any(type(subject).__name__ == "BlankNode" for subject, _, _ in lost):
        raise ValueError("a blank node cannot be asked for")
    pairs = sorted({(str(subject), str(predicate)) for subject, predicate, _ in lost})
    left = _facts_in(lost, by_predicate)
    present = _facts_in(_present(reader, pairs), by_predicate)
    return {name: rows - present.get(name, set()) for name, rows in left.items()}


def _triples(lines: Iterable[str]) -> Iterator[tuple[Any, Any, Any]]:
    import pyoxigraph as ox

    text = "".join(f"{line} .\n" for line in sorted(lines))
    for quad in ox.parse(text, format=ox.RdfFormat.N_TRIPLES):
        yield quad.subject, quad.predicate, quad.object


def _present(reader: Reader, pairs: list[tuple[str, str]]) -> Iterator[tuple[Any, Any, Any]]:
    """What is stated now of subjects with predicates; these are written as SPARQL has them."""
    for at in range(0, len(pairs), _BATCH):
        block = " ".join(f"({s} {p})" for s, p in pairs[at : at + _BATCH])
        yield from reader.select(
            f"SELECT DISTINCT ?s ?p ?o {{ VALUES (?s ?p) {{ {block} }} ?s ?p ?o }}"
        ).rows


def _with_texts(facts: Facts, texts: list[str]) -> tuple[Facts, dict[str, int]]:
    """The facts with further texts among theirs, and the numbers of all these."""
    known = {text: facts.number(text) for text in texts}
    new = [text for text in texts if known[text] < 0]
    places = np.array([facts.place(text) for text in new], dtype=np.int64)
    size = len(facts.terms)
    # How far the text of each number moves.
    shift = np.cumsum(np.bincount(places, minlength=size + 1))[:size]
    moved = np.arange(size) + shift
    numbers = {text: int(moved[number]) for text, number in known.items() if number >= 0}
    for count, (text, place) in enumerate(zip(new, places.tolist(), strict=True)):
        numbers[text] = place + count
    rows = {name: _renumbered(kept, moved) for name, kept in facts.rows.items()}
    return Facts(_inserted(facts.terms, places, Texts.of(new)), rows), numbers


def _inserted(old: Texts, places: Ints, new: Texts) -> Texts:
    """Texts with others put before some places, which are in order."""
    view, pieces, last = np.ascontiguousarray(old.data).data, [], 0
    for number, place in enumerate(places.tolist()):
        at = int(old.starts[place])
        pieces += [view[last:at], new.data[new.starts[number] : new.starts[number + 1]].data]
        last = at
    data = b"".join([*pieces, view[last:]])
    lengths = np.insert(np.diff(old.starts), places, np.diff(new.starts))
    starts = np.append(0, np.cumsum(lengths)).astype(np.int64)
    return Texts(np.frombuffer(data, dtype=np.uint8), starts)


def _changed(
    facts: Facts, kept: Rows, gone: set[Row], come: set[Row], numbers: Mapping[str, int]
) -> Rows:
    """Rows without some and with others, in order."""
    if not gone and not come:
        return kept
    keys = pair(kept.subject, kept.object)
    lost = []
    for row in gone - come:
        at, there = _sought(kept, keys, [facts.number(text) for text in row])
        if there:
            lost.append(at)
    found = []
    for row in come:
        new = [numbers[text] for text in row]
        at, there = _sought(kept, keys, new)
        if not there:
            found.append((*new, at))
    columns_ = np.array(sorted(found), dtype=np.int64).reshape(-1, 4).T
    added = zip(kept, columns_[:3], strict=True)
    # First what is added, at the places as they are; then what is lost, at those as they became.
    out = np.array(sorted(lost), dtype=np.int64)
    out += np.searchsorted(columns_[3], out, side="right")
    parts = (np.delete(np.insert(old, columns_[3], new), out) for old, new in added)
    return Rows(*(part.astype(np.int32) for part in parts))


def _sought(kept: Rows, keys: Ints, row: list[int]) -> tuple[int, bool]:
    """Where a row is or would be, and whether it is there."""
    key = (row[0] << 32) | row[1]
    first = int(np.searchsorted(keys, key))
    last = int(np.searchsorted(keys, key, side="right"))
    at = first + int(np.searchsorted(kept.language[first:last], row[2]))
    return at, at < last and int(kept.language[at]) == row[2]


def _without_unused(facts: Facts) -> Facts:
    used = np.zeros(len(facts.terms), dtype=np.bool_)
    used[0] = True
    for rows in facts.rows.values():
        for column in rows:
            used[column] = True
    if used.all():
        return facts
    number = np.cumsum(used) - 1
    kept = {name: _renumbered(rows, number) for name, rows in facts.rows.items()}
    return Facts(facts.terms.gather(np.flatnonzero(used)), kept)


def _renumbered(rows: Rows, number: Ints) -> Rows:
    """The rows with other numbers for their texts; one column of nothing stays as it is."""
    return Rows(*(part if part.strides == (0,) else number[part].astype(np.int32) for part in rows))
