"""HTTP requests read as the SPARQL 1.1 Protocol means them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl

from kg.serve.problems import RequestError

if TYPE_CHECKING:
    from starlette.requests import Request

_FORM = "application/x-www-form-urlencoded"
_DIRECT: dict[str, Literal["query", "update"]] = {
    "application/sparql-query": "query",
    "application/sparql-update": "update",
}
_DATASET = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_MAX_FIELDS = 1_000

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One query or update with its dataset and the format asked for by name."""

    kind: Literal["query", "update"]
    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


async def operation(request: Request, *, most: int) -> Operation | None:
    """The operation of a request; None where it asks for the service description.

    Raises:
        RequestError: 400, 413 or 415, with what is wrong.
    """
    fields = _fields(request.url.query)
    if request.method in ("GET", "HEAD"):
        if any(name == "update" for name, _ in fields):
            raise RequestError(400, "request", "an update is sent with POST, not with GET")
        if not any(name == "query" for name, _ in fields):
            return None
        return _operation("query", fields)
    kind = _content_type(request)
    text = _decoded(await _body(request, most))
    if kind in _DIRECT:
        name = _DIRECT[kind]
        return _operation(name, [*fields, (name, text)])
    fields += _fields(text)
    return _operation("update" if any(n == "update" for n, _ in fields) else "query", fields)


def _operation(kind: Literal["query", "update"], fields: Fields) -> Operation:
    texts = [value for name, value in fields if name in ("query", "update")]
    if len(texts) != 1:
        told = "one is wanted" if texts else "it is missing"
        raise RequestError(400, "request", f"{len(texts)} queries or updates were sent; {told}")
    default, named = _DATASET[kind]

    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in fields if key == name)

    asked = all_of("format") or all_of("output")
    return Operation(
        kind=kind,
        text=texts[0],
        default_graphs=all_of(default),
        named_graphs=all_of(named),
        format=asked[0] if asked else None,
    )


def _fields(text: str) -> Fields:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="strict")
    except UnicodeDecodeError as error:
        raise RequestError(400, "request", "the parameters are not UTF-8") from error
    except ValueError as error:
        raise RequestError(400, "request", f"the parameters cannot be read: {error}") from error


def _content_type(request: Request) -> str:
    """The media type of a body, which must be UTF-8 and not compressed."""
    kind, *parameters = (
        piece.strip().lower() for piece in request.headers.get("content-type", "").split(";")
    )
    if kind != _FORM and kind not in _DIRECT:
        wanted = ", ".join((_FORM, *_DIRECT))
        sent = f"a body of type {kind[:100]!r}" if kind else "a body without Content-Type"
        raise RequestError(415, "unsupported-media-type", f"{sent} was sent; send one of {wanted}")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip("\"'") not in ("utf-8", "utf8", "us-ascii"):
            raise RequestError(415, "unsupported-media-type", f"{value[:50]} was sent; send UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RequestError(415, "unsupported-media-type", "the body is compressed; send it plain")
    return kind


async def _body(request: Request, most: int) -> bytes:
    too_large = RequestError(413, "too-large", f"a body of more than {most:,} bytes was sent")
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and int(length) > most:
        raise too_large
    found = bytearray()
    stream: AsyncIterator[bytes] = request.stream()
    async for chunk in stream:
        found += chunk
        if len(found) > most:
            raise too_large
    return bytes(found)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RequestError(400, "request", f"the body is not UTF-8: {error.reason}") from error
