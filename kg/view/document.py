"""The page of a document: as printed, with everything that was read from it marked in place.

The text is what offsets count in. From a file it is the file's own, from a store the one that
the graph keeps (``kg.reread.held``); where a graph keeps no more than quotations, stretches that
none of them covers are shown as gaps with their length. Either way a fact is marked at exactly
the characters ``text[start:end]``, and the page's address may name them: ``#char=START,END``
as in the IRI of a mention, ``#draft-IV-op7`` as in the IRI of a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.model import Pieces, Proposal, Record
from kg.symbol import DOCUMENT_BASE, is_symbol, parse
from kg.view.facts import KINDS, TIERS, Found, Names, found_in
from kg.view.page import Page
from kg.view.places import draft_told, place_told
from kg.view.printed import Block, Cut, Printed, cuts, printed
from kg.view.sheet import Sheet, sheet
from kg.view.words import LANGUAGES, words

# From "work" or "state" and a symbol, slug or code to an address, None where there is none.
Link = Callable[[str, str], str | None]


def document_page(
    record: Record, text: str, *, gaps: Pieces = (), language: str | None = None
) -> Page:
    """A document as one HTML text that needs no other file.

    ``text`` is what the record's offsets count in; ``gaps`` are stretches of it that are not
    held. ``language`` is that of the page's own words (ar, en, es, fr, ru, zh), the document's
    unless said otherwise.

    Raises:
        ViewError: the language is none of the six.
        LanguageError: the record's language has no table.

    >>> from kg.pipeline import extract
    >>> from kg.read import read_bytes
    >>> text = "The General Assembly,\\nRecalling its resolution 56/119 of 19 December 2001,\\n"
    >>> source = read_bytes(text.encode(), name="a.en.txt")
    >>> page = document_page(extract(source), source.text)
    >>> "56/119" in page, page.count("<html")
    (True, 1)
    """
    return Page(document_sheet(record, text, gaps=gaps, language=language).html)


def document_sheet(
    record: Record,
    text: str,
    *,
    gaps: Pieces = (),
    language: str | None = None,
    link: Link | None = None,
    served: bool = False,
    **values: Any,
) -> Sheet:
    """The same for a server: ``link`` leads to its other pages, ``values`` reach the template."""
    shown = language or (record.language if record.language in LANGUAGES else "en")
    names = Names.of(shown)
    found = found_in(record, language=shown)
    laid = printed(record, text, gaps=gaps)
    spoken = record.language
    data = {
        "facts": [_told(fact, text, link, names.say) for fact in found],
        "kinds": KINDS,
        "spoken": spoken,
    }
    return sheet(
        "document.html",
        language=shown,
        title=title_of(record),
        scripts=("document.js",),
        data=data,
        served=served,
        spoken=spoken,
        direction=words(spoken)["direction"] if spoken in LANGUAGES else "auto",
        kinds=[(kind, Counter(fact.kind for fact in found)[kind]) for kind in KINDS],
        counts=_counts(laid, found, names.say),
        told=_about(record, names.say),
        blocks=_blocks(laid, found, names.say),
        jump=_jump(record, laid),
        proposals=[_proposal(each, found, names) for each in record.proposals],
        unresolved=_doubts(found, range(len(found))),
        **{"versions": (), "links": _outside(record, names.say), **values},
    )


def title_of(record: Record) -> str:
    """Symbol and title of a document, as far as it has them; else the name of its file."""
    data = record.document
    title = data.title or next((text.title for text in record.texts if text.title), None)
    return " · ".join(filter(None, (data.symbol, title))) or record.source or "?"


def _about(record: Record, say: Mapping[str, str]) -> str:
    data = record.document
    kinds = {"committee-report": "report", "draft-resolution": "draft", "other": "document"}
    return " · ".join(
        part
        for part in (
            say[f"kind_{kinds.get(data.kind, data.kind)}"],
            say.get(f"language_{record.language}", record.language),
            data.adopted,
            record.source,
        )
        if part
    )


def _outside(record: Record, say: Mapping[str, str]) -> list[dict[str, Any]]:
    symbol = record.document.symbol
    if not symbol or not is_symbol(symbol):
        return []
    return [{"href": parse(symbol).iri, "name": say["open_document"], "outside": True}]


def _counts(laid: Printed, found: Sequence[Found], say: Mapping[str, str]) -> str:
    paragraphs = sum(block.kind not in ("rest", "heading") for block in laid.blocks)
    undecided = sum(fact.kind == "unresolved" for fact in found)
    pairs = (("jump", paragraphs), ("marks", len(found)), ("footnotes", len(laid.notes)))
    told = [f"{say[key]}{say['colon']}{count}" for key, count in pairs]
    return " · ".join([*told, f"{say['mark_unresolved']}{say['colon']}{undecided}"])


def _told(fact: Found, text: str, link: Link | None, say: Mapping[str, str]) -> dict[str, Any]:
    """A fact as the side panel shows it."""
    href = link(*fact.target) if link and fact.target else None
    outside = href is None and fact.target is not None and fact.target[0] == "work"
    if outside and fact.target and is_symbol(fact.target[1]):
        href = parse(fact.target[1]).iri
    return {
        "kind": fact.kind,
        "name": fact.name,
        "rows": fact.rows,
        "paragraph": fact.paragraph,
        "where": place_told(fact.paragraph, say),
        "quote": "\n".join(text[start:end] for start, end in fact.pieces),
        "start": fact.pieces[0][0],
        "end": fact.pieces[-1][1],
        "target": fact.target[1] if fact.target else None,
        "href": href,
        "outside": bool(href and href.startswith(DOCUMENT_BASE)),
    }


# ── the text ──────────────────────────────────────────────────────────────────────────────


def _spans(laid: Printed, found: Sequence[Found]) -> list[tuple[int, int, int]]:
    """Where each fact is marked; a footnote's marker is known by a number below zero."""
    facts = [(s, e, place) for place, fact in enumerate(found) for s, e in fact.pieces]
    facts += [(*fact.marker, place) for place, fact in enumerate(found) if fact.marker]
    return sorted([*facts, *((s, e, -1 - place) for (s, e), place in laid.led.items())])


