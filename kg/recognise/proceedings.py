"""What a report tells of its proposals: who submitted them, when, and what became of them.

Sentences are taken apart into events by the language's patterns; a handler an event writes
what it says into the proposal it is about. Handlers know no language. A document without
headings is a fragment: a sentence of proceedings or a list of sponsors is understood alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.languages import Language
from kg.outline import Outline, Segment
from kg.recognise.blocks import cut, joined, offset_at
from kg.recognise.drafts import Draft, Proceedings, Sentence, Separate
from kg.recognise.events import DECIDING, HANDLERS, LATER, kind_of
from kg.recognise.meetings import Calendar, sittings_in
from kg.recognise.states import state_list
from kg.recognise.votes import Ballot, read_rolls
from kg.stretch import Stretch
from kg.symbol import parse


def read_proceedings(
    outline: Outline, source: str, language: Language, *, session: int | None, report: bool
) -> Proceedings:
    """The proposals a narrative tells of, in the order it takes them up.

    ``report``: the document is a committee's report, whose sentences always name what they
    are about.
    """
    narrative = [
        segment for section in outline.sections if not section.kind for segment in section.segments
    ]
    calendar = Calendar.of((s.stretch.folded for s in narrative), language, session=session)
    fragment = not report and all(segment.kind != "heading" for segment in narrative)
    state = Proceedings(source=source, language=language, calendar=calendar, fragment=fragment)
    alone = fragment and all(section.kind is None for section in outline.sections)
    if alone and _bare_list(state, narrative):
        return state
    for segment in narrative:
        if segment.kind == "heading":
            _heading(state, segment)
        else:
            _paragraph(state, segment)
    _read_rolls(state, narrative)
    return state


def _bare_list(state: Proceedings, narrative: Sequence[Segment]) -> bool:
    """A document that is nothing but a list of states is a proposal's list of sponsors."""
    whole = joined([segment.stretch for segment in narrative], between=" ")
    listed = state_list(whole.folded.rstrip(" ."), state.language)
    if not listed.whole or not listed.states:
        return False
    draft = state.draft(None)
    draft.sponsors += dict.fromkeys(name.keys[0] for name in listed.states)
    draft.on_behalf_of += dict.fromkeys(group.name for group in listed.groups)
    return True


def _heading(state: Proceedings, segment: Segment) -> None:
    """A heading that names a proposal opens its story; any other closes the one before.

    Of several symbols the last is the draft acted on; amendments named after it are not.
    """
    state.close_story()
    text = segment.stretch.folded
    found = [m for _, m in state.language.matches("proposal-heading", text)]
    if not found:
        return
    kind = kind_of(state.language, found[-1])
    amended = (text.lower().find(word) for word in state.language.words.get("amendment", ()))
    end = min((at for at in amended if at > found[0].start()), default=len(text))
    symbols = [m[0] for _, m in state.language.matches("symbol", text) if m.start() < end]
    named = found[-1]["symbol"] and symbols
    state.draft(parse(symbols[-1]).text if named else None, kind)


def _paragraph(state: Proceedings, segment: Segment) -> None:
    text = segment.stretch.folded
    if state.language.first("considered", text):
        listed = (parse(m[0]).text for _, m in state.language.matches("symbol", text))
        state.considered += [symbol for symbol in listed if symbol not in state.considered]
        return
    for sentence in _sentences(state, segment.stretch):
        state.acted = None
        events = sorted(
            (
                (LATER.get(p.value or "", 0), m.start(), p.value or "", m)
                for p, m in state.language.matches("event", sentence.text)
            ),
            key=lambda event: event[:3],
        )
        ends: dict[str, int] = {}
        acts: list[tuple[int, Draft | Separate | None]] = []
        for _, start, name, found in events:
            # Two patterns of one event may find the same words: the first to begin is taken.
            if start >= ends.get(name, 0) and name in HANDLERS:
                if name == "vote" and acts:
                    before = [act for act in acts if act[0] <= start]
                    state.acted = max(before or acts[:1], key=lambda act: act[0])[1]
                HANDLERS[name](state, sentence, found)
                ends[name] = found.end()
                if name in DECIDING:
                    acts.append((start, state.acted))
        if sentence.sittings:
            state.last_sitting, state.sat = sentence.sittings[-1], True


def _sentences(state: Proceedings, stretch: Stretch) -> Iterator[Sentence]:
    start = 0
    ends = [m.end() for _, m in state.language.matches("sentence-end", stretch.folded)]
    for end in [*ends, len(stretch.text)]:
        text = stretch.folded[start:end]
        if text.strip():
            sittings = sittings_in(text, state.language, state.calendar, last=state.last_sitting)
            yield Sentence(stretch=stretch, text=text, offset=start, sittings=tuple(sittings))
        start = end


def _read_rolls(state: Proceedings, narrative: Sequence[Segment]) -> None:
    """Lists of a vote stand in the paragraph with its totals or in the lines after it."""
    votes = [vote for draft in state.drafts for vote in _ballots(draft)]
    for ballot in votes:
        starts = [i for i, s in enumerate(narrative) if s.stretch.start <= ballot.start]
        if not starts:
            continue
        first = starts[-1]
        parts = [narrative[first].stretch]
        for segment in narrative[first + 1 :]:
            if segment.kind != "other":
                break
            parts.append(segment.stretch)
        block = joined(parts)
        low = offset_at(block, ballot.end)
        later = min((v.start for v in votes if v.start > ballot.start), default=block.end)
        piece = cut(block, low, max(low, offset_at(block, later)))
        read_rolls(ballot, piece, state.language)


def _ballots(draft: Draft) -> Iterator[Ballot]:
    ballots = [draft.ballot, *(vote.ballot for vote in draft.separate)]
    yield from (ballot for ballot in ballots if ballot)
