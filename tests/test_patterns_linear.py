"""No pattern runs away on a text made to lead it astray (the long run is ``tests/linear.py``)."""

from __future__ import annotations

import time

import pytest
from linear import rows, texts, timed

from kg.languages import available

# A slow machine under load takes a tenth of this for the slowest pattern that is in proportion.
LIMIT = 3.0
# Blanks come only where an aside in a list of actors was masked, which is never longer.
SIZE, BLANKS = 600, 300


@pytest.mark.parametrize("code", available())
def test_no_pattern_runs_away(code: str) -> None:
    started = time.perf_counter()
    for name, pattern in rows(code):
        for told, text in texts(pattern, SIZE, examples=1, blanks=BLANKS):
            with timed(LIMIT) as clock:
                for _ in pattern.finditer(text):
                    pass
            assert not clock.over, f"{name}: more than {LIMIT} s in {told}"
    assert time.perf_counter() - started < 120
