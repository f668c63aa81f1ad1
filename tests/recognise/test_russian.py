"""Russian: names in any case, two alphabets in symbols, organs behind numbers, small letters."""

from __future__ import annotations

import pytest

from kg.authority import load_authority
from kg.extract import extract
from kg.languages import load_language
from kg.model import Source
from kg.recognise.citations import cited_in
from kg.recognise.instruments import names_in
from kg.recognise.organs import OrganMemory, organs_in, remember
from kg.recognise.requests import acts_in
from kg.recognise.states import state_list, states_in
from kg.resolve.instruments import Resolver
from kg.resolve.named import Named
from kg.stretch import plain

RU = load_language("ru")


def cite(text: str, speaking: str | None = "GA") -> dict[str, str | None]:
    stretch = plain(text)
    organs = organs_in(stretch, RU, memory=remember([stretch], RU), speaking=speaking)
    cited, _ = cited_in(stretch.folded, RU, organs=organs, speaking=speaking)
    assert all(text[c.start : c.end] for c in cited)
    return {c.target: c.date for c in cited}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "ссылаясь на резолюции 69/193 и 69/196 от 18 декабря 2014 года и 70/2",
            {"A/RES/69/193": "2014-12-18", "A/RES/69/196": "2014-12-18", "A/RES/70/2": None},
        ),
        (
            "резолюции 53/243 A и B от 13 сентября 1999 года",
            {"A/RES/53/243A": "1999-09-13", "A/RES/53/243B": "1999-09-13"},
        ),
        ("резолюции 53/243 А и В", {"A/RES/53/243A": None, "A/RES/53/243B": None}),
        ("резолюцию 53/243 В соответствии с ней", {"A/RES/53/243": None}),
        ("См. А/RES/70/1 и Е/2016/30", {"A/RES/70/1": None, "E/2016/30": None}),
        (
            "резолюции 1514 (ХV) Генеральной Ассамблеи от 14 декабря 1960 года",
            {"A/RES/1514(XV)": "1960-12-14"},
        ),
        (
            "резолюция 155 C (VII) Экономического и Социального Совета от 13 августа 1948 года",
            {"E/RES/155(VII)C": "1948-08-13"},
        ),
        (
            "резолюций Совета Безопасности 822 (1993) и 853 (1993)",
            {"S/RES/822(1993)": None, "S/RES/853(1993)": None},
        ),
        (
            "резолюции Совета по правам человека 32/3 от 30 июня 2016 года",
            {"A/HRC/RES/32/3": "2016-06-30"},
        ),
        ("решение 2/113 Совета по правам человека", {"A/HRC/DEC/2/113": None}),
        ("В своей резолюции 32/3 Совет по правам человека постановил", {"A/HRC/RES/32/3": None}),
        (
            "решением 57/589 Генеральной Ассамблеи и резолюцией 1540 (2004) Совета",
            {"A/DEC/57/589": None, "S/RES/1540(2004)": None},
        ),
        ("в резолюции S‑30/1 от 19 апреля 2016 года", {"A/RES/S-30/1": "2016-04-19"}),
        (
            "резолюцию 2188 (2014), принятую Советом Безопасности 9 декабря 2014 года",
            {"S/RES/2188(2014)": "2014-12-09"},
        ),
    ],
)
def test_citations(text: str, wanted: dict[str, str | None]) -> None:
    assert cite(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "решением 25 (2010) Совета управляющих",
        "резолюцию 12 (XXXV) Экономической комиссии для Африки от 9 мая 2014 года",
        "резолюция 12/5 Исполнительного совета ЮНЕСКО",
        "резолюцию 17 Африканской комиссии по правам человека и народов",
        "в этой резолюции, и/или 24/7",
    ],
)
def test_numbers_of_other_bodies_are_no_citations(text: str) -> None:
    assert cite(text) == {}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Конвенции о правах ребёнка", ["crc"]),
        ("Всеобщей декларацией прав человека", ["udhr"]),
        (
            "Пекинскую декларацию и Платформу действий",
            ["beijing-declaration-and-platform-for-action"],
        ),
        ("Правилами, касающимися чтения", []),
        ("Факультативных протоколов к Конвенции о правах ребенка", ["crc-optional-protocols"]),
        ("Конвенцией о правах инвалидов и Факультативным протоколом к ней", ["crpd", "crpd-op"]),
        ("Рижской декларации о мокром чтении, принятой", [None]),
        ("Конференция участников Конвенции о биологическом разнообразии", []),
        ("принципами Устава и", ["un-charter"]),
    ],
)
def test_instruments_in_any_case(text: str, wanted: list[str | None]) -> None:
    resolver, named, found = Resolver(load_authority(), RU), Named(), []
    for name in names_in(plain(text), RU):
        resolution = resolver.resolve(name, named=named)
        resolver.remember(name, resolution, named)
        found.append(resolution.target)
    assert found == wanted


