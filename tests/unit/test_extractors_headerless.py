"""Columns of logs that print no header: told by how the white between texts is printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.glyphs import Glyphs
from extractors.headerless import fit_headerless
from extractors.headerless_columns import column_edges, columns_between
from extractors.headerless_texts import without_titles
from extractors.plan import plan_pages
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage, cells_of, fitted, laid_out, uuid_of

ROWS = 12


class Joined(TypedPage):
    """Texts that begin at 60 are drawn by themselves."""

    @property
    def typed(self) -> Glyphs:
        glyphs = super().typed
        return replace(glyphs, joint=glyphs.x0 == 60)


def edges(page: TypedPage, wanted: int = 0) -> list[int]:
    """The inner edges, rounded to points."""
    found = column_edges([page.sample], (), HEIGHT, wanted)
    assert found is not None
    return [round(x) for x in found[1:-1].tolist()]


def right(x1: float, text: str) -> float:
    """Where *text* begins that ends at *x1*."""
    return x1 - GLYPH * len(text)


def rows(draws_spaces: bool = True) -> TypedPage:
    """A count set right, a plate 2 points behind it, a moment of three words, a name of an agency in all rows."""
    page = TypedPage()
    for k in range(ROWS):
        y, count = 60 + 12 * k, str(7 ** (k % 6))
        page.type(right(60, count), y, count).type(62, y, f"TEST{k:03d}"[: 5 + k % 3])
        page.type(140, y, f"11/02/2025, 04:05:{k:02d} PM", draws_spaces=draws_spaces)
        page.type(300, y, "Exampleton County FL SO", draws_spaces=draws_spaces)
        page.type(420, y, "lookup" if k % 2 else "search", draws_spaces=draws_spaces)
    return page


def test_words_of_a_cell_are_one_column_and_close_cells_are_two() -> None:
    assert [round(x) for x in edges(rows())] == [61, 115, 266, 406]


def test_so_where_no_spaces_are_drawn() -> None:
    """Behind a count set right the white is as wide as a space in every row."""
    assert edges(rows(draws_spaces=False)) == [61, 115, 266, 406]


def test_titles_totals_and_running_heads_hide_no_column() -> None:
    page = rows().type(20, 30, "11/23/2025, 5:14 AM and more").type(420, 30, "Audit")
    page.type(20, 45, "Org Name: Exampleton County FL SO, all searches of the year")
    page.type(20, 60 + 12 * ROWS, "Total searches of this office and of others: 12")
    assert edges(page) == [61, 115, 266, 406]


def test_a_column_that_few_rows_fill_is_one() -> None:
    page = rows().type(520, 72, "allow").type(520, 96, "warn")
    assert edges(page)[:-1] == [61, 115, 266, 406]
    assert 444 < edges(page)[-1] < 520


def test_cells_that_touch_are_two_columns() -> None:
    page = Joined()
    for k in range(ROWS):
        count = str(13 ** (k % 5) + k)
        page.type(right(60, count), 60 + 12 * k, count).type(60, 60 + 12 * k, "FAKE0"[: 3 + k % 3] + str(k))
    assert edges(page) == [60]
    found = column_edges([page.sample], (), HEIGHT, 0)
    assert found is not None
    assert [column.meets for column in columns_between(found, [page.sample], ())] == [(60.0, 60.0), None]


def test_as_many_columns_as_names_are_given() -> None:
    assert edges(rows(), wanted=4) == [115, 266, 406]


def test_two_columns_at_least() -> None:
    page = TypedPage().stack(60, 60, ["one text", "another one"])
    assert column_edges([page.sample], (), HEIGHT, 0) is None


def test_a_log_is_told_by_its_values_and_its_periods_may_wrap() -> None:
    page = TypedPage()
    for k in range(ROWS):
        y = 60 + 30 * k
        page.across(y, {20: uuid_of(k), 200: f"{7 * k + 3}", 400: f"2025-11-01 04:{k:02d}:06"})
        page.stack(260, y, [f"2025-10-01 04:{k:02d}:06 -", "2025-11-01 04:00:00"])
    model = fit_headerless([page.sample], ())
    assert model is not None
    assert [column.given for column in model.columns] == ["ID", "Total Networks Searched", "Time Frame", "Search Time"]
    assert len(cells_of(laid_out(page, model))) == ROWS


def test_another_log_without_a_header_behind_one_with_a_header() -> None:
    first = TypedPage().across(40, {20: "ID", 200: "Org Name", 400: "Reason", 600: "Search Time"})
    second = TypedPage(2)
    for k in range(ROWS):
        time = f"2025-11-01 04:{k:02d}:06"
        first.across(60 + 12 * k, {20: uuid_of(k), 200: "Exampleton County FL SO", 400: "theft", 600: time})
        frame = f"2025-10-01 04:{k:02d}:06 to 2025-11-01 04:00:00"
        second.across(60 + 12 * k, {100: f"{k + 3}", 120: frame, 300: time, 400: "lookup", 460: uuid_of(k)})
    planned = plan_pages([first.sample, second.sample], 1, 2)
    assert [(plan.from_page, len(plan.model.columns)) for plan in planned] == [(1, 4), (2, 5)]
    assert planned[1].model.header_page is None
    behind = cells_of(laid_out(second, planned[1].model))
    assert [row[0] for row in behind] == [f"{k + 3}" for k in range(ROWS)]
    assert [row[4] for row in behind] == [uuid_of(k) for k in range(ROWS)]


def test_what_is_no_log_behind_one_is_not_read() -> None:
    first = TypedPage().across(40, {20: "ID", 200: "Org Name", 400: "Reason", 600: "Search Time"})
    second = TypedPage(2)
    for k in range(ROWS):
        time = f"2025-11-01 04:{k:02d}:06"
        first.across(60 + 12 * k, {20: uuid_of(k), 200: "Exampleton County FL SO", 400: "theft", 600: time})
        second.across(60 + 12 * k, {150: f"Camera {k}", 380: f"last seen at {time}", 560: "Main Street"})
    planned = plan_pages([first.sample, second.sample], 1, 2)
    assert [plan.from_page for plan in planned] == [1]


def test_a_masked_count_begins_its_row() -> None:
    page = TypedPage().across(40, {20: "Networks", 100: "Org Name", 250: "Reason", 400: "Time Frame"})
    for k in range(ROWS):
        y = 60 + 24 * k
        page.across(y, {20: "---" if k in (4, 5) else f"{k + 8}", 100: "Fakeville PD", 250: "theft"})
        page.stack(400, y, ["since 11/02", "of the year"])
    cells = cells_of(laid_out(page, fitted(page)))
    assert [row[0] for row in cells] == ["---" if k in (4, 5) else f"{k + 8}" for k in range(ROWS)]


def test_no_edge_is_given_twice() -> None:
    found = column_edges([rows().sample], (), HEIGHT, 0)
    assert found is not None
    assert (np.diff(found) > 0).all()


def test_a_count_that_a_mask_stands_for_is_one_of_those_set_right() -> None:
    page = TypedPage()
    for k in range(ROWS):
        y, count = 60 + 12 * k, "---" if k % 5 == 1 else str(7 ** (k % 6))
        page.type(right(60, count), y, count, draws_spaces=False).type(64, y, f"TEST{k:03d}"[: 5 + k % 3])
        page.type(140, y, f"11/02/2025, 04:05:{k:02d} PM", draws_spaces=False)
    assert edges(page) == [62, 116]


def test_white_that_is_no_space_wide_parts_columns_though_it_is_one_width() -> None:
    page = TypedPage()
    for k in range(ROWS):
        page.type(20, 60 + 12 * k, f"TEST{k:03d}").type(51, 60 + 12 * k, "lookup" if k % 2 else "search")
        page.type(140, 60 + 12 * k, f"11/02/2025, 04:05:{k:02d} PM", draws_spaces=False)
    assert edges(page)[0] == 50


def test_a_column_that_holds_ids_and_something_else_tells_no_log() -> None:
    page = TypedPage()
    for k in range(ROWS):
        page.type(20, 60 + 12 * k, f"{uuid_of(k)} {'ab'[k % 2]} Doe").type(300, 60 + 12 * k, f"{k + 3}")
        page.type(500, 60 + 12 * k, "Exampleton County FL SO").type(620, 60 + 12 * k, "lookup" if k % 2 else "search")
        page.type(400, 60 + 12 * k, f"2025-11-01 04:{k:02d}:06")
    assert fit_headerless([page.sample], ()) is None


def periods(kind: str) -> TypedPage:
    """A period in one line, a plate, a moment, and a text that says the *kind* of search in all rows."""
    page = TypedPage()
    for k in range(ROWS):
        page.across(60 + 12 * k, {20: f"2025-11-01 20:04:{k:02d} - 2025-11-08 20:04:{k:02d}", 300: f"TEST{k:03d}"})
        page.across(60 + 12 * k, {400: f"2025-11-08 20:05:{k:02d}", 560: kind})
    return page


def test_a_period_and_a_kind_of_search_beside_a_moment_are_a_log_without_ids_and_counts() -> None:
    model = fit_headerless([periods("lookup").sample], ())
    assert model is not None
    assert [column.name for column in model.columns] == ["Time Frame", None, "Search Time", "Search Type"]


def test_a_period_may_take_a_line_for_each_of_its_times() -> None:
    page = TypedPage()
    for k in range(ROWS):
        y = 60 + 24 * k
        page.stack(20, y, [f"2025-11-01 20:04:{k:02d}", f"2025-11-08 20:04:{k:02d}"])
        page.across(y, {200: f"TEST{k:03d}", 400: f"2025-11-08 20:05:{k:02d}", 560: "lookup"})
    model = fit_headerless([page.sample], ())
    assert model is not None
    assert [column.name for column in model.columns] == ["Time Frame", None, "Search Time", "Search Type"]


def test_periods_and_moments_alone_are_none() -> None:
    """Rosters print such."""
    assert fit_headerless([periods("present").sample], ()) is None


def test_the_sides_of_a_box_over_a_cell_are_no_columns() -> None:
    page = rows()
    for k in range(ROWS):
        for x in (15, 61, 115, 266, 406, 500):
            page.rule_down(x, 50 + 12 * k, 62 + 12 * k)
    for k in (3, 7):
        page.rule_down(70, 52 + 12 * k, 60 + 12 * k).rule_down(90, 52 + 12 * k, 60 + 12 * k)
    assert edges(page) == [61, 115, 266, 406]


def test_the_numbers_of_the_rows_are_no_counts() -> None:
    """Set right, they all but touch the names behind them."""
    page = TypedPage()
    for k in range(ROWS):
        y, number = 60 + 12 * k, str(k + 5)
        page.across(y, {20: uuid_of(k), 400: f"2025-11-01T04:{k:02d}:06Z", 520: f"{11 * k % 7}", 560: "lookup"})
        page.type(right(199, number), y, number).type(200, y, ["demo", "unit", "user-007"][k % 3])
    model = fit_headerless([page.sample], ())
    assert model is not None
    names = [column.given for column in model.columns]
    assert names == ["ID", None, None, "Search Time", "Total Networks Searched", "Search Type"]


def test_the_spaces_of_a_typewriter_may_be_wider_than_its_glyphs() -> None:
    """Its letters stand below one another in all rows, with white between them."""
    page = TypedPage()
    for k in range(ROWS):
        texts = {20: f"user-{k:04d}", 120: f"11/02/2025, 04:05:{k:02d} PM", 320: ["lookup", "search"][k % 2]}
        for x, text in texts.items():
            for n, letter in enumerate(text):
                if letter != " ":
                    page.glyphs.append((letter, x + 5 * n, 60 + 12 * k, int(n > 0 and text[n - 1] == " ")))
    assert [round(x) for x in edges(page)] == [92, 277]


def test_words_set_one_by_one_with_spaces_as_wide_as_a_letter_are_one_text() -> None:
    """A typewriter's words with white between the letters, too. Words of a title have drawn spaces between them."""
    page = TypedPage().type(20, 30, "Search history of November")
    for k in range(ROWS):
        texts = {20: f"user-{k:04d}", 120: f"11/02/2025 04:05:{k:02d}", 320: ["lookup", "search"][k % 2]}
        for x, text in texts.items():
            page.glyphs += [(sign, x + 4.6 * n, 60 + 12 * k, 0) for n, sign in enumerate(text) if sign != " "]
    assert [round(x) for x in edges(page)] == [90, 264]


