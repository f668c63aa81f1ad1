"""Names of instruments in text: bracketed, known to the authority, collective, or bare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.languages import Language
from kg.recognise.names import FULL, finder
from kg.stretch import Stretch

Form = Literal["name", "known", "collective", "bare"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFound:
    """An instrument's name in a stretch.

    ``core`` is the name itself and ``short`` the short form in parentheses behind it;
    ``outer`` tells that it stands inside a longer name, ``of_previous`` that the words before
    make it a part of the instrument named last.
    """

    start: int
    end: int
    core: str
    short: str | None = None
    form: Form = "name"
    outer: Span | None = None
    of_previous: bool = False
    older: bool = False


def names_in(stretch: Stretch, language: Language) -> list[NameFound]:
    """The instrument names in a stretch, in printed order.

    Names inside the quoted title of a cited document, and names that go on as the name of a
    body (缔约方会议), are none.
    """
    text = stretch.folded
    titles = [found.span() for _, found in language.matches("cited-title", text)]
    found = [*_bracketed(stretch, language), *_quoted(stretch, language)]
    found += [name for name in _known(stretch, language) if not _within(name, _spans(found))]
    found += [*_nested(stretch, language), *_collective(stretch, language)]
    found += [name for name in _bare(stretch, language) if not _within(name, _spans(found))]
    kept = [name for name in found if not _inside(name, titles)]
    return sorted(kept, key=lambda name: (name.start, -name.end))


def _spans(names: Sequence[NameFound]) -> list[Span]:
    return [(name.start, name.end) for name in names]


def _inside(name: NameFound, spans: Sequence[Span]) -> bool:
    return any(start <= name.start and name.end <= end for start, end in spans)


def _within(name: NameFound, spans: Sequence[Span]) -> bool:
    """Whether a name lies in one of the spans, the brackets around it aside."""
    return any(start <= name.start and name.end <= end for start, end in spans)


def _body(text: str, end: int, language: Language, *, bare: bool) -> bool:
    """Whether the words behind a name make it the name of a body."""
    for pattern in language.all("instrument-body"):
        if (bare or pattern.value == "always") and pattern.regex.match(text[end : end + 40]):
            return True
    return False


def _bracketed(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    text = stretch.folded
    for _, found in language.matches("instrument-name", text):
        core = found["core"]
        known = bool(_keys(core, language))
        if not (known or _headed(core, language)) or _body(text, found.end(), language, bare=False):
            continue
        before = text[max(0, found.start() - 24) : found.start()]
        yield NameFound(
            start=found.start(),
            end=found.end(),
            core=core,
            short=found["short"],
            of_previous=language.first("instrument-of", before) is not None,
            older=language.first("instrument-older", before) is not None,
        )


def _keys(name: str, language: Language) -> tuple[str, ...]:
    known = finder("instrument", language.code, spaced=language.spaced, kinds=FULL)
    return known.keys_of(name)


def _headed(core: str, language: Language) -> bool:
    """Whether a name ends in a noun that makes it an instrument (公约, 规则)."""
    bare = core.rstrip("》〉”\"'» ")
    if language.first("instrument-not", bare):
        return False
    return language.first("instrument-head", bare) is not None


def _known(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    text = stretch.folded
    known = finder("instrument", language.code, spaced=language.spaced, kinds=FULL)
    for name in known.find(text):
        if _body(text, name.end, language, bare=True):
            continue
        before = text[max(0, name.start - 48) : name.start]
        if language.first("instrument-body-before", before):
            continue
        yield NameFound(
            start=name.start,
            end=name.end,
            core=text[name.start : name.end],
            form="known",
            of_previous=language.first("instrument-of", before) is not None,
            older=language.first("instrument-older", before) is not None,
        )


def _quoted(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    for _, found in language.matches("instrument-quoted", stretch.folded):
        yield NameFound(start=found.start("name"), end=found.end("name"), core=found["name"])
    for _, found in language.matches("instrument-subject", stretch.folded):
        end = found.end()
        noted = any(end <= marker.at <= end + 2 for marker in stretch.markers)
        if noted or _keys(found[0], language):
            yield NameFound(start=found.start(), end=end, core=found[0])


def _nested(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    for _, outer in language.matches("instrument-name", stretch.folded):
        for _, found in language.matches("instrument-nested", outer[0]):
            start, end = outer.start() + found.start("name"), outer.start() + found.end("name")
            yield NameFound(start=start, end=end, core=found["name"].strip(), outer=outer.span())


def _collective(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    for _, found in language.matches("instrument-collective", stretch.folded):
        start, end = found.span("name")
        if not _body(stretch.folded, end, language, bare=False):
            yield NameFound(start=start, end=end, core=found["name"], form="collective")


def _bare(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    for _, found in language.matches("instrument-bare", stretch.folded):
        start, end = found.span("name")
        yield NameFound(start=start, end=end, core=found["name"], form="bare")
