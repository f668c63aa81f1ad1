"""The endpoint: SPARQL 1.1 Protocol over a store, for one machine."""

from kg.serve.settings import Settings

__all__ = ["Settings"]
