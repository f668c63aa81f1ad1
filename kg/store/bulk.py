"""Loading much at once: N-Quads as text, checked line by line, handed to the engine in pieces.

The engine's bulk loader writes sorted files beside the log, so it is several times faster than
``put`` and no transaction. It therefore fills a copy of the database (hard links), which takes
the store's place at the end: killed or failed before that, the store is as it was. Each piece is
loaded twice at a time, as it stands and without graph names: the merge in the default graph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from kg.errors import StoreError
from kg.store.graphs import SYSTEM_GRAPHS

if TYPE_CHECKING:
    import pyoxigraph as ox

# Two pieces of this size, loaded at a time, take the engine about 20 times their bytes.
PIECE = 32 * 2**20
_MAX_LINE = 64 * 2**20

_STATEMENT = rb"""
    ^[ \t]*
    (                                               # the triple
      (?: <[^<>"\s]*> | _:\S+ ) [ \t]*
      <[^<>"\s]*> [ \t]*
      (?: <[^<>"\s]*> | _:\S+
        | "(?:[^"\\\n\r]|\\.)*" (?: @[A-Za-z0-9-]+ | \^\^[ \t]*<[^<>"\s]*> )?
      )
    )
    (?: [ \t]* <([^<>"\s]*)> )?                     # the graph
    [ \t]* \. [ \t]* (?:\#[^\n]*)? \r?\n
"""
_NOTHING = re.compile(rb"(?:[ \t]*(?:\#[^\n]*)?\r?\n)*")
_BLANK = re.compile(rb'(?<![^ \t])_:([^\s<>"]+)(?=[ \t]|$)|"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a bulk load brought: the graphs it filled, and how many statements it read."""

    graphs: tuple[str, ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Piece:
    """The statements of some whole lines: triples without the point, and the graph of each."""

    triples: list[bytes]
    graphs: list[bytes]

    @property
    def names(self) -> frozenset[bytes]:
        """The graphs, each once."""
        return frozenset(self.graphs)

    def quads(self) -> bytes:
        """As N-Quads."""
        return b"".join(map(b"%b <%b> .\n".__mod__, zip(self.triples, self.graphs, strict=True)))

    def merged(self) -> bytes:
        """As N-Triples, each triple once."""
        return b" .\n".join([*dict.fromkeys(self.triples), b""])


def pieces(source: Path | Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of a file, or of chunks cut anywhere, as runs of whole lines of one size.

    Raises:
        StoreError: the file cannot be read, or a line has more than 64 MiB.

    >>> list(pieces([b"a\\nb", b"c\\nd"]))
    [b'a\\nbc\\n', b'd\\n']
    """
    waiting: list[bytes] = []
    size = 0
    for chunk in _chunks(source) if isinstance(source, Path) else source:
        waiting.append(chunk)
        size += len(chunk)
        if size >= PIECE:
            whole, _, rest = b"".join(waiting).rpartition(b"\n")
            if len(rest) > _MAX_LINE:
                raise StoreError("a line has more than 64 MiB; give N-Quads, one statement a line")
            if whole:
                yield whole + b"\n"
            waiting, size = [rest], len(rest) if whole else 0
    whole, _, rest = b"".join(waiting).rpartition(b"\n")
    for last in filter(None, (whole, rest)):
        yield last + b"\n"


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(PIECE):
                yield chunk
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error


class Completion(Protocol):
    """What a caller of ``load`` makes of each piece before it is loaded.

    What either method raises ends the load, and the store stays as it was.
    """

    def piece(self, found: Piece) -> Piece:
        """What to load in place of a piece."""
        ...

    def end(self) -> Piece:
        """What to load beside, all lines read; of graphs that were met."""
        ...


class Reading:
    """The lines of a bulk load as they are checked; it counts them and names blank nodes."""

    def __init__(self, *, graph: str | None) -> None:
        self.graphs: set[bytes] = set()
        self.statements = 0
        self._line = 1
        self._own = graph.encode() if graph else None
        self._names: dict[tuple[bytes, bytes], bytes] = {}
        self._numbers: dict[bytes, int] = {}

    def piece(self, text: bytes) -> Piece:
        """Whole lines, checked.

        Raises:
            StoreError: a line is no statement, has no graph where none was given for it, or is
                of a graph that unkg keeps itself.
        """
        triples: list[bytes] = []
        graphs: list[bytes] = []
        end = 0
        for match in _statement().finditer(text):
            if match.start() != end:
                self._check_empty(text, end, match.start())
            end = match.end()
            graph = match[2] or self._own
            if graph is None:
                self._fail(text, match.start(), "names no graph")
            triples.append(match[1])
            graphs.append(graph)
        self._check_empty(text, end, len(text))
        if b"_:" in text:
            triples = list(map(self._named, triples, graphs))
        found = Piece(triples=triples, graphs=graphs)
        taken = next((name for name in SYSTEM_GRAPHS if name.encode() in found.names), None)
        if taken:
            raise StoreError(f"<{taken}> belongs to unkg itself; use another graph name")
        self._line += text.count(b"\n")
        self.statements += len(triples)
        return found

    def _check_empty(self, text: bytes, start: int, end: int) -> None:
        matched = _NOTHING.match(text, start, end)
        if matched is None or matched.end() != end:
            self._fail(text, matched.end() if matched else start, "is no N-Quads statement")

    def _fail(self, text: bytes, place: int, reason: str) -> NoReturn:
        line = self._line + text.count(b"\n", 0, place)
        shown = text[place : place + 80].decode("utf-8", "replace").partition("\n")[0]
        raise StoreError(f"line {line} {reason}: {shown}")

    def _named(self, triple: bytes, graph: bytes) -> bytes:
        """The triple with blank nodes as IRIs, numbered by appearance in their graph."""

        def name(match: re.Match[bytes]) -> bytes:
            if match[1] is None:
                return match[0]
            key = (graph, match[1])
            if key not in self._names:
                number = self._numbers[graph] = self._numbers.get(graph, 0) + 1
                self._names[key] = b"<%b#node-%d>" % (graph, number)
            return self._names[key]

        return _BLANK.sub(name, triple)


@cache
def _statement() -> re.Pattern[bytes]:
    return re.compile(_STATEMENT, re.VERBOSE | re.MULTILINE)


def load(
    database: ox.Store,
    source: Path | Iterable[bytes],
    *,
    graph: str | None,
    present: Collection[str],
    remove: Callable[[str], object],
    completion: Completion | None = None,
) -> Loaded:
    """Fill a database that nobody else reads; graphs ``present`` are removed when met.

    Raises:
        StoreError: what ``Reading.piece`` refuses, or no N-Quads.
    """
    reading = Reading(graph=graph)
    waiting: list[Future[None]] = []

    def settle(left: int = 0) -> None:
        while len(waiting) > left:
            waiting.pop(0).result()

    def put(pool: ThreadPoolExecutor, piece: Piece) -> None:
        waiting.append(pool.submit(_load, database, piece.quads(), "nq"))
        waiting.append(pool.submit(_load, database, piece.merged(), "nt"))

    old = {name.encode() for name in present}
    try:
        with ThreadPoolExecutor(2) as pool:
            for text in pieces(source):
                piece = reading.piece(text)
                met = sorted(piece.names & old - reading.graphs)
                # The engine is kept busy with one piece at hand and one waiting; what is removed
                # must not be on its way in by another graph at that moment.
                settle(0 if met else 2)
                for name in met:
                    remove(name.decode())
                reading.graphs |= piece.names
                put(pool, completion.piece(piece) if completion else piece)
            if completion is not None:
                put(pool, completion.end())
            settle()
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"is no valid N-Quads: {error}") from error
    graphs = tuple(sorted(name.decode() for name in reading.graphs))
    return Loaded(graphs=graphs, statements=reading.statements)


def _load(database: ox.Store, lines: bytes, extension: str) -> None:
    import pyoxigraph as ox

    database.bulk_load(lines, ox.RdfFormat.from_extension(extension))
