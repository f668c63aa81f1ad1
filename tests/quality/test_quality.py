"""The report on a corpus: what is missing, what contradicts itself, what was left undecided."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.demo import sample_paths
from kg.ingest import build
from kg.ledger import FILE, last_changes
from kg.quality import CHECKS, Check, Finding, findings, measures
from kg.quality.faults import REASONS
from kg.quality.plausible import contradicts, impossible
from kg.store import Store

U, D = "https://w3id.org/unkg/ontology#", "https://undocs.org/"
PREFIXES = f"""
@prefix u: <{U}> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix s: <https://w3id.org/unkg/state/> .
"""
WRONG = f"""
<{D}en/A/72/440> {{
  <{D}en/A/72/440> u:versionOf <{D}A/72/440> ; dcterms:language "en" .
  <{D}A/72/440> a u:CommitteeReport ; u:symbol "A/72/440" ; u:session 72 .
  <{D}A/C.3/72/L.1> a u:DraftResolution ; u:hasVote <{D}v1> , <{D}v2> .
  <{D}v1> a u:Vote ; u:proposal <{D}A/C.3/72/L.1> ; u:inFavourTotal 2 ; u:votedFor s:KEN ;
    u:againstTotal 1 ; u:votedAgainst s:KEN ; u:abstainTotal 0 .
  <{D}v2> a u:Vote ; u:proposal <{D}A/HRC/RES/40/1> ; u:inFavourTotal 40 ; u:againstTotal 10 .
  <{D}c1> u:citingWork <{D}A/72/440#draft-I> ; u:citedWork <{D}A/RES/12/7> .
  <{D}c2> u:citingWork <{D}A/72/440> ; u:citedWork <{D}A/RES/73/2> .
  <{D}c3> u:citingWork <{D}A/72/440> ; u:citedWork <{D}A/RES/70/1> ;
    u:citedDate "2011-09-25" ; u:doubt "marker" .
  <{D}c4> u:citingWork <{D}A/72/440> ; u:citedWork <{D}S/RES/2250(2015)> ;
    u:citedDate "2015-12-09" .
  <{D}m1> u:mentionOf <{D}c1> ; u:quote "resolution 12/7" ; u:inVersion <{D}en/A/72/440> .
  <{D}m3> u:mentionOf <{D}c3> ; u:quote "70/1" ; u:inVersion <{D}en/A/72/440> .
  <{D}p> u:sponsor s:XXX , s:PER .
  <{D}n1> a u:UnresolvedReference ; u:quote "7" ; u:start 9 ; u:inVersion <{D}en/A/72/440> ;
    u:reason "footnote marker without a footnote" .
  <{D}n2> a u:UnresolvedReference ; u:quote "Ruritania" ; u:start 4 ;
    u:inVersion <{D}en/A/72/440> ;
    u:reason "words in a list of states that name no known state" .
  <{D}n3> a u:UnresolvedReference ; u:quote "21/3" ; u:start 2 ; u:inVersion <{D}en/A/72/440> ;
    u:reason "the list 'against' of the vote has 3 states, the total is 4" .
}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import pyoxigraph as ox

    place: Path = tmp_path_factory.mktemp("wrong") / "store"
    with Store.open(place) as store:
        quads = list(ox.parse((PREFIXES + WRONG).encode(), format=ox.RdfFormat.TRIG))
        store.put(f"{D}en/A/72/440", quads)
    return place


@pytest.fixture
def wrong(folder: Path) -> Iterator[Store]:
    with Store.open(folder, read_only=True) as store:
        yield store


def reasons(store: Store, check: Check) -> list[str]:
    return [one.reason for one in findings(store, checks=[check])]


def test_votes_that_do_not_add_up(wrong: Store) -> None:
    assert sorted(reasons(wrong, "vote")) == [
        "1 states are listed in favour, the total is 2",
        "50 votes in an organ of 47 members",
        "KEN is listed in favour and against",
        "the list 'against' of the vote has 3 states, the total is 4",
    ]


def test_citations_of_what_cannot_exist(wrong: Store) -> None:
    first, second = findings(wrong, checks=["citation"])
    assert (first.document, first.text, first.language) == ("A/72/440", "", None)
    assert first.reason.startswith("A/RES/73/2: it is of session 73")
    assert (second.document, second.text) == ("A/72/440#draft-I", "resolution 12/7")
    assert "Roman" in second.reason


def test_a_date_that_contradicts_the_symbol(wrong: Store) -> None:
    assert reasons(wrong, "date") == [
        "A/RES/70/1: session 70 of the General Assembly did not sit on 2011-09-25"
    ]


def test_markers_and_states(wrong: Store) -> None:
    assert [one.text for one in findings(wrong, checks=["marker"])] == ["70/1", "7"]
    assert [one.text for one in findings(wrong, checks=["state"])] == ["XXX", "Ruritania"]
    assert not list(findings(wrong, checks=["note", "undecided"]))


def test_measures_count_what_is_there(wrong: Store) -> None:
    found = {(one.section, one.measure): one for one in measures(wrong)}
    assert found["documents", "CommitteeReport"].count == 1
    assert found["coverage", "CommitteeReport: symbol"].share == 1.0
    assert found["coverage", "CommitteeReport: title"].share == 0.0
    assert found["coverage", "DraftResolution proposed: vote"].count == 1
    cited = found["faults", "citations of symbols that cannot exist"]
    assert (found["unresolved", "footnote marker without a footnote"].of, cited.of) == (3, 4)
    counted = "the list 'against' of the vote has N states, the total is N"
    assert found["unresolved", counted].example == "21/3"


def test_only_the_sections_wanted_are_worked_out(wrong: Store) -> None:
    assert {one.section for one in measures(wrong, sections=["coverage"])} == {"coverage"}


def test_sound_documents_have_no_faults() -> None:
    with Store.in_memory() as store:
        assert len(build(sample_paths(), store=store).added) == 2
        wanted = [check for check in CHECKS if check not in ("marker", "undecided")]
        assert list(findings(store, checks=wanted)) == []
        shares = {one.measure: one.share for one in measures(store, sections=["coverage"])}
    assert shares["CommitteeReport: agenda item"] == 1.0
    assert 0 < shares["DraftResolution proposed: sponsors"] < 1, "one is the chair's"


def test_the_reasons_are_those_that_the_reader_gives(root: Path) -> None:
    sources = [path.read_text("utf-8") for path in (root / "kg").rglob("*.py")
               if "quality" not in path.parts]  # fmt: skip
    assert all(any(words in text for text in sources) for _, words in REASONS)


@pytest.mark.parametrize(
    ("symbol", "possible"),
    [
        ("A/RES/70/1", True), ("A/RES/31/1", True), ("A/RES/30/1", False), ("A/RES/56/508", False),
        ("A/DEC/56/508", True), ("A/DEC/56/12", False), ("A/RES/S-30/1", True),
        ("A/RES/ES-10/19", True), ("A/RES/1514(XV)", True), ("A/RES/57/270B", True),
        ("A/RES/70/0", False), ("S/RES/242(1967)", True), ("S/RES/1244(1999)", True),
        ("S/RES/678(1990)", True), ("S/RES/2334(2016)", True), ("S/RES/2700(2023)", True),
        ("S/RES/1(1946)", True), ("S/RES/242(1997)", False), ("S/RES/2133(2004)", False),
        ("S/RES/9000(2023)", False), ("S/RES/70/1", False), ("E/RES/2017/15", True),
        ("E/RES/1503(XLVIII)", True), ("E/RES/2017/0", False), ("CTOC/COP/RES/8/2", True),
        ("A/72/440", True), ("A/HRC/RES/32/3", True), ("UNEP/EA.4/RES.14", True),
    ],
)  # fmt: skip
def test_symbols_that_may_exist(symbol: str, *, possible: bool) -> None:
    assert (impossible(symbol) is None) is possible


@pytest.mark.parametrize(
    ("symbol", "by", "possible"),
    [
        ("A/RES/72/1", "A/72/440", True), ("A/RES/73/1", "A/C.3/72/L.1", False),
        ("S/RES/2400(2018)", "A/72/440", True), ("E/RES/2019/1", "A/RES/72/1", False),
        ("A/RES/73/1", "S/2018/1", True),
    ],
)  # fmt: skip
def test_nobody_cites_what_is_yet_to_come(symbol: str, by: str, *, possible: bool) -> None:
    assert (impossible(symbol, cited_by=by) is None) is possible


def test_dates_and_symbols() -> None:
    assert contradicts("E/RES/2017/15", "2017-07-06") is None
    assert contradicts("S/RES/2133(2014)", "2004-01-27")
    assert contradicts("A/HRC/RES/32/3", "2006-06-30")
    assert contradicts("A/72/440", "1999-01-01") is None


@pytest.fixture
def report(folder: Path) -> Callable[..., Result]:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["report", *words, "--store", str(folder)])

    return run


