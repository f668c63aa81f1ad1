"""What a report tells of its proposals: who submitted them, when, and what became of them.

Sentences are taken apart into events by the language's patterns; a handler an event writes
what it says into the proposal it is about. Handlers know no language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.languages import Language
from kg.model import Adopted, Evidence, Introduced, Proposal, Statement, Unresolved, Vote
from kg.numerals import roman, value_of
from kg.outline import Section, Segment
from kg.recognise.front import number_of, organ_keys
from kg.recognise.meetings import Calendar, Sitting, sittings_in
from kg.recognise.states import StateList, state_list
from kg.stretch import Stretch, clean
from kg.symbol import Number, number_symbol, parse


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


def read_proceedings(
    sections: Sequence[Section], source: str, language: Language, *, session: int | None
) -> Proceedings:
    """The proposals a report's narrative tells of, in the order it takes them up."""
    narrative = [
        segment for section in sections if not section.kind for segment in section.segments
    ]
    calendar = Calendar.of((s.stretch.folded for s in narrative), language, session=session)
    state = Proceedings(source=source, language=language, calendar=calendar)
    for segment in narrative:
        if segment.kind == "heading":
            _heading(state, segment)
        else:
            _paragraph(state, segment)
    return state


def _heading(state: Proceedings, segment: Segment) -> None:
    """A heading that names a proposal opens its story; any other closes the one before."""
    state.current = None
    symbols = [m for _, m in state.language.matches("proposal-heading", segment.stretch.folded)]
    if symbols:
        kind = _kind(state.language, symbols[-1])
        if symbols[-1]["symbol"]:
            named = [
                parse(found[0]).text
                for _, found in state.language.matches("symbol", segment.stretch.folded)
            ]
            state.draft(named[-1], kind)
        else:
            state.draft(None, kind)


def _kind(language: Language, found: re.Match[str]) -> str:
    return "decision" if found["draft"].lower() in language.words["decision"] else "resolution"


def _paragraph(state: Proceedings, segment: Segment) -> None:
    text = segment.stretch.folded
    if state.language.first("considered", text):
        listed = (parse(m[0]).text for _, m in state.language.matches("symbol", text))
        state.considered += [symbol for symbol in listed if symbol not in state.considered]
        return
    _vote_lists(state, segment.stretch)
    for sentence in _sentences(state, segment.stretch):
        events = sorted(
            (
                (m.start(), p.value or "", m)
                for p, m in state.language.matches("event", sentence.text)
            ),
            key=lambda event: event[0],
        )
        for _, name, found in events:
            HANDLERS[name](state, sentence, found)
        if sentence.sittings:
            state.last_sitting = sentence.sittings[-1]


def _sentences(state: Proceedings, stretch: Stretch) -> Iterator[Sentence]:
    start = 0
    ends = [m.end() for _, m in state.language.matches("sentence-end", stretch.folded)]
    for end in [*ends, len(stretch.text)]:
        text = stretch.folded[start:end]
        if text.strip():
            sittings = sittings_in(text, state.language, state.calendar, last=state.last_sitting)
            yield Sentence(stretch=stretch, text=text, offset=start, sittings=tuple(sittings))
        start = end


# ---------------------------------------------------------------- one handler an event

Handler = Callable[[Proceedings, Sentence, "re.Match[str]"], None]


def _evidence(
    state: Proceedings,
    sentence: Sentence,
    draft: Draft,
    fact: str,
    span: tuple[int, int],
    *,
    value: str | None = None,
    sitting: Sitting | None = None,
) -> None:
    start, end, _ = sentence.stretch.span(sentence.offset + span[0], sentence.offset + span[1])
    draft.evidence.append(
        Evidence(
            fact=fact,
            value=value,
            quote=state.source[start:end],
            start=start,
            end=end,
            meeting=sitting.number if sitting else None,
        )
    )


def _printed(sentence: Sentence, span: tuple[int, int]) -> str:
    """The words as printed, forms not folded."""
    return clean(sentence.stretch.text[sentence.offset + span[0] : sentence.offset + span[1]])


