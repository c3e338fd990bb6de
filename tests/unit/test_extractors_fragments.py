"""Pieces of times and counts are told from values, whatever the other cells of the column say."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.fragments import is_piece
from extractors.labels import Label
from extractors.model import Column
from extractors.overflow import overprinted
from records.places import BBox


def column(label: str, value_type: str | None = None) -> Column:
    return Column(0.0, 1.0, Label(label, BBox(0, 0, 1, 1)), value_type, False, 1.0)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Search Time", "UTC 02/03/2025, 06:19:16 AM UTC 02/03/2025,"),
        ("Search Time", "09/03/2025 06:04:06 AM UTC ,"),
        ("Time Frame", "6384 82 07/04/2025, 06:00:00 AM UTC 07/04/2025, 07:00:00 AM UTC"),
        ("Total Networks Searched", "2420A"),
        ("Total Networks Searched", "3 12"),
        ("License Plate", "UTC"),
        ("Filters", "AM UTC"),
        ("Org Name", "06:19:16 AM UTC"),
    ],
)
def test_a_piece_is_told(label: str, text: str) -> None:
    assert is_piece(column(label), text)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Search Time", "02/03/2025, 06:19:16 AM UTC"),
        ("Search Time", "Mon 03/04/2025 18:04 (CST)"),
        ("Search Time", "2025-03-04T18:04:05Z"),
        ("Search Time", "Mar 3, 2025 6:04 PM"),
        ("Search Time", "06:19:16 AM"),  # the date may stand in a column of its own
        ("Time Frame", "07/04/2025, 06:00:00 AM UTC - 07/04/2025, 07:00:00 AM UTC"),
        ("Time Frame", "REDACTED"),
        ("Total Networks Searched", "3,120"),
        ("Total Networks Searched", "***"),
        ("Reason", "PM patrol, AMBER alert at 06:19:16 AM UTC"),
        ("Filters", "."),
        ("A label nobody knows", "06:19:16 AM UTC"),
    ],
)
def test_a_value_is_none(label: str, text: str) -> None:
    assert not is_piece(column(label), text)


def test_lines_of_one_column_over_each_other_are_told_both() -> None:
    top = np.array([0.0, 4.0, 30.0, 30.5])
    x0 = np.array([0.0, 5.0, 0.0, 0.0])
    over = overprinted(np.array([0, 0, 0, 1]), x0, top, x0 + 50, top + 8, 8.0)
    assert over.tolist() == [True, True, False, False]
