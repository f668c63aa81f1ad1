"""Proposals being put together: the drafts of a report while its narrative is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.languages import Language
from kg.model import Adopted, Evidence, Introduced, Proposal, Statement, Unresolved, Vote
from kg.recognise.meetings import Calendar, Sitting
from kg.stretch import Stretch


@dataclass(slots=True)
class Draft:
    """A proposal being put together from the sentences about it."""

    symbol: str | None
    kind: str = "draft-resolution"
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
    vote: dict[str, object] | None = None
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
    """The proposals of a report while its narrative is read."""

    source: str
    language: Language
    calendar: Calendar
    drafts: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    considered: list[str] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    last_sitting: Sitting | None = None

    def draft(self, symbol: str | None, kind: str | None = None) -> Draft:
        """The proposal with a symbol, made if it is new; it becomes the current one."""
        found = next((d for d in self.drafts if symbol and d.symbol == symbol), None)
        if found is None and symbol and self._unnamed():
            found = self.current
            assert found is not None
            found.symbol = symbol
        if found is None:
            found = Draft(symbol=symbol)
            self.drafts.append(found)
        if kind:
            found.kind = f"draft-{kind}"
        self.current = found
        return found

    def _unnamed(self) -> bool:
        """Whether the current proposal still waits for its symbol."""
        current = self.current
        if current is None or current.symbol is not None:
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
    vote = _finished_vote(draft.vote)
    return Proposal(
        symbol=draft.symbol,
        kind="draft-decision" if draft.kind == "draft-decision" else "draft-resolution",
        title=draft.title or titles.get(label or ""),
        supersedes=draft.supersedes,
        recommended_by=draft.recommended_by,
        proposed_by_chair=draft.proposed_by_chair,
        introduced=Introduced(meeting=draft.introduced.number, date=draft.introduced.date)
        if draft.introduced
        else None,
        introduced_by=draft.introduced_by,
        on_behalf_of=tuple(draft.on_behalf_of),
        sponsors=tuple(draft.sponsors),
        additional_sponsors=tuple(draft.additional_sponsors),
        withdrawn_sponsors=tuple(draft.withdrawn_sponsors),
        orally_revised=draft.orally_revised,
        adopted=Adopted(meeting=draft.adopted.number, date=draft.adopted.date, vote=vote)
        if draft.adopted
        else None,
        pbi_statement=draft.pbi_statement,
        statements=tuple(draft.statements),
        recommended_as=label,
        evidence=tuple(draft.evidence),
    )


def _finished_vote(vote: dict[str, object] | None) -> Vote | None:
    if vote is None:
        return None
    names = {"for": "in_favour_total"}
    return Vote(**{names.get(key, key): value for key, value in vote.items()})  # type: ignore[arg-type]
