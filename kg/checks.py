"""The shapes as plain checks: whether a graph holds to them, told in one pass over its facts.

A SHACL engine needs a tenth of a second for a document that has no fault. Compiled from the same
``shapes.ttl``, the checks say only whether something is wrong; what is wrong, and in which words,
the engine then says (``kg.validate``). A term of SHACL that cannot be compiled is an error here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import AuthorityError
from kg.shacl import SH
from kg.vocab import RDF, XSD, ontology_path

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

# A value's check takes the value; what compares two properties takes their values.
ValueCheck = Callable[[Any], bool]
# A fact of a document: the IRI of what it is about, the property's, and a term.
Fact = tuple[str, str, Any]
SetCheck = Callable[[Sequence[Any], Sequence[Any]], bool]
_SAID = frozenset({SH.message, SH.severity, SH.path, SH.name, SH.description, RDF.type})


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """What one property of a target must hold to; ``inverse`` reads it from the other end."""

    path: str
    inverse: bool
    least: int
    most: int | None
    values: tuple[ValueCheck, ...]
    pairs: tuple[tuple[str, SetCheck], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Which nodes a shape is about, and what they must hold to."""

    classes: frozenset[str]
    subjects_of: frozenset[str]
    objects_of: frozenset[str]
    nodes: tuple[ValueCheck, ...]
    must_be: frozenset[str]
    properties: tuple[Property, ...]
    selects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A graph as the checks look at it: by property, forwards and, where asked, backwards.

    A node is known by its IRI, a literal by itself.
    """

    forward: Mapping[str, Mapping[str, list[Any]]]
    backward: Mapping[str, Mapping[Any, list[str]]]
    types: Mapping[Any, set[str]]


def holds(facts: Sequence[Fact], *, states: Collection[str], state_class: str) -> bool:
    """Whether a document's facts hold to all shapes; ``states`` are known to be states.

    Raises:
        AuthorityError: the shapes use something that cannot be compiled.
    """
    shapes = compiled()
    seen = _seen(facts, states=states, state_class=state_class)
    return all(_shape_holds(shape, seen, facts) for shape in shapes)


def facts_of(quads: Iterable[ox.Quad]) -> tuple[Fact, ...]:
    """Quads as the facts they state."""
    return tuple((_key(quad.subject), quad.predicate.value, quad.object) for quad in quads)


def _key(term: Any) -> Any:
    """How a term is known; a blank node keeps the mark that tells it from an IRI."""
    kind = type(term).__name__
    return term.value if kind == "NamedNode" else str(term) if kind == "BlankNode" else term


def _term(key: Any) -> Any:
    import pyoxigraph as ox

    if not isinstance(key, str):
        return key
    return ox.BlankNode(key[2:]) if key.startswith("_:") else ox.NamedNode(key)


def _seen(facts: Iterable[Fact], *, states: Collection[str], state_class: str) -> _Seen:
    paths, back = _paths(), _paths_back()
    forward: dict[str, dict[str, list[Any]]] = {path: defaultdict(list) for path in paths}
    backward: dict[str, dict[Any, list[str]]] = {path: defaultdict(list) for path in back}
    types: dict[Any, set[str]] = defaultdict(set)
    for subject, predicate, value in facts:
        if predicate == RDF.type:
            types[subject].add(value.value)
        elif predicate in paths:
            forward[predicate][subject].append(value)
            name = value.value
            if name in states:
                types[name].add(state_class)
            if predicate in back:
                backward[predicate][_key(value)].append(subject)
    return _Seen(forward, backward, types)


def _shape_holds(shape: Shape, seen: _Seen, facts: Sequence[Fact]) -> bool:
    nodes = _targets(shape, seen)
    if not nodes:
        return True
    if shape.nodes and not all(check(_term(node)) for node in nodes for check in shape.nodes):
        return False
    if shape.must_be and not all(shape.must_be <= seen.types.get(node, set()) for node in nodes):
        return False
    if not all(_property_holds(one, seen, nodes) for one in shape.properties):
        return False
    return not any(_selected(select, nodes, facts) for select in shape.selects)


def _targets(shape: Shape, seen: _Seen) -> set[Any]:
    wanted = shape.classes
    nodes = {node for node, types in seen.types.items() if not wanted.isdisjoint(types)}
    for path in shape.subjects_of:
        nodes |= set(seen.forward.get(path, ()))
    for path in shape.objects_of:
        nodes |= set(seen.backward.get(path, ()))
    return nodes


def _property_holds(one: Property, seen: _Seen, nodes: Iterable[Any]) -> bool:
    forward: Mapping[Any, list[Any]] = seen.forward.get(one.path, {})
    values_of = seen.backward.get(one.path, {}) if one.inverse else forward
    for node in nodes:
        values: Sequence[Any] = values_of.get(node, ())
        if len(values) < one.least or (one.most is not None and len(values) > one.most):
            return False
        if one.inverse:
            values = list(map(_term, values))
        for check in one.values:
            for value in values:
                if not check(value):
                    return False
        for other, compare in one.pairs:
            if not compare(values, seen.forward.get(other, {}).get(node, ())):
                return False
    return True


def _selected(select: str, nodes: Iterable[Any], facts: Sequence[Fact]) -> bool:
    """Whether a SPARQL constraint finds anything; only the nodes' own facts are looked at."""
    import pyoxigraph as ox

    wanted = set(nodes)
    store = ox.Store()
    store.extend(
        ox.Quad(_term(subject), ox.NamedNode(predicate), value)
        for subject, predicate, value in facts
        if subject in wanted
    )
    found: Any = store.query(select)
    return any(True for _ in found)


