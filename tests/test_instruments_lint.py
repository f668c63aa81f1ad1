"""Lint of the authority's instruments: names, dates, registrations and links that hold together.

A language in which no name is certain is listed in ``ontology/authority/gaps.csv``.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from kg.authority import Entity, load_authority
from kg.languages import load_language
from kg.numerals import roman
from kg.recognise.names import FULL, forms_of, squeeze
from kg.vocab import BASE, DCTERMS, UNKG, ontology_path

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
SCRIPTS = {
    "en": "LATIN",
    "zh": "CJK",
    "fr": "LATIN",
    "es": "LATIN",
    "ru": "CYRILLIC",
    "ar": "ARABIC",
}
# Declared: pairs registered together that are no treaty and its protocol.
TOGETHER: frozenset[frozenset[str]] = frozenset()
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TREATY_PAGE = re.compile(
    r"https://treaties\.un\.org/pages/ViewDetails\.aspx\?src=TREATY"
    r"&mtdsg_no=([IVX]+)(?:-[A-Z])?-[0-9]+(?:-[0-9a-z]+)?&chapter=([0-9]+)&lang=en"
)
WEB = re.compile(r"https?://[a-z0-9.-]+/[^\s<>\"{}|\\^`]*")


@pytest.fixture(scope="module")
def instruments() -> Mapping[str, Entity]:
    return load_authority().instruments


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(ontology_path() / "authority" / "instruments.ttl")


def gaps() -> set[tuple[str, str]]:
    path = ontology_path() / "authority" / "gaps.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["scheme"], row["key"], row["language"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows)), "a gap is listed twice"
    return {(key, language) for scheme, key, language in rows if scheme == "instrument"}


# Volumes by which a registration may come late: texts wait for years to be printed.
LATE = 5
# The Charter of the International Military Tribunal: No. 251 stands in volume 82.
PRINTED_LATE = frozenset({251})


def names(entity: Entity, kinds: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((n.language, n.text) for n in entity.labels if n.kind in kinds)


def test_every_instrument_has_a_name_in_every_language_or_a_listed_gap(
    instruments: Mapping[str, Entity],
) -> None:
    lacking = {
        (key, language)
        for key, entity in instruments.items()
        for language in set(LANGUAGES) - {n for n, _ in names(entity, ("preferred",))}
    }
    assert lacking == gaps()


def test_an_instrument_has_one_preferred_name_a_language(
    instruments: Mapping[str, Entity],
) -> None:
    for key, entity in instruments.items():
        count = Counter(language for language, _ in names(entity, ("preferred",)))
        assert set(count) <= set(LANGUAGES) and set(count.values()) == {1}, key


def test_no_name_is_given_twice(instruments: Mapping[str, Entity]) -> None:
    for key, entity in instruments.items():
        count = Counter((n.language, n.text) for n in entity.labels)
        assert not [name for name, times in count.items() if times > 1], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_full_name_leads_to_two_instruments_as_names_are_compared(
    instruments: Mapping[str, Entity], language: str
) -> None:
    forms = forms_of(load_language(language))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, entity in instruments.items():
        for tongue, text in names(entity, FULL):
            if tongue == language:
                found[squeeze(text, forms=forms).text].add(key)
    assert not {name: keys for name, keys in found.items() if len(keys) > 1}


def scripts(text: str) -> set[str]:
    return {unicodedata.name(c, "?").split(" ")[0] for c in text if c.isalpha()}


def test_a_name_is_written_in_the_script_of_its_language(
    instruments: Mapping[str, Entity],
) -> None:
    for key, entity in instruments.items():
        for language, text in names(entity, (*FULL, "short")):
            found = scripts(text)
            assert SCRIPTS[language] in found or re.fullmatch(r"[A-Z0-9 .-]+", text), (key, text)
            for word in re.findall(r"[^\W\d_]+", text):
                mixed = scripts(word) - {"MODIFIER", "FULLWIDTH"}
                assert len(mixed) == 1 or language in ("zh", "ar"), (key, word)


def test_brackets_and_quotes_are_closed(instruments: Mapping[str, Entity]) -> None:
    for key, entity in instruments.items():
        for _, text in names(entity, FULL):
            for opening, closing in ("()", "（）", "«»", "“”", "《》"):
                assert text.count(opening) == text.count(closing), (key, text)


def test_slugs_are_kebab_case_and_iris_follow_them(instruments: Mapping[str, Entity]) -> None:
    for key, entity in instruments.items():
        assert SLUG.fullmatch(key), key
        assert entity.iri == f"{BASE}/instrument/{key}"


def test_dates_are_real_days_of_the_right_type(graph: Graph) -> None:
    xsd = Namespace("http://www.w3.org/2001/XMLSchema#")
    for subject, term in graph.subject_objects(URIRef(DCTERMS.date)):
        assert isinstance(term, Literal)
        text = str(term)
        if term.datatype == xsd.date:
            assert date(1850, 1, 1) < date.fromisoformat(text) <= date.today(), subject
        else:
            expected = {4: xsd.gYear, 7: xsd.gYearMonth}[len(text)]
            assert term.datatype == expected and re.fullmatch(r"\d{4}(-\d\d)?", text), subject


def test_an_instrument_has_one_date_one_class_and_one_parent_at_most(graph: Graph) -> None:
    for subject in set(graph.subjects(RDF.type, None)):
        for predicate in (DCTERMS.date, str(RDF.type), UNKG.parentInstrument, UNKG.adoptionPlace):
            assert len(list(graph.objects(subject, URIRef(predicate)))) <= 1, (subject, predicate)


def test_every_registration_is_declared_used_and_named_by_what_it_holds(graph: Graph) -> None:
    declared = set(graph.subjects(RDF.type, URIRef(UNKG.Registration)))
    assert declared == set(graph.objects(None, URIRef(UNKG.registeredAs)))
    for node in declared:
        volume = graph.value(node, URIRef(UNKG.volume))
        number = graph.value(node, URIRef(UNKG.registrationNumber))
        assert str(node) == f"{BASE}/unts/{volume}-{number}"


def related(one: Entity, other: Entity) -> bool:
    """Whether one is the other's protocol, or both are protocols to the same treaty."""
    return (
        one.parent == other.key
        or other.parent == one.key
        or (one.parent is not None and one.parent == other.parent)
        or frozenset((one.key, other.key)) in TOGETHER
    )


