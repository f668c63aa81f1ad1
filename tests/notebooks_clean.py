"""Run every notebook from a clean install: a clone, a new environment, the README's commands.

    python tests/notebooks_clean.py [FOLDER]

Installs ``.[notebook]`` with pip into FOLDER (a temporary one if not given) and executes each
notebook there from its first cell to its last. Prints seconds; ends with 1 if one fails.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=600, kernel_name="python3").execute()
print(sum(len(cell.get("outputs", ())) for cell in notebook.cells))
"""


def main(folder: Path) -> int:
    """Clone, install, run; how many notebooks failed."""
    clone, home = folder / "unkg", folder / "unkg" / ".venv"
    start = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    # Nothing of the environment this runs in is to be seen from there.
    clean = {
        k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "UNKG_", "VIRTUAL"))
    }
    install = [python, "-m", "pip", "install", "-q", ".[notebook]"]
    subprocess.run(install, cwd=clone, env=clean, check=True)
    print(f"installed: {time.perf_counter() - start:.0f} s")
    failed = 0
    for path in sorted((clone / "notebooks").glob("*.ipynb")):
        start = time.perf_counter()
        done = subprocess.run(
            [python, "-c", RUN, path.name],
            cwd=path.parent, env=clean, capture_output=True, text=True, check=False,
        )  # fmt: skip
        failed += done.returncode != 0
        told = f"{done.stdout.strip()} outputs" if not done.returncode else done.stderr[-2000:]
        print(f"{path.stem}: {time.perf_counter() - start:.0f} s, {told}")
    return failed


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(min(1, main(Path(sys.argv[1]))))
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(min(1, main(Path(scratch))))
