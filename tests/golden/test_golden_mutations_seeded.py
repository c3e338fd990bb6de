"""Seeded damage of every kind: the rows read are the rows printed, or an issue says that something is wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.mutations import Outcome, try_kind
from samples.mutations import KINDS

SEEDS = 3
"""Of each kind; ``python -m benchmarks.mutations`` tries a hundred."""
FOLLOWED = {"drop_row", "duplicate_row", "duplicate_changed", "move_row", "shift_range", "drop_row_under_total"}
"""Kinds after which the rows must be read exactly as printed."""
NOTICED = {
    "duplicate_row": {"rows_repeated", "id_twice"},
    "swap_cells": {"value_unlike_column", "cell_shifted", "row_without_anchor", "rows_joined"},
    "blank_cell": {"empty_cell", "row_without_anchor", "rows_joined", "cell_shifted"},
    "drop_row_under_total": {"total_differs"},
    "cover_word": {"blacked_out"},
    "cover_word_white": {"blacked_out"},
    "word_as_picture": {"picture_not_read"},
}
"""Kinds that one document always betrays, and by what."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_goes_wrong_unseen(kind: str, folder: Path) -> None:
    outcome: Outcome = try_kind(kind, SEEDS, 0, folder, PLAIN)
    assert outcome.count == SEEDS and outcome.silent == 0, outcome.examples
    if kind in FOLLOWED:
        assert outcome.followed == SEEDS
    if kind in NOTICED:
        assert outcome.noticed == SEEDS and set(outcome.codes) & NOTICED[kind]


PLAIN: dict[tuple[str, int], Counter[str]] = {}
"""Issues of the undamaged prints, kept from one kind to the next."""
