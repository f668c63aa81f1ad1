"""An expression and what it parses to: read once, whatever is read off it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from kg.errors import LanguageError


class Expression(Protocol):
    """What a compiled expression and one that is only written have in common."""

    @property
    def pattern(self) -> str:
        """The expression as it is written."""

    @property
    def flags(self) -> int:
        """The flags of ``re`` that it is read with."""


class Written(NamedTuple):
    """An expression that is not compiled: most of a table is never used in one run."""

    pattern: str
    flags: int


def parsed(expression: Expression) -> Any:
    """The parts of an expression, as ``re`` reads them; not to be changed.

    Raises:
        LanguageError: it is no expression.
    """
    return _parsed(expression.pattern, int(expression.flags))


# Beside one another several things are read off an expression, then nothing any more.
@lru_cache(maxsize=64)
def _parsed(written: str, flags: int) -> Any:
    from re import _parser  # type: ignore[attr-defined]

    try:
        return _parser.parse(written, flags)
    except re.error as error:
        raise LanguageError(f"pattern {written[:80]}: {error}") from error
