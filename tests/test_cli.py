"""The command line: what goes to which stream, and the exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
Done = subprocess.CompletedProcess[str]
Kg = Callable[..., Done]

RULES = """第九十八届会议

大会，

回顾其 2015 年 9 月 25 日第 70/1 号决议，

1. 促请会员国读书。
"""


@pytest.fixture
def kg(tmp_path: Path) -> Kg:
    """Runs the command in an empty folder, as a user would."""
    environment = {k: v for k, v in os.environ.items() if k != "UNKG_STORE"}
    environment["PYTHONPATH"] = str(ROOT)

    def run(*words: object, stdin: str | bytes = "", **extra: str) -> Done:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, words)],
            cwd=tmp_path,
            env=environment | extra,
            input=data,
            capture_output=True,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        return Done(done.args, done.returncode, out, err)

    return run


@pytest.fixture(scope="module")
def store(samples: tuple[Path, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the two sample reports."""
    folder = tmp_path_factory.mktemp("built") / "store"
    command = [sys.executable, "-m", "kg", "build", *map(str, samples), "--store", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_help_and_version(kg: Kg) -> None:
    done = kg("--help")
    assert done.returncode == 0
    assert "cosponsors" in done.stdout
    assert kg("--version").stdout.startswith("unkg ")


def test_extract_prints_one_record_a_line(kg: Kg, samples: tuple[Path, ...]) -> None:
    done = kg("extract", *samples)
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["document"]["symbol"] for r in records] == ["A/97/512", "A/98/447"]
    assert [r["document"]["symbol_from"] for r in records] == ["printed", "file name"]
    assert done.stderr == ""


def test_extract_is_byte_identical(kg: Kg, samples: tuple[Path, ...]) -> None:
    assert kg("extract", *samples).stdout == kg("extract", *samples, PYTHONHASHSEED="7").stdout


def test_extract_reads_standard_input(kg: Kg) -> None:
    done = kg("extract", "-", "--symbol", "A/RES/98/3", "--language", "zh", stdin=RULES)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["document"]["symbol"] == "A/RES/98/3"
    assert record["document"]["symbol_from"] == "option"
    targets = [
        c["target"] for t in record["texts"] for p in t["paragraphs"] for c in p["citations"]
    ]
    assert targets == ["A/RES/70/1"]


