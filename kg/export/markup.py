"""GraphML and GEXF, written as streams with every attribute typed.

networkx's own writers stop at None and at lists. Here an unknown value is left out, a list is
its JSON text, and what XML cannot hold becomes U+FFFD; line ends and tabs are written as
references, which a reader gives back as they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from kg.export.tables import CellType, Network, Row, Table

# What XML 1.0 cannot hold; a page break inside a quotation is one.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)
_GRAPHML: Mapping[CellType, str] = {"whole": "long", "number": "double", "truth": "boolean"}
# Gephi shows these two as its own columns.
_GEXF_OWN = {"label", "weight"}


def write_graphml(network: Network, out: IO[bytes]) -> None:
    """GraphML (http://graphml.graphdrawing.org): what yEd, Gephi, igraph and networkx read."""
    keys: dict[tuple[str, str], str] = {}
    head = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    ]
    for where, table in (("node", network.nodes), ("edge", network.edges)):
        for name, kind in _facts(where, table):
            keys[where, name] = key = f"d{len(keys)}"
            head.append(
                f'<key id="{key}" for="{where}" attr.name="{xml(name)}" '
                f'attr.type="{_GRAPHML.get(kind, "string")}"/>\n'
            )
    default = "directed" if network.directed else "undirected"
    head.append(f'<graph edgedefault="{default}">\n')
    out.write("".join(head).encode())
    for row in network.nodes.rows():
        data = _data(keys, "node", network.nodes, row, skip=1)
        out.write(f'<node id="{xml(row[0])}">{data}</node>\n'.encode())
    for number, row in enumerate(network.edges.rows()):
        data = _data(keys, "edge", network.edges, row, skip=2)
        ends = f'id="{number}" source="{xml(row[0])}" target="{xml(row[1])}"'
        out.write(f"<edge {ends}>{data}</edge>\n".encode())
    out.write(b"</graph>\n</graphml>\n")


def _facts(where: str, table: Table) -> list[tuple[str, CellType]]:
    return list(table.columns.items())[1 if where == "node" else 2 :]


def _data(
    keys: Mapping[tuple[str, str], str], where: str, table: Table, row: Row, *, skip: int
) -> str:
    cells = zip(list(table.columns)[skip:], row[skip:], strict=True)
    return "".join(
        f'<data key="{keys[where, name]}">{_cell(value)}</data>'
        for name, value in cells
        if value is not None
    )


def write_gexf(network: Network, out: IO[bytes]) -> None:
    """GEXF 1.2 (https://gexf.net), which Gephi reads."""
    default = "directed" if network.directed else "undirected"
    out.write(
        (
            '<?xml version="1.0" encoding="utf-8"?>\n'
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
            f'<graph defaultedgetype="{default}" mode="static">\n'
            + _declared("node", network.nodes)
            + _declared("edge", network.edges)
            + "<nodes>\n"
        ).encode()
    )
    for row in network.nodes.rows():
        own, values = _gexf_row(network.nodes, row, skip=1)
        out.write(f'<node id="{xml(row[0])}"{own}>{values}</node>\n'.encode())
    out.write(b"</nodes>\n<edges>\n")
    for number, row in enumerate(network.edges.rows()):
        own, values = _gexf_row(network.edges, row, skip=2)
        ends = f'id="{number}" source="{xml(row[0])}" target="{xml(row[1])}"'
        out.write(f"<edge {ends}{own}>{values}</edge>\n".encode())
    out.write(b"</edges>\n</graph>\n</gexf>\n")


def _declared(where: str, table: Table) -> str:
    rows = "".join(
        f'<attribute id="{xml(name)}" title="{xml(name)}" type="{_GRAPHML.get(kind, "string")}"/>\n'
        for name, kind in _facts(where, table)
        if name not in _GEXF_OWN
    )
    return f'<attributes class="{where}" mode="static">\n{rows}</attributes>\n'


def _gexf_row(table: Table, row: Row, *, skip: int) -> tuple[str, str]:
    cells = [
        (name, _cell(value))
        for name, value in zip(list(table.columns)[skip:], row[skip:], strict=True)
        if value is not None
    ]
    own = "".join(f' {name}="{text}"' for name, text in cells if name in _GEXF_OWN)
    values = "".join(
        f'<attvalue for="{xml(name)}" value="{text}"/>'
        for name, text in cells
        if name not in _GEXF_OWN
    )
    return own, f"<attvalues>{values}</attvalues>"


def xml(text: str) -> str:
    """Text as XML holds it, in content or in an attribute.

    >>> xml("A & B\\x0c")
    'A &amp; B�'
    """
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).translate(_SPECIAL)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return xml(json.dumps(list(value), ensure_ascii=False))
    return xml(str(value))
