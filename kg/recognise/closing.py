"""The lines under an adopted text: its meeting, its date, and how it was adopted.

General Assembly: "53rd plenary meeting", "16 December 2021". Human Rights Council: the same,
then "[Adopted by a recorded vote of …". Security Council until 1993: "Adopted at the 645th
meeting by 10 votes to none, with 1 abstention (…)".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.languages import Language
from kg.outline import Outline
from kg.recognise.blocks import joined
from kg.recognise.dates import dates_in
from kg.recognise.votes import Ballot, ballot_of, read_rolls
from kg.stretch import Stretch

# The meeting and date stand in the first lines; lists of states and annexes follow.
_HEAD = 4
_PARAGRAPHS = frozenset({"preambular", "operative"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What the closing lines say; ``stretch`` is all of them."""

    meeting: int | None
    date: str | None
    ballot: Ballot | None
    stretch: Stretch


def read_closing(outline: Outline, language: Language) -> Closing | None:
    """The closing lines of a document, None if it has none: the first that name a meeting, else
    the first there are (an annex may hold lines like them)."""
    found: list[Closing] = []
    for section in outline.sections:
        parts = [part.stretch for part in section.segments]
        loose = [part.kind not in _PARAGRAPHS for part in section.segments]
        for at, stretch in enumerate(parts):
            if loose[at] and language.first("closing", stretch.folded, at=0):
                end = next((i for i in range(at, len(parts)) if not loose[i]), len(parts))
                found.append(_closing(parts[at:end], language))
                if found[-1].meeting is not None:
                    return found[-1]
    return found[0] if found else None


def _closing(parts: list[Stretch], language: Language) -> Closing:
    whole = joined(parts)
    head = "\n".join(part.folded for part in parts[:_HEAD])
    meetings = [match for _, match in language.matches("meeting", head)]
    first = min(meetings, key=lambda match: match.start(), default=None)
    number = re.search(r"\d+", first["numbers"]) if first else None
    return Closing(
        meeting=int(number[0]) if number else None,
        date=next((date.iso for date in dates_in(head, language)), None),
        ballot=_ballot(whole, language),
        stretch=whole,
    )


def _ballot(stretch: Stretch, language: Language) -> Ballot | None:
    votes = (pattern for pattern in language.all("event") if pattern.value == "vote")
    match = next(filter(None, (pattern.search(stretch.folded) for pattern in votes)), None)
    if match is None:
        return None
    ballot = ballot_of(match, language, stretch, 0)
    read_rolls(ballot, stretch, language)
    return ballot
