"""Queries put to the engine, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import sparql as query_text
from kg.errors import QueryError
from kg.store.reader import Answer
from kg.store.substitution import substituted

if TYPE_CHECKING:
    import pyoxigraph as ox

    Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
else:
    Results: TypeAlias = Any

_UPDATES = frozenset({"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_VERBS = _UPDATES | {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def results(
    database: ox.Store,
    sparql: str,
    *,
    default_graphs: Sequence[str] | None = None,
    named_graphs: Sequence[str] | None = None,
    values: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
) -> Results:
    """What a database answers; ``kg.store.Store.query`` says how."""
    query_text.refuse_network(sparql)
    text = substituted(sparql, values or {})
    try:
        return database.query(text, **_dataset(default_graphs, named_graphs))
    except SyntaxError as error:
        if _is_update(sparql):
            raise QueryError("this is a SPARQL update; only queries are run here") from error
        raise query_text.syntax_error(sparql, str(error)) from error
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def pairs(database: ox.Store, predicate: str, value: str | None) -> Iterator[tuple[Any, Any]]:
    """Subjects and objects of a predicate, or those with one IRI as object; no query is run."""
    import pyoxigraph as ox

    known = None if value is None else ox.NamedNode(value)
    where = ox.NamedNode(predicate), known, ox.DefaultGraph()
    return ((quad.subject, quad.object) for quad in database.quads_for_pattern(None, *where))


def _dataset(
    default_graphs: Sequence[str] | None, named_graphs: Sequence[str] | None
) -> dict[str, Any]:
    """A dataset as the protocol means it: with one kind of graph given, the other is empty."""
    import pyoxigraph as ox

    if default_graphs is None and named_graphs is None:
        return {}
    return {
        "default_graph": [ox.NamedNode(name) for name in default_graphs or ()],
        "named_graphs": [ox.NamedNode(name) for name in named_graphs or ()],
    }


def _is_update(sparql: str) -> bool:
    return next((word in _UPDATES for word in query_text.words(sparql) if word in _VERBS), False)


def as_answer(found: Results) -> Answer:
    """Results as rows of terms."""
    import pyoxigraph as ox

    if isinstance(found, ox.QuerySolutions):
        columns = tuple(variable.value for variable in found.variables)
        return Answer(columns=columns, rows=tuple(tuple(solution) for solution in found))
    if isinstance(found, ox.QueryBoolean):
        return Answer(columns=("answer",), rows=((ox.Literal(bool(found)),),))
    rows = tuple((t.subject, t.predicate, t.object) for t in found)
    return Answer(columns=("subject", "predicate", "object"), rows=rows)
