"""Facts: what a store states with a few predicates, as columns of numbers.

Networks are derived from facts alone, so where these are the same they are the same. Each
predicate is read in one pass over the merge of all graphs, without a join: it is the engine's
turning of numbers into texts that takes the time, and in a join it would do it for each row. Of a
snapshot that follows one whose facts are kept, only the graphs that changed are read: see
``kg.network.facts_renewed``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import Columns, Texts, kept
from kg.store.snapshots import FACTS

if TYPE_CHECKING:
    from kg.store import Reader

Ints = NDArray[np.int32]
Row = tuple[str, str, str]
BLANK = "_:"
_EDITION = 1


class Wanted(NamedTuple):
    """A predicate whose statements are facts.

    With ``value`` only those with that IRI as object; with ``links`` only those with any IRI;
    with ``tongue`` the language of the literal is kept too.
    """

    predicate: str
    value: str | None = None
    links: bool = False
    tongue: bool = False

    @property
    def name(self) -> str:
        """What tells it from others."""
        return f"{self.predicate} {self.value or ''}"

    def row(self, subject: Any, found: Any) -> Row | None:
        """A statement's subject, object and language; None where it is not wanted.

        What is told apart by its kind only (``"1"`` and ``1``) is one fact.
        """
        one, other = _text(subject), _text(found)
        if one is None or other is None:
            return None
        if self.value is not None:
            return (one, "", "") if other == self.value else None
        if self.links and type(found).__name__ != "NamedNode":
            return None
        return one, other, (getattr(found, "language", None) or "") if self.tongue else ""


def _text(term: Any) -> str | None:
    kind = type(term).__name__
    if kind == "Triple":
        return None
    text: str = term.value
    return BLANK + text if kind == "BlankNode" else text


class Rows(NamedTuple):
    """The facts of one predicate, as numbers of texts, sorted, each once."""

    subject: Ints
    object: Ints
    language: Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """Texts in order, each once, the first of them empty; rows by the names of what was wanted."""

    terms: Texts
    rows: Mapping[str, Rows]

    def of(self, predicate: str, value: str | None = None) -> Rows:
        """The facts of a predicate."""
        return self.rows[Wanted(predicate, value).name]

    def place(self, text: str) -> int:
        """Where a text is among the texts, or would be."""
        return bisect_left(self.terms, text)

    def number(self, text: str) -> int:
        """The number of a text, -1 if no fact has it."""
        place = self.place(text)
        return place if place < len(self.terms) and self.terms[place] == text else -1

    def beginning(self, start: str) -> slice:
        """The numbers of the texts that begin so."""
        first = bisect_left(self.terms, start)
        return slice(first, bisect_left(self.terms, start + "\U0010ffff", lo=first))

    def columns(self, wanted: Iterable[Wanted]) -> Columns:
        """All of it as named arrays."""
        found = dict(self.terms.columns("terms"))
        for one in wanted:
            for part, array_ in zip(_parts(one), self.rows[one.name], strict=False):
                found[f"{one.name} {part}"] = array_
        return found

    @classmethod
    def from_columns(cls, columns: Columns, wanted: Iterable[Wanted]) -> Facts:
        """What ``columns`` gave.

        Raises:
            KeyError: other facts were wanted then.
        """
        rows = {}
        for one in wanted:
            given = [columns[f"{one.name} {part}"] for part in _parts(one)]
            nothing = np.broadcast_to(np.int32(0), len(given[0]))
            rows[one.name] = Rows(*given, *[nothing] * (3 - len(given)))
        return cls(Texts.from_columns(columns, "terms"), rows)


def _parts(one: Wanted) -> tuple[str, ...]:
    return ("s",) if one.value is not None else ("s", "o", "l") if one.tongue else ("s", "o")


def load(reader: Reader, name: str, wanted: tuple[Wanted, ...]) -> Facts:
    """The facts of a store: read once for each snapshot, then mapped; changes are read alone."""
    from kg.network.facts_renewed import from_earlier

    called = f"{FACTS}{name}-{_EDITION}"

    def make() -> Columns:
        facts = from_earlier(reader, called, wanted) or read(reader, wanted)
        return facts.columns(wanted)

    columns = kept(reader.folder, called, make)
    try:
        return Facts.from_columns(columns, wanted)
    except KeyError:
        return read(reader, wanted)


class _Numbers(dict[str, int]):
    """Texts numbered in the order in which they come."""

    def __missing__(self, text: str) -> int:
        self[text] = len(self)
        return len(self) - 1


def read(reader: Reader, wanted: Iterable[Wanted]) -> Facts:
    """The facts of a store, each predicate in one pass."""
    numbers = _Numbers({"": 0})
    found = {one.name: _read(reader, one, numbers) for one in wanted}
    names = sorted(numbers)
    place = np.zeros(len(names), dtype=np.int32)
    for rank, name in enumerate(names):
        place[numbers[name]] = rank
    del numbers
    terms = Texts.of(names)
    del names
    for name in found:
        found[name] = in_order(*(place[part] for part in found[name]))
    return Facts(terms, found)


def _read(reader: Reader, one: Wanted, numbers: _Numbers) -> Rows:
    parts = array("i"), array("i"), array("i")
    subject, value, language = (part.append for part in parts)
    for a, b in reader.pairs(one.predicate, one.value):
        row = one.row(a, b)
        if row is not None:
            subject(numbers[row[0]])
            value(numbers[row[1]])
            language(numbers[row[2]])
    return Rows(*(np.frombuffer(part, dtype=np.int32) for part in parts))


def in_order(subject: Ints, found: Ints, language: Ints) -> Rows:
    """Rows sorted, each once."""
    if not len(subject):
        return Rows(*(np.zeros(0, dtype=np.int32),) * 3)
    key = pair(subject, found)
    order = np.lexsort((language, key)) if language.any() else np.argsort(key, kind="stable")
    key, spoken = key[order], language[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (key[1:] != key[:-1]) | (spoken[1:] != spoken[:-1])
    kept_ = order[first]
    return Rows(subject[kept_], found[kept_], language[kept_])


def pair(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.int64]:
    """Two numbers as one, in the order of the first, then of the second.

    >>> pair(np.array([1, 1, 0]), np.array([2, 1, 3])).argsort().tolist()
    [2, 1, 0]
    """
    found: NDArray[np.int64] = (one.astype(np.int64) << 32) | other
    return found
