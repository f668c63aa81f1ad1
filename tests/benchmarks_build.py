"""Measure reading and building, each beside a yardstick of the same run.

    python tests/benchmarks_build.py [--files 3000] [--large] [--jobs 2] [--only PART …]

Parts: ``extract`` (bytes to record in one warm process, English, French and Chinese documents of
``--corpus``, beside one pass of one compiled regular expression over the same text), ``build``
(``kg build`` of the English and French documents into a new store), ``again`` (copies of the
samples in ``kg/samples``, each under a symbol of its own: the first build, then one with nothing
changed), ``memory`` (peak of all processes of a build of 300 and of ``--files`` such copies, with
``--large`` of 30,000) and ``start``. Seconds are this machine's, at the load printed first; where
other work goes on, believe the ratios and the work of the processors.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PATTERN = re.compile(r"[0-9]{1,4}\s*/\s*[0-9]{1,4}|[0-9]{1,4}\s*\([0-9IVXL]+\)")
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = ("start", "extract", "build", "again", "memory")


def row(name: str, figure: str, ratio: str = "", wanted: str = "") -> None:
    print(f"{name:44s} {figure:>18s}  {ratio:44s} {wanted}", flush=True)


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def kg(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "kg", *map(str, words)]


def run(command: Sequence[str]) -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True)


def seconds(command: Sequence[str], *, times: int = 1) -> float:
    """The shortest of several runs."""
    return min(timed(lambda: run(command)) for _ in range(times))


def documents(corpus: Path, language: str) -> list[Path]:
    if language == "zh":
        return sorted([*(corpus / "zh").glob("*.zh.txt"), *(corpus / "zh_en").glob("*.zh.txt")])
    return sorted((corpus / "en_fr").glob(f"*.{language}.*"))


def copies(folder: Path, count: int) -> Path:
    """So many samples, each under a symbol of its own."""
    from kg.demo import sample_paths

    folder.mkdir()
    samples = [(path, path.read_text(encoding="utf-8")) for path in sample_paths()]
    for number in range(count):
        path, text = samples[number % len(samples)]
        symbol = path.name.split(".")[0].replace("_", "/")
        name = path.name.replace(".", f"{number:05}.", 1)
        (folder / name).write_text(text.replace(symbol, f"{symbol}{number:05}"), "utf-8")
        # A file that was written just now would be read again: it may change once more.
        os.utime(folder / name, ns=(10**18, 10**18))
    return folder


def start(scratch: Path) -> None:
    """Python for nothing, the command for nothing, a build of nothing."""
    empty, store = scratch / "empty", scratch / "nothing"
    empty.mkdir()
    python = seconds([sys.executable, "-c", "pass"], times=5)
    row("python -c pass", f"{python:.3f} s")
    made = kg("build", empty, "--store", store)
    for name, command, times in (
        ("kg --help", kg("--help"), 5),
        ("kg build of nothing, into a new store", made, 1),
        ("kg build of nothing", made, 5),
    ):
        taken = seconds(command, times=times)
        wanted = "" if "new" in name else "< 0.4 s"
        row(name, f"{taken:.3f} s", f"{taken / python:.1f} x python -c pass", wanted)


def extract(corpus: Path) -> None:
    """Megabytes of text a second, from a file's bytes to its record."""
    from kg.inputs import inputs_of
    from kg.pipeline import outcome_of

    for language, wanted in (("en", 4), ("fr", 4), ("zh", 2)):
        paths = documents(corpus, language)
        if not paths:
            continue
        tasks = inputs_of(paths)
        texts = [path.read_text(encoding="utf-8") for path in paths]
        size = sum(path.stat().st_size for path in paths) / 1e6

        def read(tasks: Sequence[object] = tasks) -> None:
            for task in tasks:
                outcome_of(task)  # type: ignore[arg-type]

        def scan(texts: Sequence[str] = texts) -> None:
            for text in texts:
                sum(1 for _ in PATTERN.finditer(text))

        first, taken = timed(read), min(timed(read) for _ in range(2))
        yardstick = min(timed(scan) for _ in range(5))
        row(
            f"extract {len(paths)} documents, {language}, {size:.1f} MB",
            f"{size / taken:.2f} MB/s",
            f"{taken / yardstick:.1f} x one pattern ({size / yardstick:.0f} MB/s);"
            f" first pass {first:.1f} s",
            f">= {wanted} MB/s",
        )


