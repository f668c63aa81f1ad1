"""HTML as the lines a reader of the page sees; nothing is ever fetched.

The standard library's parser is enough: it takes any tag soup in one pass without recursion,
and what is needed is which words stand in which line, not a tree.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kg.read.content import Content, is_printed, raised, settled
from kg.read.numbering import counted
from kg.read.text import decode

_UNSEEN = frozenset({
    "script", "style", "noscript", "template", "title", "nav", "svg", "math", "iframe", "object",
    "select", "button", "datalist", "audio", "video", "canvas", "del",
})  # fmt: skip
_EMPTY = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_LISTS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
_OPENING = re.compile(
    rb"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|div|p|h[1-6]|table|span|center)\b",
    re.I | re.DOTALL,
)


def is_html(data: bytes) -> bool:
    """Whether bytes open as HTML does; UTF-16 is told by its zero bytes.

    >>> is_html(b"<!DOCTYPE html><p>x"), is_html(b"1 < 2"), is_html("<html>".encode("utf-16"))
    (True, False, True)
    """
    start = data[:8192].removeprefix(codecs.BOM_UTF8)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[2:].replace(b"\0", b"")
    return _OPENING.match(start) is not None


def read_html(data: bytes, encoding: str | None = None) -> Content:
    """The visible text of a page, one line a paragraph, list item or table row.

    The encoding is the one asked for, else what a byte-order mark or the page itself says.

    Raises:
        ReadError: the bytes are in no encoding that is known.

    >>> read_html("<p>The Pact,<sup>3</sup> as<br>amended<ol><li>One".encode()).text
    'The Pact,³ as\\namended\\n\\n1. One\\n'
    """
    text, found = decode(data, encoding or _declared(data))
    page = _Page()
    page.feed(text)
    page.close()
    return Content(text=page.text(), encoding=found)


def _declared(data: bytes) -> str | None:
    """The encoding that a page names, None where a mark or the bytes themselves tell better."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    found = _CHARSET.search(data[:4096])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else None
        if name is not None:
            data.decode(name)
    except (LookupError, ValueError):
        return None
    # Pages that say GB2312 or Latin-1 are written in what these grew into.
    return {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252"}.get(name or "", name)


@dataclass(slots=True)
class _List:
    """An open list: how its items are numbered (None with dots), and the next number."""

    format: str | None
    next: int = 1


@dataclass(slots=True)
class _State:
    parts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    high: int = 0
    pre: int = 0
    cell: int = 0


class _Page(HTMLParser):
    """Gathers the text of a page; the standard parser is used by inheriting from it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.state = _State()

    def text(self) -> str:
        lines = settled("".join(self.state.parts)).split("\n")
        text = "\n".join(re.sub(r"[ \t]*\t[ \t]*", "\t", line).strip() for line in lines)
        blocks = re.sub(r"\n{3,}", "\n\n", text).strip("\n").split("\n\n")
        # Some pages hold a printed line in each block: there blocks are no paragraphs.
        printed = not any("\n" in block for block in blocks) and is_printed(blocks)
        text = ("\n" if printed else "\n\n").join(blocks)
        return text + "\n" if text else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        state, said = self.state, dict(attrs)
        if state.unseen or tag in _UNSEEN or _is_hidden(tag, said):
            if tag not in _EMPTY:
                state.unseen.append(tag)
            return
        if tag == "br":
            state.parts.append("\n")
        elif tag in ("td", "th"):
            state.cell += 1
            state.parts.append("\t")
        elif tag in _BLOCKS:
            self._block(tag)
        if tag in ("ol", "ul"):
            kind = _LISTS.get(said.get("type") or "", "decimal") if tag == "ol" else None
            state.lists.append(_List(kind, _number(said.get("start"), 1)))
        elif tag == "li":
            self._item(said)
        elif tag == "sup":
            state.high += 1
        elif tag == "pre":
            state.pre += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        state = self.state
        if state.unseen:
            if tag in state.unseen:
                del state.unseen[state.unseen.index(tag) :]
            return
        if tag in _BLOCKS:
            self._block(tag)
        if tag in ("ol", "ul") and state.lists:
            state.lists.pop()
        elif tag == "sup":
            state.high = max(0, state.high - 1)
        elif tag == "pre":
            state.pre = max(0, state.pre - 1)
        elif tag in ("td", "th"):
            state.cell = max(0, state.cell - 1)

    def handle_data(self, data: str) -> None:
        if self.state.unseen:
            return
        if not self.state.pre:
            data = re.sub(r"[ \t\r\n\f]+", " ", data)
            if self.state.parts and self.state.parts[-1][-1:] in (" ", "\n", "\t"):
                data = data.lstrip(" ")
        if self.state.high:
            data = raised(data)
        if data:
            self.state.parts.append(data)

    def _block(self, tag: str) -> None:
        """A new line before and after a block; a cell's own paragraphs stay in its row."""
        inside = self.state.cell and tag in ("p", "div")
        self.state.parts.append(" " if inside else "\n" if tag == "tr" else "\n\n")

    def _item(self, said: dict[str, str | None]) -> None:
        if not self.state.lists:
            return
        found = self.state.lists[-1]
        if found.format is None:
            self.state.parts.append("• ")
            return
        number = _number(said.get("value"), found.next)
        found.next = number + 1
        self.state.parts.append(f"{counted(number, found.format)}. ")


def _is_hidden(tag: str, said: dict[str, str | None]) -> bool:
    """Whether the page does not show an element; one whose end may be left out is shown."""
    if tag in ("p", "li", "td", "th", "tr", "dt", "dd", "body", "html"):
        return False
    style = said.get("style") or ""
    return "hidden" in said or re.search(r"display\s*:\s*none", style) is not None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text.strip()) else otherwise
