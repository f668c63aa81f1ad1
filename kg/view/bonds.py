"""What ties states: rows of bits, one a state, and the communities that hold together."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

Weight = tuple[int, int, float]


def bits(places: Iterable[int], length: int) -> str:
    """A set of numbers below ``length`` as Base64: number n is bit n % 8 of byte n // 8.

    >>> base64.b64decode(bits([0, 9], 10))
    b'\\x01\\x02'
    """
    row = bytearray((length + 7) // 8)
    for place in places:
        row[place >> 3] |= 1 << (place & 7)
    return base64.b64encode(row).decode("ascii")


def follows_from_drafts(
    sponsored: Sequence[Sequence[int]], length: int, weights: Sequence[Weight]
) -> bool:
    """Whether the weights are just the drafts that two states share, and none is missing.

    >>> follows_from_drafts([[0, 1], [1]], 2, [(0, 1, 1)])
    True
    """
    import numpy as np

    if not length:
        return not weights
    rows = np.zeros((len(sponsored), length), dtype=np.float32)
    for place, drafts in enumerate(sponsored):
        rows[place, list(drafts)] = 1
    shared = np.triu(rows @ rows.T, 1)
    given = np.zeros_like(shared)
    for a, b, weight in weights:
        given[a, b] = weight
    return bool((shared == given).all())


def communities(count: int, weights: Sequence[Weight]) -> list[list[int]]:
    """Leiden communities, the largest first; states without a co-sponsor last, together.

    They are those of ``kg.analyse.communities``, so that a page and a table say the same. Within a
    community those with the strongest ties come first.
    """
    kept = [(a, b, weight) for a, b, weight in weights if a != b and weight > 0]
    bound = sorted({node for a, b, _ in kept for node in (a, b)})
    labels, strength = _labelled(bound, kept)
    groups: dict[int, list[int]] = {}
    for node in bound:
        groups.setdefault(labels[node], []).append(node)
    found = [sorted(group, key=lambda n: (-strength[n], n)) for group in groups.values()]
    found.sort(key=lambda group: (-len(group), group))
    alone = sorted(set(range(count)) - set(bound))
    return [*found, alone] if alone else found


def _labelled(
    nodes: Sequence[int], weights: Sequence[Weight]
) -> tuple[dict[int, int], dict[int, float]]:
    """Label and strength by node."""
    if not nodes:
        return {}, {}
    import numpy as np
    from scipy.sparse import coo_array, csr_matrix

    from kg.analyse.leiden import leiden

    at = {node: place for place, node in enumerate(nodes)}
    ends = np.array([(at[a], at[b]) for a, b, _ in weights])
    half = coo_array(([w for *_, w in weights], (ends[:, 0], ends[:, 1])), shape=(len(at),) * 2)
    whole = csr_matrix(half + half.T, dtype=float)
    labels = leiden(whole, seed=0, resolution=1.0)
    strength = np.asarray(whole.sum(axis=1)).ravel()
    return (
        {node: int(labels[place]) for node, place in at.items()},
        {node: float(strength[place]) for node, place in at.items()},
    )
