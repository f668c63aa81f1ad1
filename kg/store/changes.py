"""What changed since the last snapshot: so that what was derived from it need not be made anew.

A writer notes, before it changes the database, which graphs it will fill and which triples the
merge of all graphs will lose. The note goes with the next snapshot. It is never trusted to be
complete unless it was: a writer that finds changes of one that died before it, an update of which
nobody knows what it did, and more changes than are worth noting leave none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Beyond these, making anew what is derived is quicker, or not much slower.
MOST_GRAPHS = 2_000
MOST_BYTES = 64 * 2**20
FILE = "changes.json"
_FIELDS = ("graphs", "lost")


@dataclass(slots=True)
class Changes:
    """The graphs that gained or lost something, and the triples that left the merge.

    ``lost`` holds N-Triples without the points. A triple in it may have come back and a graph
    may have gone: both are only what may have changed. ``known`` is false for "anything".

    >>> changes = Changes()
    >>> changes.note(["https://undocs.org/en/A/RES/70/1"])
    >>> changes.known, len(changes.graphs)
    (True, 1)
    """

    known: bool = True
    graphs: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    _bytes: int = 0

    def note(self, graphs: Iterable[str], lost: Iterable[str] = ()) -> None:
        """To be called before graphs are changed; ``lost`` are triples that leave the merge."""
        if not self.known:
            return
        self.graphs.update(graphs)
        for line in lost:
            self.lost.add(line)
            self._bytes += len(line)
        if len(self.graphs) > MOST_GRAPHS or self._bytes > MOST_BYTES:
            self.forget()

    def forget(self) -> None:
        """From now on anything may have changed."""
        self.known, self._bytes = False, 0
        self.graphs.clear()
        self.lost.clear()

    def include(self, other: Changes, graphs: Iterable[str] = ()) -> None:
        """These and others, and graphs that others filled."""
        if other.known:
            self.note({*other.graphs, *graphs}, other.lost)
        else:
            self.forget()

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        found = {name: sorted(getattr(self, name)) for name in _FIELDS}
        (folder / FILE).write_text(json.dumps(found), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Changes:
        """What ``save`` wrote; not known where nothing is, or something else."""
        try:
            found: Any = json.loads((folder / FILE).read_text(encoding="utf-8"))
            graphs, lost = (list(map(str, found[name])) for name in _FIELDS)
        except (OSError, ValueError, KeyError, TypeError):
            return cls(known=False)
        changes = cls()
        changes.note(graphs, lost)
        return changes
