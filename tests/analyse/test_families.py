"""Families of recurring resolutions: what joins a text to an earlier one, and what does not."""

from __future__ import annotations

import pytest

from kg.analyse.diff import diff, predecessor
from kg.analyse.families import families, family, family_rows
from kg.errors import QueryError
from kg.network.citations import Citations, load
from tests.analyse.resolutions import CRIME, RECURRING, Cited, Resolution, iri, stored


@pytest.fixture(scope="module")
def network() -> Citations:
    return load(stored(RECURRING))


def test_a_family_by_title_and_citation_with_its_evidence(network: Citations) -> None:
    for start in ("A/RES/70/178", "A/RES/71/209", "A/RES/72/196"):
        found = family_rows(network, family(network, iri(start)))
        shown = [(row["work"], row["continues"], row["evidence"]) for row in found]
        assert shown == [
            ("A/RES/70/178", "", ""),
            ("A/RES/71/209", "A/RES/70/178", "both"),
            ("A/RES/72/196", "A/RES/71/209", "same title"),
            ("A/RES/74/177", "", "title only"),
        ]
    assert found[1]["quote"] == f"Recalling A/RES/70/178, entitled “{CRIME}”,"
    assert found[1]["paragraph"] == iri("A/RES/71/209") + "#pp2" and found[1]["language"] == "en"


def test_all_families_are_those_of_the_single_documents(network: Citations) -> None:
    (found,) = families(network)
    assert found == family(network, iri("A/RES/71/209"))
    assert [network.symbol[node] for node in found.members] == [
        "A/RES/70/178",
        "A/RES/71/209",
        "A/RES/72/196",
    ]


@pytest.mark.parametrize("start", ["A/RES/46/152", "A/RES/72/192"])
def test_what_does_not_recur_is_alone(network: Citations, start: str) -> None:
    found = family(network, iri(start))
    assert [network.symbol[node] for node in found.members] == [start] and not found.links


def test_a_title_of_another_organ_is_no_family(network: Citations) -> None:
    symbols = {network.symbol[node] for node in family(network, iri("E/RES/2018/1")).members}
    assert symbols == {"E/RES/2018/1"}


def test_a_text_that_is_not_held_is_known_by_the_title_it_is_cited_by() -> None:
    title = "Right to development"
    network = load(
        stored(
            [
                Resolution(
                    symbol="A/RES/75/182",
                    title=title,
                    year=2020,
                    cites=(Cited(target="A/RES/74/152", title=title),),
                ),
                Resolution(symbol="A/RES/74/152", title="", year=2019),
            ]
        )
    )
    (found,) = families(network)
    assert [link.evidence for link in found.links] == ["cited title"]


def test_years_in_a_title_may_change_where_the_earlier_one_is_cited() -> None:
    def budget(symbol: str, year: int, *cites: Cited) -> Resolution:
        title = f"Programme budget for the biennium {year}–{year + 1}"
        return Resolution(symbol=symbol, title=title, year=year, cites=cites)

    network = load(
        stored(
            [
                budget("A/RES/70/249", 2016, Cited(target="A/RES/68/248")),
                budget("A/RES/68/248", 2014),
                budget("A/RES/66/248", 2012),
            ]
        )
    )
    (found,) = families(network)
    assert [network.year[node] for node in found.members] == [2014, 2016]
    assert [link.evidence for link in found.links] == ["title but for years"]


def test_texts_of_one_year_do_not_continue_each_other() -> None:
    both = [
        Resolution(symbol=f"A/RES/70/{n}", title=CRIME, year=2015, cites=(Cited(target=other),))
        for n, other in ((1, "A/RES/70/2"), (2, "A/RES/70/1"))
    ]
    assert families(stored(both)) == ()


def test_an_instrument_has_no_family(network: Citations) -> None:
    with pytest.raises(QueryError, match="no family"):
        family(network, iri("untoc"))


def test_what_is_cited_now_and_then(network: Citations) -> None:
    found = diff(network, iri("A/RES/71/209"))
    shown = {row["cited"]: (row["change"], row["clause_before"], row["clause"]) for row in found}
    treaty = next(row for row in found if row["change"] == "clause changed")
    assert shown == {
        "A/RES/70/178": ("new", "", "recalls"),
        "A/RES/69/197": ("dropped", "recalls", ""),
        treaty["cited"]: ("clause changed", "recalls", "reaffirms"),
        "A/RES/46/152": ("kept", "recalls", "recalls"),
    }
    assert treaty["quote"] == "Reaffirming untoc," and treaty["quote_before"] == "Recalling untoc,"
    assert treaty["paragraph"].endswith("71/209#op3")
    assert treaty["paragraph_before"].endswith("70/178#pp3")
    assert [row["change"] for row in found] == ["new", "dropped", "clause changed", "kept"]


def test_the_predecessor_is_the_latest_that_is_cited(network: Citations) -> None:
    assert predecessor(network, iri("A/RES/72/196")) == iri("A/RES/71/209")
    against = diff(network, iri("A/RES/72/196"), iri("A/RES/70/178"))
    assert {row["cited"] for row in against if row["change"] == "new"} == {
        "A/RES/70/178",
        "A/RES/71/209",
        "A/RES/71/322",
    }


def test_nothing_is_guessed_where_no_predecessor_is_shown(network: Citations) -> None:
    with pytest.raises(QueryError, match="nothing shows which earlier text"):
        diff(network, iri("A/RES/74/177"))
