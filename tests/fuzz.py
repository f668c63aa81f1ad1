"""Make up inputs until something breaks: symbols, files, documents and queries.

    python tests/fuzz.py --cases 100000 [--seed 1] [--only symbols|files|documents|queries]

Every case either does what is promised or ends with an error of ours (``kg.errors``). Anything
else is counted, told once with its place and an input, and makes the exit status 1. Hypothesis
makes the inputs; ``tests/test_fuzz.py`` runs a few of each in the suite.
"""

# ruff: noqa: E501 (rows of inputs are easier to read whole)

from __future__ import annotations

import argparse
import io
import random
import socket
import sys
import threading
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from kg.errors import UnkgError  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.languages import CODES, load_language  # noqa: E402
from kg.read import read_bytes  # noqa: E402
from kg.record import as_data, as_line  # noqa: E402
from kg.store import Store  # noqa: E402
from kg.symbol import DOCUMENT_BASE, SERIES, parse  # noqa: E402
from kg.triples import quads  # noqa: E402

# Also what a broken name on a command line becomes.
ANY = st.text(st.characters(), max_size=40) | st.text(st.characters(codec="utf-8"), max_size=40)


# Symbols.

_PARTS = st.sampled_from(
    ["RES", "Res", "dec", "PRST", "C.3", "72", "L.6", "Rev.1", "Add.2", "S-30", "415(V)", "270B",
     "2133(2014)", "CN.15", "HRC", "56", "1", "-", ".", "(", ")", "(XX VI)", "é", "会", "１", ""]
)  # fmt: skip
SYMBOLS = ANY | st.builds(
    lambda series, parts, gap: gap.join("/".join([series, *parts])) if gap else
    "/".join([series, *parts]),
    st.sampled_from(SERIES),
    st.lists(_PARTS | st.text(max_size=3), min_size=1, max_size=5),
    st.sampled_from(["", "", "", " ", "\u00a0", "\n"]),
)  # fmt: skip


def check_symbol(text: str) -> None:
    """What is taken for a symbol is the same again, from its text and from its IRI."""
    found = parse(text)
    assert parse(found.text) == found
    assert parse(unquote(found.iri.removeprefix(DOCUMENT_BASE))) == found
    assert found.iri.isascii() and found.version_iri("en").endswith(
        found.iri.rpartition(".org/")[2]
    )
    assert found.kind and found.organ and found.key == found.text.upper()
    assert found.session is None or found.session in found.text


# Files.

ENCODINGS = (
    None, None, None, "utf-8", "utf-16", "utf-32", "gb18030", "cp1256", "latin-1", "utf-7", "idna",
    "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "rot13", "base64", "hex", "",
    "no such", "utf-8\x00", "mbcs", "cp037", "big5", "koi8-r", "\udcff",
)  # fmt: skip
NAMES = ("a.txt", "a.en.txt", "a.zh.txt", "a.docx", "a.pdf", "a.html", "a", "", ".en.", "a.ar.\n")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@cache
def templates() -> tuple[bytes, ...]:
    """Good files of every format, small."""
    from made import docx_of, html_of, pdf_of

    text = "United Nations\nA/72/440\n\nThe General Assembly,\n\nRecalling its resolution 70/1,¹\n"
    chinese = "联合国\nA/72/440\n\n大会，\n\n回顾其第 70/1 号决议，\n"
    return (
        docx_of(text), docx_of(chinese), html_of(text), pdf_of(text), text.encode("utf-16"),
        text.encode("utf-16-le"), chinese.encode(), chinese.encode("gb18030"), text.encode(),
    )  # fmt: skip


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """A good file with bytes changed, cut out, or put twice."""
    data = bytearray(draw(st.sampled_from(templates())))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(1, 40))
        way = draw(st.integers(0, 3))
        if way == 0:
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        elif way == 1:
            del data[at : at + length]
        elif way == 2:
            data[at:at] = data[at : at + length]
        else:
            del data[at:]
    return bytes(data)


