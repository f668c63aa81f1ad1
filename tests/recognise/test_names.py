"""The fast finder equals its plain oracle, on made-up text as on names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.recognise.names import Finder, find_plain, squeeze

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
    text = "".join(pieces)
    fast = list(Finder(NAMES, spaced=spaced).find(text))
    assert fast == list(find_plain(NAMES, text, spaced=spaced))


@given(st.text(max_size=80), st.booleans())
def test_squeezed_characters_lead_back(text: str, spaced: bool) -> None:
    squeezed = squeeze(text, spaced=spaced)
    places = [squeezed.place(i) for i in range(len(squeezed.text))]
    assert places == sorted(set(places))


def test_the_longest_name_wins() -> None:
    found = Finder(NAMES, spaced=False).find("赤道几内亚和几内亚")
    assert [name.keys for name in found] == [("GNQ",), ("GIN",)]
