"""The store: one named graph a document, ``put`` is replace, one writer."""

from kg.store.bulk import Loaded, Piece
from kg.store.content import Content
from kg.store.database import Change, Claim, Store
from kg.store.directory import write_atomically
from kg.store.graphs import AUTHORITY_GRAPH, ONTOLOGY_GRAPH, SYSTEM_GRAPHS, skolemised
from kg.store.reader import Answer, Reader
from kg.store.remote import Endpoint, open_reader

__all__ = [
    "AUTHORITY_GRAPH",
    "ONTOLOGY_GRAPH",
    "SYSTEM_GRAPHS",
    "Answer",
    "Change",
    "Claim",
    "Content",
    "Endpoint",
    "Loaded",
    "Piece",
    "Reader",
    "Store",
    "open_reader",
    "skolemised",
    "write_atomically",
]
