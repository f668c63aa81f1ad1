"""The page of a co-sponsorship network: who sponsors drafts with whom, and which drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.view.layout import Point, circles
from kg.view.network import caption, drawn, empty_network, faintness, text_of
from kg.view.page import page
from kg.view.palette import COLOURS, REST, Colour, colours, paint
from kg.view.words import words

if TYPE_CHECKING:
    import networkx as nx

SEED = 7
INK = "#1d2733"
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


def cosponsors_page(graph: nx.Graph[Any], *, title: str, language: str = "en") -> str:
    """An interactive page of a co-sponsorship network, as one HTML text that needs no other file.

    ``graph`` holds states (attributes ``label, code, region, drafts`` and, where known,
    ``joined``: the symbols of the drafts the state joined after they were submitted) and an
    edge for each two that share a draft (``weight, jaccard, drafts``). ``drafts`` are symbols;
    for a state a mere number will do. Without ``joined`` the page has no filter by tier.

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
    groups = _communities(len(states), pairs)
    member = {node: place for place, group in enumerate(groups) for node in group if len(group) > 1}
    tint = colours(state.region for state in states)
    data = {
        **_drawing(states, pairs, points=circles(groups), member=member),
        "communities": _community_rows(groups),
        "regions": [[region, *colour] for region, colour in tint.items()],
        "tiers": any(state.joined for state in states),
    }
    return page(data, title=title, language=language, script="cosponsors.js")


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
        return tuple(sorted(text_of(symbol) for symbol in value))
    return ()


def _pairs(
    graph: nx.Graph[Any], number: Mapping[Any, int], states: Sequence[_State]
) -> list[_Pair]:
    pairs = []
    for a, b, attributes in graph.edges(data=True):
        low, high = sorted((number[a], number[b]))
        later = {*states[low].joined, *states[high].joined}
        drafts = _symbols(attributes.get("drafts"))
        weight = _number(attributes.get("weight"), default=float(len(drafts) or 1))
        pairs.append(
            _Pair(
                a=low,
                b=high,
                weight=weight,
                submitted=weight - len(later.intersection(drafts)),
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


def _communities(count: int, pairs: Sequence[_Pair]) -> list[list[int]]:
    """Louvain communities, the largest first; states without a co-sponsor last, together.

    Source: Blondel et al. 2008; seeded, and fed in one order, so that a page can be made again.
    """
    import networkx as nx

    bond: nx.Graph[int] = nx.Graph()
    bond.add_nodes_from({node for pair in pairs for node in (pair.a, pair.b)})
    bond.add_weighted_edges_from((p.a, p.b, max(p.weight, 0)) for p in pairs)
    found = nx.community.louvain_communities(bond, weight="weight", seed=SEED) if bond else []
    strength = dict(bond.degree(weight="weight"))
    groups = [sorted(group, key=lambda node: (-strength[node], node)) for group in found]
    groups.sort(key=lambda group: (-len(group), group))
    alone = [node for node in range(count) if node not in bond]
    return [*groups, alone] if alone else groups


def _community_rows(groups: Sequence[Sequence[int]]) -> list[list[object]]:
    """Legend rows: the community's number or ``None`` for single states, its colour, its size."""
    return [
        [place if len(group) > 1 else None, *_shade(place, group), len(group)]
        for place, group in enumerate(groups)
    ]


def _shade(place: int, group: Sequence[int]) -> Colour:
    return COLOURS[place] if place < len(COLOURS) and len(group) > 1 else REST


def _drawing(
    states: Sequence[_State],
    pairs: Sequence[_Pair],
    *,
    points: Mapping[int, Point],
    member: Mapping[int, int],
) -> dict[str, Any]:
    network = empty_network()
    for place, state in enumerate(states):
        x, y = points[place]
        network.add_node(place, x=x, y=y, **_look(state, crowd=len(states) > CROWD))
    heaviest = max((pair.weight for pair in pairs), default=1) or 1
    faint = faintness(len(pairs), calm=200)
    for place, pair in enumerate(pairs):
        network.add_edge(pair.a, pair.b, id=place, **_line(pair.weight / heaviest, faint=faint))
    told = [_told(state, member.get(place)) for place, state in enumerate(states)]
    return drawn(network) | {"states": told, "pairs": [_shared(pair) for pair in pairs]}


def _look(state: _State, *, crowd: bool) -> dict[str, Any]:
    name = state.code if crowd and state.code else state.label
    return {
        "label": caption(name, line=18) or "?",
        "shape": "dot",
        "color": paint(REST),
        "size": round(9 + 3 * min(max(state.count, 0), 60) ** 0.5, 1),
        "font": {"color": INK, "size": 13, "strokeWidth": 3, "strokeColor": "#ffffff"},
    }


def _line(share: float, *, faint: float) -> dict[str, Any]:
    """Weak bonds stay in the background: what many share must be seen through what few do."""
    share = min(max(share, 0.0), 1.0)
    return {
        "arrows": "",
        "width": round(0.6 + 4 * share * max(faint, 0.3), 2),
        "smooth": False,
        "color": {
            "color": "#5f7183",
            "highlight": "#12408a",
            "hover": "#12408a",
            "opacity": round(max((0.2 + 0.6 * share**1.5) * faint**1.4, 0.012), 3),
        },
    }


def _told(state: _State, community: int | None) -> dict[str, Any]:
    return {
        "label": state.label,
        "code": state.code,
        "region": state.region,
        "community": community,
        "drafts": state.drafts,
        "count": state.count,
        "joined": state.joined,
    }


def _shared(pair: _Pair) -> dict[str, Any]:
    return {
        "from": pair.a,
        "to": pair.b,
        "weight": pair.weight,
        "submitted": pair.submitted,
        "jaccard": pair.jaccard,
        "drafts": pair.drafts,
    }