def test_states_in_any_case() -> None:
    text = (
        "Австрией, Боснией и Герцеговиной, Венесуэлой (Боливарианской Республикой), Египтом, Чадом"
    )
    listed = state_list(text, RU)
    assert [s.keys[0] for s in listed.states] == ["AUT", "BIH", "VEN", "EGY", "TCD"]
    assert not listed.leftovers
    text = "Соединённых Штатов Америки и Российской Федерацией, Данией и Нигерией"
    assert [s.keys[0] for s in states_in(text, RU)] == ["USA", "RUS", "DNK", "NGA"]


@pytest.mark.parametrize("text", ["Малых островных государств", "Дана оценка", "Перо и Тога"])
def test_common_words_are_no_states(text: str) -> None:
    assert not list(states_in(text, RU))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Генеральной Ассамблеей", "GA"),
        ("Советом Безопасности", "SC"),
        ("Третьего комитета", "A/C.3"),
        ("Экономическим и Социальным Советом", "ECOSOC"),
    ],
)
def test_organs_in_any_case(text: str, key: str) -> None:
    found = organs_in(plain(text), RU, memory=OrganMemory(), speaking=None)
    assert [organ.key for organ in found] == [key]


def test_requests() -> None:
    text = (
        "просит Генерального секретаря представить Генеральной Ассамблее на ее семьдесят четвертой "
        "сессии доклад и настоятельно призывает государства-члены, региональные организации и "
        "доноров оказать помощь;"
    )
    organs = organs_in(plain(text), RU, memory=OrganMemory(), speaking="GA")
    first, second = acts_in(text, RU, organs=organs, speaking="GA", session=72)
    assert (first.modality, first.report, first.to) == ("request", True, "GA")
    assert first.due and first.due.session == 74
    assert second.modality == "urge"
    assert [a.target for a in second.addressees] == [
        "member-states", "regional-organizations", "donors",
    ]  # fmt: skip


def test_paragraphs_that_open_in_small_letters() -> None:
    text = (
        "Генеральная Ассамблея,\n"
        "ссылаясь на свою резолюцию 71/1 от 19 декабря 2016 года,\n"
        "вновь подтверждая Всеобщую декларацию прав человека,\n"
        "будучи глубоко озабочена тем, что книги мокнут,\n"
        "1. просит Генерального секретаря сушить книги;\n"
        "2. постановляет продолжить рассмотрение этого вопроса.\n"
    )
    record = extract(Source(name="a.ru.txt", text=text, sha256="0" * 64, language="ru"))
    assert [(p.kind, p.n, p.verb) for p in record.texts[0].paragraphs] == [
        ("preambular", "1", "ссылаясь"),
        ("preambular", "2", "вновь подтверждая"),
        ("preambular", "3", "будучи глубоко озабочена"),
        ("operative", "1", "просит"),
        ("operative", "2", "постановляет"),
    ]
