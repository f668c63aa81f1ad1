"""``kg chain``: what can be asked of a chain, and what is said where nothing answers."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from page_data import data_of

from kg.cli import main
from kg.store import Store
from tests.analyse.resolutions import RECURRING, quads

Chain = Callable[..., "Done"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk with the crime programme's resolutions."""
    folder = tmp_path_factory.mktemp("chains") / "store"
    with Store.open(folder) as opened:
        for one in RECURRING:
            opened.put(f"https://undocs.org/en/{one.symbol}", quads(one))
    return folder


class Done(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


@pytest.fixture
def chain(
    store: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Chain:
    """Runs ``kg chain`` in this process."""

    def run(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", "chain", *words, "--store", str(store)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return run


def rows(chain: Chain, *words: str) -> list[dict[str, Any]]:
    done = chain(*words, "--format", "json")
    assert done.exit_code == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_only_what_is_reaffirmed(chain: Chain) -> None:
    (row,) = rows(chain, "A/RES/71/209", "--clause", "reaffirms", "--depth", "3")
    assert row["clause"] == "reaffirms" and row["quote"] == "Reaffirming untoc,"
    assert row["paragraph"].endswith("A/RES/71/209#op3") and row["language"] == "en"


@pytest.mark.parametrize("organ", ["ECOSOC", "ecosoc", "Economic and Social Council"])
def test_only_works_of_an_organ(chain: Chain, organ: str) -> None:
    found = rows(chain, "A/RES/46/152", "--direction", "cited-by", "--organ", "GA", "--depth", "4")
    assert found and not [row for row in found if row["citing"].startswith("E/")]
    assert rows(chain, "A/RES/72/196", "--direction", "cited-by", "--organ", organ)


def test_only_works_of_some_years(chain: Chain) -> None:
    found = rows(chain, "A/RES/72/196", "--since", "2000", "--until", "2015", "--depth", "5")
    cited = {row["cited"] for row in found}
    assert "A/RES/70/178" in cited and not cited & {"A/RES/71/209", "A/RES/46/152"}


@pytest.mark.parametrize(
    "words",
    [
        ("A/RES/71/209", "--clause", "reaffirms", "--depth", "3"),
        ("A/RES/72/196", "--since", "2000", "--until", "2015", "--depth", "5"),
        ("A/RES/46/152", "--direction", "cited-by", "--organ", "GA", "--depth", "4"),
        ("A/RES/72/196", "--to", "A/RES/46/152", "--since", "1990"),
    ],
)
def test_a_page_shows_the_citations_that_are_printed(
    chain: Chain,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
) -> None:
    told = rows(chain, *words)
    page = tmp_path / "chain.html"
    drawn = ["kg", "view", "chain", *words, "-o", str(page), "--store", str(store)]
    monkeypatch.setattr(sys, "argv", drawn)
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    data = data_of(page.read_text(encoding="utf-8"))
    labels = [document["label"] for document in data["documents"]]
    shown = {(labels[c["from"]], labels[c["to"]]) for c in data["citations"] if c["quote"]}
    ends = ("from", "to") if "--to" in words else ("citing", "cited")
    assert shown == {tuple(row[end].partition("#")[0] for end in ends) for row in told}


def test_roots_with_their_chains(chain: Chain) -> None:
    found = {row["root"]: row for row in rows(chain, "A/RES/72/196", "--roots")}
    assert found["A/RES/46/152"]["why"] == "cites nothing"
    assert [step["to"] for step in found["A/RES/46/152"]["chain"]] == [
        "A/RES/70/178",
        "A/RES/46/152",
    ]


def test_the_family_and_what_changed(chain: Chain) -> None:
    found = rows(chain, "A/RES/72/196", "--family")
    assert [row["evidence"] for row in found] == ["", "both", "same title", "title only"]
    done = chain("A/RES/71/209", "--diff")
    assert "A/RES/71/209 against A/RES/70/178" in done.stderr
    assert done.stdout.splitlines()[1].split()[:2] == ["new", "A/RES/70/178"]
    other = chain("A/RES/72/196", "--against", "A/RES/70/178", "--format", "csv")
    changes = {row["change"] for row in csv.DictReader(io.StringIO(other.stdout))}
    assert changes == {"new", "dropped"}


def test_all_shortest_ways_are_counted(chain: Chain) -> None:
    done = chain("A/RES/72/196", "--to", "A/RES/46/152", "--shortest")
    assert done.stderr.startswith("2 shortest chains") and done.exit_code == 0
    assert "Recalling A/RES/71/209," in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["A/RES/72/198"], "near: A/RES/72/19"),
        (["A/RES/72/196", "--clause", "loves"], "there are recalls, reaffirms"),
        (["A/RES/72/196", "--organ", "EKOSOC"], "near: ECOSOC"),
        (["A/RES/72/196", "--to", "A/RES/74/177", "--shortest"], "no chain leads to"),
        (["A/RES/72/196", "--shortest"], "give --to"),
        (["A/RES/72/196", "--roots", "--diff"], "two questions"),
        (["A/RES/74/177", "--diff"], "nothing shows which earlier text it continues"),
        (["untoc", "--family"], "no such document"),
    ],
)
def test_what_cannot_be_answered_is_said(chain: Chain, words: list[str], message: str) -> None:
    done = chain(*words)
    assert done.exit_code == 2 and message in done.stderr


def test_the_network_is_kept_with_the_snapshot(chain: Chain, store: Path) -> None:
    rows(chain, "A/RES/72/196")
    with Store.open(store, read_only=True) as opened:
        assert opened.folder is not None
        assert list(opened.folder.rglob("columns.json"))
