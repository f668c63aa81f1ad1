"""What a text has named so far, and what it calls it from there on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Named:
    """What a text has named so far, in printed order: squeezed name and key (None if unknown).

    >>> named = Named()
    >>> named.add("Convention on Reading", None)
    >>> named.declare("Reading Convention", "Convention on Reading", None)
    >>> named.declared("Reading Convention"), named.last
    (('Convention on Reading', None), None)
    """

    names: list[tuple[str, str | None]] = field(default_factory=list)
    _shorts: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    def add(self, name: str, target: str | None) -> None:
        """Remembers a name that was read."""
        self.names.append((name, target))

    def declare(self, short: str, full: str, target: str | None) -> None:
        """Remembers the short form printed behind a name: "(hereinafter “the Convention”)"."""
        self._shorts[short] = (full, target)

    def declared(self, short: str) -> tuple[str, str | None] | None:
        """The full name and key of what the text said it would call so."""
        return self._shorts.get(short)

    @property
    def last(self) -> str | None:
        """The key of the instrument named last."""
        return self.names[-1][1] if self.names else None
