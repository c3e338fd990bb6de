"""Pieces of times and counts are told from values, whatever the other cells of the column say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.fragments import is_piece
from extractors.labels import Label
from extractors.model import Column
from extractors.overflow import overprinted
from extractors.usual import is_cut_label, share_of_kind, usual_end
from records.places import BBox


def column(label: str, value_type: str | None = None) -> Column:
    return Column(0.0, 1.0, Label(label, BBox(0, 0, 1, 1)), value_type, False, 1.0)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Search Time", "UTC 02/03/2025, 06:19:16 AM UTC 02/03/2025,"),
        ("Search Time", "09/03/2025 06:04:06 AM UTC ,"),
        ("Search Time", "PM UTC 08/20/2025, 12:59:46 PM UTC"),
        ("Time Frame", "6384 82 07/04/2025, 06:00:00 AM UTC 07/04/2025, 07:00:00 AM UTC"),
        ("Total Networks Searched", "2420A"),
        ("Total Networks Searched", "3 12"),
        ("License Plate", "UTC"),
        ("Filters", "AM UTC"),
        ("Text Prompt", "55 traffic 11/01/2025, 06:06:50 AM UTC"),
        ("Org Name", "06:19:16 AM UTC"),
        ("Reason", "thefts AM UTC"),
        ("Reason", "06:19:16 AM UTC welfare check"),
        ("Case #", "5145 06:19:16"),
        ("Org Name", "Fakeville PD UTC"),
    ],
)
def test_a_piece_is_told(label: str, text: str) -> None:
    assert is_piece(column(label), text)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Search Time", "02/03/2025, 06:19:16 AM UTC"),
        ("Search Time", "Mon 03/04/2025 18:04 (CST)"),
        ("Search Time", "Thursday, 03/06/2025 18:04"),
        ("Search Time", "2025-03-04T18:04:05Z"),
        ("Search Time", "Mar 3, 2025 6:04 PM"),
        ("Search Time", "06:19:16 AM"),  # the date may stand in a column of its own
        ("Time Frame", "07/04/2025, 06:00:00 AM UTC - 07/04/2025, 07:00:00 AM UTC"),
        ("Time Frame", "REDACTED"),
        ("Total Networks Searched", "3,120"),
        ("Total Networks Searched", "***"),
        ("Reason", "PM patrol, AMBER alert at 06:19:16 AM UTC"),
        ("Reason", "stop at 6 AM UTC"),
        ("Reason", "PM and UTC times differ"),
        ("Filters", "."),
        ("A label nobody knows", "06:19:16 AM UTC"),
    ],
)
def test_a_value_is_none(label: str, text: str) -> None:
    assert not is_piece(column(label), text)


ZONED = ["02/03/2025, 06:19:16 AM UTC", "02/03/2025, 06:19:16 PM CST"]


@pytest.mark.parametrize("value_type", ["time", None])
def test_a_time_without_the_zone_that_the_others_print_is_cut(value_type: str | None) -> None:
    zoned = replace(column("Search Time", value_type), end=usual_end(column("Search Time"), ZONED * 5))
    assert not any(is_piece(zoned, text) for text in (*ZONED, "***", "REDACTED"))
    assert all(is_piece(zoned, text) for text in ("02/03/2025, 06:19:16 AM", "06:19:16 AM", "02/03/2025,"))


def test_a_period_has_its_zone_twice_where_the_others_do() -> None:
    frames = ["02/03/2025, 06:19:16 AM UTC 03/03/2025, 06:19:16 AM UTC"] * 10
    zoned = replace(column("Time Frame"), end=usual_end(column("Time Frame"), frames))
    assert not is_piece(zoned, frames[0])
    assert is_piece(zoned, "02/03/2025, 06:19:16 AM 03/03/2025, 06:19:16 AM UTC")
    assert usual_end(column("Time Frame"), ["02/03/2025 03/03/2025"] * 10) is None


def test_where_no_zone_is_usual_none_is_missed() -> None:
    assert usual_end(column("Search Time"), ["02/03/2025 18:19"] * 10) is None
    assert usual_end(column("Reason"), ZONED * 5) is None
    halves = replace(column("Search Time"), end=usual_end(column("Search Time"), ["02/03/2025 6:19 AM"] * 10))
    assert is_piece(halves, "02/03/2025 6:19") and not is_piece(halves, "02/03/2025 6:19 PM")


@pytest.mark.parametrize(
    ("label", "good", "bad"),
    [
        ("ID", "01234567-89ab-4cde-8f01-23456789abcd", "01234567-89ab-4cde"),
        ("Search Time", "02/03/2025", "stolen plate"),
        ("Total Networks Searched", "120", "Fakeville"),
        ("Search Type", "lookup - Mobile", "lookup - Mob"),
        ("Search Type", "visual", "visual allow"),
    ],
)
def test_where_some_values_are_of_their_kind_the_others_are_doubtful_though_they_be_the_most(
    label: str, good: str, bad: str
) -> None:
    share = share_of_kind(column(label), [good] * 6 + [bad] * 6)
    assert share == 0.5
    assert is_piece(replace(column(label), like=share), bad)
    assert not is_piece(replace(column(label), like=share), good)
    assert not is_piece(column(label), bad)


def test_a_kind_of_search_that_nobody_knows_is_one() -> None:
    known = replace(column("Search Type"), like=0.9)
    assert not is_piece(known, "vehicle twin") and not is_piece(known, "Plate Reader")


def test_the_beginning_of_a_known_label_is_a_cut_one() -> None:
    assert all(is_cut_label(label) for label in ("Fi", "Search Ti", "Moder"))
    assert not any(is_cut_label(label) for label in ("Filters", "Badge", "#", "Reason"))


def test_two_numbers_in_a_column_of_counts_are_told() -> None:
    assert is_piece(column("Total Networks Searched", "count"), "2 1112")


def test_lines_of_one_column_over_each_other_are_told_both() -> None:
    top = np.array([0.0, 4.0, 30.0, 60.0, 65.0, 90.0, 97.0, 97.5])
    x0 = np.array([0.0, 5.0, 0.0, 0.0, 5.0, 0.0, 0.0, 0.0])
    over = overprinted(np.array([0] * 7 + [1]), x0, top, x0 + 50, top + 8, 8.0)
    assert over.tolist() == [True, True, False, True, True, False, False, False]
