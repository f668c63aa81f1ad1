"""Stretches cut and put together: printed lines out of blocks, and blocks out of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.stretch import Stretch


def lines_in(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The printed lines of stretches: a block keeps the line ends it was joined at.

    >>> from kg.stretch import plain
    >>> [line.text for line in lines_in([plain("Cuba and\\nPeru: draft resolution")])]
    ['Cuba and', 'Peru: draft resolution']
    """
    for stretch in stretches:
        at = 0
        for line in stretch.text.split("\n"):
            bare = line.strip()
            if bare:
                start = at + line.index(bare)
                yield cut(stretch, start, start + len(bare))
            at += len(line) + 1


def cut(stretch: Stretch, start: int, end: int) -> Stretch:
    """A piece of a stretch as a stretch of its own."""
    return joined([stretch], spans=[(start, end)], between="")


def joined(
    stretches: Sequence[Stretch],
    *,
    spans: Sequence[tuple[int, int]] | None = None,
    between: str = "\n",
) -> Stretch:
    """Stretches (or a span of each) as one; what is put ``between`` them has no source.

    >>> from kg.stretch import plain
    >>> both = joined([plain("In favour:"), plain("Peru")])
    >>> both.text, both.span(11, 15)[:2]
    ('In favour:\\nPeru', (0, 4))
    """
    text, runs = "", []
    for number, stretch in enumerate(stretches):
        low, high = spans[number] if spans else (0, len(stretch.text))
        text += between if number else ""
        for clean, source, length in stretch.runs:
            start, end = max(low, clean), min(high, clean + length)
            if start < end:
                runs.append((len(text) + start - low, source + start - clean, end - start))
        text += stretch.text[low:high]
    return Stretch(text=text, runs=tuple(runs))


def offset_at(stretch: Stretch, source: int) -> int:
    """The first offset of a stretch that comes from a place in the source, or from behind it.

    >>> from kg.stretch import plain
    >>> offset_at(plain("In favour: Peru"), 11)
    11
    """
    for clean, start, length in stretch.runs:
        if start + length > source:
            return clean + max(0, source - start)
    return len(stretch.text)
