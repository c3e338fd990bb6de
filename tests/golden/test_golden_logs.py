"""Drawn logs come out as drawn: rows, pages, places, and the account of every glyph."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from samples import others
from samples.content import entries
from samples.expected import read_expected
from samples.layouts import draw, layout_named
from samples.releases import RELEASES, SAMPLES
from tests.golden.reading import check_account, check_boxes, check_rows, named_cells, read, witness

COMMITTED = [
    (SAMPLES / "inbox" / release.release_id / file.name, SAMPLES / "expected" / f"{file.name}.jsonl")
    for release in RELEASES
    for file in release.files
    if file.kept == 1
]


@pytest.mark.parametrize(("path", "expectation"), COMMITTED, ids=lambda path: path.stem[:12])
def test_committed_samples_come_out_as_drawn(path: Path, expectation: Path, tmp_path: Path) -> None:
    parts, seen = read(path, tmp_path), witness(path)
    check_rows(parts, read_expected(expectation))
    check_account(parts, seen)
    assert check_boxes(parts, seen) > 500
    assert parts.manifest["state"] == "loaded" and parts.manifest["reason"] is None
    assert {page["glyphs_left"] for page in parts.tables["page"]} - {0} == left_by_design(path)
    assert [issue for issue in parts.doubts() if issue["code"] != "left_over"] == []


def left_by_design(path: Path) -> set[int]:
    """A title printed once is no furniture: it is left over, and said to be."""
    return {len("NetworkAuditReport-PortSampleTXISDPD")} if path.name.startswith("network-audit") else set()


def test_the_spreadsheet_sample_is_all_rows_but_for_its_header(tmp_path: Path) -> None:
    parts = read(COMMITTED[1][0], tmp_path)
    furniture = [line for line in parts.tables["page_text"] if line["account"] == "furniture"]
    assert {(line["page_number"], line["rule"]) for line in furniture} == {(1, "header")}
    assert [page["glyphs_furniture"] > 0 for page in parts.tables["page"]] == [True] + [False] * 9
    [segment] = parts.tables["segment"]
    assert (segment["row_alignment"], segment["is_ruled"]) == ("bottom", False)
    assert {page["rotation"] for page in parts.tables["page"]} == {90}


DIVERSE = (
    "early-portrait-zebra",  # top-aligned on stripes
    "tight-unruled",  # 2 pt between 13 columns
    "widest-grid-boxes",  # all 14 columns, a box a cell
    "removed-columns-rotate-270",
    "rotated-and-cropped",  # centred, glyph by glyph
    "split-unruled",  # rows over page breaks without rules
    "portal-lower-case",  # rows over page breaks, thin fills
    "five-columns-no-id",  # anchored by a time
    "monthly-dense",  # the stream goes column by column
    "header-again",  # a second header in the middle
)


FEW_WRAPS = ("courier-bottom", 21)  # few cells wrap: most steps inside columns are steps between rows
HARD = (
    "centred-numbers",  # a title, and a footer that counts pages
    "grouped-blanks",  # blank cells where every row seems filled; the agency's name in the footer
)
"""Layouts whose reading hung on the dice: on which values stand at the top and the foot of a page."""


@pytest.mark.parametrize(
    ("name", "seed"),
    [
        *((name, 21) for name in DIVERSE),
        *((name, seed) for name in HARD for seed in (11, 21, 23)),
        ("courier-bottom", 11),  # a running title over bottom-aligned rows
        FEW_WRAPS,
        ("courier-bottom", 23),
    ],
)
def test_drawn_layouts_come_out_as_drawn(name: str, seed: int, tmp_path: Path) -> None:
    layout = layout_named(name)
    path = tmp_path / "log.pdf"
    expected = draw(layout, entries(seed, 60, layout.content), path)
    parts, seen = read(path, tmp_path), witness(path)
    check_rows(parts, expected)
    check_account(parts, seen)
    check_boxes(parts, seen)
    wrongly_named = {(page, row, column) for page, row, column in named_cells(parts) if row is not None}
    assert wrongly_named == set(), "an issue names a cell that is right"


@pytest.mark.parametrize("engine", ["pdfplumber", "both"])
def test_the_reference_engine_reads_the_same_rows(engine: str, tmp_path: Path) -> None:
    layout = layout_named("sheet")
    path = tmp_path / "log.pdf"
    expected = draw(layout, entries(22, 30, layout.content), path)
    parts = read(path, tmp_path / engine, engine=engine)
    check_rows(parts, expected)
    check_account(parts, witness(path))
    used = {"pdfplumber": "pdfplumber", "both": "pdfium"}[engine]
    assert {page["engine"] for page in parts.tables["page"]} == {used}
    assert parts.tables["issue"] == []


def test_every_text_outside_the_table_says_why(tmp_path: Path) -> None:
    layout = dataclasses.replace(layout_named("centred-numbers"), footer="Printed for testing - {page}")
    path = tmp_path / "log.pdf"
    draw(layout, entries(21, 60, layout.content), path)
    parts = read(path, tmp_path)
    told = {(line["account"], line["rule"], line["text"]) for line in parts.tables["page_text"]}
    assert ("left", "outside_table", "Organization Audit") in told
    assert [issue["seen_text"] for issue in parts.doubts()] == ["Organization Audit"]
    footers = [line for line in parts.tables["page_text"] if line["text"].startswith("Printed for testing")]
    assert len(footers) == parts.manifest["page_count"] >= 3
    assert {line["account"] for line in footers} == {"furniture"}


def test_a_footer_with_page_and_pages_is_furniture_on_the_last_page_too(tmp_path: Path) -> None:
    layout = layout_named("centred-numbers")
    path = tmp_path / "log.pdf"
    draw(layout, entries(21, 110, layout.content), path)
    parts = read(path, tmp_path)
    footers = [line for line in parts.tables["page_text"] if line["text"].startswith("Printed for testing")]
    assert len(footers) == parts.manifest["page_count"] >= 4
    assert {line["account"] for line in footers} == {"furniture"}


def test_a_password_opens_a_locked_log(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    expected = others.encrypted(path, password="sesame")
    parts = read(path, tmp_path, {"password": "sesame"})
    check_rows(parts, expected)
    check_account(parts, witness(path, "sesame"))


def test_pages_can_be_limited(tmp_path: Path) -> None:
    layout = layout_named("sheet")
    path = tmp_path / "log.pdf"
    expected = draw(dataclasses.replace(layout, header_on="every"), entries(22, 40, layout.content), path)
    parts = read(path, tmp_path, {"first_page": 2, "last_page": 3})
    check_rows(parts, [row for row in expected if row.page_numbers[0] in (2, 3)])
    assert {page["page_number"] for page in parts.tables["page"]} == {2, 3}
