"""What a request can meet: a status, a word for programs, a sentence for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kg.errors import UnkgError


class RequestError(UnkgError):
    """A request that is not answered, with what is sent instead."""

    def __init__(
        self,
        status: int,
        error: str,
        message: str,
        *,
        headers: Mapping[str, str] | None = None,
        **place: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message
        self.headers = dict(headers or {})
        self.place = {name: value for name, value in place.items() if value is not None}

    @property
    def header(self) -> dict[str, Any]:
        """The same as JSON data, as it travels between processes."""
        return {
            "status": self.status,
            "error": self.error,
            "message": self.message,
            "headers": self.headers,
            "place": self.place,
        }

    @classmethod
    def of(cls, header: Mapping[str, Any]) -> RequestError:
        """What ``header`` told."""
        return cls(
            header["status"],
            header["error"],
            header["message"],
            headers=header.get("headers"),
            **header.get("place", {}),
        )

    def text(self, *, plain: bool) -> bytes:
        """The body sent: for people, or JSON.

        >>> RequestError(400, "syntax", "ends too early", line=2).text(plain=False)
        b'{"error": "syntax", "message": "ends too early", "line": 2}\\n'
        """
        if plain:
            return "\n".join((self.message, *self.place.get("caret", "").splitlines(), "")).encode()
        told = {"error": self.error, "message": self.message, **self.place}
        return (json.dumps(told, ensure_ascii=False) + "\n").encode()
