"""Queries over HTTP: one POST, one answer of bounded size and time, no detours."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import StoreError

if TYPE_CHECKING:
    import httpx

_TABLES = "application/sparql-results+json"
_GRAPHS = "application/n-triples"
# Asked again: whoever answers like this has not begun, and a query changes nothing.
_BUSY = frozenset({429, 502, 503, 504})
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, what the headers say, the whole body."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_graph(self) -> bool:
        """Whether the body is triples."""
        return str(self.headers.get("content-type", "")).startswith((_GRAPHS, "text/plain"))

    def first_line(self) -> str:
        """What the server says, short, for an error message."""
        text = self.body[:4000].decode("utf-8", "replace").strip()
        return text.splitlines()[0][:300] if text else f"status {self.status}"

    def says_cut_off(self, rows: int) -> bool:
        """Whether the headers tell of rows that were left out."""
        if self.headers.get("x-sql-state", "") == "S1TAT":
            return True  # Virtuoso ran out of its time and sent what it had
        limit = self.headers.get("x-sparql-maxrows", "")
        # The second is what kg serve says.
        return bool(self.headers.get("x-truncated")) or (limit.isdigit() and rows >= int(limit))


class Transport:
    """The connection to one address."""

    def __init__(self, url: str, *, timeout: float, most_bytes: int) -> None:
        import httpx

        self.shown = _without_password(url)
        self._url = url
        self._timeout = timeout
        self._most_bytes = most_bytes
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
            follow_redirects=False,
            headers={"User-Agent": "unkg"},
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def post(self, sparql: str, *, graph: bool) -> Reply:
        """The answer to a query, its status 200 or 400.

        Raises:
            StoreError: nothing answers, it takes too long or sends too much, or is no endpoint.
        """
        accept = f"{_GRAPHS}, text/plain;q=0.5" if graph else _TABLES
        for attempt in range(1, _ATTEMPTS + 1):
            reply = self._once(sparql, accept)
            if reply.status not in _BUSY or attempt == _ATTEMPTS:
                break
            time.sleep(_pause(reply, attempt))
        return self._checked(reply, graph=graph)

    def _once(self, sparql: str, accept: str) -> Reply:
        import httpx

        ends = time.monotonic() + self._timeout
        body = bytearray()
        try:
            with self._client.stream(
                "POST", self._url, data={"query": sparql}, headers={"Accept": accept}
            ) as response:
                for piece in response.iter_bytes(1 << 16):
                    body += piece
                    if len(body) > self._most_bytes:
                        raise StoreError(
                            f"{self.shown}: sends more than {self._most_bytes:,} bytes; ask for "
                            "less with LIMIT"
                        )
                    if time.monotonic() > ends:
                        raise httpx.ReadTimeout("")
                return Reply(self.shown, response.status_code, response.headers, bytes(body))
        except httpx.ConnectError as error:
            raise StoreError(f"{self.shown}: nothing answers there ({error})") from error
        except httpx.TimeoutException as error:
            raise StoreError(
                f"{self.shown}: no whole answer within {self._timeout:g} seconds"
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise StoreError(f"{self.shown}: the answer broke off ({error})") from error

    def _checked(self, reply: Reply, *, graph: bool) -> Reply:
        if 300 <= reply.status < 400:
            place = reply.headers.get("location", "")[:200]
            raise StoreError(
                f"{self.shown}: moved to {place or 'elsewhere'}; give the address meant"
            )
        if reply.status not in (200, 400):
            raise StoreError(f"{self.shown}: status {reply.status}: {reply.first_line()}")
        kind = reply.headers.get("content-type", "").split(";")[0].strip().lower()
        wanted = (_GRAPHS, "text/plain") if graph else (_TABLES, "application/json")
        if reply.status == 200 and kind not in wanted:
            raise StoreError(
                f"{self.shown}: answers with {kind or 'an unnamed type'}, no SPARQL results; "
                "is this the address of its SPARQL endpoint?"
            )
        return reply


def _pause(reply: Reply, attempt: int) -> float:
    wanted = reply.headers.get("retry-after", "")
    return min(float(wanted), 5.0) if wanted.isdigit() else 0.2 * attempt


def _without_password(url: str) -> str:
    """The address for messages; refused unless it is one of the web.

    >>> _without_password("https://reader:secret@example.org/sparql")
    'https://example.org/sparql'
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError as error:
        raise StoreError(f"the endpoint's address cannot be read: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError("an endpoint's address starts with http:// or https://, then a host")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{host}{port}{parts.path}{query}"
