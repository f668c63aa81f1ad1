"""What one document names: the record's mentions, with their notes and declared short names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import PurePosixPath

from kg.authority import load_authority
from kg.harvest.model import Annex, Evidence, Named, Passage, Version
from kg.languages import Language, available, load_language
from kg.model import InstrumentMention, Paragraph, Record, Source
from kg.outline import Outline, Segment
from kg.recognise.instruments import NameFound, names_in
from kg.recognise.names import FULL, Finder, finder, forms_of, squeeze
from kg.resolve.instruments import Resolver, shortens
from kg.segment import segment
from kg.stretch import Stretch, clean, fold

_BRACKETS = "《》〈〉«»“”\"„‟'‘’ \t"
_AROUND = 45
# What a name has in parentheses at its end: its number, or its other name.
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def observe(record: Record, text: str) -> Version:
    """What a document names, paragraph by paragraph; ``text`` is what its offsets count in."""
    source = Source(name=record.source, text=text, sha256=record.sha256, language=record.language)
    outline = segment(source, load_language(record.language))
    segments = {s.stretch.start: s for section in outline.sections for s in section.segments}
    reader = _Reader(record, outline)
    passages = [
        Passage(
            label=part.label,
            kind=paragraph.kind,
            n=paragraph.n,
            named=tuple(reader.named(paragraph, segments.get(paragraph.start))),
            cited=frozenset(c.target for c in paragraph.citations if c.doubt is None),
        )
        for part in record.texts
        for paragraph in part.paragraphs
    ]
    return Version(work=work_of(record), language=record.language, passages=tuple(passages))


def work_of(record: Record) -> str:
    """What the language versions of a document share: the file's stem, else the symbol.

    The stem counts only where the file's name says its language (``STEM.fr.md``).
    """
    path = PurePosixPath(record.source)
    stem, _, language = path.stem.rpartition(".")
    if stem and language in available():
        return path.with_name(stem).as_posix()
    return record.document.symbol or record.source


def classes_of(name: str, language: Language) -> tuple[frozenset[str], bool]:
    """What the nouns of a name mean, the deciding one only, and whether it is a title's form.

    >>> classes_of("Protocol to the Convention on Wells", load_language("en"))
    (frozenset({'Protocol'}), True)
    """
    found = [
        (match.start(), -match.end(), pattern.value or "", _base(match))
        for pattern, match in language.matches("instrument-class", _ASIDE.sub("", fold(name)))
    ]
    if not found:
        return frozenset(), True
    first = min(found)
    values = {value for start, end, value, _ in found if (start, end) == first[:2]}
    return frozenset(values), first[3]


def _base(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    return "base" not in groups or groups["base"] is not None


def bare(name: str) -> str:
    """A printed name without the brackets around it.

    >>> bare("《儿童权利公约》")
    '儿童权利公约'
    """
    stripped = name.strip().lstrip(_BRACKETS)
    while stripped and stripped[-1] in _BRACKETS and stripped[-1] not in "’'":
        stripped = stripped[:-1]
    if stripped.count("《") != stripped.count("》") and stripped.count("《") + stripped.count("》"):
        stripped = stripped.replace("《", "").replace("》", "")
    return stripped.rstrip(" ,،，")


@cache
def full_names(language: str) -> Finder:
    """The finder of the full names that the authority has in a language."""
    return finder("instrument", language, kinds=FULL)


class _Reader:
    """Reads one document's mentions again, for what records leave out."""

    def __init__(self, record: Record, outline: Outline) -> None:
        self.record = record
        self.outline = outline
        self.language = load_language(record.language)
        self.resolver = Resolver(load_authority(), self.language)
        self.work = work_of(record)

    def named(self, paragraph: Paragraph, part: Segment | None) -> Iterator[Named]:
        """The instruments of a paragraph in printed order."""
        found = names_in(part.stretch, self.language) if part else []
        by_start = {part.stretch.span(n.start, n.end)[0]: n for n in found if part and not n.quoted}
        for mention in sorted(paragraph.instruments, key=lambda m: (m.start, -m.end)):
            name = by_start.get(mention.start)
            printed = bare(clean(_printed(part.stretch, name) if part and name else mention.name))
            if printed:
                yield self._one(paragraph, mention, name, printed, part)

    def _one(
        self,
        paragraph: Paragraph,
        mention: InstrumentMention,
        name: NameFound | None,
        printed: str,
        part: Segment | None,
    ) -> Named:
        classes, base = classes_of(printed, self.language)
        stretch = part.stretch if part else None
        shorts = self._shorts(stretch, name) if stretch and name else ()
        annexes = self._annexes(paragraph, stretch, name) if stretch and name else ()
        known = full_names(self.language.code)
        inner = [f.keys[0] for f in known.find(printed) if f.start > 0 and len(f.keys) == 1]
        collective = name is not None and name.form not in ("name", "known", "titled")
        return Named(
            target=mention.target,
            name=printed,
            key=squeeze(printed, forms=forms_of(self.language)).text.lower(),
            language=self.language.code,
            classes=classes,
            base=base,
            full=mention.target in known.keys_of(printed),
            short=mention.target is not None and self._is_short(printed, mention.target),
            generic=collective or not classes or self.resolver.generic(printed),
            parent=inner[-1] if inner else None,
            joins=len(_joints(printed, self.language)),
            goes_on=bool(stretch and name and _goes_on(stretch, name, self.language)),
            cut=bool(stretch and name and _cut(stretch, name)),
            unts=mention.unts,
            annexes=annexes,
            shorts=shorts,
            evidence=self._evidence(paragraph, mention, part),
        )

    def _is_short(self, printed: str, target: str) -> bool:
        """Whether a name is the authority's short name of an instrument, or shortens a full one."""
        squeezed = self.resolver.squeezed
        labels = load_authority().instruments[target].labels
        own = [label for label in labels if label.language == self.language.code]
        return any(
            squeezed(n.text).lower() == squeezed(printed).lower()
            if n.kind == "short"
            else shortens(squeezed(printed), squeezed(n.text), spaced=self.language.spaced)
            for n in own
        )

    def _evidence(
        self, paragraph: Paragraph, mention: InstrumentMention, part: Segment | None
    ) -> Evidence:
        quote = mention.name
        if part is not None:
            runs = part.stretch.runs
            at = next((c + mention.start - s for c, s, n in runs if s <= mention.start < s + n), 0)
            low, high = max(0, at - _AROUND), at + len(mention.quote) + _AROUND
            quote = _shown(part.stretch.text, low, high)
        return Evidence(
            document=self.work,
            language=self.language.code,
            paragraph=f"{paragraph.kind} {paragraph.n}".strip(),
            quote=quote,
        )

    def _shorts(self, stretch: Stretch, name: NameFound) -> tuple[str, ...]:
        """The short names declared right behind a name, an acronym or a name of a noun."""
        declared = self.language.first("declared-short", stretch.folded[name.end : name.end + 160])
        found = [name.short] if name.short else []
        found += [declared[1]["short"]] if declared else []
        return tuple(
            dict.fromkeys(s for one in found if (s := bare(clean(one))) and _own(s, name.core))
        )

    def _annexes(
        self, paragraph: Paragraph, stretch: Stretch, name: NameFound
    ) -> tuple[Annex, ...]:
        """The annex that the one note at a name cites, if it cites one document."""
        at = [
            m
            for m in stretch.markers
            if m.at >= name.end and not stretch.folded[name.end : m.at].strip(" 、，,;；》)”\"'»،")
        ][:1]
        found: set[Annex] = set()
        for marker in at:
            note = self.outline.footnote(marker.number, marker.start)
            if note is None:
                continue
            words = note.stretch.folded
            for citation in paragraph.citations:
                place = words.find(fold(clean(citation.quote)))
                if place < 0:
                    continue
                annex = self.language.first(
                    "note-annex", words[place + len(clean(citation.quote)) :][:60]
                )
                if annex:
                    found.add((citation.target, self._numeral(annex[1].groupdict().get("n"))))
            if len(self.language.all("number")) and len(found) == 1 and self._several(words):
                return ()
        return tuple(found) if len(found) == 1 else ()

    def _several(self, words: str) -> bool:
        """Whether a note cites more than one number: whose the annex is cannot be told."""
        spans = {m.group(0) for _, m in self.language.matches("number", words)}
        return len(spans) > 1

    def _numeral(self, text: str | None) -> int | None:
        if not text:
            return None
        number = self.language.number(text)
        return number if number is not None else ord(text[0].upper()) - ord("A") + 1


