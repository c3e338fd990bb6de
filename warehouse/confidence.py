"""Measured frequencies of being right, by class. Data in ``confidence.toml``; what was not measured is not there."""

from __future__ import annotations

import importlib.resources
import tomllib
from collections.abc import Iterable

from records.errors import WarehouseError
from records.marks import Agreement, MarkStyle

_CLASSES: dict[str, Iterable[str]] = {
    "mark": [f"{style}/{agreement}" for style in MarkStyle for agreement in Agreement],
    "organization": [str(agreement) for agreement in Agreement],
}


FEWEST = 30
"""Of a class, from which on its frequency says anything: a class with fewer has no confidence."""


def confidences() -> list[tuple[str, str, float]]:
    """(mark or organization, class, frequency) for every class that was measured; ``WarehouseError`` on a class that
    does not exist or counts that cannot be."""
    text = importlib.resources.files("warehouse").joinpath("confidence.toml").read_text(encoding="utf-8")
    found = []
    for what, measured in tomllib.loads(text).items():
        for name, counts in measured.items():
            right, count = counts.get("right", 0), counts.get("of", 0)
            if name not in _CLASSES.get(what, ()) or not 0 < right <= count:
                raise WarehouseError(f"warehouse/confidence.toml: [{what}] {name} = {counts} cannot be.")
            if count >= FEWEST:
                found.append((what, name, right / count))
    return found
