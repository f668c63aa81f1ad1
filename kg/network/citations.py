"""The citation network of a store as columns: who cites whom, in which clause and words.

Nodes are documents and instruments as a reader thinks of them: a part of a report and the draft
whose text it is are one node. A report leads to its drafts by ties ``contains``, a draft to the
resolution it became by ``adoptedAs``; ties are no citations. Everything is numbered: a node by
its place in the sorted IRIs, an edge by its place in the order of citing node, cited node and
paragraph. Both directions are indexed (compressed sparse rows). The words of an edge are kept
in every language it was read in; which is shown is chosen when it is read.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.network.collected import ADOPTED_AS, CONTAINS
from kg.network.columns import Columns, Texts, kept, spread
from kg.network.described import last_part

if TYPE_CHECKING:
    from kg.store import Reader

# What an edge is: a citation, or a tie of one of two kinds.
CITATION, CONTAINED, ADOPTED = range(3)
TIES = {CONTAINS: CONTAINED, ADOPTED_AS: ADOPTED}
# A further number after a change of what the columns mean: older ones are made anew.
_KEPT_AS = "citations-4"
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Rows:
    """Some edges in compressed rows: those of node ``n`` are ``order[starts[n]:starts[n + 1]]``."""

    starts: NDArray[Any]
    order: NDArray[Any]

    @classmethod
    def of(cls, edges: NDArray[Any], ends: NDArray[Any], size: int) -> Rows:
        """Edges by the node at one of their ends."""
        order = np.argsort(ends, kind="stable")
        return cls(np.searchsorted(ends[order], np.arange(size + 1)), edges[order])

    def edges(self, nodes: NDArray[Any]) -> NDArray[Any]:
        """The edges of some nodes."""
        found: NDArray[Any] = self.order[spread(self.starts[nodes], self.starts[nodes + 1])[1]]
        return found


@dataclass(frozen=True, kw_only=True)
class Citations:
    """Nodes, edges and the words of edges; every member is a column, mapped from disk if kept.

    ``starts_out[n]:starts_out[n + 1]`` are the edges from node ``n``; the edges to it are
    ``into[starts_in[n]:starts_in[n + 1]]``; ``first_words[e]:first_words[e + 1]`` are the words
    of edge ``e`` by language. Codes lead into the texts of the plural name; ``name_key`` and
    ``titled_key`` (a title printed beside the citation ``titled_edge``) lead into ``keys``,
    titles as titles are compared, -1 for a name that is no title. What ties join in both
    directions (a draft and the resolution it became) is one ``stop``; ``citing_stop`` and
    ``cited_stop`` are the pairs of stops that citations join, each once, sorted.
    """

    iri: Texts
    symbol: Texts
    kind: NDArray[np.int16]
    organ: NDArray[np.int16]
    year: NDArray[np.int16]
    held: NDArray[np.bool_]
    first_name: Ints
    name_title: NDArray[np.bool_]
    name_language: NDArray[np.int16]
    name_text: Texts
    name_key: Ints
    alias: Texts
    alias_node: Ints
    stop: Ints

    source: Ints
    target: Ints
    tie: NDArray[np.int8]
    paragraph: Ints
    first_words: Ints
    starts_out: Ints
    starts_in: Ints
    into: Ints
    titled_edge: Ints
    titled_key: Ints
    citing_stop: Ints
    cited_stop: Ints

    language: NDArray[np.int16]
    clause: NDArray[np.int16]
    via: NDArray[np.int16]
    verb: Ints
    quote: Ints
    mention_start: Ints
    mention_end: Ints

    kinds: Texts
    organs: Texts
    paragraphs: Texts
    languages: Texts
    clauses: Texts
    vias: Texts
    verbs: Texts
    quotes: Texts
    keys: Texts

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self.iri)

    def node(self, iri: str) -> int | None:
        """The node that stands for an IRI, a part's included; None if there is none."""
        place = bisect_left(self.alias, iri)
        if place < len(self.alias) and self.alias[place] == iri:
            return int(self.alias_node[place])
        place = bisect_left(self.iri, iri)
        return place if place < len(self.iri) and self.iri[place] == iri else None

    @cached_property
    def ties_out(self) -> Rows:
        """The ties that lead from each node."""
        ties = np.flatnonzero(self.tie != CITATION)
        return Rows.of(ties, self.source[ties], len(self))

    @cached_property
    def ties_in(self) -> Rows:
        """The ties that lead to each node."""
        ties = np.flatnonzero(self.tie != CITATION)
        return Rows.of(ties, self.target[ties], len(self))

    def words_of(self, edges: NDArray[Any], language: str) -> NDArray[Any]:
        """For each edge its words: in the language where it was read in it, else in another."""
        first: NDArray[Any] = self.first_words[edges]
        ends = self.first_words[edges + 1]
        several = np.flatnonzero(ends - first > 1)
        if not len(several):
            return first
        chosen = np.array(first)
        owner, places = spread(first[several], ends[several])
        spoken = self.language[places] == self.code("languages", language)
        chosen[several[owner[spoken]]] = places[spoken]
        return chosen

    def code(self, table: str, text: str) -> int:
        """The code of a text in one of the tables, -1 where no row has it."""
        known: Texts = getattr(self, table)
        return next((code for code, one in enumerate(known) if one == text), -1)

    def about(self, node: int, language: str) -> dict[str, Any]:
        """``label, symbol, title, kind, organ, year``: ``""`` or None where unknown."""
        return next(self.about_each(np.array([node]), language))

    def about_each(self, nodes: NDArray[Any], language: str) -> Iterator[dict[str, Any]]:
        """The same of several nodes, in order; names in the language if there are any in it."""
        coded = self.kinds.coded(self.kind[nodes]), self.organs.coded(self.organ[nodes])
        columns = (*self.labelled(nodes, language), *coded, self.year[nodes].tolist())
        for label, symbol, title, kind, organ, year in zip(*columns, strict=True):
            yield {
                "label": label,
                "symbol": symbol,
                "title": title,
                "kind": kind,
                "organ": organ,
                "year": year or None,
            }

    def labelled(
        self, nodes: NDArray[Any], language: str
    ) -> tuple[list[str], list[str], list[str]]:
        """Labels, symbols and titles of several nodes, as ``about`` gives them."""
        columns = (
            self.iri.take(nodes),
            self.symbol.take(nodes),
            self.named(nodes, language, title=True),
            self.named(nodes, language, title=False),
        )
        labels, titles = [], []
        for iri, symbol, title, name in zip(*columns, strict=True):
            shown = "" if symbol and title else name
            labels.append(symbol or shown or last_part(iri))
            titles.append(title or shown)
        return labels, columns[1], titles

    def named(self, nodes: NDArray[Any], language: str, *, title: bool) -> list[str]:
        """A title, or a name that is none, of each node: in the language, else in English, else
        the first; ``""`` where there is none.
        """
        owner, places = spread(self.first_name[nodes], self.first_name[nodes + 1])
        fitting = np.flatnonzero(self.name_title[places] == title)
        owner, spoken = owner[fitting], self.name_language[places[fitting]]
        foreign = np.where(spoken == self.code("languages", "en"), 1, 2)
        foreign[spoken == self.code("languages", language)] = 0
        # Names of a node are in order; the first of those least foreign is taken.
        order = np.lexsort((foreign, owner))
        owner, first = owner[order], np.ones(len(order), dtype=np.bool_)
        first[1:] = owner[1:] != owner[:-1]
        found = [""] * len(nodes)
        texts = self.name_text.take(places[fitting[order[first]]])
        for number, text in zip(owner[first].tolist(), texts, strict=True):
            found[number] = text
        return found

    def columns(self) -> dict[str, NDArray[Any]]:
        """All columns by name, as ``kg.network.columns.write`` takes them."""
        found: dict[str, NDArray[Any]] = {}
        for member in fields(self):
            value = getattr(self, member.name)
            found |= (
                value.columns(member.name) if isinstance(value, Texts) else {member.name: value}
            )
        return found

    @classmethod
    def from_columns(cls, columns: Columns) -> Citations:
        """What ``columns()`` gave."""
        members: dict[str, Any] = dict(columns)
        for name in columns:
            if name.endswith(".data"):
                text = name.removesuffix(".data")
                members[text] = Texts.from_columns(columns, text)
                del members[name], members[f"{text}.starts"]
        return cls(**members)


def load(reader: Reader) -> Citations:
    """The citation network of a store: asked for once, then mapped from its folder.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     len(load(store))
    0
    """
    from kg.network.citations_made import made

    return Citations.from_columns(kept(reader.folder, _KEPT_AS, lambda: made(reader).columns()))
