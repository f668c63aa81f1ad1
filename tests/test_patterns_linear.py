"""No pattern runs away on a text made to lead it astray (the long run is ``tests/linear.py``)."""

from __future__ import annotations

import re
import time

import pytest
from linear import loops, rows, texts, timed

from kg.languages import available

# No pattern may cost more than so many plain passes over a text of the same length, in one
# run; the slowest cost about 6,000 when this was written.
PASSES = 100_000
# Blanks come only where an aside in a list of actors was masked, which is never longer.
SIZE, BLANKS = 600, 300


def plain_pass() -> float:
    """Seconds of one pass of a simple expression, the best of some."""
    text = "words of " * (SIZE // 9)
    passes = []
    for _ in range(50):
        started = time.perf_counter()
        re.findall(r"\w+", text)
        passes.append(time.perf_counter() - started)
    return min(passes)


@pytest.mark.parametrize("code", available())
def test_no_pattern_runs_away(code: str) -> None:
    limit = PASSES * plain_pass()
    for name, pattern in rows(code):
        for told, text in texts(pattern, SIZE, examples=1, blanks=BLANKS):
            with timed(limit) as clock:
                for _ in pattern.finditer(text):
                    pass
            assert not clock.over, f"{name}: more than {PASSES} plain passes in {told}"


# Those that name symbols, numbers and lists of items, in which a loop could be gone through in
# two ways; ``tests/linear.py --loops`` looks at all patterns.
LOOPED = ("front", "own-symbol", "footnote", "unts")


@pytest.mark.parametrize("code", available())
def test_no_loop_can_be_gone_through_in_two_ways(code: str) -> None:
    limit = PASSES * plain_pass()
    for name, pattern in rows(code):
        for told, text in loops(pattern, examples=1) if pattern.kind in LOOPED else ():
            with timed(limit) as clock:
                for _ in pattern.finditer(text):
                    pass
            assert not clock.over, f"{name}: more than {PASSES} plain passes in {told}"
