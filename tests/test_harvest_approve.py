"""Bringing candidates in: all or nothing, with the file, line and subject of what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.authority import load_authority, own_files, read_authority
from kg.cli import app
from kg.errors import AuthorityError
from kg.harvest import add_candidates
from kg.harvest.terms import heading, literal
from kg.vocab import ontology_path

HEAD = heading()
BLOCK = """
# further name · 2 documents
candidate:c1 a unkg:Candidate ;
    unkg:approved true ;
    unkg:proposes "further name" ;
    unkg:about instrument:crc ;
    skos:altLabel "Lima Convention on Children"@en ;
    unkg:documents 2 ;
    unkg:evidence "A_98_1 (en), preambular 3: … the Lima Convention on Children …" .
"""
NEW = """
candidate:c2 a unkg:Candidate ;
    unkg:approved true ;
    unkg:proposes "new instrument" ;
    unkg:about instrument:lima-wells ;
    unkg:newClass unkg:Treaty ;
    skos:prefLabel "Lima Convention on Wells"@en ;
    skos:prefLabel "利马水井公约"@zh ;
    unkg:registeredAs unts:9999-88888 ;
    unkg:annexedTo <https://undocs.org/A/RES/98/99> ;
    unkg:documents 1 .
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "candidates.ttl"
    path.write_text(HEAD + BLOCK + NEW, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "own"


def names(folder: Path) -> set[str]:
    found = read_authority(ontology_path() / "authority", more=own_files(folder))
    return {label.text for entity in found.instruments.values() for label in entity.labels}


def test_what_is_approved_is_in_the_authority(file: Path, folder: Path) -> None:
    target, added = add_candidates(file, to=folder)
    assert [one.key for one in added] == ["crc", "lima-wells"]
    assert {"Lima Convention on Children", "利马水井公约"} <= names(folder)
    new = read_authority(ontology_path() / "authority", more=[target]).instruments["lima-wells"]
    assert (new.kind, new.annexed_to) == ("Treaty", ("A/RES/98/99",))
    assert (new.registered_as[0].volume, new.registered_as[0].number) == (9999, 88888)
    text = target.read_text(encoding="utf-8")
    assert "# A_98_1 (en), preambular 3\ninstrument:crc skos:altLabel" in text
    assert "… the Lima" not in text, "places are kept, the words of documents are not"


def test_what_is_not_approved_stays_out(file: Path, folder: Path) -> None:
    file.write_text(HEAD + BLOCK.replace("true", "false") + NEW, encoding="utf-8")
    _, added = add_candidates(file, to=folder)
    assert [one.key for one in added] == ["lima-wells"]
    assert "Lima Convention on Children" not in names(folder)


def test_adding_twice_changes_nothing(file: Path, folder: Path) -> None:
    target, _ = add_candidates(file, to=folder)
    before = target.read_bytes()
    assert add_candidates(file, to=folder)[1] == ()
    assert target.read_bytes() == before


def test_what_stands_in_the_file_keeps_its_layout(file: Path, folder: Path) -> None:
    folder.mkdir()
    mine = HEAD + '\n# mine\ninstrument:crc   skos:altLabel   "Wells Convention"@en .\n'
    (folder / "harvested.ttl").write_text(mine, encoding="utf-8")
    target, _ = add_candidates(file, to=folder)
    assert target.read_text(encoding="utf-8").startswith(mine)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (BLOCK.replace(";\n    unkg:documents", "\n    unkg:documents"), 15, "not valid Turtle"),
        (BLOCK.replace('"further name"', '"better name"'), 10, "no kind of candidate"),
        (BLOCK.replace("unkg:documents", "unkg:pages"), 10, "is not one candidates have"),
        (BLOCK.replace("true", "'yes'"), 10, "not true or false"),
        (BLOCK.replace("    unkg:approved true ;\n", ""), 10, "needs one unkg:approved"),
        (BLOCK.replace("instrument:crc", "instrument:wells"), 10, "has no instrument:wells"),
        (BLOCK.replace('"@en', '"'), 10, "no known language tag"),
        (BLOCK.replace("unkg:Candidate", "unkg:Treaty"), 10, "no unkg:Candidate"),
        (BLOCK.replace("Lima Convention on Children", "Charter of the United Nations"), 10,
         "would lead to instrument:un-charter too"),
        (BLOCK.replace("altLabel", "prefLabel"), 10, "two skos:prefLabel"),
        (BLOCK.replace('skos:altLabel "Lima Convention on Children"@en',
                       "unkg:registeredAs unts:1465-24841"), 10, "instrument:cat's already"),
        (BLOCK.replace('skos:altLabel "Lima Convention on Children"@en',
                       "unkg:annexedTo <https://undocs.org/wells>"), 10, "no document"),
        (NEW.replace("unkg:Treaty", "unkg:Well"), 9, "no kind of instrument"),
        (NEW.replace("instrument:lima-wells", "instrument:crc"), 9, "has instrument:crc already"),
        (NEW.replace("skos:prefLabel", "skos:altLabel"), 9, "needs a skos:prefLabel"),
    ],
)  # fmt: skip
def test_a_bad_file_changes_nothing(
    file: Path, folder: Path, text: str, line: int, reason: str
) -> None:
    file.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(AuthorityError, match=reason) as caught:
        add_candidates(file, to=folder)
    assert f"candidates.ttl:{line}: " in str(caught.value)
    assert "candidate" in str(caught.value).split(": ", 1)[1]
    assert not folder.exists()


