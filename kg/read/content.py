"""What a reader of one format gives: the text, and where its pages start."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

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
