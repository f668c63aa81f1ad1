"""French from end to end: what UN documents print, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Citation, InstrumentMention, Record, Request, Source


def read(text: str) -> Record:
    record = extract(Source(name="texte.fr.txt", text=text, sha256="0", language="fr"))
    for part in record.texts:
        for paragraph in part.paragraphs:
            for citation in paragraph.citations:
                assert text[citation.start : citation.end] == citation.quote
    return record


def spoken(paragraph: str, organ: str = "L’Assemblée générale") -> Record:
    return read(f"{organ},\n\n{paragraph}")


def cited(record: Record) -> list[Citation]:
    return [c for part in record.texts for p in part.paragraphs for c in p.citations]


def named(record: Record) -> list[InstrumentMention]:
    return [i for part in record.texts for p in part.paragraphs for i in p.instruments]


def asked(paragraph: str) -> list[Request]:
    record = spoken(f"1. {paragraph}")
    return [r for part in record.texts for p in part.paragraphs for r in p.requests]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Rappelant sa résolution 70/1 du 25 septembre 2015,",
            [("A/RES/70/1", "2015-09-25")],
        ),
        (
            "Rappelant ses résolutions 69/193 et 69/196 du 18 décembre 2014,",
            [("A/RES/69/193", "2014-12-18"), ("A/RES/69/196", "2014-12-18")],
        ),
        (
            "Rappelant les résolutions 2133 (2014) et 2178 (2014) du Conseil de sécurité,",
            [("S/RES/2133(2014)", None), ("S/RES/2178(2014)", None)],
        ),
        (
            "Rappelant les résolutions du Conseil de sécurité 2133 (2014) du 27 janvier 2014 et"
            " 2178 (2014) du 24 septembre 2014,",
            [("S/RES/2133(2014)", "2014-01-27"), ("S/RES/2178(2014)", "2014-09-24")],
        ),
        (
            "Réaffirmant la résolution 1514 (XV) de l’Assemblée générale, en date du 14 décembre"
            " 1960,",
            [("A/RES/1514(XV)", "1960-12-14")],
        ),
        (
            "Rappelant ses résolutions 53/243 A et B du 13 septembre 1999,",
            [("A/RES/53/243A", "1999-09-13"), ("A/RES/53/243B", "1999-09-13")],
        ),
        (
            "Notant la résolution 32/3 du Conseil des droits de l’homme, en date du 1 er juillet"
            " 2016,",
            [("A/HRC/RES/32/3", "2016-07-01")],
        ),
        (
            "Rappelant la décision 2/113 du Conseil des droits de l’homme, en date du"
            " 27 novembre 2006,",
            [("A/HRC/DEC/2/113", "2006-11-27")],
        ),
        (
            "Rappelant les résolutions du Conseil des droits de l’homme sur la lecture, dont la"
            " plus récente est la résolution 49/14 du 31 mars 2022,",
            [("A/HRC/RES/49/14", "2022-03-31")],
        ),
        (
            "Rappelant la résolution 289 A (1 V) du 21 novembre 1949,",
            [("A/RES/289(IV)A", "1949-11-21")],
        ),
        (
            "Prenant note des résolutions 45/30 du 7 octobre 2020, intitulée « La lecture » 17 ,"
            " et 51/10 du 6 octobre 2022, intitulée « Les livres » 18 , du Conseil des droits de"
            " l’homme,",
            [("A/HRC/RES/45/30", "2020-10-07"), ("A/HRC/RES/51/10", "2022-10-06")],
        ),
    ],
)
def test_numbers_have_their_organ_and_date(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(c.target, c.date) for c in cited(spoken(text))] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rappelant que l’Assemblée générale a adopté sa résolution 70/1,", "A/RES/70/1"),
        (
            "Rappelant la Déclaration, que l’Assemblée générale a adoptée par consensus dans sa"
            " résolution 47/135 du 18 décembre 1992,",
            "A/RES/47/135",
        ),
        (
            "Rappelant que, dans sa résolution 72/228 du 20 décembre 2017, l’Assemblée générale"
            " a invité les États,",
            "A/RES/72/228",
        ),
        ("Rappelant sa résolution 33/10 du 29 septembre 2016,", "A/HRC/RES/33/10"),
        (
            "Rappelant la résolution 60/251, dans laquelle l’Assemblée générale a créé le Conseil,",
            "A/RES/60/251",
        ),
    ],
)
def test_its_resolution_is_of_the_organ_the_sentence_is_about(text: str, found: str) -> None:
    assert [c.target for c in cited(spoken(text, "Le Conseil des droits de l’homme"))] == [found]


def test_numbers_of_other_bodies_are_no_un_resolutions() -> None:
    assert not cited(spoken("Notant la résolution 12/3 de la Ligue de la lecture,"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Rappelant la Convention relative aux droits de l’enfant et ses Protocoles"
            " facultatifs,",
            ["crc", "crc-optional-protocols"],
        ),
        ("Rappelant la Déclaration et le Programme d’action de Vienne,",
         ["vienna-declaration-and-programme-of-action"]),
        ("Guidée par les buts de la Charte, et", ["un-charter"]),
        ("Rappelant la Déclaration de Tallinn sur la lecture des cartes et l’Accord,", [None]),
        (
            "Saluant le document final de la Conférence, intitulé « L’avenir que nous voulons »,",
            ["future-we-want"],
        ),
        (
            "Rappelant la Convention relative aux droits de l’enfant et ses Protocoles"
            " facultatifs concernant l’implication d’enfants dans les conflits armés et"
            " concernant la vente d’enfants, la prostitution des enfants et la pornographie"
            " mettant en scène des enfants,",
            ["crc", "crc-op-armed-conflict", "crc-op-sale-of-children"],
        ),
        ("Notant la résolution 66/288, intitulée « L’avenir que nous voulons »,", []),
        ("Notant les travaux de la Conférence des Parties à la Convention de Bâle,", []),
    ],
)  # fmt: skip
def test_instruments_are_named(text: str, found: list[str | None]) -> None:
    assert [i.target for i in named(spoken(text))] == found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Rappelant également sa résolution 70/1,", "Rappelant également"),
        ("Profondément préoccupée par la situation,", "Profondément préoccupée"),
        ("Prenant note avec satisfaction de sa résolution 70/1,", "Prenant note avec satisfaction"),
        ("Exprimant sa vive préoccupation face à la situation,",
         "Exprimant sa vive préoccupation"),
        ("Ayant examiné le rapport du Secrétaire général,", "Ayant examiné"),
    ],
)  # fmt: skip
def test_paragraphs_open_with_their_verb(text: str, verb: str) -> None:
    paragraph = spoken(text).texts[-1].paragraphs[0]
    assert paragraph.verb is not None and paragraph.verb.startswith(verb)


def test_requests_have_their_addressees_and_dates() -> None:
    first, second = asked(
        "Prie le Secrétaire général de lui présenter un rapport, et invite le Conseil"
        " économique et social à examiner la question ;"
    )
    assert [a.target for a in first.addressees] == ["secretary-general"]
    assert first.modality == "request" and first.report
    assert second.modality == "invite" and second.addressees[0].target == "ECOSOC"


def test_a_report_is_due_at_a_session() -> None:
    (request,) = asked(
        "Prie le Secrétaire général de faire rapport à l’Assemblée générale, à sa"
        " soixante-dix-septième session ;"
    )
    assert request.due is not None and request.due.session == 77
    assert request.to == "GA"


def test_urging_is_told_from_requesting() -> None:
    assert [r.modality for r in asked("Prie instamment les États d’agir ;")] == ["urge"]
    assert [r.modality for r in asked("Engage les États à agir ;")] == ["call"]


def test_conversion_marks_are_not_read() -> None:
    record = read(
        "## L'Assemblée générale ,\n\nRappelant  sa  résolution  70/1  du 25  septembre 2015 ,"
        " et la Charte des  Nations Unies,\n"
    )
    assert [(c.target, c.date) for c in cited(record)] == [("A/RES/70/1", "2015-09-25")]
    assert [i.target for i in named(record)] == ["un-charter"]
