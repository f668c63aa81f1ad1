"""The citations of a store from its facts, all at a time and as columns of numbers.

Numbers are those of the texts of ``kg.network.facts``, which are in order: the least number is
the text that comes first. No object is made for a citation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import spread
from kg.network.facts import BLANK, Facts, Rows, Wanted, pair
from kg.network.places import Places, characters, places
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

CONTAINS, ADOPTED_AS, PLAIN = "contains", "adoptedAs", "cites"
CLAUSES = (
    UNKG.cites, UNKG.recalls, UNKG.reaffirms, UNKG.welcomes, UNKG.takesNoteOf, UNKG.stresses,
    UNKG.implements, UNKG.requests,
)  # fmt: skip
# What an edge says it is, in order: the clause of a citation, or the kind of a tie.
NAMES = tuple(sorted([CONTAINS, ADOPTED_AS, *(iri.removeprefix(UNKG.IRI) for iri in CLAUSES)]))
_CODE = {name: code for code, name in enumerate(NAMES)}
WANTED = (
    *(Wanted(clause) for clause in CLAUSES),
    *map(Wanted, (UNKG.contains, UNKG.recommendedAs, UNKG.adoptedAs)),
    Wanted(UNKG.citingWork, links=True),
    *map(Wanted, (UNKG.citedWork, UNKG.citingParagraph, UNKG.via, UNKG.mentionOf)),
    *map(Wanted, (UNKG.quote, UNKG.passageOf, UNKG.doubt, UNKG.citedDate, UNKG.citedTitle)),
    Wanted(UNKG.clauseVerb, tongue=True),
    Wanted(DCTERMS.language),
)
Ints = NDArray[Any]


class Words(NamedTuple):
    """What language versions say of citations; a quotation is a whole passage if there is one.

    ``start`` and ``end`` are where the mention stands in the quotation.
    """

    language: Ints
    start: Ints
    end: Ints
    quote: Ints
    via: Ints
    verb: Ints
    clause: Ints


class Edges(NamedTuple):
    """Citations and ties, in order: from node to node, in a paragraph, and whose ``words``.

    The words of edge ``e`` are ``first_words[e]:first_words[e + 1]``, by language.
    """

    source: Ints
    target: Ints
    paragraph: Ints
    first_words: Ints
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """All edges; parts and the drafts they stand under; years and titles printed at citations.

    ``year_of`` are targets and years; ``titles`` are sources, targets and titles.
    """

    edges: Edges
    parts: Ints
    drafts: Ints
    year_of: tuple[Ints, Ints]
    titles: tuple[Ints, Ints, Ints]


class _Mentions(NamedTuple):
    """Mentions of citations that are not doubted: where they stand, and in what language."""

    citation: Ints
    work: Ints
    target: Ints
    paragraph: Ints
    via: Ints
    quote: Ints
    version: Ints
    start: Ints
    end: Ints
    language: Ints


def collect(facts: Facts, reader: Reader) -> Collected:
    """All that documents cite; doubted citations are left out.

    A citation is one a citing node, paragraph and target; where only an arc says it, one a
    clause. A part of a report stands under the name of the draft whose text it is. The reader is
    asked for the places of quotations that do not say it themselves.
    """
    node = np.arange(len(facts.terms))
    drafts = facts.of(UNKG.recommendedAs)
    # Of several drafts the last: it is written last.
    node[drafts.object] = drafts.subject
    found = facts.of(UNKG.mentionOf)
    quotes = facts.of(UNKG.quote)
    stand = places(facts, reader, quotes.subject, quotes.object)
    mentions = _mentions(facts, found, quotes, stand)
    arcs, clauses = _arcs(facts)
    words = _words(facts, mentions, _passages(facts, quotes, stand), (arcs, clauses))
    said = _said(mentions, words, node)
    edges = _in_order([said, _bare(arcs, clauses, said, node), _tied(facts, node)])
    parts = np.unique(drafts.object)
    return Collected(
        edges=edges,
        parts=parts,
        drafts=node[parts],
        year_of=_years(facts, mentions),
        titles=_titles(facts, mentions, node),
    )


def _joined(rows: Rows, keys: Ints) -> tuple[Ints, Ints]:
    """Which keys have rows of which they are the subject, and the objects of these."""
    owner, at = spread(
        np.searchsorted(rows.subject, keys), np.searchsorted(rows.subject, keys, side="right")
    )
    return owner, rows.object[at]


def _last(rows: Rows, size: int) -> Ints:
    """The last object of each subject, -1 where there is none."""
    found = np.full(size, -1, dtype=np.int64)
    found[rows.subject] = rows.object
    return found


def _found(keys: Ints, values: Ints, wanted: Ints, missing: int) -> Ints:
    """The values of wanted keys; ``keys`` are in order, each once."""
    if not len(keys):
        return np.full(len(wanted), missing, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], missing)


def _mentions(facts: Facts, found: Rows, quotes: Rows, stand: Places) -> _Mentions:
    languages = _last(facts.of(DCTERMS.language), len(facts.terms))
    doubted = np.zeros(len(facts.terms), dtype=np.bool_)
    doubted[facts.of(UNKG.doubt).subject] = True
    sure = ~doubted[found.object]
    mention, citation = found.subject[sure], found.object[sure]
    owner, at = stand.of(mention)
    language = languages[stand.version[at]]
    spoken = language >= 0
    owner, at, language = owner[spoken], at[spoken], language[spoken]
    columns = [mention[owner], stand.version[at], stand.start[at], stand.end[at], language]
    columns.insert(0, citation[owner])
    # Columns so far: citation, mention, version, start, end, language; each join adds one.
    for prop, key in (
        (UNKG.quote, 1), (UNKG.citingWork, 0), (UNKG.citedWork, 0), (UNKG.via, 0),
        (UNKG.citingParagraph, 0),
    ):  # fmt: skip
        rows = quotes if prop == UNKG.quote else facts.of(prop)
        owner, values = _joined(rows, columns[key])
        columns = [*(column[owner] for column in columns), values]
    cited, _, version, start, end, language, quote, work, target, via, paragraph = columns
    return _Mentions(
        cited, work, target, paragraph, via, quote, version, start, end, language
    )  # fmt: skip


def _passages(facts: Facts, quotes: Rows, stand: Places) -> tuple[Ints, Ints, Ints]:
    """By paragraph and version (as a pair, in order) the text of the paragraph and its place."""
    whole = facts.of(UNKG.passageOf)
    owner, text = _joined(quotes, whole.subject)
    passage, paragraph = whole.subject[owner], whole.object[owner]
    owner, at = stand.of(passage)
    keys = pair(paragraph[owner], stand.version[at])
    text, start = text[owner], stand.start[at]
    order = np.lexsort((start, text, keys))
    first = order[_firsts(keys[order])]
    return keys[first], text[first], start[first]


def _firsts(*keys: Ints) -> NDArray[np.bool_]:
    """Where one of the keys, which are in order, is not what it was before."""
    found = np.ones(len(keys[0]), dtype=np.bool_)
    found[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return found


def _arcs(facts: Facts) -> tuple[Ints, Ints]:
    """Pairs of work and target, in order, and the clauses between them, a bit each.

    Plain ``cites`` is one only where no other is. Blank nodes cite nothing.
    """
    keys, bits = [], []
    blank = facts.beginning(BLANK)
    for clause in CLAUSES:
        rows = facts.of(clause)
        named = (rows.subject < blank.start) | (rows.subject >= blank.stop)
        keys.append(pair(rows.subject[named], rows.object[named]))
        bit = 1 << _CODE[clause.removeprefix(UNKG.IRI)]
        bits.append(np.full(len(keys[-1]), bit, dtype=np.int64))
    key, bit_ = np.concatenate(keys), np.concatenate(bits)
    order = np.argsort(key, kind="stable")
    key, bit_ = key[order], bit_[order]
    first = np.flatnonzero(_firsts(key))
    clauses = np.bitwise_or.reduceat(bit_, first) if len(first) else bit_
    plain = 1 << _CODE[PLAIN]
    return key[first], np.where(clauses == plain, plain, clauses & ~plain)


def _words(
    facts: Facts,
    mentions: _Mentions,
    passages: tuple[Ints, Ints, Ints],
    arcs: tuple[Ints, Ints],
) -> Words:
    verb = _verbs(facts, mentions)
    keys, texts, starts = passages
    wanted = pair(mentions.paragraph, mentions.version)
    quote, offset = _found(keys, texts, wanted, 0), _found(keys, starts, wanted, 0)
    ends = offset + characters(facts.terms, quote)
    first, last = mentions.start, mentions.end
    inside = (quote > 0) & (offset <= first) & (first <= last) & (last <= ends)
    # A footnote's mention lies outside the passage and stands for itself.
    alone = characters(facts.terms, mentions.quote)
    return Words(
        language=mentions.language,
        start=np.where(inside, first - offset, 0),
        end=np.where(inside, last - offset, alone),
        quote=np.where(inside, quote, mentions.quote),
        via=mentions.via,
        verb=verb,
        clause=_clauses(facts, mentions, verb, arcs),
    )


def _verbs(facts: Facts, mentions: _Mentions) -> Ints:
    """The first verb of each mention's citation in its language, 0 (no text) without."""
    rows = facts.of(UNKG.clauseVerb)
    keys = pair(rows.subject, rows.language)
    order = np.lexsort((rows.object, keys))
    first = order[_firsts(keys[order])]
    wanted = pair(mentions.citation, mentions.language)
    return _found(keys[first], rows.object[first], wanted, 0)