_TAGS = (
    "w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:pPr", "w:rPr", "w:numPr", "w:sdt", "w:sectPr",
    "w:footnoteReference", "w:footnotePr", "w:drawing", "w:txbxContent", "w:ruby", "w:titlePg",
    "w:headerReference", "w:AlternateContent", "w:vanish", "w:vertAlign", "w:ilvl", "w:numId",
    "w:pStyle", "w:rStyle", "w:numStart", "w:lvlText", "w:start", "w:style", "w:basedOn", "w:num",
    "w:abstractNum", "w:abstractNumId", "w:lvl", "w:numFmt", "w:footnote", "w:endnote", "x",
)  # fmt: skip
_VALUES = st.sampled_from(
    ["", "0", "1", "-1", "999999999", "9" * 30, "%1.", "%9", "decimal", "lowerRoman", "superscript",
     "chineseCounting", "first", "eachSect", "١", "²", "a", "upperLetter", "-999999999"]
)  # fmt: skip
_INNER = st.sampled_from(["A/72/440", "大会，", "1.", " ", "&#x9;", "&#xd800;", "&a;", "²"])


def _element(name: str, val: str, ident: str, inner: str) -> str:
    return (
        f'<{name} w:val="{val}" w:id="{ident}" w:styleId="{ident}" w:ilvl="{val}">{inner}</{name}>'
    )


