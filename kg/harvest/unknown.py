"""Instruments the authority has not: names joined by parallel places and by what notes print."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from kg.authority import Authority
from kg.harvest.model import Annex, Candidate, Name, Named
from kg.harvest.noted import Source, shared_sources, sources_of
from kg.harvest.seen import Seen
from kg.model import Unts

_ORDER = ("en", "fr", "es", "ru", "zh", "ar")
# A name as a node: its language and what names are compared by.
_Node = tuple[str, str]
_Pairs = Sequence[tuple[Named, Named]]


def unknown_instruments(
    named: Sequence[Named], pairs: _Pairs, authority: Authority
) -> Iterator[Candidate]:
    """One candidate for each unknown instrument that two languages name, or a source gives.

    Two names are joined only where each is the other's best partner in its language; what else
    stood at the place is told as a contradiction.
    """
    taken = {_node(shared.named) for shared in shared_sources(named, authority)}
    for first, second in pairs:
        taken |= {
            _node(a) for a, b in ((first, second), (second, first)) if b.target and not a.target
        }
    partners = _partners(pairs)
    seen: defaultdict[_Node, Seen] = defaultdict(Seen)
    for first, second in pairs:
        if not first.target and not second.target:
            seen[_node(first)].add(first, second)
            seen[_node(second)].add(second, first)
    sources = _sources(named)
    for one in named:
        if _node(one) in sources:
            seen[_node(one)].add(one)
    classes = {_node(one): one.classes for pair in pairs for one in pair}
    classes |= {_node(one): one.classes for one in named if _node(one) in sources}
    for group in _groups(partners, sources):
        if not taken & group and (len(group) > 1 or any(sources.get(n) for n in group)):
            yield _candidate(group, seen, sources, classes, partners)


def _node(named: Named) -> _Node:
    return (named.language, named.key)


def _partners(pairs: _Pairs) -> dict[_Node, dict[str, Counter[_Node]]]:
    """For each name and language, the names that stood at its places, with their works."""
    works: defaultdict[tuple[_Node, _Node], set[str]] = defaultdict(set)
    for first, second in pairs:
        if not first.target and not second.target:
            for one, other in ((first, second), (second, first)):
                works[(_node(one), _node(other))].add(one.evidence.document)
    found: dict[_Node, dict[str, Counter[_Node]]] = {}
    for (node, partner), names in sorted(works.items()):
        found.setdefault(node, {}).setdefault(partner[0], Counter())[partner] = len(names)
    return found


def _best(
    partners: dict[_Node, dict[str, Counter[_Node]]], node: _Node, language: str
) -> set[_Node]:
    counts = partners.get(node, {}).get(language, Counter())
    most = max(counts.values(), default=0)
    return {other for other, count in counts.items() if count == most}


def _sources(named: Sequence[Named]) -> dict[_Node, set[Source]]:
    """What notes print of unknown full names."""
    found: defaultdict[_Node, set[Source]] = defaultdict(set)
    for one in named:
        if not one.target and not one.generic and sources_of(one):
            found[_node(one)] |= set(sources_of(one))
    return dict(found)


def _groups(
    partners: dict[_Node, dict[str, Counter[_Node]]], sources: dict[_Node, set[Source]]
) -> Iterator[set[_Node]]:
    """Names that stand for one instrument: one a language, each the others' best partner."""
    left = dict.fromkeys([*sorted(partners, key=_order), *sorted(sources, key=_order)])
    while left:
        group = {next(iter(left))}
        while more := next(_joining(group, partners, left.keys()), None):
            group.add(more)
        for one in group:
            left.pop(one, None)
        yield group


def _joining(
    group: set[_Node], partners: dict[_Node, dict[str, Counter[_Node]]], left: Collection[_Node]
) -> Iterator[_Node]:
    """Names in languages the group lacks that are a member's best partner, and it theirs."""
    spoken = {language for language, _ in group}
    for node in sorted(group, key=_order):
        for language in _ORDER:
            best = _best(partners, node, language) if language not in spoken else set()
            for other in best if len(best) == 1 else ():
                if other in left and _best(partners, other, node[0]) == {node}:
                    yield other


def _order(node: _Node) -> tuple[int, str]:
    return (_ORDER.index(node[0]), node[1])


def _candidate(
    group: set[_Node],
    seen: dict[_Node, Seen],
    sources: dict[_Node, set[Source]],
    classes: dict[_Node, frozenset[str]],
    partners: dict[_Node, dict[str, Counter[_Node]]],
) -> Candidate:
    nodes = sorted(group, key=_order)
    found = {source for node in nodes for source in sources.get(node, ())}
    shared = frozenset.intersection(*(classes[node] for node in nodes))
    names = [(node, *seen[node].name) for node in nodes]
    works = {work for node in nodes for work in seen[node].works}
    others = [
        f"{other[0]}: {seen[other].name[0]!r} stands at the same place in {count} documents"
        for node in nodes
        for language in _ORDER
        for other, count in partners.get(node, {}).get(language, Counter()).items()
        if other not in group and not _alike(other[1], group, language)
    ]
    return Candidate(
        proposal="new instrument",
        about=slug_of(names[0][1]),
        new_class=min(shared, default="Outcome"),
        names=tuple(Name(text=text, language=node[0], base=base) for node, text, base in names),
        registrations=tuple(sorted((s for s in found if isinstance(s, Unts)), key=_volume)),
        annexes=tuple(sorted(_annexes(found), key=str)),
        documents=len(works),
        evidence=tuple(dict.fromkeys(e for node in nodes for e in seen[node].shown()[:2]))[:6],
        contradictions=tuple(dict.fromkeys(others)),
    )


def _alike(key: str, group: set[_Node], language: str) -> bool:
    """Whether a name is only a form of the one chosen: one is a part of the other."""
    chosen = [k for lang, k in group if lang == language]
    return any(key in k or k in key for k in chosen)


def _volume(unts: Unts) -> tuple[int, int]:
    return (unts.volume, unts.number)


def _annexes(found: set[Source]) -> Iterator[Annex]:
    yield from (source for source in found if not isinstance(source, Unts))


def slug_of(name: str) -> str:
    """A new instrument's slug: its name's words in Latin letters, the small ones left out.

    >>> slug_of("Lima Declaration on the Wells of the World")
    'lima-declaration-on-wells-world'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [w for w in re.findall(r"[a-z0-9]+", plain) if w not in {"the", "of", "and", "to"}]
    if re.search("[a-z]", plain):
        return "-".join(words[:9])
    return "unnamed-" + hashlib.sha256(name.encode()).hexdigest()[:8]
