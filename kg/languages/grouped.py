"""The same expression compiled with its alternatives in groups: "recall|reaffirm" as "re(?:…)".

The engine tries alternatives one by one, and a table lists verbs and nouns by the hundred. What
begins in the same character is tried together; the order of what can match at one place stays,
so the same is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_FEW = 64


def grouped(written: str, flags: int = 0) -> re.Pattern[str]:
    """An expression compiled; what it finds is what ``re.compile`` would make it find.

    >>> grouped("recall|note|reaffirm").fullmatch("reaffirm").span()
    (0, 8)
    """
    from re import _compiler, _constants, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(written, flags)
    lax = bool((flags | parsed.state.flags) & re.IGNORECASE)
    _Grouping(_constants, _parser.SubPattern).group(parsed, lax=lax)
    compiled: re.Pattern[str] = _compiler.compile(parsed, flags)
    return compiled


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Groups alternatives; ``names`` and ``make`` are what the parser calls its parts."""

    names: Any
    make: Any

    def group(self, parsed: Any, *, lax: bool) -> None:
        """Groups the alternatives of a sequence and of all inside it, in place.

        ``lax``: capitals and small letters count as the same.
        """
        names = self.names
        for index, (op, arg) in enumerate(parsed.data):
            if op is names.SUBPATTERN:
                self.group(arg[3], lax=lax or bool(arg[1] & re.IGNORECASE))
            elif op in (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT):
                self.group(arg[2], lax=lax)
            elif op in (names.ASSERT, names.ASSERT_NOT):
                self.group(arg[1], lax=lax)
            elif op is names.ATOMIC_GROUP:
                self.group(arg, lax=lax)
            elif op is names.BRANCH:
                parts = [self._joined(parts) for parts in self._alike(arg[1], lax=lax)]
                for part in parts:
                    self.group(part, lax=lax)
                parsed.data[index] = (op, (arg[0], parts))

    def _alike(self, parts: Iterable[Any], *, lax: bool) -> list[list[Any]]:
        """Alternatives that begin in the same part; none is moved past what may match too."""
        groups: list[tuple[frozenset[str] | None, list[Any]]] = []
        for part in self._flat(parts):
            signs = self._signs(part, lax=lax)
            for known, group in reversed(groups):
                if known is None or signs is None:
                    groups.append((signs, [part]))
                    break
                if known == signs and group[0].data[0] == part.data[0]:
                    group.append(part)
                    break
                if known & signs:
                    groups.append((signs, [part]))
                    break
            else:
                groups.append((signs, [part]))
        return [group for _, group in groups]

    def _flat(self, parts: Iterable[Any]) -> Iterator[Any]:
        """Alternatives, those of an alternative that is nothing else among them."""
        for part in parts:
            if len(part.data) == 1 and part.data[0][0] is self.names.BRANCH:
                yield from self._flat(part.data[0][1][1])
            else:
                yield part

    def _signs(self, part: Any, *, lax: bool) -> frozenset[str] | None:
        """The few characters that an alternative begins with, None if that is more."""
        if not part.data:
            return None
        op, arg = part.data[0]
        names = self.names
        if op is names.BRANCH:
            found = [self._signs(inner, lax=lax) for inner in arg[1]]
            return None if None in found else frozenset().union(*(f for f in found if f))
        if op is names.LITERAL:
            return frozenset((_same(arg, lax=lax),))
        if op is not names.IN:
            return None
        signs: set[str] = set()
        for kind, value in arg:
            low, high = value if kind is names.RANGE else (value, value)
            if kind not in (names.RANGE, names.LITERAL) or high - low > _FEW:
                return None
            signs.update(_same(code, lax=lax) for code in range(low, high + 1))
        return frozenset(signs)

    def _joined(self, parts: Sequence[Any]) -> Any:
        """Alternatives that begin alike as one: what they begin with, then how they go on."""
        if len(parts) == 1:
            return parts[0]
        state = parts[0].state
        rests = [self.make(state, part.data[1:]) for part in parts]
        return self.make(state, [parts[0].data[0], (self.names.BRANCH, (None, rests))])


def _same(code: int, *, lax: bool) -> str:
    """A character, or what stands for all that count as the same where case does not tell."""
    return chr(code).casefold().replace("ı", "i")[:1] if lax else chr(code)