def test_text_is_what_offsets_count_in(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "A_RES_98_3.zh.txt"
    path.write_bytes(b"\xef\xbb\xbf" + RULES.replace("\n", "\r\n").encode())
    text = kg("text", path).stdout
    assert text == RULES
    record = json.loads(kg("extract", path).stdout)
    quoted = [c for t in record["texts"] for p in t["paragraphs"] for c in p["citations"]]
    assert quoted
    assert all(text[c["start"] : c["end"]] == c["quote"] for c in quoted)


def bad_file(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.zh.txt"
    data = {
        "empty": b"",
        "binary": bytes(range(256)) * 8,
        "picture": b"\x89PNG\r\n\x1a\n" + b"x" * 99,
    }
    if kind in data:
        path.write_bytes(data[kind])
    return path


@pytest.mark.parametrize("kind", ["missing", "empty", "binary", "picture"])
@pytest.mark.parametrize("command", ["extract", "build"])
def test_a_bad_file_is_named_and_nothing_else_is_printed(
    kg: Kg, tmp_path: Path, kind: str, command: str
) -> None:
    done = kg(command, bad_file(tmp_path, kind))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert f"{kind}.zh.txt" in done.stderr


def test_wrong_encoding_is_named(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "a.zh.txt"
    path.write_bytes(RULES.encode("gb18030"))
    assert kg("extract", path).returncode == 0
    done = kg("extract", path, "--encoding", "utf-8")
    assert (done.returncode, "a.zh.txt" in done.stderr, "utf-8" in done.stderr) == (2, True, True)
    done = kg("extract", path, "--encoding", "nonsense")
    assert (done.returncode, "nonsense" in done.stderr) == (2, True)


@pytest.mark.parametrize("command", ["extract", "build"])
def test_one_bad_file_among_good_ones(kg: Kg, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "A_RES_98_3.zh.txt").write_text(RULES, encoding="utf-8")
    bad_file(folder, "binary")
    done = kg(command, folder)
    assert done.returncode == 1
    assert "binary.zh.txt" in done.stderr
    if command == "extract":
        assert json.loads(done.stdout)["document"]["symbol"] == "A/RES/98/3"
    else:
        assert "A/RES/98/3" in kg("list").stdout


def test_a_symbol_that_is_none(kg: Kg, samples: tuple[Path, ...]) -> None:
    done = kg("extract", samples[0], "--symbol", "no symbol")
    assert done.returncode == 2
    assert "'no symbol' is not a UN document symbol" in done.stderr


def test_building_twice_changes_nothing(kg: Kg, samples: tuple[Path, ...], tmp_path: Path) -> None:
    for name in ("one.nq", "two.nq"):
        assert kg("build", *samples).returncode == 0
        assert kg("export", "--format", "nq", "-o", name).returncode == 0
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()


def test_list_show_and_remove(kg: Kg, samples: tuple[Path, ...]) -> None:
    kg("build", *samples)
    rows = json.loads(kg("list", "--format", "json").stdout)
    assert [(r["document"], r["language"]) for r in rows] == [
        ("A/97/512", "en"),
        ("A/98/447", "zh"),
    ]
    assert all(r["kind"] == "CommitteeReport" for r in rows)
    stated = json.loads(kg("show", "A/98/447", "--format", "json").stdout)
    assert {"property": "title", "value": "公共图书馆与终身阅读", "language": "zh"} in stated
    assert kg("remove", "A/98/447").returncode == 0
    assert "A/98/447" not in kg("list").stdout
    done = kg("remove", "A/98/447")
    assert (done.returncode, "kg list" in done.stderr) == (2, True)


def test_a_store_that_is_not_there(kg: Kg) -> None:
    for command in (["list"], ["chain", "A/98/447"], ["cosponsors"], ["query", "cites"]):
        done = kg(*command)
        assert done.returncode == 2, command
        assert "kg build" in done.stderr
    assert kg("remove", "A/98/447").returncode == 2


def test_store_from_the_environment(kg: Kg, store: Path) -> None:
    assert "A/97/512" in kg("list", UNKG_STORE=str(store)).stdout


@pytest.mark.parametrize("format", ["json", "csv"])
def test_cosponsors_for_programs(kg: Kg, store: Path, format: str) -> None:
    out = kg("cosponsors", "KEN", "PER", "--store", store, "--format", format).stdout
    rows = json.loads(out) if format == "json" else list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 1
    assert {rows[0]["first"], rows[0]["second"]} == {"KEN", "PER"}
    assert int(rows[0]["drafts"]) == 3


def test_chain_leads_from_report_to_report(kg: Kg, store: Path) -> None:
    out = kg("chain", "A/98/447", "--depth", "2", "--format", "json", "--store", store).stdout
    cited = {row["cited"] for row in json.loads(out)}
    assert {"A/97/512", "A/RES/56/116", "S/RES/2347(2017)"} <= cited


def test_chain_between_two_documents(kg: Kg, store: Path) -> None:
    done = kg("chain", "A/98/447", "--to", "A/RES/56/116", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "A/97/512" in done.stdout


def test_chain_from_a_document_nobody_knows(kg: Kg, store: Path) -> None:
    done = kg("chain", "A/97/5112", "--store", store)
    assert done.returncode == 2
    assert "A/97/5112" in done.stderr


def test_query_lists_and_runs(kg: Kg, store: Path) -> None:
    assert "cited-by" in kg("query", "--list").stdout
    words = ("--param", "symbol=A/RES/70/1", "--format", "json", "--store", store)
    assert len(json.loads(kg("query", "cited-by", *words).stdout)) >= 2
    own = "SELECT (COUNT(?s) AS ?n) { ?s a <https://w3id.org/unkg/ontology#Sponsorship> }"
    out = kg("query", "-", "--format", "csv", "--store", store, stdin=own).stdout
    assert out.splitlines()[0] == "n"
    assert int(out.splitlines()[1]) == 17 + 13 + 19


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["cited-bye"], "cited-by"),
        (["cites", "--param", "symbol"], "NAME=VALUE"),
        (["cites"], "symbol"),
        ([], "--list"),
    ],
)
def test_query_that_cannot_run(kg: Kg, store: Path, words: list[str], reason: str) -> None:
    done = kg("query", *words, "--store", store)
    assert (done.returncode, reason in done.stderr) == (2, True), done.stderr


def test_validate_finds_nothing_in_the_samples(kg: Kg, store: Path) -> None:
    done = kg("validate", "--store", store)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


@pytest.mark.parametrize("words", [["chain", "A/98/447"], ["cosponsors"]])
def test_view_writes_a_page(kg: Kg, store: Path, words: list[str], tmp_path: Path) -> None:
    done = kg("view", *words, "-o", "page.html", "--store", store)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")


@pytest.mark.parametrize("target", ["missing/page.html", "."])
def test_view_into_a_place_that_cannot_be_written(kg: Kg, store: Path, target: str) -> None:
    done = kg("view", "cosponsors", "-o", target, "--store", store)
    assert done.returncode == 2
    assert done.stderr.startswith("kg: ")


def test_import_brings_an_export_back(kg: Kg, store: Path, tmp_path: Path) -> None:
    kg("export", "--format", "nq", "-o", "all.nq", "--store", store)
    done = kg("import", "all.nq", "--store", "other")
    assert done.returncode == 0, done.stderr
    kg("export", "--format", "nq", "-o", "again.nq", "--store", "other")
    assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "all.nq").read_bytes()


