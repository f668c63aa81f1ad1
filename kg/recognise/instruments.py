"""Names of instruments in text: bracketed, known to the authority, of a title's shape, or short.

A name the authority knows and a name of a title's shape (``instrument-titled``) may overlap;
``_settled`` says which of them the text means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.languages import Language
from kg.recognise.misspelt import misspelt_in
from kg.recognise.names import FULL, finder
from kg.stretch import Stretch

Form = Literal["name", "known", "titled", "collective", "child", "part", "bare"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFound:
    """An instrument's name in a stretch.

    ``core`` is the name itself and ``short`` the short form in parentheses behind it;
    ``outer`` tells that it stands inside a longer name, ``of_previous`` that the words before
    make it a part of the instrument named last, ``quoted`` that it stands in the quoted title
    of a cited document: named, but no mention.
    """

    start: int
    end: int
    core: str
    short: str | None = None
    form: Form = "name"
    outer: Span | None = None
    of_previous: bool = False
    older: bool = False
    quoted: bool = False


def names_in(stretch: Stretch, language: Language) -> list[NameFound]:
    """The instrument names in a stretch, in printed order.

    Names inside the quoted title of a cited document are marked; names that go on as the name
    of a body (缔约方会议) are none.
    """
    text = stretch.folded
    titles = [found.span() for _, found in language.matches("cited-title", text)]
    found = [*_bracketed(stretch, language), *_quoted(stretch, language)]
    marked_off = _spans(found)
    names = [name for name in _known(text, language) if not _within(name, marked_off)]
    pairs = [name for name in names if name.core.startswith("《")]
    found = [name for name in found if not _within(name, _spans(pairs))]
    known = _outermost(names)
    joined, lists = _joined(text, language)
    lists += _spans(found)
    titled = [name for name in _titled(text, language) if not _across(name, lists)]
    found += _outermost(_settled(text, known, titled, language))
    found = _without(found, nested := [*_nested(stretch, language), *_inner(text, found, language)])
    found += nested
    found += _collective(text, language)
    found += _kept(found, iter(joined))
    found += _kept(found, _listed(text, language, "instrument-child", "child"))
    found += _kept(found, _listed(text, language, "instrument-part", "part"))
    found += _kept(found, _listed(text, language, "instrument-bare", "bare"))
    marked = [replace(name, quoted=True) if _within(name, titles) else name for name in found]
    return sorted(marked, key=lambda name: (name.start, -name.end))


def _spans(names: Sequence[NameFound]) -> list[Span]:
    return [(name.start, name.end) for name in names]


def _within(name: NameFound, spans: Sequence[Span]) -> bool:
    """Whether a name lies in one of the spans."""
    return any(start <= name.start and name.end <= end for start, end in spans)


def _across(name: NameFound, spans: Sequence[Span]) -> bool:
    """Whether a name shares a character with one of the spans."""
    return any(start < name.end and name.start < end for start, end in spans)


def _kept(found: Sequence[NameFound], names: Iterator[NameFound]) -> list[NameFound]:
    """The names that touch none found before, the longest of those that touch each other."""
    kept: list[NameFound] = []
    ordered = sorted(names, key=lambda name: (name.start, -name.end))
    spans = _spans(found) if ordered else []
    for name in ordered:
        if not _across(name, spans):
            kept.append(name)
            spans.append((name.start, name.end))
    return kept


def _without(found: Sequence[NameFound], nested: Sequence[NameFound]) -> list[NameFound]:
    """The names that are not read as nested ones too."""
    spans = set(_spans(nested))
    return [name for name in found if (name.start, name.end) not in spans]


def _outermost(names: Iterable[NameFound]) -> list[NameFound]:
    """The names without those in the parentheses of another's short form."""
    kept: list[NameFound] = []
    for name in sorted(names, key=lambda name: (name.start, -name.end)):
        if name.outer or not (kept and kept[-1].short and name.end <= kept[-1].end):
            kept.append(name)
    return kept


