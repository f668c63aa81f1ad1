"""Spanish from end to end: what UN documents print, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Citation, InstrumentMention, Record, Request, Source


def read(text: str) -> Record:
    record = extract(Source(name="texto.es.txt", text=text, sha256="0", language="es"))
    for part in record.texts:
        for paragraph in part.paragraphs:
            for citation in paragraph.citations:
                assert text[citation.start : citation.end] == citation.quote
    return record


def cited(text: str) -> list[Citation]:
    return [c for part in read(text).texts for p in part.paragraphs for c in p.citations]


def named(text: str) -> list[InstrumentMention]:
    return [i for part in read(text).texts for p in part.paragraphs for i in p.instruments]


def asked(paragraph: str) -> Request:
    (request,) = [
        request
        for part in read(f"La Asamblea General,\n\n1. {paragraph}").texts
        for p in part.paragraphs
        for request in p.requests
    ]
    return request


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Recordando sus resoluciones 69/193 y 69/196, de 18 de diciembre de 2014,",
            [("A/RES/69/193", "2014-12-18"), ("A/RES/69/196", "2014-12-18")],
        ),
        (
            "la resolución 1514 (XV) de la Asamblea General, de 14 de diciembre de 1960,",
            [("A/RES/1514(XV)", "1960-12-14")],
        ),
        (
            "las resoluciones 53/243 A y B, de 13 de septiembre de 1999,",
            [("A/RES/53/243A", "1999-09-13"), ("A/RES/53/243B", "1999-09-13")],
        ),
        (
            "las resoluciones del Consejo de Seguridad 2133 (2014) y 2178 (2014),",
            [("S/RES/2133(2014)", None), ("S/RES/2178(2014)", None)],
        ),
        (
            "la resolución 155 C (VII) del Consejo Económico y Social, de 13 de agosto de 1948,",
            [("E/RES/155(VII)C", "1948-08-13")],
        ),
        (
            "la decisión 2/113 del Consejo de Derechos Humanos, de 27 de noviembre de 2006,",
            [("A/HRC/DEC/2/113", "2006-11-27")],
        ),
        (
            "en su resolución 32/3, de 30 de junio de 2016, el Consejo de Derechos Humanos decidió",
            [("A/HRC/RES/32/3", "2016-06-30")],
        ),
        (
            "la resolución 2188 (2014), aprobada por el Consejo de Seguridad el 9 de diciembre"
            " de 2014, en la que",
            [("S/RES/2188(2014)", "2014-12-09")],
        ),
        (
            "las resoluciones de la Asamblea General 70/1, de 25 de septiembre de 2015, y 69/313,"
            " de 27 de julio de 2015, y 2017/15 del Consejo Económico y Social",
            [
                ("A/RES/70/1", "2015-09-25"),
                ("A/RES/69/313", "2015-07-27"),
                ("E/RES/2017/15", None),
            ],
        ),
        (
            "las resoluciones del Consejo de Derechos Humanos 5/1, sobre la construcción de la"
            " biblioteca, y 5/2, sobre el código de los lectores, de 18 de junio de 2007,",
            [("A/HRC/RES/5/1", "2007-06-18"), ("A/HRC/RES/5/2", "2007-06-18")],
        ),
        (
            "las resoluciones 46/182, de 19 de diciembre de 1991, sobre la lectura, y 56/119,"
            " de 19 de diciembre de 2001, relativa a los libros",
            [("A/RES/46/182", "1991-12-19"), ("A/RES/56/119", "2001-12-19")],
        ),
        (
            "la declaración de la Presidencia del Consejo de Seguridad (S/PRST/2015/1)",
            [("S/PRST/2015/1", None)],
        ),
        (
            "la resolución 8/2 de la Conferencia de las Partes en la Convención de las Naciones"
            " Unidas contra la Delincuencia Organizada Transnacional",
            [("CTOC/COP/RES/8/2", None)],
        ),
        (
            "aprobó la resolución 60/251, el 1º de abril de 2006,",
            [("A/RES/60/251", "2006-04-01")],
        ),
    ],
)
def test_numbers_have_their_organ_and_date(text: str, found: list[tuple[str, str | None]]) -> None:
    assert [(c.target, c.date) for c in cited(text)] == found


def test_numbers_of_other_bodies_are_no_un_resolutions() -> None:
    record = read(
        "la resolución 683 (XXXV) de la Comisión Económica para América Latina y el Caribe"
    )
    assert [u.text for u in record.unresolved] == ["683 (XXXV)"]
    assert not cited("la resolución 12/3 del Consejo Ejecutivo de la Liga de la Lectura")


def test_a_title_may_stand_behind_its_number() -> None:
    (citation,) = cited(
        "Recordando la resolución 70/1 de la Asamblea General, de 25 de septiembre de 2015,"
        " titulada “La lectura”,"
    )
    assert citation.title == "La lectura"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la Convención sobre los Derechos del Niño y sus Protocolos Facultativos,",
         [("Convención sobre los Derechos del Niño", "crc"),
          ("Protocolos Facultativos", "crc-optional-protocols")]),
        ("Recordando la Convención sobre la eliminación de todas las formas de discriminación"
         " contra la mujer,",
         [("Convención sobre la eliminación de todas las formas de discriminación contra la mujer",
           "cedaw")]),
        ("el Convenio de Ruritania sobre la Lectura de Libros Raros, y los Estados,",
         [("Convenio de Ruritania sobre la Lectura de Libros Raros", None)]),
        ("el Pacto Mundial para la Migración Segura, Ordenada y Regular y la Agenda 2030",
         [("Pacto Mundial para la Migración Segura, Ordenada y Regular",
           "global-compact-migration"),
          ("Agenda 2030", "agenda-2030")]),
        ("la Conferencia de las Partes en la Convención Marco de las Naciones Unidas sobre el"
         " Cambio Climático", []),
        ("la resolución 70/1, titulada “La Convención sobre los Derechos del Niño”,", []),
        ("de conformidad con los propósitos de la Carta,", [("Carta", "un-charter")]),
    ],
)  # fmt: skip
def test_instruments_are_found_by_name_and_shape(
    text: str, found: list[tuple[str, str | None]]
) -> None:
    assert [(i.name, i.target) for i in named(text)] == found


@pytest.mark.parametrize(
    ("paragraph", "verb", "names"),
    [
        ("Pide también al Secretario General que presente el libro.", "Pide",
         [("Secretario General", "secretary-general")]),
        ("Exhorta encarecidamente a los Estados Miembros y a los donantes a leer.", "Exhorta",
         [("Estados Miembros", "member-states"), ("donantes", "donors")]),
        ("Reitera su petición al Secretario General de que lea.", "Reitera su petición",
         [("Secretario General", "secretary-general")]),
        ("Invita a la Oficina de las Naciones Unidas contra la Droga y el Delito, en el marco de"
         " su mandato, a que lea.", "Invita",
         [("Oficina de las Naciones Unidas contra la Droga y el Delito", "unodc")]),
    ],
)  # fmt: skip
def test_requests_tell_who_is_asked(
    paragraph: str, verb: str, names: list[tuple[str, str | None]]
) -> None:
    request = asked(paragraph)
    assert request.verb == verb
    assert [(a.name, a.target) for a in request.addressees] == names


def test_a_report_is_due_to_the_speaker_or_to_the_organ_named() -> None:
    request = asked(
        "Pide al Secretario General que le presente, en su septuagésimo cuarto período de"
        " sesiones, un informe sobre la lectura."
    )
    assert request.report and request.due and request.due.session == 74
    request = asked(
        "Pide al Secretario General que informe a la Comisión de Desarrollo Social en su 56º"
        " período de sesiones."
    )
    assert request.due and (request.due.session, request.due.organ) == (56, "E/CN.5")
    request = asked(
        "Pide a la Secretaría que informe sobre ello a más tardar el 30 de junio de 2043."
    )
    assert request.due and request.due.date == "2043-06-30"


RESOLUTION = """A/RES/97/175

