"""Numbers as documents write them: digits of any script, superscripts, Chinese, Roman."""

from __future__ import annotations

import re
import unicodedata

_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ROMAN = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90),
    ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip


# No number that the UN prints has more digits; what has is a row of digits.
_LONGEST = 20


def value_of(text: str) -> int | None:
    """The number a text writes, None if it writes none.

    >>> value_of("72"), value_of("七十二"), value_of("¹²"), value_of("XXI"), value_of("٧٢")
    (72, 72, 12, 21, 72)
    >>> value_of("大会") is None
    True
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if len(folded) > _LONGEST:
        return None
    if re.fullmatch(r"\d+", folded):
        return int(folded)
    if folded and all(c in _HAN or c in "十百" for c in folded):
        return _han(folded)
    if re.fullmatch(r"[IVXLCDM]+", folded):
        value = _from_roman(folded)
        return value if roman(value) == folded else None
    return None


def _han(text: str) -> int:
    if not re.search("[十百]", text):
        return int("".join(str(_HAN[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _HAN[c]
    return total + digit


def _from_roman(text: str) -> int:
    values = dict(_ROMAN)
    digits = [values[c] for c in text]
    return sum(
        -digit if i + 1 < len(digits) and digit < digits[i + 1] else digit
        for i, digit in enumerate(digits)
    )


def roman(value: int) -> str:
    """A positive number in Roman numerals.

    >>> roman(4), roman(21)
    ('IV', 'XXI')
    """
    out = ""
    for letters, worth in _ROMAN:
        while value >= worth:
            out += letters
            value -= worth
    return out
