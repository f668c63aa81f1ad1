"""The proposals of a document, read back from its graph: sponsors, votes, statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from kg.model import Adopted, Evidence, Introduced, Proposal, Statement, Vote
from kg.triples.proceedings import STATED
from kg.vocab import DCTERMS, RDF, UNKG

if TYPE_CHECKING:
    from kg.reread import Facts

_TIERS = {
    "submitted": "sponsors",
    "joined": "additional_sponsors",
    "withdrawn": "withdrawn_sponsors",
}
_FIELDS = {stated: field for field, stated in STATED.items()}
_KINDS = {UNKG.DraftDecision: "draft-decision", UNKG.Amendment: "amendment"}


def proposals(facts: Facts) -> tuple[Proposal, ...]:
    """The drafts a graph tells of, in the order they are printed.

    Where the graph does not say which property of a draft a sentence states, it is told as
    evidence for the proposal as a whole.
    """
    stated = set(facts.with_property(UNKG.proposedByChair)) | set(facts.with_property(UNKG.hasVote))
    stated |= {d for s in facts.with_property(UNKG.proposal) for d in facts.all(s, UNKG.proposal)}
    about = _about(facts)
    found = [_proposal(facts, draft, about) for draft in sorted(stated)]
    return tuple(sorted(found, key=_place))


def _place(proposal: Proposal) -> tuple[int, str]:
    return min((e.start for e in proposal.evidence), default=1 << 40), proposal.symbol or ""


def _about(facts: Facts) -> dict[str, list[str]]:
    """The passages that speak of a draft, a sponsorship or a statement."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for passage in facts.with_property(UNKG.mentionOf):
        if passage.startswith(f"{facts.graph}#char="):
            for thing in facts.all(passage, UNKG.mentionOf):
                found[thing].append(passage)
    return found


def _proposal(facts: Facts, draft: str, about: dict[str, list[str]]) -> Proposal:
    classes = set(facts.all(draft, RDF.type))
    kind: Any = next((kind for iri, kind in _KINDS.items() if iri in classes), "draft-resolution")
    evidence = [*_stated(facts, draft, about)]
    tiers: dict[str, list[tuple[int, str]]] = {field: [] for field in _TIERS.values()}
    statements: list[tuple[int, Statement]] = []
    for node in facts.with_property(UNKG.proposal):
        if draft not in facts.all(node, UNKG.proposal):
            continue
        position = facts.number(node, UNKG.position) or 0
        sponsor, speaker = facts.one(node, UNKG.sponsor), facts.one(node, UNKG.madeBy)
        if sponsor:
            field = _TIERS.get(facts.one(node, UNKG.tier) or "", "sponsors")
            tiers[field].append((position, _last(sponsor)))
            meeting = facts.meeting(node, UNKG.atMeeting)
            evidence += _evidence(facts, field, _last(sponsor), about.get(node, ()), meeting)
        elif speaker:
            statements.append((position, _statement(facts, node, speaker)))
            meeting = facts.meeting(node, UNKG.atMeeting)
            said = about.get(node, ())
            evidence += _evidence(facts, "statements", _last(speaker), said, meeting)
    return Proposal(
        # A resolution stands for its unknown draft; its symbol is not the draft's.
        symbol=facts.one(draft, UNKG.symbol) if draft not in _resolutions(facts) else None,
        kind=kind,
        title=facts.one(draft, DCTERMS.title),
        supersedes=_symbol(facts.one(draft, UNKG.supersedes)),
        recommended_by=_symbol(facts.one(draft, UNKG.recommendedBy)),
        proposed_by_chair=facts.one(draft, UNKG.proposedByChair) == "true",
        introduced=_moment(facts, draft),
        introduced_by=_last(facts.one(draft, UNKG.introducedBy)) or None,
        on_behalf_of=tuple(facts.all(draft, UNKG.onBehalfOf)),
        orally_revised=facts.one(draft, UNKG.orallyRevised) == "true",
        pbi_statement=facts.one(draft, UNKG.programmeBudgetImplications) == "true",
        adopted=_adopted(facts, draft),
        statements=tuple(s for _, s in sorted(statements, key=lambda each: each[0])),
        recommended_as=_recommended(facts, draft),
        evidence=tuple(sorted(evidence, key=lambda e: (e.start, e.end))),
        sponsors=_in_order(tiers["sponsors"]),
        additional_sponsors=_in_order(tiers["additional_sponsors"]),
        withdrawn_sponsors=_in_order(tiers["withdrawn_sponsors"]),
    )


