"""The citation network made from the facts of a store: nodes, edges and words as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.network import collected
from kg.network.citations import ADOPTED, CITATION, TIES, Citations, Ints
from kg.network.collected import NAMES, Collected, Edges, Words, collect
from kg.network.columns import Texts
from kg.network.described import WANTED as DESCRIBING
from kg.network.described import Described, described
from kg.network.facts import Facts, load, pair
from kg.store.joins import titled
from kg.symbol import year_of_symbol

if TYPE_CHECKING:
    from kg.store import Reader

WANTED = tuple(dict.fromkeys((*collected.WANTED, *DESCRIBING)))


@dataclass(slots=True)
class _Tables:
    """Which texts of the facts the codes of each table stand for."""

    facts: Facts
    texts: dict[str, Texts] = field(default_factory=dict)

    def coded(self, kind: Any, **columns: NDArray[Any]) -> list[NDArray[Any]]:
        """Columns of one table, given as ``table_what``, as its codes; the table is made."""
        name = next(iter(columns)).partition("_")[0]
        numbers, at = _numbered(np.concatenate(list(columns.values())), len(self.facts.terms))
        self.texts[name] = self.facts.terms.gather(numbers)
        ends = np.cumsum([len(column) for column in columns.values()])
        return [part.astype(kind) for part in np.split(at, ends[:-1])]

    def named(self, name: str, kind: Any, texts: Sequence[str]) -> NDArray[Any]:
        """Texts that are not among the facts."""
        table = sorted(set(texts))
        code = {text: number for number, text in enumerate(table)}
        self.texts[name] = Texts.of(table)
        return _array((code[text] for text in texts), kind)


def _numbered(numbers: NDArray[Any], size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Numbers below ``size`` in order, each once, and the place of each one given."""
    used = np.zeros(size, dtype=np.bool_)
    used[numbers] = True
    return np.flatnonzero(used), (np.cumsum(used) - 1)[numbers]


def made(reader: Reader) -> Citations:
    """The citation network of a store, from its facts."""
    facts = load(reader, "citations", WANTED)
    found = collect(facts, reader)
    edges = found.edges
    nodes, ends = _numbered(np.concatenate(edges[:2]), len(facts.terms))
    source, target = np.split(ends.astype(np.int32), 2)
    about, tables = described(facts, nodes), _Tables(facts)
    members: dict[str, Any] = {"iri": facts.terms.gather(nodes), "source": source, "target": target}
    members |= _node_columns(about, nodes, found, tables)
    members |= _alias_columns(facts, found, nodes)
    members |= _edge_columns(edges, source, target, len(nodes), tables)
    members |= _word_columns(edges.words, about, tables)
    members |= _title_columns(found, nodes, about, members, tables)
    members |= _stop_columns(members, len(nodes))
    return Citations(**members | tables.texts)


def _node_columns(
    about: Described, nodes: NDArray[Any], found: Collected, tables: _Tables
) -> dict[str, Any]:
    texts = tables.facts.terms
    symbol = texts.gather(about.symbol)
    printed = np.zeros(len(texts), dtype=np.int64)
    printed[found.year_of[0]] = found.year_of[1]
    year = np.where(about.year > 0, about.year, printed[nodes])
    for place in np.flatnonzero(year == 0).tolist():
        year[place] = year_of_symbol(symbol[place]) or 0
    return {
        "symbol": symbol,
        "kind": tables.named("kinds", np.int16, about.kind),
        "organ": tables.named("organs", np.int16, about.organ),
        "year": year.astype(np.int16),
        "held": about.held,
        "first_name": about.first_name.astype(np.int32),
        "name_title": about.name_title,
        "name_text": texts.gather(about.name_text),
    }


def _alias_columns(facts: Facts, found: Collected, nodes: NDArray[Any]) -> dict[str, Any]:
    known = np.isin(found.drafts, nodes)
    return {
        "alias": facts.terms.gather(found.parts[known]),
        "alias_node": np.searchsorted(nodes, found.drafts[known]).astype(np.int32),
    }


def _edge_columns(
    edges: Edges, source: Ints, target: Ints, size: int, tables: _Tables
) -> dict[str, Any]:
    (paragraph,) = tables.coded(np.int32, paragraphs=edges.paragraph)
    into = np.argsort(target, kind="stable").astype(np.int32)
    clause = edges.words.clause[edges.first_words[:-1]]
    kinds = np.full(len(NAMES), CITATION, dtype=np.int8)
    for name, tie in TIES.items():
        kinds[NAMES.index(name)] = tie
    numbers = np.arange(size + 1)
    return {
        "tie": kinds[clause],
        "paragraph": paragraph,
        "first_words": edges.first_words.astype(np.int32),
        "starts_out": np.searchsorted(source, numbers).astype(np.int32),
        "starts_in": np.searchsorted(target[into], numbers).astype(np.int32),
        "into": into,
    }


def _word_columns(words: Words, about: Described, tables: _Tables) -> dict[str, Any]:
    language, spoken = tables.coded(
        np.int16, languages=words.language, languages_names=about.name_language
    )
    tables.texts["clauses"] = Texts.of(NAMES)
    return {
        "language": language,
        "name_language": spoken,
        "clause": words.clause.astype(np.int16),
        "via": tables.coded(np.int16, vias=words.via)[0],
        "verb": tables.coded(np.int32, verbs=words.verb)[0],
        "quote": tables.coded(np.int32, quotes=words.quote)[0],
        "mention_start": words.start.astype(np.int32),
        "mention_end": words.end.astype(np.int32),
    }


def _title_columns(
    found: Collected,
    nodes: NDArray[Any],
    about: Described,
    members: Mapping[str, Any],
    tables: _Tables,
) -> dict[str, Any]:
    """Titles printed beside citations, each at the first edge of its pair; and all their keys."""
    source, target, title = found.titles
    pairs = pair(members["source"], members["target"])
    wanted = pair(np.searchsorted(nodes, source), np.searchsorted(nodes, target))
    numbers, at = _numbered(np.append(about.name_text, title), len(tables.facts.terms))
    keys = tables.named("keys", np.int32, list(map(titled, tables.facts.terms.take(numbers))))[at]
    named = len(about.name_text)
    return {
        "name_key": np.where(about.name_title, keys[:named], np.int32(-1)),
        "titled_edge": np.searchsorted(pairs, wanted).astype(np.int32),
        "titled_key": keys[named:],
    }


def _stop_columns(members: Mapping[str, Any], size: int) -> dict[str, Any]:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    source, target, tie = (members[name] for name in ("source", "target", "tie"))
    ties, both = tie != CITATION, tie == ADOPTED
    a = np.concatenate([source[ties], target[both]])
    b = np.concatenate([target[ties], source[both]])
    stop = np.zeros(0, dtype=np.int32)
    if size:
        matrix = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(size, size))
        stop = connected_components(matrix.tocsr(), connection="strong")[1].astype(np.int32)
    one, other = stop[source[~ties]].astype(np.int64), stop[target[~ties]]
    pairs = np.unique((one * size + other)[one != other])
    return {
        "stop": stop,
        "citing_stop": (pairs // max(1, size)).astype(np.int32),
        "cited_stop": (pairs % max(1, size)).astype(np.int32),
    }


def _array(values: Iterable[Any], kind: Any) -> NDArray[Any]:
    return np.fromiter(values, dtype=kind)
