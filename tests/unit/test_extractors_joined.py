"""Whether a line that fills its column ends with a word or in the middle of one."""

from __future__ import annotations

import pytest

from extractors.joined import join_lines


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Fakeville", "County", "PD"], "Fakeville County PD"),  # no word has a capital inside
        (["Fakevil", "le"], "Fakeville"),
        (["USER00", "17"], "USER0017"),
        (["userNa", "Me07"], "userNaMe07"),  # accounts have
    ],
)
def test_a_capital_begins_a_word_behind_a_line_that_is_full(lines: list[str], text: str) -> None:
    widths = [4.0 * len(line) for line in lines]
    room = max(widths) + 1
    assert join_lines(lines, [room] * len(lines), [4.0] * len(lines), room, room) == text
