"""The page of a co-sponsorship network: who sponsors drafts with whom, and which drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.authority import load_authority
from kg.symbol import year_of_symbol
from kg.view.bonds import bits, communities, follows_from_drafts
from kg.view.layout import Point, circles
from kg.view.network import caption, drawing, table, text_of, year_of
from kg.view.page import Page, page, scripts_for
from kg.view.palette import COLOURS, REST, Colour, colours, paint
from kg.view.words import words

if TYPE_CHECKING:
    import networkx as nx

CROWD = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """A state as the page tells of it; ``joined`` are the drafts it came to later."""

    key: Any
    label: str
    code: str
    region: str
    drafts: tuple[str, ...]
    count: int
    joined: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two states and the drafts they share; ``submitted`` of them from the first day."""

    a: int
    b: int
    weight: float
    submitted: float
    jaccard: float | None
    drafts: tuple[str, ...]


def cosponsors_page(graph: nx.Graph[Any], *, title: str, language: str = "en") -> Page:
    """An interactive page of a co-sponsorship network, as one HTML text that needs no other file.

    ``graph`` holds states (attributes ``label, code, region, drafts`` and, where known,
    ``joined``: the symbols of the drafts the state joined after they were submitted) and an
    edge for each two that share a draft (``weight, jaccard, drafts``). ``drafts`` are symbols;
    for a state a mere number will do. Without ``joined`` the page has no filter by tier, without
    symbols that tell a year none by session. The graph's attribute ``drafts`` may tell of each
    symbol (``title, year``). Where the weights follow from the drafts the page counts them
    itself, for any sessions and tier.

    Raises:
        ViewError: the language is none of the six.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node("GTM", label="Guatemala", code="GTM", drafts=["A/C.3/72/L.6"])
    >>> graph.add_node("ITA", label="Italy", code="ITA", drafts=["A/C.3/72/L.6"])
    >>> graph.add_edge("GTM", "ITA", weight=1, jaccard=1.0, drafts=["A/C.3/72/L.6"])
    >>> "Guatemala" in cosponsors_page(graph, title="Crime prevention")
    True
    """
    words(language)
    states = _states(graph)
    number = {state.key: place for place, state in enumerate(states)}
    pairs = _pairs(graph, number, states)
    groups = communities(len(states), [(p.a, p.b, p.weight) for p in pairs])
    member = {node: place for place, group in enumerate(groups) for node in group if len(group) > 1}
    told = [_told(state, member.get(place)) for place, state in enumerate(states)]
    data = {
        **drawing(_points(states, circles(groups)), ()),
        "states": table(told),
        **_sponsorships(states, pairs, told=graph.graph.get("drafts")),
        "communities": _community_rows(groups),
        "order": [node for group in groups for node in group],
        "regions": _tinted(state["region"] for state in told),
        "m49": _tinted(state["m49"] for state in told),
        "tiers": any(state.joined for state in states),
    }
    scripts = scripts_for(len(states), 0, "matrix.js", "cosponsors.js")
    return page(data, title=title, language=language, **scripts)


def _tinted(values: Iterable[str]) -> list[list[str]]:
    return [[value, *colour] for value, colour in sorted(colours(values).items())]


def _states(graph: nx.Graph[Any]) -> list[_State]:
    states = [_state(key, attributes) for key, attributes in graph.nodes(data=True)]
    return sorted(states, key=lambda state: (state.label, state.code, str(state.key)))


def _state(key: Any, attributes: Mapping[str, Any]) -> _State:
    drafts = attributes.get("drafts")
    symbols = _symbols(drafts)
    code = text_of(attributes.get("code"))
    return _State(
        key=key,
        label=text_of(attributes.get("label"), default=code or str(key)),
        code=code,
        region=text_of(attributes.get("region")),
        drafts=symbols,
        count=drafts if isinstance(drafts, int) else len(symbols),
        joined=_symbols(attributes.get("joined")),
    )


def _symbols(value: object) -> tuple[str, ...]:
    if isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
        return tuple(sorted({text_of(symbol) for symbol in value}))
    return ()


