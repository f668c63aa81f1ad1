"""What an endpoint may do and how much of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one request may cost: seconds, rows or triples, bytes out and in, bytes of memory."""

    seconds: float = 10.0
    rows: int = 100_000
    size: int = 32 * MEGABYTE
    body: int = 16 * MEGABYTE
    memory: int = 1_000 * MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One endpoint: its store, where it listens, who may write, its limits.

    ``long_queries`` that have run for longer than ``short`` seconds go on together; the next
    one to get that old is ended, so that a short query always finds a free process.
    """

    store: Path
    host: str = "127.0.0.1"
    port: int = 7878
    writable: bool = False
    token: str | None = None
    allow_origin: str | None = None
    log: bool = False
    limits: Limits = Limits()
    spare: int = 4
    long_queries: int = 12
    short_queries: int = 4
    waiting: int = 64
    short: float = 0.5
    base: str | None = None

    @property
    def processes(self) -> int:
        """How many queries are run at once at most."""
        return self.long_queries + self.short_queries
