"""Word files (.docx): paragraphs, numbers, footnotes and tables as Word would print them.

Read with the standard library: what matters here (footnotes, automatic numbers, deleted text,
raised digits by style) is outside what python-docx reads. Page heads are left out except that
of a first page of its own, in which the UN prints the symbol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from kg.errors import ReadError
from kg.read.archive import Archive, child, local, open_archive, value
from kg.read.content import Content, raised, settled
from kg.read.numbering import Counter, scheme_of, whole

Element = ElementTree.Element

# Deleted and moved text, properties and field codes are in the file and not on the page.
_UNSEEN = frozenset({
    "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "trPr",
    "tcPr", "sectPr", "fldData", "rt", "footnoteRef", "endnoteRef", "annotationRef", "separator",
    "continuationSeparator", "sdtPr",
})  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_LONGEST_LINE = 130
_DRAWN = frozenset({"drawing", "pict", "object"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What a style says of its text: raised, and in which list (number, level)."""

    based_on: str | None = None
    raised: bool | None = None
    list: tuple[str, int] | None = None


@dataclass(slots=True, kw_only=True)
class _Notes:
    """The notes of a file: their texts, and those whose markers stand since the last listing."""

    texts: dict[tuple[str, str], Element] = field(default_factory=dict)
    waiting: list[tuple[int, Element]] = field(default_factory=list)
    number: int = 0
    restarts: bool = False
    start: int = 1

    def marker(self, kind: str, reference: Element) -> str:
        """The raised number of a note at its reference, "" where the text brings its own mark."""
        note = self.texts.get((kind, value(reference, "id") or ""))
        if note is None or value(reference, "customMarkFollows") in ("1", "true", "on"):
            return ""
        number = self.start + self.number
        self.number += 1
        self.waiting.append((number, note))
        return raised(str(number))


