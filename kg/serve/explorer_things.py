"""Pages of things that are not read as documents are: a work cited, an instrument, a state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.authority import load_authority
from kg.iri import instrument_iri, state_iri
from kg.lookup import find
from kg.serve import explorer_asked as ask
from kg.serve.explorer import Asked, NothingThereError
from kg.symbol import DOCUMENT_BASE, is_symbol, parse
from kg.view.sheet import Sheet
from kg.view.words import LANGUAGES

if TYPE_CHECKING:
    from kg.entity import Entity
    from kg.store import Reader

_ROWS = 300


def work(reader: Reader, asked: Asked) -> Sheet:
    """What a store knows of a document: its titles, what it cites, what cites it."""
    name = asked["symbol"]
    iri = parse(name).iri if is_symbol(name) else name
    if not name or not iri.startswith(("https://", "http://")) or not ask.is_known(reader, iri):
        iri = find(reader, name, "document").value
    titles = ask.titles(reader, iri)
    symbol = iri.removeprefix(DOCUMENT_BASE)
    links = [_link(asked.say["chain"], asked.link("/chain", of=symbol))]
    if iri.startswith(DOCUMENT_BASE) and "#" not in iri:
        links.append({**_link(asked.say["open_document"], iri), "outside": True})
    return asked.sheet(
        "thing.html",
        title=symbol,
        subtitle=titles.get(asked.language) or next(iter(titles.values()), ""),
        called=[(code, text) for code, text in titles.items() if code],
        rows=[],
        links=links,
        **_cited_by(reader, asked, iri),
        lists=[_list(asked, "cited_works", ask.cited(reader, iri, language=asked.language))],
    )


def instrument(reader: Reader, asked: Asked) -> Sheet:
    """An instrument: its names, its registration, who cites it when and in which clause."""
    known = load_authority().instruments.get(asked["key"])
    if known is None:
        raise NothingThereError(asked["key"][:200])
    iri = instrument_iri(known.key, base=reader.base)
    return asked.sheet(
        "thing.html",
        title=known.label(asked.language),
        subtitle=known.key,
        called=[(code, known.label(code)) for code in LANGUAGES],
        rows=_about(known, asked),
        links=[
            _link(
                f"{asked.say['chain']}{asked.say['colon']}{asked.say['direction_cited_by']}",
                asked.link("/chain", of=known.key, direction="cited-by", depth=1),
            )
        ],
        **_cited_by(reader, asked, iri),
        lists=[],
    )


def _about(known: Entity, asked: Asked) -> list[dict[str, Any]]:
    say = asked.say
    told: list[dict[str, Any]] = []
    if known.date:
        told.append({"name": say["date"], "text": known.date, "href": ""})
    for unts in known.registered_as:
        text = say["volume_number"].replace("{v}", str(unts.volume))
        text = text.replace("{n}", str(unts.number))
        told.append({"name": say["registration"], "text": text, "href": ""})
    for symbol in known.annexed_to:
        href = asked.link("/document", symbol=symbol)
        told.append({"name": say["annexed_to"], "text": symbol, "href": href})
    for part in known.parts:
        other = load_authority().instruments[part]
        told.append(
            {
                "name": say["instruments"],
                "text": other.label(asked.language),
                "href": asked.link("/instrument", key=part),
            }
        )
    return told


def state(reader: Reader, asked: Asked) -> Sheet:
    """A state: the drafts it stands behind, with whom, and its votes."""
    known = load_authority().states.get(asked["code"].upper())
    if known is None:
        raise NothingThereError(asked["code"][:200])
    iri = state_iri(known.key, base=reader.base)
    drafts = ask.sponsored(reader, iri, language=asked.language)
    votes = ask.voted(reader, iri, language=asked.language)
    return asked.sheet(
        "state.html",
        title=known.label(asked.language),
        code=known.key,
        called=[(code, known.label(code)) for code in LANGUAGES],
        tiers=Counter(how for draft in drafts for how in draft.how),
        partners=_partners(ask.together(reader, known.key)[:40], asked),
        drafts=_list(asked, "sponsored", drafts, way="tier"),
        ballots=Counter(how for vote in votes for how in vote.how),
        votes=_list(asked, "votes", votes, way="votes"),
    )


def _partners(pairs: Sequence[tuple[str, int]], asked: Asked) -> list[dict[str, Any]]:
    most = max((count for _, count in pairs), default=1)
    told = []
    for code, count in pairs:
        known = load_authority().states.get(code)
        told.append(
            {
                "name": known.label(asked.language) if known else code,
                "href": asked.link("/state", code=code),
                "count": count,
                "share": round(count / most, 3),
            }
        )
    return told


def _link(name: str, href: str) -> dict[str, Any]:
    return {"name": name, "href": href, "outside": False}


def _cited_by(reader: Reader, asked: Asked, iri: str) -> dict[str, Any]:
    works = ask.citing(reader, iri, language=asked.language)
    years = ask.by_year(works)
    most = max((count for _, count in years), default=1)
    ways = [(asked.say.get(f"clause_{how}", how), count) for how, count in ask.by_how(works)]
    return {
        "years": [(year, count, round(count / most, 3)) for year, count in years],
        "ways": ways,
        "citing": _list(asked, "citing_works", works),
    }


def _list(
    asked: Asked, heading: str, works: Sequence[ask.Tied], *, way: str = "clause"
) -> dict[str, Any]:
    """Works as rows of a table, so many at most; ``way`` heads how they are tied."""
    say = asked.say
    rows = [
        {
            "name": each.name,
            "href": _page_of(each, asked),
            "title": each.title,
            "year": each.year or "",
            "how": [(how, _word(how, asked)) for how in each.how],
        }
        for each in works[:_ROWS]
    ]
    cut = say["first_of"].replace("{n}", str(_ROWS)).replace("{all}", str(len(works)))
    return {
        "heading": say[heading],
        "way": way,
        "count": len(works),
        "rows": rows,
        "cut": cut if len(works) > _ROWS else "",
    }


def _word(how: str, asked: Asked) -> str:
    keys = (f"clause_{how}", f"flag_{how}", how)
    return next((asked.say[key] for key in keys if key in asked.say), how)


def _page_of(tied: ask.Tied, asked: Asked) -> str:
    """The page of a work; a part's is its place in its document."""
    if "/instrument/" in tied.iri:
        return asked.link("/instrument", key=tied.iri.rpartition("/")[2])
    symbol, mark, part = tied.name.partition("#")
    return asked.link("/document", symbol=symbol) + mark + part
