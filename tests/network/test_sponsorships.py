"""Sponsorships as columns: kept with the store, and what a selection takes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.errors import QueryError
from kg.network.selection import Incidence, Selection, incidence
from kg.network.sponsorships import Sponsorships, load
from kg.store import Store
from tests import sample_record
from tests.analyse.made_sponsors import STATES, made_store
from tests.analyse.test_graph import store_of


@dataclass
class Kept:
    """A reader with a folder that counts what it is asked."""

    store: Store
    folder: Path | None
    asked: int = 0

    @property
    def base(self) -> str:
        return self.store.base

    def pairs(self, predicate: str, value: str | None = None) -> Iterator[tuple[Any, Any]]:
        self.asked += 1
        return self.store.pairs(predicate, value)


@pytest.fixture(scope="module")
def made() -> Sponsorships:
    return load(made_store())


@pytest.fixture(scope="module")
def record() -> Sponsorships:
    return load(store_of([sample_record.report(), sample_record.report("zh")]))


def test_columns_are_kept_and_mapped(tmp_path: Path, made: Sponsorships) -> None:
    reader: Any = Kept(made_store(), tmp_path)
    first = load(reader)
    asked = reader.asked
    again = load(reader)
    assert reader.asked == asked, "the second time nothing is asked"
    for found in (first, again):
        columns = found.columns()
        assert set(columns) == set(made.columns())
        assert all(np.array_equal(columns[name], made.columns()[name]) for name in columns)
    assert isinstance(again.draft.base, np.memmap) and not again.draft.flags.writeable


def test_everything_is_sorted(made: Sponsorships) -> None:
    assert list(made.drafts) == sorted(made.drafts) and list(made.codes) == sorted(STATES)
    rows = list(zip(made.draft.tolist(), made.state.tolist(), made.tier.tolist(), strict=True))
    assert rows == sorted(set(rows))


def test_what_the_report_says_holds_for_its_drafts(record: Sponsorships) -> None:
    assert list(record.symbols) == [sample_record.FIRST, sample_record.SECOND]
    assert record.sessions.tolist() == [98, 98] and record.years.tolist() == [2043, 2043]
    assert list(record.subjects.names) == ["107"] and record.subjects.draft.tolist() == [0, 1]
    assert {"A-C.3", "GA"} <= set(record.organs.names)
    uncac = [iri.rsplit("/", 1)[-1] for iri in record.instruments.names]
    assert "uncac" in uncac


def test_titles_are_english_where_there_is_one() -> None:
    chinese = load(store_of([sample_record.report("zh")]))
    both = load(store_of([sample_record.report(), sample_record.report("zh")]))
    assert chinese.titles[0] == "河流及其档案" and both.titles[0] == "Rivers and their archives"


def drafts(found: Incidence) -> set[str]:
    return {found.sponsors.symbols[draft] for draft in found.drafts}


def test_each_condition_narrows(made: Sponsorships) -> None:
    everything = drafts(incidence(made))

    def only(wanted: Iterable[str]) -> set[str]:
        return everything & set(wanted)

    by_session = drafts(incidence(made, Selection(sessions=frozenset({71}))))
    assert by_session == only(s for s in everything if "/71/" in s)
    third = drafts(incidence(made, Selection(organs=frozenset({"A/C.3"}))))
    assert third == only(s for s in everything if s.startswith("A/C.3"))
    assert drafts(incidence(made, Selection(organs=frozenset({"GA"})))) == everything
    years = drafts(incidence(made, Selection(since=2016, until=2017)))
    assert years == only(s for s in everything if "/71/" in s or "/72/" in s)
    untoc = drafts(incidence(made, Selection(instruments=frozenset({"untoc"}))))
    assert untoc == only(s for s in everything if int(s.rsplit(".", 1)[1]) % 2 == 0)
    all_of_it = Selection(
        sessions=frozenset({71}), organs=frozenset({"A/C.3"}), instruments=frozenset({"untoc"})
    )
    assert drafts(incidence(made, all_of_it)) == by_session & third & untoc


def test_an_agenda_item_takes_its_sub_items(made: Sponsorships) -> None:
    whole = drafts(incidence(made, Selection(subjects=frozenset({"101"}))))
    part = drafts(incidence(made, Selection(subjects=frozenset({"101 (a)"}))))
    assert part < whole
    assert {int(s.rsplit(".", 1)[1]) % 5 for s in whole} == {1}


def test_tiers(made: Sponsorships) -> None:
    whole = incidence(made)
    joined = incidence(made, Selection(tiers=frozenset({"joined"})))
    submitted = incidence(made, Selection(tiers=frozenset({"submitted"})))
    assert len(joined.draft) + len(submitted.draft) == len(whole.draft)
    assert joined.joined.all() and not submitted.joined.any()
    assert whole.joined.sum() == len(joined.draft)


def test_a_state_in_both_tiers_is_one_sponsor() -> None:
    record = sample_record.report()
    twice = replace(record.proposals[0], additional_sponsors=("KEN",))
    store = store_of([replace(record, proposals=(twice,))])
    sponsors = load(store)
    assert len(sponsors) == 3 and sorted(sponsors.tier.tolist()) == [0, 0, 1]
    found = incidence(sponsors)
    assert found.joined[found.codes.index("KEN")] and len(found.draft) == 2


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(organs=frozenset({"A/C.9"})), "the organ A-C.9; some are A-C"),
        (Selection(subjects=frozenset({"999"})), "the agenda item 999; some are"),
        (
            Selection(instruments=frozenset({"untocc"})),
            "the instrument untocc; some are crc, untoc",
        ),
    ],
)
def test_a_value_that_no_draft_has_is_said(
    made: Sponsorships, selection: Selection, message: str
) -> None:
    with pytest.raises(QueryError, match=message.replace("(", r"\(")):
        incidence(made, selection)


def test_nothing_chosen_is_an_empty_answer(made: Sponsorships) -> None:
    found = incidence(made, Selection(sessions=frozenset({3})))
    assert len(found.drafts) == len(found.states) == len(found.draft) == 0
    assert found.matrix.shape == (0, 0)


def test_an_empty_store() -> None:
    found = incidence(Store.in_memory(ontology=False))
    assert found.totals.tolist() == found.sizes.tolist() == []
