"""Leiden communities of a matrix: scikit-network's, but the same on every run.

scikit-network refines a partition by the C library's ``rand()``, which no seed reaches: a second
call gives another answer, and another platform a third. Here the refinement takes the best
choice instead of a random good one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Labels = NDArray[np.int64]
# Of modularity; scikit-network sums in 32 bits, so that smaller gains may be noise.
TOLERANCE = 1e-6


def leiden(adjacency: csr_matrix, *, seed: int = 0, resolution: float = 1.0) -> Labels:
    """A label for each row of a symmetric matrix of positive weights: the largest group is 0.

    Each group is connected; a row without weights is a group of its own. ``seed`` 0 visits rows
    in their order, any other in one that it shuffles.

    Source: Traag, Waltman, van Eck 2019 (doi:10.1038/s41598-019-41695-z).
    """
    count = adjacency.shape[0]
    tied = np.flatnonzero(np.diff(adjacency.indptr))
    labels = np.arange(count, 2 * count)
    if len(tied):
        found = _refining()(
            resolution, tol_optimization=TOLERANCE, tol_aggregation=TOLERANCE,
            random_state=seed, shuffle_nodes=seed != 0, return_probs=False,
            return_aggregate=False,
        )  # fmt: skip
        labels[tied] = found.fit_predict(adjacency[tied][:, tied])
    return _by_size(_connected(adjacency, labels))


@cache
def _refining() -> Any:
    from sknetwork.clustering import Leiden

    class Refining(Leiden):  # type: ignore[misc]
        """Leiden with the refinement below in place of the random one."""

        def _optimize_refine(
            self, labels: Any, labels_refined: Any, adjacency: Any, out_weights: Any, _: Any
        ) -> Any:
            return refined(labels, adjacency, out_weights, resolution=self.resolution)

    return Refining


def refined(
    labels: Labels, adjacency: csr_matrix, weights: NDArray[np.float64], *, resolution: float
) -> Labels:
    """Parts of the groups: each row that is still alone joins the part it gains most by.

    ``adjacency`` and ``weights`` (its rows' sums) are divided by the sum of all, as in the
    modularity that is gained.
    """
    group, own = labels.tolist(), weights.tolist()
    starts, ends, data = (a.tolist() for a in (adjacency.indptr, adjacency.indices, adjacency.data))
    part, inside, size = list(range(len(group))), list(own), [1] * len(group)
    for row, label in enumerate(group):
        if size[part[row]] > 1:
            continue
        ties: dict[int, float] = {}
        for place in range(starts[row], starts[row + 1]):
            other = ends[place]
            if group[other] == label and other != row:
                ties[part[other]] = ties.get(part[other], 0.0) + data[place]
        gains = ((tie - resolution * own[row] * inside[to], -to) for to, tie in ties.items())
        gain, best = max(gains, default=(0.0, 0))
        if gain > 0:
            size[row], inside[row], part[row] = 0, 0.0, -best
            size[-best] += 1
            inside[-best] += own[row]
    return np.array(part, dtype=np.int64)


def _connected(adjacency: csr_matrix, labels: Labels) -> Labels:
    """The groups, those that hang together by nothing divided."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    ends = adjacency.tocoo()
    same = labels[ends.row] == labels[ends.col]
    within = csr_matrix((ends.data[same], (ends.row[same], ends.col[same])), adjacency.shape)
    _, found = connected_components(within, directed=False)
    return np.asarray(found, dtype=np.int64)


def _by_size(labels: Labels) -> Labels:
    """The same groups numbered by size, of one size by their first rows."""
    _, first, places = np.unique(labels, return_index=True, return_inverse=True)
    order = np.lexsort((first, -np.bincount(places, minlength=len(first))))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[places]
