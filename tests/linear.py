"""Whether any pattern of the language tables costs more than time in proportion to the text.

    python tests/linear.py [LANGUAGE …] [--size N] [--seconds S] [--examples N] [--loops]

Every pattern is searched in texts made to lead it astray: its examples over and over, the
beginnings of its examples before long runs of letters, digits, blanks, names and stops. Ten times
the text may cost fifteen times the time; what costs more is printed, and what runs out of time.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.languages import Pattern, available, load_language  # noqa: E402
from kg.stretch import fold  # noqa: E402

RUNS = (
    "a",
    "A",
    "1",
    " ",
    "Aa ",
    "aa ",
    "A, ",
    "1/1, ",
    "и ",
    "Аа ",
    "ال ",
    "会",
    "(",
    "“",
    '"',
    "а",
)
# What a loop that can be gone through in two ways takes twice the time for, each once more.
JOINTS = (
    ", and",
    " and",
    ", et",
    ", y",
    ", и",
    "، و",
    "、",
    ",",
    ", 1",
    "1",
    " ",
    " a",
    "(a)",
    "-a",
)
TURNS = 30
# Texts of this many seconds or less are too short to tell anything.
SHORT = 0.004
ALLOWED = 15.0


def texts(
    pattern: Pattern, size: int, *, examples: int = 4, blanks: int = 10**6
) -> Iterator[tuple[str, str]]:
    """What is likeliest to lead a pattern astray: a name and the text."""
    for example in pattern.examples[:examples]:
        plain = fold(re.sub("[«»⟦⟧]", "", example))
        yield f"{plain!r} repeated", (plain + " ") * (size // (len(plain) + 1))
        words = [found.end() for found in re.finditer(r"\w+\W*", plain)]
        for cut in sorted({words[0], words[len(words) // 2], len(plain)}) if words else ():
            for run in RUNS:
                if run.isascii() or not plain.isascii():
                    start = plain[:cut]
                    yield (
                        f"{start!r} + {run!r}…",
                        start + run * (min(size, blanks if run == " " else size) // len(run)),
                    )


def loops(pattern: Pattern, *, examples: int = 4) -> Iterator[tuple[str, str]]:
    """Short texts in which a few signs of an example, or a joint, come over and over."""
    for example in pattern.examples[:examples]:
        plain = fold(re.sub("[«»⟦⟧]", "", example))
        cuts = [found.start() for found in re.finditer(r"\b|(?<=\W)(?=\W)", plain)][:60]
        for place, cut in enumerate(cuts):
            pieces = {plain[cut:end] for end in cuts[place + 1 : place + 4]} | set(JOINTS)
            for piece in sorted(pieces):
                yield f"{plain[:cut]!r} + {piece!r}…", plain[:cut] + piece * TURNS + "!"


def seconds(regex: re.Pattern[str], text: str) -> float:
    """The processor's time of looking through a text once, whatever else the machine does."""
    start = time.thread_time()
    for _ in regex.finditer(text):
        pass
    return time.thread_time() - start


def doubling(pattern: Pattern, *, limit: float, examples: int = 4) -> Iterator[str]:
    """The first short text that a pattern does not come to the end of; stops there."""
    for name, text in loops(pattern, examples=examples):
        with timed(limit) as clock:
            seconds(pattern.regex, text)
        if clock.over:
            yield f"more than {limit} s for {len(text)} characters: {name}"
            return


def astray(pattern: Pattern, *, size: int, limit: float, examples: int = 4) -> Iterator[str]:
    """The texts that cost a pattern too much; stops at the first one."""
    sizes = (size // 100, size // 10, size)
    for same in zip(*(texts(pattern, n, examples=examples) for n in sizes), strict=True):
        (name, shorter), (_, short), (_, long) = same
        with timed(limit) as clock:
            took = seconds(pattern.regex, long)
        if clock.over:
            # Much work a sign is no growth: a tenth and a hundredth of the text tell.
            with timed(limit) as clock:
                took, short, long = seconds(pattern.regex, short), shorter, short
        if clock.over:
            yield f"more than {limit} s for a tenth: {name}"
            return
        if took > SHORT:
            before = seconds(pattern.regex, short)
            if took > ALLOWED * max(before, SHORT / 10):
                # Looked at again: something else may have come between.
                before = max(before, min(seconds(pattern.regex, short) for _ in range(3)))
                took = min([took, *(seconds(pattern.regex, long) for _ in range(2))])
            if took > ALLOWED * max(before, SHORT / 10):
                yield f"{before * 1000:.2f} ms → {took * 1000:.1f} ms: {name}"
                return


class timed:  # noqa: N801 (used as a statement)
    """Ends what runs longer than a limit; ``over`` tells that it did."""

    def __init__(self, limit: float) -> None:
        self.limit, self.over = limit, False

    def __enter__(self) -> timed:
        signal.signal(signal.SIGALRM, self._end)
        signal.setitimer(signal.ITIMER_REAL, self.limit)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        signal.setitimer(signal.ITIMER_REAL, 0)
        self.over = kind is TimeoutError
        return self.over

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError


def rows(code: str) -> Iterator[tuple[str, Pattern]]:
    """The patterns of a language, named by kind and number."""
    for kind, found in load_language(code).patterns.items():
        for number, pattern in enumerate(found, 1):
            yield f"{code} {kind} {number}", pattern


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("languages", nargs="*", default=available())
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--loops", action="store_true", help="only short texts that loop")
    parser.add_argument("--examples", type=int, default=4)
    options = parser.parse_args()
    bad = 0
    seen: set[str] = set()
    for code in options.languages or available():
        for name, pattern in rows(code):
            if pattern.regex.pattern in seen:
                continue
            seen.add(pattern.regex.pattern)
            search = partial(
                doubling if options.loops else partial(astray, size=options.size),
                limit=options.seconds,
                examples=options.examples,
            )
            for found in search(pattern):
                bad += 1
                print(f"{name}: {found}"[:260], flush=True)
    print(f"{len(seen)} patterns, {bad} cost more than in proportion")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
