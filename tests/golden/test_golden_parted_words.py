"""A program that parts words at line ends: what the log proves is joined, the rest is kept as printed and named."""

from __future__ import annotations

from pathlib import Path

from tests.golden.reading import read
from tests.unit.raw_pdf import RawPage, text_at, write_pdf
from tests.unit.typed_pages import uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
REASONS = (
    (["stolen vehi-", "cle report"], "stolen vehicle report"),
    (["missing per-", "son"], "missing person"),
    (["vehicle of a", "person"], "vehicle of a person"),
    (["gas-", "station"], "gas-station"),
)
HEADINGS = {20: "ID", 220: "Reason", 300: "Search Time", 460: "Org Name"}


def drawn() -> bytes:
    texts = [(x, 50, label) for x, label in HEADINGS.items()]
    for k in range(20):
        top = 70 + 24 * k
        texts += [(20, top, uuid_of(k)), (300, top, TIME), (460, top, "Fakeville PD")]
        texts += [(220, top + 9 * n, line) for n, line in enumerate(REASONS[k % len(REASONS)][0])]
    return b"".join(text_at(x, 612 - y, text, size=7) for x, y, text in texts)


def test_words_are_joined_where_the_log_holds_them_whole(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "parted.pdf", [RawPage(drawn(), media_box=(0, 0, 792, 612))])
    parts = read(path, tmp_path / "parts")
    assert [parts.cells(row)[1] for row in parts.rows] == [text for _, text in REASONS] * 5
    named = [(i["row_number"], i["column_ordinal"]) for i in parts.tables["issue"] if i["code"] == "word_parted"]
    assert named == [(k + 1, 1) for k in range(20) if k % 4 == 3]
