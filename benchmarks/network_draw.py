"""A large network audit as one PDF: drawn page by page into content streams directly, because libraries take hours.

Ruled, landscape, a header on every page, cells of up to two lines; masked as network audits are printed today. The same
numbers of rows and organizations give the same bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from samples.content import ContentStyle, entries
from samples.vocabulary import STATES, TOWNS

ROWS_A_PAGE = 41
"""733,000 rows take 17,879 pages."""
_WIDTH, _HEIGHT, _LEFT, _TOP = 1008, 700, 24, 676
_PITCH, _LEADING, _SIZE, _PAD = 15.4, 6.6, 5.6, 2.0
_COLUMNS = (
    ("Name", 30),
    ("Org Name", 134),
    ("Total Networks Searched", 66),
    ("Total Devices Searched", 66),
    ("Time Frame", 92),
    ("License Plate", 44),
    ("Reason", 236),
    ("Case #", 66),
    ("Filters", 34),
    ("Search Time", 92),
    ("Search Type", 46),
)
HEADER = tuple(label for label, _ in _COLUMNS)
_EDGES = [_LEFT + sum(width for _, width in _COLUMNS[:j]) for j in range(len(_COLUMNS) + 1)]
_REASON_LETTERS = 66
"""Characters of a reason's line; capital letters of this size fit as well."""
_KIDS = 128
"""Pages under one node of the page tree."""

Cells = tuple[str, ...]


def network_rows(count: int, organizations: int) -> Iterator[Cells]:
    """*count* rows of a network audit, as printed, in the order of ``HEADER``; every organization occurs."""
    names = _organizations(organizations)
    style = ContentStyle(is_masked=True, longest_reason=2 * _REASON_LETTERS)
    for k, entry in enumerate(entries(1, count, style)):
        reason = " ".join(_lines(" ".join(entry.reason.split())))
        yield (
            entry.name, names[(k * 7919) % organizations], entry.total_networks_searched,
            entry.total_devices_searched, entry.time_frame, entry.license_plate, reason, entry.case_number,
            entry.filters, entry.search_time, entry.search_type,
        )  # fmt: skip


def draw_network_audit(path: Path, rows: int, organizations: int) -> int:
    """Draw it to *path*; the number of its pages."""
    return draw_rows(path, network_rows(rows, organizations))


def draw_rows(path: Path, rows: Iterator[Cells]) -> int:
    """Draw a log of *rows* to *path*, aside first, then renamed; the number of its pages."""
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        pages = _Writer(file).write(_pages(rows))
    aside.replace(path)
    return pages


def _organizations(count: int) -> list[str]:
    forms = ("{} {} PD", "{} County {} SO", "{} City {} PD", "{} University {} PD", "{} {} ISD PD", "{} {} Marshal")
    names = [form.format(town, state) for form in forms for town in TOWNS for state in STATES]
    return [f"{names[k % len(names)]}{f' {k // len(names) + 1}' if k >= len(names) else ''}" for k in range(count)]


def _pages(rows: Iterator[Cells]) -> Iterator[bytes]:
    """Content streams of the pages."""
    while page := list(islice(rows, ROWS_A_PAGE)):
        yield _page([HEADER, *page])


def _page(rows: list[Cells]) -> bytes:
    bottom = _TOP - _PITCH * len(rows)
    drawn = ["0.4 w"]
    for k in range(len(rows) + 1):
        y = _TOP - _PITCH * k
        drawn.append(f"{_EDGES[0]} {y:.1f} m {_EDGES[-1]} {y:.1f} l S")
    drawn += [f"{x} {_TOP} m {x} {bottom:.1f} l S" for x in _EDGES]
    drawn.append(f"BT /F {_SIZE} Tf")
    x0 = y0 = 0.0
    for k, cells in enumerate(rows):
        top = _TOP - _PITCH * k - _LEADING
        for column, text in enumerate(cells):
            for n, line in enumerate(_lines(text)):
                x, y = _EDGES[column] + _PAD, top - _LEADING * n
                shown = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                drawn.append(f"{x - x0:g} {y - y0:.1f} Td ({shown}) Tj")
                x0, y0 = x, y0 + round(y - y0, 1)
    drawn.append("ET")
    return "\n".join(drawn).encode("cp1252", "replace")


def _lines(text: str) -> list[str]:
    """At most two lines, broken where the text breaks itself or at a space."""
    if not text:
        return []
    if "\n" in text or len(text) <= _REASON_LETTERS:
        return text.split("\n")
    at = text.rfind(" ", 1, _REASON_LETTERS)
    if at < 0:
        return [text[:_REASON_LETTERS]]
    return [text[:at], text[at + 1 : at + 1 + _REASON_LETTERS].rstrip()]


@dataclass(slots=True)
class _Writer:
    """The objects of a PDF file, in the order they are written."""

    file: IO[bytes]
    offsets: dict[int, int] = field(default_factory=dict)
    at: int = 0

    def write(self, pages: Iterator[bytes]) -> int:
        """The whole file; the number of pages. Objects 1 to 3 are catalog, root of the page tree and font."""
        self._put(b"%PDF-1.5\n")
        self._object(1, "<</Type/Catalog/Pages 2 0 R>>")
        self._object(3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        nodes: list[tuple[int, list[int]]] = []
        number = 4
        for content in pages:
            if not nodes or len(nodes[-1][1]) == _KIDS:
                nodes.append((number, []))
                number += 1
            packed = zlib.compress(content, 6)
            stream = f"<</Length {len(packed)}/Filter/FlateDecode>>\nstream\n".encode() + packed + b"\nendstream"
            self._object(number, stream)
            told = f"/Parent {nodes[-1][0]} 0 R/Contents {number} 0 R/MediaBox[0 0 {_WIDTH} {_HEIGHT}]"
            self._object(number + 1, f"<</Type/Page{told}/Resources<</Font<</F 3 0 R>>>>>>")
            nodes[-1][1].append(number + 1)
            number += 2
        count = sum(len(kids) for _, kids in nodes)
        for node, kids in nodes:
            self._object(node, f"<</Type/Pages/Parent 2 0 R/Count {len(kids)}/Kids[{_references(kids)}]>>")
        self._object(2, f"<</Type/Pages/Count {count}/Kids[{_references([node for node, _ in nodes])}]>>")
        begin = self.at
        table = "".join(f"{self.offsets[k]:010d} 00000 n \n" for k in range(1, number))
        self._put(f"xref\n0 {number}\n0000000000 65535 f \n{table}".encode())
        self._put(f"trailer<</Size {number}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode())
        return count

    def _object(self, number: int, body: str | bytes) -> None:
        self.offsets[number] = self.at
        text = body.encode() if isinstance(body, str) else body
        self._put(f"{number} 0 obj\n".encode() + text + b"\nendobj\n")

    def _put(self, data: bytes) -> None:
        self.file.write(data)
        self.at += len(data)


def _references(numbers: list[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
