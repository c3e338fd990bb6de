"""Two exports on one page, each with its own header: the rows of both are read, and their numbers go on."""

from __future__ import annotations

from pathlib import Path

from tests.golden.reading import read
from tests.unit.raw_pdf import RawPage, text_at, write_pdf
from tests.unit.typed_pages import uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"


def drawn() -> list[tuple[float, float, str]]:
    """x, height from the top, text: eight rows, a title, and rows with other columns."""
    texts: list[tuple[float, float, str]] = []
    for x, label in {20: "ID", 220: "Org Name", 400: "Networks", 480: "Reason", 620: "Search Time"}.items():
        texts.append((x, 50, label))
    for k in range(8):
        cells = {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 480: "stolen plate", 620: TIME}
        texts += [(x, 70 + 14 * k, text) for x, text in cells.items()]
    texts.append((20, 210, "November"))
    texts += [(20, 230, "Search Time"), (200, 230, "Reason"), (380, 230, "ID")]
    for k in range(20):
        y = 246 + 14 * k
        texts += [(20, y, TIME), (200, y, "a missing juvenile"), (380, y, uuid_of(100 + k))]
    return texts


def test_rows_of_both_logs_are_read_by_their_own_columns(tmp_path: Path) -> None:
    content = b"".join(text_at(x, 612 - y, text, size=7) for x, y, text in drawn())
    path = write_pdf(tmp_path / "stack.pdf", [RawPage(content, media_box=(0, 0, 792, 612))])
    parts = read(path, tmp_path / "parts")
    assert [row["row_number"] for row in parts.rows] == list(range(1, 29))
    assert [row["segment_ordinal"] for row in parts.rows] == [1] * 8 + [2] * 20
    assert [parts.cells(row)[0] for row in parts.rows[:8]] == [uuid_of(k) for k in range(8)]
    assert [parts.cells(row)[2] for row in parts.rows[8:]] == [uuid_of(100 + k) for k in range(20)]
    assert [(s["first_page"], s["last_page"]) for s in parts.tables["segment"]] == [(1, 1), (1, 1)]
    [page] = parts.tables["page"]
    glyphs = sum(len("".join(text.split())) for _, _, text in drawn())
    assert page["glyphs_seen"] == page["glyphs_used"] + page["glyphs_furniture"] + page["glyphs_left"] == glyphs
    assert "November" in [text["text"] for text in parts.tables["page_text"] if text["account"] == "left"]
