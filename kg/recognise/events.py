"""One handler an event of the proceedings: what a sentence says of a proposal; no language."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.languages import Language
from kg.model import Evidence, Statement, Unresolved
from kg.numerals import roman, value_of
from kg.recognise.drafts import Draft, Proceedings, Sentence
from kg.recognise.front import number_of, organ_keys
from kg.recognise.meetings import Sitting
from kg.recognise.states import StateList, state_list
from kg.stretch import Stretch, clean
from kg.symbol import Number, number_symbol, parse

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


def kind_of(language: Language, found: re.Match[str]) -> str:
    return "decision" if found["draft"].lower() in language.words["decision"] else "resolution"


def _recommended_by(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.current or state.draft(None, kind_of(state.language, found))
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
    draft = state.draft(parse(found["symbol"]).text, kind_of(state.language, found))
    listed = _states(state, sentence, draft, found, "sponsors")
    if not listed.states and state.language.first("chair", found["states"]):
        draft.proposed_by_chair = True
    elif not listed.states:
        _leftover(state, sentence, found.span("states"))
    _before(state, sentence, found)
    _title(state, sentence, draft, found)


def _introduced(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    draft = state.draft(parse(found["symbol"]).text, kind_of(state.language, found))
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
    draft = state.draft(symbol, kind_of(state.language, found)) if symbol else state.current
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


def vote_lists(state: Proceedings, stretch: Stretch) -> None:
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