def _states(
    state: Proceedings, sentence: Sentence, draft: Draft, found: re.Match[str], fact: str
) -> StateList:
    """The states of a match's list, written to the proposal with their places."""
    listed = state_list(found["states"], state.language, offset=found.start("states"))
    sitting = sentence.sitting_before(found.start())
    into: list[str] = getattr(draft, fact)
    for name in listed.states:
        if name.keys[0] not in into:
            into.append(name.keys[0])
            _evidence(
                state, sentence, draft, fact, (name.start, name.end),
                value=name.keys[0], sitting=sitting,
            )  # fmt: skip
    if listed.states:
        for span in listed.leftovers:
            _leftover(state, sentence, span)
    return listed


def _leftover(state: Proceedings, sentence: Sentence, span: tuple[int, int]) -> None:
    words = sentence.text[span[0] : span[1]]
    groups = [m["group"] for _, m in state.language.matches("behalf", words)]
    if groups and state.current:
        state.current.on_behalf_of += [g for g in groups if g not in state.current.on_behalf_of]
        return
    start, end, _ = sentence.stretch.span(sentence.offset + span[0], sentence.offset + span[1])
    state.unresolved.append(
        Unresolved(
            text=state.source[start:end],
            start=start,
            end=end,
            reason="words in a list of states that name no known state",
        )
    )


def _title(state: Proceedings, sentence: Sentence, draft: Draft, found: re.Match[str]) -> None:
    if found["title"] and draft.title is None:
        draft.title = _printed(sentence, found.span("title"))
        _evidence(state, sentence, draft, "title", found.span("title"))


