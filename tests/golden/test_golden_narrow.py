"""A column so narrow that it breaks dates and clocks, and its heading inside a word: rows begin with the day."""

from __future__ import annotations

from pathlib import Path

from tests.golden.reading import read
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

LINES = ("12/04", "/2025", ", 09:{k}", "1:54", "AM", "UTC")
HEADINGS = {40: ("Name",), 120: ("License", "Plate"), 200: ("Reason",), 420: ("Case #",), 520: ("Sear", "ch", "Time")}


def drawn() -> bytes:
    texts = [(x, 40 + 11 * n, line) for x, lines in HEADINGS.items() for n, line in enumerate(lines)]
    for k in range(8):
        top = 82 + 85 * k
        texts += [(40, top, f"unit {k}"), (120, top, f"TEST{k:03}"), (200, top, "stolen vehicle"), (420, top, "n/a")]
        texts += [(520, top + 11 * n, line.format(k=k % 6)) for n, line in enumerate(LINES)]
    return b"".join(text_at(x, 792 - y, text, size=9) for x, y, text in texts)


def test_times_that_are_broken_inside_their_date_start_rows(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "narrow.pdf", [RawPage(drawn())])
    parts = read(path, tmp_path / "parts")
    assert [parts.cells(row) for row in parts.rows] == [
        [f"unit {k}", f"TEST{k:03}", "stolen vehicle", "n/a", f"12/04/2025, 09:{k % 6}1:54 AM UTC"] for k in range(8)
    ]
    assert parts.doubts() == []
