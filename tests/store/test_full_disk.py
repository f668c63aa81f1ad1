"""A full disk, a folder that may not be written: nothing is half done, the error says why."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store import Store

_MOUNT = 'mount -t tmpfs -o size=64m tmpfs "$1" && shift && exec "$@"'


def came_of(way: str, folder: Path) -> dict[str, str | None]:
    """What came of each thing done to a store on a small disk of its own, by name."""
    if shutil.which("unshare") is None:
        pytest.skip("needs Linux, where a process may mount a disk that nobody else sees")
    namespace = ["unshare", "--map-root-user", "--mount", "sh", "-c", _MOUNT, "sh", str(folder)]
    if subprocess.run([*namespace, "true"], capture_output=True).returncode:
        pytest.skip("this system lets a process mount nothing")
    script = [sys.executable, str(Path(__file__).with_name("full_disk.py")), way, str(folder)]
    done = subprocess.run([*namespace, *script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["what"] for one in said if not one["whole"]] == []
    return {one["what"]: one["error"] for one in said}


def test_without_room_nothing_is_half_done(tmp_path: Path) -> None:
    found = came_of("full", tmp_path)
    assert {name for name, error in found.items() if error is None} == {"read", "again", "left"}
    for name, error in found.items():
        if error is not None:
            reason = "full" if name == "build" else "No space left on device"
            assert reason in error, (name, error)
            assert "make room" in error, (name, error)
            assert str(tmp_path / ("out.nq" if name == "export" else "store")) in error, name


def test_a_folder_that_may_not_be_written_is_read(tmp_path: Path) -> None:
    found = came_of("readonly", tmp_path)
    assert {name for name, error in found.items() if error is None} == {"read", "left"}
    for name in ("open", "export"):
        error = str(found[name])
        assert "Read-only file system" in error
        assert "make it writable" in error or "make the folder writable" in error


def test_without_room_for_the_name_of_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no disk can be mounted: the system refuses the first file that a put makes."""
    with Store.open(tmp_path / "store") as store:
        before = store.nquads()

        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Path, "touch", refuse)
            with pytest.raises(StoreError, match=r"No space left on device.*make room"):
                store.put("urn:g", _quads())
        assert store.nquads() == before
        assert store.put("urn:g", _quads()) == "added"


def _quads() -> list[ox.Quad]:
    name = ox.NamedNode("urn:g")
    return [ox.Quad(name, name, ox.Literal("text"), name)]
