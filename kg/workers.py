"""Work done in processes that may fail: each task has limits, and a lost task costs only itself.

A document may hold a bomb, make a library crash or never come to an end. Each is read in a
process of its own pool with limits on time and memory; a process that breaks one is ended and
replaced. What comes back is in the order of the tasks, and only as much is under way as the
processes need, so that memory stays flat however many tasks there are.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Task = TypeVar("Task")
Result = TypeVar("Result")
# Tasks ahead of the one whose result is due, for each process.
_AHEAD = 8
# How a process ends that finds no memory: by abort(3), or by the system, which has none either.
_STARVED = (-6, -9)
# What a process holds of files (libraries, above all), which the system's limit does not count;
# and what it has for a document, however small the memory it is given.
_MAPPED = _LEAST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one task may take: seconds by the clock, and bytes of memory of its process."""

    seconds: float = 30.0
    memory: int = 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Why a task has no result, in words that follow the name of what was worked on."""

    reason: str


@dataclass(slots=True, eq=False)
class _Worker(Generic[Task]):
    """A process, and the task it is at."""

    process: BaseProcess
    connection: Connection
    number: int | None = None
    deadline: float = 0.0


@dataclass(slots=True)
class _Run(Generic[Task, Result]):
    """One run through the tasks: what is done is kept until its turn comes."""

    function: Callable[[Task], Result]
    limits: Limits
    context: BaseContext
    workers: list[_Worker[Task]] = field(default_factory=list)
    done: dict[int, Result | Lost] = field(default_factory=dict)

    def start(self) -> _Worker[Task]:
        ours, theirs = self.context.Pipe()
        process: BaseProcess = self.context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self.function, self.limits.memory), daemon=True
        )
        process.start()
        theirs.close()
        worker: _Worker[Task] = _Worker(process=process, connection=ours)
        self.workers.append(worker)
        return worker

    def give(self, worker: _Worker[Task], number: int, task: Task) -> None:
        worker.number, worker.deadline = number, time.monotonic() + self.limits.seconds
        try:
            worker.connection.send(task)
        except OSError:
            self.lose(worker, _ended(worker, self.limits))

    def collect(self) -> None:
        """Take the results that are there, and end what has run out of time."""
        from multiprocessing.connection import wait

        busy = [worker for worker in self.workers if worker.number is not None]
        left = min((worker.deadline for worker in busy), default=0.0) - time.monotonic()
        ready = set(wait([worker.connection for worker in busy], timeout=max(left, 0.0)))
        for worker in busy:
            if worker.connection in ready:
                self._receive(worker)
            elif time.monotonic() >= worker.deadline:
                seconds = self.limits.seconds
                self.lose(worker, f"was not read within {seconds:g} seconds; given up")

    def _receive(self, worker: _Worker[Task]) -> None:
        try:
            result = worker.connection.recv()
        except (EOFError, OSError):
            self.lose(worker, _ended(worker, self.limits))
            return
        if worker.number is not None:
            self.done[worker.number] = result
        worker.number = None

    def lose(self, worker: _Worker[Task], reason: str) -> None:
        if worker.number is not None:
            self.done[worker.number] = Lost(reason=reason)
        self.end(worker)

    def end(self, worker: _Worker[Task]) -> None:
        self.workers.remove(worker)
        worker.connection.close()
        worker.process.kill()
        worker.process.join()


def each(
    function: Callable[[Task], Result],
    tasks: Iterable[Task],
    *,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Iterator[Result | Lost]:
    """The results of a function for each task, in order, worked out by ``jobs`` processes.

    ``function`` is one of a module, its tasks and results can be sent to other processes. A task
    that takes too long, takes too much memory, or ends its process gives ``Lost``.

    >>> list(each(len, ["A/RES/70/1", "S/RES/2133(2014)"]))
    [10, 16]
    """
    run: _Run[Task, Result] = _Run(function, limits or Limits(), _context())
    waiting = enumerate(tasks)
    given = due = 0
    more = True
    try:
        while more or due < given:
            while more and given - due < _AHEAD * jobs and (worker := _idle(run, jobs)):
                following = next(waiting, None)
                if following is None:
                    more = False
                else:
                    run.give(worker, *following)
                    given += 1
            if due < given and due not in run.done:
                run.collect()
            while due in run.done:
                yield run.done.pop(due)
                due += 1
    finally:
        for worker in list(run.workers):
            run.end(worker)


def _idle(run: _Run[Task, Result], jobs: int) -> _Worker[Task] | None:
    """A process without a task, started where there are fewer than wanted."""
    found = next((worker for worker in run.workers if worker.number is None), None)
    if found is not None and not found.process.is_alive():
        run.end(found)
        found = None
    if found is None and len(run.workers) < jobs:
        return run.start()
    return found


def _context() -> BaseContext:
    """Processes that share nothing with this one: a store's threads must not be forked."""
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")


def _serve(connection: Connection, function: Callable[[Any], Any], memory: int) -> None:
    """What a process does: a task, its result, the next task, until nobody asks any more."""
    _limit_memory(memory)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            connection.send(_done(function, connection.recv(), memory))


def _done(function: Callable[[Any], Any], task: Any, memory: int) -> Any:
    try:
        return function(task)
    except MemoryError:
        return Lost(reason=f"needs more than {memory // 2**20} MiB of memory; given up")
    except RecursionError:
        return Lost(reason="is nested too deeply; given up")
    except Exception as error:  # whatever a document makes a library do costs that document only
        return Lost(reason=f"cannot be read: {type(error).__name__}: {error}")


def _limit_memory(memory: int) -> None:
    """Hold this process to an amount of memory, where the system can."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )
    most = max(memory - _MAPPED, used + _LEAST)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _ended(worker: _Worker[Any], limits: Limits) -> str:
    worker.process.join(timeout=1)
    code = worker.process.exitcode
    if code in _STARVED:
        # A library in another language that finds no memory ends the process without a word.
        most = f"{limits.memory // 2**20} MiB"
        return f"ended its process, as happens where more than {most} of memory are needed"
    if code is not None and code < 0:
        return f"ended the process that read it (signal {-code}); given up"
    return f"ended the process that read it (status {code}); given up"
