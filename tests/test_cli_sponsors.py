"""The command on co-sponsors: one question at a time, of a selection, in three formats."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from kg.errors import QueryError
from kg.store import Store
from tests.analyse.made_sponsors import statements

Ask = Callable[..., Result]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder: Path = tmp_path_factory.mktemp("made") / "store"
    with Store.open(folder) as store:
        quads = list(statements())
        for name in sorted({quad.graph_name.value for quad in quads}):  # type: ignore[union-attr]
            store.put(name, [quad for quad in quads if quad.graph_name.value == name])  # type: ignore[union-attr]

    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["cosponsors", *words, "--store", str(folder)])

    return run


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ((), "first first_name second second_name drafts jaccard symbols cosine newman"),
        (("KEN", "--neighbours"), "code name drafts jaccard cosine newman expected lift z"),
        (("--communities", "--by", "lift"), "bloc code name region drafts within"),
        (("--central",), "code name strength pagerank betweenness eigenvector"),
        (("--late",), "code name drafts joined share expected lift z"),
        (("--bridges",), "symbol title year sponsors blocs participation entropy"),
        (("--over-time", "2"), "sessions bloc size came left states"),
        (("KEN", "--over-time", "1"), "code sessions before after"),
        (("--coverage",), "fact value"),
    ],
)
def test_each_question_has_its_columns(ask: Ask, words: tuple[str, ...], columns: str) -> None:
    done = ask(*words, "--format", "csv")
    assert done.exit_code == 0, done.output
    heading = done.stdout.splitlines()[0].split(",")
    assert heading[: len(columns.split())] == columns.split()


def test_a_selection_narrows(ask: Ask) -> None:
    words = ("ARG", "BRA", "--format", "json")
    (whole,) = json.loads(ask(*words).stdout)
    narrow = ("--session", "71", "--committee", "Third Committee", "--instrument", "untoc")
    (part,) = json.loads(ask(*words, *narrow, "--since", "2016", "--until", "2016").stdout)
    assert 0 < part["drafts"] < whole["drafts"]
    assert all(name.startswith("A/C.3/71/") for name in part["symbols"].split(", "))
    (joined,) = json.loads(ask(*words, "--tier", "joined").stdout)
    assert joined["drafts"] < whole["drafts"]


def test_a_table_names_the_first_drafts(ask: Ask) -> None:
    assert " more" in ask("ARG", "BRA").stdout
    assert " more" not in ask("ARG", "BRA", "--symbols").stdout


def test_the_order_is_that_asked_for(ask: Ask) -> None:
    out = ask("--by", "lift", "--format", "csv").stdout
    lifts = [float(row["lift"]) for row in csv.DictReader(io.StringIO(out))]
    assert lifts == sorted(lifts, reverse=True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--late", "--central"), "--central and --late are two questions"),
        (("--neighbours",), "name one"),
        (("KEN", "--bridges"), "leave KEN out"),
    ],
)
def test_questions_that_cannot_be_asked(ask: Ask, words: tuple[str, ...], message: str) -> None:
    done = ask(*words)
    assert done.exit_code == 2 and message in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("Kenia",), "near: Kenya"),
        (("CUB",), "CUB: sponsors nothing here"),
        (("--subject", "10"), "agenda item 10; some are 10"),
        (("--organ", "Third Comittee"), "near: Third Committee"),
    ],
)
def test_unknown_names_are_said(ask: Ask, words: tuple[str, ...], message: str) -> None:
    done = ask(*words)
    assert isinstance(done.exception, QueryError) and message in str(done.exception)
