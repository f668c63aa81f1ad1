"""The application: its routes, in one place."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import UnkgError
from kg.serve.description import description
from kg.serve.explorer_routes import explorer_routes
from kg.serve.guards import Guard
from kg.serve.negotiation import prefers_text
from kg.serve.prepare import Preparing
from kg.serve.problems import RequestError
from kg.serve.requests import operation
from kg.serve.service import Service
from kg.serve.settings import Settings

T = TypeVar("T")
_METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


def create_app(settings: Settings) -> Starlette:
    """The endpoint as an ASGI application; its lifespan opens and closes the store.

    ``app.state.service`` is the :class:`~kg.serve.service.Service` that handlers ask; where it
    cannot be opened, ``app.state.failure`` says why.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            service = await Service(settings).__aenter__()
        except UnkgError as error:
            app.state.failure = error
            raise
        app.state.service = service
        app.state.preparing = Preparing(settings.store)
        try:
            yield
        finally:
            await app.state.preparing.stop()
            await service.__aexit__()

    app = Starlette(
        routes=routes(),
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={RequestError: _problem, HTTPException: _http, Exception: _failure},
        lifespan=lifespan,
    )
    app.state.failure = None
    return app


def routes() -> list[BaseRoute]:
    """All that is served."""
    return [
        *explorer_routes(),
        Route("/sparql", _sparql, methods=_METHODS),
        Route("/sparql/", _sparql, methods=_METHODS),
    ]


async def _sparql(request: Request) -> Response:
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"allow": ", ".join(_METHODS)})
    service: Service = request.app.state.service
    settings = service.settings
    accept = request.headers.get("accept")
    url = f"{request.url.scheme}://{request.url.netloc}/sparql"
    asked = await operation(request, most=settings.limits.body)
    if asked is None:
        form = request.query_params.get("format") or request.query_params.get("output")
        kind, body = description(url, writable=settings.writable, accept=accept, asked=form)
        return Response(body, headers={"content-type": kind})
    if asked.kind == "update":
        _authorise(request, settings)
    answer = await while_connected(request, service.run(asked, base=url, accept=accept))
    return Response(
        answer.body, status_code=answer.header["status"], headers=answer.header["headers"]
    )


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of ``work``, which is cancelled when the client goes away.

    Raises:
        RequestError: 499, nobody is there to read the answer.
    """
    done = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({done, gone}, return_when=asyncio.FIRST_COMPLETED)
        if done.done():
            return done.result()
        raise RequestError(499, "gone", "the client closed the connection")
    finally:
        for task in (done, gone):
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, RequestError):
                    await task


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _authorise(request: Request, settings: Settings) -> None:
    """Let only those write who know the token, on a server that was started for it.

    Raises:
        RequestError: 403, the server does not write; 401, another token or none.
    """
    if not settings.writable or not settings.token:
        raise RequestError(
            403, "read-only", "this server makes no updates; start it with --writable"
        )
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(token.strip().encode(), settings.token.encode())
    if scheme.lower() != "bearer" or not known:
        wanted = {"www-authenticate": 'Bearer realm="unkg"'}
        message = "updates need the header: Authorization: Bearer TOKEN"
        raise RequestError(401, "token", message, headers=wanted)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    plain = prefers_text(request.headers.get("accept"))
    kind = "text/plain; charset=utf-8" if plain else "application/json"
    headers = {**error.headers, "content-type": kind}
    return Response(error.text(plain=plain), status_code=error.status, headers=headers)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    word = {404: "not-found", 405: "method"}.get(error.status_code, "request")
    problem = RequestError(error.status_code, word, error.detail, headers=error.headers)
    return await _problem(request, problem)


async def _failure(request: Request, error: Exception) -> Response:
    told = RequestError(500, "internal", "the server failed; its owner finds more with --log")
    return await _problem(request, told)
