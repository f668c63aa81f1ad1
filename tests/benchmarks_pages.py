"""Measure how long pages take to open in headless Chromium, and how large their files are.

    python tests/benchmarks_pages.py

Seconds from asking for the file until ``data-drawn`` stands on the root element and the page
answers a script; requests are those beside the file itself.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
from view_browser import Tab, chromium

from kg.view import chain_page

SIZES = ((1000, 5000), (5000, 20_000), (50_000, 150_000))


def made(nodes: int, edges: int) -> nx.MultiDiGraph[Any]:
    """Resolutions of eighty years that cite earlier ones, with a clause each."""
    chance = random.Random(7)
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for n in range(nodes):
        year = 1946 + 80 * n // nodes
        label = f"A/RES/{year - 1945}/{n}"
        title = f"Strengthening programme {n} for the benefit of all"
        kind, organ = (
            chance.choice(["resolution", "decision", "treaty"]),
            chance.choice(["GA", "SC"]),
        )
        graph.add_node(n, label=label, symbol=label, title=title, kind=kind, organ=organ, year=year)
    for number in range(edges):
        citing = int(nodes * chance.random() ** 0.6)
        cited = int(citing * chance.random())
        quote = f"Recalling its resolution {cited}, in which it called for further steps {number},"
        words = {"quote": quote, "mention_start": 10, "mention_end": 24, "language": "en"}
        graph.add_edge(citing, cited, clause="recalls", paragraph=f"pp{number % 14}", **words)
    return graph


def main() -> None:
    """Print a line for each size."""
    with tempfile.TemporaryDirectory() as folder:
        driver = chromium(Path(folder) / "profile")
        try:
            for nodes, edges in SIZES:
                html = chain_page(made(nodes, edges), title=f"{nodes} documents")
                tab = Tab(driver, Path(folder))
                tab.write(html)
                start = time.perf_counter()
                tab.open()
                tab.run("choose({ node: 0 })")
                took = time.perf_counter() - start
                size = len(html.encode()) / 1e6
                print(f"{nodes} documents, {edges} citations: {took:.1f} s, {size:.2f} MB, "
                      f"{len(tab.requests())} requests, drawn {tab.mark('drawn')}")  # fmt: skip
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