Nonagésimo séptimo período de sesiones
Tema 106 b) del programa

Resolución aprobada por la Asamblea General el 17 de diciembre de 2042

[sobre la base del informe de la Tercera Comisión (A/97/490)]

La Asamblea General,

Profundamente preocupada por la Declaración Universal de Derechos Humanos¹,

1. Observa con preocupación la Convención sobre los Derechos del Niño²;

2. Acoge con beneplácito el informe.

¹ Resolución 217 A (III).
² Naciones Unidas, Treaty Series, vol. 1577, núm. 27531.
"""


def test_a_resolution_is_taken_apart() -> None:
    record = read(RESOLUTION)
    assert record.document.session == 97
    assert record.document.agenda_item == "106 (b)"
    assert record.document.adopted == "2042-12-17"
    assert record.document.committee_report == "A/97/490"
    (text,) = record.texts
    verbs = [(p.kind, p.n, p.verb) for p in text.paragraphs]
    assert verbs == [
        ("preambular", "1", "Profundamente preocupada"),
        ("operative", "1", "Observa con preocupación"),
        ("operative", "2", "Acoge con beneplácito"),
    ]
    assert [c.target for c in text.paragraphs[0].citations] == ["A/RES/217(III)A"]
    (unts,) = text.paragraphs[1].instruments[0].unts
    assert (unts.volume, unts.number) == (1577, 27531)


REPORT = """A/97/512
Nonagésimo séptimo período de sesiones
Informe de la Tercera Comisión
Relatora: Sra. Ana Pérez (Bolivia (Estado Plurinacional de))

