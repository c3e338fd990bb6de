"""Places and what stands on them: no value without a page to put a finger on."""

from __future__ import annotations

import dataclasses
import math
import typing

import pytest

from records.documents import SourceDocument, row_id, segment_id
from records.places import BBox, HtmlNode, PageBox, PageBoxes, Place, SheetCell, check_document_id, place_kind
from records.release import FileHints
from records.rows import AuditRow, Cell

SHA = "0123456789abcdef" * 4
OTHER = "f" * 64
BOX = BBox(10.0, 20.0, 30.0, 40.0)
HERE = PageBox(SHA, 1, BOX)
ALL_KINDS: dict[str, Place] = {
    "page_box": HERE,
    "page_boxes": PageBoxes((HERE, PageBox(SHA, 2, BOX))),
    "sheet_cell": SheetCell(SHA, "Sheet1", 2, 3),
    "html_node": HtmlNode(SHA, "html > body > table"),
}


@pytest.mark.parametrize(
    "sides",
    [
        (30, 20, 10, 40),  # left and right swapped
        (10, 40, 30, 20),  # top and bottom swapped
        (10, 20, 10, 40),  # no width
        (10, 20, 30, 20),  # no height
        (math.nan, 20, 30, 40),
        (10, 20, 30, math.nan),
    ],
)
def test_a_box_without_an_area_is_refused(sides: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="x0 < x1 and top < bottom"):
        BBox(*sides)


def test_a_box_may_reach_past_the_page_edge() -> None:
    assert BBox(-3.0, -1.0, 700.0, 900.0).contains(-3.0, 900.0)


def test_a_box_holds_its_edges_and_nothing_beyond() -> None:
    assert BOX.contains(10, 20) and BOX.contains(30, 40) and BOX.contains(20, 30)
    assert not BOX.contains(9.99, 30) and not BOX.contains(20, 40.01)


def test_the_union_holds_both_boxes_and_no_more() -> None:
    assert BOX.union(BBox(5, 30, 12, 60)) == BBox(5, 20, 30, 60)


@pytest.mark.parametrize("page_number", [0, -1])
def test_pages_are_counted_from_one(page_number: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        PageBox(SHA, page_number, BOX)


@pytest.mark.parametrize("wrong", ["", "report.pdf", SHA[:-1], SHA + "0", SHA.upper(), SHA + "\n", "g" * 64])
def test_a_document_is_named_by_its_hash(wrong: str) -> None:
    with pytest.raises(ValueError, match="64 lower-case hex"):
        check_document_id(wrong)
    makers: list[typing.Callable[[], object]] = [
        lambda: PageBox(wrong, 1, BOX),
        lambda: SheetCell(wrong, "Sheet1", 1, 1),
        lambda: HtmlNode(wrong, "html"),
        lambda: SourceDocument(wrong, "a.pdf", 1, "application/pdf"),
    ]
    for make in makers:
        with pytest.raises(ValueError, match="64 lower-case hex"):
            make()


def test_boxes_of_one_value_are_two_or_more_of_one_document() -> None:
    with pytest.raises(ValueError, match="two boxes or more"):
        PageBoxes((HERE,))
    with pytest.raises(ValueError, match="one document"):
        PageBoxes((HERE, PageBox(OTHER, 1, BOX)))


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1, 0), (-1, 1)])
def test_sheet_cells_are_counted_from_one(row: int, column: int) -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        SheetCell(SHA, "Sheet1", row, column)


def test_a_html_node_needs_its_path() -> None:
    with pytest.raises(ValueError, match="path"):
        HtmlNode(SHA, "")


def test_the_union_of_places_is_closed_and_every_kind_has_a_name() -> None:
    assert {type(place) for place in ALL_KINDS.values()} == set(typing.get_args(Place))
    assert {place_kind(place): place for place in ALL_KINDS.values()} == ALL_KINDS


@pytest.mark.parametrize("place", ALL_KINDS.values(), ids=ALL_KINDS)
def test_every_kind_of_place_carries_a_value(place: Place) -> None:
    assert Cell("lookup", place).place is place


@pytest.mark.parametrize("place", [None, BOX, (10, 20, 30, 40), "page 1", SHA])
def test_a_value_without_a_place_cannot_be_constructed(place: object) -> None:
    with pytest.raises(TypeError, match="needs its place"):
        Cell("lookup", place)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="needs its place"):
        AuditRow("r", place, {})  # type: ignore[arg-type]


def test_the_place_has_no_default() -> None:
    for kind in (Cell, AuditRow):
        [place] = [f for f in dataclasses.fields(kind) if f.name == "place"]
        assert place.default is dataclasses.MISSING and place.default_factory is dataclasses.MISSING
    with pytest.raises(TypeError):
        Cell("lookup")  # type: ignore[call-arg]


def test_a_row_has_no_place_in_a_web_page() -> None:
    with pytest.raises(TypeError, match="needs its place"):
        AuditRow("r", ALL_KINDS["html_node"], {})


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_an_empty_cell_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match="absent"):
        Cell(text, HERE)


@pytest.mark.parametrize("value", [HERE, BOX, Cell("lookup", HERE), ALL_KINDS["sheet_cell"]])
def test_places_and_values_do_not_change(value: object) -> None:
    field = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, None)


def test_ids_name_the_place_never_the_value() -> None:
    assert row_id(SHA, 7, 12) == "0123456789abcdef-p00007-r012"
    assert segment_id(SHA, 2) == "0123456789abcdef-s2"
    assert row_id(SHA, 1, 1000) != row_id(SHA, 1, 100), "a fourth digit must not be cut off"


def test_a_password_does_not_show_in_a_representation() -> None:
    assert "sesame" not in repr(FileHints(password="sesame"))