def test_what_contradicts_the_authority_may_stand_in_the_file_unapproved(
    file: Path, folder: Path
) -> None:
    taken = NEW.replace("9999-88888", "1465-24841").replace("true", "false")
    file.write_text(HEAD + BLOCK + taken, encoding="utf-8")
    assert [one.key for one in add_candidates(file, to=folder)[1]] == ["crc"]


def test_one_bad_candidate_keeps_the_good_ones_out(file: Path, folder: Path) -> None:
    file.write_text(HEAD + BLOCK + NEW.replace("unkg:Treaty", "unkg:Well"), encoding="utf-8")
    with pytest.raises(AuthorityError, match="unkg:Well"):
        add_candidates(file, to=folder)
    assert not folder.exists()


def test_two_candidates_may_not_bring_one_name_twice(file: Path, folder: Path) -> None:
    other = BLOCK.replace("c1", "c3").replace("instrument:crc", "instrument:cat")
    file.write_text(HEAD + BLOCK + other, encoding="utf-8")
    with pytest.raises(AuthorityError, match="would lead to instrument:crc too"):
        add_candidates(file, to=folder)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"none\.ttl: cannot be read"):
        add_candidates(tmp_path / "none.ttl", to=tmp_path)


def test_from_documents_to_the_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way: harvest, approve, add; then the name resolves."""
    monkeypatch.setenv("UNKG_AUTHORITY", "")
    documents, own = tmp_path / "documents", tmp_path / "own"
    documents.mkdir()
    (documents / "1.en.txt").write_text("Recalling the Lima Declaration on Deep Wells,\n", "utf-8")
    (documents / "1.fr.txt").write_text(
        "Rappelant la Déclaration de Lima sur les puits profonds,\n", "utf-8"
    )
    file = tmp_path / "candidates.ttl"
    run = CliRunner().invoke(app, ["harvest", str(documents), "-o", str(file)])
    assert run.exit_code == 0, run.output
    assert "1 candidates from 2 documents, 0 of them contradicted" in run.stderr
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("approved false", "approved true"), encoding="utf-8")
    run = CliRunner().invoke(app, ["authority", "add", str(file), "--to", str(own)])
    assert run.exit_code == 0, run.output
    monkeypatch.setenv("UNKG_AUTHORITY", str(own))
    load_authority.cache_clear()
    try:
        known = load_authority().names("instrument", "fr")
        assert known["Déclaration de Lima sur les puits profonds"] == (
            "lima-declaration-on-deep-wells",
        )
    finally:
        monkeypatch.delenv("UNKG_AUTHORITY")
        load_authority.cache_clear()


def test_a_string_is_written_on_one_line() -> None:
    assert literal('a "b"\n\\') == '"a \\"b\\"\\n\\\\"'