def _printed(stretch: Stretch, name: NameFound) -> str:
    """A name's core as the text prints it, its dashes and marks unfolded."""
    at = stretch.folded.find(name.core, name.start)
    return stretch.text[at : at + len(name.core)] if at >= 0 else name.core


def _joints(text: str, language: Language) -> list[str]:
    """The words for "and" or "or" in a text.

    >>> _joints("Declaration on Wells and Pumps", load_language("en"))
    ['and']
    """
    words = re.findall(r"\w+" if language.spaced else r"\w", fold(text))
    return [word for word in words if language.first("date-shared", f" {word} ")]


def _goes_on(stretch: Stretch, name: NameFound, language: Language) -> bool:
    """Whether a word for "and" follows a name, and no other name behind it."""
    behind = stretch.folded[name.end : name.end + 16]
    first = re.match(r"[\s,]*\w+" if language.spaced else r"\s*\w", behind)
    if first is None or not _joints(first[0], language):
        return False
    joined = name.end + first.end()
    return not any(joined <= n.start <= joined + 8 for n in names_in(stretch, language))


# A capital letter right before or behind a name, but for a small word between.
_BEFORE = re.compile(r"(?<=\s)[^\W_][\w-]*\s\Z")
_BEHIND = re.compile(r"\s(?:[^\W\d_]{1,3}\s)?([^\W\d_])[^\W\d_]")


