"""A stretch: clean text of one paragraph, with the way back to the characters it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.model import Pieces

# One character for one, so that offsets stay true: full-width forms, odd spaces, digits of
# other scripts. Quotation marks and Chinese stops are left: patterns tell them apart.
_FOLD = str.maketrans(
    {
        "（": "(", "）": ")", "［": "[", "］": "]", "／": "/", "．": ".", "－": "-", "–": "-",
        "‑": "-", "‐": "-", "—": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
        "\u2007": " ", "\u3000": " ", "\t": " ", "\n": " ", "\f": " ", "：": ":", "’": "'",
    }
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {chr(0x0660 + digit): str(digit) for digit in range(10)}
    | {chr(0x06F0 + digit): str(digit) for digit in range(10)}
    | {chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)}
)  # fmt: skip
_ASCII_FOLD = {ord(blank): " " for blank in "\t\n\f"}
# Few characters of a text are folded, and looking up every one of them costs more.
_FOLDED = re.compile("[" + re.escape("".join(map(chr, _FOLD))) + "]")
_FOLDED_TO = {chr(code): sign for code, sign in _FOLD.items()}


# Cyrillic letters that look Latin. Typists mix the two: in a symbol (А/С.3/72/L.6), in a Roman
# session (1514 (ХV)) and as a part letter (53/243 А), but "53/243 В" before a word in small
# letters may be the preposition.
_ALIKE = str.maketrans("АВСЕНІКМОРТХУасеорху", "ABCEHIKMOPTXYaceopxy")
_CYRILLIC_FOR = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
# A Latin letter inside a Russian word (cсылаясь, Cовет) is a slip of the same kind.
_IN_WORD = re.compile(
    r"(?<![A-Za-z0-9])[ABCEHKMOPTXaceopxy](?=[а-яё]{2})|(?<=[а-яё])[aceopxy](?![A-Za-z0-9])"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_HAN_STOP = re.compile(r"[,;](?<=[\u4e00-\u9fff)》”].)")
_WIDE = str.maketrans(",;", "，；")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_MIXED = re.compile(
    r"(?P<symbol>(?<![\w/.])[A-ZАВСЕНІКМОРТХ]{1,6}"
    r"(?:/[A-Za-z0-9АВСЕНІКМОРТХасеорх.()\-]{1,20}){1,8}(?![\w/]))"
    r"|(?<=[0-9]|\s)\((?:E?S-)?[IVXLІХ]{1,8}\)"
    r"|[0-9]/[0-9]{1,4}\s?[АВСЕ](?:\s?(?:,|и|-)\s?[АВСЕ])*(?!\w|\s[а-яё]{3})"
    r"|(?<=[0-9]\s)[АВСЕ](?=\s?\()|(?<=[IVXLІХ]\))\s?[АВСЕ](?!\w|\s[а-яё]{3})"
)


def fold(text: str) -> str:
    """The text in the forms patterns are written in, one character for one.

    Cyrillic letters typed for Latin ones in symbols and numbers become Latin, Latin ones in
    Russian words Cyrillic; in Chinese, straight quotation marks that pair open and
    close, and narrow commas behind its characters are its own.

    >>> fold("（第７２/1号）："), fold("А/С.3/72/L.6")
    ('(第72/1号):', 'A/C.3/72/L.6')
    >>> fold("2200 А (ХХI) и/или 53/243 В связи")
    '2200 A (XXI) и/или 53/243 В связи'
    >>> fold('题为"发展权"的决议,')
    '题为“发展权”的决议，'
    >>> fold("cсылаясь на Cовет") == "ссылаясь на Совет"
    True
    """
    if text.isascii():
        return text.translate(_ASCII_FOLD) if not text.isprintable() else text
    text = _FOLDED.sub(lambda found: _FOLDED_TO[found[0]], text)
    if _HAN.search(text):
        text = _paired(text) if '"' in text else text
        text = _HAN_STOP.sub(lambda found: found[0].translate(_WIDE), text)
    if not _CYRILLIC.search(text):
        return text
    text = _IN_WORD.sub(lambda found: found[0].translate(_CYRILLIC_FOR), text)
    return _MIXED.sub(_latin, text)


def _paired(text: str) -> str:
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        return text
    marks = ("“" if index % 2 else "”" for index in range(1, len(pieces)))
    return pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))


def _latin(found: re.Match[str]) -> str:
    """A symbol or number in Latin letters; words with a stroke between (ООН/ВОЗ) stay."""
    printed = found[0].translate(_ALIKE)
    if found["symbol"] and (_CYRILLIC.search(printed) or not re.search("[0-9]", printed)):
        return found[0]
    return printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A footnote marker: its number, where it stood in the clean text, where in the source."""

    number: int
    at: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Clean text and, piece by piece, its place in the source.

    ``runs`` are triples (offset in ``text``, offset in the source, length).
    """

    text: str
    runs: tuple[tuple[int, int, int], ...]
    markers: tuple[Marker, ...] = ()

    @cached_property
    def folded(self) -> str:
        """The text with forms folded one to one, for patterns: "（" is "(", NBSP a space."""
        return fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [run[0] for run in self.runs]

    @property
    def start(self) -> int:
        """Where the stretch starts in the source."""
        return self.runs[0][1] if self.runs else 0

    @property
    def end(self) -> int:
        """Where the stretch ends in the source."""
        return self.runs[-1][1] + self.runs[-1][2] if self.runs else 0

    def place(self, offset: int) -> int:
        """The source offset of a character of ``text``."""
        clean, source, _ = self.runs[bisect_right(self._starts, offset) - 1]
        return source + offset - clean

    def span(self, start: int, end: int) -> tuple[int, int, Pieces]:
        """Source start, source end and, where something lies between, the pieces.

        Only what is more than mark-up counts as lying between: a gap that holds a line end.
        """
        pieces = list(self._pieces(start, end))
        whole = (pieces[0][0], pieces[-1][1])
        return (*whole, tuple(pieces) if len(pieces) > 1 else ())

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        index = bisect_right(self._starts, start) - 1
        while index < len(self.runs) and self.runs[index][0] < end:
            clean, source, length = self.runs[index]
            low, high = max(start, clean), min(end, clean + length)
            if low < high:
                yield source + low - clean, source + high - clean
            index += 1


def clean(text: str) -> str:
    """A printed name in one line: blanks and hard hyphens folded, none between Chinese signs.

    >>> clean("促进《联合国囚犯待遇 最低限度\\n标准规则》")
    '促进《联合国囚犯待遇最低限度标准规则》'
    """
    text = re.sub(r"\s+", " ", text.replace("\u2011", "-")).strip()
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", text)


def plain(text: str) -> Stretch:
    """A stretch of a text that stands alone: every character is its own source."""
    return Stretch(text=text, runs=((0, 0, len(text)),))
