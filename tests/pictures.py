"""Make the pictures of the README from the project's own samples.

    python tests/pictures.py [FOLDER]

Writes ``chain.png``, ``cosponsors.png`` and ``document.png`` to FOLDER (``notebooks/pictures`` if
not given).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from view_browser import Tab, chromium

from kg.analyse import cosponsors
from kg.demo import demonstrate
from kg.reread import held
from kg.store import Store
from kg.view import cosponsors_page, document_page

WIDTH, HEIGHT = 1200, 820
# A paragraph that asks for something, opened.
REQUEST = """
const place = document.querySelector("#draft-I-op4");
place.querySelector(".m.request").click();
place.previousElementSibling.previousElementSibling.scrollIntoView({ block: "center" });
"""


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        with Store.open(Path(scratch) / "store") as store:
            chain = demonstrate(store).page
            states = cosponsors.projection(store)
            report = held(store, next(graph for graph in store.graphs() if "/en/A/97/512" in graph))
        pages = {
            "chain": (chain, ""),
            "cosponsors": (cosponsors_page(states, title="Co-sponsors"), ""),
            "document": (document_page(report.record, report.text), REQUEST),
        }
        driver = chromium(Path(scratch) / "profile")
        try:
            driver.set_window_size(WIDTH, HEIGHT)
            tab = Tab(driver, Path(scratch))
            for name, (html, act) in pages.items():
                tab.show(html)
                tab.run(act)
                tab.run("return new Promise((done) => setTimeout(done, 500))")
                driver.save_screenshot(str(folder / f"{name}.png"))
        finally:
            driver.quit()


if __name__ == "__main__":
    main(Path(*sys.argv[1:] or ("notebooks", "pictures")))
