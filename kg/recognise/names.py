"""Finding the authority's names in text: longest first, white space and brackets aside.

Words are compared without the clitics and endings that the language's table names
(``word-clitic``, ``word-ending``), in names and text alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate
from unicodedata import normalize

from kg.authority import LabelKind, Scheme, load_authority
from kg.languages import Language, load_language
from kg.stretch import fold

FULL: tuple[LabelKind, ...] = ("preferred", "alternative", "formal", "former", "hidden")
ALL: tuple[LabelKind, ...] = (*FULL, "short")
# Left out of both names and text in languages written without spaces: the UN brackets a name
# or not (《联合国宪章》, 联合国宪章) and sets spaces around digits or not.
_UNSPACED = re.compile(r"[^\s《》〈〉“”‘’\"()·]+")
_TOKEN = re.compile(r"\w+|[^\w\s]+|(?<=\S)\s+(?=\S)")
# A word that loses all but this many letters is compared whole.
_STEM = 2


def _letters() -> dict[int, str]:
    """One letter for one: accents left out (Etats, États), letters and quotes that writers mix."""
    plain = {chr(code): normalize("NFD", chr(code)) for code in range(0xC0, 0x180)}
    folded = {letter: parts[0] for letter, parts in plain.items() if len(parts) == 2}
    arabic = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
    other = {"ё": "е", "Ё": "Е", "º": "o", "°": "o", **dict.fromkeys("“”„«»", '"')}
    return {ord(a): b for a, b in (folded | arabic | other).items()}


_LETTERS = _letters()
_ACCENTED = re.compile("[" + "".join(map(chr, _LETTERS)) + "]")
_LETTER_FOR = {chr(code): letter for code, letter in _LETTERS.items()}
_BLANK, _BLANKS = re.compile(r"\s"), re.compile(r"\s{2,}")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forms:
    """How names of a language are compared: ``clitic`` and ``ending`` are left out of words.

    ``clitic`` matches at a word's start (a group ``kept`` stays part of the printed name),
    ``ending`` at its end.
    """

    spaced: bool
    clitics: tuple[re.Pattern[str], ...] = ()
    endings: tuple[re.Pattern[str], ...] = ()

    @property
    def cut(self) -> bool:
        """Whether words lose anything before they are compared."""
        return bool(self.clitics or self.endings)

    def bare(self, word: str) -> tuple[int, int, int]:
        """Start and end of a word's stem, and where the printed name would start."""
        start = shown = 0
        end = len(word)
        clitic = next((m for p in self.clitics if (m := p.match(word))), None)
        if clitic and end - clitic.end() >= _STEM:
            start = clitic.end()
            kept = clitic.groupdict().get("kept")
            shown = clitic.start("kept") if kept else start
        ending = next((m for p in self.endings if (m := p.search(word, start))), None)
        if ending and ending.start() - start >= _STEM:
            end = ending.start()
        return start, end, shown


def forms_of(language: Language) -> Forms:
    """The forms of a language's table."""
    return _forms(language.code)