def _resolutions(facts: Facts) -> list[str]:
    """The document, if it is an adopted text."""
    classes = facts.all(facts.document, RDF.type)
    return [facts.document] if {UNKG.Resolution, UNKG.Decision} & {*classes} else []


def _recommended(facts: Facts, draft: str) -> str | None:
    """The words that name the part a draft became: a draft without symbol is its part."""
    part = facts.one(draft, UNKG.recommendedAs)
    label = facts.one(part or draft, UNKG.label)
    if label is None or label.startswith("decision"):
        return f"draft {label}" if label else None
    return "draft resolution" if label == "resolution" else f"draft resolution {label}"


def _in_order(states: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(state for _, state in sorted(states))


def _evidence(
    facts: Facts, fact: str, value: str | None, passages: Iterable[str], meeting: int | None
) -> Iterator[Evidence]:
    for passage in passages:
        start, end = facts.number(passage, UNKG.start), facts.number(passage, UNKG.end)
        if start is not None and end is not None and start < end:
            quote = facts.one(passage, UNKG.quote) or ""
            yield Evidence(
                fact=fact, value=value, quote=quote, start=start, end=end, meeting=meeting
            )


def _stated(facts: Facts, draft: str, about: dict[str, list[str]]) -> Iterator[Evidence]:
    """What a draft's own mentions are evidence for, by the properties they state."""
    for passage in about.get(draft, ()):
        told = [p for p in facts.all(passage, UNKG.statedProperty) if p in _FIELDS]
        for stated in told or [""]:
            field, meeting = _FIELDS.get(stated, "proposal"), facts.meeting(draft, stated)
            yield from _evidence(facts, field, None, [passage], meeting)


def _statement(facts: Facts, node: str, speaker: str) -> Statement:
    when: Any = facts.one(node, UNKG.timing)
    return Statement(state=_last(speaker), when=when, on_behalf_of=facts.one(node, UNKG.onBehalfOf))


def _moment(facts: Facts, draft: str) -> Introduced | None:
    date = facts.one(draft, UNKG.introducedOn)
    number = facts.meeting(draft, UNKG.introducedAt)
    return Introduced(meeting=number, date=date) if date or number is not None else None


def _adopted(facts: Facts, draft: str) -> Adopted | None:
    date, number = facts.one(draft, DCTERMS.date), facts.meeting(draft, UNKG.adoptedAt)
    vote = _vote(facts, facts.one(draft, UNKG.hasVote))
    if not (date or vote or number is not None):
        return None
    return Adopted(meeting=number, date=date, vote=vote)


def _vote(facts: Facts, vote: str | None) -> Vote | None:
    if vote is None:
        return None
    return Vote(
        in_favour_total=facts.number(vote, UNKG.inFavourTotal),
        against=facts.number(vote, UNKG.againstTotal),
        abstain=facts.number(vote, UNKG.abstainTotal),
        in_favour=tuple(map(_last, facts.all(vote, UNKG.votedFor))),
        against_states=tuple(map(_last, facts.all(vote, UNKG.votedAgainst))),
        abstaining=tuple(map(_last, facts.all(vote, UNKG.abstained))),
    )


def _last(iri: str | None) -> str:
    return unquote((iri or "").rpartition("/")[2])


def _symbol(iri: str | None) -> str | None:
    return unquote(iri.removeprefix("https://undocs.org/")) if iri else None
