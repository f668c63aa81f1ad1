"""One handler an event of the proceedings: what a sentence says of a proposal; no language."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.languages import Language
from kg.model import Evidence, Unresolved
from kg.numerals import roman, value_of
from kg.recognise.drafts import Draft, Proceedings, ProposalKind, Sentence, Separate
from kg.recognise.front import number_of, organ_keys
from kg.recognise.meetings import Sitting
from kg.recognise.numbers import number_of_match
from kg.recognise.statements import statement
from kg.recognise.states import StateList, state_list
from kg.recognise.votes import ballot_of
from kg.stretch import clean
from kg.symbol import number_symbol, parse

# ---------------------------------------------------------------- one handler an event

Handler = Callable[[Proceedings, Sentence, "re.Match[str]"], None]


def write_evidence(
    state: Proceedings,
    sentence: Sentence,
    draft: Draft,
    fact: str,
    span: tuple[int, int],
    *,
    value: str | None = None,
    sitting: Sitting | None = None,
) -> None:
    # A meeting may be named behind its event: the span is what lies between the two.
    low, high = sentence.offset + min(span), sentence.offset + max(span)
    if low == high:
        # What is told by what follows ("[" left out before it) has its sentence as evidence.
        high = low + len(sentence.text)
    start, end, _ = sentence.stretch.span(low, high)
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
    draft.on_behalf_of += [g.name for g in listed.groups if g.name not in draft.on_behalf_of]
    sitting = sentence.sitting_before(found.start())
    into: list[str] = getattr(draft, fact)
    for name in listed.states:
        if name.keys[0] not in into:
            into.append(name.keys[0])
            write_evidence(
                state, sentence, draft, fact, (name.start, name.end),
                value=name.keys[0], sitting=sitting,
            )  # fmt: skip
    if listed.states:
        for span in listed.leftovers:
            _leftover(state, sentence, span)
    return listed


def _leftover(state: Proceedings, sentence: Sentence, span: tuple[int, int]) -> None:
    note(state, sentence, span, "words in a list of states that name no known state")


def note(state: Proceedings, sentence: Sentence, span: tuple[int, int], reason: str) -> None:
    """What cannot be decided, kept with its reason."""
    start, end, _ = sentence.stretch.span(sentence.offset + span[0], sentence.offset + span[1])
    state.unresolved.append(
        Unresolved(text=state.source[start:end], start=start, end=end, reason=reason)
    )


def _title(state: Proceedings, sentence: Sentence, draft: Draft, found: re.Match[str]) -> None:
    if found["title"] and draft.title is None:
        draft.title = _printed(sentence, found.span("title"))
        write_evidence(state, sentence, draft, "title", found.span("title"))


def kind_of(language: Language, found: re.Match[str]) -> ProposalKind:
    """The kind of proposal that the word in the group ``draft`` means."""
    word = (found.groupdict().get("draft") or "").lower()
    if word in language.words.get("amendment", ()):
        return "amendment"
    return "draft-decision" if word in language.words["decision"] else "draft-resolution"


def _meant(state: Proceedings, found: re.Match[str]) -> Draft | None:
    """The proposal that a match is about: its symbol's, else the one its words stand for."""
    groups = found.groupdict()
    kind = kind_of(state.language, found) if groups.get("draft") else None
    if groups.get("symbol"):
        return state.draft(parse(groups["symbol"]).text, kind)
    return state.meant(kind)