def _clauses(facts: Facts, mentions: _Mentions, verb: Ints, arcs: tuple[Ints, Ints]) -> Ints:
    """A citation's clause: what its verb means, else the only clause there is."""
    plain = _CODE[PLAIN]
    bits = _found(*arcs, pair(mentions.work, mentions.target), 0) & ~(1 << plain)
    both, at = np.unique(pair(verb, mentions.language), return_inverse=True)
    texts = zip(facts.terms.take(both >> 32), facts.terms.take(both & 0xFFFFFFFF), strict=True)
    meanings = [_CODE.get(_meaning(*one) or "", plain) for one in texts]
    meant = np.array(meanings, dtype=np.int64)[at]
    only = np.log2(np.maximum(bits, 1)).astype(np.int64)
    single = (bits > 0) & (bits & (bits - 1) == 0) & (verb == 0)
    clause = np.where((bits >> meant) & 1, meant, np.where(single, only, plain))
    return np.where(mentions.via == facts.number("footnote"), plain, clause)


@cache
def _meaning(verb: str, language: str) -> str | None:
    from kg.languages import clause_of

    return clause_of(verb or None, language)


def _said(mentions: _Mentions, words: Words, node: Ints) -> Edges:
    """Edges from mentions; in each language the first mention that stands for the citation."""
    source = node[mentions.work]
    cited = words.language, mentions.paragraph, mentions.target, source
    order = np.lexsort((*words[:0:-1], mentions.start, *cited))
    keys = source[order], mentions.target[order], mentions.paragraph[order]
    kept = _firsts(*keys, words.language[order])
    order = order[kept]
    first = np.flatnonzero(_firsts(*(key[kept] for key in keys)))
    owner = order[first]
    return Edges(
        source[owner],
        mentions.target[owner],
        mentions.paragraph[owner],
        np.append(first, len(order)),
        Words(*(column[order] for column in words)),
    )