@dataclass(slots=True, kw_only=True)
class _Word:
    """A Word file being read."""

    styles: dict[str, Style]
    counter: Counter
    notes: _Notes

    def blocks(self, element: Element) -> Iterator[str]:
        """The paragraphs below an element, in order; a table gives a line or more a row."""
        for inner in element:
            name = local(inner.tag)
            if name == "p":
                yield from self.paragraph(inner)
            elif name == "tbl":
                for row in _within_table(inner, "tr"):
                    yield from self.row(row)
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(inner))
            elif name not in _UNSEEN:
                yield from self.blocks(inner)

    def row(self, row: Element) -> Iterator[str]:
        """A row as one line, its cells apart by tabs, unless a cell holds several paragraphs."""
        cells = [
            [block for block in self.blocks(cell) if block.strip()]
            for cell in _within_table(row, "tc")
        ]
        if all(len(cell) <= 1 for cell in cells):
            yield "\t".join("".join(cell).replace("\n", " ") for cell in cells).strip("\t")
        else:
            for cell in cells:
                yield from cell

    def paragraph(self, element: Element) -> Iterator[str]:
        """A paragraph with its number, the text boxes anchored in it, and notes listed here."""
        boxes: list[Element] = []
        text = settled("".join(self.inline(element, boxes)).strip(" \t\n"))
        label = self.label(child(element, "pPr"))
        yield label + text if text else ""
        for box in boxes:
            yield from self.blocks(box)
        if self.notes.restarts and child(element, "pPr", "sectPr") is not None:
            yield from self.listed()
            self.notes.number = 0

    def listed(self) -> Iterator[str]:
        """The notes whose markers have been met, each in one line."""
        while self.notes.waiting:
            number, note = self.notes.waiting.pop(0)
            text = " ".join(block.strip() for block in self.blocks(note) if block.strip())
            yield f"{raised(str(number))} {text}"

    def label(self, properties: Element | None) -> str:
        own = child(properties, "numPr")
        style = self.style(value(child(properties, "pStyle")))
        number = value(child(own, "numId")) or (style.list or ("", 0))[0]
        level = value(child(own, "ilvl"))
        depth = whole(level) if level is not None else (style.list or ("", 0))[1]
        return self.counter.label(number, depth) if number not in ("", "0") else ""

    def style(self, name: str | None) -> Style:
        """A style with what it takes from the styles it is based on."""
        found, seen = Style(), set[str]()
        while name in self.styles and name not in seen:
            seen.add(name)
            style = self.styles[name]
            found = Style(
                raised=style.raised if found.raised is None else found.raised,
                list=found.list or style.list,
            )
            name = style.based_on or ""
        return found

    def inline(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for inner in element:
            name = local(inner.tag)
            if name == "r":
                yield from self.run(inner, boxes)
            elif name in _DRAWN:
                boxes += [box for box in inner.iter() if local(box.tag) == "txbxContent"]
            elif name == "AlternateContent":
                yield from self.inline(_chosen(inner), boxes)
            elif name not in _UNSEEN:
                yield from self.inline(inner, boxes)

    def run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        properties = child(run, "rPr")
        if _is_on(child(properties, "vanish")):
            return
        align = value(child(properties, "vertAlign"))
        style = self.style(value(child(properties, "rStyle")))
        high = align == "superscript" if align else bool(style.raised)
        for inner in run:
            name = local(inner.tag)
            if name == "t":
                yield raised(inner.text or "") if high else inner.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in ("footnoteReference", "endnoteReference"):
                yield self.notes.marker(name.removesuffix("Reference"), inner)
            elif name in ("AlternateContent", "ruby", "rubyBase"):
                yield from self.inline(_chosen(inner) if name[0] == "A" else inner, boxes)
            elif name in _DRAWN:
                boxes += [box for box in inner.iter() if local(box.tag) == "txbxContent"]


def read_docx(data: bytes, encoding: str | None = None) -> Content:
    """The text of a Word file: a line or more a paragraph, notes after the body.

    Raises:
        ReadError: no Word file, broken, or larger than the limits.
    """
    archive = open_archive(data)
    with archive.file:
        try:
            blocks = list(_document(archive))
        except RecursionError:
            raise ReadError("is a Word file nested too deeply to be a document") from None
    return Content(text=_joined([block.strip(" \n") for block in blocks]), encoding="docx")


def _joined(blocks: list[str]) -> str:
    """Paragraphs apart by blank lines; as it stands where a file holds a printed line in each.

    Such a file sets paragraphs apart by empty ones, or has many lines and none that is long.
    """
    written = [block for block in blocks if block]
    inner = any("\n" in block for block in written)
    spaced = len(blocks) - len(written) >= len(written) / 8
    lengths = sorted(map(len, written))
    short = len(written) >= 20 and lengths[len(lengths) * 49 // 50] <= _LONGEST_LINE
    if inner or not (spaced or short):
        text = "\n\n".join(written)
    else:
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(blocks)).strip("\n")
    return text + "\n" if text else ""


def _document(archive: Archive) -> Iterator[str]:
    name = _target(archive, "_rels/.rels", "officeDocument") or "word/document.xml"
    body = child(archive.part(name.lstrip("/")), "body")
    if body is None:
        raise ReadError("is a zip archive and no Word file (it has no word/document.xml)")
    folder = name.lstrip("/").rpartition("/")[0]
    word = _Word(
        styles=_styles(archive.part(f"{folder}/styles.xml")),
        counter=Counter(scheme_of(archive.part(f"{folder}/numbering.xml"))),
        notes=_notes(archive, folder, body),
    )
    masthead = _masthead(archive, name.lstrip("/"), body)
    if masthead is not None:
        yield from word.blocks(masthead)
    yield from word.blocks(body)
    yield from word.listed()


def _chosen(element: Element) -> Element:
    """Of the forms one thing is written in, the first: the others say the same."""
    return next(iter(element), element)


def _within_table(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also inside controls; not those of inner tables."""
    for inner in element:
        if local(inner.tag) == name:
            yield inner
        elif local(inner.tag) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            yield from _within_table(inner, name)


def _is_on(element: Element | None) -> bool:
    return element is not None and value(element) not in ("0", "false", "off")


def _styles(part: Element | None) -> dict[str, Style]:
    found = {}
    for style in part if part is not None else ():
        if local(style.tag) != "style":
            continue
        align = value(child(style, "rPr", "vertAlign"))
        numbers = child(style, "pPr", "numPr")
        number = value(child(numbers, "numId"))
        found[value(style, "styleId") or ""] = Style(
            based_on=value(child(style, "basedOn")),
            raised=None if align is None else align == "superscript",
            list=(number, whole(value(child(numbers, "ilvl")))) if number else None,
        )
    return found


def _notes(archive: Archive, folder: str, body: Element) -> _Notes:
    notes = _Notes()
    for kind in ("footnote", "endnote"):
        part = archive.part(f"{folder}/{kind}s.xml")
        for note in part if part is not None else ():
            if local(note.tag) == kind and value(note, "type") in (None, "normal"):
                notes.texts[kind, value(note, "id") or ""] = note
    settings = archive.part(f"{folder}/settings.xml")
    sections = [element for element in body.iter() if local(element.tag) == "sectPr"]
    for place in (settings, *sections):
        properties = child(place, "footnotePr")
        notes.restarts |= value(child(properties, "numRestart")) == "eachSect"
        notes.start = whole(value(child(properties, "numStart")), default=notes.start)
    return notes


def _masthead(archive: Archive, name: str, body: Element) -> Element | None:
    """The head of a first page that has one of its own: where the UN prints the symbol."""
    section = next((e for e in body.iter() if local(e.tag) == "sectPr"), None)
    if not _is_on(child(section, "titlePg")):
        return None
    for reference in section if section is not None else ():
        if local(reference.tag) == "headerReference" and value(reference, "type") == "first":
            folder, _, file = name.rpartition("/")
            rels = f"{folder}/_rels/{file}.rels"
            target = _target(archive, rels, identifier=value(reference, "id"))
            return archive.part(_within(folder, target)) if target else None
    return None


def _within(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"


def _target(
    archive: Archive, rels: str, kind: str | None = None, *, identifier: str | None = None
) -> str | None:
    """Where a relation of a part leads, by its kind or its identifier."""
    part = archive.part(rels)
    for relation in part if part is not None else ():
        same = (relation.get("Type") or "").endswith(f"/{kind}") if kind else False
        if same or (identifier and relation.get("Id") == identifier):
            return relation.get("Target")
    return None
