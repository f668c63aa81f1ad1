"""The harvester: what notes, parallel versions and declarations give, and what they do not."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.authority import load_authority
from kg.harvest import harvest, observe, write_candidates
from kg.harvest.model import Candidate, Evidence, Name, Named, Passage, Version
from kg.harvest.noted import agrees, shared_sources, sources_of
from kg.harvest.observe import bare, classes_of
from kg.harvest.parallel import aligned, matching, numbers_of
from kg.harvest.turtle import name_of
from kg.languages import available, load_language
from kg.model import Unts
from kg.pipeline import extract_paths

EVIDENCE = Evidence(document="A_98_1", language="en", paragraph="preambular 1", quote="…")


def named(name: str, target: str | None = None, *, language: str = "en", **more: object) -> Named:
    classes, base = classes_of(name, load_language(language))
    plain = Named(
        target=target, name=name, key=name.lower(), language=language, classes=classes, base=base,
        full=target is not None, short=False, generic=False, parent=None, joins=0, goes_on=False,
        cut=False, unts=(), annexes=(), shorts=(), evidence=replace(EVIDENCE, language=language),
    )  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


def passage(*names: Named) -> Passage:
    return Passage(label=None, kind="preambular", n="1", named=names)


def candidates(folder: Path, files: dict[str, str]) -> tuple[Candidate, ...]:
    for name, text in files.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    outcomes = list(extract_paths([folder]))
    assert all(outcome.record for outcome in outcomes)
    versions = [observe(o.record, o.text) for o in outcomes if o.record]
    return harvest(versions, load_authority())


def said(found: tuple[Candidate, ...]) -> set[tuple[str, str, str]]:
    return {(c.proposal, n.language, n.text) for c in found for n in c.names}


def test_parallel_sentences_name_an_unknown_instrument_in_each_language(tmp_path: Path) -> None:
    found = candidates(
        tmp_path,
        {
            "1.en.txt": "Recalling the Lima Declaration on Deep Wells,",
            "1.fr.txt": "Rappelant la Déclaration de Lima sur les puits profonds,",
        },
    )
    assert len(found) == 1
    assert (found[0].proposal, found[0].new_class) == ("new instrument", "Declaration")
    assert found[0].about == "lima-declaration-on-deep-wells"
    assert {name.language for name in found[0].names} == {"en", "fr"}


def test_a_known_name_gives_the_other_language_a_further_one(tmp_path: Path) -> None:
    found = candidates(
        tmp_path,
        {
            "1.en.txt": "Recalling the Convention on the Rights of the Child,",
            "1.zh.txt": "回顾《关于儿童各项权利的公约》，",
        },
    )
    assert [(c.proposal, c.about, c.documents) for c in found] == [("further name", "crc", 1)]
    assert found[0].names == (Name(text="关于儿童各项权利的公约", language="zh"),)
    assert {e.language for e in found[0].evidence} == {"en", "zh"}


def test_files_of_one_language_or_of_other_stems_are_not_compared(tmp_path: Path) -> None:
    files = {
        "1.en.txt": "Recalling the Lima Declaration on Deep Wells,",
        "2.fr.txt": "Rappelant la Déclaration de Lima sur les puits profonds,",
    }
    assert not candidates(tmp_path, files)


def test_counts_must_be_equal() -> None:
    crc, cedaw = named("Convention on the Rights of the Child", "crc"), named("CEDAW", "cedaw")
    unknown = named("Déclaration de Lima", language="fr")
    assert not list(aligned(passage(crc, cedaw), passage(unknown)))


def test_what_both_know_must_agree() -> None:
    ours = passage(named("Convention on the Rights of the Child", "crc"), named("Lima Declaration"))
    theirs = passage(
        named("Pacte", "iccpr", language="fr"), named("Déclaration de Lima", language="fr")
    )
    assert not [p for p in aligned(ours, theirs) if p[1].name == "Déclaration de Lima"]


def test_several_unknown_names_are_told_apart_by_their_nouns() -> None:
    ours = passage(named("Lima Declaration"), named("Lima Strategy"))
    theirs = passage(
        named("Déclaration de Lima", language="fr"), named("Stratégie de Lima", language="fr")
    )
    assert [(a.name, b.name) for a, b in aligned(ours, theirs)] == [
        ("Lima Declaration", "Déclaration de Lima"),
        ("Lima Strategy", "Stratégie de Lima"),
    ]
    two = passage(named("Lima Declaration"), named("Oslo Declaration"))
    both = passage(
        named("Déclaration de Lima", language="fr"), named("Déclaration d'Oslo", language="fr")
    )
    assert not list(aligned(two, both))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (named("Lima Declaration"), named("Stratégie de Lima", language="fr")),
        (named("Lima Plan of Action 2031"), named("Plan d'action de Lima", language="fr")),
        (named("Lima Declaration on Deep Wells and Pumps of Every Kind"),
         named("Déclaration de Lima", language="fr")),
        (named("Lima Declaration"),
         named("Déclaration de Lima", language="fr", goes_on=True)),
        (named("Lima Declaration", cut=True), named("Déclaration de Lima", language="fr")),
        (named("Lima Declaration", generic=True), named("Déclaration de Lima", language="fr")),
        (named("Protocol on Wells", parent="crc"),
         named("Protocole sur les puits", language="fr", parent="iccpr")),
    ],
    ids=["noun", "numbers", "length", "goes on", "cut", "generic", "parent"],
)  # fmt: skip
def test_names_that_cannot_be_one_instruments(one: Named, other: Named) -> None:
    assert not matching(one, other)


def test_numbers_are_compared_whatever_the_script() -> None:
    assert numbers_of("خطة عام ٢٠٣٠") == numbers_of("2030 Agenda")


def test_one_number_is_a_convention_and_its_protocols() -> None:
    instruments = load_authority().instruments
    protocol = named("Protocol against Trafficking in Wells", parent="untoc")
    assert not agrees(protocol, instruments["untoc"])
    assert agrees(protocol, instruments["untoc-trafficking-protocol"])
    assert not agrees(named("Convention against Crime 1955"), instruments["untoc"])


def test_a_shared_registration_needs_one_instrument_that_agrees() -> None:
    authority = load_authority()
    unts = authority.instruments["crc"].registered_as
    fits = named("Convention on Children", unts=unts)
    other = named("Protocol on Children", unts=unts)
    assert [(s.named, s.target) for s in shared_sources([fits, other], authority)] == [
        (fits, "crc")
    ]


def test_two_covenants_annexed_to_one_resolution_stay_two() -> None:
    covenant = named("Covenant on Wells", annexes=(("A/RES/2200(XXI)A", None),))
    assert not list(shared_sources([covenant], load_authority()))


def test_several_registrations_in_a_note_register_nobody() -> None:
    several = named(
        "Convention on Wells", unts=(Unts(volume=1, number=2), Unts(volume=3, number=2))
    )
    assert sources_of(several) == ()


NOTED = """\
大会，

