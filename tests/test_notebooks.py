"""The notebooks run from the first cell to the last and show what they promise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CORPUS = ROOT.parent / "shared" / "corpus"
SOURCES = ("samples", "corpus")
# What the notebook shows, by cell; an empty text only asks for an output.
SHOWN = {
    "read-one-report": {
        "read": "1 added",
        "record": "draft-resolution",
        "cites": "回顾",
        "clauses": "PNG",
        "where": "《",
        "sponsors": "PNG",
        "page": "<iframe sandbox=",
    },
    "where-a-rule-comes-from": {
        "invoked": "回顾",
        "ways": "to the Rules",
        "origin": "steps from",
        "timeline": "PNG",
        "bars": "PNG",
        "roots": "not held",
        "page": "<iframe sandbox=",
    },
    "who-sponsors-with-whom": {
        "lift": "jaccard",
        "blocs": "modularity",
        "matrix": "PNG",
        "regions": "PNG",
        "bridges": "participation",
        "sentence": "A/C.3/",
        "page": "<iframe sandbox=",
    },
    "one-document-three-languages": {
        "read": "3 added",
        "differences": "0 citations are in one version",
        "words": "Transformer notre monde",
        "grid": "PNG",
        "sponsors": "斐济",
        "dumbbells": "PNG",
    },
    "sparql-for-lawyers": {
        "cites": "A/RES/70/175",
        "words": "verb",
        "due": "Requests the Secretary-General",
        "plot": "PNG",
        "steps": "A/RES/98/149",
        "error": "line 5, column 22",
        "library": "cited-by",
    },
}
OF_ONE_SOURCE = {
    ("where-a-rule-comes-from", "samples"): {
        "ways": "4 shortest chains of 3 steps",
        "invoked": "Règles Nelson Mandela",
    },
    ("where-a-rule-comes-from", "corpus"): {"invoked": "A/RES/79/183"},
    ("who-sponsors-with-whom", "samples"): {"blocs": "modularity 0.5"},
    ("who-sponsors-with-whom", "corpus"): {"regions": "PNG", "build": "'states': 166"},
    ("one-document-three-languages", "corpus"): {"where": "A/RES/7"},
}


# In a process of its own: the kernel's client leaves sockets and loops to the garbage collector.
EXECUTE = """
import sys
from pathlib import Path
import nbformat
from nbclient import NotebookClient
path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, timeout=240, resources={"metadata": {"path": folder}}).execute()
nbformat.write(notebook, str(Path(folder) / "executed.ipynb"))
"""


def executed(path: Path, folder: Path, source: str) -> Any:
    corpus = CORPUS if source == "corpus" else folder / "nothing"
    environment = {k: v for k, v in os.environ.items() if k not in ("MPLBACKEND", "UNKG_STORE")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", EXECUTE, str(path), str(folder)],
        env=environment | {"PYTHONPATH": str(ROOT), "UNKG_CORPUS": str(corpus)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert [path.name for path in folder.iterdir()] == ["executed.ipynb"]
    return json.loads((folder / "executed.ipynb").read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Future[Any]]]:
    """All notebooks on all sources, two at a time, each in an empty folder of its own."""
    with ThreadPoolExecutor(2) as pool:
        yield {
            (path.stem, source): pool.submit(
                executed, path, tmp_path_factory.mktemp(path.stem), source
            )
            for source in SOURCES
            if source == "samples" or CORPUS.is_dir()
            for path in NOTEBOOKS
        }


def outputs(cells: Any, cell_id: str) -> str:
    """What a cell printed and shows: text and HTML, and PNG for a picture."""
    cell = next(cell for cell in cells if cell["id"] == cell_id)
    shown = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        for text in (output.get("text"), data.get("text/plain"), data.get("text/html")):
            shown.append("".join(text or ()))
        shown.append("PNG" if "image/png" in data else "")
    return "\n".join(shown)


def code_of(path: Path) -> list[Any]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_every_notebook_is_tested() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_output_in_short_cells(path: Path) -> None:
    for cell in code_of(path):
        assert not cell["outputs"]
        assert cell["execution_count"] is None
        assert len(cell["source"]) <= 32, cell["id"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_use_public_names_only(path: Path) -> None:
    code = "".join(line for cell in code_of(path) for line in [*cell["source"], "\n"])
    assert "import kg" in code
    assert not [word for word in code.split() if "._" in word]


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_notebook_tells_its_story(
    name: str, source: str, runs: dict[tuple[str, str], Future[Any]]
) -> None:
    if (name, source) not in runs:
        pytest.skip(f"no corpus at {CORPUS}")
    cells = runs[name, source].result()
    promised = {**SHOWN[name], **OF_ONE_SOURCE.get((name, source), {})}
    missing = {cell: text for cell, text in promised.items() if text not in outputs(cells, cell)}
    assert not missing
    shown = [output for cell in cells for output in cell.get("outputs", ())]
    assert not [output for output in shown if output.get("name") == "stderr"]
