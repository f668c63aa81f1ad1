"""Printed lines out of placed characters: what stands where on a page, as text.

Readers of page formats give characters with their places; a line is what shares a baseline.
Smaller, raised digits are footnote markers and become superscript digits. A blank line stands
where the distance between lines is larger than usual, which is how the UN sets paragraphs, and
a line that only the width of the page has broken goes on in the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from kg.read.content import raised, settled
from kg.read.glyphs import Glyph, in_reading_order, is_leftward

# Parts of a character's height: measured on the UN's own PDF files, markers are 0.65 of the
# text's height and stand 0.4 above its baseline; justified text has gaps up to 0.4.
_SMALL, _LEVEL, _RISE, _FAR = 0.85, 0.2, 0.8, 4.0
_NO_GAP, _GAP = 0.18, 0.12
# A number or letter before an item, behind which the item may stand far off.
_LABEL = 6
# The part of a page's height in which running heads and page numbers stand.
_HEAD, _FOOT = 0.12, 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line of a page: its text and its place; ``word`` is the width of its first word."""

    text: str
    left: float
    right: float
    base: float
    size: float
    word: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The lines of a page in reading order, and its height."""

    lines: tuple[PrintedLine, ...]
    height: float


@dataclass(slots=True)
class _Row:
    """A line being put together: glyphs that share a baseline."""

    base: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)
    last: Glyph | None = None

    def takes(self, glyph: Glyph) -> bool:
        """Whether a glyph stands on this line: on its baseline, raised above it or lowered."""
        rise, larger = glyph.base - self.base, max(glyph.size, self.size)
        if abs(rise) <= _LEVEL * larger:
            return True
        if self.last is None or _gap(self.last, glyph) > _FAR * larger:
            return False
        if glyph.size <= _SMALL * self.size:
            return -0.4 * self.size < rise < _RISE * self.size
        return self.size <= _SMALL * glyph.size and 0 < -rise < _RISE * glyph.size

    def add(self, glyph: Glyph) -> None:
        self.glyphs.append(glyph)
        if glyph.sign.isspace():
            return
        self.last = glyph
        if glyph.size > self.size / _SMALL:
            self.base = glyph.base
        self.size = max(self.size, glyph.size)

    def line(self) -> PrintedLine:
        seen = [glyph for glyph in self.glyphs if not glyph.sign.isspace()]
        return PrintedLine(
            text=self._text(),
            left=min(glyph.left for glyph in seen),
            right=max(glyph.right for glyph in seen),
            base=self.base,
            size=self.size,
            word=self._first_word(),
        )

    def _first_word(self) -> float:
        """The width of what cannot be broken at the start of the line."""
        word: list[Glyph] = []
        for glyph in self.glyphs:
            tied = glyph.sign in _TIES
            if word and ((glyph.sign.isspace() and not tied) or _wide(glyph.sign)):
                break
            if tied or not glyph.sign.isspace():
                word.append(glyph)
        return max(glyph.right for glyph in word) - min(glyph.left for glyph in word)

    def _text(self) -> str:
        out: list[str] = []
        before: Glyph | None = None
        spaces: list[Glyph] = []
        for glyph in in_reading_order(self.glyphs):
            if glyph.sign.isspace():
                spaces.append(glyph)
                continue
            marker = self._is_marker(glyph)
            if before and _gap(before, glyph) > _FAR * self.size and len(out) > _LABEL:
                out.append("\t")
            elif before and spaces and self._spaced(before, glyph, spaces, marker=marker):
                out.append(" ")
            out.append(raised(glyph.sign) if marker else glyph.sign)
            before, spaces = glyph, []
        return settled(_plain("".join(out)))

    def _is_marker(self, glyph: Glyph) -> bool:
        high = glyph.base - self.base > _LEVEL * self.size
        return high and glyph.size <= _SMALL * self.size

    def _spaced(
        self, before: Glyph, glyph: Glyph, spaces: Sequence[Glyph], *, marker: bool
    ) -> bool:
        """Whether a space is meant: readers put in some where a marker rises or letters part."""
        gap = _gap(before, glyph)
        if marker and raised(glyph.sign) != glyph.sign and not self._is_marker(before):
            return gap > self.size
        if all(space.sign == "\n" for space in spaces):
            return gap > _GAP * self.size and not (_wide(before.sign) and _wide(glyph.sign))
        return gap > _NO_GAP * self.size or not all(space.made for space in spaces)


def _gap(one: Glyph, other: Glyph) -> float:
    """The distance between two glyphs, whichever stands first on the line."""
    if other.left >= one.left:
        return max(other.left - one.right, 0.0)
    return max(one.left - other.right, 0.0)


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _plain(text: str) -> str:
    """Arabic letters in their plain forms: fonts name the shape that a place in a word gives."""
    return re.sub(
        r"[\ufb50-\ufdff\ufe70-\ufefc]", lambda m: unicodedata.normalize("NFKC", m[0]), text
    )


def page_of(glyphs: Iterable[Glyph], *, height: float) -> Page:
    """The lines of one page, top down; columns and tables stay as the file orders them.

    A line end that the reader put in counts only where the baseline really changes: a raised
    marker is no new line.

    >>> text = [Glyph(s, 9.0 * n, 9.0 * n + 8, 700.0, 10.0) for n, s in enumerate("Pact")]
    >>> note = Glyph("3", 36.0, 40.0, 704.0, 6.0)
    >>> [line.text for line in page_of([*text, note], height=792).lines]
    ['Pact³']
    """
    rows: list[_Row] = []
    waiting: list[Glyph] = []
    for glyph in glyphs:
        if glyph.sign.isspace():
            waiting.append(glyph)
            continue
        if not rows or not rows[-1].takes(glyph):
            rows.append(_Row(base=glyph.base, size=glyph.size))
            waiting = []
        for space in waiting:
            rows[-1].add(space)
        rows[-1].add(glyph)
        waiting = []
    return Page(lines=_in_order([row.line() for row in rows]), height=height)


def _in_order(lines: list[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Lines top down, unless many stand side by side: then they are columns or a table."""
    levels = Counter(round(line.base / 3) for line in lines)
    beside = sum(count - 1 for count in levels.values())
    if beside > len(lines) // 5:
        return tuple(lines)
    return tuple(sorted(lines, key=lambda line: (-round(line.base / 3), line.left)))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a document is set, for each size of letters: distance of lines, edges of the column."""

    leading: Mapping[int, float]
    left: Mapping[int, float]
    right: Mapping[int, float]

    def between(self, above: PrintedLine, line: PrintedLine, *, opens: bool) -> str:
        """What stands between two lines: a blank line, a line end, or what a wrapped line needs.

        ``opens`` tells that the line above opened its paragraph.
        """
        size, down = round(line.size), above.base - line.base
        if round(above.size) != size:
            return "\n\n" if not 0 <= down <= line.size else "\n"
        if down > 1.2 * self.leading.get(size, 1.45 * line.size) or down < -line.size:
            return "\n\n"
        if not self._is_full(above, line) or self._is_new(above, line, opens=opens):
            return "\n"
        return self._joint(above, line)

    def over(self, page: Page, following: Page) -> str:
        """What stands between two pages: a form feed, or nothing more than a wrapped line needs.

        A line goes over where no notes stand below it and it ends in the middle of a sentence.
        """
        if not page.lines or not following.lines:
            return "\n\f"
        above, line = page.lines[-1], following.lines[0]
        open_ended = above.text[-1].isalnum() or above.text[-1] in "、-" or line.text[0].islower()
        if round(above.size) != round(line.size) or not open_ended or _NOTE.match(line.text):
            return "\n\f"
        if not self._is_full(above, line) or _LISTED.match(line.text):
            return "\n\f"
        return self._joint(above, line)

    @staticmethod
    def _joint(above: PrintedLine, line: PrintedLine) -> str:
        bare = above.text[-1] == "-" or _wide(above.text[-1]) or _wide(line.text[0])
        return "" if bare else " "

    def _is_full(self, line: PrintedLine, following: PrintedLine) -> bool:
        """Whether the first word of the next line had no room left on this one."""
        if "\t" in line.text or "\t" in following.text:
            return False
        size = round(line.size)
        # No stop opens a line of Chinese: up to two characters may move to the next one.
        need = following.word + (1.5 if _wide(following.text[0]) else 0.2) * line.size
        if following.text[0].islower() and line.text[-1].isalnum():
            return True
        if is_leftward(line.text):
            return line.left - need < self.left.get(size, line.left) + 0.1 * line.size
        return line.right + need > self.right.get(size, line.right) - 0.1 * line.size

    def _is_new(self, above: PrintedLine, line: PrintedLine, *, opens: bool) -> bool:
        """Whether a line opens a paragraph: with a note's number, or set in from the one above."""
        if _NOTE.match(line.text):
            return True
        if above.text[-1] in _STOPS and _ITEM.match(line.text):
            return True
        leftward = is_leftward(line.text)
        inward = above.right - line.right if leftward else line.left - above.left
        return inward > line.size and not (opens and _LISTED.match(above.text))