@cache
def compiled() -> tuple[Shape, ...]:
    """The shapes of the ontology.

    Raises:
        AuthorityError: ``shapes.ttl`` is broken, or uses something that cannot be compiled.

    >>> len(compiled()) > 10
    True
    """
    graph = shapes_graph()
    import rdflib

    nodes = graph.subjects(rdflib.RDF.type, rdflib.URIRef(SH.NodeShape))
    return tuple(_shape(graph, node) for node in sorted(nodes, key=str))


@cache
def _paths() -> frozenset[str]:
    shapes = compiled()
    named = {one.path for shape in shapes for one in shape.properties}
    named |= {other for shape in shapes for one in shape.properties for other, _ in one.pairs}
    return frozenset(named.union(*(shape.subjects_of | shape.objects_of for shape in shapes)))


@cache
def _paths_back() -> frozenset[str]:
    shapes = compiled()
    named = {one.path for shape in shapes for one in shape.properties if one.inverse}
    return frozenset(named.union(*(shape.objects_of for shape in shapes)))


@cache
def shapes_graph() -> rdflib.Graph:
    """``ontology/shapes.ttl``, parsed.

    Raises:
        AuthorityError: it cannot be read.
    """
    import rdflib

    file = ontology_path() / "shapes.ttl"
    graph = rdflib.Graph()
    try:
        graph.parse(file, format="turtle")
    except (OSError, SyntaxError, ValueError) as error:
        raise AuthorityError(f"{file}: the shapes cannot be read: {error}") from error
    return graph


def _shape(graph: rdflib.Graph, node: Any) -> Shape:
    facts = _facts(graph, node)
    names = {name: frozenset(map(str, facts.pop(name, ()))) for name in _TARGETS}
    properties = tuple(_property(graph, one) for one in facts.pop(SH.property, ()))
    selects = tuple(_select(graph, one) for one in facts.pop(SH.sparql, ()))
    must_be = frozenset(map(str, facts.pop(SH.class_, ())))
    return Shape(
        classes=names[SH.targetClass],
        subjects_of=names[SH.targetSubjectsOf],
        objects_of=names[SH.targetObjectsOf],
        nodes=tuple(_value_checks(graph, facts)),
        must_be=must_be,
        properties=properties,
        selects=selects,
    )


_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


def _facts(graph: rdflib.Graph, node: Any) -> dict[str, list[Any]]:
    """What is said of a shape, without what is said to people."""
    facts: dict[str, list[Any]] = defaultdict(list)
    for predicate, value in graph.predicate_objects(node):
        if str(predicate) not in _SAID:
            facts[str(predicate)].append(value)
    return facts


