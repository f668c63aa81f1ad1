"""Columns in a folder: what is written comes back, and what is broken is made anew."""

from pathlib import Path

import numpy as np
import pytest

from kg.network import columns
from kg.network.columns import Texts


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    texts = Texts.of(["a", "", "第七十届会议"])
    columns.write(tmp_path / "x", {"n": np.arange(3), **texts.columns("t")})
    found = columns.read(tmp_path / "x")
    assert found is not None
    assert found["n"].tolist() == [0, 1, 2]
    assert list(Texts.from_columns(found, "t")) == ["a", "", "第七十届会议"]


def test_columns_are_made_once(tmp_path: Path) -> None:
    calls = []

    def make() -> columns.Columns:
        calls.append(1)
        return {"n": np.arange(2)}

    for _ in range(2):
        assert columns.kept(tmp_path, "x", make)["n"].tolist() == [0, 1]
    assert len(calls) == 1
    assert columns.kept(None, "x", make)["n"].tolist() == [0, 1]
    assert len(calls) == 2


@pytest.mark.parametrize(
    "harm", ["", "{", '{"edition": 0}', '{"edition": 1, "columns": ["n", "m"]}']
)
def test_broken_columns_are_not_read(tmp_path: Path, harm: str) -> None:
    columns.write(tmp_path / "x", {"n": np.arange(2)})
    (tmp_path / "x" / "columns.json").write_text(harm)
    assert columns.read(tmp_path / "x") is None


def test_objects_are_neither_written_nor_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pickle"):
        columns.write(tmp_path / "x", {"n": np.array([object()])})
    assert not list(tmp_path.iterdir())
    columns.write(tmp_path / "x", {"n": np.arange(2)})
    np.save(tmp_path / "x" / "0.npy", np.array([{}]), allow_pickle=True)
    assert columns.read(tmp_path / "x") is None