def test_a_sliver_where_the_letters_of_few_texts_meet_is_no_column() -> None:
    """Lines of a column that few rows fill reach over what three of its texts cover by chance; a title goes further."""
    page = rows()
    for k in range(3):
        page.type(520, 60 + 12 * k, "allow").type(543 - 3.5 * (k > 0), 60 + 12 * k, "a")
    page.type(520, 66, "allow it all").type(420, 78, "lookup of all that searched")
    inside = without_titles([(page.content, np.ones(len(page.content.glyphs), np.bool_))], HEIGHT)[0][1]
    gone = page.content.glyphs.bottom[~inside]
    assert set(gone.tolist()) == {78.0}


def test_few_texts_that_reach_the_next_column_do_not_join_it() -> None:
    """Letters that stand apart make strips of their own, as far as texts go; two texts all but touch the next cell."""
    page = rows()
    texts = ["theft", "stolencar", "warrant", "stolen", "theft", "stolencarsplate"] * 2
    for k, text in enumerate(texts):
        for n, char in enumerate(text):
            page.type(520 + 4.5 * n, 60 + 12 * k, char)
        page.type(589, 60 + 12 * k, "***")
    assert edges(page)[-2:] == [482, 588]


def test_ids_begin_a_column_however_like_a_space_the_white_before_them_is() -> None:
    page = TypedPage()
    for k in range(ROWS):
        name = ("Capt. Mock", "Lt. Sample", "Sgt. Dummy")[k % 3]
        page.type(20, 60 + 12 * k, name, draws_spaces=False).type(64, 60 + 12 * k, uuid_of(k))
        page.type(240, 60 + 12 * k, "a plain reason", draws_spaces=False)
    assert edges(page)[0] == 62
