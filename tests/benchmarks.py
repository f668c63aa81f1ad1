"""Measure what users wait for, as ratios to plain yardsticks on the same machine.

    python tests/benchmarks.py

Yardsticks: starting Python for nothing, and one pass of one regular expression over the same
text. Best of several runs; seconds beside the ratios are this machine's.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT.parent / "shared" / "corpus" / "zh" / "A_72_440.zh.txt"
SAMPLE = ROOT / "kg" / "samples" / "A_98_447.zh.txt"
TOUCH = "import time; start = time.perf_counter(); {}; print(time.perf_counter() - start)"


def best(measure: Callable[[], float], *, runs: int = 7) -> float:
    """The shortest of several measurements, in seconds."""
    return min(measure() for _ in range(runs))


def process(*words: str) -> float:
    """Seconds that a Python process with these arguments takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, check=True)
    return time.perf_counter() - start


def inside(statement: str) -> float:
    """Seconds that a statement takes in a fresh interpreter, start-up not counted."""
    done = subprocess.run(
        [sys.executable, "-c", TOUCH.format(statement)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return float(done.stdout)


def one_pattern(text: str) -> float:
    """Seconds of one pass of a pattern for resolution numbers."""
    pattern = re.compile(r"[0-9]{1,4}\s*/\s*[0-9]{1,4}|[0-9]{1,4}\s*\([0-9IVXL]+\)")
    start = time.perf_counter()
    sum(1 for _ in pattern.finditer(text))
    return time.perf_counter() - start


def extraction(path: Path) -> float:
    """Seconds of one extraction in a process that has already done one."""
    from kg.pipeline import extract_paths

    start = time.perf_counter()
    list(extract_paths([path]))
    return time.perf_counter() - start


def row(name: str, seconds: float, yardstick: float, unit: str) -> None:
    print(f"{name:40s} {seconds * 1000:9.1f} ms  {seconds / yardstick:8.1f} x {unit}")


def main() -> int:
    sys.path.insert(0, str(ROOT))
    path = REPORT if REPORT.exists() else SAMPLE
    nothing = best(lambda: process("-c", "pass"))
    row("python -c pass", nothing, nothing, "python -c pass")
    row("kg --help", best(lambda: process("-m", "kg", "--help")), nothing, "python -c pass")
    row("import kg", best(lambda: inside("import kg")), nothing, "python -c pass")
    row("load_authority()", best(_authority, runs=3), nothing, "python -c pass")
    text = path.read_text(encoding="utf-8")
    scan = best(lambda: one_pattern(text), runs=20)
    row(f"first kg extract {path.name}", best(_first(path), runs=3), nothing, "python -c pass")
    row(f"extract {path.name}, started up", best(lambda: extraction(path)), scan, "one pattern")
    return 0


def _authority() -> float:
    return inside("from kg.authority import load_authority; load_authority()")


def _first(path: Path) -> Callable[[], float]:
    return lambda: process("-m", "kg", "extract", "--format", "json", str(path))


if __name__ == "__main__":
    sys.exit(main())
