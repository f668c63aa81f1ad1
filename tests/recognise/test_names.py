"""The fast finder equals its plain oracle, on made-up text as on names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.authority import Scheme, load_authority
from kg.recognise.names import ALL, Finder, Forms, find_plain, finder, squeeze

NAMES = {
    "几内亚": ("GIN",),
    "赤道几内亚": ("GNQ",),
    "几内亚比绍": ("GNB",),
    "联合国宪章": ("un-charter",),
    "Niger": ("NER",),
    "Nigeria": ("NGA",),
    "Guinea": ("GIN",),
    "Guinea-Bissau": ("GNB",),
}
PIECES = st.lists(
    st.sampled_from([*NAMES, "赤道", "《", "》", " ", "、", "和", "-", "a", "ria", "\n"]),
    max_size=30,
)


@given(PIECES, st.booleans())
def test_the_finder_equals_the_plain_search(pieces: list[str], spaced: bool) -> None:
    text, forms = "".join(pieces), Forms(spaced=spaced)
    fast = list(Finder(NAMES, forms=forms).find(text))
    assert fast == list(find_plain(NAMES, text, forms=forms))


@given(st.text(max_size=80), st.booleans())
def test_squeezed_characters_lead_back(text: str, spaced: bool) -> None:
    squeezed = squeeze(text, forms=Forms(spaced=spaced))
    places = [squeezed.place(i) for i in range(len(squeezed.text))]
    assert places == sorted(set(places))


def test_the_longest_name_wins() -> None:
    found = Finder(NAMES, forms=Forms(spaced=False)).find("赤道几内亚和几内亚")
    assert [name.keys for name in found] == [("GNQ",), ("GIN",)]


RUSSIAN = Forms(spaced=True, endings=(re.compile(r"(?:ция|ции|цией|ие|ия|ии|ами|ов|а|и)$"),))
ARABIC = Forms(spaced=True, clitics=(re.compile(r"و?(?:[بكل])?(?P<kept>ال)|و?لل|و|[بل]"),))


def _printed(names: dict[str, tuple[str, ...]], text: str, forms: Forms) -> list[str]:
    fast = list(Finder(names, forms=forms).find(text))
    assert fast == list(find_plain(names, text, forms=forms))
    return [text[name.start : name.end] for name in fast]


def test_a_name_is_found_in_any_case() -> None:
    names = {"Конвенция о правах ребенка": ("crc",)}
    text = "ссылаясь на Конвенцией о правах ребёнка, принимая"
    assert _printed(names, text, RUSSIAN) == ["Конвенцией о правах ребёнка"]


@pytest.mark.parametrize("number", ["no 12", "nº 12", "n° 12", "no\u00a012"])
def test_the_sign_for_number_is_found_as_it_is_printed(number: str) -> None:
    text = f"la Convention {number} de l'OIT"
    found = list(Finder({"Convention no 12": ("c12",)}, forms=Forms(spaced=True)).find(text))
    assert [text[name.start : name.end] for name in found] == [f"Convention {number}"]


def test_a_clitic_is_no_part_of_the_printed_name_and_an_article_is() -> None:
    names = {"اتفاقية حقوق الطفل": ("crc",), "الصين": ("CHN",)}
    assert _printed(names, "وأحكام لاتفاقية حقوق الطفل والصين", ARABIC) == [
        "اتفاقية حقوق الطفل",
        "الصين",
    ]


@given(st.text(alphabet="Конвенцияо вправахребёнка.,", max_size=40))
def test_inflected_text_leads_back(text: str) -> None:
    squeezed = squeeze(text, forms=RUSSIAN)
    places = [squeezed.place(i) for i in range(len(squeezed.text))]
    assert places == sorted(set(places))


def _after(clitic: str, name: str) -> str:
    """A name behind a clitic, as Arabic writes it: the article loses its alef behind ل."""
    if clitic.endswith("ل") and name.startswith("ال"):
        return clitic + name[1:] if not name.startswith("الل") else clitic + name[2:]
    return clitic + name


@pytest.mark.parametrize("scheme", ["state", "organ", "instrument", "actor"])
def test_every_arabic_name_is_found_behind_every_clitic(scheme: Scheme) -> None:
    names = finder(scheme, "ar", kinds=ALL)
    lost = []
    for name, keys in load_authority().names(scheme, "ar", kinds=ALL).items():
        for clitic in ("", "و", "ب", "ل", "وب", "ول"):
            text = f"في {_after(clitic, name)} هذا"
            if not any(set(found.keys) >= set(keys) for found in names.find(text)):
                lost.append(text)
    assert not lost


@pytest.mark.parametrize("text", ["جنة وضع المرأة", "كالة الطاقة", "سطين", "نما"])
def test_a_letter_of_a_word_is_no_clitic(text: str) -> None:
    for scheme in ("state", "organ"):
        assert not list(finder(scheme, "ar", kinds=ALL).find(text))
