"""Which instrument a short, dated, joined, nested or misspelt name is, in the six languages."""

from __future__ import annotations

import pytest

from kg.authority import load_authority
from kg.languages import load_language
from kg.recognise.instruments import names_in
from kg.resolve.instruments import Resolver
from kg.resolve.named import Named
from kg.stretch import plain


def keys(text: str, language: str, *, title: str = "") -> list[str | None]:
    """The keys of a text's mentions in printed order; "?" where one could not be decided."""
    table = load_language(language)
    resolver, named, found = Resolver(load_authority(), table), Named(), []
    for name in names_in(plain(title), table):
        resolver.remember(name, resolver.resolve(name, named=named), named)
    outer: dict[tuple[int, int], str | None] = {}
    for name in names_in(plain(text), table):
        above = outer.get(name.outer) if name.outer else None
        resolution = resolver.resolve(name, named=named, outer=above)
        resolver.remember(name, resolution, named)
        outer[name.start, name.end] = resolution.target
        if not name.quoted:
            found.append("?" if resolution.reason else resolution.target)
    return found


BEIJING = "beijing-declaration-and-platform-for-action"
THREE = ["basel-convention", "rotterdam-convention", "stockholm-convention"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "the Basel, Rotterdam and Stockholm Conventions", THREE),
        ("en", "the Cartagena and Nagoya Protocols", ["cartagena-protocol", "nagoya-protocol"]),
        ("fr", "les conventions de Bâle, de Rotterdam et de Stockholm sont", THREE),
        ("es", "los Convenios de Basilea, Rotterdam y Estocolmo", THREE),
        ("ru", "осуществление Базельской, Роттердамской и Стокгольмской конвенций", THREE),
        ("ar", "أمام أطراف اتفاقيات بازل وروتردام واستكهولم في", THREE),
        ("zh", "执行巴塞尔、鹿特丹和斯德哥尔摩三项公约的情况", THREE),
    ],
)
def test_instruments_that_share_their_noun(language: str, text: str, wanted: list[str]) -> None:
    assert keys(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Single Convention on Narcotic Drugs of 1961, as amended by the 1972 Protocol,"),
        (
            "fr",
            "la Convention unique sur les stupéfiants de 1961, modifiée par le Protocole de 1972,",
        ),
        (
            "es",
            "la Convención Única de 1961 sobre Estupefacientes, enmendada por el Protocolo de 1972",
        ),
        (
            "ru",
            "Единая конвенция о наркотических средствах 1961 года с поправками, внесенными в нее в "
            "соответствии с Протоколом 1972 года",
        ),
        ("ar", "الاتفاقية الوحيدة للمخدرات لسنة 1961 بصيغتها المعدلة ببروتوكول سنة 1972"),
        ("zh", "经 1972 年《议定书》修正的 1961 年《麻醉品单一公约》"),
    ],
)
def test_the_protocol_that_amended_a_convention(language: str, text: str) -> None:
    wanted = {"single-convention-1961", "single-convention-1972-protocol"}
    assert set(keys(text, language)) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Schedule I of the 1971 Convention"),
        ("fr", "au Tableau I de la Convention de 1971."),
        ("es", "en la Lista I del Convenio de 1971."),
        ("ru", "включить в Список I Конвенции 1971 года."),
        ("ar", "في الجدول الأول من اتفاقية سنة 1971."),
        ("zh", "列入《1971年公约》附表一"),
    ],
)
def test_a_convention_is_known_by_its_year(language: str, text: str) -> None:
    assert keys(text, language) == ["psychotropic-convention-1971"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the Convention on the Rights of the Child and the 1972 Protocol"),
        ("fr", "la Convention relative aux droits de l'enfant et le Protocole de 1972"),
        ("es", "la Convención sobre los Derechos del Niño y el Protocolo de 1972"),
        ("ru", "участники Конвенции о правах ребенка и Протокола 1972 года"),
        ("ar", "اتفاقية حقوق الطفل وبروتوكول سنة 1972"),
        ("zh", "《儿童权利公约》和《1972年议定书》"),
    ],
)
def test_a_protocol_of_a_year_needs_its_own_convention(language: str, text: str) -> None:
    assert keys(text, language) == ["crc", "?"]


