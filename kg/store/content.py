"""What a graph is to hold, as text: N-Quads of that one graph, loaded as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """N-Quads for one graph, each line once; graphs that it ``replaces`` go when it comes.

    >>> name = "https://undocs.org/en/A/72/440"
    >>> line = f'<{name}> <http://purl.org/dc/terms/language> "en" <{name}> .\\n'
    >>> Content(graph=name, nquads=line.encode()).triples()
    b'<https://undocs.org/en/A/72/440> <http://purl.org/dc/terms/language> "en" .\\n'
    """

    graph: str
    nquads: bytes
    replaces: tuple[str, ...] = ()

    def triples(self) -> bytes:
        """The same as N-Triples: what the merge of all graphs gains.

        Raises:
            StoreError: a line of another graph, or a blank node.
        """
        end = f" <{self.graph}> .\n".encode()
        found = self.nquads.replace(end, b" .\n")
        if found.replace(b" .\n", end) != self.nquads:
            raise StoreError(f"<{self.graph}>: a line of another graph, or of none, was put here")
        if b"_:" in found and _blank().search(found):
            raise StoreError(f"<{self.graph}>: a blank node was put here; name it (skolemised)")
        return found


@cache
def _blank() -> re.Pattern[bytes]:
    """A blank node as subject or as object."""
    return re.compile(rb"^(?:_:|<[^>\n]*>\s+<[^>\n]*>\s+_:)", re.MULTILINE)


def nquads_of(graph: str, quads: Iterable[ox.Quad]) -> bytes:
    """Quads of a graph as its content.

    Raises:
        StoreError: a quad belongs to another graph.
    """
    lines = set()
    for quad in quads:
        if getattr(quad.graph_name, "value", None) != graph:
            raise StoreError(f"<{graph}>: a quad of another graph, {quad.graph_name}, was put here")
        lines.add(f"{quad} .\n")
    return "".join(sorted(lines)).encode()
