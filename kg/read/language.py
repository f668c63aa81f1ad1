"""Which language a text is in, by its letters and its words.

What tells a language is in its table: the script of its verbs, its ``frequent`` words, verbs
and months. No language is named here, so a new table is all that a new language needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log

from kg.authority import load_authority
from kg.errors import LanguageError
from kg.languages import available, load_language

_SAMPLE = 20_000
# A stretch is judged by this many letters, and told to be foreign from twice as many on.
_CHUNK = 200
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_LETTERS = re.compile(r"[^\x00-\x7f\W\d_]+")
_NO_ASCII_LETTER = bytes(code for code in range(128) if not chr(code).isalpha())
# Characters of one script in a row are counted without looking at each.
_HAN = re.compile("[\u4e00-\u9fef]+")
_AT_WILL = re.compile(r"[\u0640\u064b-\u065f]+")
_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalpha() else " " for code in range(128)}
# The scripts that share characters with the one that names them.
_KANA = ("HIRAGANA", "KATAKANA")
# A Chinese character says about as much as three letters of an alphabet.
_WEIGHT = {"CJK": 3}
# The share of a long text that its language's words make up: measured on UN texts 0.25 and
# more; on texts in languages without a table 0.1 and less.
_ENOUGH, _ENOUGH_ALONE, _LONG = 0.14, 0.05, 40
_PROSE = 10
# The share of a title's letters, by threes, that its language's names must have somewhere.
_FAMILIAR = 0.6


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; of several, the one most of it is in.

    Raises:
        LanguageError: neither letters nor words tell, or the language has no table.

    >>> detect_language("Recalling its resolution 70/1 of 25 September 2015 and the report of")
    'en'
    """
    weights: Counter[str] = Counter()
    for code, start, end in _judged(text[: 5 * _SAMPLE]):
        if code:
            weights[code] += end - start
    first = _language_of(text[:_SAMPLE])
    if weights and (first is None or weights[first] < max(weights.values())):
        best = max(weights, key=lambda code: weights[code])
        # What a long text is in, most of its stretches are in.
        if 2 * weights[best] > min(len(text), 5 * _SAMPLE) or first is not None:
            return best
    if first is None:
        raise LanguageError(_unknown(text[:_SAMPLE]))
    return first


def foreign_parts(text: str, language: str) -> tuple[tuple[str, int, int], ...]:
    """The stretches that are in another language than ``language``: its code, start, end.

    Names and quotations of a line or two are no change of language.
    """
    found: list[tuple[str, int, int]] = []
    for code, start, end in _judged(text):
        if code in (None, language):
            continue
        if found and found[-1][0] == code and found[-1][2] == start:
            found[-1] = (code, found[-1][1], end)
        else:
            found.append((str(code), start, end))
    return tuple(part for part in found if part[2] - part[1] >= 2 * _CHUNK)


def _judged(text: str) -> Iterator[tuple[str | None, int, int]]:
    """The text in stretches of whole lines, each with its language where that is sure."""
    start = end = letters = 0
    for line in re.finditer(r"[^\n\f]*[\n\f]|[^\n\f]+$", text):
        end = line.end()
        letters += _letters_in(line[0]) * (3 if _is_wide(line[0]) else 1)
        if letters >= _CHUNK:
            yield _language_of(text[start:end], sure=True), start, end
            start, letters = end, 0


def _letters_in(line: str) -> int:
    plain = _ascii_letters(line)
    return plain if line.isascii() else plain + len("".join(_OTHER_LETTERS.findall(line)))


def _ascii_letters(text: str) -> int:
    return len(text.encode("ascii", "ignore").translate(None, _NO_ASCII_LETTER))


