"""Which format an answer is sent in: the Accept header, or a name given with the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from kg.serve.problems import RequestError

Form = Literal["rows", "boolean", "graph"]

# Each format: the media type sent, and what else asks for it. The first is the default.
_TABLES = {
    "json": ("application/sparql-results+json", ("application/json",)),
    "xml": ("application/sparql-results+xml", ("application/xml", "text/xml")),
    "csv": ("text/csv", ("text/plain",)),
    "tsv": ("text/tab-separated-values", ()),
}
_GRAPHS = {
    "turtle": ("text/turtle", ("application/x-turtle", "application/turtle", "ttl")),
    "nt": ("application/n-triples", ("text/plain", "n-triples")),
    "jsonld": ("application/ld+json", ("application/json", "json", "json-ld")),
    "rdf": ("application/rdf+xml", ("application/xml", "text/xml", "xml")),
}
FORMATS: Mapping[Form, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "rows": _TABLES,
    "boolean": _TABLES,
    "graph": _GRAPHS,
}


def media_type(form: Form, name: str) -> str:
    """The Content-Type of a format; text is UTF-8.

    >>> media_type("rows", "csv")
    'text/csv; charset=utf-8'
    """
    found = FORMATS[form][name][0]
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


def chosen(form: Form, *, accept: str | None, asked: str | None) -> str:
    """The name of the format to send.

    Raises:
        RequestError: 406, none that is asked for can be sent.

    >>> chosen("rows", accept="text/html, text/csv;q=0.5, */*;q=0.1", asked=None)
    'csv'
    >>> chosen("graph", accept=None, asked="ttl")
    'turtle'
    """
    formats = FORMATS[form]
    if asked:
        found = next((n for n, known in formats.items() if asked in (n, known[0], *known[1])), None)
        if found:
            return found
        raise _none(form, asked)
    ranges = list(_ranges(accept or "*/*"))
    best = max(formats, key=lambda name: _quality(ranges, *formats[name]))
    if _quality(ranges, *formats[best]) <= 0:
        raise _none(form, accept or "")
    return best


def _none(form: Form, asked: str) -> RequestError:
    kinds = ", ".join(known[0] for known in FORMATS[form].values())
    return RequestError(
        406, "not-acceptable", f"{asked[:200]} cannot be sent for this query: {kinds}"
    )


def prefers_text(accept: str | None) -> bool:
    """Whether an error is wanted as text for people rather than as JSON."""
    ranges = list(_ranges(accept or "*/*"))
    json = _quality(ranges, "application/json", ("application/sparql-results+json",))
    return _quality(ranges, "text/plain", ("text/html",)) > json


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Media ranges with their q-values; what cannot be read counts as not there."""
    for part in accept[:4000].split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                try:
                    weight = min(1.0, max(0.0, float(parameter[2:])))
                except ValueError:
                    weight = 0.0
        if name:
            yield name, weight


def _quality(ranges: list[tuple[str, float]], name: str, aliases: tuple[str, ...]) -> float:
    """How much a format is wanted: its own name decides, then an alias, then a range with *."""
    own = [weight for asked, weight in ranges if asked == name]
    if own:
        return max(own)
    other = [weight for asked, weight in ranges if asked in aliases]
    if other:
        return max(other) - 0.0001
    wild = {asked: weight for asked, weight in ranges if asked.endswith("/*") or asked == "*"}
    star = wild.get("*/*", wild.get("*", 0.0))
    return wild.get(f"{name.partition('/')[0]}/*", star) - 0.0002
