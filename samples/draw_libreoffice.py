"""Logs as spreadsheets printed by LibreOffice Calc, from flat OpenDocument files written here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from samples import outside
from samples.content import AuditEntry, ContentStyle
from samples.expected import ExpectedRow
from samples.layout import Layout, row_texts
from samples.layouts import RULED, SHEET, layout_named

_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE = 180.0

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("table", "table"),
        ("text", "text"),
        ("fo", "xsl-fo-compatible"),
    )
)


@dataclass(frozen=True, slots=True)
class SpreadsheetPrint:
    """One way a sheet is set up. The columns are those of ``like``."""

    name: str
    like: Layout
    has_borders: bool
    size: float = 7.0
    font: str = "Liberation Sans"
    is_landscape: bool = True
    align_rows: Literal["top", "middle", "bottom"] = "bottom"
    repeats_header: bool = False

    @property
    def content(self) -> ContentStyle:
        """How to make the rows for :func:`print_log`."""
        return self.like.content


PRINTS = (
    SpreadsheetPrint("calc-plain", SHEET, has_borders=False, size=5.0),
    SpreadsheetPrint("calc-grid", RULED, has_borders=True, repeats_header=True, size=6.5, align_rows="top"),
    SpreadsheetPrint("calc-plain-headed", layout_named("horizontal-rules"), has_borders=False, repeats_header=True),
    SpreadsheetPrint(
        "calc-serif-portrait",
        layout_named("monthly-dense"),
        has_borders=False,
        size=7,
        font="Liberation Serif",
        is_landscape=False,
    ),
)


def print_log(
    style: SpreadsheetPrint, rows: Iterable[AuditEntry], path: Path, seconds: float = _PATIENCE
) -> list[ExpectedRow]:
    """Print *rows* to *path*. Calc breaks lines and pages, so the rows come back without either."""
    return print_texts(style, list(row_texts(style.like, rows)), path, seconds)


def print_texts(
    style: SpreadsheetPrint, texts: list[tuple[str, ...]], path: Path, seconds: float = _PATIENCE
) -> list[ExpectedRow]:
    """The same for rows that are texts already, one for each column."""
    program = outside.find(_PROGRAMS)
    with tempfile.TemporaryDirectory(prefix="print-") as folder:
        sheet = Path(folder) / "audit.fods"
        sheet.write_text(_sheet(style, texts), encoding="utf-8")
        profile = (Path(folder) / "profile").as_uri()
        printed = sheet.with_suffix(".pdf")
        command = [program, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "pdf"]
        outside.run([*command, "--outdir", folder, str(sheet)], printed, seconds)
        path.write_bytes(printed.read_bytes())
    return outside.rows_in_order(style.like.header, texts)


def _sheet(style: SpreadsheetPrint, texts: list[tuple[str, ...]]) -> str:
    columns = "".join(f'<table:table-column table:style-name="c{j}"/>' for j in range(len(style.like.columns)))
    head = _row(style.like.header, ["h"] * len(style.like.columns)) if style.like.header else ""
    if style.repeats_header and head:
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    cell_styles = ["r" if column.align == "right" else "t" for column in style.like.columns]
    body = "\n".join(_row(row, cell_styles) for row in texts)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.2"'
        ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{_styles(style)}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="p"/>'
        "</office:master-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="Audit" table:style-name="s">{columns}{head}{body}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )


def _row(texts: Iterable[str], cell_styles: list[str]) -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="{cell_style}"'
        + (' office:value-type="string">' if text else ">")
        + "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n") if line)
        + "</table:table-cell>"
        for text, cell_style in zip(texts, cell_styles, strict=True)
    )
    return f'<table:table-row table:style-name="o">{cells}</table:table-row>'


def _styles(style: SpreadsheetPrint) -> str:
    width, height = (279.4, 215.9) if style.is_landscape else (215.9, 279.4)
    border = "0.5pt solid #000000" if style.has_borders else "none"
    total = sum(column.weight for column in style.like.columns)
    widths = [(width - 24) * column.weight / total for column in style.like.columns]
    made = [
        '<style:page-layout style:name="p"><style:page-layout-properties'
        f' fo:page-width="{width}mm" fo:page-height="{height}mm" fo:margin="12mm"'
        f' style:print-orientation="{"landscape" if style.is_landscape else "portrait"}" style:scale-to-X="1"/>'
        "<style:header-style/><style:footer-style/></style:page-layout>",
        '<style:style style:name="s" style:family="table" style:master-page-name="Default"/>',
        '<style:style style:name="o" style:family="table-row">'
        '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>',
    ]
    made.extend(
        f'<style:style style:name="c{j}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{column:.2f}mm"/></style:style>'
        for j, column in enumerate(widths)
    )
    for name, align, weight in (("t", "start", "normal"), ("r", "end", "normal"), ("h", "start", "bold")):
        made.append(
            f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
            f' fo:wrap-option="wrap" fo:border="{border}" style:vertical-align="{style.align_rows}"/>'
            f'<style:paragraph-properties fo:text-align="{align}"/><style:text-properties'
            f' fo:font-family={quoteattr(style.font)} fo:font-size="{style.size}pt" fo:font-weight="{weight}"/>'
            "</style:style>"
        )
    return "".join(made)
