"""Proposals and what became of them: sponsors, votes, statements, adoption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Evidence, Proposal, SeparateVote, Text, Vote
from kg.symbol import Symbol
from kg.triples.document import meeting_facts
from kg.triples.paragraphs import part_iri
from kg.triples.scope import Scope, document_named, mention, titled
from kg.triples.terms import Fact, day, link, number, of_type, slug, text, truth, within
from kg.vocab import DCTERMS, UNKG

_CLASSES = {
    "draft-resolution": UNKG.DraftResolution,
    "draft-decision": UNKG.DraftDecision,
    "amendment": UNKG.Amendment,
}
_TIERS = (
    ("submitted", "sponsors", UNKG.sponsoredBy),
    ("joined", "additional_sponsors", UNKG.joinedBy),
    ("withdrawn", "withdrawn_sponsors", UNKG.withdrawnBy),
)
# What a sentence of the proceedings tells of a proposal → the property that holds it.
STATED = {
    "title": DCTERMS.title,
    "introduced": UNKG.introducedAt,
    "adopted": UNKG.adoptedAt,
    "rejected": UNKG.rejectedAt,
    "withdrawn": UNKG.withdrawnAt,
    "supersedes": UNKG.supersedes,
    "recommended_by": UNKG.recommendedBy,
    "recommended_as": UNKG.recommendedAs,
    "pbi_statement": UNKG.programmeBudgetImplications,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposal with its IRI and the label of the part that holds its text, if any."""

    proposal: Proposal
    iri: str
    label: str | None


def drafts_of(scope: Scope) -> tuple[Draft, ...]:
    """The record's proposals: by symbol, else by their part, else the document itself."""
    record = scope.record
    labels = {run.label for run in record.texts}
    alone = record.document.kind != "committee-report" and len(record.proposals) == 1
    found = []
    for order, proposal in enumerate(record.proposals, start=1):
        label = part_label(proposal.recommended_as, labels)
        if proposal.symbol:
            iri = Symbol(proposal.symbol).iri
        elif label:
            iri = part_iri(scope.document, label)
        else:
            iri = scope.document if alone else within(scope.document, f"proposal-{order}")
        found.append(Draft(proposal=proposal, iri=iri, label=label))
    return tuple(found)


def part_label(recommended_as: str | None, labels: set[str | None]) -> str | None:
    """The label of the text that a recommendation names.

    >>> part_label("draft resolution IV", {"III", "IV"}), part_label("draft decision", set())
    ('IV', 'decision')
    """
    if not recommended_as:
        return None
    kind, _, ordinal = recommended_as.removeprefix("draft ").partition(" ")
    tried = (ordinal, f"{kind} {ordinal}", kind) if kind == "resolution" else (recommended_as, "")
    if kind == "decision":
        tried = (f"decision {ordinal}".strip(), kind)
    return next((label for label in tried if label and label in labels), None) or (
        (ordinal or kind) if kind == "resolution" else f"decision {ordinal}".strip()
    )


def drafts_by_part(drafts: tuple[Draft, ...], run: Text, document: str) -> tuple[str, ...]:
    """The drafts, other than the part itself, whose text a run of paragraphs is."""
    if run.label is None:
        return ()
    this = part_iri(document, run.label)
    return tuple(d.iri for d in drafts if d.label == run.label and d.iri != this)


def proposal_facts(scope: Scope, draft: Draft) -> Iterator[Fact]:
    """One proposal: what it is, its way through the committee, who stands behind it."""
    proposal, this = draft.proposal, draft.iri
    adopted = scope.record.document.kind in ("resolution", "decision")
    if adopted and this == scope.document:
        # A resolution stands for its unknown draft: what it is, it says itself; the vote is left.
        if proposal.adopted and proposal.adopted.vote:
            yield from _vote(scope, this, proposal.adopted.vote)
        return
    if adopted and proposal.symbol:
        yield link(this, UNKG.adoptedAs, scope.document)
    if this != scope.document:
        yield from of_type(this, _CLASSES[proposal.kind])
    if proposal.symbol:
        yield this, UNKG.symbol, text(proposal.symbol)
    if this != scope.document or not scope.record.document.title:
        yield from titled(this, proposal.title, scope.language)
    yield from _relations(scope, draft)
    yield this, UNKG.proposedByChair, truth(proposal.proposed_by_chair)
    yield this, UNKG.orallyRevised, truth(proposal.orally_revised)
    yield this, UNKG.programmeBudgetImplications, truth(proposal.pbi_statement)
    yield from _procedure(scope, draft)
    yield from _sponsorships(scope, draft)
    yield from _statements(scope, draft)
    yield from _evidence(scope, draft)


