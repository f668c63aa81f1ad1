"""What every request passes: whose address it used, which page sent it, and safe headers."""

from __future__ import annotations

import ipaddress
import socket
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.serve.problems import RequestError
from kg.serve.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page sets its own Content-Security-Policy; what sets none may load nothing.
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
_EXPOSED = "x-truncated"


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what comes under a wrong name or from a foreign page; add the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        started, seen = time.perf_counter(), {"status": 0, "bytes": 0}
        more = _HEADERS | _sharing(given.get("origin"), self._settings)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                _add(message, more)
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            _check(scope["method"], given, self._settings)
        except RequestError as problem:
            await _refusal(problem, guarded)
        else:
            await self._app(scope, receive, guarded)
        finally:
            if self._settings.log:
                _log(scope, seen, time.perf_counter() - started)


def _add(message: Message, more: Mapping[str, str]) -> None:
    headers = list(message["headers"])
    there = {name.lower() for name, _ in headers}
    headers += [(k.encode(), v.encode()) for k, v in more.items() if k.encode() not in there]
    message["headers"] = headers


async def _refusal(problem: RequestError, send: Send) -> None:
    body = problem.text(plain=False)
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    start: Any = {"type": "http.response.start", "status": problem.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _log(scope: Scope, seen: Mapping[str, int], seconds: float) -> None:
    """One line for one request; the query's text is not written, it may be private."""
    path = ascii(scope["path"])[1:-1][:200]
    told = f"{seen['status']} {seen['bytes']} bytes {seconds * 1000:.0f} ms"
    print(f"{time.strftime('%FT%T')} {scope['method']} {path} {told}", file=sys.stderr, flush=True)


def _check(method: str, headers: Mapping[str, str], settings: Settings) -> None:
    """A page elsewhere must not reach us through a name it controls, nor by a form.

    Raises:
        RequestError: 421, the Host is not this server; 403, the page that sends is not allowed to.
    """
    host = _name(headers.get("host", ""))
    if not _ours(host, settings):
        raise RequestError(421, "host", f"{host[:100]!r} is not a name of this server")
    origin = headers.get("origin")
    if origin is None or method in ("GET", "HEAD", "OPTIONS"):
        return
    if settings.allow_origin in ("*", origin):
        return
    if urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise RequestError(403, "origin", f"pages of {origin[:100]} may not use this server")


def _name(host: str) -> str:
    """The name in a Host header, without port and brackets.

    >>> _name("[::1]:7878"), _name("LOCALHOST:7878")
    ('::1', 'localhost')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _ours(host: str, settings: Settings) -> bool:
    if host in ("localhost", "127.0.0.1", "::1", settings.host.lower()):
        return True
    if settings.host in ("127.0.0.1", "localhost", "::1"):
        return False
    # A name can be made to point here; an address is only what it says.
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host == socket.gethostname().lower()
    return True


def _sharing(origin: str | None, settings: Settings) -> dict[str, str]:
    """The headers that let another page read the answer; none unless it was asked for."""
    allowed = settings.allow_origin
    if allowed is None or (allowed != "*" and origin != allowed):
        return {"vary": "accept, origin"}
    return {
        "vary": "accept, origin",
        "access-control-allow-origin": allowed,
        "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
        "access-control-allow-headers": "accept, authorization, content-type",
        "access-control-expose-headers": _EXPOSED,
        "cross-origin-resource-policy": "cross-origin",
    }
