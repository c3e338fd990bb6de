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


def confidences() -> list[tuple[str, str, float]]:
    """(mark or organization, class, frequency) for every class that was measured; ``WarehouseError`` on a class that
    does not exist or a number that is no frequency."""
    text = importlib.resources.files("warehouse").joinpath("confidence.toml").read_text(encoding="utf-8")
    found = []
    for what, measured in tomllib.loads(text).items():
        for name, frequency in measured.items():
            if name not in _CLASSES.get(what, ()) or not 0 < frequency <= 1:
                raise WarehouseError(f"warehouse/confidence.toml: [{what}] {name} = {frequency} cannot be.")
            found.append((what, name, float(frequency)))
    return found
