"""Where quotations stand: their IRIs say it; of what does not fit its quotation it is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import Texts, spread
from kg.network.facts import BLANK, Facts
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

Ints = NDArray[Any]
BATCH = 400
_MARK = np.frombuffer(b"#char=", dtype=np.uint8)
# The mark, two numbers of nine figures at most, the comma between.
_TAIL = len(_MARK) + 9 + 1 + 9
_PIECE = 1 << 17
_LANGUAGE = DCTERMS.language
_PLACES = f"""
SELECT ?thing ?version ?start ?end WHERE {{
  VALUES ?thing {{ %s }}
  ?thing <{UNKG.inVersion}> ?version ; <{UNKG.start}> ?start ; <{UNKG.end}> ?end .
}}
"""


class Places(NamedTuple):
    """Things in order, each with a version it stands in, and from where to where there."""

    thing: Ints
    version: Ints
    start: Ints
    end: Ints

    def of(self, things: Ints) -> tuple[Ints, Ints]:
        """Which of the things have a place, and which places these are."""
        return spread(
            np.searchsorted(self.thing, things), np.searchsorted(self.thing, things, side="right")
        )


def places(facts: Facts, reader: Reader, things: Ints, quotes: Ints) -> Places:
    """Where things with quotations stand, in versions whose language is known."""
    version, start, end = _printed(facts, things)
    fits = (version >= 0) & (end - start == characters(facts.terms, quotes))
    clear = Places(things[fits], version[fits], start[fits], end[fits])
    asked = _asked(facts, reader, np.unique(things[~fits]))
    rows = np.stack([np.concatenate(pair) for pair in zip(clear, asked, strict=True)])
    return Places(*np.unique(rows, axis=1)) if len(asked.thing) else clear


def characters(texts: Texts, places: Ints) -> Ints:
    """How many characters the texts at some places have."""
    found = np.zeros(len(places), dtype=np.int64)
    for at in range(0, len(places), _PIECE):
        some = texts.gather(places[at : at + _PIECE])
        inner = np.flatnonzero((some.data & 0xC0) == 0x80)
        before = np.searchsorted(inner, some.starts)
        found[at : at + _PIECE] = np.diff(some.starts) - np.diff(before)
    return found


def _printed(facts: Facts, things: Ints) -> tuple[Ints, Ints, Ints]:
    """Version, start and end as IRIs have them; version -1 where they do not, or none is known."""
    pieces = [_tails(facts.terms, things[at : at + _PIECE]) for at in range(0, len(things), _PIECE)]
    length, start, end = np.concatenate(pieces or [np.zeros((3, 0), np.int64)], axis=1)
    known = np.zeros(len(facts.terms), dtype=np.bool_)
    known[facts.of(_LANGUAGE).subject] = True
    version = np.full(len(things), -1, dtype=np.int64)
    for first, last in _runs(facts.terms, things, length):
        found = facts.number(_text(facts.terms, things[first], length[first]))
        if found >= 0 and known[found]:
            version[first:last] = found
    return version, start, end


def _tails(texts: Texts, things: Ints) -> NDArray[np.int64]:
    """For each text that ends in ``#char=3,8`` the bytes before that, 3 and 8; else 0, 0, 0."""
    ends, starts = texts.starts[things + 1], texts.starts[things]
    back = ends[None, :] - 1 - np.arange(_TAIL)[:, None]
    letters = np.where(back >= starts, texts.data[np.maximum(back, 0)], 0).astype(np.int64)
    at = np.zeros(len(things), dtype=np.int64)
    second, at = _number(letters, at)
    good = _letter(letters, at) == ord(",")
    first, then = _number(letters, at + 1)
    good &= (at > 0) & (then > at + 1)
    for number, letter in enumerate(_MARK[::-1]):
        good &= _letter(letters, then + number) == letter
    length = ends - starts - then - len(_MARK)
    return np.where(good & (length > 0), np.stack([length, first, second]), 0)


def _number(letters: Ints, at: Ints) -> tuple[Ints, Ints]:
    """The number that is read backwards from a place, nine figures at most, and where it ends."""
    value, at, going = np.zeros_like(at), at.copy(), np.ones(len(at), dtype=np.bool_)
    for power in range(9):
        letter = _letter(letters, at)
        going &= (letter >= ord("0")) & (letter <= ord("9"))
        value += np.where(going, (letter - ord("0")) * 10**power, 0)
        at += going
    return value, at


def _letter(letters: Ints, at: Ints) -> Ints:
    found: Ints = letters[np.minimum(at, _TAIL - 1), np.arange(letters.shape[1])]
    return np.where(at < _TAIL, found, 0)


def _runs(texts: Texts, things: Ints, length: Ints) -> list[tuple[int, int]]:
    """Ranges of things, which are in order, that begin with the same ``length`` of bytes.

    What lies between two texts with one beginning has it too: the ends of a range are looked at.
    """
    if not len(things):
        return []
    last = texts.starts[things] + length
    # The last letters differ where versions do, nearly always.
    letters = sum(texts.data[np.maximum(last - n, 0)].astype(np.int64) << 8 * n for n in (1, 2, 3))
    marks = length << 32 | letters
    changes = (marks[1:] != marks[:-1]) & (things[1:] != things[:-1])
    cut = [0, *(np.flatnonzero(changes) + 1).tolist(), len(things)]
    waiting = list(pairwise(cut))
    found: list[tuple[int, int]] = []
    while waiting:
        begin, end = waiting.pop()
        if not length[begin]:
            continue
        one, other = (_text(texts, things[at], length[begin]) for at in (begin, end - 1))
        if one == other:
            found.append((begin, end))
        else:
            middle = (begin + end) // 2
            waiting += [(begin, middle), (middle, end)]
    return found


def _text(texts: Texts, place: int, length: int) -> str:
    start = int(texts.starts[place])
    return texts.data[start : start + int(length)].tobytes().decode("utf-8", "replace")


def _asked(facts: Facts, reader: Reader, things: Ints) -> Places:
    names = [name for name in facts.terms.take(things) if not name.startswith(BLANK)]
    rows = []
    for at in range(0, len(names), BATCH):
        for thing, version, start, end in _answers(reader, names[at : at + BATCH]):
            spoken = facts.number(version)
            if spoken >= 0:
                rows.append((facts.number(thing), spoken, _offset(start), _offset(end)))
    return Places(*np.array(sorted(rows), dtype=np.int64).reshape(-1, 4).T)


def _answers(reader: Reader, names: Sequence[str]) -> list[list[str]]:
    import pyoxigraph as ox

    sparql = _PLACES % " ".join(str(ox.NamedNode(name)) for name in names)
    return [[term.value for term in row] for row in reader.select(sparql).rows]


def _offset(text: str) -> int:
    """An offset; 0 where imported data has something else in its place."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
