"""Fuzz for as long as wanted, led by what the inputs reach in the code (atheris, libFuzzer).

    pip install atheris                    # Apache-2.0; wheels for Linux, CPython 3.11 to 3.13
    python tests/fuzz_atheris.py symbols -max_total_time=3600
    python tests/fuzz_atheris.py documents corpus/ -max_total_time=3600 -timeout=30

The areas and what they must hold are those of ``tests/fuzz.py``: symbols, files, documents and
queries. What follows the area is libFuzzer's: a folder in which inputs that reach something new
are kept, ``-max_total_time=SECONDS``, ``-runs=N``. The first input that breaks a promise is told
with its traceback and kept as ``crash-…``; give that file in place of a folder to see it again.
``files`` takes the fuzzer's bytes as they are, for the others Hypothesis makes inputs of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def checks() -> dict[str, Callable[[bytes], Any]]:
    """What is done with the fuzzer's bytes, by area."""
    from fuzz import AREAS, NAMES, check_file
    from hypothesis import HealthCheck, given, settings

    from kg.errors import UnkgError

    def file(data: bytes) -> None:
        with suppress(UnkgError):
            check_file((data[1:], NAMES[data[0] % len(NAMES)] if data else "", None))

    def made(area: str) -> Callable[[bytes], Any]:
        check, strategy = AREAS[area]

        @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(strategy)
        def one(case: Any) -> None:
            with suppress(UnkgError):
                check(case)

        return one.hypothesis.fuzz_one_input  # type: ignore[attr-defined,no-any-return]

    return {"files": file} | {area: made(area) for area in AREAS if area != "files"}


def main() -> int:
    """``python tests/fuzz_atheris.py AREA [FOLDER] [-libfuzzer_option=…]``."""
    areas = ("symbols", "files", "documents", "queries")
    if len(sys.argv) < 2 or sys.argv[1] not in areas:
        print(f"usage: {Path(__file__).name} {'|'.join(areas)} [FOLDER] [-OPTION=…]")
        return 2
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris (Linux, CPython 3.11 to 3.13)")
        return 2
    # Only our own code is watched, so that the fuzzer is led by nothing else.
    with atheris.instrument_imports(include=["kg"]):
        check = checks()[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], check)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
