"""Rules through text: struck out, or a row too low for it; never the rules above and below."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.overflow import struck_through


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
