"""The explorer's addresses: each a page made in one of the processes that answer queries."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kg.serve.problems import RequestError
from kg.view.sheet import sheet
from kg.view.words import LANGUAGES, words

PAGES = {
    "/": "home",
    "/search": "search",
    "/document": "document",
    "/work": "work",
    "/chain": "chain",
    "/cosponsors": "cosponsors",
    "/instrument": "instrument",
    "/state": "state",
    "/query": "query",
}
_LONGEST = 30_000
_FIELDS = 20
_AGAIN = {"retry-after": "30"}


def explorer_routes() -> list[BaseRoute]:
    """The routes of all pages; they are only read (GET and HEAD)."""
    return [Route(path, _handler(name)) for path, name in PAGES.items()]


def language_of(request: Request) -> str:
    """The language of a page's words: ``?lang=``, else the browser's, else English."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    ranked: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "")[:500].split(","):
        code, _, weight = part.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), code.partition("-")[0].lower()))
        except ValueError:
            continue
    spoken = (code for _, code in sorted(ranked, key=lambda each: each[0]))
    return next((code for code in spoken if code in LANGUAGES), "en")


def _handler(name: str) -> Callable[[Request], Awaitable[Response]]:
    return partial(_answer, name)


async def _answer(name: str, request: Request) -> Response:
    from kg.serve.app import while_connected

    language = language_of(request)
    given = dict(list(request.query_params.items())[:_FIELDS])
    given.pop("lang", None)
    try:
        if sum(map(len, given.values())) > _LONGEST:
            raise RequestError(414, "long", "the address is too long")
        work = request.app.state.service.call(
            "kg.serve.explorer:render",
            page=name,
            path=request.url.path,
            given=given,
            language=language,
        )
        _, body = await while_connected(request, work)
    except RequestError as error:
        if error.status == 504 and name != "query":
            # The networks of a large store take longer than a query may: they are made aside.
            await request.app.state.preparing.start()
            told = RequestError(503, "preparing", words(language)["preparing"], headers=_AGAIN)
            return _problem(told, language)
        return _problem(error, language)
    made = json.loads(body)
    return _html(made["html"], made["policy"], status=made["status"])


def _problem(error: RequestError, language: str) -> Response:
    made = sheet(
        "message.html",
        language=language,
        title=words(language)["s_failed"],
        message=error.message,
        served=True,
        here=lambda code: f"/?lang={code}",
    )
    return _html(made.html, made.policy, status=error.status, more=error.headers)


def _html(
    html: str, policy: str, *, status: int, more: Mapping[str, str] | None = None
) -> Response:
    headers = {**(more or {}), "content-security-policy": f"{policy}; frame-ancestors 'none'"}
    return HTMLResponse(html, status_code=status, headers=headers)
