"""A folder of hostile files: every one is told of, none of the good ones is lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hostile_folder import KINDS, build, emptied, fill, findings

from kg.errors import ReadError
from kg.inputs import MANIFEST, PassedOver, Task, inputs_of
from kg.read import bytes_of


@pytest.mark.skipif(sys.platform != "linux", reason="such files are made on Linux")
def test_every_kind_of_file_is_read_or_reported(tmp_path: Path) -> None:
    where = tmp_path / "hostile"
    try:
        fill(where, full=False)
        built = build(where, tmp_path / "store")
        assert len(KINDS) >= 40
        assert list(findings(where, built)) == []
        assert "\x1b" not in built.messages, "names do not steer the terminal"
    finally:
        emptied(where)


def test_a_folder_that_is_closed_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("x", "utf-8")
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    task, passed = inputs_of([tmp_path])
    assert isinstance(task, Task) and isinstance(passed, PassedOver)
    assert f"{tmp_path / 'closed'}: cannot be looked into (Permission denied)" in str(passed.error)


def test_a_broken_line_of_a_folders_table_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x", "utf-8")
    table = "path,symbol,language\nb.txt,no symbol,en\n,,\na.txt,A/99/1,zh\n"
    (tmp_path / MANIFEST).write_text(table, "utf-8")
    *broken, task = inputs_of([tmp_path])
    assert isinstance(task, Task) and (task.symbol, task.language) == ("A/99/1", "zh")
    assert [isinstance(one, PassedOver) and "line" in str(one.error) for one in broken] == [
        True
    ] * 2
    (tmp_path / "own.csv").write_text('path\n\n""\n', "utf-8")
    with pytest.raises(ReadError, match="names no file"):
        inputs_of([tmp_path / "a.txt"], manifest=tmp_path / "own.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="no regular file"):
        bytes_of(tmp_path / "pipe.txt")
