"""Footnotes: the documents they cite, the treaty registrations they print, and *ibid.*"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kg.languages import Language
from kg.model import Unts
from kg.outline import Footnote
from kg.recognise.citations import Cited, Undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What one footnote says; ``cited`` has offsets in the footnote's own stretch."""

    footnote: Footnote
    cited: tuple[Cited, ...]
    undecided: tuple[Undecided, ...] = ()
    unts: tuple[Unts, ...] = ()


def read_notes(
    footnotes: Sequence[Footnote],
    language: Language,
    *,
    cite: Callable[[Footnote], tuple[list[Cited], list[Undecided]]],
) -> dict[int, Note]:
    """The notes by the source offset they start at; *ibid.* has what it repeats.

    ``cite`` finds the documents a footnote cites.
    """
    notes: dict[int, Note] = {}
    previous: Note | None = None
    for footnote in footnotes:
        cited, undecided = cite(footnote)
        text = footnote.stretch.folded
        note = Note(
            footnote=footnote,
            cited=tuple(cited),
            undecided=tuple(undecided),
            unts=registrations(text, language),
        )
        if previous and language.first("ibid", text) and not (note.cited or note.unts):
            whole = (0, len(text.rstrip()))
            repeated = (replace(c, start=whole[0], end=whole[1]) for c in previous.cited)
            note = replace(note, cited=tuple(repeated), unts=previous.unts)
        notes[footnote.stretch.start] = previous = note
    return notes


def registrations(text: str, language: Language) -> tuple[Unts, ...]:
    """The Treaty Series registrations in a folded footnote: each volume with each number.

    >>> from kg.languages import load_language
    >>> registrations("同上，第 2171 和 2173 卷，第 27531 号", load_language("zh"))
    (Unts(volume=2171, number=27531), Unts(volume=2173, number=27531))
    """
    return tuple(
        Unts(volume=int(volume), number=int(number))
        for _, found in language.matches("unts", text)
        for number in re.findall(r"\d+", found["numbers"])
        for volume in re.findall(r"\d+", found["volumes"])
    )