回顾《水井与水泵公约》¹ 和《利马水井准则》，²

1. 请秘书长提出报告。

¹ 联合国，《条约汇编》，第 9999 卷，第 88888 号。
² 第 98/99 号决议，附件二。
"""


def test_notes_give_registrations_and_annexes(tmp_path: Path) -> None:
    found = candidates(tmp_path, {"A_RES_98_1.zh.txt": NOTED})
    by_class = {c.new_class: c for c in found}
    assert by_class["Treaty"].registrations == (Unts(volume=9999, number=88888),)
    assert by_class["Guidelines"].annexes == (("A/RES/98/99", 2),)
    assert {c.proposal for c in found} == {"new instrument"}


@pytest.mark.parametrize(
    ("name", "text", "short"),
    [
        ("1.zh.txt", "回顾《儿童权利公约》（以下简称“《水井公约》”），", "水井公约"),
        ("1.en.txt", "Recalling the Convention on the Rights of the Child (hereinafter referred to "
                     "as “the Wells Convention”),", "Wells Convention"),
        ("1.fr.txt", "Rappelant la Convention relative aux droits de l'enfant (ci-après dénommée "
                     "« la Convention des puits »),", "Convention des puits"),
        ("1.es.txt", "Recordando la Convención sobre los Derechos del Niño (en adelante, "
                     "“la Convención de los Pozos”),", "Convención de los Pozos"),
        ("1.ru.txt", "ссылаясь на Конвенцию о правах ребенка (далее — «Конвенция о колодцах»),",
         "Конвенция о колодцах"),
        ("1.ar.txt",
         "وإذ تشير إلى اتفاقية حقوق الطفل (يشار إليها فيما يلي باسم \"الاتفاقية الآبارية\")،",
         "الاتفاقية الآبارية"),
    ],
    ids=["zh", "en", "fr", "es", "ru", "ar"],
)  # fmt: skip
def test_declared_short_names(tmp_path: Path, name: str, text: str, short: str) -> None:
    found = candidates(tmp_path, {name: text})
    assert [(c.proposal, c.about, c.names[0].text) for c in found] == [("short name", "crc", short)]


def test_the_acronym_of_a_body_in_a_name_is_no_short_name(tmp_path: Path) -> None:
    text = "Recalling the Rome Statute of the International Criminal Court (ICC),"
    assert not candidates(tmp_path, {"1.en.txt": text})


def test_two_claims_to_one_name_are_told_and_kept() -> None:
    authority = load_authority()
    pairs = (
        ("crc", "Convention on Children"),
        ("cat", "Convention against Torture"),
    )
    versions = []
    for number, (key, full) in enumerate(pairs):
        for name in (
            named(full, key, language="en", full=True),
            named("Convention des puits de Lima", language="fr"),
        ):
            evidence = replace(name.evidence, document=str(number))
            one = passage(replace(name, evidence=evidence))
            versions.append(Version(work=str(number), language=name.language, passages=(one,)))
    found = harvest(versions, authority)
    assert [c.about for c in found] == ["cat", "crc"]
    assert all("is proposed for" in c.contradictions[0] for c in found)


def test_an_inflected_name_is_kept_hidden() -> None:
    assert classes_of("Лимскую декларацию", load_language("ru")) == (
        frozenset({"Declaration"}), False
    )  # fmt: skip
    assert classes_of("Лимская декларация", load_language("ru"))[1]


@pytest.mark.parametrize("language", available())
def test_the_authority_agrees_with_the_classes_of_nouns(language: str) -> None:
    """A charter may be a treaty, and few names hide their noun behind another."""
    table, fits = load_language(language), {"Treaty": {"Treaty", "Charter"}}
    names = [
        (label.text, fits.get(entity.kind, {entity.kind}))
        for entity in load_authority().instruments.values()
        for label in entity.labels
        if label.language == language and label.kind == "preferred"
        if entity.kind in ("Treaty", "Protocol", "Declaration")
    ]
    wrong = [name for name, kinds in names if not classes_of(name, table)[0] & kinds]
    assert len(wrong) <= 0.1 * len(names), wrong


def test_the_file_is_for_people_and_the_same_each_time() -> None:
    one = Candidate(
        proposal="annex", about="crc", annexes=(("A/RES/44/25", 2),), documents=2,
        evidence=(replace(EVIDENCE, quote='the "Wells"'),), contradictions=("it is not",),
    )  # fmt: skip
    text = write_candidates([one])
    assert f"candidate:{name_of(one)} a unkg:Candidate ;\n    unkg:approved false ;" in text
    assert "# annex · 2 documents\n# ! it is not\n" in text
    assert '"A_98_1 (en), preambular 1: the \\"Wells\\""' in text
    assert text == write_candidates([one])


def test_names_lose_their_brackets() -> None:
    assert bare("《儿童权利公约》") == "儿童权利公约"
    assert bare("经1972年《议定书》修正的公约") == "经1972年《议定书》修正的公约"


def test_a_hundred_candidates_read_by_hand(root: Path) -> None:
    with (root / "tests" / "harvest_reading.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 100
    assert all(row["why"] for row in rows)
    for run in ("corpus", "blind"):
        verdicts = [row["verdict"] for row in rows if row["run"] == run]
        assert set(verdicts) == {"right", "wrong"}
        assert verdicts.count("right") >= 0.9 * len(verdicts), run
