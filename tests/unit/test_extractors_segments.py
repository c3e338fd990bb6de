"""Runs of pages become segments; left-over lines become furniture by rule only."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from extractors.checked import MOST_CHECKED, checked_pages
from extractors.find_lines import find_lines
from extractors.furniture import tell_furniture
from extractors.labels import Label
from extractors.model import Column, TableModel
from extractors.page_kind import page_kind
from extractors.plan import sample_numbers
from extractors.repeated import page_number_free
from extractors.segments import READ_KINDS, SET_ASIDE_ADVICE, find_segments, segment_reason
from records.documents import PageClass, SegmentKind
from records.places import BBox
from tests.unit.typed_pages import TypedPage

LOG, LETTER, BLANK = SegmentKind.AUDIT_LOG, SegmentKind.LETTER, SegmentKind.BLANK
PICTURE, SHARING, UNKNOWN = SegmentKind.PICTURE, SegmentKind.SHARING_LIST, SegmentKind.UNKNOWN
HOTLIST = SegmentKind.HOTLIST_CONFIGURATION


def runs(*pages: tuple[int, SegmentKind]) -> list[tuple[int, int, int, str, int]]:
    found = find_segments([(n, model, kind) for n, (model, kind) in enumerate(pages, start=1)])
    return [(s.ordinal, s.first_page, s.last_page, str(s.kind), s.model) for s in found]


def test_a_document_of_one_kind_is_one_segment() -> None:
    assert runs((0, LOG), (0, LOG), (0, LOG)) == [(1, 1, 3, "audit_log", 0)]


def test_a_new_model_opens_a_segment_and_numbers_count_on() -> None:
    assert runs((-1, LETTER), (0, LOG), (1, LOG), (-1, PICTURE)) == [
        (1, 1, 1, "letter", -1),
        (2, 2, 2, "audit_log", 0),
        (3, 3, 3, "audit_log", 1),
        (4, 4, 4, "picture", -1),
    ]


def test_a_blank_page_inside_a_log_belongs_to_it_and_one_at_its_end_does_not() -> None:
    assert runs((0, LOG), (-1, BLANK), (0, LOG), (-1, BLANK)) == [(1, 1, 3, "audit_log", 0), (2, 4, 4, "blank", -1)]
    assert [run[1:3] for run in runs((0, LOG), (-1, BLANK), (1, LOG))] == [(1, 1), (2, 2), (3, 3)]
    assert [run[1:3] for run in runs((0, LOG), (-1, LETTER), (0, LOG))] == [(1, 1), (2, 2), (3, 3)]


def test_two_blank_pages_inside_a_log_belong_to_it_too() -> None:
    assert runs((0, LOG), (-1, BLANK), (-1, BLANK), (0, LOG)) == [(1, 1, 4, "audit_log", 0)]


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ([LETTER, BLANK, BLANK], "letter"),
        ([BLANK], "blank"),
        ([UNKNOWN, PICTURE, PICTURE], "picture"),
    ],
)
def test_a_run_without_a_log_is_what_tells_most(kinds: list[SegmentKind], kind: str) -> None:
    [run] = runs(*((-1, one) for one in kinds))
    assert run[3] == kind


def test_pages_of_a_kind_that_is_read_are_a_segment_of_their_own() -> None:
    found = runs((-1, LETTER), (-1, LETTER), (-1, HOTLIST), (-1, BLANK), (-1, HOTLIST), (-1, SHARING), (-1, LETTER))
    assert [run[1:4] for run in found] == [
        (1, 2, "letter"),
        (3, 5, "hotlist_configuration"),
        (6, 6, "sharing_list"),
        (7, 7, "letter"),
    ]


def test_every_kind_has_a_reason_and_those_set_aside_have_advice() -> None:
    for kind in set(SegmentKind) - {LOG}:
        [segment] = find_segments([(1, -1, kind)])
        assert segment_reason(segment, [], 0)
        assert (kind in SET_ASIDE_ADVICE) is (kind not in READ_KINDS)


def test_the_reason_for_a_log_is_what_was_found() -> None:
    label = Label("Search Time", BBox(0, 0, 10, 10))
    column = Column(0.0, 10.0, label, "time", True, 10.0)
    model = TableModel((column,), 3, 8.0, False, "bottom", 0, 10.0, 20.0)
    [segment] = find_segments([(3, 0, LOG)])
    said = segment_reason(segment, [model], 1234)
    for fact in ("page 3", "bottom-aligned", "'Search Time'", "1,234 rows"):
        assert fact in said


def test_a_model_survives_its_json() -> None:
    label = Label("Search Time", BBox(1.5, 2.5, 10.25, 10.125))
    columns = (Column(0.0, 10.0, label, "time", True, 9.5), Column(10.0, 20.0, None, None, False, 9.0))
    model = TableModel(
        columns, 3, 8.0, True, "top", 0, 10.0, 20.0, furniture=((12.5, "Page #"),), header_lines=((0, "Search"),)
    )
    assert TableModel.from_json(model.to_json()) == model


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (["We thank you for your letter of the first of the month and enclose what you asked us for."] * 4, LETTER),
        (["CAM-001 Example Rd 01/2025 active", "CAM-002 Sample Rd 02/2025 active"], UNKNOWN),
        (["short"], UNKNOWN),
    ],
)
def test_a_page_without_a_log_has_a_kind(text: list[str], kind: SegmentKind) -> None:
    page = TypedPage().stack(20, 50, text)
    assert page_kind(PageClass.TEXT, find_lines(page.typed)) is kind


def test_pictures_and_blank_pages_are_told_without_text() -> None:
    nothing = find_lines(TypedPage().typed)
    assert page_kind(PageClass.PICTURE, nothing) is PICTURE and page_kind(PageClass.BLANK, nothing) is BLANK


def furnished(*lines: tuple[int, str, float]) -> list[str]:
    """The account of each line (page, text, x0), all on one height of a log."""
    texts: list[dict[str, Any]] = [
        {
            "page_number": page, "account": "left", "rule": "outside_table", "text": text,
            "glyph_count": len("".join(text.split())), "x0": x0, "top": 700.0, "x1": x0 + 50, "bottom": 708.0,
        }
        for page, text, x0 in lines
    ]  # fmt: skip
    numbers = sorted({page for page, _, _ in lines})
    pages: list[dict[str, Any]] = [{"page_number": n, "glyphs_left": 0, "glyphs_furniture": 0} for n in numbers]
    for page in pages:
        page["glyphs_left"] = sum(t["glyph_count"] for t in texts if t["page_number"] == page["page_number"])
    before = {page["page_number"]: page["glyphs_left"] for page in pages}
    segments = find_segments([(n, 0, LOG) for n in numbers])
    tell_furniture(texts, pages, dict.fromkeys(numbers, segments[0]))
    for page in pages:
        assert page["glyphs_left"] + page["glyphs_furniture"] == before[page["page_number"]]
    return [f"{text['account']} {text['rule']}" for text in texts]


@pytest.mark.parametrize("text", ["3", "- 3 -", "Page 3", "page 3 of 9", "3/9", "Pg. 3"])
def test_a_page_number_is_furniture(text: str) -> None:
    assert furnished((3, text, 300.0)) == ["furniture page_number"]


@pytest.mark.parametrize("text", ["4", "Page 4", "3 searches", "2025", "III"])
def test_other_numbers_are_left_over(text: str) -> None:
    assert furnished((3, text, 300.0)) == ["left outside_table"]


def test_a_count_that_is_no_page_number_is_left_over() -> None:
    assert furnished((3, "12 of 60", 300.0)) == ["left outside_table"]


def test_text_at_one_place_on_three_pages_is_furniture_on_two_it_is_not() -> None:
    assert furnished(*((n, "PUBLIC RECORD", 100.0) for n in (1, 2, 3))) == ["furniture repeated"] * 3
    assert furnished(*((n, "PUBLIC RECORD", 100.0) for n in (1, 2))) == ["left outside_table"] * 2
    assert (
        furnished((1, "PUBLIC RECORD", 100.0), (1, "PUBLIC RECORD", 100.0), (2, "PUBLIC RECORD", 100.0))
        == ["left outside_table"] * 3
    )


def test_text_that_moves_or_differs_is_left_over() -> None:
    assert set(furnished(*((n, "Total 5", 100.0 + 40 * n) for n in (1, 2, 3)))) == {"left outside_table"}
    assert set(furnished(*((n, f"Total {n + 50}", 100.0) for n in (1, 2, 3)))) == {"left outside_table"}


def test_a_footer_that_counts_pages_is_one_text() -> None:
    assert page_number_free("Fakeville PD - page 7 of 12", 7) == page_number_free("Fakeville PD - page 8 of 12", 8)
    assert page_number_free("printed 12/7/2025", 5) == page_number_free("printed 12/7/2025", 6)
    assert page_number_free("2/3/26, 9:14 AM", 2) == page_number_free("2/3/26, 9:14 AM", 3)
    assert page_number_free("2/3/26, page 3/8", 3) == page_number_free("2/3/26, page 4/8", 4)


def test_the_sample_of_pages_is_spread_and_bounded() -> None:
    assert sample_numbers(1, 3) == [1, 2, 3]
    many = sample_numbers(1, 10_000)
    assert many[:12] == list(range(1, 13)) and len(many) <= 48
    assert many == sorted(set(many)) and 9_000 < many[-1] <= 10_000
    assert sample_numbers(5, 7) == [5, 6, 7]
    assert all(5 <= n <= 100 for n in sample_numbers(5, 100))


def test_the_checked_pages_follow_from_the_document_alone() -> None:
    a, b = "a" * 64, "b" * 64
    assert checked_pages(a, 9000, "auto") == checked_pages(a, 9000, "auto") != checked_pages(b, 9000, "auto")
    assert len(checked_pages(a, 100_000, "auto")) == MOST_CHECKED
    whole = [checked_pages(hashlib.sha256(bytes([k])).hexdigest(), 400, "auto") for k in range(250)]
    assert 60 < sum(map(len, whole)) < 140, "250 documents of 400 pages: one page in 1,000 is 100 pages"
    assert checked_pages(a, 5, "both") == frozenset(range(1, 6))
