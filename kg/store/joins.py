"""What two documents say together: which part of a report became which resolution.

A resolution prints the report it was adopted on (``unkg:onReport``), never its draft's symbol.
Where the store holds both, the part of that report with the resolution's title is the text that
was adopted: the part, and the draft whose text it is, get ``unkg:adoptedAs``. Nothing is joined
where two parts of the report, or two resolutions on it, bear one title. The joins stand in a
graph of their own that is made anew whenever documents come or go (at build time, so that a
plain SPARQL engine answers); document graphs hold only what their document prints.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.store.graphs import JOINS_GRAPH
from kg.stretch import fold
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

PARTS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?report ?part ?title ?resolution ?same WHERE {{
  ?resolution unkg:onReport ?report ; <{DCTERMS.title}> ?same .
  ?report unkg:contains ?part .
  ?part <{DCTERMS.title}> ?title .
  FILTER(LANG(?title) = LANG(?same))
}}
"""
DRAFTS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?draft ?part WHERE {{ ?draft unkg:recommendedAs ?part }}
"""


def joins(parts: Iterable[tuple[Any, ...]], drafts: Iterable[tuple[Any, ...]]) -> Iterator[ox.Quad]:
    """The joins as quads, from the rows of the queries ``PARTS`` and ``DRAFTS``."""
    import pyoxigraph as ox

    graph, tie = ox.NamedNode(JOINS_GRAPH), ox.NamedNode(UNKG.adoptedAs)
    by_part = defaultdict(set)
    for draft, part in drafts:
        by_part[part].add(draft)
    for part, resolution in _adopted(parts):
        for text in (part, *by_part[part]):
            yield ox.Quad(text, tie, resolution, graph)


def _adopted(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
    """Parts and resolutions of one report and title, where each is the only one of it."""
    parts, resolutions = defaultdict(set), defaultdict(set)
    for report, part, title, resolution, same in rows:
        parts[report, title.language, titled(title.value)].add(part)
        resolutions[report, same.language, titled(same.value)].add(resolution)
    for key, found in parts.items():
        became = resolutions.get(key, set())
        if len(found) == len(became) == 1:
            yield next(iter(found)), next(iter(became))


def titled(title: str) -> str:
    """A title as titles are compared: case, white space and forms of punctuation aside.

    >>> titled("Rights of the  Child") == titled("RIGHTS OF THE CHILD")
    True
    """
    return re.sub(r"""[\s“”"'*]+""", " ", fold(title)).strip().casefold()
