"""Proposals being put together: the drafts of a report while its narrative is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.languages import Language
from kg.model import (
    Adopted,
    Evidence,
    Introduced,
    Proposal,
    SeparateVote,
    Statement,
    Unresolved,
)
from kg.recognise.meetings import Calendar, Sitting
from kg.recognise.votes import Ballot
from kg.stretch import Stretch

ProposalKind = Literal["draft-resolution", "draft-decision", "amendment"]


@dataclass(slots=True)
class Separate:
    """A vote on a part of a proposal."""

    on: str
    retained: bool
    ballot: Ballot | None = None


@dataclass(slots=True)
class Draft:
    """A proposal being put together from the sentences about it."""

    symbol: str | None
    kind: ProposalKind = "draft-resolution"
    title: str | None = None
    supersedes: str | None = None
    recommended_by: str | None = None
    proposed_by_chair: bool = False
    introduced: Sitting | None = None
    introduced_by: str | None = None
    on_behalf_of: list[str] = field(default_factory=list)
    sponsors: list[str] = field(default_factory=list)
    additional_sponsors: list[str] = field(default_factory=list)
    withdrawn_sponsors: list[str] = field(default_factory=list)
    orally_revised: bool = False
    adopted: Sitting | None = None
    ballot: Ballot | None = None
    rejected: Sitting | None = None
    withdrawn: Sitting | None = None
    separate: list[Separate] = field(default_factory=list)
    pbi_statement: bool = False
    statements: list[Statement] = field(default_factory=list)
    recommended_as: str | None = None
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the narrative: its words and where they stand in the stretch."""

    stretch: Stretch
    text: str
    offset: int
    sittings: tuple[Sitting, ...]

    def sitting_before(self, at: int) -> Sitting | None:
        """The meeting named last before a place in the sentence, else its first."""
        before = [s for s in self.sittings if s.start <= at]
        return before[-1] if before else (self.sittings[0] if self.sittings else None)


@dataclass(slots=True)
class Proceedings:
    """The proposals of a report while its narrative is read.

    ``story`` holds the proposals named since the last heading, latest last: "the draft
    resolution" is one of them; ``sat`` tells that a meeting was named since then. In a
    ``fragment`` (a document without headings) a sentence may tell of a proposal that nothing
    names. ``acted`` is what the sentence at hand decided on.
    """

    source: str
    language: Language
    calendar: Calendar
    fragment: bool = False
    drafts: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    story: list[Draft] = field(default_factory=list)
    acted: Draft | Separate | None = None
    considered: list[str] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    last_sitting: Sitting | None = None
    sat: bool = False

    def draft(self, symbol: str | None, kind: ProposalKind | None = None) -> Draft:
        """The proposal with a symbol, made if it is new; it becomes the current one."""
        found = next((d for d in self.drafts if symbol and d.symbol == symbol), None)
        if found is None and symbol and self._unnamed(kind):
            found = self.current
            assert found is not None
            found.symbol = symbol
        if found is None:
            found = Draft(symbol=symbol)
            self.drafts.append(found)
        if kind:
            found.kind = kind
        self.current = found
        self.story = [*(d for d in self.story if d is not found), found]
        return found

    def meant(self, kind: ProposalKind | None, *, make: bool = True) -> Draft | None:
        """The proposal that "the draft resolution" stands for: the last one named of its kind.

        A fragment that names none makes one, if ``make``.
        """
        same = [d for d in self.story if kind is None or d.kind == kind]
        found = self.current if self.current in same else (same[-1] if same else None)
        if found is None and make and self.fragment:
            found = self.draft(None, kind)
        if found is not None:
            self.current = found
        return found

    def close_story(self) -> None:
        """A heading ends what was told before it."""
        self.current, self.story, self.acted, self.sat = None, [], None, False

    def _unnamed(self, kind: ProposalKind | None) -> bool:
        """Whether the current proposal still waits for its symbol."""
        current = self.current
        if current is None or current.symbol is not None or kind not in (None, current.kind):
            return False
        return not current.proposed_by_chair and current.adopted is None


def proposals_of(
    state: Proceedings, labels: dict[str, str], titles: dict[str, str]
) -> list[Proposal]:
    """The finished proposals; ``labels`` gives the text that a numbered paragraph recommends,
    ``titles`` the titles of the texts by what they are recommended as."""
    proposals = []
    for draft in state.drafts:
        label = draft.recommended_as
        label = labels.get(label[1:]) if label and label.startswith("§") else label
        proposals.append(_finished(draft, label, titles))
    return proposals


def _finished(draft: Draft, label: str | None, titles: dict[str, str]) -> Proposal:
    return Proposal(
        symbol=draft.symbol,
        kind=draft.kind,
        title=draft.title or titles.get(label or ""),
        supersedes=draft.supersedes,
        recommended_by=draft.recommended_by,
        proposed_by_chair=draft.proposed_by_chair,
        introduced=_moment(draft.introduced),
        introduced_by=draft.introduced_by,
        on_behalf_of=tuple(draft.on_behalf_of),
        sponsors=tuple(draft.sponsors),
        additional_sponsors=tuple(draft.additional_sponsors),
        withdrawn_sponsors=tuple(draft.withdrawn_sponsors),
        orally_revised=draft.orally_revised,
        adopted=_decided(draft.adopted, draft.ballot),
        pbi_statement=draft.pbi_statement,
        statements=tuple(draft.statements),
        recommended_as=label,
        rejected=_decided(draft.rejected, draft.ballot),
        withdrawn=_moment(draft.withdrawn),
        separate_votes=tuple(
            SeparateVote(
                on=vote.on,
                retained=vote.retained,
                vote=vote.ballot.finished() if vote.ballot else None,
            )
            for vote in draft.separate
        ),
        evidence=tuple(draft.evidence),
    )


def _moment(sitting: Sitting | None) -> Introduced | None:
    return Introduced(meeting=sitting.number, date=sitting.date) if sitting else None


def _decided(sitting: Sitting | None, ballot: Ballot | None) -> Adopted | None:
    if sitting is None:
        return None
    vote = ballot.finished() if ballot else None
    return Adopted(meeting=sitting.number, date=sitting.date, vote=vote)


def vote_doubts(state: Proceedings) -> list[Unresolved]:
    """The votes whose lists and totals disagree."""
    ballots = [
        ballot
        for draft in state.drafts
        for ballot in (draft.ballot, *(vote.ballot for vote in draft.separate))
        if ballot
    ]
    return [doubt for ballot in ballots for doubt in ballot.doubts(state.source)]
