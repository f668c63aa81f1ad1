"""Measure how long pages take to open in headless Chromium, and how large their files are.

    python tests/benchmarks_pages.py

Chains of works that cite, and actors that sponsor together (200 states; a thousand states,
groups and observers). Seconds from asking for the file until ``data-drawn`` stands on the root
element and the page answers a script; requests are those beside the file itself.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
from view_browser import Tab, chromium

from kg.view import chain_page, cosponsors_page

SIZES = ((1000, 5000), (5000, 20_000), (50_000, 150_000))
# Actors and drafts; each draft has its sponsors from a bloc or two.
ACTORS = ((200, 4000), (1000, 4000))


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


def sponsors(actors: int, drafts: int) -> nx.Graph[Any]:
    """Actors in blocs of forty that sponsor drafts of twenty sessions, mostly with their own."""
    chance = random.Random(7)
    drafted: list[list[str]] = [[] for _ in range(actors)]
    shared: Counter[tuple[int, int]] = Counter()
    for number in range(drafts):
        symbol = f"A/C.3/{60 + number % 20}/L.{number}"
        bloc = 40 * chance.randrange(actors // 40)
        own = [bloc + n for n in range(40) if chance.random() < 0.4]
        guests = [n for n in range(actors) if chance.random() < 4 / actors]
        together = sorted({*own, *guests})
        for actor in together:
            drafted[actor].append(symbol)
        shared.update(combinations(together, 2))
    graph: nx.Graph[Any] = nx.Graph()
    for actor in range(actors):
        graph.add_node(actor, label=f"Actor {actor}", code=f"X{actor}", region="",
                       drafts=drafted[actor], joined=drafted[actor][::5])  # fmt: skip
    for (a, b), weight in shared.items():
        graph.add_edge(a, b, weight=weight)
    return graph


def opened(tab: Tab, html: str, act: str) -> str:
    """Seconds until the page is there and has answered, its size, its requests."""
    tab.write(html)
    start = time.perf_counter()
    tab.open()
    tab.run(act)
    took = time.perf_counter() - start
    size = len(html.encode()) / 1e6
    return f"{took:.1f} s, {size:.2f} MB, {len(tab.requests())} requests, drawn {tab.mark('drawn')}"


def main() -> None:
    """Print a line for each size."""
    with tempfile.TemporaryDirectory() as folder:
        driver = chromium(Path(folder) / "profile")
        try:
            tab = Tab(driver, Path(folder))
            for nodes, edges in SIZES:
                html = chain_page(made(nodes, edges), title=f"{nodes} documents")
                told = opened(tab, html, "choose({ node: 0 })")
                print(f"{nodes} documents, {edges} citations: {told}", flush=True)
            for actors, drafts in ACTORS:
                graph = sponsors(actors, drafts)
                start = time.perf_counter()
                html = cosponsors_page(graph, title=f"{actors} actors")
                written = time.perf_counter() - start
                told = opened(tab, html, "choose({ node: 0 })")
                moved = time.perf_counter()
                tab.find("#tier option[value=submitted]").click()
                moved = time.perf_counter() - moved
                print(f"{actors} actors, {graph.number_of_edges()} pairs: {told}, written in "
                      f"{written:.1f} s, counted anew in {moved:.1f} s", flush=True)  # fmt: skip
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
