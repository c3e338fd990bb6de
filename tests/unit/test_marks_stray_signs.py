"""Signs that readers see at letters: brackets and quotes without a partner, apostrophes that ran into a letter."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.stray_signs import without_stray_signs
from extractors.pictures.read_page import Reading, TextLine, Word
from records.marks import Agreement

BOX = (0.0, 0.0, 90.0, 12.0)


def _line(text: str, *looks: str, agreement: Agreement = Agreement.SPACES) -> TextLine:
    readings = tuple(Reading(f"reader {n % 2}", look, None, BOX) for n, look in enumerate(looks))
    return TextLine(text, BOX, tuple(Word(word, BOX) for word in text.split(" ")), agreement, readings)


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        (("Town of Mock PD)", "Town of Mock PD"), "Town of Mock PD"),
        (("Mock 'Town PD", "Mock Town PD"), "Mock Town PD"),
        (("] Mock PD", "J Mock PD"), "Mock PD"),
        (("]Mock PD", "]Mock PD"), "Mock PD"),
        (("Mock Sheriffs Office", "Mock Sheriff\u2019s Office"), "Mock Sheriff's Office"),
        (("Mock (East)", "Mock East"), "Mock (East)"),
        (("of Mock County)", "of Mock County)", "of Mock County"), "of Mock County)"),
        (("'Paper Moon'", "Paper Moon"), "'Paper Moon'"),
        (("Mock Sheriffs", "Mock Sheriffs", "Mock Sheriff's"), "Mock Sheriffs"),
        (("Mock PD)",), "Mock PD)"),
    ],
)
def test_a_sign_without_partner_that_half_of_the_looks_did_not_see_is_none(
    looks: tuple[str, ...], expected: str
) -> None:
    [line] = without_stray_signs((_line(looks[0], *looks),))
    assert line.text == " ".join(word.text for word in line.words) == expected


def test_a_quote_that_all_saw_and_that_nothing_closes_stays_and_is_no_agreement() -> None:
    [line] = without_stray_signs((_line("Mock 'Town PD", "Mock 'Town PD", "Mock 'Town PD", agreement=Agreement.BOTH),))
    assert (line.text, line.agreement) == ("Mock 'Town PD", Agreement.DIFFER)


def test_the_files_own_text_is_left_alone() -> None:
    line = _line("]Mock PD)", "]Mock PD)", "Mock PD", agreement=Agreement.LAYER)
    assert without_stray_signs((line,)) == (line,)
