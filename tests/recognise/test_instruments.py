"""Names of instruments by the shape of their titles, and what is none, in English."""

from __future__ import annotations

import pytest

from kg.authority import load_authority
from kg.languages import load_language
from kg.recognise.instruments import names_in
from kg.resolve.instruments import Resolver
from kg.resolve.named import Named
from kg.stretch import plain


def mentions(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """Each mention's core and key, in printed order; unresolved short names have the key "?"."""
    table = load_language(language)
    resolver, named = Resolver(load_authority(), table), Named()
    found = []
    for name in names_in(plain(text), table):
        outer = next((key for core, key in found if name.outer and core), None)
        resolution = resolver.resolve(name, named=named, outer=outer)
        resolver.remember(name, resolution, named)
        if not name.quoted:
            found.append((name.core, "?" if resolution.reason else resolution.target))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Recalling the Tallinn Agreement and welcoming books,", [("Tallinn Agreement", None)]),
        (
            "the Convention on the Use of Ink, Paper and Glue in Schools, the Reading Declaration "
            "and Plan of Action, and the Doha Declaration on the Lending of Books",
            [
                ("Convention on the Use of Ink, Paper and Glue in Schools", None),
                ("Reading Declaration and Plan of Action", None),
                ("Doha Declaration on the Lending of Books", None),
            ],
        ),
        (
            "Reaffirming the Paris Agreement and the Inter-American Convention against Reading,",
            [
                ("Paris Agreement", "paris-agreement"),
                ("Inter-American Convention against Reading", None),
            ],
        ),
        (
            "the International Labour Organization Minimum Age Convention, 1973 (No. 138)",
            [("Minimum Age Convention, 1973 (No. 138)", "ilo-c138")],
        ),
        (
            "the Convention against Transnational Organized Crime and the Protocols thereto",
            [
                ("Convention against Transnational Organized Crime", "untoc"),
                ("Protocols thereto", "untoc-protocols"),
            ],
        ),
        (
            "the Montreal Protocol and the Montreal Reading Protocol",
            [("Montreal Protocol", "montreal-protocol"), ("Montreal Reading Protocol", None)],
        ),
        (
            "the Convention on the Rights of the Child and the Optional Protocols thereto on the "
            "involvement of children in armed conflict and on the sale of children, child "
            "prostitution and child pornography,",
            [
                ("Convention on the Rights of the Child", "crc"),
                ("on the involvement of children in armed conflict", "crc-op-armed-conflict"),
                (
                    "on the sale of children, child prostitution and child pornography",
                    "crc-op-sale-of-children",
                ),
            ],
        ),
        (
            "the Convention on the Rights of Persons with Disabilities and the Optional Protocol "
            "thereto",
            [
                ("Convention on the Rights of Persons with Disabilities", "crpd"),
                ("Optional Protocol thereto", "crpd-op"),
            ],
        ),
        ("the principles of the Charter and the reading rules", [("Charter", "un-charter")]),
        (
            "the Single Convention on Narcotic Drugs of 1961 as amended by the 1972 Protocol",
            [
                ("Single Convention on Narcotic Drugs of 1961", "single-convention-1961"),
                ("1972 Protocol", "single-convention-1972-protocol"),
            ],
        ),
        (
            "the American Convention on Human Rights (Pact of San José) and the Rome Statute of "
            "the International Criminal Court (Rome Statute)",
            [
                ("American Convention on Human Rights", "achr"),
                ("Rome Statute of the International Criminal Court", "rome-statute"),
            ],
        ),
        (
            "the Basel, Rotterdam and Stockholm conventions",
            [
                ("Basel Convention", "basel-convention"),
                ("Rotterdam Convention", "rotterdam-convention"),
                ("Stockholm Convention", "stockholm-convention"),
            ],
        ),
        ("States parties to the Treaty", [("Treaty", "?")]),
        (
            "the Reading Strategy, and the implementation of the Strategy",
            [("Reading Strategy", None), ("Strategy", None)],
        ),
    ],
)
def test_names(text: str, wanted: list[tuple[str, str | None]]) -> None:
    found = mentions(text)
    assert [key for _, key in found] == [key for _, key in wanted]
    for (core, _), (name, _) in zip(found, wanted, strict=True):
        assert name in core or core in name


@pytest.mark.parametrize(
    "text",
    [
        "the Conference of the Parties to the Convention on Biological Diversity",
        "the Committee on the Rights of the Child and the Reading Commission",
        "the Department of Reading Strategy and the National Action Plan",
        "the Penal Code of Ruritania and its reading agreement",
        "a convention on the agenda of the Council",
        "the Protocol and Liaison Service",
        "Agenda item 71 (b)",
        "the United Nations Sustainable Development Cooperation Framework",
    ],
)
def test_what_is_no_instrument(text: str) -> None:
    assert mentions(text) == []


def test_a_name_in_a_cited_title_is_no_mention_but_what_a_short_name_means() -> None:
    text = (
        "its resolution 70/1, entitled “Transforming our world: the 2030 Agenda for Sustainable "
        "Development”, and the Agenda"
    )
    assert mentions(text) == [("Agenda", "agenda-2030")]


def test_the_convention_is_not_a_protocol() -> None:
    text = (
        "the Optional Protocol to the Convention on the Rights of Persons with Disabilities, "
        "and the Convention"
    )
    assert [key for _, key in mentions(text)] == ["crpd-op", "?"]


def test_an_outcome_is_known_by_its_quoted_title() -> None:
    text = "the outcome document of the Conference, entitled “The future we want”,"
    assert [key for _, key in mentions(text)] == ["future-we-want"]
