"""How good a corpus is: what is missing, what contradicts itself, what was left undecided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.quality import coverage, faults
from kg.quality.model import CHECKS, Check, Finding, Measure
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

__all__ = ["CHECKS", "Check", "Finding", "Measure", "findings", "kind_of_reason", "measures"]

_WORDS: dict[Check, str] = {
    "vote": "votes that do not add up",
    "citation": "citations of symbols that cannot exist",
    "date": "citations with a date that the symbol contradicts",
    "marker": "footnote markers without a note, or doubtful",
    "note": "notes that no marker leads to",
    "state": "state names unknown",
    "undecided": "references left undecided",
}


def measures(store: Reader, *, sections: Collection[str] | None = None) -> Iterator[Measure]:
    """The quality of a store in numbers: documents, coverage, faults, unresolved by reason.

    With ``sections`` the others are not worked out.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     [m.measure for m in measures(store) if m.section == "faults"][:2]
    ['votes that do not add up', 'citations of symbols that cannot exist']
    """
    makers = {
        "documents": coverage.documents,
        "coverage": coverage.coverage,
        "faults": _faults,
        "unresolved": _by_reason,
    }
    for section, make in makers.items():
        if sections is None or section in sections:
            yield from make(store)


def _faults(store: Reader) -> Iterator[Measure]:
    """Each check with how many places it found, among how many it could have."""
    whole = {
        "vote": _number(store, f"?thing a <{UNKG.Vote}>"),
        "citation": _number(store, f"?thing <{UNKG.citedWork}> ?cited"),
        "date": _number(store, f"?thing <{UNKG.citedDate}> ?date"),
    }
    found = list(findings(store))
    for check, words in _WORDS.items():
        mine = [one for one in found if one.check == check]
        for language in sorted({one.language or "" for one in mine}) or [""]:
            here = [one for one in mine if (one.language or "") == language]
            yield Measure(
                section="faults",
                measure=words,
                language=language or None,
                count=len(here),
                of=whole.get(check),
                example=f"{here[0].document}: {here[0].reason}" if here else None,
            )


def _number(store: Reader, pattern: str) -> int:
    answer = store.select(f"SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ {pattern} }}")
    return int(answer.rows[0][0].value)


def findings(store: Reader, *, checks: Collection[Check] = CHECKS) -> Iterator[Finding]:
    """The places that the checks found, check by check."""
    makers: dict[Check, Callable[[Reader], Iterable[Finding]]] = {
        "vote": faults.votes,
        "citation": faults.citations,
        "date": faults.dates,
        "marker": faults.markers,
        "state": faults.states,
    }
    for check, make in makers.items():
        if check in checks:
            yield from make(store)
    seen = {"vote", "marker", "note", "state", "undecided"} & set(checks)
    if seen:
        yield from faults.unresolved(store, [check for check in CHECKS if check in seen])


def _by_reason(store: Reader) -> Iterator[Measure]:
    sparql = f"""SELECT ?reason ?language (COUNT(DISTINCT ?thing) AS ?n) (MIN(?text) AS ?one) {{
      ?thing a <{UNKG.UnresolvedReference}> ; <{UNKG.reason}> ?reason ;
        <{UNKG.quote}> ?text ; <{UNKG.inVersion}>/<{DCTERMS.language}> ?language
    }} GROUP BY ?reason ?language"""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for reason, language, number, text in store.select(sparql).rows:
        key = kind_of_reason(reason.value), language.value.rsplit("/", 1)[-1]
        counts[key] += int(number.value)
        examples[key] = min(text.value, examples.get(key, text.value))
    total = sum(counts.values())
    for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        reason, language = key
        yield Measure(
            section="unresolved",
            measure=reason,
            language=language,
            count=count,
            of=total,
            example=examples[key],
        )


def kind_of_reason(reason: str) -> str:
    """A reason without the numbers of the one place, so that reasons can be counted.

    >>> kind_of_reason("the list 'in favour' of the vote has 120 states, the total is 121")
    "the list 'in favour' of the vote has N states, the total is N"
    >>> kind_of_reason("the number has not the shape of a resolution of E/CN.15")
    'the number has not the shape of a resolution of E/CN.15'
    """
    return re.sub(r"(?<![\w./])\d+(?![\w./])", "N", reason)
