"""Which characters of a page are asked for their direction."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.turned import spread


@pytest.mark.parametrize("period", [2, 7, 41, 100, 193])
def test_characters_asked_do_not_stand_at_one_place_of_rows_of_one_length(period: int) -> None:
    for rows in (30, 60, 120, 240):
        asked = spread(rows * period)
        assert asked == sorted(set(asked)) and asked[0] >= 0 and asked[-1] < rows * period
        assert max(Counter(i % period for i in asked).values()) <= 0.6 * len(asked)


def test_a_page_without_text_is_asked_nothing() -> None:
    assert spread(0) == []