def test_reader_that_stops_early(store: Path) -> None:
    command = f"{sys.executable} -m kg query cites --param symbol=A/98/447 --store {store} | true"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""


def test_manifest_names_what_a_file_does_not(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(RULES, encoding="utf-8")
    (tmp_path / "list.csv").write_text("path,symbol,language\none.txt,A/RES/98/3,zh\n", "utf-8")
    record = json.loads(kg("extract", "one.txt", "--manifest", "list.csv").stdout)
    assert (record["document"]["symbol"], record["language"]) == ("A/RES/98/3", "zh")
    done = kg("extract", "one.txt", "--manifest", "none.csv")
    assert (done.returncode, "none.csv" in done.stderr) == (2, True)


def test_several_processes_build_the_same(
    kg: Kg, store: Path, samples: tuple[Path, ...], tmp_path: Path
) -> None:
    assert kg("build", *samples, "--jobs", "2").returncode == 0
    kg("export", "--format", "nq", "-o", "two.nq")
    kg("export", "--format", "nq", "-o", "one.nq", "--store", store)
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()


def test_a_second_file_for_one_document_is_left_out(kg: Kg, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = RULES + ("2. 又请会员国读书。\n" if folder == "b" else "")
        (tmp_path / folder / f"{folder}.zh.txt").write_text(text, encoding="utf-8")
    (tmp_path / "list.csv").write_text(
        "path,symbol\na/a.zh.txt,A/RES/98/3\nb/b.zh.txt,A/RES/98/3\n", encoding="utf-8"
    )
    done = kg("build", "a", "b", "--manifest", "list.csv")
    assert done.returncode == 1
    assert "a.zh.txt" in done.stderr
    assert [row["source"] for row in json.loads(kg("list", "--format", "json").stdout)] == [
        "a.zh.txt"
    ]


def test_base_is_kept_by_the_store(kg: Kg, samples: tuple[Path, ...]) -> None:
    assert kg("build", samples[1], "--base", "https://example.org/kg").returncode == 0
    states = kg("query", "-", "--format", "csv", stdin="SELECT DISTINCT ?s { ?d ?p ?s }").stdout
    assert "https://example.org/kg/state/KEN" in states
    assert "https://w3id.org/unkg/state/" not in states


def test_a_terminal_gets_no_codes_from_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.output import _print_rich, print_rows

    rows = [("\x1b[2Jred [bold]x[/bold]", "\u202eevil")]
    _print_rich(("a", "b"), rows)
    print_rows(("a", "b"), rows, "table")
    shown = capsys.readouterr().out
    assert "\x1b[2J" not in shown
    assert "\u202e" not in shown
    assert shown.count("[bold]x[/bold]") == 2


def pdf(*lines: str) -> bytes:
    """A PDF with a page for each line."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for line in lines:
        canvas.drawString(72, 700, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_text_prints_what_offsets_count_in(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes("<html><p>大会，</p><p>回顾<sup>1</sup>".encode())
    assert kg("text", "a.html").stdout == "大会，\n\n回顾¹\n"
    assert kg("text", "-", stdin="no known language\r\n").stdout == "no known language\n"
    (tmp_path / "a.pdf").write_bytes(pdf("The General Assembly,", "1. Decides to read."))
    assert kg("text", "a.pdf").stdout == "The General Assembly,\n\f1. Decides to read.\n"
    assert kg("text", "a.pdf", "--page", "2").stdout == "1. Decides to read.\n"
    done = kg("text", "a.pdf", "--page", "3")
    assert (done.returncode, "2 pages" in done.stderr) == (2, True)
    done = kg("text", "none.pdf")
    assert (done.returncode, "none.pdf: does not exist" in done.stderr) == (2, True)


def test_a_folder_of_all_formats_with_bad_ones_among_them(kg: Kg, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    words = "The General Assembly, Recalling its resolution 70/1 of 25 September 2015,"
    (folder / "A_RES_98_3.en.pdf").write_bytes(pdf(words))
    (folder / "A_RES_98_4.en.html").write_text(f"<html><p>{words}", encoding="utf-8")
    (folder / "A_RES_98_5.en.md").write_text(words, encoding="utf-8")
    (folder / "scan.pdf").write_bytes(pdf("", ""))
    (folder / "false.docx").write_bytes(b"PK\x03\x04 no archive")
    (folder / "greek.txt").write_text("Η βιβλιοθήκη βρίσκεται στην άκρη του χωριού", "utf-8")
    done = kg("extract", folder)
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["document"]["symbol"] for r in records] == ["A/RES/98/3", "A/RES/98/4", "A/RES/98/5"]
    assert records[0]["pages"] == [0]
    for name, reason in (("scan.pdf", "OCR"), ("false.docx", "Word"), ("greek.txt", "Greek")):
        (line,) = [line for line in done.stderr.splitlines() if name in line]
        assert reason in line


def test_fetch_says_that_there_is_no_network(kg: Kg) -> None:
    words = ("fetch", "A/RES/70/1", "A/RES/70/2", "--language", "zh,en", "-o", "out")
    done = kg(*words, "--base-url", "http://127.0.0.1:9", "--pause", "0", NO_PROXY="*")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot reach 127.0.0.1:9" in done.stderr and "3 more" in done.stderr
    for bad in (("--language", "xx"), ("--base-url", "file:///etc")):
        done = kg("fetch", "A/RES/70/1", "-o", "out", *bad)
        assert (done.returncode, bad[0] in done.stderr) == (2, True)


def test_compare_two_files_and_two_stored_versions(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "A_RES_98_3.zh.txt").write_text(RULES, encoding="utf-8")
    (tmp_path / "A_RES_98_3.en.txt").write_text(
        "The General Assembly,\n\nRecalling its resolution 97/8,\n\n1. Calls on States to read.\n",
        encoding="utf-8",
    )
    files = ("A_RES_98_3.en.txt", "A_RES_98_3.zh.txt")
    done = kg("compare", *files, "--format", "json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    cited = {row["first"] or row["second"] for row in rows if row["kind"] == "citation"}
    assert cited == {"A/RES/97/8", "A/RES/70/1"}
    assert "(en)" in done.stderr and "the same" in done.stderr
    kg("build", *files)
    assert json.loads(kg("compare", "A/RES/98/3", "--format", "json").stdout) == rows
    swapped = json.loads(
        kg("compare", "A/RES/98/3", "--language", "zh,en", "--format", "json").stdout
    )
    assert {row["second"] for row in rows} == {row["first"] for row in swapped}
    done = kg("compare", "A/RES/98/3", "--language", "zh,fr")
    assert (done.returncode, "en, zh" in done.stderr) == (2, True)
    assert kg("compare", "A/RES/98/4").returncode == 2
    assert kg("compare", "none.txt", *files[:1]).returncode == 2
