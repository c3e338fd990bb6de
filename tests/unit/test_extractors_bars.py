"""Rules that are typed part columns like drawn ones; bars in texts stay text."""

from __future__ import annotations

from extractors.bars import lines_apart, with_typed_rules
from extractors.fit_log import fit_from
from extractors.layout import layout_page
from extractors.sample import sample_page
from tests.unit.typed_pages import TypedPage, cells_of, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
BARS = (170, 290, 420)


def barred(count: int, reason: str = "theft") -> TypedPage:
    page = TypedPage().across(50, {20: "ID", 180: "Org Name", 300: "Reason", 430: "Search Time"})
    page.type(20, 60, "-" * 38 + "+" + "-" * 90)
    for k in range(count):
        page.across(70 + 12 * k, {20: uuid_of(k), 180: "Fakeville PD", 300: reason, 430: TIME})
    for y in [50, *(70 + 12 * k for k in range(count))]:
        page.across(y, dict.fromkeys(BARS, "|"))
    return page


def test_bars_in_columns_become_rulings_and_the_text_is_free_of_them() -> None:
    page = barred(8, "a | b")
    content = with_typed_rules(page.content)
    assert "-" * 9 not in content.glyphs.text and content.glyphs.text.count("|") == 8
    assert content.glyph_count == page.content.glyph_count
    assert sorted(round(x) for x in content.rulings.vertical[:, 2])[1:4] == [x + 2 for x in BARS]
    sample = sample_page(content, [])
    model = fit_from(sample.headers[0], 1, [sample])
    assert model is not None
    rows = cells_of(layout_page(content, model))
    assert rows == [[uuid_of(k), "Fakeville PD", "a | b", TIME] for k in range(8)]


def test_typed_rules_are_furniture() -> None:
    page = barred(8)
    lines = lines_apart(with_typed_rules(page.content))
    assert {(line.account, line.rule) for line in lines} == {("furniture", "typed_rule")}
    assert sum(line.glyph_count for line in lines) == 9 * 3 + 38 + 1 + 90


def test_bars_that_stand_nowhere_twice_are_text() -> None:
    page = TypedPage()
    for k in range(12):
        page.type(20 + 7 * k, 50 + 12 * k, "stolen | recovered")
    content = page.content
    assert with_typed_rules(content) is content


def dashed(gap: int = 1) -> TypedPage:
    """A report as database programs print it: runs of dashes as wide as the columns, one space between them."""
    widths = (36, 14, 23, 27)
    values = [("ID", "ORG_NAME", "TOTAL_NETWORKS_SEARCHED", "SEARCH_TIME")]
    values += [(uuid_of(k), "Fakeville PD 1" if k % 2 else "Oak", f"{k + 3:>23}", TIME) for k in range(10)]
    lines = [(" " * gap).join(v.ljust(w) for v, w in zip(row, widths, strict=True)) for row in values]
    lines.insert(1, (" " * gap).join("-" * w for w in widths))
    return TypedPage().stack(20, 50, lines, 10.0)


def test_runs_of_dashes_below_headings_part_columns_with_one_space_between() -> None:
    page = dashed()
    content = with_typed_rules(page.content)
    assert content.glyph_count == page.content.glyph_count and "--" not in content.glyphs.text
    sample = sample_page(content, [])
    model = fit_from(sample.headers[0], 1, [sample])
    assert model is not None
    rows = cells_of(layout_page(content, model))
    assert rows == [[uuid_of(k), "Fakeville PD 1" if k % 2 else "Oak", str(k + 3), TIME] for k in range(10)]


def test_dashes_below_headings_alone_part_nothing_and_are_no_part_of_these() -> None:
    content = with_typed_rules(dashed(6).content)
    assert not len(content.rulings.vertical) and "--" not in content.glyphs.text
    assert sample_page(content, []).headers[0].labels[0].text == "ID"


def test_runs_of_dashes_that_all_but_touch_are_two() -> None:
    """Each run has as many dashes as fit into its column, so that white of another width is left behind each."""
    page = TypedPage().across(50, {20: "ID", 201: "Licence Plate", 285: "Reason"})
    page.across(60, {20: "-" * 45, 201: "-" * 20, 285: "-" * 30})
    for k in range(6):
        page.across(70 + 10 * k, {20: uuid_of(k), 201: "SMPL123", 285: "theft"})
    places = with_typed_rules(page.content).rulings.vertical[:, 2]
    assert [round(x, 1) for x in places.tolist()] == [18.0, 200.5, 284.0, 409.0]
