"""What a report tells of its proposals: who submitted them, when, and what became of them.

Sentences are taken apart into events by the language's patterns; a handler an event writes
what it says into the proposal it is about. Handlers know no language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.languages import Language
from kg.outline import Section, Segment
from kg.recognise.drafts import Proceedings, Sentence
from kg.recognise.events import HANDLERS, kind_of, vote_lists
from kg.recognise.meetings import Calendar, sittings_in
from kg.stretch import Stretch
from kg.symbol import parse


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
        kind = kind_of(state.language, symbols[-1])
        if symbols[-1]["symbol"]:
            named = [
                parse(found[0]).text
                for _, found in state.language.matches("symbol", segment.stretch.folded)
            ]
            state.draft(named[-1], kind)
        else:
            state.draft(None, kind)


def _paragraph(state: Proceedings, segment: Segment) -> None:
    text = segment.stretch.folded
    if state.language.first("considered", text):
        listed = (parse(m[0]).text for _, m in state.language.matches("symbol", text))
        state.considered += [symbol for symbol in listed if symbol not in state.considered]
        return
    vote_lists(state, segment.stretch)
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
