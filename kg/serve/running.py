"""A server on its address, from the first request to the last."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from kg.errors import StoreError, UnkgError
from kg.serve.app import create_app
from kg.serve.settings import Settings


class ServeError(UnkgError):
    """The server cannot listen where it is told to."""


def run(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is told the address once requests are answered.

    Raises:
        ServeError: the port is taken, or the address is not this machine's.
        StoreError: the store cannot be opened.
    """
    with _listening(settings) as listening:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        url = f"http://{host}:{listening.getsockname()[1]}/"
        app = create_app(settings)
        server = _Server(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="on",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                limit_concurrency=4 * (settings.processes + settings.waiting),
                timeout_graceful_shutdown=2,
            ),
            tell=lambda: ready(url),
        )
        # uvicorn raises the signal that ended it once more; by then it is dealt with.
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(ValueError):
                signal.signal(number, lambda *_: None)
        # The reason is kept by the application; a status of uvicorn's own says less.
        with suppress(SystemExit):
            asyncio.run(server.serve(sockets=[listening]))
        if app.state.failure is not None:
            raise app.state.failure
        if not server.started:
            raise StoreError(f"{settings.store}: the server could not be started")


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, *, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._tell()


def _listening(settings: Settings) -> socket.socket:
    where = f"{settings.host}:{settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, address = found[0]
        # With the protocol named, asyncio sends small answers at once (TCP_NODELAY).
        listening = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
        except BaseException:
            listening.close()
            raise
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(
                f"{where}: another program listens there; choose another --port (0 takes any)"
            ) from error
        raise ServeError(f"{where}: cannot listen there: {error.strerror or error}") from error
    return listening