def _property(graph: rdflib.Graph, node: Any) -> Property:
    import rdflib

    facts = _facts(graph, node)
    path = graph.value(node, rdflib.URIRef(SH.path))
    inverse = graph.value(path, rdflib.URIRef(SH.inversePath))
    least, most = (facts.pop(name, [None])[0] for name in (SH.minCount, SH.maxCount))
    pairs = [
        (str(other), compare)
        for name, compare in ((SH.disjoint, _apart), (SH.lessThan, _below))
        for other in facts.pop(name, ())
    ]
    return Property(
        path=str(inverse if inverse is not None else path),
        inverse=inverse is not None,
        least=int(least or 0),
        most=None if most is None else int(most),
        values=tuple(_value_checks(graph, facts)),
        pairs=tuple(pairs),
    )


def _select(graph: rdflib.Graph, node: Any) -> str:
    import rdflib

    prefixes = []
    for declared in graph.objects(node, rdflib.URIRef(SH.prefixes)):
        for one in graph.objects(declared, rdflib.URIRef(SH.declare)):
            name = graph.value(one, rdflib.URIRef(SH.prefix))
            space = graph.value(one, rdflib.URIRef(SH.namespace))
            prefixes.append(f"PREFIX {name}: <{space}>\n")
    return "".join(prefixes) + str(graph.value(node, rdflib.URIRef(SH.select)))


def _value_checks(graph: rdflib.Graph, facts: Mapping[str, list[Any]]) -> Iterable[ValueCheck]:
    for name, values in facts.items():
        for value in values:
            if name not in _VALUE_CHECKS:
                raise AuthorityError(f"shapes.ttl: {name} cannot be compiled; add it to kg.checks")
            yield _VALUE_CHECKS[name](graph, value)


def _kind(_: rdflib.Graph, kind: Any) -> ValueCheck:
    if str(kind) != SH.IRI_:
        raise AuthorityError(
            f"shapes.ttl: node kind {kind} cannot be compiled; add it to kg.checks"
        )
    return lambda term: not hasattr(term, "datatype") and "NamedNode" in type(term).__name__


def _datatype(_: rdflib.Graph, wanted: Any) -> ValueCheck:
    name = str(wanted)

    def check(term: Any) -> bool:
        datatype = getattr(term, "datatype", None)
        fits = datatype is not None and datatype.value == name and term.language is None
        return fits and (name != XSD.integer or _number(term) is not None)

    return check


def _at_least(_: rdflib.Graph, least: Any) -> ValueCheck:
    bound = float(least)
    return lambda term: (number := _number(term)) is not None and number >= bound


def _pattern(_: rdflib.Graph, pattern: Any) -> ValueCheck:
    regex = re.compile(str(pattern))
    return lambda term: regex.search(term.value) is not None


def _min_length(_: rdflib.Graph, least: Any) -> ValueCheck:
    return lambda term: len(term.value) >= int(least)


def _one_of(graph: rdflib.Graph, listed: Any) -> ValueCheck:
    from rdflib.collection import Collection as Listed

    allowed = frozenset(str(item) for item in Listed(graph, listed))
    return lambda term: term.value in allowed and getattr(term, "language", None) is None


_VALUE_CHECKS: Mapping[str, Callable[[Any, Any], ValueCheck]] = {
    SH.nodeKind: _kind,
    SH.datatype: _datatype,
    SH.minInclusive: _at_least,
    SH.pattern: _pattern,
    SH.minLength: _min_length,
    SH.in_: _one_of,
}


def _number(term: Any) -> int | None:
    try:
        return int(term.value)
    except (AttributeError, ValueError):
        return None


def _apart(ours: Sequence[Any], theirs: Sequence[Any]) -> bool:
    return set(ours).isdisjoint(theirs)


def _below(ours: Sequence[Any], theirs: Sequence[Any]) -> bool:
    low, high = [_number(term) for term in ours], [_number(term) for term in theirs]
    if None in low or None in high:
        return False
    return all(a < b for a in low for b in high if a is not None and b is not None)
