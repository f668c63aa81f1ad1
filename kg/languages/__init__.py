"""The language tables: what a language's patterns are, with examples beside each.

A language is one TOML file in this folder; no code knows a language by name. Patterns are
verbose regular expressions in which ``{name}`` stands for a fragment of the same table (or of
``common.toml``). Each has examples, where ``«…»`` (or ``⟦…⟧``) marks what must match (the whole
example if unmarked), and counter-examples in which nothing may match; a test proves both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from kg.errors import LanguageError
from kg.languages.grouped import grouped
from kg.languages.guards import Guards
from kg.languages.literals import literals_of, needs_digit
from kg.languages.parsed import Written
from kg.languages.scanners import anchor_of, first_of, scanner_of
from kg.numerals import value_of
from kg.symbol import SYMBOL_PATTERN

_WHERE = {
    "anywhere": "{}",
    "whole": r"\A(?:{})\Z",
    "start": r"\A(?:{})",
    "end": r"(?:{})\Z",
}
_DIGIT = re.compile(r"[\d⁰¹²³⁴-⁹]")
CODES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One row of a table: what it finds (``kind``), how, and the proof that it does.

    A row says ``where`` it must match if not anywhere: the ``whole`` text, its ``start`` or
    its ``end``; that is compiled into the expression.
    """

    kind: str
    written: Written
    value: str | None
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression as ``re`` compiles it.

        Nothing is compiled before it is used: a document needs one language of six, and few
        of its patterns.
        """
        return re.compile(*self.written)

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """Strings of which every match holds one, none where the expression names none."""
        return literals_of(self.written)

    @cached_property
    def counted(self) -> bool:
        """Whether no match is without a digit."""
        return needs_digit(self.written)

    @cached_property
    def quick(self) -> re.Pattern[str]:
        """The expression as it is matched with: it finds the same, only quicker."""
        return grouped(*self.written)

    @cached_property
    def anchor(self) -> str:
        """Where alone a match can begin: the "text", a "line", or "" for anywhere."""
        return anchor_of(self.written)

    @cached_property
    def scanner(self) -> re.Pattern[str] | None:
        """What finds the places of matches quicker than the expression itself, if anything."""
        return scanner_of(self.written)

    @cached_property
    def beginning(self) -> re.Pattern[str] | None:
        """A class of characters in which every match begins, None if that may be any."""
        first = first_of(self.written)
        return re.compile(first) if first else None

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match at or after ``start``."""
        if not self.possible(text):
            return None
        if self.anchor and (self.anchor == "text" or "\n" not in text):
            return None if start else self.quick.match(text)
        if self.scanner is None:
            return self.quick.search(text, start)
        found = self.scanner.search(text, start)
        return self.quick.match(text, found.start()) if found else None

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every match in a text at or after ``start``."""
        return self.each(text, start) if self.possible(text) else iter(())

    def each(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every match in a text that holds what no match is without."""
        if self.anchor and (self.anchor == "text" or "\n" not in text):
            found = None if start else self.quick.match(text)
            return iter((found,) if found else ())
        scanner = self.scanner
        return self.quick.finditer(text, start) if scanner is None else self._scanned(text, start)

    def _scanned(self, text: str, start: int) -> Iterator[re.Match[str]]:
        assert self.scanner
        search, match = self.scanner.search, self.quick.match
        while place := search(text, start):
            found = match(text, place.start())
            assert found
            yield found
            start = found.end()

    def possible(self, text: str) -> bool:
        """Whether a text holds what no match is without."""
        # A loop: this is asked so often that a generator would cost more than it finds.
        for literal in self.needed:
            if literal in text:
                return not self.counted or has_digit(text)
        return False

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Strings of which a text holds one where there is a match: "" is in every text."""
        return self.literals or ("",)


def has_digit(text: str) -> bool:
    """Whether a text holds a digit, raised ones included."""
    return _holds_digit(text) if len(text) < _LONG else _DIGIT.search(text) is not None


# The same is asked for many patterns; what is long is not kept.
_LONG = 20_000


@lru_cache(maxsize=256)
def _holds_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language table, compiled.

    ``spaced``: words stand apart by spaces. ``date_side``: a resolution's date stands
    ``before`` or ``after`` its number. ``verbs`` maps each clause verb as printed to the
    sub-property of ``unkg:cites`` it means (or None), ``acts`` each request verb to its
    modality. ``words`` holds the table's plain lists. ``letters`` and ``sessions`` say what a
    symbol writes for the letters of parts and the marks of sessions that the language prints.
    ``guards`` tell which patterns a text can hold.
    """

    code: str
    name: str
    spaced: bool
    date_side: str
    patterns: Mapping[str, tuple[Pattern, ...]]
    verbs: Mapping[str, str | None]
    acts: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    numerals: Mapping[str, int]
    months: Mapping[str, int]
    letters: Mapping[str, str]
    sessions: Mapping[str, str]
    guards: Guards = field(repr=False, compare=False)

    def all(self, kind: str) -> tuple[Pattern, ...]:
        """The patterns of one kind in the order of the table, none if it has none."""
        return self.patterns.get(kind, ())

    def matches(self, kind: str, text: str) -> list[tuple[Pattern, re.Match[str]]]:
        """Every match of every pattern of the kind, pattern by pattern."""
        found: list[tuple[Pattern, re.Match[str]]] = []
        for pattern in self.guards.within(kind, text):
            found += [(pattern, match) for match in pattern.each(text)]
        return found

    def matches_from(
        self, kind: str, text: str, start: int
    ) -> Iterator[tuple[Pattern, re.Match[str]]]:
        """The first match of each pattern of the kind at or after ``start``."""
        for pattern in self.all(kind):
            found = pattern.search(text, start)
            if found:
                yield pattern, found

    def first(
        self, kind: str, text: str, *, at: int | None = None
    ) -> tuple[Pattern, re.Match[str]] | None:
        """The first pattern of the kind that is found in the text (that matches at ``at``)."""
        if at is None:
            for pattern in self.patterns.get(kind, ()):
                if found := pattern.search(text):
                    return pattern, found
            return None
        sign = text[at : at + 1]
        patterns = self.guards.openings.get((kind, sign))
        for pattern in self.guards.opening(kind, sign) if patterns is None else patterns:
            if found := pattern.quick.match(text, at):
                return pattern, found
        return None

    def number(self, text: str) -> int | None:
        """A number in digits or in the language's words, None where a word is no numeral.

        >>> load_language("en").number("seventy-second"), load_language("zh").number("七十二")
        (72, 72)
        >>> load_language("en").number("one hundred and first")
        101
        """
        value = value_of(text)
        if value is not None:
            return value
        words = re.findall(r"\w+", text.lower())
        values = [self.numerals[word] for word in words if word in self.numerals]
        if not words or len(values) < len(words):
            return None
        # The "one" of "one hundred and first" says what its hundred says.
        counts = zip(values, [*values[1:], 0], strict=True)
        return sum(0 if value == 1 and after == 100 else value for value, after in counts)

    def clause_of(self, verb: str | None) -> str | None:
        """The sub-property of ``unkg:cites`` a clause verb means, by the verb it ends in.

        >>> load_language("zh").clause_of("又重申"), load_language("zh").clause_of("深信")
        ('reaffirms', None)
        """
        if not verb:
            return None
        if verb in self.verbs:
            return self.verbs[verb]
        found = [word for word in self.verbs if word in verb]
        return self.verbs[max(found, key=len)] if found else None


