"""What hangs together, from which stands beside which."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def parts_of(beside: NDArray[np.bool_]) -> tuple[int, list[int]]:
    """How many parts are connected by *beside* (n x n, symmetric), and the part of every member."""
    part = [-1] * len(beside)
    count = 0
    for start in range(len(beside)):
        if part[start] >= 0:
            continue
        reached = [start]
        while reached:
            at = reached.pop()
            if part[at] < 0:
                part[at] = count
                reached += np.flatnonzero(beside[at]).tolist()
        count += 1
    return count, part
