"""What the command ``kg authority show`` says: whom a word means, and who cites it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.entries import before, below, entry, uses
from kg.errors import QueryError
from kg.ingest import build
from kg.store import Store


@pytest.fixture(scope="module")
def store(samples: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("entries") / "store"
    with Store.open(place) as opened:
        build(list(samples), store=opened)
    return place


def show(*words: object) -> Result:
    return CliRunner().invoke(app, ["authority", "show", *map(str, words)])


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("untoc", "untoc"),
        ("UNTOC", "untoc"),
        ("USA", "USA"),
        ("us", "USA"),
        ("SUHH", "SUN"),
        ("E/CN.15", "E/CN.15"),
        ("e/cn.15", "E/CN.15"),
        ("ccpcj", "E/CN.15"),
        ("A/AC.183", "ceirpp"),
        ("https://w3id.org/unkg/state/FRA", "FRA"),
        ("《联合国反腐败公约》", "uncac"),
        ("联合国反腐败公约", "uncac"),
        ("« Convention des Nations Unies contre la corruption »", "uncac"),
        ("Конвенции Организации Объединенных Наций против коррупции", "uncac"),
        ("UNITED NATIONS CONVENTION AGAINST CORRUPTION", "uncac"),
        ("ВОЗ", "who"),
        ("经社理事会", "ECOSOC"),
        ("Upper Volta", "BFA"),
        ("扎伊尔", "COD"),
        ("member-states", "member-states"),
    ],
)
def test_a_word_leads_to_one_entry(name: str, key: str) -> None:
    assert entry(name).key == key


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Mandela Ruls", "Mandela Rules (nelson-mandela-rules)"),
        ("Convention against Coruption", "(uncac)"),
        ("Checkoslovakia", "Czechoslovakia (CSK)"),
    ],
)
def test_an_unknown_name_is_answered_with_what_is_near(name: str, near: str) -> None:
    with pytest.raises(QueryError, match="not in the authority") as caught:
        entry(name)
    assert near in str(caught.value)


@pytest.mark.parametrize("name", ["", "  ", "zzqqxx", "\x1b[2J", "x" * 5000])
def test_a_hopeless_name_is_refused(name: str) -> None:
    with pytest.raises(QueryError, match="not in the authority"):
        entry(name)


def test_a_short_name_is_answered_with_whom_it_may_mean() -> None:
    with pytest.raises(QueryError, match=r"stands for more than one: .*A/C\.1 .* more; name one"):
        entry("委员会")


def test_neighbours() -> None:
    assert "E/CN.15" in {one.key for one in below(entry("ECOSOC"))}
    assert {one.key for one in before(entry("Czechia"))} == {"CSK"}
    assert before(entry("France")) == ()


def test_who_cites_it_in_a_store(store: Path) -> None:
    with Store.open(store, read_only=True) as opened:
        cited = {use.relation: use.documents for use in uses(opened, entry("sendai-framework"))}
        kenya = {use.relation: use.documents for use in uses(opened, entry("KEN"))}
        assert uses(opened, entry("untoc")) == ()
    assert cited == {"cited by": ("A/97/512", "A/98/447")}
    assert kenya["sponsors in"] == ("A/97/512", "A/98/447")


def test_the_page(store: Path) -> None:
    shown = show("untoc", "--store", store)
    assert shown.exit_code == 0
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("untoc · United Nations Convention against Transnational")
    assert lines[0].endswith("· Treaty")
    for words in (
        "联合国打击跨国有组织犯罪公约", "2000-11-15", "UNTS vol. 2225, No. 39574", "A/RES/55/25",
        "untoc-trafficking-protocol", f"who cites it: nobody in {store}",
    ):  # fmt: skip
        assert words in shown.stdout
    assert (
        f"cited by 2 in {store}: A/97/512, A/98/447"
        in show("sendai-framework", "--store", store).stdout
    )


def test_the_page_has_dates_and_links() -> None:
    shown = show("Soviet Union", "--store", "no-such-store").stdout
    for words in ("1991-12-24", "SUHH", "RUS (Russian Federation)", "no store at no-such-store"):
        assert words in shown
    assert "Turkey (until 2022-06-01)" in show("Türkiye", "--store", "no-such-store").stdout
    assert "Zaire (1971-10-27 to 1997-05-17)" in show("COD", "--store", "no-such-store").stdout


def test_the_page_for_programs(store: Path) -> None:
    data = json.loads(show("MKD", "--json", "--store", store).stdout)
    assert (data["key"], data["scheme"], data["codes"]["alpha2"]) == ("MKD", "state", ["MK"])
    assert {"text": "北马其顿", "language": "zh", "kind": "preferred", "from": None,
            "until": None} in data["names"]  # fmt: skip
    assert data["predecessors"] == ["YUG"]
    assert isinstance(data["uses"], dict)
    absent = json.loads(show("MKD", "--json", "--store", "no-such-store").stdout)
    assert absent["uses"] is None


@pytest.mark.parametrize("name", ["委员会", "no such name anywhere"])
def test_what_is_not_one_entry_ends_with_status_two(name: str) -> None:
    shown = show(name, "--store", "no-such-store")
    assert shown.exit_code == 2
    assert shown.stdout == ""
    assert name in shown.stderr
