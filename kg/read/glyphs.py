"""Characters with their places, and the order in which they are read.

A page holds right-to-left text as it looks; reading order is what was written. The rules are
those of the Unicode bidirectional algorithm (UAX 9) turned round, for one line whose paragraph
runs from right to left: letters and stops go leftwards, Latin words, symbols such as A/RES/70/1
and numbers rightwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_LEFTWARD = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00c0-\u024f"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_RIGHTWARD = re.compile(
    # Latin words with whatever stands between them, a bracket at the end if it closes.
    rf"[{_LATIN}](?:(?:[^{_LEFTWARD}()]|\([^{_LEFTWARD}()]*\))*(?:[{_LATIN}{_DIGIT}]|\([^{_LEFTWARD}()]*\)))?"
    # Numbers with the separators that bind digits.
    rf"|[{_DIGIT}]+(?:[/.,:\-][{_DIGIT}]+)*"
)


class Glyph(NamedTuple):
    """A character and its place, in points; ``made`` is one the reader put in itself.

    A tuple, not a dataclass: a document has a hundred thousand.
    """

    sign: str
    left: float
    right: float
    base: float
    size: float
    made: bool = False


def is_leftward(text: str) -> bool:
    """Whether a line is mostly in a script written from right to left.

    >>> is_leftward("إذ تشير إلى A/RES/70/1"), is_leftward("Recalling")
    (True, False)
    """
    letters = [sign for sign in text if sign.isalpha()]
    leftward = sum(unicodedata.bidirectional(sign) in ("R", "AL") for sign in letters)
    return 2 * leftward > len(letters)


def in_reading_order(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of one line in the order they are read, by where they stand.

    A line from left to right is left as the file has it.

    >>> line = "ب A/1 أ"
    >>> placed = [Glyph(sign, n, n + 1, 0, 10) for n, sign in enumerate(line)]
    >>> "".join(glyph.sign for glyph in in_reading_order(placed))
    'أ A/1 ب'
    """
    if not is_leftward("".join(glyph.sign for glyph in glyphs)):
        return list(glyphs)
    placed: list[tuple[float, Glyph]] = []
    for glyph in glyphs:
        mark = placed and unicodedata.combining(glyph.sign)
        placed.append((placed[-1][0] if mark else glyph.left + glyph.right, glyph))
    ordered = [glyph for _, glyph in sorted(placed, key=lambda pair: -pair[0])]
    seen, count = "".join(glyph.sign for glyph in reversed(ordered)), len(ordered)
    for found in _RIGHTWARD.finditer(seen):
        run = slice(count - found.end(), count - found.start())
        ordered[run] = ordered[run][::-1]
    return ordered
