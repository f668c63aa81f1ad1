"""What a reader of one format gives: the text, and where its pages start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    """Digits as superscript digits, as every format's footnote markers are written.

    >>> raised("12")
    '¹²'
    """
    return text.translate(_RAISED)