def test_the_command_prints_three_formats(report: Callable[..., Result]) -> None:
    rows = json.loads(report("--format", "json").stdout)
    assert set(rows[0]) == {"section", "measure", "language", "count", "of", "share", "example"}
    assert {row["section"] for row in rows} >= {"documents", "coverage", "faults", "unresolved"}
    table = list(csv.DictReader(io.StringIO(report("--check", "date", "--format", "csv").stdout)))
    assert [row["document"] for row in table] == ["A/72/440"]
    assert "Ruritania" in report("--findings").stdout
    only = json.loads(report("--section", "documents", "--format", "json").stdout)
    assert [row["measure"] for row in only] == ["CommitteeReport"]


def test_the_last_build_is_remembered(tmp_path: Path) -> None:
    documents, place = tmp_path / "documents", tmp_path / "store"
    documents.mkdir()
    for path in sample_paths():
        shutil.copy(path, documents)
    changed = documents / "A_97_512.en.txt"
    with Store.open(place) as store:
        build([documents], store=store)
        assert [one.change for one in last_changes(place) or ()] == ["added", "added"]
        changed.write_text(changed.read_text().replace("Kenya", "Ghana"))
        (documents / "A_98_447.zh.txt").unlink()
        (documents / "bad.pdf").write_bytes(b"no pdf")
        build([documents], store=store)
    found = {one.change: one for one in last_changes(place) or ()}
    assert set(found) == {"replaced", "removed", "failed"}
    assert found["replaced"].path == str(changed)
    assert found["replaced"].facts > 100 and found["replaced"].before > 100
    assert "bad.pdf" in found["failed"].reason
    words = ["report", "--changes", "--format", "json", "--store", str(place)]
    rows = json.loads(CliRunner().invoke(app, words).stdout)
    assert {row["change"] for row in rows} == set(found)
    words = ["report", "--section", "changes", "--format", "json", "--store", str(place)]
    rows = json.loads(CliRunner().invoke(app, words).stdout)
    assert {row["measure"]: row["count"] for row in rows}["replaced by the last build"] == 1


