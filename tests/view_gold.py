"""Whether a page in a browser marks each citation of a gold record at the words that state it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

# What the page marks: of each fact the words and the paragraph it is marked in.
MARKED = """
const page = JSON.parse(document.getElementById("page-data").textContent);
return page.facts.map((fact, place) => {
  const marks = [...document.querySelectorAll(`main [role=button][data-f]`)]
    .filter((mark) => mark.dataset.f.split(" ").includes(String(place)) && !mark.matches(".sign"));
  return { ...fact, text: marks.map((mark) => mark.textContent).join(""),
    seen: marks.every((m) => m.getClientRects().length > 0) };
});
"""


def assert_gold_is_marked(tab: Any, gold: Path, *, citations: int) -> None:
    """Each citation of the gold is seen, in its paragraph, at words that name its target."""
    wanted = of_gold(gold)
    assert len(set(wanted)) == citations
    cited = [fact for fact in tab.run(MARKED) if fact["kind"] == "citation"]
    found = {(fact["paragraph"], fact["target"]): fact for fact in cited}
    for pair in wanted:
        fact = found[pair]
        assert fact["seen"]
        assert bare(fact["text"]) == bare(fact["quote"])
        # Whatever was extracted: the words that are marked name this very document.
        assert names(pair[1], fact["text"]), (pair, fact["text"])


def bare(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def of_gold(path: Path) -> list[tuple[str, str]]:
    """(paragraph's name, target) of every citation of a gold record, repeated ones too."""
    gold = json.loads(path.read_text(encoding="utf-8"))
    short = {"preambular": "pp", "operative": "op"}
    return [
        (f"draft-{text['label']}-{short[paragraph['kind']]}{paragraph['n']}", cited["target"])
        for text in gold["texts"]
        for paragraph in text["paragraphs"]
        for cited in paragraph["citations"]
    ]


def names(target: str, text: str) -> bool:
    """Whether words are those of a document: its symbol, or number, session and letter."""
    pieces = re.compile(r"[0-9]+|[A-Za-z]+")
    number = target.rpartition("/RES/")[2].rpartition("/DEC/")[2]
    return set(pieces.findall(number)) <= set(pieces.findall(text))