def _silent(source: Ints, target: Ints, clause: Ints) -> Edges:
    """Edges without words."""
    nothing = np.zeros(len(source), dtype=np.int64)
    return Edges(
        source, target, nothing, np.arange(len(source) + 1), Words(*(nothing,) * 6, clause)
    )


def _bare(arcs: Ints, clauses: Ints, said: Edges, node: Ints) -> Edges:
    """Arcs without a citation, as in imported data: those of the first work of each node."""
    work, target = arcs >> 32, arcs & 0xFFFFFFFF
    pairs = pair(node[work], target)
    bare = ~np.isin(pairs, pair(said.source, said.target))
    work, pairs, clauses = work[bare], pairs[bare], clauses[bare]
    order = np.lexsort((work, pairs))
    order = order[_firsts(pairs[order])]
    pairs, clauses = pairs[order], clauses[order]
    at, code = np.nonzero((clauses[:, None] >> np.arange(len(NAMES))) & 1)
    return _silent(pairs[at] >> 32, pairs[at] & 0xFFFFFFFF, code)


def _tied(facts: Facts, node: Ints) -> Edges:
    found: list[tuple[Ints, Ints, Ints]] = []
    for prop, name in ((UNKG.contains, CONTAINS), (UNKG.adoptedAs, ADOPTED_AS)):
        rows = facts.of(prop)
        pairs = np.unique(pair(node[rows.subject], node[rows.object]))
        pairs = pairs[pairs >> 32 != pairs & 0xFFFFFFFF]
        found.append((pairs >> 32, pairs & 0xFFFFFFFF, np.full(len(pairs), _CODE[name])))
    return _silent(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _in_order(several: list[Edges]) -> Edges:
    source, target, paragraph = (
        np.concatenate([edges[n] for edges in several]) for n in range(3)
    )  # fmt: skip
    words = Words(*(np.concatenate(c) for c in zip(*(e.words for e in several), strict=True)))
    counts = np.concatenate([np.diff(edges.first_words) for edges in several])
    starts = np.cumsum(counts) - counts
    order = np.lexsort((words.clause[starts], words.language[starts], paragraph, target, source))
    _, at = spread(starts[order], (starts + counts)[order])
    first = np.append(0, np.cumsum(counts[order]))
    spoken = Words(*(column[at] for column in words))
    return Edges(source[order], target[order], paragraph[order], first, spoken)


def _years(facts: Facts, mentions: _Mentions) -> tuple[Ints, Ints]:
    """The year that citations print most often of each target, the earliest of several."""
    date = _last(facts.of(UNKG.citedDate), len(facts.terms))
    both = np.unique(pair(mentions.citation, mentions.target))
    dates = date[both >> 32]
    target, dates = (both & 0xFFFFFFFF)[dates >= 0], dates[dates >= 0]
    numbers, at = np.unique(dates, return_inverse=True)
    year = np.array([_year(text) for text in facts.terms.take(numbers)], dtype=np.int64)[at]
    pairs, counts = np.unique(pair(target, year)[year >= 0], return_counts=True)
    order = np.lexsort((pairs, -counts, pairs >> 32))
    pairs = pairs[order][_firsts(pairs[order] >> 32)]
    return pairs >> 32, pairs & 0xFFFFFFFF


def _year(date: str) -> int:
    year = date[:4]
    return int(year) if year.isascii() and year.isdigit() else -1


def _titles(facts: Facts, mentions: _Mentions, node: Ints) -> tuple[Ints, Ints, Ints]:
    """Titles printed beside citations: sources, targets and titles."""
    owner, title = _joined(facts.of(UNKG.citedTitle), mentions.citation)
    source, target = node[mentions.work[owner]], mentions.target[owner]
    order = np.lexsort((title, target, source))
    order = order[_firsts(source[order], target[order], title[order])]
    return source[order], target[order], title[order]