def test_the_nearest_of_the_year_before_the_usual_one() -> None:
    text = (
        "the Convention on the Reduction of Statelessness of 1961, and parties "
        "to the 1961 Convention"
    )
    assert keys(text, "en")[-1] == "statelessness-convention-1961"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "the Convention on the Rights of the Chlid,", ["crc"]),
        ("en", "the United Natoins Convention against Corruption", ["uncac"]),
        (
            "en",
            "the International Convention on the Elimination of Racial Discrimination,",
            ["icerd"],
        ),
        (
            "en",
            "the Beijing Declaration and Platform for Action11 and its",
            [BEIJING],
        ),
        ("fr", "la oonvention sur la diversité biologique et", ["cbd"]),
        ("fr", "la Déclaration 10 et le Programme d'action 11 de Beijing,", [BEIJING]),
        ("fr", "donner suite à la Déclaration et au Programme d'action de Beijing,", [BEIJING]),
        ("es", "la Convención sobre los Derechos del Nino y", ["crc"]),
        ("es", "la Convención sobre los Derehcos del Niño y", ["crc"]),
        ("ru", "положения Конвенции о прваах ребенка и", ["crc"]),
        ("zh", "《联合国打击跨国组织犯罪公约》", ["untoc"]),
        ("zh", "《北京宣言》和《行动纲要》", [BEIJING]),
    ],
)
def test_misspelt_names(language: str, text: str, wanted: list[str]) -> None:
    assert keys(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Conventions on the rights of children"),
        ("en", "the conversion of reading rights"),
        ("fr", "les conventions relatives aux droits des lecteurs"),
        ("es", "las convenciones sobre los derechos"),
        ("ru", "эти конвенции о чтении"),
        ("ar", "اتفاقيات القراءة"),
        ("zh", "各项公约"),
    ],
)
def test_generic_nouns_are_no_names(language: str, text: str) -> None:
    assert keys(text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "the Hawaii Convention on Wet Reading (hereinafter “the Convention”), "
                "the Convention on the Rights of the Child and parties to the "
                "Convention"
            ),
        ),
        ("zh", "《夏威夷湿读公约》（《公约》）、《儿童权利公约》和《公约》缔约国"),
    ],
)
def test_a_declared_short_form_comes_first(language: str, text: str) -> None:
    assert keys(text, language) == [None, "crc", None]


@pytest.mark.parametrize(
    ("language", "title", "text", "wanted"),
    [
        ("en", "Convention on the Rights of the Child", "States parties to the Convention", "crc"),
        ("fr", "Convention relative aux droits de l'enfant", "parties à la Convention,", "crc"),
        ("es", "Convención sobre los Derechos del Niño", "partes en la Convención,", "crc"),
        ("ru", "Конвенция о правах ребенка", "участники Конвенции,", "crc"),
        ("ar", "اتفاقية حقوق الطفل", "الدول الأطراف في الاتفاقية،", "crc"),
        ("zh", "《儿童权利公约》", "《公约》缔约国", "crc"),
        ("en", "Convention on the Rights of the Child", "parties to the Protocol", "?"),
        ("en", "Reading in schools", "States parties to the Convention", "?"),
    ],
)
def test_the_title_says_which(language: str, title: str, text: str, wanted: str) -> None:
    assert keys(text, language, title=title) == [wanted]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "the Special Committee on the Situation with regard to the "
                "Implementation of the Declaration on the Granting of Independence to "
                "Colonial Countries and Peoples"
            ),
        ),
        ("fr", "la Conférence de Hautes Parties contractantes à la quatrième Convention de Genève"),
        ("es", "la Conferencia de las Altas Partes Contratantes del Cuarto Convenio de Ginebra"),
        ("ru", "на веб-сайте Базельской конвенции"),
        ("zh", "《生物多样性公约》秘书处"),
        ("zh", "不扩散核武器条约不结盟缔约国集团"),
    ],
)
def test_a_name_in_the_name_of_a_body_is_none(language: str, text: str) -> None:
    assert keys(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "the Geneva Conventions of 1949 and the Additional Protocols thereto of 1977",
            "additional-protocols-geneva",
        ),
        (
            "fr",
            "les Conventions de Genève et des Protocoles additionnels auxdites conventions",
            "additional-protocols-geneva",
        ),
        (
            "fr",
            (
                "la Convention relative aux droits de l'enfant et l'importance des "
                "Protocoles facultatifs s'y rapportant, appelant"
            ),
            "crc-optional-protocols",
        ),
        (
            "es",
            "la Convención sobre los Derechos del Niño y sus Protocolos Facultativos",
            "crc-optional-protocols",
        ),
    ],
)
def test_collectives_have_one_target(language: str, text: str, wanted: str) -> None:
    assert keys(text, language)[1:] == [wanted]


def test_the_tail_of_another_name_is_no_full_form() -> None:
    text = (
        "the Wellington Supplementary Protocol on Redress to the Montreal Protocol, and the "
        "Montreal Protocol"
    )
    assert keys(text, "en")[-1] == "montreal-protocol"


@pytest.mark.parametrize(
    "text", ["the Traité type", "se réfèrent au Traité type sur le transfert des poursuites"]
)
def test_a_model_is_not_the_treaty_named_before(text: str) -> None:
    assert keys(text, "fr", title="Traité type d'extradition")[1:] == []
