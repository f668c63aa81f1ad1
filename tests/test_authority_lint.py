"""The authority files as they are: whole in six languages, without orphans, cycles or twins.

``GAPS`` is the list of the names that are missing on purpose: a name nobody is sure of stays out.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from kg.authority import Authority, Entity, Label, Scheme, load_authority
from kg.iri import BASE
from kg.languages import load_language
from kg.recognise.names import finder
from kg.recognise.states import state_list, states_in
from kg.vocab import RDF, UNKG, ontology_path

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
FOLDER = ontology_path() / "authority"
FILES = sorted(FOLDER.glob("*.ttl"))
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)
COUNTRIES = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "country_names"
# Scheme and key of an entity → the languages whose name is not known for certain.
GAPS: Mapping[tuple[Scheme, str], frozenset[str]] = {
    ("organ", "dmspc"): frozenset({"ar"}),
}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority()


def entities(authority: Authority) -> Iterator[Entity]:
    for scheme in SCHEMES:
        yield from authority.scheme(scheme).values()


@pytest.mark.parametrize("scheme", ["state", "organ", "actor"])
def test_every_entity_has_one_preferred_name_in_every_language(
    authority: Authority, scheme: Scheme
) -> None:
    for key, one in authority.scheme(scheme).items():
        named = [n.language for n in one.labels if n.kind == "preferred"]
        assert len(named) == len(set(named)), key
        assert set(LANGUAGES) - set(named) == GAPS.get((scheme, key), frozenset()), key


def test_every_gap_is_a_gap(authority: Authority) -> None:
    for (scheme, key), languages in GAPS.items():
        assert languages
        assert key in authority.scheme(scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_leads_to_two_entities_on_one_day(
    authority: Authority, scheme: Scheme, language: str
) -> None:
    """Whatever the letter case, but for addressees: "the Parties" are not all parties."""
    borne: defaultdict[str, list[tuple[str, Label]]] = defaultdict(list)
    for key, one in authority.scheme(scheme).items():
        for label in one.labels:
            if label.language == language and label.kind != "short":
                text = label.text if scheme == "actor" else label.text.casefold()
                borne[text].append((key, label))
    for text, bearers in borne.items():
        for key, label in bearers:
            twins = {k for k, other in bearers if k != key and label.meets(other)}
            assert not twins, (text, key, twins)


def test_a_name_ends_after_it_began(authority: Authority) -> None:
    for one in entities(authority):
        for label in one.labels:
            for day in (label.start, label.end):
                assert day is None or re.fullmatch(r"\d{4}-\d\d-\d\d", day), one.key
            assert not (label.start and label.end) or label.start < label.end, (one.key, label)


def test_names_are_written_in_the_script_of_their_language(authority: Authority) -> None:
    script = {"zh": r"[\u4e00-\u9fff]", "ru": r"[\u0400-\u04ff]", "ar": r"[\u0600-\u06ff]"}
    for one in entities(authority):
        for label in one.labels:
            assert label.language in LANGUAGES, (one.key, label)
            if label.language in script:
                # An acronym may be Latin in any of them (FAO, UNICEF).
                found = re.search(script[label.language], label.text)
                assert found or re.fullmatch(r"[A-Z][A-Za-z-]*", label.text), (one.key, label)
            else:
                assert not re.search(r"[\u0400-\u06ff\u4e00-\u9fff]", label.text), (one.key, label)


def _classes(path: Path) -> set[str]:
    triples = ox.parse(path=path, format=ox.RdfFormat.TURTLE)
    return {t.subject.value for t in triples if t.predicate.value == RDF.type}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_block_is_somebodys(path: Path) -> None:
    """Nothing is stated of what no entity of the file points to, and every link arrives."""
    triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    subjects = {t.subject.value for t in triples}
    classes = {t.subject.value: t.object.value for t in triples if t.predicate.value == RDF.type}
    helpers = {UNKG.Name, UNKG.Registration}
    pointed = [t.object.value for t in triples if isinstance(t.object, ox.NamedNode)]
    typed = {iri for file in FILES for iri in _classes(file)}
    assert subjects <= typed, subjects - typed
    for subject, kind in classes.items():
        if kind in helpers:
            assert subject in pointed, f"{subject} belongs to nothing"
    owners = [o for o in pointed if classes.get(o) == UNKG.Name]
    assert len(owners) == len(set(owners)), "a name belongs to one entity"
    links = {o for o in pointed if o.startswith(BASE) and not o.startswith(UNKG.IRI)}
    assert links <= subjects | typed, links - subjects - typed


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_iri_is_well_formed(path: Path) -> None:
    for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        for term in (triple.subject, triple.predicate, triple.object):
            if not isinstance(term, ox.NamedNode):
                continue
            assert re.fullmatch(r"[!-~]+", term.value), term
            parts = urlsplit(term.value)
            assert parts.scheme in ("http", "https"), term
            assert parts.netloc, term
        subject = triple.subject.value
        assert re.fullmatch(rf"{re.escape(BASE)}/[a-z]+/[A-Za-z0-9._()-]+", subject), subject


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_subject_has_one_block(path: Path) -> None:
    begun = re.findall(r"^(\S+) a unkg:", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(begun) == len(set(begun)), sorted({s for s in begun if begun.count(s) > 1})


def chains(links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, set[str]]]:
    """Each key with all that is reached from it."""
    for key in links:
        reached: set[str] = set()
        ahead = list(links[key])
        while ahead:
            now = ahead.pop()
            if now not in reached:
                reached.add(now)
                ahead += links.get(now, ())
        yield key, reached


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("link", ["parent", "parts", "successor", "replaces"])
def test_no_link_leads_back(authority: Authority, scheme: Scheme, link: str) -> None:
    known = authority.scheme(scheme)

    def ahead(one: Entity) -> tuple[str, ...]:
        if link == "parent":
            return (one.parent,) if one.parent else ()
        return one.parts if link == "parts" else one.values(link)

    links = {key: ahead(one) for key, one in known.items()}
    for key, reached in chains(links):
        assert key not in reached, f"{key} is its own {link}"
        assert reached <= set(known), (key, reached - set(known))


def test_states_have_their_codes(authority: Authority) -> None:
    for key, one in authority.states.items():
        assert re.fullmatch("[A-Z]{3}", key)
        dissolved = bool(one.values("successor"))
        if key == "EAZ":  # gone before ISO 3166
            continue
        assert len(one.values("alpha2")) == len(one.values("m49")) == 1, key
        assert re.fullmatch("[A-Z]{2}", one.values("alpha2")[0]), key
        assert re.fullmatch(r"\d{3}", one.values("m49")[0]), key
        assert not dissolved or re.fullmatch("[A-Z]{4}", one.values("alpha4")[0]), key
        assert one.values("region")[0] in ("002", "009", "019", "142", "150"), key
    living = [s for s in authority.states.values() if not s.values("successor")]
    for code in ("alpha2", "m49"):
        values = [v for one in living for v in one.values(code)]
        assert len(values) == len(set(values)), code


def test_every_member_is_in_a_regional_group(authority: Authority) -> None:
    alone = {"USA", "KIR"}  # the two Members that are in none
    for key, one in authority.states.items():
        if one.values("memberSince") and key not in alone:
            assert len(one.values("regionalGroup")) == 1, key


def test_what_ended_has_a_successor(authority: Authority) -> None:
    for key, one in authority.states.items():
        if one.values("memberUntil"):
            assert one.values("successor"), key


@pytest.mark.parametrize("scheme", ["organ", "state"])
def test_codes_lead_to_one_entity(authority: Authority, scheme: Scheme) -> None:
    borne: defaultdict[str, set[str]] = defaultdict(set)
    for key, one in authority.scheme(scheme).items():
        for code in (key, *one.values("code"), *one.values("alpha4")):
            borne[code].add(key)
    assert not {code: keys for code, keys in borne.items() if len(keys) > 1}


# ---------------------------------------------------------------- names of states, found in text


def former(authority: Authority) -> Iterator[tuple[str, Label]]:
    for key, one in authority.states.items():
        for label in one.labels:
            if label.kind == "former":
                yield key, label


def test_former_names_are_there_in_every_language_that_had_another(authority: Authority) -> None:
    """Where a language lacks a former name, it used the name of today."""
    same = {
        ("BLR", "zh"), ("CPV", "zh"), ("CPV", "es"), ("CIV", "fr"), ("MMR", "zh"),
        ("TUR", "zh"), ("TUR", "ru"), ("TUR", "ar"), ("KHM", "zh"), ("UKR", "zh"),
    }  # fmt: skip
    for key in {key for key, _ in former(authority)}:
        languages = {label.language for k, label in former(authority) if k == key}
        missing = {(key, code) for code in set(LANGUAGES) - languages}
        assert missing <= same, missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_former_names_lead_to_their_state_in_text(authority: Authority, language: str) -> None:
    table = load_language(language)
    for key, label in former(authority):
        if label.language == language:
            assert [s.keys for s in states_in(label.text, table)] == [(key,)], label.text


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("ru", "из Заира, Чехословакии и Союза Советских Социалистических Республик",
         ["COD", "CSK", "SUN"]),
        ("ru", "с Верхней Вольтой, Дагомеей и Танганьикой", ["BFA", "BEN", "TZA"]),
        ("ru", "Югославией, Цейлоном и Бирмой", ["YUG", "LKA", "MMR"]),
        ("ru", "в Германской Демократической Республике и Свазиленде", ["DDR", "SWZ"]),
        ("ar", "وزائير وتشيكوسلوفاكيا ويوغوسلافيا", ["COD", "CSK", "YUG"]),
        ("ar", "لسوازيلند وبورما", ["SWZ", "MMR"]),
        ("ar", "بالجماهيرية العربية الليبية والجمهورية الديمقراطية الألمانية", ["LBY", "DDR"]),
        ("en", "Zaire, the Byelorussian SSR and the Union of Soviet Socialist Republics",
         ["COD", "BLR", "SUN"]),
        ("fr", "du Zaïre, de la Haute-Volta et de l'Union soviétique", ["COD", "BFA", "SUN"]),
        ("es", "del Zaire, el Alto Volta y la Unión Soviética", ["COD", "BFA", "SUN"]),
        ("zh", "扎伊尔、捷克斯洛伐克和苏联", ["COD", "CSK", "SUN"]),
        ("zh", "达荷美、上沃尔特和锡兰", ["BEN", "BFA", "LKA"]),
    ],
)  # fmt: skip
def test_former_names_are_found_inflected_and_behind_clitics(
    language: str, text: str, keys: list[str]
) -> None:
    assert [s.keys[0] for s in states_in(text, load_language(language))] == keys


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "Burma, Ceylon, Czechoslovakia, Upper Volta and Zaire",
         ["MMR", "LKA", "CSK", "BFA", "COD"]),
        ("zh", "锡兰、捷克斯洛伐克、上沃尔特和扎伊尔", ["LKA", "CSK", "BFA", "COD"]),
        ("fr", "Birmanie, Ceylan, Haute-Volta et Zaïre", ["MMR", "LKA", "BFA", "COD"]),
        ("es", "Alto Volta, Birmania, Ceilán y Zaire", ["BFA", "MMR", "LKA", "COD"]),
        ("ru", "Бирма, Верхняя Вольта, Заир и Цейлон", ["MMR", "BFA", "COD", "LKA"]),
        ("ar", "بورما، وزائير، وسيلان، وفولتا العليا", ["MMR", "COD", "LKA", "BFA"]),
    ],
)  # fmt: skip
def test_lists_of_former_names_have_nothing_left_over(
    language: str, text: str, keys: list[str]
) -> None:
    found = state_list(text, load_language(language))
    assert [s.keys[0] for s in found.states] == keys
    assert found.whole


@pytest.mark.parametrize(
    ("key", "language", "day", "name"),
    [
        ("TUR", "en", "2021-06-01", "Turkey"),
        ("TUR", "fr", "2023-06-01", "Türkiye"),
        ("MKD", "zh", "2015-01-01", "前南斯拉夫的马其顿共和国"),
        ("MKD", "zh", "2020-01-01", "北马其顿"),
        ("SWZ", "ru", "2000-01-01", "Свазиленд"),
        ("COD", "en", "1965-01-01", "Congo (Leopoldville)"),
        ("COD", "en", "1968-01-01", "Democratic Republic of the Congo"),
        ("COG", "en", "1980-01-01", "Congo"),
        ("YEM", "en", "1980-01-01", "Yemen"),
        ("KHM", "es", "1980-01-01", "Kampuchea Democrática"),
        ("YMD", "ar", "1968-01-01", "اليمن الجنوبية"),
        ("EGY", "en", "1965-01-01", "United Arab Republic"),
    ],
)
def test_the_name_in_force_ranks_first(
    authority: Authority, key: str, language: str, day: str, name: str
) -> None:
    assert authority.states[key].label(language, at=day) == name


# ---------------------------------------------------------------- the lists of UNTERM and M49

_COLUMNS = {
    "Arabic": "ar", "Chinese": "zh", "English": "en", "French": "fr", "Russian": "ru",
    "Spanish": "es",
}  # fmt: skip
# Entries of the lists that are no state's name, with the reason: territories are left out by
# their code, and so the list of exceptions among the names of states is empty.
EXCEPTIONS: Mapping[tuple[str, str, str], str] = {}


def listed() -> Iterator[tuple[str, str, str]]:
    """ISO3, language and printed name of every state in the lists of 2018 and 2026 and of M49."""
    for year in ("2018-09", "2026"):
        for row in _rows(COUNTRIES / f"country-codes_{year}.csv"):
            for column, language in _COLUMNS.items():
                for kind in ("Short", "Formal"):
                    name = (row.get(f"UNTERM {column} {kind}") or "").strip()
                    yield row["ISO3166-1-Alpha-3"], language, name
    for language in LANGUAGES:
        suffix = {"zh": "cn"}.get(language, language)
        for row in _rows(COUNTRIES / f"UNSD-M49-{suffix}.csv"):
            yield row["ISO-alpha3 Code"], language, row["Country or Area"]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _bare(name: str) -> str:
    """A listed name without what the lists add: genders, articles behind or before, stars."""
    name = re.sub(r"\[[^\]]*\]|\s*\((?:l['’]|le|la|les|el|los|las|[Tt]he)\)", "", name)
    name = re.sub(r"[*\d\s]+$", "", name)
    return re.sub(r"^(?:the|la|le|les|el|los|las|l['’])\s*(?=[A-ZÉÎ])", "", name.strip()).strip()


@pytest.mark.skipif(not COUNTRIES.is_dir(), reason=f"the lists are absent: {COUNTRIES}")
def test_every_listed_name_leads_to_its_state(authority: Authority) -> None:
    names = {row for row in listed() if row[0] in authority.states and row[2]}
    wrong = []
    for key, language, name in sorted(names - set(EXCEPTIONS)):
        table = load_language(language)
        whole = finder("state", language).keys_of(_bare(name))
        found = [s.keys for s in states_in(_bare(name), table)]
        if whole != (key,) and found != [(key,)]:
            wrong.append((key, language, name, whole, found))
    assert len(names) > 2500
    assert not wrong


@pytest.mark.skipif(not COUNTRIES.is_dir(), reason=f"the lists are absent: {COUNTRIES}")
def test_only_territories_are_left_out_of_the_lists(authority: Authority) -> None:
    """Whoever has a name in UNTERM's list of countries is a state of ours."""
    named = {key for key, _, name in listed() if key not in authority.states and name}
    unterm = {
        row["ISO3166-1-Alpha-3"]
        for row in _rows(COUNTRIES / "country-codes_2026.csv")
        if (row["UNTERM English Short"] or "").strip()
    }
    assert not named & unterm
