"""The demonstration, and the sample reports it is made of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.demo import sample_paths
from kg.errors import ReadError
from kg.ingest import build
from kg.model import Citation, InstrumentMention, Record

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    from kg.pipeline import extract_paths

    outcomes = list(extract_paths(sample_paths()))
    assert [outcome.error for outcome in outcomes] == [None, None]
    return {o.record.language: o.record for o in outcomes if o.record}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "UNKG_STORE"}
    return subprocess.run(
        [sys.executable, "-m", "kg", "demo", *words],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_demo_shows_a_chain_a_table_and_a_page(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    for words in ("A/98/447", "A/97/512", "回顾", "KEN", "PER"):
        assert words in done.stdout
    assert "unkg-demo.html" in done.stderr
    page = (tmp_path / "unkg-demo.html").read_text(encoding="utf-8")
    assert not re.search(r"""(?:src|href)=["']?https?:""", page)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["unkg-demo.html"]


def test_demo_prints_the_same_each_time(tmp_path: Path) -> None:
    assert run(tmp_path, "-o", "a.html").stdout == run(tmp_path, "-o", "b.html").stdout
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_demo_keeps_its_store_where_told(tmp_path: Path) -> None:
    done = run(tmp_path, "--store", "kept")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "kept" / "store.json").is_file()


def test_demo_says_where_it_cannot_write(tmp_path: Path) -> None:
    done = run(tmp_path, "-o", "no/such/folder/page.html")
    assert done.returncode == 2
    assert "no/such/folder" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_samples_are_read_to_the_last_reference(path: Path, records: dict[str, Record]) -> None:
    """Every resolution number printed outside the sample's own headings is found."""
    record = records[path.suffixes[0][1:]]
    printed = set(re.findall(r"(?<![\d/.])(\d{2,4}/\d{1,3})(?![\d/])", path.read_text("utf-8")))
    cited = " ".join(citation.target for citation in citations(record))
    considered = " ".join(record.documents_considered)
    missing = {
        n for n in printed if n not in cited + considered and not n.startswith(("97/", "98/"))
    }
    assert not missing


def citations(record: Record) -> list[Citation]:
    return [c for text in record.texts for p in text.paragraphs for c in p.citations]


def instruments(record: Record) -> list[InstrumentMention]:
    return [i for text in record.texts for p in text.paragraphs for i in p.instruments]


def test_the_samples_show_what_they_are_for(records: dict[str, Record]) -> None:
    english, chinese = records["en"], records["zh"]
    assert [len(p.sponsors) for p in english.proposals] == [10, 8]
    assert [len(p.additional_sponsors) for p in english.proposals] == [7, 5]
    assert [p.kind for p in chinese.proposals] == [
        "draft-resolution",
        "draft-resolution",
        "draft-decision",
    ]
    assert chinese.proposals[0].recommended_by == "E/RES/2043/12"
    assert chinese.proposals[1].supersedes == "A/C.3/98/L.14"
    assert "A/97/512" in {citation.target for citation in citations(chinese)}
    named = {item.target for record in records.values() for item in instruments(record)}
    assert {"crc", "crpd", "udhr", "agenda-2030", "sendai-framework"} <= named
    assert None not in named
    assert {record.unresolved for record in records.values()} == {()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sample_quotations_stand_in_the_text(language: str, records: dict[str, Record]) -> None:
    from kg.read import read

    path = next(p for p in sample_paths() if f".{language}." in p.name)
    text = read(path).text
    for item in [*citations(records[language]), *instruments(records[language])]:
        assert text[item.start : item.end] == item.quote


STORIES = ("languages", "rules", "sponsors")


@pytest.mark.parametrize("story", STORIES)
def test_a_story_builds_without_a_doubt(story: str) -> None:
    from kg.query import run
    from kg.store import Store

    with Store.in_memory() as store:
        report = build(sample_paths(story), store=store, base=store.base)
        assert not [*report.errors, *report.notes, *report.violations]
        assert not run(store, "unresolved").rows
        assert not run(store, "languages-compared").rows


def test_a_story_that_is_none_is_named_with_those_that_are() -> None:
    with pytest.raises(ReadError, match="tales: no such story; there are languages, rules"):
        sample_paths("tales")


def test_the_rules_are_reached_in_three_languages() -> None:
    from kg.analyse import chain
    from kg.authority import load_authority
    from kg.store import Store

    with Store.in_memory() as store:
        build(sample_paths("rules"), store=store, base=store.base)
        rules = load_authority().instruments["nelson-mandela-rules"].iri
        count, ways = chain.shortest_paths(store, "https://undocs.org/A/RES/98/149", rules)
        said = chain.path_rows(store, ways)
    assert (count, {len(way) for way in ways}) == (4, {4})
    assert {row["language"] for row in said} == {"en", "fr", "zh"}


def test_samples_share_no_paragraph_with_the_corpus(corpus: Path) -> None:
    """Set phrases are the UN's; whatever is longer than a phrase is our own."""
    phrase = {"zh": 24, "en": 100, "fr": 120}
    for path in (path for story in ("", *STORIES) for path in sample_paths(story)):
        language = path.suffixes[0][1:]
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        long = [line for line in lines if len(line) > phrase[language]]
        for other in sorted(corpus.rglob(f"*.{language}.txt")):
            body = other.read_text("utf-8", errors="replace")
            assert not [line for line in long if line in body], (path.name, other.name)
