"""Questions by name: ``queries/*.rq``, their parameters as RDF terms, rows as Python values.

A query's header says what it answers; each parameter is a variable of its SELECT clause, and
an RDF term takes the variable's place (see ``kg.store.substitution``).

The module can be called: ``kg.query("cited-by", symbol="A/RES/70/1")`` asks the default store.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.lookup import Kind, find
from kg.rows import Rows
from kg.vocab import XSD

if TYPE_CHECKING:
    from kg.store import Reader

_PARAMETER = re.compile(
    r"(?P<name>\w+)(?P<optional>\?)?:\s*(?P<kind>\w+)(?:\s*=\s*(?P<default>\S+))?\s*(?P<note>.*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: what it may be, its default, an example or hint."""

    name: str
    kind: Kind
    optional: bool = False
    default: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query of the library with what its header says."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    example: str
    sparql: str


def ask(
    query: str,
    /,
    *,
    store: Reader | str | os.PathLike[str] | None = None,
    endpoint: str | None = None,
    **params: str | int,
) -> Rows:
    """Answer a named query, or SPARQL text: ``kg.query("cited-by", symbol="A/RES/70/1")``.

    ``store`` is an open store or a directory; without it ``endpoint`` is asked, else what the
    environment names (``UNKG_ENDPOINT``, ``UNKG_STORE``), else ``./unkg-store``.

    Raises:
        QueryError: see ``run``.
        StoreError: no store is there, or nothing answers SPARQL at the address.

    >>> import kg
    >>> with kg.Store.in_memory(ontology=False) as store:
    ...     kg.query("SELECT ?code { VALUES ?code { 'KEN' } }", store=store)
    Rows of code: 1
    """
    from kg.store import open_reader

    values = {name: str(value) for name, value in params.items()}
    if store is not None and not isinstance(store, str | os.PathLike):
        return run(store, query, **values)
    if store is None:
        endpoint = endpoint or os.environ.get("UNKG_ENDPOINT") or None
    place = store or os.environ.get("UNKG_STORE") or "unkg-store"
    with open_reader(place, endpoint=endpoint) as opened:
        return run(opened, query, **values)


def run(store: Reader, query: str, /, **params: str) -> Rows:
    """Answer a named query, or SPARQL text, over a store.

    Values are symbols, slugs, ISO codes, names or IRIs, as the parameter's kind allows; for
    SPARQL of one's own each may be any of these, a number, or plain text.

    Raises:
        QueryError: an unknown name, parameter or value, or a query that is not valid; the
            text says what comes near, or shows the place.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     run(store, "unresolved").columns
    ('document', 'read_in', 'text', 'reason', 'candidates', 'start', 'end')
    """
    if re.search(r"[\s{}]", query.strip()):
        values = {name: find(store, value, "any") for name, value in params.items()}
        return _rows(store, query, values, None)
    named = library().get(query.strip())
    if named is None:
        raise QueryError(_unknown("query", query, library(), "kg query --list prints all"))
    return _rows(store, named.sparql, values_of(store, named, params), named.columns)


def values_of(store: Reader, query: NamedQuery, params: Mapping[str, str]) -> dict[str, Any]:
    """The RDF terms of a named query's parameters, defaults included.

    Raises:
        QueryError: a parameter is unknown, missing, or nothing is known by its value.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            raise QueryError(_unknown("parameter", name, known, f"{query.name} takes these"))
    values = {}
    for parameter in query.parameters:
        given = params.get(parameter.name, parameter.default)
        if given is not None:
            values[parameter.name] = find(store, given, parameter.kind)
        elif not parameter.optional:
            raise QueryError(
                f"{query.name} needs --param {parameter.name}=… ({parameter.kind}) {parameter.note}"
            )
    return values


def _rows(
    store: Reader, sparql: str, values: Mapping[str, Any], columns: tuple[str, ...] | None
) -> Rows:
    answer = store.select(sparql, **values)
    shown = columns or answer.columns
    places = [answer.columns.index(column) for column in shown]
    rows = (tuple(python_value(row[place]) for place in places) for row in answer.rows)
    # A named query's parameters are columns that are not shown; without them rows may be alike.
    return Rows(columns=shown, rows=tuple(dict.fromkeys(rows) if columns else rows))


_NUMBERS: dict[str, Callable[[str], Any]] = {
    XSD.integer: int,
    XSD.boolean: lambda value: value in ("true", "1"),
    "http://www.w3.org/2001/XMLSchema#decimal": float,
    "http://www.w3.org/2001/XMLSchema#double": float,
}


def python_value(term: Any) -> Any:
    """An RDF term as a Python value: IRIs and texts as str, numbers as numbers."""
    if term is None or not hasattr(term, "value"):
        return None if term is None else str(term)
    datatype = getattr(term, "datatype", None)
    convert = _NUMBERS.get(datatype.value, str) if datatype is not None else str
    try:
        return convert(term.value)
    except ValueError:
        return str(term.value)


def _unknown(thing: str, name: str, known: Mapping[str, Any], hint: str) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    wanted = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"no {thing} is named {name!r}{wanted} ({hint}: {', '.join(known)})"


@cache
def library() -> Mapping[str, NamedQuery]:
    """The named queries by name, sorted."""
    folder = files("kg").joinpath("queries")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".rq")]
    queries = [_read(entry.name[:-3], entry.read_text(encoding="utf-8")) for entry in found]
    return {query.name: query for query in sorted(queries, key=lambda query: query.name)}


def _read(name: str, text: str) -> NamedQuery:
    lines = [line[1:].strip() for line in text.splitlines() if line.startswith("#")]
    header = dict(line.partition(": ")[::2] for line in lines if not line.startswith("param "))
    parameters = (_parameter(line[6:], name) for line in lines if line.startswith("param "))
    return NamedQuery(
        name=name,
        title=header["title"],
        description=header.get("description", ""),
        parameters=tuple(parameters),
        columns=tuple(column.strip() for column in header["columns"].split(",")),
        example=header["example"],
        sparql=text,
    )


def _parameter(line: str, query: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise QueryError(f"queries/{query}.rq: the parameter line {line!r} cannot be read")
    kind: Any = found["kind"]
    return Parameter(
        name=found["name"],
        kind=kind,
        optional=found["optional"] is not None,
        default=found["default"],
        note=found["note"].strip(),
    )


class _Callable(ModuleType):
    """A module that answers when it is called; ``kg.query.run`` and the rest stay as they are."""

    __call__ = staticmethod(ask)


sys.modules[__name__].__class__ = _Callable
