"""Processes that may fail: results in order, and a lost task costs only itself."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

from kg.workers import Limits, Lost, each

QUICK = Limits(seconds=3.0, memory=200 * 1024 * 1024)


def act(task: str) -> str:
    """What a document may do to the process that reads it."""
    if task == "hang":
        time.sleep(60)
    if task == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "abort":
        os.abort()
    if task == "leave":
        os._exit(3)
    if task == "swell":
        return str(len(bytearray(800 * 1024 * 1024)))
    if task == "raise":
        raise ValueError("half a file")
    if task == "nest":
        return act(task)
    if task == "slow":
        time.sleep(0.3)
    return task.upper()


def reasons(results: list[str | Lost]) -> list[str]:
    return [result.reason if isinstance(result, Lost) else result for result in results]


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = ["slow", *(f"a{n}" for n in range(40)), "slow", "b"]
    assert list(each(act, tasks, jobs=jobs)) == [task.upper() for task in tasks]


def test_a_lost_task_costs_only_itself() -> None:
    tasks = ["a", "crash", "b", "leave", "c", "raise", "d", "nest", "e"]
    found = reasons(list(each(act, tasks, jobs=2, limits=QUICK)))
    assert found[::2] == ["A", "B", "C", "D", "E"]
    assert f"signal {int(signal.SIGSEGV)}" in found[1]
    assert "status 3" in found[3]
    assert found[5] == "cannot be read: ValueError: half a file"
    assert found[7] == "is nested too deeply; given up"


def test_time_is_limited() -> None:
    start = time.monotonic()
    found = reasons(list(each(act, ["hang", "a", "b"], jobs=1, limits=Limits(seconds=0.5))))
    assert found == ["was not read within 0.5 seconds; given up", "A", "B"]
    assert time.monotonic() - start < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_memory_is_limited() -> None:
    found = reasons(list(each(act, ["swell", "a"], jobs=1, limits=QUICK)))
    assert found == ["needs more than 200 MiB of memory; given up", "A"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of Unix")
def test_a_library_that_gives_up_is_told_of_with_the_limit() -> None:
    found = reasons(list(each(act, ["abort", "a"], jobs=1, limits=QUICK)))
    assert "more than 200 MiB of memory are needed" in found[0] and found[1] == "A"


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> object:
        for n in range(1000):
            taken.append(n)
            yield f"a{n}"

    results = each(act, tasks(), jobs=1)  # type: ignore[arg-type]
    assert next(results) == "A0"
    assert len(taken) < 50
    results.close()  # type: ignore[attr-defined]


def test_nothing_to_do_starts_nothing() -> None:
    assert list(each(act, [])) == []
