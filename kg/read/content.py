"""What a reader of one format gives: the text, and where its pages start."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_RAISED = str.maketrans("".join(_DIGITS) + "()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹" * len(_DIGITS) + "⁽⁾⁽⁾")
_MARKER = re.compile("⁽([⁰¹²³⁴-⁹]{1,3})⁾")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The text of a file; ``pages`` are the offsets at which printed pages start.

    ``notes`` tell people what could not be read although the rest could.
    """

    text: str
    encoding: str
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


# What ends a sentence or a clause of it, brackets and quotation marks behind it aside.
_STOP = re.compile(r"[.,;:!?。，、；：！？؛،؟…][)\]”\"»》⁰¹²³⁴-⁹\s]*$")
_LONGEST_LINE = {True: 130, False: 65}


def is_printed(blocks: Sequence[str]) -> bool:
    """Whether the blocks of a file are printed lines, and its paragraphs go over several.

    None of them is long, and many break off where the next one goes on in small letters; in a
    script without small letters, most break off.

    >>> is_printed(["Recalling its resolution", "on wells, and the report", "of its Chair,", "1."])
    True
    >>> is_printed(["Recalling its resolution,", "Taking note of the report,", "1. Decides"])
    False
    """
    cased = sum(block[:1].lower() != block[:1].upper() for block in blocks) > len(blocks) / 3
    lengths = sorted(map(len, blocks))
    if not blocks or lengths[len(lengths) * 49 // 50] > _LONGEST_LINE[cased]:
        return False
    pairs = [(above, block) for above, block in pairwise(blocks) if len(above) > 1]
    broken = sum(
        not _STOP.search(above[-40:]) and (block[:1].islower() or not cased)
        for above, block in pairs
    )
    return len(pairs) > 2 and broken > len(pairs) / (4 if cased else 2)


# A reader takes the bytes of a file and an encoding asked for.
Reader = Callable[[bytes, str | None], Content]


def raised(text: str) -> str:
    """Digits of any script as superscript digits, as every format's markers are written.

    >>> raised("12"), raised("(٣)")
    ('¹²', '⁽³⁾')
    """
    return text.translate(_RAISED)


def settled(text: str) -> str:
    """Markers without the brackets that Arabic sets around them; other brackets as they were.

    >>> settled("الميثاق⁽³⁾"), settled("x⁽a⁾")
    ('الميثاق³', 'x(a)')
    """
    return _MARKER.sub(r"\1", text).replace("⁽", "(").replace("⁾", ")")
