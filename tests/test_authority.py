"""The authority: names that lead to one entity each, and errors that say where to look."""

import re
from pathlib import Path

import pytest

from kg.authority import Authority, Label, load_authority, read_authority
from kg.errors import AuthorityError
from kg.model import Unts
from kg.vocab import ontology_path

LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
SCHEMES = ("state", "organ", "instrument", "actor")
DISSOLVED = {"SUN", "YUG", "CSK", "DDR", "YMD", "SCG", "EAZ"}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load_authority()


def test_every_member_observer_and_state_of_unterm_is_there(authority: Authority) -> None:
    members = {
        key
        for key, state in authority.states.items()
        if state.values("memberSince") and key not in DISSOLVED
    }
    assert len(members) == 193
    assert set(authority.states) == members | DISSOLVED | {"PSE", "VAT", "COK", "NIU"}
    assert "TWN" not in authority.states


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_in_every_language(authority: Authority, language: str) -> None:
    for key, state in authority.states.items():
        found = [n for n in state.labels if n.language == language and n.kind == "preferred"]
        assert len(found) == 1, key


@pytest.mark.parametrize(
    ("language", "name", "code"),
    [
        ("zh", "美国", "USA"),
        ("zh", "英国", "GBR"),
        ("zh", "俄罗斯", "RUS"),
        ("zh", "朝鲜", "PRK"),
        ("zh", "大韩民国", "KOR"),
        ("zh", "委内瑞拉玻利瓦尔共和国", "VEN"),
        ("zh", "密克罗尼西亚联邦", "FSM"),
        ("zh", "多民族玻利维亚国", "BOL"),
        ("zh", "前南斯拉夫的马其顿共和国", "MKD"),
        ("zh", "扎伊尔", "COD"),
        ("zh", "斯威士兰", "SWZ"),
        ("zh", "捷克共和国", "CZE"),
        ("zh", "苏维埃社会主义共和国联盟", "SUN"),
        ("zh", "阿拉伯利比亚民众国", "LBY"),
        ("en", "United States", "USA"),
        ("en", "United States of America", "USA"),
        ("en", "Bolivia (Plurinational State of)", "BOL"),
        ("en", "Micronesia (Federated States of)", "FSM"),
        ("en", "the former Yugoslav Republic of Macedonia", "MKD"),
        ("en", "Turkey", "TUR"),
        ("en", "Türkiye", "TUR"),
        ("en", "Swaziland", "SWZ"),
        ("en", "Czech Republic", "CZE"),
        ("en", "Cape Verde", "CPV"),
        ("en", "Burma", "MMR"),
        ("en", "Upper Volta", "BFA"),
        ("en", "Ceylon", "LKA"),
        ("en", "Dahomey", "BEN"),
        ("en", "Democratic Kampuchea", "KHM"),
        ("en", "Byelorussian SSR", "BLR"),
        ("en", "Ukrainian SSR", "UKR"),
        ("en", "Federal Republic of Germany", "DEU"),
        ("en", "German Democratic Republic", "DDR"),
        ("en", "Holy See", "VAT"),
        ("fr", "Royaume-Uni", "GBR"),
        ("es", "Estados Unidos", "USA"),
        ("ru", "Соединенное Королевство", "GBR"),
        ("ar", "الولايات المتحدة", "USA"),
    ],
)
def test_a_printed_name_leads_to_its_state(
    authority: Authority, language: str, name: str, code: str
) -> None:
    assert authority.names("state", language)[name] == (code,)


@pytest.mark.parametrize("name", ["Korea", "Republic", "the Republic", "Guinea-", "Kingdom", ""])
def test_a_name_that_decides_nothing_is_no_name(authority: Authority, name: str) -> None:
    assert name not in authority.names("state", "en")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_full_name_leads_to_two_entities(
    authority: Authority, scheme: str, language: str
) -> None:
    names = authority.names(scheme, language)  # type: ignore[arg-type]
    assert not {name: keys for name, keys in names.items() if len(keys) > 1}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_names_are_clean(authority: Authority, scheme: str) -> None:
    for key, entity in authority.scheme(scheme).items():  # type: ignore[arg-type]
        for label in entity.labels:
            assert label.text == re.sub(r"\s+", " ", label.text).strip(), key
            assert not re.search(r"[*\[\]《》<>]", label.text) or "《" in label.text, key
            if scheme == "state":
                assert not re.search(r"\((the|le|la|les|l'|el|los|las)\)$", label.text), key


