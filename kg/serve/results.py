"""Query results as bytes, up to a number of rows and bytes; what is cut off is said.

The engine's own writers cannot stop in the middle and leave a well-formed document.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.serve.settings import Limits

if TYPE_CHECKING:
    import pyoxigraph as ox

Cut = Literal["rows", "bytes"]


@dataclass(frozen=True, slots=True)
class Written:
    """A result: its bytes, and what it was cut by."""

    body: bytes
    cut: Cut | None = None


def boolean(value: bool, name: str) -> Written:
    """The answer to ASK; CSV and TSV hold the bare word."""
    word = "true" if value else "false"
    if name == "json":
        return Written(f'{{"head":{{}},"boolean":{word}}}'.encode())
    if name == "xml":
        return Written(f"{_XML_START}<head/><boolean>{word}</boolean></sparql>\n".encode())
    return Written(word.encode())


def rows(result: ox.QuerySolutions, name: str, limits: Limits) -> Written:
    """The rows of SELECT as ``json``, ``xml``, ``csv`` or ``tsv``.

    JSON that was cut starts with a member ``truncated`` beside ``head`` and ``results``.
    """
    names = [variable.value for variable in result.variables]
    write = _ROWS[name]
    lines: list[str] = []
    cut = _collect(write(names, result), lines, limits)
    if name == "json":
        return Written(_json(names, lines, cut, limits).encode(), cut)
    if name == "xml":
        return Written(_xml(names, lines, cut).encode("utf-8", "replace"), cut)
    sign = "" if name == "csv" else "?"
    head = (",", "\r\n") if name == "csv" else ("\t", "\n")
    lines.insert(0, head[0].join(f"{sign}{column}" for column in names) + head[1])
    return Written("".join(lines).encode(), cut)


def _collect(pieces: Iterable[str], into: list[str], limits: Limits) -> Cut | None:
    """As many pieces as the limits allow, and which limit was met."""
    size = 0
    for count, piece in enumerate(pieces):
        size += len(piece) if piece.isascii() else len(piece.encode())
        if count >= limits.rows:
            return "rows"
        if size > limits.size:
            return "bytes"
        into.append(piece)
    return None


def graph(triples: Iterable[ox.Triple], name: str, limits: Limits) -> Written:
    """The triples of CONSTRUCT and DESCRIBE as ``turtle``, ``nt``, ``jsonld`` or ``rdf``."""
    import pyoxigraph as ox

    out, cut = io.BytesIO(), []

    def allowed() -> Iterator[ox.Triple]:
        for count, triple in enumerate(triples):
            # The writer holds back a few kilobytes, so the last bytes may go over by as much.
            if count >= limits.rows or out.tell() > limits.size:
                cut.append("rows" if count >= limits.rows else "bytes")
                return
            yield triple

    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "nt": ox.RdfFormat.N_TRIPLES,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdf": ox.RdfFormat.RDF_XML,
    }
    ox.serialize(allowed(), out, format=formats[name])
    return Written(out.getvalue(), cut[0] if cut else None)  # type: ignore[arg-type]


def _json(names: Sequence[str], lines: list[str], cut: Cut | None, limits: Limits) -> str:
    limit = limits.rows if cut == "rows" else limits.size
    # A member after "results" is an error to strict readers; one before "head" is not.
    told = f'"truncated":{{"by":"{cut}","limit":{limit}}},' if cut else ""
    head = f'"head":{{"vars":{json.dumps(list(names))}}}'
    return f'{{{told}{head},"results":{{"bindings":[\n{",".join(lines)}]}}}}\n'


def _json_rows(names: Sequence[str], solutions: Iterable[Any]) -> Iterator[str]:
    keys = [json.dumps(name) for name in names]
    for solution in solutions:
        cells = zip(keys, solution, strict=True)
        yield f"{{{','.join(f'{k}:{_json_term(t)}' for k, t in cells if t is not None)}}}\n"


def _json_term(term: Any) -> str:
    return json.dumps(_described(term), ensure_ascii=False)


def _described(term: Any) -> dict[str, Any]:
    """A term in the members of SPARQL's JSON results."""
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {k: _described(part) for k, part in parts.items()}}
    told = {"type": "literal", "value": term.value}
    if term.language:
        told["xml:lang"] = term.language
        if term.direction is not None:
            told["its:dir"] = str(term.direction)
    elif term.datatype.value != _STRING:
        told["datatype"] = term.datatype.value
    return told


_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#"'
    ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">\n'
)
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(names: Sequence[str], lines: list[str], cut: Cut | None) -> str:
    note = f"<!-- truncated by {cut} -->\n" if cut else ""
    head = "".join(f"<variable name={_quoted(name)}/>" for name in names)
    return (
        f"{_XML_START}<head>{head}</head>\n{note}<results>\n{''.join(lines)}</results>\n</sparql>\n"
    )


def _xml_rows(names: Sequence[str], solutions: Iterable[Any]) -> Iterator[str]:
    starts = [f"<binding name={_quoted(name)}>" for name in names]
    for solution in solutions:
        cells = (
            f"{start}{_xml_term(_described(term))}</binding>"
            for start, term in zip(starts, solution, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(cells)}</result>\n"


def _xml_term(told: dict[str, Any]) -> str:
    if told["type"] == "triple":
        parts = "".join(f"<{k}>{_xml_term(part)}</{k}>" for k, part in told["value"].items())
        return f"<triple>{parts}</triple>"
    more = "".join(
        f" {name}={_quoted(told[name])}"
        for name in ("xml:lang", "its:dir", "datatype")
        if name in told
    )
    return f"<{told['type']}{more}>{_escaped(told['value'])}</{told['type']}>"


def _escaped(text: str) -> str:
    """Text for XML; what XML 1.0 cannot hold becomes the replacement character.

    >>> _escaped("A < B & C\\x07")
    'A &lt; B &amp; C\ufffd'
    """
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A reader would make a line feed of a bare carriage return.
    return _NOT_IN_XML.sub("\ufffd", safe).replace("\r", "&#13;")


def _quoted(text: str) -> str:
    return f'"{_escaped(text).replace(chr(34), "&quot;")}"'


def _csv_rows(names: Sequence[str], solutions: Iterable[Any]) -> Iterator[str]:
    for solution in solutions:
        yield ",".join(_csv_cell(term) for term in solution) + "\r\n"


def _csv_cell(term: Any) -> str:
    if term is None:
        return ""
    text = str(term) if not hasattr(term, "value") or str(term)[:2] == "_:" else term.value
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if re.search('[",\r\n]', text) else text


def _tsv_rows(names: Sequence[str], solutions: Iterable[Any]) -> Iterator[str]:
    for solution in solutions:
        cells = ("" if term is None else str(term) for term in solution)
        yield "\t".join(cell.replace("\t", "\\t") for cell in cells) + "\n"


_ROWS: dict[str, Callable[[Sequence[str], Iterable[Any]], Iterator[str]]] = {
    "json": _json_rows,
    "xml": _xml_rows,
    "csv": _csv_rows,
    "tsv": _tsv_rows,
}