def _cut(stretch: Stretch, name: NameFound) -> bool:
    """Whether the words around a name seem to belong to it: they have capitals or numbers.

    Languages without capital letters tell nothing.
    """
    before = _BEFORE.search(stretch.folded[max(0, name.start - 30) : name.start])
    if before and (before[0][0].isupper() or before[0][0].isdigit()) and "-" in before[0]:
        return True
    behind = _BEHIND.match(stretch.folded[name.end : name.end + 20])
    return bool(behind and behind[1].isupper())


def _own(short: str, name: str) -> bool:
    """Whether a short form is the whole name's, and a name: no number, no body's acronym.

    >>> _own("CEDAW", "Convention on the Elimination of Discrimination against Women")
    True
    >>> _own("ICC", "Rome Statute of the International Criminal Court")
    False
    """
    if re.search(r"(?<!\w)\w?[o°º№.]?\s?\d+$", short) and not re.search(r"[^\W\d]{3}", short):
        return False
    if re.search(r"(?<!\w)[^\W\d]\s?[o°º]?\s?\d", short):
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper()]
    ends = ("".join(word[0] for word in words[i:]) for i in range(1, len(words)))
    return short not in ends


def _shown(text: str, low: int, high: int) -> str:
    """The words between two offsets, dots where they are cut off."""
    words = clean(text[low:high])
    return f"{'…' if low else ''}{words}{'…' if high < len(text) else ''}"


def versions_by_work(versions: Sequence[Version]) -> dict[str, list[Version]]:
    """The versions of each work, one a language."""
    found: dict[str, dict[str, Version]] = {}
    for version in versions:
        found.setdefault(version.work, {}).setdefault(version.language, version)
    return {work: list(by.values()) for work, by in found.items()}
