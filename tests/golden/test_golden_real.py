"""A real log of 809 pages, read whole: its own figures are the oracle. Skips where no real records are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.golden.reading import Parts, read

FILE = "okaloosa-audit.pdf"
UUID_LENGTH = 36

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def parts(real_documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    path = real_documents / FILE
    if not path.exists():
        pytest.skip(f"no {FILE} among the real records")
    return read(path, tmp_path_factory.mktemp("real"))


def cells(parts: Parts, label: str) -> list[str]:
    j = parts.labels(parts.rows[0]).index(label)
    return [row[f"text_{j}"] or "" for row in parts.rows]


def test_every_row_is_read_on_its_page(parts: Parts) -> None:
    assert parts.manifest["page_count"] == 809
    per_page = Counter(row["page_number"] for row in parts.rows)
    assert [per_page[page] for page in range(1, 810)] == [8, *[9] * 807, 2]
    assert parts.manifest["row_count"] == len(parts.rows) == 7273


def test_every_id_is_distinct_and_whole(parts: Parts) -> None:
    ids = cells(parts, "ID")
    assert len(set(ids)) == 7273
    assert {len(text) for text in ids} == {UUID_LENGTH}


def test_the_figures_of_the_log_come_out(parts: Parts) -> None:
    types = {"lookup": 5504, "search": 1517, "freeform": 186, "visual": 51, "multiGeo": 12, "convoy": 3}
    assert Counter(cells(parts, "Search Type")) == types
    moderation = Counter(cells(parts, "Moderation"))
    assert {text: n for text, n in moderation.items() if text} == {"allow": 172, "block": 12, "warn": 2}
    assert cells(parts, "Reason").count("") == 9
    assert max(int(text) for text in cells(parts, "Total Networks Searched")) == 6709
    assert max(int(text) for text in cells(parts, "Total Devices Searched")) == 100034


def test_nothing_is_left_and_only_the_first_header_is_furniture(parts: Parts) -> None:
    pages = parts.tables["page"]
    assert sum(page["glyphs_left"] for page in pages) == 0
    assert [page["page_number"] for page in pages if page["glyphs_furniture"]] == [1]
    assert {(line["page_number"], line["account"], line["rule"]) for line in parts.tables["page_text"]} == {
        (1, "furniture", "header")
    }
    assert all(page["glyphs_seen"] == page["glyphs_used"] + page["glyphs_furniture"] for page in pages)


def test_nothing_is_doubtful(parts: Parts) -> None:
    assert Counter(issue["code"] for issue in parts.doubts()) == Counter()
