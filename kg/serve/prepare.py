"""What the explorer derives from a large store, made ahead in a process of its own.

The networks of a store are made once for each snapshot and kept beside it. Of a store with
millions of statements that takes longer than a query may: the page that needs them is refused,
and this makes them meanwhile.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path


class Preparing:
    """One process at a time that makes what is missing; it ends with the server."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._process: asyncio.subprocess.Process | None = None

    @property
    def busy(self) -> bool:
        """Whether it is being made."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Begin, unless it is being made."""
        if self.busy:
            return
        nothing = asyncio.subprocess.DEVNULL
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, str(self._store), stdin=nothing, stdout=nothing
        )

    async def stop(self) -> None:
        """End it; what was not finished is made another time."""
        if self._process is not None and self.busy:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()


def prepare(store: Path) -> None:
    """Make and keep the catalogue and the networks of a store's newest snapshot.

    Raises:
        StoreError: the store cannot be read.
    """
    from kg.network import catalogue, citations, sponsorships
    from kg.store import Store

    with Store.open(store, read_only=True) as opened:
        catalogue.load(opened)
        citations.load(opened)
        sponsorships.load(opened)


def main() -> None:
    """Entry point of the process: a store's directory."""
    from kg.serve import sandbox

    sandbox.go_offline()
    prepare(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
