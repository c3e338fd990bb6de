"""Logs as web pages printed by a headless Chromium: Skia's PDF writer, real fonts, ligatures, painted borders."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samples import outside
from samples.content import AuditEntry, ContentStyle
from samples.expected import ExpectedRow
from samples.layout import Layout, row_texts
from samples.layouts import RULED, SHEET, layout_named

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class BrowserPrint:
    """One style sheet. The columns are those of ``like``."""

    name: str
    like: Layout
    borders: Literal["grid", "rows", "none"]
    size: float = 7.0
    font: str = "sans-serif"
    is_landscape: bool = True
    align_rows: Literal["top", "middle", "bottom"] = "top"
    repeats_header: bool = True
    splits_rows: bool = False
    is_zebra: bool = False
    pad_x: float = 2.0
    pad_y: float = 1.5
    hyphenates: bool = False
    """Words are parted by hyphens that no cell holds."""
    has_browser_lines: bool = False
    """Date, title, address and page number in the margins, as browsers add them."""

    @property
    def content(self) -> ContentStyle:
        """How to make the rows for :func:`print_log`."""
        return self.like.content


PRINTS = (
    BrowserPrint("chromium-grid", RULED, "grid"),
    BrowserPrint("chromium-grid-collapsed-header", RULED, "grid", repeats_header=False, splits_rows=True, size=6.5),
    BrowserPrint("chromium-rows-serif", layout_named("horizontal-rules"), "rows", font="serif", align_rows="middle"),
    BrowserPrint("chromium-unruled", SHEET, "none", size=5.0, repeats_header=False, align_rows="bottom"),
    BrowserPrint("chromium-unruled-headed", layout_named("split-unruled"), "none", has_browser_lines=True),
    BrowserPrint(
        "chromium-zebra-portrait", layout_named("portal-lower-case"), "none", is_zebra=True, is_landscape=False
    ),
)


def print_log(
    style: BrowserPrint, rows: Iterable[AuditEntry], path: Path, seconds: float = _PATIENCE
) -> list[ExpectedRow]:
    """Print *rows* to *path*. The browser breaks lines and pages, so the rows come back without either."""
    return print_texts(style, list(row_texts(style.like, rows)), path, seconds)


def print_texts(
    style: BrowserPrint, texts: list[tuple[str, ...]], path: Path, seconds: float = _PATIENCE
) -> list[ExpectedRow]:
    """The same for rows that are texts already, one for each column."""
    program = outside.find(_PROGRAMS)
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        page = Path(folder) / "audit.html"
        page.write_text(_page(style, texts), encoding="utf-8")
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={path}",
            *([] if style.has_browser_lines else ["--no-pdf-header-footer"]),
            page.as_uri(),
        ]
        outside.run(command, path, seconds)
    return outside.rows_in_order(style.like.header, texts)


def _page(style: BrowserPrint, texts: list[tuple[str, ...]]) -> str:
    head = _row("th", style.like.header, style.like) if style.like.header else ""
    body = "\n".join(_row("td", row, style.like) for row in texts)
    table = f"<thead>{head}</thead><tbody>{body}</tbody>" if style.repeats_header else f"<tbody>{head}{body}</tbody>"
    total = sum(column.weight for column in style.like.columns)
    widths = "".join(f'<col style="width:{100 * column.weight / total:.2f}%">' for column in style.like.columns)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Audit</title><style>{_css(style)}</style>'
        f"<table><colgroup>{widths}</colgroup>{table}</table></html>"
    )


def _row(tag: str, texts: tuple[str, ...], layout: Layout) -> str:
    cells = "".join(
        f'<{tag} class="{column.align}">{html.escape(text).replace(chr(10), "<br>")}</{tag}>'
        for column, text in zip(layout.columns, texts, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _css(style: BrowserPrint) -> str:
    border = {"grid": "border:0.5pt solid #444", "rows": "border-bottom:0.5pt solid #888", "none": "border:0"}
    rules = [
        f"@page{{size:letter {'landscape' if style.is_landscape else 'portrait'};margin:12mm}}",
        f"table{{border-collapse:collapse;table-layout:fixed;width:100%;font:{style.size}pt {style.font}}}",
        f"th,td{{{border[style.borders]};padding:{style.pad_y}pt {style.pad_x}pt;vertical-align:{style.align_rows};"
        "overflow-wrap:anywhere}",
        "th{text-align:left}.right{text-align:right}.center{text-align:center}",
    ]
    if style.like.align_header:
        rules.append(f"tr th{{text-align:{style.like.align_header}!important}}")
    if style.like.header_rows:
        rules.append(f"tr th{{vertical-align:{style.like.header_rows}}}")
    if style.hyphenates:
        rules.append("td{hyphens:auto}")
    if not style.splits_rows:
        rules.append("tr{break-inside:avoid}")
    if style.is_zebra:
        rules.append("tbody tr:nth-child(even){background:#e8e8e8;-webkit-print-color-adjust:exact}")
    return "".join(rules)
