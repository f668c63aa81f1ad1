"""The notebooks run from the first cell to the last and show what they promise."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def executed(path: Path, folder: Path) -> Any:
    with warnings.catch_warnings():
        # The kernel's client libraries announce their own plans here.
        warnings.simplefilter("ignore")
        import nbformat
        from nbclient import NotebookClient

        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook, timeout=120, resources={"metadata": {"path": str(folder)}}
        )
        client.execute(env={**os.environ, "PYTHONPATH": str(ROOT)})
    return notebook


def outputs(notebook: Any, cell_id: str) -> str:
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    texts = [
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for output in cell.outputs
    ]
    return "\n".join(texts)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_output(path: Path) -> None:
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    assert not [cell for cell in cells if cell.cell_type == "code" and cell.outputs]


# pyzmq leaves sockets to the garbage collector when a kernel ends.
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("place", ["notebooks", "elsewhere"])
def test_read_one_report_answers_its_questions(place: str, tmp_path: Path) -> None:
    """In its folder it finds the corpus, if there is one; elsewhere it falls back on the sample."""
    path = ROOT / "notebooks" / "read-one-report.ipynb"
    notebook = executed(path, path.parent if place == "notebooks" else tmp_path)
    assert "1 added" in outputs(notebook, "read")
    assert "A/C.3/" in outputs(notebook, "cites")
    assert "回顾" in outputs(notebook, "clauses")
    assert "pairs of states" in outputs(notebook, "sponsors")
    assert "submitted" in outputs(notebook, "tiers")
    if place == "elsewhere":
        assert "sendai-framework" in outputs(notebook, "instruments")
        assert "《儿童权利公约》" in outputs(notebook, "where")
