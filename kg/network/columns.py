"""Columns: arrays of numbers, texts as one run of bytes, written to a folder and mapped back.

A folder holds one ``.npy`` file a column and ``columns.json``, which names them and is written
last. It is made beside its place and renamed, so a reader sees all of it or none. Nothing is
unpickled: object arrays are refused.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

EDITION = 1
Columns = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts in UTF-8, end to end: ``starts`` has one number more than there are texts.

    >>> names = Texts.of(["Kenya", "肯尼亚"])
    >>> len(names), names[1]
    (2, '肯尼亚')
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The texts in order."""
        data, starts = bytearray(), array("q", [0])
        for text in texts:
            data += text.encode("utf-8", "replace")
            starts.append(len(data))
        return cls(np.frombuffer(data, dtype=np.uint8), np.frombuffer(starts, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> str:
        return self.data[self.starts[place] : self.starts[place + 1]].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return (self[place] for place in range(len(self)))

    def take(self, places: NDArray[Any]) -> list[str]:
        """The texts at some places, many at once.

        >>> Texts.of(["Kenya", "Peru", "Samoa"]).take(np.array([2, 0]))
        ['Samoa', 'Kenya']
        """
        view = self.data.data
        ends = self.starts[places + 1].tolist()
        return [
            str(view[start:end], "utf-8")
            for start, end in zip(self.starts[places].tolist(), ends, strict=True)
        ]

    def coded(self, codes: NDArray[Any]) -> list[str]:
        """The texts of codes that recur, each text read once.

        >>> Texts.of(["recalls", "reaffirms"]).coded(np.array([1, 1, 0]))
        ['reaffirms', 'reaffirms', 'recalls']
        """
        if len(self) <= len(codes):
            known, places = np.arange(len(self)), codes
        else:
            known, places = np.unique(codes, return_inverse=True)
        texts = self.take(known)
        return [texts[place] for place in places.tolist()]

    def gather(self, places: NDArray[Any]) -> Texts:
        """The texts at some places, as texts end to end.

        >>> list(Texts.of(["Kenya", "Peru", "Samoa"]).gather(np.array([2, 0])))
        ['Samoa', 'Kenya']
        """
        first, ends = self.starts[places], self.starts[places + 1]
        starts = np.zeros(len(places) + 1, dtype=np.int64)
        np.cumsum(ends - first, out=starts[1:])
        # Texts that follow one another are taken in one piece.
        cut = np.flatnonzero(first[1:] != ends[:-1]) + 1
        view = np.ascontiguousarray(self.data).data
        begins = first[np.concatenate([[0], cut])].tolist() if len(places) else []
        stops = ends[np.concatenate([cut, [len(places)]]) - 1].tolist() if len(places) else []
        data = b"".join([view[a:b] for a, b in zip(begins, stops, strict=True)])
        return Texts(np.frombuffer(data, dtype=np.uint8), starts)

    def columns(self, name: str) -> dict[str, NDArray[Any]]:
        """The two arrays under names of their own, as ``write`` takes them."""
        return {f"{name}.data": self.data, f"{name}.starts": self.starts}

    @classmethod
    def from_columns(cls, columns: Columns, name: str) -> Texts:
        """What ``columns(name)`` gave."""
        return cls(columns[f"{name}.data"], columns[f"{name}.starts"])


def distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers in order, each once.

    ``numpy.unique`` hashes them first (since 2.3), which takes 60 times as long for 400,000.

    >>> distinct(np.array([70, 1, 70]))
    array([ 1, 70])
    """
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    found: NDArray[Any] = ordered[first]
    return found


def spread(starts: NDArray[Any], ends: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """All numbers of several ranges, each with the place of its range.

    >>> spread(np.array([5, 9]), np.array([7, 10]))
    (array([0, 0, 1]), array([5, 6, 9]))
    """
    counts = (ends - starts).astype(np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return owner, np.arange(len(owner)) + np.repeat(starts - before, counts)


def kept(folder: Path | None, name: str, make: Callable[[], Columns]) -> Columns:
    """The columns kept under a name, made and kept if they are not there.

    ``folder`` belongs to one state of a store and is never changed afterwards; None keeps
    nothing. Where the folder cannot be written the columns are still returned.
    """
    if folder is None:
        return make()
    found = read(folder / name)
    if found is not None:
        return found
    columns = make()
    with suppress(OSError):
        write(folder / name, columns)
    return columns


def write(place: Path, columns: Columns) -> None:
    """Write columns as a new folder, whole or not at all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
    try:
        for number, column in enumerate(columns.values()):
            with (scratch / f"{number}.npy").open("wb") as file:
                np.save(file, column, allow_pickle=False)
                file.flush()
                os.fsync(file.fileno())
        names = json.dumps({"edition": EDITION, "columns": list(columns)})
        (scratch / "columns.json").write_text(names, encoding="utf-8")
        scratch.chmod(0o755)
        scratch.rename(place)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def read(place: Path) -> dict[str, NDArray[Any]] | None:
    """Columns mapped from a folder, read-only; None where there are none of this edition."""
    try:
        known = json.loads((place / "columns.json").read_text(encoding="utf-8"))
        if known.get("edition") != EDITION:
            return None
        return {
            # As a plain array: numpy's class for mapped ones doubles the time of each access.
            name: np.load(place / f"{number}.npy", mmap_mode="r", allow_pickle=False).view(
                np.ndarray
            )
            for number, name in enumerate(known["columns"])
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None