def _pairs(
    graph: nx.Graph[Any], number: Mapping[Any, int], states: Sequence[_State]
) -> list[_Pair]:
    later = [frozenset(state.joined) for state in states]
    pairs = []
    for one, other, attributes in graph.edges(data=True):
        a, b = sorted((number[one], number[other]))
        drafts = _symbols(attributes.get("drafts"))
        weight = _number(attributes.get("weight"), default=float(len(drafts) or 1))
        pairs.append(
            _Pair(
                a=a,
                b=b,
                weight=weight,
                submitted=weight - sum(d in later[a] or d in later[b] for d in drafts),
                jaccard=_number(attributes.get("jaccard"), default=None),
                drafts=drafts,
            )
        )
    return sorted(pairs, key=lambda pair: (pair.a, pair.b))


def _number(value: object, *, default: Any) -> Any:
    """A finite number, whole where it is one."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value - value != 0:
        return default
    return int(value) if value == int(value) else round(float(value), 4)


def _sponsorships(
    states: Sequence[_State], pairs: Sequence[_Pair], *, told: object
) -> dict[str, Any]:
    """Who sponsors what, as one row of bits a state; pairs only where they do not follow."""
    known = {draft for state in states for draft in (*state.drafts, *state.joined)}
    symbols = sorted(known | {draft for pair in pairs for draft in pair.drafts})
    place = {symbol: at for at, symbol in enumerate(symbols)}
    sponsored = [[place[draft] for draft in state.drafts] for state in states]
    found: dict[str, Any] = {
        "drafts": table(_draft(symbol, told) for symbol in symbols),
        "sessions": bool(symbols) and all(symbol.startswith("A/") for symbol in symbols),
        "sponsored": [bits(drafts, len(symbols)) for drafts in sponsored],
        "joined": [bits([place[d] for d in s.joined], len(symbols)) for s in states],
        "pairs": None,
    }
    weights = [(pair.a, pair.b, pair.weight) for pair in pairs]
    if not follows_from_drafts(sponsored, len(symbols), weights):
        found["pairs"] = table(_shared(pair, place) for pair in pairs)
    return found


def _draft(symbol: str, told: object) -> dict[str, Any]:
    about = told.get(symbol) if isinstance(told, Mapping) else None
    facts = about if isinstance(about, Mapping) else {}
    return {
        "symbol": symbol,
        "title": text_of(facts.get("title")),
        "year": year_of(facts.get("year")) or year_of_symbol(symbol),
    }


def _shared(pair: _Pair, place: Mapping[str, int]) -> dict[str, Any]:
    return {
        "from": pair.a,
        "to": pair.b,
        "weight": pair.weight,
        "submitted": pair.submitted,
        "jaccard": pair.jaccard,
        "drafts": [place[draft] for draft in pair.drafts],
    }


def _community_rows(groups: Sequence[Sequence[int]]) -> list[list[object]]:
    """Legend rows: the community's number or ``None`` for single states, its colour, its size."""
    return [
        [place if len(group) > 1 else None, *_shade(place, group), len(group)]
        for place, group in enumerate(groups)
    ]


def _shade(place: int, group: Sequence[int]) -> Colour:
    return COLOURS[place] if place < len(COLOURS) and len(group) > 1 else REST


def _points(states: Sequence[_State], points: Mapping[int, Point]) -> list[dict[str, Any]]:
    crowd = len(states) > CROWD
    most = max((state.count for state in states), default=0)
    return [
        {
            "id": place,
            "label": caption(state.code if crowd and state.code else state.label, line=18) or "?",
            "x": points[place][0],
            "y": points[place][1],
            "shape": "dot",
            "color": paint(REST),
            "size": round(8 + 18 * (max(state.count, 0) / max(most, 12)) ** 0.5, 1),
        }
        for place, state in enumerate(states)
    ]


def _told(state: _State, community: int | None) -> dict[str, Any]:
    known = load_authority().states.get(state.code)
    m49 = known.values("region") if known else ()
    return {
        "label": state.label,
        "code": state.code,
        "region": state.region,
        "m49": m49[0] if m49 else "",
        "community": community,
        "count": state.count,
    }
