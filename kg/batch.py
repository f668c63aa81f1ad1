"""Documents stored some at a time, by a thread of their own, while others are read."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pipeline import Made
    from kg.store import Change, Content, Store

# What is stored at a time: as much as the engine sorts in some 150 MB of memory, and no document
# waits longer for the next to be read.
BYTES = 10 * 2**20
SECONDS = 5.0


@dataclass(slots=True)
class Batch:
    """Documents read and not yet noted: those that wait, and those being stored meanwhile."""

    store: Store
    pool: ThreadPoolExecutor
    waiting: list[tuple[Made, Content]] = field(default_factory=list)
    under_way: list[tuple[Made, Content]] = field(default_factory=list)
    stored: Future[tuple[Change, ...]] | None = None
    since: float = 0.0

    def add(self, made: Made, content: Content) -> None:
        """One more to be stored."""
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append((made, content))

    @property
    def due(self) -> bool:
        """Whether it is time to store what waits."""
        size = sum(len(content.nquads) for _, content in self.waiting)
        return size >= BYTES or time.monotonic() - self.since >= SECONDS

    def touches(self, *graphs: str | None) -> bool:
        """Whether a graph is among those not yet noted."""
        changing = {
            name
            for _, content in (*self.waiting, *self.under_way)
            for name in (content.graph, *content.replaces)
        }
        return not changing.isdisjoint(graphs)

    def store_waiting(self) -> None:
        """Have another thread store what waits."""
        self.under_way, self.waiting = self.waiting, []
        contents = [content for _, content in self.under_way]
        self.stored = self.pool.submit(self.store.put_many, contents)

    def take(self) -> list[tuple[Made, Change]]:
        """What became of the documents being stored, once they are.

        Raises:
            StoreError: they could not be; nothing of it is noted.
        """
        if self.stored is None:
            return []
        changes, self.stored = self.stored.result(), None
        done, self.under_way = [made for made, _ in self.under_way], []
        return list(zip(done, changes, strict=True))
