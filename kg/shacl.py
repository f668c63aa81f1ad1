"""The Shapes Constraint Language (W3C Recommendation, 2017) as a closed namespace."""

# ruff: noqa: N815 - the names are those of the vocabulary

from __future__ import annotations

from kg.vocab import Terms


class SH(Terms, base="http://www.w3.org/ns/shacl#"):
    """What shapes are written in, and what a validation reports."""

    NodeShape: str
    PropertyShape: str
    IRI_: str
    targetClass: str
    targetSubjectsOf: str
    targetObjectsOf: str
    property: str
    path: str
    inversePath: str
    minCount: str
    maxCount: str
    nodeKind: str
    datatype: str
    minInclusive: str
    minLength: str
    pattern: str
    in_: str
    class_: str
    disjoint: str
    lessThan: str
    sparql: str
    select: str
    prefixes: str
    prefix: str
    namespace: str
    declare: str
    message: str
    severity: str
    name: str
    description: str
    ValidationResult: str
    conforms: str
    result: str
    focusNode: str
    resultPath: str
    resultMessage: str
    resultSeverity: str
    value: str
    Violation: str
    Warning: str
    Info: str
