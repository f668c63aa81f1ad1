"""The notebooks run from the first cell to the last and show what they promise."""

from __future__ import annotations

import os
import warnings
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
        "sentence": "Subsequently",
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
        "words": "Nelson Mandela Rules",
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
    ("one-document-three-languages", "corpus"): {"where": "A/RES/70"},
}


def executed(path: Path, folder: Path, source: str) -> Any:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(folder)}})
    corpus = CORPUS if source == "corpus" else folder / "nothing"
    client.execute(
        env={**os.environ, "PYTHONPATH": str(ROOT), "UNKG_CORPUS": str(corpus), "MPLBACKEND": ""}
    )
    return notebook


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Future[Any]]]:
    """All notebooks on all sources, two at a time, each in an empty folder of its own."""
    with warnings.catch_warnings():
        # The kernel's client libraries announce their own plans here.
        warnings.simplefilter("ignore")
        with ThreadPoolExecutor(2) as pool:
            yield {
                (path.stem, source): pool.submit(
                    executed, path, tmp_path_factory.mktemp(path.stem), source
                )
                for source in SOURCES
                if source == "samples" or CORPUS.is_dir()
                for path in NOTEBOOKS
            }


def outputs(notebook: Any, cell_id: str) -> str:
    """What a cell printed and shows: text and HTML, and PNG for a picture."""
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    shown = []
    for output in cell.outputs:
        data = output.get("data", {})
        shown += [output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")]
        shown.append("PNG" if "image/png" in data else "")
    return "\n".join(shown)


def code_of(path: Path) -> list[Any]:
    import nbformat

    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_every_notebook_is_tested() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_output_in_short_cells(path: Path) -> None:
    for cell in code_of(path):
        assert not cell.outputs
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= 26, cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_use_public_names_only(path: Path) -> None:
    code = "\n".join(cell.source for cell in code_of(path))
    assert "import kg" in code
    assert not [word for word in code.split() if "._" in word]


# pyzmq leaves sockets to the garbage collector when a kernel ends.
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_notebook_tells_its_story(
    name: str, source: str, runs: dict[tuple[str, str], Future[Any]]
) -> None:
    if (name, source) not in runs:
        pytest.skip(f"no corpus at {CORPUS}")
    notebook = runs[name, source].result()
    promised = {**SHOWN[name], **OF_ONE_SOURCE.get((name, source), {})}
    missing = {cell: text for cell, text in promised.items() if text not in outputs(notebook, cell)}
    assert not missing
    noisy = [
        o for cell in notebook.cells for o in cell.get("outputs", []) if o.get("name") == "stderr"
    ]
    assert not noisy
