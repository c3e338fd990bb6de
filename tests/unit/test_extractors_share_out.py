"""Strips of text go to the headings above them; words of one column stay together."""

from __future__ import annotations

import pytest

from extractors.share_out import share_out
from extractors.strips import Span

NO_COST = [[0.0] * 3] * 3


@pytest.mark.parametrize(("label", "blank"), [((30.0, 38.0), True), ((30.0, 46.0), False)])
def test_a_word_beside_a_label_is_the_first_of_the_next_column(label: Span, blank: bool) -> None:
    """The white behind the word is a space's; where the word is under the label, it is that column's all the same."""
    strips, labels = [(0.0, 20.0), (41.0, 58.0), (60.0, 72.0)], [(0.0, 20.0), label, (59.0, 77.0)]
    spans, texts = share_out(
        strips, labels, [False] * 3, [30.0] * 3, NO_COST, [0.0, 20.0], lambda mine, label: [mine] if mine else []
    )
    assert texts == ([(0.0, 20.0), None, (41.0, 72.0)] if blank else strips)
    assert spans[2][0] == (41.0 if blank else 59.0)