def _recommended_by(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.current or state.draft(None, _kind(state.language, found))
    keys = organ_keys(found["organ"], state.language)
    number = next((m for _, m in state.language.matches("number", found["number"])), None)
    if keys and number:
        value = Number(
            number=number["n"] or number["old"],
            session=number["session"],
            letter=number["letter"] or number["part"] or number["after"] or "",
            bracket=number["bracket"],
        )
        kind = "DEC" if found["head"].lower() in state.language.words["decision"] else "RES"
        draft.recommended_by = number_symbol(
            keys[0], value, kind="DEC" if kind == "DEC" else "RES"
        ).text
        _evidence(state, sentence, draft, "recommended_by", found.span("number"))
    _title(state, sentence, draft, found)


def _note(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    state.draft(parse(found["symbol"]).text)


def _before(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    sitting = sentence.sitting_before(found.start())
    if state.current and sitting and state.current.introduced is None:
        state.current.introduced = sitting
        _evidence(
            state, sentence, state.current, "introduced", (sitting.start, found.end()),
            sitting=sitting,
        )  # fmt: skip


def _received(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.draft(parse(found["symbol"]).text, _kind(state.language, found))
    listed = _states(state, sentence, draft, found, "sponsors")
    if not listed.states and state.language.first("chair", found["states"]):
        draft.proposed_by_chair = True
    elif not listed.states:
        _leftover(state, sentence, found.span("states"))
    _before(state, sentence, found)
    _title(state, sentence, draft, found)


def _introduced(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.draft(parse(found["symbol"]).text, _kind(state.language, found))
    first = state_list(found["introducer"], state.language, offset=found.start("introducer"))
    if first.states:
        draft.introduced_by = first.states[-1].keys[0]
        if draft.introduced_by not in draft.sponsors:
            draft.sponsors.append(draft.introduced_by)
            name = first.states[-1]
            _evidence(
                state, sentence, draft, "sponsors", (name.start, name.end),
                value=draft.introduced_by, sitting=sentence.sitting_before(found.start()),
            )  # fmt: skip
    if found["states"]:
        _states(state, sentence, draft, found, "sponsors")
    _before(state, sentence, found)
    _title(state, sentence, draft, found)


def _supersedes(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        state.current.supersedes = parse(found["old"]).text
        _evidence(state, sentence, state.current, "supersedes", found.span("old"))


def _joined(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        _states(state, sentence, state.current, found, "additional_sponsors")


def _withdrawn(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        _states(state, sentence, state.current, found, "withdrawn_sponsors")


def _oral_revision(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        state.current.orally_revised = True


def _pbi(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    symbols = [parse(m[0]).text for _, m in state.language.matches("symbol", found[0])]
    draft = next((d for d in state.drafts if d.symbol in symbols), state.current)
    if draft:
        draft.pbi_statement = True
        _evidence(state, sentence, draft, "pbi_statement", found.span())


def _adopted(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    symbol = parse(found["symbol"]).text if found["symbol"] else None
    draft = state.draft(symbol, _kind(state.language, found)) if symbol else state.current
    if draft is None or draft.adopted is not None:
        return
    draft.adopted = sentence.sitting_before(found.start()) or Sitting()
    draft.recommended_as = _recommended_as(state.language, found)
    _evidence(state, sentence, draft, "adopted", found.span(), sitting=draft.adopted)


def _recommended_as(language: Language, found: re.Match[str]) -> str | None:
    """ "draft resolution IV" from the words, "§21" where only the paragraph is named."""
    label = found.groupdict().get("as")
    if label:
        words = [word for word in re.split(r"\s+", label) if word]
        for at in range(len(label)):
            value = value_of(label[at:]) or number_of(label[at:], language)
            if value is not None:
                return f"{_type(language, label)} {roman(value)}"
        return _type(language, " ".join(words))
    return f"§{found['para']}" if found.groupdict().get("para") else None


def _type(language: Language, label: str) -> str:
    decision = any(word in label.lower() for word in language.words["decision"])
    return "draft decision" if decision else "draft resolution"


def _chair_decision(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.current if state.current and state.current.symbol is None else None
    draft = draft or state.draft(None, "decision")
    draft.kind, draft.proposed_by_chair = "draft-decision", True
    draft.adopted = sentence.sitting_before(found.start()) or Sitting()
    draft.recommended_as = _recommended_as(state.language, found)
    _evidence(state, sentence, draft, "adopted", found.span(), sitting=draft.adopted)


def _vote(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        totals = {name: value_of(found[name]) or 0 for name in ("for", "against", "abstain")}
        state.current.vote = {**(state.current.vote or {}), **totals}


def _vote_lists(state: Proceedings, stretch: Stretch) -> None:
    for pattern, found in state.language.matches("vote-list", stretch.folded):
        if state.current and pattern.value:
            listed = state_list(found["states"], state.language)
            keys = tuple(dict.fromkeys(name.keys[0] for name in listed.states))
            state.current.vote = {**(state.current.vote or {}), pattern.value: keys}


def _statement(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.current
    if draft is None:
        return
    language = state.language
    listed = state_list(found["states"], language, offset=found.start("states"))
    after = draft.adopted is not None
    if language.first("after-adoption", sentence.text):
        after = True
    elif language.first("before-adoption", sentence.text):
        after = False
    group = language.first("behalf", found[0])
    for name in listed.states:
        draft.statements.append(
            Statement(
                state=name.keys[0],
                when="after" if after else "before",
                on_behalf_of=group[1]["group"] if group else None,
            )
        )
        _evidence(
            state, sentence, draft, "statements", (name.start, name.end), value=name.keys[0],
            sitting=sentence.sitting_before(found.start()),
        )  # fmt: skip


HANDLERS: dict[str, Handler] = {
    "recommended-by": _recommended_by,
    "note": _note,
    "before": _before,
    "received": _received,
    "introduced": _introduced,
    "supersedes": _supersedes,
    "joined": _joined,
    "withdrawn": _withdrawn,
    "oral-revision": _oral_revision,
    "pbi": _pbi,
    "adopted": _adopted,
    "chair-decision": _chair_decision,
    "vote": _vote,
    "statement": _statement,
}


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
