"""What stands around a table stays outside: titles, footers and totals are never taken into a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samples.content import entries
from samples.layouts import draw, layout_named
from tests.golden.reading import check_account, check_rows, read, squeeze, witness

TITLE = "Search Time in UTC, printed 11/30/2025"
FOOTER = "12/01/2025 Fakeville PD 44 lookup {page}/{pages}"
"""Both hold what rows hold as well: a date, an agency, a count, a search type."""
LAYOUTS = (
    "early-portrait-zebra",  # top-aligned on stripes
    "tight-unruled",
    "removed-columns-unruled-bottom",
    "centred-numbers",
    "five-columns-no-id",  # a time starts its rows, and the footer starts with a date
    "split-unruled",
    "early-grid-middle",
)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_title_and_a_footer_are_in_no_row(name: str, tmp_path: Path) -> None:
    layout = replace(layout_named(name), title=TITLE, footer=FOOTER)
    path = tmp_path / "log.pdf"
    expected = draw(layout, entries(13, 48, layout.content), path)
    parts = read(path, tmp_path)
    check_account(parts, witness(path))
    outside = [squeeze(line["text"]) for line in parts.tables["page_text"]]
    pages = parts.manifest["page_count"]
    assert pages > 1
    for text in (TITLE, *(FOOTER.format(page=n, pages=pages) for n in range(1, pages + 1))):
        assert squeeze(text) in outside
    check_rows(parts, expected)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_running_title_is_in_no_row(name: str, tmp_path: Path) -> None:
    layout = replace(layout_named(name), running_title=TITLE, title=None, footer=None)
    path = tmp_path / "log.pdf"
    expected = draw(layout, entries(13, 48, layout.content), path)
    parts = read(path, tmp_path)
    told = [line["page_number"] for line in parts.tables["page_text"] if squeeze(line["text"]) == squeeze(TITLE)]
    assert told == list(range(1, parts.manifest["page_count"] + 1))
    check_rows(parts, expected)


def test_a_row_on_the_place_of_a_footer_is_a_row(tmp_path: Path) -> None:
    """Furniture is a text at a place, not a place: a value printed there on another page is no furniture."""
    from extractors.lines import Lines
    from extractors.repeated import is_furniture

    def line(text: str) -> Lines:
        one, whole, flag = np.array([10.0]), np.array([1]), np.array([False])
        chars = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        boxes = (one, one + 750, one + 90, one + 760)
        return Lines([text], whole * 0, *boxes, whole, one, flag, flag, flag, chars, whole * 0, whole * len(text))

    known = ((770.0, "Page # of 9"),)
    assert is_furniture(line("Page 3 of 9"), known, 8.0).all()
    assert not is_furniture(line("user-0412"), known, 8.0).any()
