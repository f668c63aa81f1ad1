"""The shape of the code: sizes, the direction of imports, what loads when."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))
HEAVY = (
    "rdflib", "networkx", "spacy", "pyvis", "pyshacl", "numpy", "pyoxigraph", "rich", "jinja2",
    "pypdfium2", "scipy", "sknetwork", "starlette", "uvicorn", "httpx", "distributed",
)  # fmt: skip

# Data flows one way: a module imports only from its own line and the lines above it.
LAYERS = (
    ("kg.errors",),
    ("kg.files",),
    ("kg.rows",),
    ("kg.model", "kg.sparql", "kg.numerals"),
    ("kg.record", "kg.symbol", "kg.stretch"),
    ("kg.iri", "kg.languages", "kg.outline"),
    ("kg.vocab", "kg.cuts", "kg.hyphens"),
    ("kg.shacl",),
    ("kg.checks",),
    ("kg.lines",),
    ("kg.entity",),
    ("kg.authority", "kg.markers"),
    ("kg.markup",),
    ("kg.read", "kg.parts"),
    ("kg.workers",),
    ("kg.walk",),
    ("kg.margins", "kg.openings"),
    ("kg.segment",),
    # What a mention is and what it stands for are decided hand in hand.
    ("kg.recognise", "kg.resolve"),
    ("kg.extract", "kg.nlp"),
    ("kg.triples",),
    ("kg.validate",),
    ("kg.store",),
    ("kg.entries",),
    (
        "kg.lookup",
        "kg.holdings",
        "kg.import_stream",
        "kg.imports",
        "kg.reread",
        "kg.reread_proposals",
        "kg.reread_requests",
    ),
    ("kg.query",),
    ("kg.quality",),
    ("kg.network",),
    ("kg.analyse",),
    ("kg.export", "kg.view", "kg.harvest"),
    ("kg.serve",),
    ("kg.inputs",),
    ("kg.pipeline", "kg.ledger"),
    ("kg.batch",),
    ("kg.ingest", "kg.fetch"),
    ("kg.cluster",),
    ("kg.demo",),
    ("kg.cli",),
    ("kg.__main__",),
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(name: str) -> int | None:
    places = (
        number
        for number, names in enumerate(LAYERS)
        for known in names
        if name == known or name.startswith(f"{known}.")
    )
    return next(places, None)


def imports_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_nine_functions_in_ten_are_short() -> None:
    lengths = dict(pair for path in MODULES for pair in functions_of(path))
    long = {name: length for name, length in lengths.items() if length > 25}
    assert len(long) <= len(lengths) / 10, long


@pytest.mark.parametrize("path", [p for p in MODULES if name_of(p) != "kg"], ids=name_of)
def test_imports_point_upwards(path: Path) -> None:
    own = layer_of(name_of(path))
    assert own is not None, "a new module gets its place in LAYERS"
    for name in imports_of(ast.parse(path.read_text(encoding="utf-8"))):
        if name.startswith("kg.") and name != "kg.__version__":
            other = layer_of(name)
            assert other is not None, name
            assert other <= own, f"{name_of(path)} imports {name}, which lies further down"


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"helpers", "helper", "utils", "util", "common", "misc"}
    assert not [path for path in MODULES if path.stem in drawers]


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("statement", ["import kg", "import kg.cli"])
def test_heavy_packages_wait_until_they_are_needed(statement: str) -> None:
    assert not loaded_by(statement) & set(HEAVY)


def test_public_names_exist() -> None:
    import kg

    assert all(getattr(kg, name) is not None for name in kg.__all__)
    assert set(kg._NAMES) | {"__version__"} == set(kg.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.nothing


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_linters_have_nothing_to_say(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