def _recommended_by(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.current or state.draft(None, kind_of(state.language, found))
    keys = organ_keys(found["organ"], state.language)
    number = next((m for _, m in state.language.matches("number", found["number"])), None)
    if keys and number:
        value = number_of_match(number, state.language)
        kind = "DEC" if found["head"].lower() in state.language.words["decision"] else "RES"
        draft.recommended_by = number_symbol(
            keys[0], value, kind="DEC" if kind == "DEC" else "RES"
        ).text
        write_evidence(state, sentence, draft, "recommended_by", found.span("number"))
    _title(state, sentence, draft, found)


def _note(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    state.draft(parse(found["symbol"]).text)


def _before(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    sitting = sentence.sitting_before(found.start())
    if state.current and sitting and state.current.introduced is None:
        state.current.introduced = sitting
        write_evidence(
            state, sentence, state.current, "introduced",
            (min(sitting.start, found.start()), max(sitting.end, found.end())),
            sitting=sitting,
        )  # fmt: skip


def _received(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.draft(parse(found["symbol"]).text, kind_of(state.language, found))
    if found.groupdict().get("same"):
        _same_sponsors(state, draft, parse(found["same"]).text)
    elif found.groupdict().get("again") and (old := _revised(state, draft)):
        _same_sponsors(state, draft, old)
    if found.groupdict().get("states"):
        if state.language.first("chair", found["states"]):
            draft.proposed_by_chair = True
        else:
            listed = _states(state, sentence, draft, found, "sponsors")
            if not listed.states and not listed.groups:
                _leftover(state, sentence, found.span("states"))
    _before(state, sentence, found)
    _title(state, sentence, draft, found)
    for _, more in state.language.matches("symbol", found.groupdict().get("more") or ""):
        other = state.draft(parse(more[0]).text, draft.kind)
        other.sponsors += [s for s in draft.sponsors if s not in other.sponsors]
        other.on_behalf_of += [g for g in draft.on_behalf_of if g not in other.on_behalf_of]
        _before(state, sentence, found)


def _revised(state: Proceedings, draft: Draft) -> str | None:
    """The text that a revision replaces: the last of its story with its symbol, "/Rev." aside."""
    base = _unrevised(draft.symbol)
    older = [d.symbol for d in state.story if d is not draft and _unrevised(d.symbol) == base]
    return older[-1] if older else None


def _unrevised(symbol: str | None) -> str:
    return re.sub(r"/Rev\.\d+$", "", symbol or "")


def _same_sponsors(state: Proceedings, draft: Draft, symbol: str) -> None:
    """A revision "submitted by the sponsors of draft resolution …" has those sponsors first."""
    old = next((d for d in state.drafts if d.symbol == symbol), None)
    draft.supersedes = draft.supersedes or symbol
    if old is not None:
        known = (*old.sponsors, *old.additional_sponsors)
        draft.sponsors += [s for s in known if s not in (*draft.sponsors, *old.withdrawn_sponsors)]
        draft.on_behalf_of += [g for g in old.on_behalf_of if g not in draft.on_behalf_of]


def _introduced(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = _meant(state, found)
    if draft is None:
        return
    known = bool(draft.sponsors) or draft.proposed_by_chair
    first = state_list(found["introducer"], state.language, offset=found.start("introducer"))
    if first.states:
        name = first.states[-1]
        draft.introduced_by = name.keys[0]
        if not known:
            draft.sponsors.append(draft.introduced_by)
            write_evidence(
                state, sentence, draft, "sponsors", (name.start, name.end),
                value=draft.introduced_by, sitting=sentence.sitting_before(found.start()),
            )  # fmt: skip
    if found.groupdict().get("states"):
        _states(state, sentence, draft, found, "sponsors")
    _before(state, sentence, found)
    _title(state, sentence, draft, found)


def _supersedes(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    if state.current:
        state.current.supersedes = parse(found["old"]).text
        write_evidence(state, sentence, state.current, "supersedes", found.span("old"))


def _sponsored(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    _tier(state, sentence, found, "sponsors")


def _joined(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    _tier(state, sentence, found, "additional_sponsors")


def _withdrawn(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    _tier(state, sentence, found, "withdrawn_sponsors")


def _tier(state: Proceedings, sentence: Sentence, found: re.Match[str], fact: str) -> None:
    """States that came to stand behind a proposal or left it; a list of none names no draft."""
    listed = state_list(found["states"], state.language)
    draft = _meant(state, found) if listed.states or listed.groups else None
    if draft:
        _states(state, sentence, draft, found, fact)


def _main(state: Proceedings, sentence: Sentence) -> Draft | None:
    """What a sentence is about that names no symbol: an amendment only where it says so."""
    words = state.language.words.get("amendment", ())
    if any(word in sentence.text.lower() for word in words):
        return state.meant(None)
    drafts = [draft for draft in state.story if draft.kind != "amendment"]
    if state.current in drafts or not drafts:
        return state.meant(None)
    state.current = drafts[-1]
    return drafts[-1]


def _oral_revision(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = _main(state, sentence)
    if draft:
        draft.orally_revised = True


def _pbi(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    symbols = [parse(m[0]).text for _, m in state.language.matches("symbol", found[0])]
    draft = next((d for d in state.drafts if d.symbol in symbols), None) or _main(state, sentence)
    if draft:
        draft.pbi_statement = True
        write_evidence(state, sentence, draft, "pbi_statement", found.span())


def _sitting(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> Sitting:
    """The meeting that decides: the one the sentence names, else the last its story named."""
    named = sentence.sitting_before(found.start())
    return named or (state.last_sitting if state.sat else None) or Sitting()


def _adopted(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = _meant(state, found)
    if draft is None:
        return
    state.acted = draft
    if draft.adopted is not None:
        return
    draft.adopted = _sitting(state, sentence, found)
    draft.recommended_as = _recommended_as(state.language, found)
    write_evidence(state, sentence, draft, "adopted", found.span(), sitting=draft.adopted)


def _rejected(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = _meant(state, found)
    if draft and draft.adopted is None:
        state.acted = draft
        draft.rejected = _sitting(state, sentence, found)
        write_evidence(state, sentence, draft, "rejected", found.span(), sitting=draft.rejected)


def _draft_withdrawn(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = _meant(state, found)
    if draft and draft.adopted is None:
        draft.withdrawn = _sitting(state, sentence, found)
        write_evidence(state, sentence, draft, "withdrawn", found.span(), sitting=draft.withdrawn)


def _separate(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    """A vote on a part: of the draft named beside it, else of the draft at hand."""
    symbols = [parse(m[0]).text for _, m in state.language.matches("symbol", sentence.text)]
    named = [d for d in state.drafts if d.symbol in symbols and d.kind != "amendment"]
    draft = named[-1] if named else state.meant(None)
    if draft:
        part = Separate(on=_printed(sentence, found.span("part")), retained=not found["lost"])
        draft.separate.append(part)
        state.acted = part


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
    draft = draft or state.draft(None, "draft-decision")
    draft.kind, draft.proposed_by_chair = "draft-decision", True
    draft.adopted = _sitting(state, sentence, found)
    draft.recommended_as = _recommended_as(state.language, found)
    write_evidence(state, sentence, draft, "adopted", found.span(), sitting=draft.adopted)


def _vote(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    """A vote belongs to what its sentence decides; on a motion it is a vote on no proposal."""
    acted = state.acted
    if acted is None or acted.ballot is not None:
        note(state, sentence, found.span(), "a vote that does not say what it decided")
        return
    acted.ballot = ballot_of(found, state.language, sentence.stretch, sentence.offset)


HANDLERS: dict[str, Handler] = {
    "recommended-by": _recommended_by,
    "note": _note,
    "before": _before,
    "received": _received,
    "introduced": _introduced,
    "supersedes": _supersedes,
    "sponsored": _sponsored,
    "joined": _joined,
    "withdrawn": _withdrawn,
    "draft-withdrawn": _draft_withdrawn,
    "oral-revision": _oral_revision,
    "pbi": _pbi,
    "adopted": _adopted,
    "rejected": _rejected,
    "separate-vote": _separate,
    "chair-decision": _chair_decision,
    "vote": _vote,
    "statement": statement,
}
# What a sentence decides comes before the vote it was decided by, and before what was said.
LATER = {"vote": 1, "statement": 2}
DECIDING = frozenset({"adopted", "rejected", "separate-vote", "chair-decision"})
