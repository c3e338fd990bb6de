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
        (["Capt.", "Mock"], "Capt. Mock"),
        (["jd07.", "Mock"], "jd07.Mock"),
        (["unit (", "off"], "unit (off"),  # nobody types a space behind a bracket
    ],
)
def test_what_follows_a_line_that_is_full(lines: list[str], text: str) -> None:
    widths = [4.0 * len(line) for line in lines]
    room = max(widths) + 1
    assert join_lines(lines, [room] * len(lines), [4.0] * len(lines), room, room) == text


def test_a_bracket_far_from_the_edge_ends_a_line_with_a_space() -> None:
    assert join_lines(["unit (", "off"], [24.0, 12.0], [4.0, 4.0], 60.0, 60.0) == "unit ( off"