ELEMENTS = st.recursive(
    _INNER,
    lambda inner: st.builds(
        _element, st.sampled_from(_TAGS), _VALUES, _VALUES, st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=25,
)


@st.composite
def word_files(draw: st.DrawFn) -> bytes:
    """A Word file with parts made of its tags in any order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for part in ("document", "styles", "numbering", "footnotes", "settings"):
            inner = "".join(draw(st.lists(ELEMENTS, max_size=5)))
            inside = f"<w:body>{inner}</w:body>" if part == "document" else inner
            archive.writestr(f"word/{part}.xml", f'<w:x xmlns:w="{_W}">{inside}</w:x>')
        if draw(st.booleans()):
            target = draw(_VALUES | st.sampled_from(["word/document.xml", "../../etc/passwd", "/"]))
            archive.writestr(
                "_rels/.rels", f'<R><Relationship Type="/officeDocument" Target="{target}"/></R>'
            )
    return out.getvalue()


_MARKUP = st.sampled_from(
    ["<p>", "</p>", "<table><tr><td>", "</td>", "<ol start='9'>", "<ol type=i>", "<li value='-1'>",
     "<sup>", "</sup>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "&#0;", "&#xd800;", "&#x110000;",
     "&lt", "<script>", "</script>", "<pre>", "<meta charset='utf-16'>", "<meta charset=utf-7>",
     "<meta charset=undefined>", "<meta charset=idna>", "<meta charset=hex>", "<", ">", "<div hidden>",
     "A/72/440 ", "大会，", "<!x [", "<!DOCTYPE html [<!ENTITY a 'b'>]>", "</", "&#99999999999;"]
)  # fmt: skip
PAGES = st.lists(_MARKUP | st.text(max_size=5), max_size=25).map(
    lambda parts: ("<html>" + "".join(parts)).encode("utf-8", "surrogatepass")
)
FILES = st.tuples(
    st.one_of(st.binary(max_size=300), changed(), word_files(), PAGES),
    st.sampled_from(NAMES),
    st.sampled_from(ENCODINGS),
)


def check_file(case: tuple[bytes, str, str | None]) -> None:
    """Bytes are refused, or give text that can be written down and has but one kind of line end."""
    data, name, encoding = case
    source = read_bytes(data, name=name, encoding=encoding)
    assert source.text.strip() and "\r" not in source.text
    assert source.text.encode() and source.language in CODES
    assert list(source.pages) == sorted(source.pages)
    assert all(0 <= start < end <= len(source.text) for _, start, end in source.foreign)


# Documents.


@cache
def phrases(code: str) -> tuple[str, ...]:
    """What a language's table gives as examples, of what matches and of what does not."""
    found: set[str] = set()
    for patterns in load_language(code).patterns.values():
        for pattern in patterns:
            found.update(pattern.examples + pattern.counter_examples)
    return tuple(sorted(text.translate(str.maketrans("", "", "«»⟦⟧")) for text in found))


_JOINTS = st.sampled_from(
    ["\n", "\n\n", " ", ", ", "，", "؛ ", ";\n\n", ".\n\n", "¹", "²\n", "\f", "\t", "\n1. ", "\n(a) ",
     "A/RES/70/1 ", "A/72/440", "\n_______\n¹ ", "¹ ", "| ", "# ", "(", ")", "\u202e", "\u0301", "\x0b",
     "\u2028", "\x85", "I\n", "\n第二号决议草案\n", "\n\n10. ", "2 ", "第", "《", "》", "\u200f", "\ufeff"]
)  # fmt: skip


# What stands thousands of times in a row now and then.
RUNS = (
    "1",
    "¹",
    "١",
    "一",
    "百",
    "X",
    "(",
    "[",
    "§",
    "\n",
    " ",
    "\t",
    "\u0301",
    "1. ",
    "(a) ",
    "A/",
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    """A language and a text: its phrases in any order, at times cut, at times another's."""
    code = draw(st.sampled_from(CODES))
    dice = random.Random(draw(st.integers(0, 2**32)))
    parts = []
    for _ in range(draw(st.integers(1, 25))):
        chosen = dice.choice(phrases(code if dice.random() < 0.9 else dice.choice(CODES)))
        if dice.random() < 0.15:
            chosen = chosen[: dice.randrange(len(chosen) + 1)]
        parts += [chosen, draw(_JOINTS)]
        if dice.random() < 0.01:
            parts.append(dice.choice(RUNS) * 5000)
        if dice.random() < 0.05:
            parts.append(draw(st.text(max_size=5)))
    return code, "".join(parts)


def quoted(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Everything in a record that has a place, at any depth."""
    for value in record.values():
        for item in value if isinstance(value, list) else (value,):
            if isinstance(item, dict):
                if "start" in item:
                    yield item
                yield from quoted(item)


def check_document(case: tuple[str, str]) -> None:
    """All spans lie inside the text, all quotations are true, and all of it can be written."""
    code, text = case
    source = read_bytes(text.encode(), name=f"a.{code}.txt", language=code)
    record = extract(source)
    data = as_data(record)
    for item in quoted(data):
        assert 0 <= item["start"] <= item["end"] <= len(source.text), item
        quote = item.get("quote", item["text"] if "reason" in item else None)
        assert quote is None or source.text[item["start"] : item["end"]] == quote, item
    assert as_line(record).encode()
    assert all(str(quad) for quad in quads(record, text=source.text))


# Queries.


class Host:
    """A host on this machine that counts who calls, and says nothing."""

    def __init__(self) -> None:
        self.calls = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.iri = f"<http://127.0.0.1:{self.socket.getsockname()[1]}/x>"
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self.socket.accept()
                self.calls += 1
                caller.close()

    def close(self) -> None:
        self.socket.close()


IRI = "\x00"
_WORDS = (
    "SELECT", "*", "WHERE", "{", "}", "SERVICE", "SILENT", "LOAD", "INTO", "GRAPH", "INSERT", "DATA",
    "?s", "?p", "?o", ".", "(", ")", "<", ">", "#", "'", '"', "'''", "\\u0053ERVICE", "SERVIC\\u0045",
    "ex:", "PREFIX ex: <http://example.org/>", "FILTER", "BIND(1<2 AS ?b)", "a", ";", ",", "service",
    "LoAd", "load", "SERVICEex:x", "ex:a.SERVICE", "VALUES ?s {", "OPTIONAL", "UNION", "\n", "#\n", "1<",
    "<#>", "<a'b>", "\\", "%", "é", "ſERVICE", "CLEAR ALL", "CONSTRUCT", "ASK", "DESCRIBE", "1", "-",
    "@en", "^^", "_:b", "BASE <http://e/>", "MINUS", "EXISTS", "NOT", "\ufeff", "\u00a0", "\udcff",
    "\\U0000004C", "$s", "?SERVICE", "COPY DEFAULT TO", "1.SERVICE", "1e3SERVICE", "truESERVICE",
)  # fmt: skip
_SHAPES = (
    "SELECT * {{ SERVICE {iri} {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ }} {a} SERVICE SILENT {iri} {{ ?s ?p ?o }} {b} }}",
    "SELECT * {{ FILTER(1 {a} 2 {b}) SERVICE {iri} {{ }} }}",
    "ASK {{ ?s ?p '{a}' . {b} SERVICE{a}{iri} {{ }} }}",
    "LOAD {iri}",
    "LOAD {a} SILENT {iri} {b}",
    "{a} LOAD {iri} INTO GRAPH {iri}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ {a} SERVICE {iri} {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p ?o {a} }} {b}",
    "SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(?s < {a} ) {b} }}",
)
QUERIES = ANY | st.lists(st.sampled_from([*_WORDS, IRI]), max_size=25).map(" ".join) | st.builds(
    lambda shape, a, b, gap: shape.format(iri=IRI, a=gap.join(a), b=gap.join(b)),
    st.sampled_from(_SHAPES),
    st.lists(st.sampled_from(_WORDS), max_size=4),
    st.lists(st.sampled_from(_WORDS), max_size=4),
    st.sampled_from(["", " "]),
)  # fmt: skip


@cache
def asked() -> tuple[Store, Host]:
    """A store and the host that nothing must reach."""
    return Store.in_memory(ontology=False), Host()


def check_query(text: str) -> None:
    """Neither as a query nor as an update does a text make the engine call anybody."""
    store, host = asked()
    text = text.replace(IRI, host.iri)
    calls = host.calls
    try:
        for run in (store.select, store.update):
            with suppress(UnkgError):
                run(text)
    finally:
        assert host.calls == calls, "the engine has called"


AREAS: dict[str, tuple[Callable[[Any], None], st.SearchStrategy[Any]]] = {
    "symbols": (check_symbol, SYMBOLS),
    "files": (check_file, FILES),
    "documents": (check_document, documents()),
    "queries": (check_query, QUERIES),
}


@contextmanager
def ours() -> Iterator[None]:
    """Errors of ours are an answer."""
    with suppress(UnkgError):
        yield


def run(area: str, *, cases: int, start: int) -> tuple[int, Counter[str], dict[str, str]]:
    """How many cases were tried, the uncaught errors by place, and an input for each."""
    check, strategy = AREAS[area]
    found: Counter[str] = Counter()
    inputs: dict[str, str] = {}
    tried = 0

    @seed(start)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def one(case: Any) -> None:
        nonlocal tried
        tried += 1
        try:
            with ours():
                check(case)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # an engine's panic is no Exception
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
            found[place] += 1
            if len(repr(case)) < len(inputs.get(place, "x" * 10**6)):
                inputs[place] = f"{error}"[:200] + f"\n    input: {case!r}"

    one()
    return tried, found, inputs


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=AREAS)
    given_ = parser.parse_args()
    areas = [given_.only] if given_.only else list(AREAS)
    total = bad = 0
    for area in areas:
        wanted, number, tried, before = given_.cases // len(areas), given_.seed, 0, time.monotonic()
        found: Counter[str] = Counter()
        inputs: dict[str, str] = {}
        # In rounds: Hypothesis keeps what it has tried.
        while tried < wanted:
            count, places, shown = run(area, cases=min(1000, wanted - tried), start=number)
            tried, number = tried + count, number + 1
            found += places
            inputs = shown | inputs
        spent = time.monotonic() - before
        print(f"{area}: {tried} cases, {found.total()} uncaught errors, {spent:.0f} s", flush=True)
        for place, count in found.most_common():
            print(f"  {count} × {place}: {inputs[place][:600]}", flush=True)
        total, bad = total + tried, bad + found.total()
    print(f"{total} cases, {bad} uncaught errors")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
