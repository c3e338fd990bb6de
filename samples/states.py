"""One log in which every state of a cell is printed once and more, and what each cell is by its drawing.

Committed under ``samples/states``: a release folder, and ``ten-states.json`` with the state of each field of each row.
What is under a black box, or missing, is known here because it was drawn so; nothing is read back.
"""

from __future__ import annotations

import json
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from records.rows import AUDIT_FIELDS

RELEASE_ID = "testborough-pd-ca-2026-01"
FILE_NAME = "ten-states.pdf"
HIDDEN = "words under a black box"
"""In the text layer, and not on the page: never to be published."""

_RELEASE = """\
# An invented release: one log with every state that a cell can be in. The agency withheld the plates.
agency = "Testborough CA PD"
state = "CA"
request_number = "TB-26-0007"
produced_date = 2026-01-20
status = "partial"
exemptions = ["License Plate: Gov. Code 7923.600"]
"""
_WIDTH, _HEIGHT, _LEFT, _TOP, _PITCH, _SIZE = 842.0, 595.0, 20.0, 560.0, 24.0, 7.0
_COLUMNS = {
    # header: (field, width)
    "ID": ("id", 150.0),
    "Name": ("name", 80.0),
    "Org Name": ("org_name", 95.0),
    "Total Networks Searched": ("total_networks_searched", 95.0),
    "License Plate": ("license_plate", 55.0),
    "Reason": ("reason", 130.0),
    "Case #": ("case_number", 65.0),
    "Search Time": ("search_time", 115.0),
}

# What is drawn otherwise than in a plain row: field -> (printed text, state). "\u25a0" stands for a black box.
_ROWS: tuple[dict[str, tuple[str, str]], ...] = (
    {},
    {"name": ("***", "masked")},
    {"reason": ("REDACTED", "redacted")},
    {"reason": ("7923.600 GC", "redacted")},
    {"name": ("###", "redacted"), "case_number": ("N/A", "placeholder")},
    {"reason": ("REDACTED, stolen vehicle", "partial")},
    {"case_number": ("", "empty")},
    {"case_number": ("none", "placeholder")},
    {"reason": ("\u25a0", "blacked_out")},
    {"case_number": ("\u25a0", "blacked_out"), "name": ("***", "masked")},
    {"name": ("[illegible]", "illegible")},
    {"case_number": ("[withheld]", "withheld")},
    {"org_name": ("* * *", "redacted"), "total_networks_searched": ("", "empty")},
    {"name": ("REDACTED", "redacted"), "reason": ("-", "placeholder"), "case_number": ("", "empty")},
)


def draw_states(samples: Path) -> list[Path]:
    """Draw the release and write its expectation under *samples*; the files."""
    folder = samples / "states" / RELEASE_ID
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "release.toml").write_text(_RELEASE, encoding="utf-8")
    _draw(folder / FILE_NAME)
    expected = samples / "states" / "ten-states.json"
    expected.write_text(json.dumps(expected_states(), indent=1) + "\n", encoding="utf-8")
    return [folder / "release.toml", folder / FILE_NAME, expected]


def expected_states() -> list[dict[str, str]]:
    """For every row in printed order: field -> state."""
    shown = {field for field, _ in _COLUMNS.values()}
    plain = {field: "value" if field in shown else "not_exported" for field in AUDIT_FIELDS}
    plain["license_plate"] = "withheld"
    return [plain | {field: state for field, (_, state) in row.items()} for row in _ROWS]


def _plain(number: int) -> dict[str, str]:
    return {
        "id": f"{number:08x}-5a5a-4000-8000-0000000000{number:02x}",
        "name": f"user-{number:04d}",
        "org_name": "Testborough CA PD",
        "total_networks_searched": str(100 + number),
        "license_plate": "",
        "reason": f"theft {number}",
        "case_number": f"26-{number:04d}",
        "search_time": f"01/05/2026, 03:{number:02d}:07 PM UTC",
    }


def _draw(path: Path) -> None:
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setFont("Helvetica", _SIZE)
    edges = [_LEFT]
    for _, width in _COLUMNS.values():
        edges.append(edges[-1] + width)
    bottom = _TOP - _PITCH * (len(_ROWS) + 1)
    for x in edges:
        canvas.line(x, _TOP, x, bottom)
    for k in range(len(_ROWS) + 2):
        canvas.line(edges[0], _TOP - _PITCH * k, edges[-1], _TOP - _PITCH * k)
    for x, header in zip(edges, _COLUMNS, strict=False):
        canvas.drawString(x + 3, _TOP - 14, header)
    for number, row in enumerate(_ROWS, start=1):
        texts = _plain(number) | {field: text for field, (text, _) in row.items()}
        y = _TOP - _PITCH * number
        for j, (field, width) in enumerate(_COLUMNS.values()):
            if texts[field] == "\u25a0":
                canvas.drawString(edges[j] + 3, y - 14, HIDDEN[: int(width / 5)])
                canvas.rect(edges[j] + 2, y - 18, width - 4, 12, stroke=0, fill=1)
            else:
                canvas.drawString(edges[j] + 3, y - 14, texts[field])
    canvas.showPage()
    canvas.save()