def _relations(scope: Scope, draft: Draft) -> Iterator[Fact]:
    proposal, this = draft.proposal, draft.iri
    for predicate, symbol in (
        (UNKG.supersedes, proposal.supersedes),
        (UNKG.recommendedBy, proposal.recommended_by),
    ):
        if symbol:
            yield link(this, predicate, Symbol(symbol).iri)
            yield from document_named(scope, symbol)
    if draft.label:
        part = part_iri(scope.document, draft.label)
        yield from of_type(part, UNKG.Part)
        yield link(scope.document, UNKG.contains, part)
        if part != this:
            yield link(this, UNKG.recommendedAs, part)
    if proposal.introduced_by:
        yield link(this, UNKG.introducedBy, scope.state(proposal.introduced_by))
    for group in proposal.on_behalf_of:
        yield this, UNKG.onBehalfOf, text(group)


def _procedure(scope: Scope, draft: Draft) -> Iterator[Fact]:
    proposal, this, organ = draft.proposal, draft.iri, scope.meeting_organ
    introduced, adopted = proposal.introduced, proposal.adopted
    if introduced:
        if introduced.date:
            yield this, UNKG.introducedOn, day(introduced.date)
        if introduced.meeting is not None and organ:
            yield from meeting_facts(
                scope, this, UNKG.introducedAt, introduced.meeting, introduced.date, organ
            )
    if adopted:
        if adopted.meeting is not None and organ:
            yield from meeting_facts(
                scope, this, UNKG.adoptedAt, adopted.meeting, adopted.date, organ
            )
        if adopted.date:
            yield this, DCTERMS.date, day(adopted.date)
        if adopted.vote:
            yield from _vote(scope, this, adopted.vote)
    yield from _failed(scope, draft)
    for position, part in enumerate(proposal.separate_votes, start=1):
        yield from _separate(scope, this, position, part)


def _failed(scope: Scope, draft: Draft) -> Iterator[Fact]:
    """A proposal that was rejected or taken back, where the text says so."""
    rejected, withdrawn, this = draft.proposal.rejected, draft.proposal.withdrawn, draft.iri
    organ = scope.meeting_organ
    for outcome, predicate, moment in (
        ("rejected", UNKG.rejectedAt, rejected),
        ("withdrawn", UNKG.withdrawnAt, withdrawn),
    ):
        if moment is None:
            continue
        yield this, UNKG.outcome, text(outcome)
        if moment.meeting is not None and organ:
            yield from meeting_facts(scope, this, predicate, moment.meeting, moment.date, organ)
    if rejected and rejected.vote:
        yield from _vote(scope, this, rejected.vote)


def _separate(scope: Scope, draft: str, position: int, part: SeparateVote) -> Iterator[Fact]:
    """A vote on a part of a proposal, a node of its own that is not the proposal's vote."""
    this = within(draft, f"vote-{position}")
    yield link(draft, UNKG.hasSeparateVote, this)
    yield from of_type(this, UNKG.Vote)
    yield link(this, UNKG.proposal, draft)
    yield this, UNKG.votedPart, text(part.on)
    yield this, UNKG.outcome, text("retained" if part.retained else "deleted")
    if part.vote:
        yield from _ballot(scope, this, part.vote)