def clause_of(verb: str | None, language: str) -> str | None:
    """The sub-property of ``unkg:cites`` that a verb of a language means, None if none."""
    return load_language(language).clause_of(verb) if language in available() else None


@cache
def available() -> tuple[str, ...]:
    """The codes of the languages that have a table."""
    folder = files(__package__)
    return tuple(code for code in CODES if folder.joinpath(f"{code}.toml").is_file())


@cache
def load_language(code: str) -> Language:
    """The table of a language by its ISO 639-1 code.

    Raises:
        LanguageError: there is no such table, or it is broken (the text says where).
    """
    if code not in available():
        known = ", ".join(available())
        raise LanguageError(f"no language table for {code!r}; there are tables for {known}")
    table = _read(code)
    fragments = {"symbol": SYMBOL_PATTERN} | _read("common")["fragments"] | table["fragments"]
    rows = [*_read("common")["patterns"], *table["patterns"]]
    patterns: dict[str, list[Pattern]] = {}
    for row in rows:
        pattern = _pattern(row, fragments, code)
        patterns.setdefault(pattern.kind, []).append(pattern)
    compiled = {kind: tuple(found) for kind, found in patterns.items()}
    return Language(
        code=code,
        name=table["name"],
        spaced=table["spaced"],
        date_side=table["date_side"],
        patterns=compiled,
        guards=Guards(compiled),
        verbs={w: row.get("clause") for row in table["verbs"] for w in row["words"]},
        acts={w: row["modality"] for row in table["acts"] for w in row["words"]},
        words={name: tuple(words) for name, words in table["words"].items()},
        numerals=table["numerals"],
        months=table["months"],
        letters=table.get("letters", {}),
        sessions=table.get("sessions", {}),
    )


def _read(code: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LanguageError(f"languages/{code}.toml: {error}") from error


def expand(regex: str, fragments: Mapping[str, str]) -> str:
    """A regular expression with its ``{name}`` fragments put in, each in a group of its own.

    >>> expand("{y}年", {"y": "[0-9]{4}"})
    '(?:[0-9]{4})年'
    """
    for _ in range(8):
        if not re.search(r"\{[a-z_]+\}", regex):
            return regex
        regex = re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{fragments[m[1]]})", regex)
    raise LanguageError(f"fragments refer to each other in a circle: {regex[:80]}")


# Text comes to the patterns without second blanks, but for numbers masked and, where an actor
# is named, asides: runs of blanks must not cost time.
_NUMBER, _ASIDE = 12, 150
_BLANKS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\s(?P<least>[+*])|\\.", re.DOTALL)


def bounded(regex: str, *, most: int = _NUMBER) -> str:
    """A regular expression in which white space is repeated so many times at most.

    >>> bounded(r"of\\s+the\\s*[\\s*]") == r"of\\s{1,12}the\\s{0,12}[\\s*]"
    True
    """
    counts = {"+": rf"\s{{1,{most}}}", "*": rf"\s{{0,{most}}}", None: ""}
    return _BLANKS.sub(lambda found: counts[found["least"]] or found[0], regex)


def _pattern(row: dict[str, Any], fragments: Mapping[str, str], code: str) -> Pattern:
    try:
        where = _WHERE[row.get("where", "anywhere")]
        most = _ASIDE if row["kind"].startswith("actor") else _NUMBER
        regex = bounded(expand(row["regex"], fragments), most=most)
        written = Written(where.format(regex), re.MULTILINE)
    except (KeyError, LanguageError) as error:
        raise LanguageError(f"languages/{code}.toml: pattern {row.get('kind')}: {error}") from error
    return Pattern(
        kind=row["kind"],
        written=written,
        value=row.get("value"),
        examples=tuple(row.get("examples", ())),
        counter_examples=tuple(row.get("counter_examples", ())),
    )