@dataclass(slots=True)
class _Pen:
    """Writes stretches as the template takes them; knows which facts have begun."""

    laid: Printed
    found: Sequence[Found]
    spans: list[tuple[int, int, int]]
    signs: frozenset[tuple[int, int]]
    say: Mapping[str, str]
    begun: set[int] = field(default_factory=set)

    def runs(self, runs: Pieces) -> list[list[dict[str, Any]]]:
        return [list(self._run(start, end)) for start, end in runs]

    def _run(self, start: int, end: int) -> Iterator[dict[str, Any]]:
        at = start
        for gap in (g for g in self.laid.gaps if g[0] < end and g[1] > start and g[1] - g[0] > 2):
            yield from self._held(at, max(at, gap[0]))
            yield {"text": "", "gap": gap[1] - gap[0], "note": None, "facts": "", "kinds": ""}
            at = min(gap[1], end)
        yield from self._held(at, end)

    def _held(self, start: int, end: int) -> Iterator[dict[str, Any]]:
        near = [span for span in self.spans if span[0] < end and span[1] > start]
        for cut in cuts(start, end, near) if start < end else ():
            yield self._cut(cut)

    def _cut(self, cut: Cut) -> dict[str, Any]:
        facts = [fact for fact in cut.facts if fact >= 0]
        note = next((-1 - fact for fact in cut.facts if fact < 0), None)
        fresh = set(facts) - self.begun
        if note is None:
            self.begun |= fresh
        kinds = dict.fromkeys(self.found[fact].kind for fact in facts)
        more = ["doubtful"] if any(self.found[fact].doubtful for fact in facts) else []
        more += ["sign"] if (cut.start, cut.end) in self.signs else []
        return {
            "text": self.laid.text[cut.start : cut.end],
            "gap": 0,
            "note": note,
            "facts": " ".join(map(str, facts)),
            "kinds": " ".join([*kinds, *more]),
            "first": bool(fresh),
            # A screen reader has no colours to tell the kinds apart.
            "described": self.say["comma"].join(self.say[f"mark_{kind}"] for kind in kinds),
        }


def _blocks(laid: Printed, found: Sequence[Found], say: Mapping[str, str]) -> list[dict[str, Any]]:
    # A marker whose footnote is not held leads to what is told of the footnote.
    signs = frozenset(fact.marker for fact in found if fact.marker)
    pen = _Pen(laid, found, _spans(laid, found), signs, say)
    undecided = [place for place, fact in enumerate(found) if fact.kind == "unresolved"]
    return [_block(block, pen, undecided, say) for block in laid.blocks]