_RULE = re.compile(r"[_‗—─-]{5,}")
_TIES = "\u00a0\u202f"
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,3}\s")
_STOPS = ".;:,،؛。；：，"
_ITEM = re.compile(r"\(?\w{1,3}[.)]\s|\d{1,3}\s?[-–]\s")
# A number or mark from which the lines of its paragraph hang.
_LISTED = re.compile(r"\W{0,2}\w{1,4}[.)]|[•–*⁰¹²³⁴-⁹-]")


def text_of(pages: Sequence[Page]) -> tuple[str, tuple[int, ...]]:
    """The text of pages and the offset at which each starts; a form feed stands between them.

    Lines that only the width of a page has broken are one line, also over the page's end.
    """
    pages = _with_whole_notes(_without_running_heads(pages))
    setting = _setting_of(pages)
    starts: list[int] = []
    text = ""
    before: Page | None = None
    for page in pages:
        if before is not None:
            text += setting.over(before, page)
        starts.append(len(text))
        text += _page_text(page.lines, setting)
        before = page
    return text + "\n", tuple(starts)


def _with_whole_notes(pages: Sequence[Page]) -> list[Page]:
    """Pages with the end of a note that the next page's foot holds moved up to its beginning."""
    whole = list(pages)
    for number, page in enumerate(whole[1:]):
        rules = [at for at, line in enumerate(page.lines) if _RULE.fullmatch(line.text)]
        foot = page.lines[rules[-1] + 1 :] if rules else ()
        rest = list(takewhile(lambda line: not _NOTE.match(line.text), foot))
        before = whole[number].lines
        if not rest or not before or round(before[-1].size) != round(rest[0].size):
            continue
        if any(_NOTE.match(line.text) for line in before[-12:]):
            step = 1.2 * rest[0].size
            moved = [replace(x, base=before[-1].base - n * step) for n, x in enumerate(rest, 1)]
            left = page.lines[: rules[-1]] if len(rest) == len(foot) else page.lines
            left = tuple(line for line in left if line not in rest)
            whole[number] = replace(whole[number], lines=(*before, *moved))
            whole[number + 1] = replace(page, lines=left)
    return whole