def _is_wide(line: str) -> bool:
    return not line.isascii() and _script_of(line[len(line) // 2]) == "CJK"


def _language_of(text: str, *, sure: bool = False) -> str | None:
    """The language of a text, None if nothing tells; ``sure`` asks for a clear lead."""
    scripts = _scripts(text)
    if not scripts:
        return None
    script = _main_script(scripts)
    if sure and scripts[script] < 0.7 * scripts.total():
        return None
    if script == "CJK" and sum(scripts[kana] for kana in _KANA) > scripts[script] / 20:
        return None
    codes = _written_in(script)
    if len(codes) == 1 and not load_language(codes[0]).spaced:
        return codes[0]
    words = _words(text)
    found = _best(words, codes, sure=sure)
    if found or sure or len(words) >= _LONG or _is_prose(text):
        return found
    return _by_shape(Counter(words), script)


def _is_prose(text: str) -> bool:
    """Whether a text has a sentence's words in small letters: some of them would be known."""
    words: list[str] = re.findall(r"[^\W\d_]+", text)
    return sum(word[0].islower() for word in words) >= _PROSE


def _best(words: Sequence[str], codes: Sequence[str], *, sure: bool) -> str | None:
    hits, scores = _counted(words, codes)
    ruled: Sequence[str] = codes
    if len(words) >= _LONG:
        enough = _ENOUGH if len(codes) > 1 else _ENOUGH_ALONE
        ruled = [c for c in codes if hits[c] >= enough * len(words) or not _has_words(c)]
    if len(ruled) == 1 and len(codes) == 1:
        return ruled[0]
    ranked = sorted(ruled, key=lambda code: -scores[code])
    if not ranked or not scores[ranked[0]]:
        return None
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if scores[ranked[0]] > (2 * second if sure else second) else None


def _has_words(code: str) -> bool:
    return bool(load_language(code).words.get("frequent"))


@cache
def _written_in(script: str) -> tuple[str, ...]:
    return tuple(code for code in available() if _table_script(code) == script)


def _counted(words: Iterable[str], codes: Iterable[str]) -> tuple[dict[str, int], dict[str, float]]:
    """How many words each language knows, and how much they speak for it.

    A word that several languages have says less.
    """
    hits, scores = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0.0)
    for speakers, count in Counter(filter(None, map(_speakers().get, words))).items():
        for code in speakers:
            if code in hits:
                hits[code] += count
                scores[code] += count / len(speakers)
    return hits, scores


def _words(text: str) -> list[str]:
    """The words in small letters, without marks that are written or left out at will."""
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    text = _AT_WILL.sub("", unicodedata.normalize("NFC", text))
    return _WORD.findall(text.lower())


def _scripts(text: str) -> Counter[str]:
    if text.isascii():
        letters = _letters_in(text)
        return Counter({"LATIN": letters} if letters else {})
    plain = _ascii_letters(text)
    counts: Counter[str] = Counter({"LATIN": plain} if plain else {})
    others = "".join(_OTHER_LETTERS.findall(text))
    rest = _HAN.sub("", others)
    if len(rest) < len(others):
        counts["CJK"] += (len(others) - len(rest)) * _WEIGHT["CJK"]
    for sign, count in Counter(rest).items():
        name = _script_of(sign)
        if name:
            counts[name] += count * _WEIGHT.get(name, 1)
    return counts


def _main_script(scripts: Counter[str]) -> str:
    """The script of a text; symbols and treaty names put Latin letters into every text."""
    others = {name: count for name, count in scripts.items() if name != "LATIN"}
    best = max(others, key=lambda name: others[name], default="LATIN")
    return best if others.get(best, 0) > scripts["LATIN"] / 2 else "LATIN"


@lru_cache(maxsize=8192)
def _script_of(sign: str) -> str:
    return unicodedata.name(sign, "").split(" ")[0] if sign.isalpha() else ""


@cache
def _table_script(code: str) -> str:
    """The script a language is written in: that of the verbs in its table."""
    return _scripts("".join(load_language(code).verbs)).most_common(1)[0][0]


@cache
def _vocabularies() -> Mapping[str, frozenset[str]]:
    """The words each table knows its language by."""
    return {code: frozenset(_words(" ".join(_listed(code)))) for code in available()}


@cache
def _speakers() -> Mapping[str, tuple[str, ...]]:
    """The languages that know each word, in one order."""
    found: dict[str, list[str]] = {}
    for code, words in _vocabularies().items():
        for word in words:
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


def _listed(code: str) -> Iterator[str]:
    table = load_language(code)
    yield from table.words.get("frequent", ())
    for words in (table.verbs, table.acts, table.months, table.numerals):
        yield from words


def _by_shape(words: Counter[str], script: str) -> str | None:
    """The language of a title or a list of names, by the letters that its words are made of.

    Compared with the words of the tables and the names in the authority, three letters at a
    time (Cavnar and Trenkle, 1994); None where too little looks like any language.
    """
    parts = Counter(part for word, n in words.items() for part in _thirds(word) * n)
    scores: dict[str, float] = {}
    for code in available():
        shapes = _shapes()[code]
        seen = sum(n for part, n in parts.items() if shapes[part])
        if _table_script(code) == script and seen >= _FAMILIAR * parts.total():
            total = shapes.total()
            scores[code] = sum(n * log((shapes[part] + 0.5) / total) for part, n in parts.items())
    return max(scores, key=lambda code: scores[code], default=None)


def _thirds(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


@cache
def _shapes() -> Mapping[str, Counter[str]]:
    """How often three letters stand side by side in each language's words and names."""
    shapes: dict[str, Counter[str]] = {code: Counter() for code in available()}
    authority = load_authority()
    for scheme in (authority.states, authority.organs, authority.instruments, authority.actors):
        for entity in scheme.values():
            for label in entity.labels:
                if label.language in shapes:
                    for word in _words(label.text):
                        shapes[label.language].update(_thirds(word))
    for code, words in _vocabularies().items():
        for word in words:
            shapes[code].update(_thirds(word))
    return shapes


def _unknown(text: str) -> str:
    scripts = _scripts(text)
    tables = ", ".join(available())
    if not scripts:
        return f"holds no words, so its language cannot be told; name it with --language ({tables})"
    script = _main_script(scripts)
    seen = "Chinese" if script == "CJK" else script.capitalize()
    if any(scripts[kana] for kana in _KANA):
        seen = "Japanese"
    if all(_table_script(code) != script for code in available()):
        return f"is in {seen} letters, and there are tables for {tables} only"
    return (
        f"is in {seen} letters but in no language that is known; name it with --language ({tables})"
    )
