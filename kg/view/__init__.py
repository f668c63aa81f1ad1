"""Pages to look at: one file each, interactive, working without a network."""

from __future__ import annotations

from kg.view.chain import chain_page
from kg.view.cosponsors import cosponsors_page
from kg.view.document import document_page
from kg.view.page import Page, write_page

__all__ = ["Page", "chain_page", "cosponsors_page", "document_page", "write_page"]