I. Introducción

1. La Comisión tuvo ante sí los siguientes documentos: A/97/125.

II. Examen de propuestas

A. Proyectos de resolución A/C.3/97/L.8 y A/C.3/97/L.8/Rev.1

2. En la 38ª sesión, celebrada el 4 de noviembre, el representante del Brasil, en nombre de la
Argentina, Côte d’Ivoire y los Estados Unidos de América, presentó un proyecto de resolución
titulado “La lectura” (A/C.3/97/L.8). Posteriormente, Chile e Italia se sumaron a los
patrocinadores del proyecto de resolución.

3. En su 43ª sesión, celebrada el 7 de noviembre, la Comisión tuvo ante sí un proyecto de
resolución revisado (A/C.3/97/L.8/Rev.1), presentado por Cuba y el Japón, que sustituía al
proyecto de resolución A/C.3/97/L.8.

4. En la misma sesión, la Comisión aprobó el proyecto de resolución A/C.3/97/L.8/Rev.1, en su
forma revisada oralmente, en votación registrada por 120 votos contra ninguno y 3 abstenciones
(véase párr. 6, proyecto de resolución II).

5. Antes de la votación, formuló una declaración la representante de Ghana.
"""


def test_a_report_tells_the_story_of_its_proposals() -> None:
    record = read(REPORT)
    assert record.document.rapporteur_state == "BOL"
    assert record.documents_considered == ("A/97/125",)
    drafts = {proposal.symbol: proposal for proposal in record.proposals}
    first, second = drafts["A/C.3/97/L.8"], drafts["A/C.3/97/L.8/Rev.1"]
    assert first.introduced_by == "BRA"
    assert first.sponsors == ("BRA", "ARG", "CIV", "USA")
    assert first.additional_sponsors == ("CHL", "ITA")
    assert second.supersedes == "A/C.3/97/L.8"
    assert second.sponsors == ("CUB", "JPN")
    assert second.orally_revised
    assert second.recommended_as == "draft resolution II"
    assert second.adopted and second.adopted.meeting == 43
    assert second.adopted.date == "2042-11-07"
    assert second.adopted.vote
    assert (second.adopted.vote.in_favour_total, second.adopted.vote.abstain) == (120, 3)
    assert [(s.state, s.when) for s in second.statements] == [("GHA", "before")]


def test_an_organ_inside_an_addressee_is_not_the_addressee() -> None:
    request = asked("Invita al sistema de las Naciones Unidas a que lea.")
    assert [a.target for a in request.addressees] == ["un-system"]
    request = asked("Solicita al sistema de las Naciones Unidas para el desarrollo que lea.")
    assert [a.target for a in request.addressees] == [None]
