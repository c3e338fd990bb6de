"""Reports typed in one width: columns a space apart, and rules of dashes below the headings."""

from __future__ import annotations

from extractors.layout import layout_page
from tests.unit.typed_pages import TypedPage, cells_of, fitted

WIDTHS = {"Search Time": 27, "User": 9, "Networks": 8, "Plate": 9, "Reason": 20}
PLATES = ["KANWKT6", "", "QZX 47", "4471820"]


def line(*texts: str) -> str:
    """Fields of fixed width, with one space between."""
    return " ".join(text.ljust(width) for text, width in zip(texts, WIDTHS.values(), strict=True)).rstrip()


def page_of(rows: list[tuple[str, ...]]) -> TypedPage:
    page = TypedPage().type(10, 40, line(*WIDTHS)).type(10, 50, "-" * 80)
    for k, row in enumerate(rows):
        page.type(10, 62 + 11 * k, line(*row))
    return page


def test_columns_a_space_apart_are_parted_below_their_labels_without_a_doubt() -> None:
    rows = [
        (
            f"09/03/2025, 06:{k:02}:44 AM UTC",
            f"user-{100 + 7 * k}",
            f"{3 * k + 1}",
            PLATES[k % 4],
            "stolen vehicle seen",
        )
        for k in range(24)
    ]
    page = page_of(rows)
    layout = layout_page(page.content, fitted(page))
    assert cells_of(layout) == [list(row) for row in rows]
    assert not any(cell and cell.is_doubtful for row in layout.rows for cell in row.cells)
    left = [line.text for line in layout.outside if line.account == "left"]
    assert "".join(left) == "-" * 80


def test_dashes_inside_one_column_stay_a_value() -> None:
    rows = [(f"09/03/2025, 06:{k:02}:44 AM UTC", "user-100", f"{k}", "-------", "theft") for k in range(24)]
    page = page_of(rows)
    layout = layout_page(page.content, fitted(page))
    assert [row[3] for row in cells_of(layout)] == ["-------"] * 24


def test_a_count_set_right_a_space_before_a_text_set_left_is_a_column_of_its_own() -> None:
    """As PowerShell prints tables: both headings, and all values, meet at one space."""
    rows = [(f"2025-11-{k + 1:02} 22:35:47", f"{13 * k + 4:>14}", "Okaloo Town Police", "theft") for k in range(24)]
    page = TypedPage().type(10, 40, "SearchTime          DevicesSearched OrgName             Reason")
    for k, (time, count, org, reason) in enumerate(rows):
        page.type(10, 52 + 11 * k, f"{time} {count:>15} {org:<19} {reason}")
    model = fitted(page)
    layout = layout_page(page.content, model)
    assert [column.name for column in model.columns] == ["SearchTime", "DevicesSearched", "OrgName", "Reason"]
    assert cells_of(layout) == [[time, count.strip(), org, reason] for time, count, org, reason in rows]
    assert not any(cell and cell.is_doubtful for row in layout.rows for cell in row.cells)
