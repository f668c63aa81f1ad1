"""The page of a document: every fact at its own words, from a file and from a store."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile import HOSTILE, assert_harmless, hostile

from kg.demo import sample_paths
from kg.errors import ViewError
from kg.model import DocumentData, Paragraph, Record
from kg.pipeline import extract_paths
from kg.reread import Held, held, with_file
from kg.store import Store
from kg.triples import quads
from kg.view import document_page
from kg.view.facts import found_in, named_paragraphs
from kg.view.printed import cuts
from kg.view.words import LANGUAGES, TEMPLATES, words
from kg.vocab import UNKG


class Marks(HTMLParser):
    """The text of each fact as marked in the page, and of each paragraph."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.facts: defaultdict[int, str] = defaultdict(str)
        self.blocks: defaultdict[str, str] = defaultdict(str)
        self.notes: defaultdict[str, str] = defaultdict(str)
        self.signs: defaultdict[str, str] = defaultdict(str)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "input", "meta", "link"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "input", "meta", "link"):
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not any(tag == "main" for tag, _ in self.open):
            return
        if (self.open[-1][1].get("class") or "").split()[:1] == ["n"]:
            self.signs[self.open[-2][1].get("id") or ""] += data
            return
        for tag, attributes in self.open:
            if tag == "section":
                self.blocks[attributes.get("id") or ""] += data
            if attributes.get("class") == "note":
                self.notes[attributes.get("id") or ""] += data
            if attributes.get("role") == "button" and "sign" not in attributes["class"]:  # type: ignore[operator]
                for fact in (attributes["data-f"] or "").split():
                    self.facts[int(fact)] += data


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def bare(text: str) -> str:
    return "".join(text.split())


def put(store: Store, sample: Held, *, without: str = "") -> None:
    written = quads(sample.record, text=sample.text)
    found = [quad for quad in written if quad.predicate.value != without]
    store.put(found[0].graph_name.value, found)  # type: ignore[union-attr]


def read(path: Path) -> Held:
    (outcome,) = extract_paths([path])
    assert outcome.record
    return Held(record=outcome.record, text=outcome.text, gaps=())


@pytest.fixture(scope="module", params=sample_paths(), ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest) -> Held:
    return read(request.param)


@pytest.fixture(scope="module")
def again(sample: Held) -> Held:
    """The sample as a store without its whole text gives it back."""
    with Store.in_memory(ontology=False) as store:
        put(store, sample, without=UNKG.text)
        return held(store, store.graphs()[0])


def test_each_fact_is_marked_at_its_own_words(sample: Held) -> None:
    html = document_page(sample.record, sample.text)
    told, marks = data_of(html)["facts"], Marks(html)
    assert len(told) > 50
    for place, fact in enumerate(told):
        assert bare(marks.facts[place]) == bare(fact["quote"]), fact
    cited = [c for t in sample.record.texts for p in t.paragraphs for c in p.citations]
    shown = sorted((f["target"], f["start"], f["end"]) for f in told if f["kind"] == "citation")
    assert shown == sorted((c.target, c.start, c.end) for c in cited)


def test_nothing_of_the_text_is_lost_and_nothing_is_shown_twice(sample: Held) -> None:
    html = document_page(sample.record, sample.text)
    shown = "".join(Marks(html).blocks.values())
    shown = re.sub(r"\[\d+ characters.*?\]", "", shown)
    assert len(bare(shown)) == len(bare(sample.text))


def test_a_paragraph_shows_its_number_where_the_text_does_not(sample: Held) -> None:
    marks = Marks(document_page(sample.record, sample.text))
    numbers = {
        name: paragraph.n
        for paragraph, name, _ in named_paragraphs(sample.record)
        if paragraph.kind != "heading"
    }
    assert set(marks.signs) == set(numbers)
    for name, sign in marks.signs.items():
        printed = marks.blocks[name].strip().startswith(numbers[name])
        assert sign == ("¶" if printed else numbers[name])


def test_footnotes_stand_beside_their_markers(sample: Held) -> None:
    html = document_page(sample.record, sample.text)
    marks = Marks(html)
    assert marks.notes
    linked = re.findall(r'class="marker" href="#(note-\d+)"', html)
    assert set(linked) == set(marks.notes)
    for section in re.findall(r"<section.*?</section>", html, re.S):
        for note in re.findall(r'id="(note-\d+)"', section):
            assert f'href="#{note}"' in section


def test_paragraphs_are_named_as_in_the_graph(sample: Held) -> None:
    with Store.in_memory(ontology=False) as store:
        put(store, sample)
        of = "SELECT ?p WHERE { ?passage <https://w3id.org/unkg/ontology#passageOf> ?p }"
        known = {row[0].value.partition("#")[2] for row in store.select(of).rows}
    names = set(Marks(document_page(sample.record, sample.text)).blocks) - {""}
    assert names == known