def test_a_registration_belongs_to_one_treaty_or_to_a_treaty_and_its_protocols(
    instruments: Mapping[str, Entity],
) -> None:
    holders: defaultdict[tuple[int, int], list[Entity]] = defaultdict(list)
    for entity in instruments.values():
        for registered in entity.registered_as:
            holders[registered.volume, registered.number].append(entity)
    for registration, entities in holders.items():
        for one, other in combinations(entities, 2):
            assert related(one, other), (registration, one.key, other.key)


def test_one_number_in_several_volumes_is_a_treaty_and_its_protocols(
    instruments: Mapping[str, Entity],
) -> None:
    numbers: defaultdict[int, list[Entity]] = defaultdict(list)
    for entity in instruments.values():
        for number in {registered.number for registered in entity.registered_as}:
            numbers[number].append(entity)
    for number, entities in numbers.items():
        for one, other in combinations(entities, 2):
            assert related(one, other), (number, one.key, other.key)


def test_a_protocol_has_a_parent_and_a_collective_has_parts(
    instruments: Mapping[str, Entity],
) -> None:
    for key, entity in instruments.items():
        if entity.kind == "Collective":
            assert len(entity.parts) > 1, key
        elif entity.parent is None and re.search("Protocol to ", entity.label("en")):
            assert entity.kind != "Protocol", f"{key}: a protocol to what?"


def replaced(entity: Entity) -> list[str]:
    return [value.rpartition("/")[2] for value in entity.values("replaces")]


LINKS: dict[str, Callable[[Entity], list[str]]] = {
    "parent": lambda entity: [entity.parent] if entity.parent else [],
    "part": lambda entity: list(entity.parts),
    "replaces": replaced,
}


@pytest.mark.parametrize("link", LINKS)
def test_no_instrument_leads_back_to_itself(instruments: Mapping[str, Entity], link: str) -> None:
    for key, entity in instruments.items():
        seen: set[str] = set()
        waiting = LINKS[link](entity)
        while waiting:
            found = waiting.pop()
            assert found != key, f"{key} leads back to itself"
            if found not in seen:
                seen.add(found)
                waiting += LINKS[link](instruments[found])


def test_what_replaces_an_instrument_is_later(instruments: Mapping[str, Entity]) -> None:
    for key, entity in instruments.items():
        for old in (instruments[earlier] for earlier in replaced(entity)):
            assert not (old.date and entity.date) or old.date < entity.date, key


def test_a_protocol_is_no_older_than_what_it_is_a_protocol_to(
    instruments: Mapping[str, Entity],
) -> None:
    for key, entity in instruments.items():
        parent = instruments[entity.parent] if entity.parent else None
        if parent and parent.date and entity.date:
            assert parent.date[: len(entity.date)] <= entity.date[: len(parent.date)], key


def test_sources_are_web_addresses_and_treaty_pages_are_of_one_treaty(graph: Graph) -> None:
    pages: Counter[str] = Counter()
    for subject, source in graph.subject_objects(URIRef(DCTERMS.source)):
        assert isinstance(source, URIRef) and WEB.fullmatch(str(source)), subject
        if "treaties.un.org/pages" in source:
            page = TREATY_PAGE.fullmatch(str(source))
            assert page and roman(int(page[2])) == page[1], source
            pages[str(source)] += 1
    assert not [page for page, times in pages.items() if times > 1]


def test_dates_and_places_agree_with_the_treaty_index(graph: Graph) -> None:
    index = Path(__file__).parents[2] / "shared" / "corpus" / "treaties" / "untc_mtdsg_index.csv"
    if not index.is_file():
        pytest.skip(f"the corpus is absent: {index}")
    with index.open(encoding="utf-8", newline="") as file:
        listed = {
            row["url"].partition("mtdsg_no=")[2].partition("&")[0]: row["treaty_name"]
            for row in csv.DictReader(file)
        }
    for subject, source in graph.subject_objects(URIRef(DCTERMS.source)):
        number = str(source).partition("mtdsg_no=")[2].partition("&")[0]
        if number:
            assert number in listed, f"{subject}: the index has no {number}"
            place = graph.value(subject, URIRef(UNKG.adoptionPlace))
            assert place is None or str(place) in listed[number], (subject, listed[number])


def test_the_instruments_are_as_many_as_promised(instruments: Mapping[str, Entity]) -> None:
    assert len(instruments) >= 450


def test_volumes_grow_with_numbers(instruments: Mapping[str, Entity]) -> None:
    """The Treaty Series counts on: a later number stands in no earlier volume by far.

    Protocols and what was registered late stand under an older number and are left out: of
    each number only its first volume counts.
    """
    first: dict[int, int] = {}
    for entity in instruments.values():
        for unit in entity.registered_as:
            if unit.number in PRINTED_LATE:
                continue
            first[unit.number] = min(unit.volume, first.get(unit.number, unit.volume))
    assert len(first) > 100
    for (_, before), (number, after) in pairwise(sorted(first.items())):
        assert after >= before - LATE, f"No. {number} in volume {after}, behind {before}"
