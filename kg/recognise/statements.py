"""Statements on a proposal: who made them, before or after it was decided, for whom."""

from __future__ import annotations

import re
from typing import Literal

from kg.model import Evidence, Statement
from kg.recognise.drafts import Draft, Proceedings, Sentence
from kg.recognise.states import Group, state_list

When = Literal["before", "after"]
_TIMES: dict[str, When] = {"before-adoption": "before", "after-adoption": "after"}


def statement(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> None:
    """The statements of a match's states, each with the group it speaks for.

    When: by the words between the same semicolons ("before the vote, …; after the vote, …"),
    else the nearest before the speakers, else the first after them,
    else by whether the proposal is adopted yet.
    """
    when = _when(state, sentence, found)
    draft = state.meant(None, make=when is not None)
    if draft is not None and when == "after":
        draft = _decided(state, draft)
    if draft is None:
        return
    listed = state_list(found["states"], state.language, offset=found.start("states"))
    for name in listed.states:
        following = [s.start for s in listed.states if s.start > name.start]
        end = min(following, default=found.end())
        group = next((g.name for g in listed.groups if name.end <= g.start < end), None)
        draft.statements.append(
            Statement(
                state=name.keys[0],
                when=_noted(state, sentence, found, name.end)
                or when
                or ("after" if draft.adopted or draft.rejected else "before"),
                on_behalf_of=group or _spoken_for(state, sentence, found),
            )
        )
        _evidence(state, sentence, draft, (name.start, name.end), name.keys[0])


def _decided(state: Proceedings, draft: Draft) -> Draft:
    """What a statement after the adoption is on: the draft at hand, if it was not decided the
    last one that was."""
    if draft.adopted or draft.rejected:
        return draft
    acted = [other for other in state.story if other.adopted or other.rejected]
    return acted[-1] if acted else draft


def _when(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> When | None:
    times = [
        (match.start(), word)
        for kind, word in _TIMES.items()
        for _, match in state.language.matches(kind, sentence.text)
    ]
    near = [time for time in times if _in_clause(sentence.text, found, time[0])]
    times = near or times
    before = [time for time in times if time[0] <= found.start("states")]
    if before:
        return max(before)[1]
    return min(times)[1] if times else None


def _in_clause(text: str, found: re.Match[str], at: int) -> bool:
    """Whether no semicolon parts an offset from the speakers."""
    low, high = sorted((found.start("states"), at))
    return re.search("[;\uff1b\u061b]", text[low:high]) is None


def _noted(state: Proceedings, sentence: Sentence, found: re.Match[str], end: int) -> When | None:
    """When, by a note in the list of speakers: "Israel (before the vote) and Iran (after …)"."""
    times = [
        (match.start(), word)
        for kind, word in _TIMES.items()
        for _, match in state.language.matches(kind, sentence.text)
        if end <= match.start() < found.end("states")
    ]
    return min(times)[1] if times else None


def _spoken_for(state: Proceedings, sentence: Sentence, found: re.Match[str]) -> str | None:
    """The group named behind the speaker, where only one state speaks."""
    words = found[0][found.end("states") - found.start() :]
    groups: tuple[Group, ...] = state_list(words, state.language).groups
    return groups[0].name if groups else None


def _evidence(
    state: Proceedings, sentence: Sentence, draft: Draft, span: tuple[int, int], value: str
) -> None:
    start, end, _ = sentence.stretch.span(sentence.offset + span[0], sentence.offset + span[1])
    sitting = sentence.sitting_before(span[0])
    draft.evidence.append(
        Evidence(
            fact="statements",
            value=value,
            quote=state.source[start:end],
            start=start,
            end=end,
            meeting=sitting.number if sitting else None,
        )
    )