def test_a_name_has_its_dates(authority: Authority) -> None:
    turkey = authority.states["TUR"]
    assert turkey.label("en", at="2022-05-31") == "Turkey"
    assert turkey.label("en", at="2022-06-01") == "Türkiye"
    assert "Turkey" not in authority.names("state", "en", at="2023-01-01")
    assert authority.states["COD"].label("zh", at="1985-01-01") == "扎伊尔"
    assert authority.states["COD"].label("zh") == "刚果民主共和国"


def test_a_label_falls_back_to_english_and_then_to_the_key(authority: Authority) -> None:
    uncac = authority.instruments["uncac"]
    assert uncac.label("xx") == "United Nations Convention against Corruption"


def test_validity_is_closed_at_the_start_and_open_at_the_end() -> None:
    label = Label(text="Zaire", language="en", kind="former", start="1971-10-27", end="1997-05-17")
    assert [label.valid(day) for day in ("1971-10-26", "1971-10-27", "1997-05-17")] == [
        False,
        True,
        False,
    ]


def test_a_short_name_is_kept_apart(authority: Authority) -> None:
    assert "委员会" not in authority.names("organ", "zh")
    assert "E/CN.15" in authority.names("organ", "zh", kinds=("short",))["委员会"]


@pytest.mark.parametrize(
    "code",
    [
        "GA",
        "SC",
        "ECOSOC",
        "HRC",
        "TC",
        "A/C.1",
        "A/C.2",
        "A/C.3",
        "A/C.4",
        "A/C.5",
        "A/C.6",
        "E/CN.4",
        "E/CN.5",
        "E/CN.6",
        "E/CN.7",
        "E/CN.9",
        "E/CN.15",
        "CTOC/COP",
        "CAC/COSP",
        "UNEP/EA",
        "WHA",
        "ICJ",
        "secretary-general",
        "unodc",
        "ohchr",
    ],
)
def test_an_organ_is_known_by_its_code(authority: Authority, code: str) -> None:
    organ = authority.organs[code]
    assert organ.iri == "https://w3id.org/unkg/organ/" + code.replace("/", "-")
    assert organ.label("zh") != organ.label("en")


def test_facts_of_an_instrument(authority: Authority) -> None:
    untoc = authority.instruments["untoc"]
    assert (untoc.kind, untoc.date) == ("Treaty", "2000-11-15")
    assert untoc.registered_as == (Unts(volume=2225, number=39574),)
    assert untoc.annexed_to == ("A/RES/55/25",)
    protocols = authority.instruments["untoc-protocols"]
    assert protocols.parent == "untoc"
    assert {authority.instruments[key].parent for key in protocols.parts} == {"untoc"}
    culture = authority.instruments["culture-of-peace-declaration-and-programme-of-action"]
    assert culture.annexed_to == ("A/RES/53/243A", "A/RES/53/243B")


def test_the_revised_rules_are_another_instrument(authority: Authority) -> None:
    names = authority.names("instrument", "en")
    old = names["Standard Minimum Rules for the Treatment of Prisoners"]
    assert old != names["United Nations Standard Minimum Rules for the Treatment of Prisoners"]


def test_every_annexed_symbol_is_canonical(authority: Authority) -> None:
    from kg.symbol import parse

    for entity in authority.instruments.values():
        for symbol in entity.annexed_to:
            assert parse(symbol).text == symbol


def test_dates_are_iso(authority: Authority) -> None:
    for entity in authority.instruments.values():
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", entity.date or ""), entity.key


def test_every_instrument_of_the_corpus_is_known(authority: Authority) -> None:
    import json

    gold = Path(__file__).parents[2] / "shared" / "corpus" / "zh" / "A_72_440.gold.json"
    if not gold.is_file():
        pytest.skip(f"the corpus is absent: {gold}")
    slugs = set(re.findall(r'"target": "([a-z0-9-]+)"', json.dumps(json.loads(gold.read_text()))))
    known = {key for scheme in SCHEMES for key in authority.scheme(scheme)}  # type: ignore[arg-type]
    codes = {c for organ in authority.organs.values() for c in organ.values("code")}
    assert slugs <= known | codes