def _body(text: str, end: int, language: Language, *, bare: bool) -> bool:
    """Whether the words behind a name make it the name of a body."""
    for pattern in language.all("instrument-body"):
        if (bare or pattern.value == "always") and pattern.quick.match(text[end : end + 40]):
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
    known = finder("instrument", language.code, kinds=FULL)
    return known.keys_of(name)


def _headed(core: str, language: Language) -> bool:
    """Whether a name ends in a noun that makes it an instrument (公约, 规则)."""
    bare = core.rstrip("》〉”\"'» ")
    if language.first("instrument-not", bare):
        return False
    return language.first("instrument-head", bare) is not None


def _known(text: str, language: Language) -> Iterator[NameFound]:
    known = finder("instrument", language.code, kinds=FULL)
    slips = list(misspelt_in(text, language.code, known)) if language.spaced else []
    found = [_bracketed_whole(text, name.start, name.end) for name in known.find(text)]
    slips = [s for s in slips if not any(_parted(s.start, s.end, *span) for span in found)]
    for start, end in found:
        inside = any(slip.start <= start and end <= slip.end for slip in slips)
        if not inside and not _of_body(text, start, end, language):
            yield _named(text, start, end, "known", language)
    for slip in slips:
        if not _of_body(text, slip.start, slip.end, language):
            yield replace(_named(text, slip.start, slip.end, "known", language), core=slip.name)


def _parted(start: int, end: int, other: int, close: int) -> bool:
    """Whether a second place shares something with the first and is not all inside it."""
    return (
        other < end
        and start < close
        and not (start <= other and close <= end and end - start > close - other)
    )


def _bracketed_whole(text: str, start: int, end: int) -> Span:
    """A name with the brackets open before and closed behind it (《北京宣言》和《行动纲要》)."""
    inner = text[start:end]
    opens = text[start - 1 : start] == "《" and 0 <= inner.find("》") < inner.find("《")
    return (start - 1, end + (text[end : end + 1] == "》")) if opens else (start, end)