def _vote(scope: Scope, draft: str, vote: Vote) -> Iterator[Fact]:
    this = within(draft, "vote")
    yield link(draft, UNKG.hasVote, this)
    yield from of_type(this, UNKG.Vote)
    yield link(this, UNKG.proposal, draft)
    yield from _ballot(scope, this, vote)


def _ballot(scope: Scope, this: str, vote: Vote) -> Iterator[Fact]:
    for predicate, total in (
        (UNKG.inFavourTotal, vote.in_favour_total),
        (UNKG.againstTotal, vote.against),
        (UNKG.abstainTotal, vote.abstain),
    ):
        if total is not None:
            yield this, predicate, number(total)
    for predicate, states in (
        (UNKG.votedFor, vote.in_favour),
        (UNKG.votedAgainst, vote.against_states),
        (UNKG.abstained, vote.abstaining),
    ):
        for state in states:
            yield link(this, predicate, scope.state(state))


def sponsorship_iris(draft: Draft) -> Mapping[tuple[str, str], str]:
    """(tier's field, state) → IRI; a state that is in two tiers has its later ones told apart."""
    taken: set[str] = set()
    found: dict[tuple[str, str], str] = {}
    for tier, name, _ in _TIERS:
        for state in getattr(draft.proposal, name):
            iri = within(draft.iri, f"sponsor-{slug(state)}")
            found[name, state] = f"{iri}-{tier}" if iri in taken else iri
            taken.add(iri)
    return found


def _sponsorships(scope: Scope, draft: Draft) -> Iterator[Fact]:
    iris = sponsorship_iris(draft)
    withdrawn = frozenset(draft.proposal.withdrawn_sponsors)
    for tier, name, predicate in _TIERS:
        for position, state in enumerate(getattr(draft.proposal, name), start=1):
            this = iris[name, state]
            yield from of_type(this, UNKG.Sponsorship)
            yield link(this, UNKG.proposal, draft.iri)
            yield link(this, UNKG.sponsor, scope.state(state))
            yield this, UNKG.tier, text(tier)
            yield this, UNKG.position, number(position)
            # Who withdrew sponsors the draft no longer; the node keeps that it once did.
            if tier == "withdrawn" or state not in withdrawn:
                yield link(draft.iri, predicate, scope.state(state))


def _statements(scope: Scope, draft: Draft) -> Iterator[Fact]:
    seen: Counter[str] = Counter()
    for position, statement in enumerate(draft.proposal.statements, start=1):
        seen[statement.state] += 1
        again = f"-{seen[statement.state]}" if seen[statement.state] > 1 else ""
        this = within(draft.iri, f"statement-{slug(statement.state)}{again}")
        yield from of_type(this, UNKG.Statement)
        yield link(this, UNKG.proposal, draft.iri)
        yield link(this, UNKG.madeBy, scope.state(statement.state))
        yield this, UNKG.position, number(position)
        if statement.when:
            yield this, UNKG.timing, text(statement.when)
        if statement.on_behalf_of:
            yield this, UNKG.onBehalfOf, text(statement.on_behalf_of)


def _evidence(scope: Scope, draft: Draft) -> Iterator[Fact]:
    iris = sponsorship_iris(draft)
    for evidence in draft.proposal.evidence:
        target = iris.get((evidence.fact, evidence.value or ""), draft.iri)
        if evidence.fact == "statements" and evidence.value:
            target = within(draft.iri, f"statement-{slug(evidence.value)}")
        yield from mention(
            scope, of=target, quote=evidence.quote, start=evidence.start, end=evidence.end
        )
        if target != draft.iri:
            yield from _moment(scope, target, evidence)
        elif evidence.fact in STATED:
            passage = scope.passage(evidence.start, evidence.end)
            yield link(passage, UNKG.statedProperty, STATED[evidence.fact])


def _moment(scope: Scope, target: str, evidence: Evidence) -> Iterator[Fact]:
    """The meeting at which a state became a sponsor, where the sentence says so."""
    organ = scope.meeting_organ
    if evidence.meeting is not None and organ:
        yield from meeting_facts(scope, target, UNKG.atMeeting, evidence.meeting, None, organ)