@cache
def _forms(code: str) -> Forms:
    language = load_language(code)
    return Forms(
        spaced=language.spaced,
        clitics=tuple(p.regex for p in language.all("word-clitic")),
        endings=tuple(p.regex for p in language.all("word-ending")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name found: its place in the text and the keys of what it may stand for."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeezed:
    """A text as names are compared, with the way back.

    ``runs`` are (offset in ``text``, length, offset in the source, where the printed word
    starts and where it ends in the source).
    """

    text: str
    runs: tuple[tuple[int, int, int, int, int], ...]
    starts: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Where a character of the squeezed text stands in the text."""
        begin, _, source, _, _ = self.runs[bisect_right(self.starts, offset) - 1]
        return source + offset - begin

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a name stands in the text: whole words, clitics before the first left out."""
        begin, _, source, shown, _ = self.runs[bisect_right(self.starts, start) - 1]
        low = shown if start == begin else source + start - begin
        begin, length, source, _, close = self.runs[bisect_right(self.starts, end - 1) - 1]
        return low, close if end == begin + length else source + end - begin


def squeeze(text: str, *, forms: Forms) -> Squeezed:
    """What names are compared by: forms folded, brackets and odd white space left out.

    >>> squeeze("《2030 年可持续发展议程》", forms=Forms(spaced=False)).text
    '2030年可持续发展议程'
    >>> squeeze("Côte  d’Ivoire", forms=Forms(spaced=True)).text
    "Cote d'Ivoire"
    """
    if len(text) > _REMEMBERED:
        return _squeezed(text, forms)
    return _remembered(text, forms)


def _squeezed(text: str, forms: Forms) -> Squeezed:
    folded = fold(text)
    if forms.spaced and not forms.cut:
        # Most paragraphs are whole as they stand: nothing in them is left out.
        plain = unaccented(folded)
        if plain == " ".join(plain.split()):
            runs = ((0, len(plain), 0, 0, len(plain)),) if plain else ()
            return Squeezed(text=plain, runs=runs, starts=(0,) if plain else ())
    return _pieced(folded, forms)


def unaccented(folded: str) -> str:
    """A folded text with the letters that names are compared by."""
    if folded.isascii():
        return folded
    return _ACCENTED.sub(lambda found: _LETTER_FOR[found[0]], folded)


def _pieced(folded: str, forms: Forms) -> Squeezed:
    runs: list[tuple[int, int, int, int, int]] = []
    parts: list[str] = []
    length = 0
    for part, source, shown, close in _parts(folded, forms):
        runs.append((length, len(part), source, shown, close))
        parts.append(part)
        length += len(part)
    return Squeezed(text="".join(parts), runs=tuple(runs), starts=tuple(run[0] for run in runs))


_bare = lru_cache(maxsize=50_000)(Forms.bare)
# One paragraph is looked through for names of several schemes, one name compared with many.
_REMEMBERED = 20_000
_remembered = lru_cache(maxsize=2048)(_squeezed)


def _parts(folded: str, forms: Forms) -> Iterator[tuple[str, int, int, int]]:
    """Pieces that are kept: their text, place, and the printed word's start and end."""
    if not forms.spaced:
        for found in _UNSPACED.finditer(folded):
            yield found[0], found.start(), found.start(), found.end()
        return
    plain = unaccented(folded)
    if not forms.cut:
        yield from _lines(plain)
        return
    for found in _TOKEN.finditer(plain):
        word, at = found[0], found.start()
        if word[0].isspace():
            yield " ", at, at, found.end()
        elif word[0].isalpha():
            start, end, shown = _bare(forms, word)
            yield word[start:end], at + start, at + shown, found.end()
        else:
            yield word, at, at, found.end()


def _lines(plain: str) -> Iterator[tuple[str, int, int, int]]:
    """Whole words as they stand: pieces are cut only where several blanks become one."""
    at = len(plain) - len(plain.lstrip())
    for found in _BLANKS.finditer(plain.rstrip(), at):
        blank = found.start()
        yield _BLANK.sub(" ", plain[at:blank]), at, at, blank
        yield " ", blank, blank, found.end()
        at = found.end()
    if last := plain[at:].rstrip():
        yield _BLANK.sub(" ", last), at, at, at + len(last)


class Finder:
    """Finds the names of one scheme in one language; made once, used for every text."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], *, forms: Forms) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        folded = _folded(names, forms)
        self.printed = tuple(names)
        self.forms = forms
        self.names = tuple(name for name in sorted(folded) if name)
        self.keys = tuple(tuple(sorted(folded[name])) for name in self.names)
        self._keys = dict(zip(self.names, self.keys, strict=True))
        self._automaton = AhoCorasick(self.names, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Named]:
        """The names in a text, left to right, none inside a longer one."""
        squeezed = squeeze(text, forms=self.forms)
        for index, start, end in self._automaton.find_matches_as_indexes(squeezed.text):
            if not self.forms.spaced or _whole_words(squeezed.text, start, end):
                low, high = squeezed.span(start, end)
                yield Named(start=low, end=high, keys=self.keys[index])

    @cached_property
    def by_end(self) -> Mapping[str, tuple[int, ...]]:
        """The places in ``names`` of those that end in the same two characters."""
        found: dict[str, list[int]] = {}
        for index, name in enumerate(self.names):
            found.setdefault(name[-2:], []).append(index)
        return {end: tuple(places) for end, places in found.items()}

    @cached_property
    def _lowered(self) -> tuple[str, tuple[int, ...]]:
        """All names in small letters, each between line ends, and where each begins."""
        lowered = [name.lower() for name in self.names]
        starts = accumulate((len(name) + 1 for name in lowered), initial=1)
        return "\n" + "\n".join(lowered) + "\n", tuple(starts)

    def holding(self, words: str) -> list[int]:
        """The places in ``names`` of those that hold words: "\\n" stands at start and end.

        >>> finder = Finder({"Paris Agreement": ("pa",)}, forms=Forms(spaced=True))
        >>> finder.holding("agreement\\n"), finder.holding("\\nagreement")
        ([0], [])
        """
        text, starts = self._lowered
        found = []
        at = text.find(words)
        while at >= 0:
            found.append(bisect_right(starts, at + (words[0] == "\n")) - 1)
            at = text.find(words, at + 1)
        return found

    def keys_of(self, name: str) -> tuple[str, ...]:
        """What a whole printed name stands for, nothing if it is no name."""
        return self._keys.get(squeeze(name, forms=self.forms).text, ())


def _folded(names: Mapping[str, tuple[str, ...]], forms: Forms) -> dict[str, set[str]]:
    folded: dict[str, set[str]] = {}
    for name, keys in names.items():
        folded.setdefault(squeeze(name, forms=forms).text, set()).update(keys)
    return folded


def _whole_words(text: str, start: int, end: int) -> bool:
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    return not (left.isalnum() or right.isalnum())


@cache
def finder(scheme: Scheme, language: str, *, kinds: tuple[LabelKind, ...] = FULL) -> Finder:
    """The finder of a scheme's names in a language."""
    table = load_language(language)
    names = load_authority().names(scheme, language, kinds=kinds)
    return Finder(_with_variants(names, table), forms=forms_of(table))


def _with_variants(
    names: Mapping[str, tuple[str, ...]], language: Language
) -> Mapping[str, tuple[str, ...]]:
    """The names, and what writers make of them ("name-variant"; its value parts the wordings)."""
    found = dict(names)
    for name, keys in names.items():
        for pattern in language.all("name-variant"):
            if pattern.regex.search(name):
                for wording in (pattern.value or "").split("|"):
                    found.setdefault(pattern.regex.sub(wording, name), keys)
    return found


def find_plain(names: Mapping[str, tuple[str, ...]], text: str, *, forms: Forms) -> Iterator[Named]:
    """What ``Finder.find`` gives, by one plain regular expression: its oracle in the tests."""
    folded = _folded(names, forms)
    words = sorted((name for name in folded if name), key=lambda name: (-len(name), name))
    squeezed = squeeze(text, forms=forms)
    for found in re.finditer("|".join(map(re.escape, words)) or r"(?!)", squeezed.text):
        if not forms.spaced or _whole_words(squeezed.text, found.start(), found.end()):
            low, high = squeezed.span(found.start(), found.end())
            yield Named(start=low, end=high, keys=tuple(sorted(folded[found[0]])))
