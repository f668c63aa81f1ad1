"""What every back end of the graph can do: a store on disk, in memory, or a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gave: column names and rows of RDF terms (None where unbound)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Reader(Protocol):
    """Where questions are asked. Whatever only reads takes a ``Reader``, never a ``Store``."""

    @property
    def base(self) -> str:
        """The start of the IRIs minted for its data."""

    @property
    def folder(self) -> Path | None:
        """Where what is derived from this very state may be kept; None: keep it in memory."""

    def select(self, sparql: str, **values: ox.NamedNode | ox.Literal) -> Answer:
        """Answer a query over the merge of all graphs; ``values`` replace variables."""

    def pairs(self, predicate: str, value: str | None = None) -> Iterator[tuple[Any, Any]]:
        """Subjects and objects of a predicate in the merge of all graphs; a pair may come twice.

        With ``value`` only those with this IRI as object.
        """

    def graphs(self) -> tuple[str, ...]:
        """The document graphs, sorted."""

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, or of all document graphs."""

    def nquads(self, *, graphs: Iterable[str] | None = None) -> bytes:
        """Document graphs as sorted N-Quads."""

    def __len__(self) -> int:
        """How many quads the document graphs hold."""