def build(scratch: Path, corpus: Path, jobs: int) -> None:
    """Documents a second of the whole build, start-up included and not."""
    files = [*documents(corpus, "en"), *documents(corpus, "fr")]
    if not files:
        return
    folder, empty = corpus / "en_fr", scratch / "none"
    empty.mkdir()
    idle = seconds(kg("build", empty, "--store", scratch / "idle"))
    seen = watched(kg("build", folder, "--jobs", str(jobs), "--store", scratch / "en_fr"))
    work = sum(seen.work.values()) / len(files)
    row(
        f"build {len(files)} documents, --jobs {jobs}",
        f"{len(files) / seen.seconds:.1f} documents/s",
        f"{len(files) / (seen.seconds - idle):.1f} documents/s without start-up",
        ">= 40 documents/s",
    )
    row(
        "work of its processors",
        f"{work * 1000:.0f} ms a document",
        f"{jobs / work:.1f} documents/s",
    )
    told(len(files), seen)


def again(scratch: Path, folder: Path, files: int, jobs: int) -> None:
    """A build with nothing changed beside the first, the start of the command deducted."""
    store, empty = scratch / "again", scratch / "unfilled"
    empty.mkdir()
    command = kg("build", folder, "--jobs", str(jobs), "--store", store)
    seen = watched(command)
    first = seen.seconds
    idle = seconds(kg("build", empty, "--store", store), times=3)
    second = seconds(command, times=3)
    row(f"first build of {files} copies", f"{first:.1f} s", f"{files / first:.1f} documents/s")
    row(
        f"nothing changed in {files} copies",
        f"{second:.2f} s",
        f"{(first - idle) / max(second - idle, 0.001):.0f} times faster without start-up",
        ">= 20 times",
    )
    told(files, seen)


def memory(scratch: Path, counts: Sequence[int], jobs: int) -> None:
    for count in counts:
        folder = copies(scratch / f"copies-{count}", count)
        store = scratch / f"store-{count}"
        told(count, watched(kg("build", folder, "--jobs", str(jobs), "--store", store)))


def told(files: int, seen: Watched) -> None:
    row(
        f"peak memory, {files} documents",
        f"{seen.largest / 2**20:.0f} MiB",
        f"the largest process; all together {seen.together / 2**20:.0f} MiB",
        "< 600 MB, flat",
    )


@dataclass(slots=True)
class Watched:
    """What a command and its processes took: bytes at their peak, seconds by clock and of work."""

    seconds: float = 0.0
    largest: int = 0
    together: int = 0
    work: dict[int, float] = field(default_factory=dict)

    def look(self, session: int) -> None:
        """Note what the processes of a session have taken so far."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                fields = (entry / "stat").read_text().rpartition(") ")[2].split()
                if int(fields[3]) != session:
                    continue
                self.work[int(entry.name)] = (int(fields[11]) + int(fields[12])) / TICKS
                told = (entry / "smaps_rollup").read_text()
            except OSError:
                continue
            # What processes share is shared out among them.
            found += [int(size) * 1024 for size in re.findall(r"^Pss:\s+(\d+) kB", told, re.M)]
        self.largest = max(self.largest, max(found, default=0))
        self.together = max(self.together, sum(found))


def watched(command: Sequence[str]) -> Watched:
    """A command looked at ten times a second while it runs."""
    seen, over = Watched(), threading.Event()
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL, start_new_session=True
    )

    def watch() -> None:
        while not over.wait(0.1):
            seen.look(process.pid)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        assert process.wait() == 0, command
    finally:
        over.set()
        watcher.join()
    seen.seconds = time.perf_counter() - begin
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--large", action="store_true", help="memory at 30,000 files too")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    given = parser.parse_args()
    row("load before", f"{os.getloadavg()[0]:.1f}", f"{os.cpu_count()} processors")
    with tempfile.TemporaryDirectory(prefix="unkg-benchmark-") as name:
        scratch = Path(name)
        if "start" in given.only:
            start(scratch)
        if "extract" in given.only:
            extract(given.corpus)
        if "build" in given.only:
            build(scratch, given.corpus, given.jobs)
        if "memory" in given.only:
            memory(scratch, [min(300, given.files)], given.jobs)
        if "again" in given.only:
            folder = copies(scratch / "copies", given.files)
            again(scratch, folder, given.files, given.jobs)
        if given.large:
            memory(scratch, [30_000], given.jobs)
    row("load after", f"{os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
