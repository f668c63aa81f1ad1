"""Where a pattern can begin to match: its first characters, and a scanner that jumps to them.

An expression that begins by looking around itself is tried at every character of a text, which
costs ten times as much as looking for the few characters that a match can begin with. Those are
read off the parsed expression, so no table has to name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kg.languages.grouped import grouped
from kg.languages.parsed import Expression, parsed

_LAST = 0x10FFFF
# Scanning for characters that a text is full of costs more than it spares.
_COMMON = "abcdefghijklmnopqrstuvwxyz éабвгдеиклмнопрстуя"
_MOST = 9
# As much as is written of a class, and of what a class of others leaves over.
_CATEGORIES = {
    "CATEGORY_DIGIT": (r"\d", r"\D"),
    "CATEGORY_NOT_DIGIT": (r"\D", r"\d"),
    "CATEGORY_SPACE": (r"\s", r"\S"),
    "CATEGORY_NOT_SPACE": (r"\S", r"\s"),
    "CATEGORY_WORD": (r"\w", r"\W"),
    "CATEGORY_NOT_WORD": (r"\W", r"\w"),
}
Written = frozenset[str]


def first_of(regex: Expression) -> str | None:
    """A character class in which every match begins; None where that may be any or none.

    >>> first_of(re.compile(r"(?<!/)(?:[0-9]{1,3}|No\\.) and"))
    '[0-9N]'
    >>> first_of(re.compile(r"(?=S)?\\s*")) is None
    True
    """
    from re import _constants  # type: ignore[attr-defined]

    if regex.flags & re.IGNORECASE:
        return None
    parts = parsed(regex)
    first, empty = _first(parts, _constants)
    if first is None or empty or not first or not parts.getwidth()[0]:
        return None
    return f"[{''.join(sorted(first))}]"


def scanner_of(regex: Expression) -> re.Pattern[str] | None:
    """An expression that finds a character at which another one matches, quicker than that.

    None where it would be no quicker: the expression names its first characters itself, or a
    text is full of them.

    >>> scanner = scanner_of(re.compile(r"(?<!/)[0-9]+"))
    >>> scanner.search("A/70 and 71").start()
    3
    """
    first = first_of(regex)
    if first is None or _named(regex):
        return None
    one = re.compile(first)
    if sum(one.match(sign) is not None for sign in _COMMON) > _MOST:
        return None
    return grouped(rf"{first}(?<=(?={regex.pattern})[\s\S])", regex.flags)


def anchor_of(regex: Expression) -> str:
    """Where alone an expression can match: where the "text" or a "line" begins, "" if anywhere.

    >>> anchor_of(re.compile(r"\\A(?:and|or)")), anchor_of(re.compile("^a|b"))
    ('text', '')
    """
    from re import _constants  # type: ignore[attr-defined]

    op, arg = next(iter(parsed(regex)), (None, None))
    if op is not _constants.AT:
        return ""
    anchors = {_constants.AT_BEGINNING_STRING: "text", _constants.AT_BEGINNING: "line"}
    return anchors.get(arg, "")


def _named(regex: Expression) -> bool:
    """Whether an expression begins with its characters, so that they are looked for anyway."""
    from re import _constants  # type: ignore[attr-defined]

    parts: Iterable[Any] = parsed(regex)
    op, arg = next(iter(parts))
    while op is _constants.SUBPATTERN and arg[3]:
        op, arg = arg[3][0]
    if op is _constants.BRANCH:
        return all(part and part[0][0] in (_constants.LITERAL,) for part in arg[1])
    return op in (_constants.LITERAL, _constants.IN)


def _first(parsed: Iterable[Any], names: Any) -> tuple[Written | None, bool]:
    """The first characters of a sequence (None: any), and whether it may match nothing."""
    found: Written = frozenset()
    for op, arg in parsed:
        if op is names.AT or op is names.ASSERT_NOT or (op is names.ASSERT and arg[0] < 0):
            continue
        first, empty = _first_part(op, arg, names)
        if first is None:
            return None, empty
        found |= first
        if not empty:
            return found, False
    return found, True


def _first_part(op: Any, arg: Any, names: Any) -> tuple[Written | None, bool]:
    if op is names.SUBPATTERN:
        return (None, True) if arg[1] & re.IGNORECASE else _first(arg[3], names)
    if op is names.ASSERT:
        return _first(arg[1], names)
    if op is names.ATOMIC_GROUP:
        return _first(arg, names)
    if op in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        first, empty = _first(arg[2], names)
        return first, empty or not arg[0]
    if op is names.BRANCH:
        parts = [_first(part, names) for part in arg[1]]
        if any(first is None for first, _ in parts):
            return None, True
        empty = any(empty for _, empty in parts)
        return frozenset().union(*(first or frozenset() for first, _ in parts)), empty
    return _written(op, arg, names), False


def _written(op: Any, arg: Any, names: Any) -> Written | None:
    """The characters that a part can be, as they are written in a class."""
    if op is names.LITERAL:
        return frozenset((_sign(arg),))
    if op is names.NOT_LITERAL:
        return frozenset(_others([(arg, arg)]))
    if op is not names.IN:
        return None
    if arg[0][0] is names.NEGATE:
        categories = [value for kind, value in arg if kind is names.CATEGORY]
        if categories:
            return frozenset((_CATEGORIES[str(categories[0])][1],))
        return frozenset(_others(_ranges(arg[1:], names)))
    ranges = {_span(low, high) for low, high in _ranges(arg, names)}
    classes = {_CATEGORIES[str(value)][0] for kind, value in arg if kind is names.CATEGORY}
    return frozenset(ranges | classes)


def _ranges(items: Sequence[Any], names: Any) -> list[tuple[int, int]]:
    ranges = [value for kind, value in items if kind is names.RANGE]
    return [*ranges, *((value, value) for kind, value in items if kind is names.LITERAL)]


def _others(ranges: Sequence[tuple[int, int]]) -> Iterable[str]:
    """All characters but those in ranges."""
    at = 0
    for low, high in sorted(ranges):
        if at < low:
            yield _span(at, low - 1)
        at = max(at, high + 1)
    if at <= _LAST:
        yield _span(at, _LAST)


def _span(low: int, high: int) -> str:
    return _sign(low) if low == high else f"{_sign(low)}-{_sign(high)}"


def _sign(code: int) -> str:
    """A character as it is written in a class."""
    sign = chr(code)
    return sign if sign.isascii() and sign.isalnum() else rf"\U{code:08x}"