BLOCK = """@prefix unkg: <https://w3id.org/unkg/ontology#> .
@prefix state: <https://w3id.org/unkg/state/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.mark.parametrize(
    ("turtle", "line", "reason"),
    [
        ("state:FRA a unkg:State ; skos:prefLabel ", 4, "not valid Turtle"),
        ("\nstate:FRA a unkg:State .", 5, "no skos:prefLabel"),
        ("state:FRA skos:prefLabel 'France'@en .", 4, "no class"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France' .", 4, "no language tag"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France'@en ; unkg:hasName state:x .", 4, "Name"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France'@en ; unkg:parentOrgan state:X .", 4,
         "which the file lacks"),
        ("state:FRA a unkg:Organ ; skos:prefLabel 'France'@en .", 4, "unkg:Organ is no kind of"),
        ("state:FRA a unkg:Realm ; skos:prefLabel 'France'@en .", 4, "unkg:Realm is no kind of"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France'@en , 'Gaul'@en .", 4, "a second"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France'@en .\n"
         "state:FRX a unkg:State ; skos:prefLabel 'France'@en .", 5, "taken by .*/state/FRA"),
        ("state:FRA a unkg:State ; skos:prefLabel 'France'@en .\n\n"
         "state:GAB a unkg:State ;\n    skos:prefLabel Gabon@en .", 7, "state:GAB: not valid"),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, turtle: str, line: int, reason: str
) -> None:
    for name in ("organs.ttl", "instruments.ttl", "actors.ttl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "states.ttl").write_text(BLOCK + turtle, encoding="utf-8")
    with pytest.raises(AuthorityError, match=reason) as caught:
        read_authority(tmp_path)
    assert f"states.ttl:{line}:" in str(caught.value)


DATED = """
state:ZAR a unkg:State ; skos:prefLabel 'Congo'@en ; unkg:hasName state:old .
state:old a unkg:Name ; unkg:nameKind 'former' ; unkg:validUntil '1997-05-17'@en ;
    <http://www.w3.org/2008/05/skos-xl#literalForm> 'Zaire'@en .
state:NEW a unkg:State ; skos:prefLabel 'New'@en ; unkg:hasName state:then .
state:then a unkg:Name ; unkg:nameKind 'former' ; unkg:validFrom 'FROM' ;
    <http://www.w3.org/2008/05/skos-xl#literalForm> 'Zaire'@en .
""".replace("@en ;\n    <", " ;\n    <")


@pytest.mark.parametrize(("start", "sound"), [("1997-05-17", True), ("1997-05-16", False)])
def test_a_name_may_pass_to_another_entity_on_another_day(
    tmp_path: Path, start: str, sound: bool
) -> None:
    # The names' nodes lie outside the scheme, as those of the real files do.
    turtle = DATED.replace("FROM", start).replace("state:old", "<urn:old>")
    for name in ("organs.ttl", "instruments.ttl", "actors.ttl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    text = BLOCK + turtle.replace("state:then", "<urn:then>")
    (tmp_path / "states.ttl").write_text(text, encoding="utf-8")
    if sound:
        assert read_authority(tmp_path).names("state", "en", at="1990")["Zaire"] == ("ZAR",)
    else:
        with pytest.raises(AuthorityError, match=r"the name 'Zaire'@en is taken by .*/state/"):
            read_authority(tmp_path)


def test_the_kinds_are_the_classes_of_the_ontology() -> None:
    from rdflib import RDFS, Graph, URIRef

    from kg.authority import _CLASSES
    from kg.vocab import UNKG

    ontology = Graph().parse(ontology_path() / "unkg.ttl")
    known = ontology.transitive_subjects(RDFS.subClassOf, URIRef(UNKG.Instrument))
    assert {str(k).removeprefix(UNKG.IRI) for k in known} == _CLASSES["instrument"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"states\.ttl"):
        read_authority(tmp_path)


def test_two_entities_may_not_share_a_key(tmp_path: Path) -> None:
    for path in (ontology_path() / "authority").glob("*.ttl"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    organs = tmp_path / "organs.ttl"
    more = '\norgan:GA2 a unkg:Organ ; skos:notation "GA" ; skos:prefLabel "x"@en .\n'
    organs.write_text(organs.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(AuthorityError, match="is taken by"):
        read_authority(tmp_path)
