"""What a text must hold for a pattern to be found in it: the literals that no match is without.

Most patterns of a table are found in few of the texts they are looked for in, and finding a
word is a hundred times quicker than failing at every character. The literals are read off the
parsed expression, so no table has to name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

from kg.languages.parsed import Expression, parsed

# Beyond these a set of literals costs more than it spares, or tells nothing.
_MOST, _SHORTEST, _SPELLINGS = 96, 3, 16
# Signs that few texts hold.
_RARE = '/(“”"«»„[《*'


def literals_of(regex: Expression) -> tuple[str, ...]:
    """Strings of which every match holds at least one; none where the expression names none.

    >>> literals_of(re.compile(r"(?:the )?(?:[Rr]eport|letters?) of"))
    ('Report', 'letter', 'report')
    >>> literals_of(re.compile(r"[0-9]+-[0-9]+"))
    ()
    """
    from re import _constants  # type: ignore[attr-defined]

    if regex.flags & re.IGNORECASE:
        return ()
    parts = parsed(regex)
    return tuple(sorted(_least(_required(parts, _constants) or ()), key=lambda s: (len(s), s)))


def needs_digit(regex: Expression) -> bool:
    """Whether every match holds a digit, or looks at one beside it.

    >>> needs_digit(re.compile(r"(?:No|no)\\.\\s?[0-9]+")), needs_digit(re.compile(r"part (?:1|I)"))
    (True, False)
    """
    from re import _constants  # type: ignore[attr-defined]

    return _holds_digit(parsed(regex), _constants)


def _holds_digit(parsed: Iterable[Any], names: Any) -> bool:
    return any(_is_digit(op, arg, names) for op, arg in parsed)


def _is_digit(op: Any, arg: Any, names: Any) -> bool:
    """Whether a part of an expression cannot do without a digit."""
    if op is names.LITERAL:
        return chr(arg).isdigit()
    if op is names.IN:
        return all(_only_digits(kind, value, names) for kind, value in arg)
    if op in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        return bool(arg[0]) and _holds_digit(arg[2], names)
    if op is names.BRANCH:
        return all(_holds_digit(part, names) for part in arg[1])
    inner = {names.SUBPATTERN: 3, names.ASSERT: 1}.get(op)
    if inner is not None:
        return _holds_digit(arg[inner], names)
    return op is names.ATOMIC_GROUP and _holds_digit(arg, names)


def _only_digits(kind: Any, value: Any, names: Any) -> bool:
    if kind is names.RANGE:
        return all(
            chr(code).isdigit() for code in range(value[0], min(value[1], value[0] + 9) + 1)
        ) and (value[1] - value[0] <= 9)
    if kind is names.CATEGORY:
        return bool(value is names.CATEGORY_DIGIT)
    return bool(kind is names.LITERAL and chr(value).isdigit())


def _least(literals: Iterable[str]) -> set[str]:
    """The literals without those that hold another of them."""
    kept: set[str] = set()
    for literal in sorted(literals, key=len):
        if not any(other in literal for other in kept):
            kept.add(literal)
    return kept


def _required(parsed: Iterable[Any], names: Any) -> frozenset[str] | None:
    """The best set of literals that a sequence cannot do without, None if there is none."""
    best: frozenset[str] | None = None
    run: list[str] = [""]
    for op, arg in parsed:
        spelt = _spelt(op, arg, names)
        grown = [a + b for a, b in product(run, spelt)] if spelt else []
        if spelt and len(grown) <= _SPELLINGS:
            run = grown
            continue
        best, run = _better(best, frozenset(run)), list(spelt or [""])
        if not spelt:
            best = _better(best, _inside(op, arg, names))
    return _better(best, frozenset(run))


def _spelt(op: Any, arg: Any, names: Any) -> list[str]:
    """The spellings of one character, where they are few."""
    if op is names.LITERAL:
        return [chr(arg)]
    if op is names.IN and all(kind is names.LITERAL for kind, _ in arg) and len(arg) <= 3:
        return [chr(code) for _, code in arg]
    return []


def _inside(op: Any, arg: Any, names: Any) -> frozenset[str] | None:
    """The literals of what has parts; what may be left out has none."""
    if op is names.SUBPATTERN:
        _, added, _, inner = arg
        return None if added & re.IGNORECASE else _required(inner, names)
    if op in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
        least, _, inner = arg
        return _required(inner, names) if least else None
    if op is names.ATOMIC_GROUP:
        return _required(arg, names)
    if op is names.BRANCH:
        parts = [_required(part, names) for part in arg[1]]
        if any(part is None for part in parts):
            return None
        return frozenset().union(*(part or frozenset() for part in parts))
    return None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Of two sets the one that tells more: longer literals, then fewer of them."""
    if other is None or len(other) > _MOST or min(map(_weight, other)) < _SHORTEST:
        return one
    if one is None:
        return other
    return max(one, other, key=lambda found: (min(min(map(_weight, found)), 6), -len(found)))


def _weight(literal: str) -> int:
    """How much a literal tells: a Chinese character counts two letters, a rare sign three."""
    return sum(3 if sign in _RARE else 1 + (sign >= "\u2e80") for sign in literal)