def _of_body(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the words around a bare name make it part of the name of a body or a meeting."""
    if _body(text, end + (text[end : end + 1] == "》"), language, bare=True):
        return True
    before = text[max(0, start - 120) : start]
    return language.first("instrument-body-before", before) is not None


def _named(text: str, start: int, end: int, form: Form, language: Language) -> NameFound:
    """A name that stands without brackets, the short form behind it included."""
    before = text[max(0, start - 48) : start]
    after = language.first("instrument-short", text[end : end + 120])
    return NameFound(
        start=start,
        end=end + after[1].end() if after else end,
        core=text[start:end],
        short=after[1]["short"] if after else None,
        form=form,
        of_previous=language.first("instrument-of", before) is not None,
        older=language.first("instrument-older", before) is not None,
    )


def _titled(
    text: str, language: Language, *, at: int = 0, to: int | None = None
) -> Iterator[NameFound]:
    """Names of a title's shape between two offsets, the longest where patterns overlap."""
    searched = text if to is None else text[:to]
    spans = [
        found.span("name")
        for pattern in language.guards.within("instrument-titled", searched)
        for found in pattern.each(searched, at)
    ]
    yield from _longest(text, spans, language)


def _longest(text: str, spans: Sequence[Span], language: Language) -> Iterator[NameFound]:
    end = 0
    for start, close in sorted(spans, key=lambda span: (span[0], -span[1])):
        if language.first("instrument-veto", text[start:close]):
            continue
        if start >= end and not _of_body(text, start, close, language):
            yield _named(text, start, close, "titled", language)
        end = max(end, close)


def _settled(
    text: str, known: Sequence[NameFound], titled: Sequence[NameFound], language: Language
) -> Iterator[NameFound]:
    """Known names and names of a title's shape, one for each place.

    A name that begins as a known one and goes on is the known one, unless what follows makes
    it another ("instrument-extends"). A name that begins earlier is another instrument
    (Inter-American Convention against Corruption), unless the words before are only a prefix
    ("instrument-prefix"); the known name inside counts too where it is the subject
    ("instrument-within").
    """
    dropped: list[Span] = []
    for title in titled:
        inner = [name for name in known if _across(name, [(title.start, title.end)])]
        first = inner[0] if inner else None
        if first is None:
            yield title
        elif _is_other(text, title, first, language):
            yield title
            span = (title.start, title.end)
            dropped += [(name.start, name.end) for name in inner]
            for name in inner:
                lead = text[title.start : name.start]
                if name.start > title.start and language.first("instrument-within", lead):
                    yield replace(name, outer=span)
        elif first.end < title.end:
            more = _titled(text, language, at=first.end, to=title.end)
            yield from _kept(known, more)
    yield from (name for name in known if (name.start, name.end) not in dropped)


def _is_other(text: str, title: NameFound, known: NameFound, language: Language) -> bool:
    if known.start > title.start:
        prefix = language.first("instrument-prefix", text[title.start : known.start])
        return prefix is None or known.end < title.end
    if known.start < title.start or known.end >= title.end:
        return False
    return language.first("instrument-extends", text[known.end : title.end]) is not None


def _quoted(stretch: Stretch, language: Language) -> Iterator[NameFound]:
    for _, found in language.matches("instrument-quoted", stretch.folded):
        start, end = found.span("name")
        short = found.groupdict().get("short")
        yield NameFound(start=start, end=end, core=found["name"], short=short)
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


def _inner(text: str, names: Sequence[NameFound], language: Language) -> Iterator[NameFound]:
    """The instruments that change the one whose name they stand in or follow.

    "The 1961 Convention as amended by the 1972 Protocol", with or without a comma.
    """
    nested = list(language.matches("instrument-nested", text))
    for name in names:
        if name.form not in ("known", "titled"):
            continue
        for _, found in nested:
            inside = name.start <= found.start() and found.end() <= name.end
            if inside or _joins(text, name.end, found.start()):
                start, end = found.span("name")
                span = (name.start, name.end)
                yield NameFound(start=start, end=end, core=found["name"].strip(), outer=span)


def _joins(text: str, end: int, start: int) -> bool:
    """Whether nothing parts a name from the phrase behind it but white space or a comma."""
    return end <= start and not text[end:start].strip(" ,،(")


def _collective(text: str, language: Language) -> Iterator[NameFound]:
    taken: set[int] = set()
    for _, found in language.matches("instrument-collective", text):
        start, end = found.span("name")
        if start not in taken and not _body(text, end, language, bare=False):
            taken.add(start)
            yield NameFound(start=start, end=end, core=found["name"], form="collective")


def _joined(text: str, language: Language) -> tuple[list[NameFound], list[Span]]:
    """Known instruments that share their noun ("the Basel and Rotterdam conventions").

    With the places of the lists. A pattern's value is one name in full, with {} for what tells
    it from the others.
    """
    names: list[NameFound] = []
    lists: list[Span] = []
    for pattern, found in language.matches("instrument-joined", text):
        before = len(names)
        for _, word in language.matches("instrument-joined-word", found["list"]):
            core = (pattern.value or "{}").format(word[0])
            start, end = (found.start("list") + place for place in word.span())
            form: Form = "known" if _keys(core, language) else "titled"
            names.append(NameFound(start=start, end=end, core=core, form=form))
        known = any(name.form == "known" for name in names[before:])
        names, lists = (names, [*lists, found.span()]) if known else (names[:before], lists)
    return names, lists


def _listed(text: str, language: Language, kind: str, form: Form) -> Iterator[NameFound]:
    """The names that the patterns of a kind mark."""
    for _, found in language.matches(kind, text):
        core = found["name"].rstrip(" ,")
        start = found.start("name")
        if not _of_body(text, start, start + len(core), language):
            yield NameFound(start=start, end=start + len(core), core=core, form=form)