def _block(
    block: Block, pen: _Pen, undecided: Sequence[int], say: Mapping[str, str]
) -> dict[str, Any]:
    notes = [(place, pen.laid.notes[place]) for place in block.notes]
    shown = (*block.runs, *((note.start, note.end) for _, note in notes))
    here = [
        fact
        for fact in undecided
        if any(start <= pen.found[fact].pieces[0][0] < end for start, end in shown)
    ]
    return {
        "kind": block.kind,
        "name": block.name,
        # The number stands beside a paragraph that is printed without.
        "sign": "" if _is_numbered(block, pen.laid.text) else block.number,
        "told": place_told(block.name, say),
        "runs": pen.runs(block.runs),
        "notes": [
            {"place": place, "runs": pen.runs(((note.start, note.end),))} for place, note in notes
        ],
        "doubts": _doubts(pen.found, here),
    }


def _is_numbered(block: Block, text: str) -> bool:
    start, end = block.runs[0]
    return text[start:end].lstrip("* ").startswith(block.number or "\n")


def _doubts(found: Sequence[Found], places: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"fact": place, "name": found[place].name, "reason": found[place].rows[0][1]}
        for place in places
        if found[place].kind == "unresolved" and found[place].rows
    ]


def _jump(record: Record, laid: Printed) -> list[dict[str, Any]]:
    """The paragraphs by the text they belong to, each with its opening words."""
    titles = {text.label: text.title for text in record.texts}
    parts: list[dict[str, Any]] = []
    for block in laid.blocks:
        if not block.name:
            continue
        if not parts or parts[-1]["label"] != block.part:
            title = " · ".join(filter(None, (block.part, titles.get(block.part))))
            parts.append({"label": block.part, "title": title, "href": block.name, "steps": []})
        start, end = block.runs[0]
        opening = " ".join(laid.text[start : min(end, start + 60)].split())
        number = "" if _is_numbered(block, laid.text) else block.number
        step = {"kind": block.kind, "name": block.name, "number": number, "opening": opening}
        parts[-1]["steps"].append(step)
    return parts


# ── proposals ─────────────────────────────────────────────────────────────────────────────


def _proposal(proposal: Proposal, found: Sequence[Found], names: Names) -> dict[str, Any]:
    say, adopted = names.say, proposal.adopted
    vote = adopted.vote if adopted else None
    told = names.rows(
        ("recommended_as", draft_told(proposal.recommended_as or "", say)),
        ("fact_recommended_by", proposal.recommended_by),
        ("fact_supersedes", proposal.supersedes),
        ("fact_introduced", _moment(proposal.introduced, say)),
        ("fact_adopted", _moment(adopted, say)),
    )
    groups = [
        _group(proposal, field, tier, found, names)
        for field, tier in TIERS.items()
        if getattr(proposal, field)
    ]
    if vote:
        lists = (
            ("in_favour", vote.in_favour, vote.in_favour_total),
            ("against", vote.against_states, vote.against),
            ("abstaining", vote.abstaining, vote.abstain),
        )
        told += tuple((say[key], str(total)) for key, _, total in lists if total is not None)
        groups += [
            {"name": say[key], "tier": "", "flag": "", "states": _states(states, {}, names)}
            for key, states, _ in lists
            if states
        ]
    return {
        "name": proposal.symbol
        or draft_told(proposal.recommended_as or "", say)
        or say["kind_draft"],
        "title": proposal.title or "",
        "rows": told,
        "groups": groups,
    }


def _moment(moment: Any, say: Mapping[str, str]) -> str | None:
    if moment is None:
        return None
    meeting = say["meeting_n"].replace("{n}", str(moment.meeting)) if moment.meeting else None
    return say["comma"].join(filter(None, (moment.date, meeting))) or None


def _group(
    proposal: Proposal, field: str, tier: str, found: Sequence[Found], names: Names
) -> dict[str, Any]:
    stated = {e.value: (e.start, e.end) for e in proposal.evidence if e.fact == field}
    return {
        "name": names.say[f"tier_is_{tier}"],
        "tier": tier,
        "flag": names.say[f"flag_{tier}"],
        "states": _states(getattr(proposal, field), _places(stated, found), names),
    }


def _places(
    stated: Mapping[str | None, tuple[int, int]], found: Sequence[Found]
) -> dict[str | None, int]:
    at = {fact.pieces[0]: place for place, fact in enumerate(found) if fact.kind == "sponsor"}
    return {code: at[span] for code, span in stated.items() if span in at}


def _states(
    codes: Sequence[str], places: Mapping[str | None, int], names: Names
) -> list[dict[str, Any]]:
    return [{"name": names.state(code), "fact": places.get(code)} for code in codes]