def _page_text(lines: Sequence[PrintedLine], setting: _Setting) -> str:
    out: list[str] = []
    opens = True
    for number, line in enumerate(lines):
        if number:
            out.append(setting.between(lines[number - 1], line, opens=opens))
            opens = "\n" in out[-1]
        out.append(line.text)
    return "".join(out)


def _setting_of(pages: Sequence[Page]) -> _Setting:
    """What most lines of a size have in common; the largest few are tables and titles."""
    lefts: dict[int, list[float]] = defaultdict(list)
    rights: dict[int, list[float]] = defaultdict(list)
    steps: dict[int, Counter[int]] = defaultdict(Counter)
    for page in pages:
        for line in page.lines:
            lefts[round(line.size)].append(line.left)
            rights[round(line.size)].append(line.right)
        for above, line in pairwise(page.lines):
            down = above.base - line.base
            if round(above.size) == round(line.size) and 0.5 * line.size < down < 3 * line.size:
                steps[round(line.size)][round(2 * down)] += 1
    return _Setting(
        leading={
            size: min(step for step, n in found.items() if n > max(1, found.total() / 20)) / 2
            for size, found in steps.items()
            if max(found.values()) > max(1, found.total() / 20)
        },
        left={size: sorted(found)[len(found) * 3 // 100] for size, found in lefts.items()},
        right={size: sorted(found)[-1 - len(found) * 3 // 100] for size, found in rights.items()},
    )


def _without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """Pages without the heads and feet that later pages repeat; the first keeps its own."""
    heads = Counter(text for page in pages[1:] for text in {_key(x) for x in _top(page)})
    feet = Counter(text for page in pages for text in {_digitless(x) for x in _bottom(page)})
    first = {_key(line) for line in pages[0].lines} if pages else set()
    kept: list[Page] = []
    for number, page in enumerate(pages):
        cut = _heads_of(page, first, heads) if number else 0
        left = [line for line in page.lines[cut:] if not _is_foot(line, page, feet)]
        kept.append(Page(lines=tuple(left), height=page.height))
    return kept


def _heads_of(page: Page, first: set[str], heads: Counter[str]) -> int:
    """How many lines at the top are running heads: known lines, set off from what follows."""
    count = 0
    for line in _top(page):
        if _key(line) not in first and heads[_key(line)] < 2:
            break
        count += 1
    if not 0 < count < len(page.lines):
        return count
    last, following = page.lines[count - 1], page.lines[count]
    return count if last.base - following.base > 1.5 * following.size else 0


def _is_foot(line: PrintedLine, page: Page, feet: Counter[str]) -> bool:
    return line in _bottom(page) and feet[_digitless(line)] > 1


def _top(page: Page) -> list[PrintedLine]:
    edge = page.height * (1 - _HEAD)
    return [line for line in page.lines[:5] if line.base > edge]


def _bottom(page: Page) -> list[PrintedLine]:
    """The lines of the foot that carry a number, as page and job numbers do."""
    edge = page.height * _FOOT
    low = [line for line in page.lines[-3:] if line.base < edge]
    return [line for line in low if re.search(r"\d", line.text) and len(line.text) < 60]


def _key(line: PrintedLine) -> str:
    return "".join(line.text.split())


def _digitless(line: PrintedLine) -> str:
    return re.sub(r"\d+", "0", _key(line))
