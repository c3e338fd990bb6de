"""Words parted at line ends: the hyphen goes where the log tells that its program put it there, and is named else."""

from __future__ import annotations

import pytest

from extractors.hyphens import is_parted, is_unsure, words_of_parting_program

PARTED = [
    ["Fol-", "low up on the stolen vehi-", "cle"],
    ["follow the vehicle"],
    ["gas-", "station"],
    ["first-in-", "line"],
]
PLAIN = [
    ["officer-", "involved"],
    ["self-", "storage"],
    ["gas-", "station"],
    ["follow the vehicle"],
    ["2025-", "00431"],
]


def test_a_program_that_parts_words_is_known_by_words_that_stand_whole_elsewhere() -> None:
    assert words_of_parting_program([PARTED[:2], PARTED[2:]]) == ("follow", "stolen", "the", "vehicle")
    assert words_of_parting_program([PLAIN]) == ()
    assert words_of_parting_program([[], [["one line"]]]) == ()


def test_a_compound_that_is_printed_within_a_line_is_no_witness() -> None:
    assert words_of_parting_program([[*PARTED, ["a fol-low vehi-cle"]]]) == ()


@pytest.mark.parametrize(
    ("before", "after", "parted", "unsure"),
    [
        ("the vehi-", "cle left", True, False),
        ("the Vehi-", "cle, left", True, False),
        ("gas-", "station", False, True),
        ("VEHI-", "CLE", False, True),
        ("2025-", "00431", False, False),
        ("XX7-", "cle", False, False),
        ("stolen -", "vehicle", False, False),
        ("vehicle", "left", False, False),
    ],
)
def test_one_wrap(before: str, after: str, parted: bool, unsure: bool) -> None:
    words = ("left", "vehicle")
    assert (is_parted(before, after, words), is_unsure([before, after], words)) == (parted, unsure)
