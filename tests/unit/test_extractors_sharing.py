"""Sharing lists: the rows as drawn, in every layout; nothing else is taken for one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.document import Document
from extractors.pdfium import PdfiumDocument
from extractors.sharing import SharingPage, plan_sharing, read_sharing
from extractors.sharing_model import SharingModel
from extractors.sharing_texts import direction_of
from records.marks import Direction
from records.parts import CONTINUATION_COLUMNS, SHARING_COLUMNS
from samples import others
from samples.expected import ExpectedRow
from samples.layout import Column, Layout
from samples.sharing_lists import (
    BROWSER,
    NAMES,
    OWNER,
    REORDERED,
    SPACED,
    SPREADSHEET,
    WITH_ME,
    draw_sharing,
    organizations,
)

TABLES = [SPREADSHEET, BROWSER, SPACED, replace(SPACED, name="zebra", is_zebra=True, align_rows="bottom")]


def read(path: Path) -> list[SharingPage]:
    document = Document(PdfiumDocument(path))
    pages = read_sharing(document, plan_sharing(document, 1, document.page_count), 1, document.page_count)
    document.close()
    return pages


def cells(pages: list[SharingPage]) -> list[tuple[int, str, str, str]]:
    return [
        (page.page_number, row.organization, row.shared_with_me or "", row.sharing_to or "")
        for page in pages
        for row in page.rows
    ]


def drawn(rows: list[ExpectedRow], order: tuple[int, int, int] = (0, 1, 2)) -> list[tuple[str, str, str]]:
    return [(row.cells[order[0]], row.cells[order[1]], row.cells[order[2]]) for row in rows]


@pytest.mark.parametrize("layout", TABLES, ids=lambda layout: layout.name)
def test_every_row_is_read_as_drawn(layout: Layout, tmp_path: Path) -> None:
    expected = draw_sharing(layout, list(organizations(90)), tmp_path / "list.pdf")
    pages = read(tmp_path / "list.pdf")
    assert len(pages) > 1
    assert [found[1:] for found in cells(pages)] == drawn(expected)
    assert all(found[0] in row.page_numbers for found, row in zip(cells(pages), expected, strict=True))
    for page in pages:
        assert page.seen == page.used + sum(line.glyph_count for line in page.outside)


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    rows = [(to, name, with_me) for name, with_me, to in organizations(40)]
    expected = draw_sharing(REORDERED, list(rows), tmp_path / "list.pdf")
    assert [found[1:] for found in cells(read(tmp_path / "list.pdf"))] == drawn(expected, (1, 2, 0))


def test_the_filled_columns_tell_the_direction(tmp_path: Path) -> None:
    rows = [("Exampleton IL PD", "Exampleton IL PD", OWNER), ("Mock Harbor IL SO", "Mock Harbor IL SO", "")]
    draw_sharing(SPREADSHEET, [*rows, ("Port Sample ME PD", "", OWNER)], tmp_path / "list.pdf")
    found = [row.direction for page in read(tmp_path / "list.pdf") for row in page.rows]
    assert found == [Direction.BOTH, Direction.SHARED_WITH_ME, Direction.SHARING_TO]


@pytest.mark.parametrize(
    ("with_me", "to", "direction"),
    [("Yes", "No", "shared_with_me"), ("No", "Yes", "sharing_to"), ("-", "None", "unknown"), ("Yes", "Yes", "both")],
)
def test_a_column_that_says_no_shares_nothing(with_me: str, to: str, direction: str) -> None:
    assert str(direction_of(with_me, to)) == direction


def test_boxes_lie_in_their_columns_and_rows(tmp_path: Path) -> None:
    draw_sharing(SPREADSHEET, list(organizations(40)), tmp_path / "list.pdf")
    for page in read(tmp_path / "list.pdf"):
        edges = page.model.table.edges
        last = 0.0
        for row in page.rows:
            for column, box in enumerate(row.boxes):
                assert (box is None) == ((row.organization, row.shared_with_me, row.sharing_to)[column] is None)
                assert box is None or edges[column] <= box[0] < box[2] <= edges[column + 1]
            assert row.boxes[0] is not None and row.boxes[0][1] > last
            last = row.boxes[0][1]


def test_a_row_over_a_page_break_is_one_row_with_its_continuation(tmp_path: Path) -> None:
    tall = ",".join(f"Specimen Ridge VA Network {number:03d}" for number in range(160))
    rows = [("Exampleton IL PD", "Exampleton IL PD", OWNER), ("Specimen Ridge VA PD", tall, OWNER)]
    layout = replace(SPACED, splits_rows=True)
    expected = draw_sharing(layout, [*rows, ("Mock Harbor IL SO", "", OWNER)], tmp_path / "list.pdf")
    assert len(expected[1].page_numbers) > 1
    pages = read(tmp_path / "list.pdf")
    assert [found[1:] for found in cells(pages)] == drawn(expected)
    continued = pages[0].rows[1].continued
    assert {number for number, _, _ in continued} == set(expected[1].page_numbers[1:])
    assert all(column in (1, None) for _, column, _ in continued)


def test_names_under_a_heading_are_a_list_with_its_direction(tmp_path: Path) -> None:
    expected = draw_sharing(NAMES, [(name,) for name, _, _ in organizations(60, seed=3)], tmp_path / "list.pdf")
    pages = read(tmp_path / "list.pdf")
    assert [found[1] for found in cells(pages)] == [row.cells[0] for row in expected]
    assert {row.direction for page in pages for row in page.rows} == {Direction.SHARING_TO}


def test_a_title_and_a_footer_are_no_rows(tmp_path: Path) -> None:
    layout = replace(SPACED, title="Exampleton FL PD - Shared Networks", footer="Exported by unit 07, {page}/{pages}")
    expected = draw_sharing(layout, list(organizations(12)), tmp_path / "list.pdf")
    pages = read(tmp_path / "list.pdf")
    assert [found[1:] for found in cells(pages)] == drawn(expected)
    left = " ".join(line.text for page in pages for line in page.outside if line.account == "left")
    assert "Shared Networks" in left and "Exported by unit 07" in left


def test_a_heading_over_prose_is_no_list(tmp_path: Path) -> None:
    clauses = [("The Agency may share its data with the following parties, as set out in section 4.",)] * 9
    draw_sharing(NAMES, list(clauses), tmp_path / "letter.pdf")
    assert read(tmp_path / "letter.pdf") == []


def test_letters_memos_and_other_tables_are_no_lists(tmp_path: Path) -> None:
    others.letter(tmp_path / "letter.pdf", pages=4)
    others.memo(tmp_path / "memo.pdf")
    layout = replace(SPACED, columns=(Column("", "Device", 6), Column("", WITH_ME + " by", 6), Column("", "Status", 4)))
    draw_sharing(layout, [("CAM-001", "Mock Harbor", "active")] * 9, tmp_path / "devices.pdf")
    assert [read(tmp_path / name) for name in ("letter.pdf", "memo.pdf", "devices.pdf")] == [[], [], []]


def test_rows_that_cannot_be_told_apart_carry_an_issue(tmp_path: Path) -> None:
    """Without rules, padding or anything that ends names, two long names may be one."""
    rows = [(f"Agency for the Investigation of Invented Affairs Number{number:02d}",) for number in range(12)]
    draw_sharing(replace(NAMES, paper=(250.0, 612.0)), [*rows], tmp_path / "list.pdf")
    pages = read(tmp_path / "list.pdf")
    said = {issue.row_number for page in pages for issue in page.issues if issue.code == "sharing_row_unclear"}
    assert pages == [] or said


def test_a_name_of_many_lines_stays_one(tmp_path: Path) -> None:
    long = "Agency for the Most Thorough Investigation of Invented Affairs "
    long += "in Specimen Ridge County and of All Other Matters of an Invented Nature "
    long += "That May Arise There from Time to Time VA SO"
    rows = [("Exampleton IL PD", "Exampleton IL PD", OWNER), (long, "", OWNER), ("Mock Harbor IL SO", "", OWNER)]
    narrow = tuple(replace(column, weight=weight) for column, weight in zip(SPACED.columns, (2, 6, 4), strict=True))
    for padding in (0.0, 4.0):
        layout = replace(SPACED, columns=narrow, pad_y=padding, rules="none" if padding else "grid")
        expected = draw_sharing(layout, [*rows], tmp_path / "list.pdf")
        assert len(expected[1].lines[0]) > 7
        assert [found[1:] for found in cells(read(tmp_path / "list.pdf"))] == drawn(expected)


def test_a_page_is_stored_in_the_columns_of_the_parts(tmp_path: Path) -> None:
    draw_sharing(BROWSER, list(organizations(60)), tmp_path / "list.pdf")
    for page in read(tmp_path / "list.pdf"):
        found = page.found()
        assert all(len(row) == len(SHARING_COLUMNS) - 1 for row in found.organizations)
        assert all(len(row) == len(CONTINUATION_COLUMNS) for row in found.continuations)
        assert found.seen == found.used + sum(line.glyph_count for line in found.outside)


def test_a_model_is_the_same_after_json(tmp_path: Path) -> None:
    draw_sharing(SPREADSHEET, list(organizations(30)), tmp_path / "list.pdf")
    document = Document(PdfiumDocument(tmp_path / "list.pdf"))
    model = plan_sharing(document, 1, document.page_count)[0].model
    assert SharingModel.from_json(model.to_json()) == model
