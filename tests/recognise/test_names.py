"""The fast finder equals its plain oracle, on made-up text as on names."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.recognise.names import Finder, Forms, find_plain, squeeze

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
