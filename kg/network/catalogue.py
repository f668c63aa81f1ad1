"""What the documents of a store are called, as columns to be searched: symbols and titles.

Every document that has a symbol is in it, read or merely cited. A symbol is found however its
parts are set apart ("a res 70 1"), by its beginning, by a part, or misspelt by a letter or two.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import Columns, Texts, kept
from kg.network.facts import Facts, Wanted
from kg.network.facts import load as facts_of
from kg.symbol import DOCUMENT_BASE
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

Why = Literal["symbol", "start", "part", "title", "near"]
_ORDER: tuple[Why, ...] = ("symbol", "start", "part", "title", "near")
_KEPT_AS = "catalogue-2"
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/"
# So many hits are ranked at most: a question that has more is a poor one.
_LOOKED_AT = 4_000
_MISSPELT = 2
WANTED = tuple(map(Wanted, (UNKG.symbol, DCTERMS.title, UNKG.versionOf, DCTERMS.language)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A document that was found and why: ``languages`` are those it was read in, if any."""

    iri: str
    symbol: str
    title: str
    languages: tuple[str, ...]
    why: Why


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Documents in the order of their keys; all members are as long as there are documents.

    ``key`` is the symbol in upper case with strokes between its parts, ``title`` all titles in
    one line (``folded``: as they are compared), ``languages`` codes apart by spaces (empty: only
    cited). ``letters[i]`` counts the characters of the key: two symbols that differ by a slip
    have nearly the same counts.
    """

    key: Texts
    iri: Texts
    symbol: Texts
    title: Texts
    folded: Texts
    languages: Texts
    letters: NDArray[np.uint8]

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.key)

    @cached_property
    def read(self) -> NDArray[np.intp]:
        """The places of the documents that were read, not only cited."""
        return np.flatnonzero(np.diff(self.languages.starts))

    def hit(self, place: int, why: Why = "symbol") -> Hit:
        """What is known of one document."""
        return Hit(
            iri=self.iri[place],
            symbol=self.symbol[place],
            title=self.title[place],
            languages=tuple(self.languages[place].split()),
            why=why,
        )

    def search(self, text: str, *, most: int = 50) -> list[Hit]:
        """Documents for what a person types, the best first.

        Of equals those that were read come first. What is near in spelling is given only where
        no symbol fits.

        >>> documents = [("https://undocs.org/A/RES/70/1", "A/RES/70/1", ["Our world"], ["en"])]
        >>> found = Catalogue.of(documents)
        >>> [found.search(text)[0].why for text in ("a res 70 1", "70/1", "world", "A/RSE/70/1")]
        ['symbol', 'part', 'title', 'near']
        """
        whys: dict[int, Why] = {}
        for place, why in self._found(text):
            whys.setdefault(place, why)
            if len(whys) >= _LOOKED_AT:
                break
        if not set(whys.values()) & {"symbol", "start", "part"}:
            for place in self._near(key_of(text)):
                whys.setdefault(place, "near")
        # The nearest in spelling come as they are ordered, all others by symbol.
        ranked = sorted(whys, key=lambda at: (_ORDER.index(whys[at]), self._rank(at, whys[at])))
        return [self.hit(place, whys[place]) for place in ranked[:most]]

    def _rank(self, place: int, why: Why) -> tuple[bool, int]:
        starts = self.languages.starts
        return (False, 0) if why == "near" else (bool(starts[place] == starts[place + 1]), place)

    def _found(self, text: str) -> Iterator[tuple[int, Why]]:
        key = key_of(text)
        if key:
            yield from self._by_symbol(key)
        words = sorted({_fold(word) for word in text.split()}, key=len, reverse=True)
        if (words and len(words[0]) > 1) or any(ord(c) > 0x2E80 for c in text):
            titles = self.folded
            for place in _containing(titles, words[0]):
                if all(word in titles[place] for word in words[1:]):
                    yield place, "title"

    def _by_symbol(self, key: str) -> Iterator[tuple[int, Why]]:
        at = bisect_left(self.key, key)
        while at < len(self) and self.key[at].startswith(key):
            yield at, "symbol" if self.key[at] == key else "start"
            at += 1
        whole = re.compile(rf"(?:^|/){re.escape(key)}(?:/|$)")
        # "1" is a part of nearly every symbol.
        if len(key) > 2:
            parts = list(_containing(self.key, key))
            yield from ((place, "part") for place in parts if whole.search(self.key[place]))
            yield from ((place, "part") for place in parts)
        bare = key.replace("/", "")
        if bare == key and any(c.isdigit() for c in key) and len(key) > 3:
            for place in np.flatnonzero((self.letters[:, :-1] == _counts(key)[:-1]).all(axis=1)):
                if self.key[int(place)].replace("/", "") == bare:
                    yield int(place), "symbol"

    def _near(self, key: str) -> list[int]:
        """Symbols a slip or two away, the nearest first."""
        if len(key) < 4 or not any(c.isdigit() for c in key) or not len(self):
            return []
        apart = np.abs(self.letters.astype(np.int16) - _counts(key)).sum(axis=1)
        near = [int(place) for place in np.flatnonzero(apart <= 2 * _MISSPELT)[:_LOOKED_AT]]
        slips = [(slips_between(key, self.key[place]), place) for place in near]
        return [place for count, place in sorted(slips) if count <= _MISSPELT][:12]

    def columns(self) -> dict[str, NDArray[Any]]:
        """All of it as named arrays."""
        found: dict[str, NDArray[Any]] = {"letters": self.letters}
        for name in ("key", "iri", "symbol", "title", "folded", "languages"):
            found |= getattr(self, name).columns(name)
        return found

    @classmethod
    def from_columns(cls, columns: Columns) -> Catalogue:
        """What ``columns`` gave."""
        names = ("key", "iri", "symbol", "title", "folded", "languages")
        texts = {name: Texts.from_columns(columns, name) for name in names}
        return cls(letters=columns["letters"], **texts)

    @classmethod
    def of(cls, documents: Iterable[tuple[str, str, Iterable[str], Iterable[str]]]) -> Catalogue:
        """A catalogue of documents: IRI, symbol, titles, languages read in."""
        rows = sorted(
            (key_of(symbol or iri), iri, symbol, " · ".join(titles), " ".join(languages))
            for iri, symbol, titles, languages in documents
        )
        key, iri, symbol, title, languages = zip(*rows, strict=True) if rows else ((),) * 5
        counted = [_counts(each) for each in key]
        letters = np.array(counted, dtype=np.uint8) if counted else np.zeros((0, len(_LETTERS)))
        return cls(
            key=Texts.of(key),
            iri=Texts.of(iri),
            symbol=Texts.of(symbol),
            title=Texts.of(title),
            folded=Texts.of(map(_fold, title)),
            languages=Texts.of(languages),
            letters=letters.astype(np.uint8),
        )


def load(reader: Reader) -> Catalogue:
    """The catalogue of a store: asked for once, then mapped from its folder.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     len(load(store))
    0
    """
    return Catalogue.from_columns(kept(reader.folder, _KEPT_AS, lambda: _made(reader).columns()))


def _made(reader: Reader) -> Catalogue:
    facts = facts_of(reader, "catalogue", WANTED)
    symbols, titles = (_values(facts, name) for name in (UNKG.symbol, DCTERMS.title))
    languages = _values(facts, DCTERMS.language)
    read: defaultdict[str, set[str]] = defaultdict(set)
    for version, things in _values(facts, UNKG.versionOf).items():
        for thing in things if version in languages else ():
            read[thing] |= {code.rsplit("/", 1)[-1] for code in languages[version]}
    return Catalogue.of(
        (
            iri,
            min(symbols.get(iri, ()), default=""),
            sorted(titles.get(iri, ())),
            sorted(read.get(iri, ())),
        )
        for iri in sorted(symbols.keys() | read.keys())
    )


def _values(facts: Facts, name: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows = facts.of(name)
    things, values = facts.terms.take(rows.subject), facts.terms.take(rows.object)
    for thing, value in zip(things, values, strict=True):
        found[thing].add(value)
    return found


def key_of(symbol: str) -> str:
    """A symbol in upper case, one stroke between its parts.

    >>> key_of("A/C.3/72/L.6/Rev.1"), key_of("s res 2133 (2014)")
    ('A/C/3/72/L/6/REV/1', 'S/RES/2133/2014')
    """
    plain = unicodedata.normalize("NFKC", symbol.removeprefix(DOCUMENT_BASE)).upper()
    return re.sub(r"[^0-9A-Z]+", "/", plain).strip("/")[:200]


def slips_between(one: str, other: str) -> int:
    """Letters to change, add, leave out or swap with their neighbour (optimal string alignment).

    >>> slips_between("A/RSE/70/1", "A/RES/70/1"), slips_between("A/RES/7/1", "A/RES/70/1")
    (1, 1)
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _counts(key: str) -> NDArray[np.int16]:
    counted = Counter(key)
    return np.array([min(counted[letter], 255) for letter in _LETTERS], dtype=np.int16)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _containing(texts: Texts, piece: str) -> Iterator[int]:
    """The places of the texts that contain a piece, each once, in order."""
    data, wanted = texts.data.tobytes(), piece.encode("utf-8", "replace")
    starts = texts.starts
    at = data.find(wanted) if wanted else -1
    while at >= 0:
        place = int(np.searchsorted(starts, at, side="right")) - 1
        end = int(starts[place + 1])
        if at + len(wanted) <= end:
            yield place
            at = data.find(wanted, end)
        else:
            at = data.find(wanted, at + 1)