def test_a_store_without_a_ledger_has_no_changes(
    report: Callable[..., Result], folder: Path
) -> None:
    assert not (folder / FILE).exists() and last_changes(folder) is None
    done = report("--changes")
    assert done.exit_code == 2 and "no build is remembered" in done.stderr
    assert not (folder / FILE).exists(), "reading writes nothing"


def test_an_endpoint_is_asked_the_same(wrong: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    real = type(wrong).select

    def noted(self: Store, sparql: str, **values: object) -> object:
        seen.append(sparql)
        return real(self, sparql, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(type(wrong), "select", noted)
    list(measures(wrong))
    assert seen and all(text.lstrip().startswith("SELECT") for text in seen)
    assert isinstance(next(findings(wrong)), Finding)


def test_a_build_logs_for_programs(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"no pdf")
    words = ["build", *map(str, sample_paths()), str(bad), "--log-format", "json"]
    done = CliRunner().invoke(app, [*words, "--store", str(tmp_path / "store")])
    assert done.exit_code == 1, done.output
    *files, summary = map(json.loads, done.stderr.splitlines())
    assert [one["event"] for one in files] == ["file", "file", "file"]
    assert "bad.pdf" in next(one["reason"] for one in files if one["change"] == "failed")
    assert (summary["event"], summary["added"], summary["failed"]) == ("summary", 2, 1)
    with Store.open(tmp_path / "store", read_only=True) as store:
        counted = sum(one.count for one in measures(store, sections=["unresolved"]))
    assert sum(summary["unresolved"].values()) == counted
