"""The generated corpus: the promised counts, a real document's statements, the same bytes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from random import Random

import pyoxigraph as ox
import pytest
from corpus_blocs import capped, drafts
from corpus_generator import corpus
from corpus_plan import cite, resolutions, shares

from kg.symbol import parse
from kg.triples import quads
from kg.validate import validate
from kg.vocab import RDF, UNKG
from tests import sample_record

SCALE = 0.005


@pytest.fixture(scope="module")
def lines() -> str:
    return "".join(corpus(SCALE, 7))


@pytest.fixture(scope="module")
def found(lines: str) -> list[ox.Quad]:
    return list(ox.parse(lines, format=ox.RdfFormat.N_QUADS))


def test_a_seed_gives_the_same_bytes_and_another_others(lines: str) -> None:
    assert "".join(corpus(SCALE, 7)) == lines
    assert "".join(islice(corpus(SCALE, 8), 500)) != "".join(islice(corpus(SCALE, 7), 500))


def test_counts_are_those_promised(found: list[ox.Quad]) -> None:
    # A second language version states the same citations and documents again.
    of = {
        name: {q.subject for q in found if q.object == ox.NamedNode(getattr(UNKG, name))}
        for name in ("Citation", "Sponsorship", "DraftResolution", "DocumentVersion")
    }
    assert len(of["Citation"]) == round(400_000 * SCALE)
    assert len(of["Sponsorship"]) == round(1_200_000 * SCALE)
    assert len(of["DraftResolution"]) == round(25_000 * SCALE)
    assert {q.graph_name for q in found} == of["DocumentVersion"]


def test_no_line_twice_and_no_slot_left(lines: str) -> None:
    assert max(Counter(lines.splitlines()).values()) == 1
    assert "slot" not in lines and "%(" not in lines


def written(quads: Iterable[ox.Quad], kind: str) -> set[str]:
    """The predicates of things of a class, and the classes they have beside it."""
    by_subject = defaultdict(list)
    for quad in quads:
        by_subject[quad.subject].append(quad)
    found = set()
    for group in by_subject.values():
        types = {q.object.value for q in group if q.predicate.value == RDF.type}
        if kind in types:
            found |= types | {q.predicate.value for q in group}
    return found


@pytest.mark.parametrize(
    "name", ["Citation", "Sponsorship", "PreambularParagraph", "DocumentVersion", "Meeting"]
)
def test_statements_are_those_of_a_real_document(found: list[ox.Quad], name: str) -> None:
    kind = getattr(UNKG, name)
    real = written(quads(sample_record.report()), kind) | written(
        quads(sample_record.later_resolution()), kind
    )
    assert written(found, kind) - real <= {UNKG.citedTitle, UNKG.citedDate, UNKG.atMeeting}
    assert real - written(found, kind) <= {UNKG.doubt, UNKG.printedRegistration}


def test_graphs_hold_to_the_shapes(found: list[ox.Quad]) -> None:
    by_graph = defaultdict(list)
    for quad in found:
        by_graph[quad.graph_name].append(quad)
    names = sorted(by_graph, key=str)
    assert [v for name in names[:: len(names) // 6] for v in validate(by_graph[name])] == []


def test_a_mention_stands_in_its_paragraph(found: list[ox.Quad]) -> None:
    value = {(q.subject, q.predicate.value): q.object for q in found}
    passages = {
        (q.object, value[q.subject, UNKG.inVersion]): q.subject
        for q in found
        if q.predicate.value == UNKG.passageOf
    }
    cited = [q for q in found if q.predicate.value == UNKG.mentionOf and "-cites-" in str(q.object)]
    for quad in cited:
        mention = quad.subject
        passage = passages[value[mention, UNKG.inParagraph], value[mention, UNKG.inVersion]]
        start, first = (int(value[n, UNKG.start].value) for n in (mention, passage))
        words = value[mention, UNKG.quote].value
        assert value[passage, UNKG.quote].value[start - first :].startswith(words)
    assert len(cited) > 1900


def test_the_shape_is_that_of_the_assembly() -> None:
    rng = Random(7)
    found = resolutions(0.2, rng)
    cite(found, 0.2, rng)
    symbols = [this.symbol for this in found]
    assert len({*symbols}) == len(symbols) == 5000
    assert "A/RES/1(I)" in symbols and all(parse(symbol) for symbol in symbols)
    targets = Counter(str(getattr(t, "symbol", t)) for this in found for t, _ in this.targets)
    assert sum(targets.values()) == 80_000
    counts = sorted(targets.values(), reverse=True)
    assert sum(counts[: len(counts) // 100]) > 0.15 * sum(counts)
    # Texts that come back cite last year's, under one title.
    again = [this for this in found if this.before]
    assert len(again) > 1000
    assert all(this.targets[0][0] is this.before for this in again if this.targets)
    assert all(this.title == this.before.title for this in again if this.before)


def test_sponsors_come_in_blocs() -> None:
    rng = Random(7)
    found = resolutions(0.04, rng)
    cite(found, 0.04, rng)
    made = [{code for code, _ in draft.sponsors} for draft in drafts(found, 0.04, rng)]

    def alike(a: str, b: str) -> float:
        """Drafts of both by drafts of either."""
        return sum({a, b} <= s for s in made) / sum(bool({a, b} & s) for s in made)

    assert alike("FRA", "NLD") > 1.2 * alike("FRA", "KEN")
    assert alike("KEN", "UGA") > 1.2 * alike("KEN", "NLD")
    assert len(set().union(*made)) > 190


def test_shares_add_up() -> None:
    assert sum(shares([0.3, 0.1, 7.0], 101)) == 101
    limited = capped([1.0, 1.0, 8.0], [4, 9, 5], 12)
    assert sum(limited) == 12 and limited[0] <= 4 and limited[2] == 5
