"""Rules through text: struck out, or a row too low for it; never the rules above and below. Ids that run over."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.overflow import keep_ids_whole, struck_through


@pytest.mark.parametrize(
    ("rule", "is_struck"),
    [
        ((40.0, 200.0, 105.0), True),
        ((100.0, 126.0, 105.0), True),
        ((126.0, 200.0, 105.0), False),
        ((40.0, 200.0, 99.0), False),
        ((40.0, 200.0, 101.0), False),
        ((40.0, 200.0, 108.5), False),
        ((40.0, 200.0, 112.0), False),
    ],
    ids=["through all", "through half", "through the end", "above", "at the top", "underlined", "below"],
)
def test_a_rule_strikes_text_through_where_it_goes_through_its_letters(
    rule: tuple[float, float, float], is_struck: bool
) -> None:
    line = (np.array([100.0]), np.array([100.0]), np.array([150.0]), np.array([110.0]))
    assert struck_through(*line, np.array([rule, (0.0, 300.0, 500.0)])).tolist() == [is_struck]


def test_no_rules_strike_nothing() -> None:
    side = np.array([1.0, 2.0])
    assert not struck_through(side, side, side + 5, side + 5, np.empty((0, 3))).any()


ID = "1f0e9a52-3c11-42ef-9c61-5512a1bf03ad"


@pytest.mark.parametrize(
    ("text", "edge", "kept"),
    [
        (ID + "PortSample", 33, 36),
        (ID + "Adams", 34, 36),
        (ID[:34] + "Adams", 34, 34),
        ("x" + ID[1:] + "Port", 33, 33),
        (ID + "Port", 36, 36),
    ],
    ids=["runs over", "runs over, and the next begins like an id", "cut", "no id", "ends at the edge"],
)
def test_an_id_that_runs_over_its_edge_is_of_one_column(text: str, edge: int, kept: int) -> None:
    column = np.where(np.arange(len(text)) < edge, 0, 1)
    found, settled = keep_ids_whole(text, column, np.ones(len(text) - 1, np.bool_))
    assert found.tolist() == [0] * kept + [1] * (len(text) - kept)
    assert settled.sum() == (36 if text.startswith(ID) and edge <= 36 else 0)


def test_an_id_over_two_lines_is_left_to_them() -> None:
    column = np.array([0] * 33 + [1] * 3)
    is_word = np.ones(35, np.bool_)
    is_word[23] = False  # the second line begins
    assert keep_ids_whole(ID, column, is_word)[0].tolist() == column.tolist()
