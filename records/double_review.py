"""Blind double review: two people read a sample of values without seeing what the machine or the other one read."""

from __future__ import annotations

import math
from dataclasses import dataclass

Z_95 = 1.959963984540054
"""Two-sided 95 %: the quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval after Wilson (1927), which holds for small counts and for none at all."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """None where nothing was counted."""
        return self.count / self.of if self.of else None

    @property
    def low(self) -> float:
        return self._bounds()[0]

    @property
    def high(self) -> float:
        return self._bounds()[1]

    def _bounds(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        square = Z_95 * Z_95
        middle = (self.count + square / 2) / (self.of + square)
        half = Z_95 * math.sqrt(self.count * (self.of - self.count) / self.of + square / 4) / (self.of + square)
        # At the ends the formula is exact; its floating point is not.
        return (
            0.0 if self.count == 0 else max(middle - half, 0.0),
            1.0 if self.count == self.of else min(middle + half, 1.0),
        )


@dataclass(frozen=True, slots=True)
class DoubleRate:
    """What a round found of one field in one class of readings."""

    round_number: int
    target_kind: str
    field: str
    class_name: str
    """Who read it, and whether the readers agreed: the classes of confidence."""
    class_size: int
    """Rows or marks of the class in the snapshot that the sample was drawn from."""
    sampled: int
    read_twice: int
    agreed: int
    """Of those read twice: both people read the same."""
    settled: int
    """Agreed or adjudicated, and something that can be read: the truth to compare with."""
    unreadable: int
    """Agreed or adjudicated to be unreadable: the machine is neither right nor wrong there."""
    abstained: int
    """Of those settled: the machine says itself that it could not read it."""
    errors: int
    """Of those settled and not abstained: the machine reads something else."""

    @property
    def unsettled(self) -> int:
        """Read differently by two people, and nobody has settled it: in no error rate yet."""
        return self.read_twice - self.settled - self.unreadable

    @property
    def error(self) -> Interval:
        return Interval(self.errors, self.settled - self.abstained)

    @property
    def agreement(self) -> Interval:
        return Interval(self.agreed, self.read_twice)
