"""Letters of ligatures whose bytes are told in the wrong order."""

from __future__ import annotations

import pytest

from extractors.swapped import in_order


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        ("Weapons O\u6600\u6600ense", "Weapons Offense"),
        ("o\u6600\u6600\u6900cer", "officer"),
        ("\u6600\u6900rst", "first"),
        ("a\u6600\u6c00ict", "aflict"),
        ("cc88\u6600\u660056320f", "cc88ff56320f"),
        ("cliff", "cliff"),
        ("\u6600\u6900", "\u6600\u6900"),
        ("\u65e5\u6600\u6c00\u65e5", "\u65e5\u6600\u6c00\u65e5"),
    ],
)
def test_letters_beside_english_ones_are_told_as_printed(told: str, printed: str) -> None:
    assert in_order(told) == printed
