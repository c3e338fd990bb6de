"""Wraps that what stands there tells: times, ids, kinds of searches, addresses."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.joined import cuts_words, one_word_lines
from extractors.wraps import goes_on


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["08/03/2", "025,", "06:23:3", "8 AM U", "TC"], "08/03/2025, 06:23:38 AM UTC"),
        (["08/03/2025,", "06:00:00", "AM UTC"], "08/03/2025, 06:00:00 AM UTC"),
        (["08/03/2025", ", 06:00", ":00 A", "M", "UTC"], "08/03/2025, 06:00:00 AM UTC"),
        (["08/03/2025", "06:28:46"], "08/03/2025 06:28:46"),
        (["2025-08-03T06:28:46Z /", "2025-08-04T06:28:46Z"], "2025-08-03T06:28:46Z / 2025-08-04T06:28:46Z"),
        (["2025-08-", "03 06:28:46", "2025-08-04", "06:28:46"], "2025-08-03 06:28:46 2025-08-04 06:28:46"),
        (["8/3/2025 6:28:46", "8/4/2025 6:28:46"], "8/3/2025 6:28:46 8/4/2025 6:28:46"),
        (["08/03/2025, 06:00:00 AM UTC to", "08/04/2025, 06:00:00 AM UTC"],
         "08/03/2025, 06:00:00 AM UTC to 08/04/2025, 06:00:00 AM UTC"),
        (["5/3/25", "6:28:46", "5/4/25", "10:00:00"], "5/3/25 6:28:46 5/4/25 10:00:00"),
        (["03/03/20", "25", "06:20:45"], "03/03/2025 06:20:45"),
        (["5/3/202", "5", "10:20:45"], "5/3/2025 10:20:45"),
        (["03/03/2025 0", "6:20:", "45", "12/3/2025"], "03/03/2025 06:20:45 12/3/2025"),
        (["2025-02-", "03", "06:02:02"], "2025-02-03 06:02:02"),
        (["5/3/2025 1", "0:20:45"], "5/3/2025 10:20:45"),
        (["2025-10-10T02:11:20", "Z -", "2025-11-01", "T04:03:04Z"], "2025-10-10T02:11:20Z - 2025-11-01T04:03:04Z"),
        (["2025-10-10T", "02:11:20Z"], "2025-10-10T02:11:20Z"),
        (["Nov 01, 2025", "04:05:06 PM"], "Nov 01, 2025 04:05:06 PM"),
        (["1 Nov 2025", "04:05:06"], "1 Nov 2025 04:05:06"),
        (["Nov 01, 20", "25 04:05"], "Nov 01, 2025 04:05"),
        (["8/3/2025 6:28 AM -", "8/4/2025 6:28 AM"], "8/3/2025 6:28 AM - 8/4/2025 6:28 AM"),
    ],
)  # fmt: skip
def test_times_are_whole_again_however_narrow_their_column(lines: list[str], whole: str) -> None:
    assert joined("time", lines) == whole


def test_an_id_has_no_space() -> None:
    whole = "3cc8bca9-d331-4bfa-a4e3-bde8096117fc"
    assert joined("uuid", [whole[:19], whole[19:24], whole[24:30], whole[30:]]) == whole


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["mostSe", "enOcr", "Values"], "mostSeenOcrValues"),
        (["searchSumm", "ary"], "searchSummary"),
        (["search", "- Mobile"], "search - Mobile"),
        (["lookup -", "Mobile"], "lookup - Mobile"),
        (["lookup", "-", "Mobile"], "lookup - Mobile"),
    ],
)
def test_kinds_of_searches_are_whole_again(lines: list[str], whole: str) -> None:
    assert joined("search_type", lines) == whole


@pytest.mark.parametrize(
    ("before", "after", "full", "told"),
    [
        ("see https://records.example/view?", "id=88&tab=2 for details", False, True),
        ("see https://records.example/", "for details", True, None),
        ("example/view?", "id=88&tab=2 for details", False, True),
        ("who is he?", "id unknown", True, None),
        ("Other, Missing/", "Endangered Person", False, True),
        ("semi-truck w/", "plates", True, None),
        ("Task Force /", "Region 7", True, None),
        ("theft - XXXXXX", "XXX", True, True),
        ("theft - XXXXXX", "XXX", False, None),
        ("7923.600", "GC", True, False),
        ("two words", "and more", True, None),
    ],
)
def test_other_text_goes_on_only_where_its_words_tell(before: str, after: str, full: bool, told: bool | None) -> None:
    assert goes_on(None, before, after, full) is told


def joined(kind: str, lines: list[str]) -> str:
    text = lines[0]
    for before, after in pairwise(lines):
        text += after if goes_on(kind, before, after, True) else f" {after}"
    return text


WORDS = ("Southsi", "Prevent", "Inactiv", "Univers")


@pytest.mark.parametrize(
    ("full", "short", "distinct", "told"),
    [
        (30, 30, 4, True),  # in a narrow column half of the words are cut
        (6, 30, 4, False),  # as many lines are full as chance makes
        (37, 0, 4, True),
        (37, 0, 1, None),  # the widest word of a column fills its line by definition
        (5, 0, 4, None),
        (0, 20, 4, False),
        (0, 0, 4, None),
    ],
)
def test_a_column_tells_whether_it_cuts_words(full: int, short: int, distinct: int, told: bool | None) -> None:
    lines = [(WORDS[k % distinct], 44.0) for k in range(full)] + [("Group", 20.0)] * short
    assert cuts_words(lines, widest=40.0) is told


def test_only_lines_of_one_plain_word_that_go_on_tell() -> None:
    texts, widths = ["Southsi", "de Retail", "5145a", "Group,", "Loss"], [35.0, 38.0, 20.0, 24.0, 16.0]
    assert one_word_lines(texts, widths, [4.0] * 5) == [("Southsi", 39.0)]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("5 ILCS 140/7(1)", "(c)", True),
        ("[REDACTED (b)", "(6)]", True),
        ("theft (2)", "(see supplement)", None),
        ("(a) and (b)", "later", None),
    ],
)
def test_the_parts_of_a_citation_stand_together(before: str, after: str, whole: bool | None) -> None:
    assert goes_on(None, before, after, False) is whole
