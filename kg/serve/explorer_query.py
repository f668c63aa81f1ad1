"""The query page: the named queries as forms, an editor, results from ``/sparql``.

A named query becomes text that anybody can run: its values stand in ``VALUES`` clauses, and the
page sends it to the endpoint like any other, under the same limits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.lookup import CLAUSES, find
from kg.query import NamedQuery, Parameter, library
from kg.serve.explorer import Asked, NothingThereError
from kg.store.substitution import substituted
from kg.view.sheet import Sheet

if TYPE_CHECKING:
    from kg.store import Reader

_FIRST = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX unkg: <https://w3id.org/unkg/ontology#>

SELECT ?citing ?cited
WHERE {
  ?citing unkg:recalls ?cited .
}
LIMIT 20
"""
_MOST = 100_000


def query(reader: Reader, asked: Asked) -> Sheet:
    """The page; with ``name`` a named query with its values, with ``query`` text as it is."""
    text, error = asked.given.get("query", "")[:_MOST], ""
    named = library().get(asked["name"])
    if asked["name"] and named is None:
        raise NothingThereError(asked["name"][:200])
    if named is not None and not text:
        try:
            text = sparql_of(named, values_of(reader, named, _given(asked, named)))
        except QueryError as refused:
            error = str(refused)
    return asked.sheet(
        "query.html",
        title=asked.say["query_page"],
        scripts=("served/query.js",),
        data={"run": bool(text) and not error, "lang": asked.language},
        text=text or _FIRST,
        error=error,
        chosen=named.name if named else "",
        queries=[_form(each, asked) for each in library().values()],
    )


def _given(asked: Asked, named: NamedQuery) -> dict[str, str]:
    given = {p.name: asked[f"p_{p.name}"] for p in named.parameters if asked[f"p_{p.name}"]}
    spoken = {p.name for p in named.parameters} & {"language"}
    return {**dict.fromkeys(spoken, asked.language), **given}


def _form(named: NamedQuery, asked: Asked) -> dict[str, Any]:
    given = _given(asked, named) if asked["name"] == named.name else {}
    return {
        "name": named.name,
        "title": named.title,
        "description": named.description,
        "fields": [_field(p, given) for p in named.parameters if p.name != "language"],
    }


def _field(parameter: Parameter, given: Mapping[str, str]) -> dict[str, Any]:
    hint = re.search(r"e\.g\. ([^;,]+)", parameter.note)
    return {
        "name": f"p_{parameter.name}",
        "label": parameter.name,
        "note": parameter.note,
        "hint": hint[1].split(" or ")[0].strip() if hint else "",
        "value": given.get(parameter.name, parameter.default or ""),
        "optional": parameter.optional,
        "choices": CLAUSES if parameter.kind == "clause" else (),
    }


def values_of(reader: Reader, named: NamedQuery, given: Mapping[str, str]) -> dict[str, Any]:
    """The values of a named query as RDF terms.

    Raises:
        QueryError: a value is missing, or nothing is known by it.
    """
    values = {}
    for parameter in named.parameters:
        value = given.get(parameter.name) or parameter.default
        if value:
            values[parameter.name] = find(reader, value, parameter.kind)
        elif not parameter.optional:
            raise QueryError(f"{parameter.name}: {parameter.note}")
    return values


def sparql_of(named: NamedQuery, values: Mapping[str, Any]) -> str:
    """A named query with its values written out, so that it stands alone.

    >>> from kg.lookup import find
    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     kenya = find(store, "KEN", "state")
    >>> text = sparql_of(library()["cosponsor-pairs"], {"state": kenya})
    >>> "?state " in text, "<https://w3id.org/unkg/state/KEN>" in text
    (False, True)
    """
    lines = [line for line in named.sparql.splitlines() if not re.match(_HEADER, line)]
    body = substituted("\n".join(lines).strip(), values)
    return f"# {named.title}\n{body}\n"


_HEADER = r"# (?:title|description|param|columns|example)\b"
