"""The start, the search, a document, a chain, the co-sponsors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.authority import load_authority
from kg.errors import SymbolError
from kg.network.catalogue import Catalogue, Hit
from kg.network.catalogue import load as load_catalogue
from kg.serve.explorer import Asked, NothingThereError, of_drawing
from kg.serve.explorer_things import work
from kg.symbol import is_symbol, parse
from kg.view.sheet import Sheet

if TYPE_CHECKING:
    from kg.entity import Entity
    from kg.network.citations import Citations
    from kg.store import Reader

_SHOWN = 12
_MOST = 50
# A chain with more works than this is shown with fewer steps.
_MOST_WORKS = 1_500


def home(reader: Reader, asked: Asked) -> Sheet:
    """The way in: search, what the store holds, examples."""
    catalogue = load_catalogue(reader)
    read = [catalogue.hit(int(place)) for place in catalogue.read[:_SHOWN]]
    return asked.sheet(
        "home.html",
        title="unkg",
        home=True,
        counts=[("held", len(catalogue.read)), ("works", len(catalogue))],
        read=read,
        examples=[*(hit.symbol for hit in read[:2]), "untoc", "Kenya"],
        instruments=[_entity(load_authority().instruments[key], asked) for key in _known()],
    )


def _known() -> list[str]:
    wanted = ("un-charter", "udhr", "untoc", "uncac", "crc", "nelson-mandela-rules", "agenda-2030")
    return [key for key in wanted if key in load_authority().instruments]


def search(reader: Reader, asked: Asked) -> Sheet:
    """Documents, instruments and states by what a person types."""
    text = asked["q"][:200]
    catalogue = load_catalogue(reader)
    hits = catalogue.search(text, most=_MOST) if text else []
    return asked.sheet(
        "search.html",
        title=asked.say["results_for"].replace("{q}", text),
        asked=text,
        hits=hits,
        most=_MOST,
        instruments=[_entity(each, asked) for each in _named("instrument", text)],
        states=[_entity(each, asked) for each in _named("state", text)],
        versions=lambda hit: _versions(hit, asked),
    )


def _named(scheme: Any, text: str) -> list[Entity]:
    """Entities whose key is the text, or one of whose names has it, the closest names first."""
    folded = text.casefold()
    found: list[tuple[int, str, Entity]] = []
    for entity in load_authority().scheme(scheme).values() if len(folded) > 1 else ():
        names = [label.text.casefold() for label in entity.labels]
        if folded == entity.key.casefold() or folded in names:
            found.append((0, entity.key, entity))
        elif near := [len(name) for name in names if folded in name]:
            found.append((min(near), entity.key, entity))
    return [entity for _, _, entity in sorted(found, key=lambda each: each[:2])][:_SHOWN]


def _entity(entity: Entity, asked: Asked) -> dict[str, str]:
    given = {"code": entity.key} if entity.scheme == "state" else {"key": entity.key}
    href = asked.link(f"/{entity.scheme}", **given)
    return {"key": entity.key, "name": entity.label(asked.language), "href": href}


def _versions(hit: Hit, asked: Asked) -> list[dict[str, Any]]:
    symbol = hit.symbol or hit.iri
    return [
        {
            "code": code,
            "name": asked.say.get(f"language_{code}", code),
            "href": asked.link("/document", symbol=symbol, version=code),
        }
        for code in hit.languages
    ]


def found_document(catalogue: Catalogue, name: str) -> Hit:
    """The document a symbol or IRI stands for.

    Raises:
        NothingThereError: the store knows no such document; the text says what is near.
    """
    try:
        iri = parse(name).iri if is_symbol(name) else name
    except SymbolError:
        iri = name
    hits = catalogue.search(name, most=5)
    for hit in hits:
        if hit.iri == iri or (hit.symbol and hit.symbol.upper() == name.upper()):
            return hit
    near = ", ".join(hit.symbol for hit in hits if hit.why == "near")
    raise NothingThereError(f"{name[:200]}" + (f" ({near}?)" if near else ""))


def document(reader: Reader, asked: Asked) -> Sheet:
    """A document as printed; what is known of it where no text of it was read."""
    from kg.holdings import graphs_of
    from kg.reread import held
    from kg.view.document import document_sheet

    hit = found_document(load_catalogue(reader), asked["symbol"])
    if not hit.languages:
        return work(reader, asked)
    spoken = (asked["version"], asked.language, *hit.languages)
    version = next(code for code in spoken if code in hit.languages)
    graph = graph_of(reader, hit, version) or graphs_of(reader, hit.iri, language=version)[0]
    found = held(reader, graph)
    if not found.text:
        return work(reader, asked)
    symbol = hit.symbol or hit.iri
    shown = [{**each, "current": each["code"] == version} for each in _versions(hit, asked)]
    ways = [
        (asked.say["chain"], asked.link("/chain", of=symbol)),
        (asked.say["citing_works"], asked.link("/work", symbol=symbol)),
        *([(asked.say["open_document"], hit.iri)] if hit.symbol else []),
    ]
    links = [{"name": n, "href": href, "outside": href == hit.iri} for n, href in ways]
    return document_sheet(
        found.record,
        found.text,
        gaps=found.gaps,
        language=asked.language,
        link=lambda kind, key: _target(asked, kind, key),
        served=True,
        versions=shown,
        links=links,
        here=asked.here,
    )


def graph_of(reader: Reader, hit: Hit, version: str) -> str | None:
    """The graph of one language version, if it is where graphs of our own are."""
    from kg.iri import version_iri

    if not hit.symbol:
        return f"{hit.iri}/{version}"
    graph = version_iri(hit.symbol, "", version, base=reader.base)
    return graph if next(iter(reader.quads(graph)), None) is not None else None


def _target(asked: Asked, kind: str, key: str) -> str | None:
    if kind == "state":
        return asked.link("/state", code=key)
    if is_symbol(key):
        return asked.link("/document", symbol=key)
    return asked.link("/instrument", key=key)


def chain(reader: Reader, asked: Asked) -> Sheet:
    """The citation chain of a document or instrument, as far as one page can hold it."""
    from kg.analyse import chain as chains
    from kg.analyse.graph import name_in
    from kg.lookup import find
    from kg.network.citations import load
    from kg.view import chain_page

    start, network = find(reader, asked["of"], "work").value, load(reader)
    back = asked["direction"] == "cited-by"
    depth = _deep_enough(network, start, back, asked["depth"])
    reach = chains.ancestors if back else chains.descendants
    graph = reach(network, start, depth=depth, language=asked.language)
    focus = name_in(graph, start) or start
    about = graph.nodes[focus]
    title = " ".join(dict.fromkeys(filter(None, (about["label"], about["title"]))))
    html = chain_page(graph, title=title, language=asked.language, focus=focus)
    return of_drawing(html, asked, dict(_ways(asked, depth, back)))


def _deep_enough(network: Citations, start: str, back: bool, wanted: str) -> int:
    """So many steps as were asked for, or as keep the page readable."""
    from kg.analyse.graph import node_of
    from kg.network.reach import reach

    steps = min(3, max(1, int(wanted))) if wanted in ("1", "2", "3") else 2
    found = reach(
        network,
        node_of(network, start),
        direction="cited-by" if back else "cites",
        depth=steps,
    )
    while steps > 1 and (found.depths <= steps).sum() > _MOST_WORKS:
        steps -= 1
    return steps


def _ways(asked: Asked, depth: int, back: bool) -> Iterator[tuple[str, str]]:
    say, of = asked.say, asked["of"]
    yield "unkg", asked.link("/")
    page = "/document" if is_symbol(of) else "/instrument"
    yield of, asked.link(page, **{"symbol" if page == "/document" else "key": of})
    other = "cites" if back else "cited-by"
    told = say["direction_cites"] if back else say["direction_cited_by"]
    yield told, asked.link("/chain", of=of, direction=other, depth=depth)
    now = "cited-by" if back else "cites"
    for steps in (1, 2, 3):
        if steps != depth:
            href = asked.link("/chain", of=of, direction=now, depth=steps)
            yield f"{say['depth']}{say['colon']}{steps}", href


def cosponsors(reader: Reader, asked: Asked) -> Sheet:
    """Who sponsors with whom: all states, or one with its neighbours."""
    from kg.analyse.cosponsors import projection
    from kg.lookup import find
    from kg.network.selection import incidence
    from kg.network.sponsorships import load
    from kg.view import cosponsors_page

    loaded = load(reader)
    graph = projection(loaded, language=asked.language)
    title = asked.say["cosponsors"]
    if asked["state"]:
        code = find(reader, asked["state"], "state").value.rsplit("/", 1)[-1]
        found = incidence(loaded)
        node = loaded.states[found.states[found.place(code)]]
        graph = graph.subgraph({node, *graph[node]}).copy()
        title = f"{title}{asked.say['colon']}{graph.nodes[node]['label']}"
    html = cosponsors_page(graph, title=title, language=asked.language)
    return of_drawing(html, asked, {"unkg": asked.link("/")})
