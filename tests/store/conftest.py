"""A filled store in memory, for tests that only read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store import Store
from tests.sample_store import fill


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        fill(made)
        yield made
