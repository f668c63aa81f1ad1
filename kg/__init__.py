"""unkg: an open knowledge graph of United Nations documents.

The public names load on first use, so that ``import kg`` stays quick:

>>> import kg
>>> kg.parse_symbol("A/Res/70/1").iri
'https://undocs.org/A/RES/70/1'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.authority import load_authority as load_authority
    from kg.ingest import build as build
    from kg.model import Record as Record
    from kg.model import Source as Source
    from kg.pipeline import extract as extract
    from kg.pipeline import extract_paths as extract_paths
    from kg.query import ask as query
    from kg.record import as_data as as_data
    from kg.rows import Rows as Rows
    from kg.store import Endpoint as Endpoint
    from kg.store import Store as Store
    from kg.symbol import Symbol as Symbol
    from kg.symbol import parse as parse_symbol

__version__ = "0.1.0"

_NAMES = {
    "Endpoint": ("kg.store", "Endpoint"),
    "Record": ("kg.model", "Record"),
    "Rows": ("kg.rows", "Rows"),
    "Source": ("kg.model", "Source"),
    "Store": ("kg.store", "Store"),
    "Symbol": ("kg.symbol", "Symbol"),
    "as_data": ("kg.record", "as_data"),
    "build": ("kg.ingest", "build"),
    "extract": ("kg.pipeline", "extract"),
    "extract_paths": ("kg.pipeline", "extract_paths"),
    "load_authority": ("kg.authority", "load_authority"),
    "parse_symbol": ("kg.symbol", "parse"),
    # A module that can be called.
    "query": ("kg.query", ""),
}

__all__ = [
    "Endpoint",
    "Record",
    "Rows",
    "Source",
    "Store",
    "Symbol",
    "__version__",
    "as_data",
    "build",
    "extract",
    "extract_paths",
    "load_authority",
    "parse_symbol",
    "query",
]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, member = _NAMES[name]
    found = import_module(module)
    return getattr(found, member) if member else found


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