def test_a_store_gives_back_the_record_and_its_offsets(sample: Held, again: Held) -> None:
    known = {at for start, end in again.gaps for at in range(start, end)}
    for at, (kept, printed) in enumerate(zip(again.text, sample.text, strict=False)):
        assert kept == printed or (at in known and kept == "\n")
    for members in ("citations", "states", "requests"):
        assert _places(again.record, members) == _places(sample.record, members)
    assert [(p.start, p.end, p.kind, p.n) for p in _paragraphs(again.record)] == [
        (p.start, p.end, p.kind, p.n) for p in _paragraphs(sample.record)
    ]
    for mine, theirs in zip(again.record.proposals, sample.record.proposals, strict=True):
        for name in ("symbol", "sponsors", "additional_sponsors", "adopted", "introduced"):
            assert getattr(mine, name) == getattr(theirs, name)
    assert len(again.record.unresolved) >= len(sample.record.unresolved)


def _paragraphs(record: Record) -> list[Paragraph]:
    found = [p for t in record.texts for p in t.paragraphs if p.end]
    return sorted(found, key=lambda p: p.start)


def _places(record: Record, members: str) -> list[tuple[Any, ...]]:
    facts: Iterator[Any] = (f for p in _paragraphs(record) for f in getattr(p, members))
    names = ("start", "end", "target", "via", "marker", "modality", "report")
    return sorted(tuple(str(getattr(f, n, "")) for n in names) for f in facts)


def test_a_page_from_a_store_is_that_from_the_file(sample: Held) -> None:
    with Store.in_memory(ontology=False) as store:
        put(store, sample)
        kept = held(store, store.graphs()[0])
    assert (kept.text, kept.gaps) == (sample.text, ())
    assert found_in(kept.record, language="en") == found_in(sample.record, language="en")
    pages = [document_page(found.record, found.text, language="en") for found in (kept, sample)]
    mine, theirs = (page.partition("<main")[2] for page in pages)
    assert mine == theirs


def test_a_text_that_is_not_the_one_that_was_read_is_not_shown(sample: Held) -> None:
    with Store.in_memory(ontology=False) as store:
        put(store, Held(record=sample.record, text=f"{sample.text} more", gaps=()))
        assert held(store, store.graphs()[0]).gaps


def test_a_page_from_an_older_store_marks_the_same_places_and_owns_its_gaps(
    sample: Held, again: Held
) -> None:
    html = document_page(again.record, again.text, gaps=again.gaps, language="en")
    told, marks = data_of(html)["facts"], Marks(html)
    assert all(bare(marks.facts[place]) == bare(f["quote"]) for place, f in enumerate(told))
    assert "characters that the store does not keep]" in html
    kinds = [f["kind"] for f in told]
    first = data_of(document_page(sample.record, sample.text))["facts"]
    for kind in ("citation", "request", "sponsor", "state"):
        assert kinds.count(kind) == [f["kind"] for f in first].count(kind)


def test_the_file_is_used_only_where_it_is_unchanged(again: Held, tmp_path: Path) -> None:
    path = next(path for path in sample_paths() if path.name == again.record.source)
    assert with_file(again, path.parent).text == path.read_text(encoding="utf-8")
    assert with_file(again, path.parent).gaps == ()
    (tmp_path / path.name).write_text(path.read_text(encoding="utf-8") + "more", encoding="utf-8")
    assert with_file(again, tmp_path) is again
    assert with_file(again, tmp_path / "missing") is again


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_stays_text(language: str) -> None:
    html = document_page(hostile(), HOSTILE, language=language)
    assert_harmless(html, scripts=2)
    assert f'<html lang="{language}" dir="{words(language)["direction"]}">' in html


def test_overlapping_facts_are_all_told_where_they_overlap() -> None:
    spans = [(0, 10, 0), (2, 4, 1), (3, 12, 2), (20, 30, 3)]
    found = {(cut.start, cut.end): cut.facts for cut in cuts(0, 14, spans)}
    assert found == {
        (0, 2): (0,), (2, 3): (1, 0), (3, 4): (1, 2, 0), (4, 10): (2, 0), (10, 12): (2,),
        (12, 14): (),
    }  # fmt: skip


def test_a_document_without_text_says_so() -> None:
    data = DocumentData(
        symbol="A/RES/70/1", symbol_from="printed", kind="resolution", organ="GA", committee=None,
        language="fr", session=70, agenda_item=None,
    )  # fmt: skip
    record = Record(source="", sha256="", language="fr", document=data)
    html = document_page(record, "")
    assert words("fr")["no_text"] in html
    with pytest.raises(ViewError, match="choose one of"):
        document_page(record, "", language="xx")


def test_the_templates_use_known_words_only() -> None:
    known = set(words("en"))
    for path in TEMPLATES.glob("*.html"):
        used = set(re.findall(r"\bsay\.(\w+)", path.read_text(encoding="utf-8")))
        assert used <= known, path.name
    used = set(re.findall(r'say\("(\w+)"\)', (TEMPLATES / "document.js").read_text()))
    assert used and used <= known
    script = (TEMPLATES / "document.js").read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", script)
