"""What conversion left in a text and nobody reads: mark-up and invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Span = tuple[int, int]

# Stars and underlines that set words apart; a star with blanks on both sides is a bullet.
_BOLD = re.compile(
    r"\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}|(?<!\w)__?(?=[^\W_])|(?<=[^\W_])__?(?!\w)"
)
# Converters to Markdown escape what would be its signs: 1\. or \[see annex\].
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINK = re.compile(r"!?\[(?P<text>[^\[\]\n]{1,80})\]\([^()\s]{0,200}\)")
_HEADING = re.compile(r"^(?:#{1,6}\s+|>\s+|!\[[^\]\n]{0,80}\]\([^()\s]{0,200}\)|```+)")
_TAG = re.compile(
    r"</?(?:br|b|i|em|strong|u|p|div|span)\s{0,3}/?>|<!--[^<>]{0,80}-->", re.IGNORECASE
)
# Soft hyphens, direction and zero-width marks, tatweel, vowel signs.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u0652\u0670]+"
)
# Accents that some converters set as characters of their own.
_ACCENT = re.compile("(?<=[^\\W\\d_])[\u0300-\u036f\u0653-\u0655]+")
# What stands under a page's bar code is furniture and has to be told by its stars.
_BARCODE = re.compile(r"\*\d{7,9}\*")
_SUSPECT = re.compile(
    "[*<_`#>\\\\\\[\u00ad\u0300-\u036f\u0640\u064b-\u0655\u0670\u200b-\u200f\u202a-\u2069\ufeff]"
)
# White space that conversion left: a second space, one before a comma or a full stop, one
# inside brackets. A small number set off on both sides may be a footnote marker and stays so.
_SURPLUS = re.compile(
    r"[^\S\n](?:(?<=[^\S\n]{2})[^\S\n]*"
    r"|(?<=\S[^\S\n])(?<!\s\d\s)(?<!\s\d\d\s)(?<!\s\d\d\d\s)(?=[,.](?:\s|$)|[)\]])"
    r"|(?<=[(\[][^\S\n])[^\S\n]*)"
)

_SURPLUS_SIGNS = ("  ", " ,", " .", " )", " ]", "( ", "[ ", "\t", "\r", "\v", "\f")
# The blanks that those do not hold.
_ODD_BLANK = re.compile(r"[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


def unread(words: str) -> list[Span]:
    """The spans of a line that are mark-up or cannot be seen.

    >>> unread("## **Recalling** its resolution")
    [(0, 3), (3, 5), (14, 16)]
    """
    spans = [m.span() for m in _SURPLUS.finditer(words)] if _may_hold_surplus(words) else []
    if not _SUSPECT.search(words) or _BARCODE.fullmatch(words):
        return spans
    spans += [m.span() for p in (_BOLD, _ESCAPE, _TAG, _INVISIBLE) for m in p.finditer(words)]
    spans += [m.span() for m in _ACCENT.finditer(words) if _composed(words, m.span())]
    heading = _HEADING.match(words)
    spans += [heading.span()] if heading else []
    for m in _LINK.finditer(words):
        spans += [(m.start(), m.start("text")), (m.end("text"), m.end())]
    return sorted(span for span in spans if span[0] < span[1])


def read(text: str, span: Span) -> str:
    """The characters of a span, its last letter with the accents that were cut behind it.

    >>> read("re\u0301solution", (0, 2))
    'ré'
    """
    piece, end = text[span[0] : span[1]], span[1]
    found = _ACCENT.match(text, end) if piece and text[end : end + 1] > "\u02ff" else None
    letter = _composed(text, found.span()) if found else None
    return piece[:-1] + letter if letter else piece


def _composed(text: str, accents: Span) -> str | None:
    """The one character that a letter and the accents behind it are, if they are one."""
    start, end = accents
    whole = unicodedata.normalize("NFC", text[start - 1 : end])
    return whole if len(whole) == 1 else None


def _may_hold_surplus(words: str) -> bool:
    """Whether the pattern can match: most lines are plain, and told so more quickly."""
    for sign in _SURPLUS_SIGNS:
        if sign in words:
            return True
    return not words.isascii() and _ODD_BLANK.search(words) is not None


def without(piece: Span, cuts: Iterable[Span]) -> list[Span]:
    """A piece with cuts (in order) left out of it.

    >>> without((0, 10), [(0, 2), (4, 6)])
    [(2, 4), (6, 10)]
    """
    kept, at = [], piece[0]
    for start, end in cuts:
        if start > at:
            kept.append((at, min(start, piece[1])))
        at = max(at, end)
    if at < piece[1]:
        kept.append((at, piece[1]))
    return kept
