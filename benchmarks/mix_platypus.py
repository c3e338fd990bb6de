"""A mix as a table of ReportLab's Platypus: paragraphs in cells, which it breaks over lines and pages itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer

from benchmarks.mix_plan import Mix
from benchmarks.mix_table import MixDrawing
from samples import outside
from samples.draw_reportlab import ReportlabProducer
from samples.expected import ExpectedRow
from samples.layout import Layout
from samples.pages import BOLD

_ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}


def print_table(mix: Mix, texts: list[tuple[str, ...]], path: Path) -> list[ExpectedRow]:
    """Print *texts* to *path*; the rows come back without lines and pages."""
    layout = mix.layout
    drawing = MixDrawing(mix, ReportlabProducer(), texts)
    printable = [tuple(drawing.body.printable(text) for text in row) for row in texts]
    left, top, right, bottom = layout.margins
    document = SimpleDocTemplate(
        str(path),
        pagesize=layout.paper,
        leftMargin=left,
        topMargin=top,
        rightMargin=right,
        bottomMargin=bottom,
        invariant=1,
    )
    has_header = layout.header_on != "none"
    head = [_paragraphs(layout, layout.header, is_header=True)] if has_header else []
    widths = [x1 - x0 for x0, x1 in drawing.spans]
    table = LongTable(
        head + [_paragraphs(layout, row) for row in printable],
        colWidths=widths,
        repeatRows=int(layout.header_on == "every"),
        splitInRow=int(layout.splits_rows),
        style=_style(layout, has_header),
    )
    title = [Paragraph(layout.title or "", ParagraphStyle("t", fontName=BOLD[layout.font], fontSize=12)), Spacer(1, 12)]
    total = [Paragraph(mix.total.format(rows=len(texts)), ParagraphStyle("e"))] if mix.total else []
    foot = _foot(layout)
    document.build([*(title if layout.title else []), table, *total], onFirstPage=foot, onLaterPages=foot)
    return outside.rows_in_order(layout.header, printable)


def _paragraphs(layout: Layout, texts: tuple[str, ...], is_header: bool = False) -> list[Any]:
    made: list[Any] = []
    for column, text in zip(layout.columns, texts, strict=True):
        align = (layout.align_header if is_header else None) or column.align
        style = ParagraphStyle(
            "c",
            fontName=BOLD[layout.font] if is_header and layout.is_header_bold else layout.font,
            fontSize=layout.size,
            leading=layout.leading,
            alignment=_ALIGN[align],
        )
        made.append(Paragraph(escape(text).replace("\n", "<br/>"), style) if text else "")
    return made


def _style(layout: Layout, has_header: bool) -> list[Any]:
    first, last = (0, 0), (-1, -1)
    style: list[Any] = [
        ("VALIGN", first, last, layout.align_rows.upper()),
        ("LEFTPADDING", first, last, layout.pad_x),
        ("RIGHTPADDING", first, last, layout.pad_x),
        ("TOPPADDING", first, last, layout.pad_y),
        ("BOTTOMPADDING", first, last, layout.pad_y),
    ]
    rules = {"grid": "GRID", "horizontal": "LINEBELOW", "vertical": "LINEAFTER", "header": "LINEBELOW"}
    if layout.rules != "none":
        end = (-1, 0) if layout.rules == "header" else last
        style.append((rules[layout.rules], first, end, 0.4, colors.black))
    if layout.is_zebra:
        style.append(("ROWBACKGROUNDS", (0, int(has_header)), last, [colors.white, colors.HexColor(0xEEEEEE)]))
    return style


def _foot(layout: Layout) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        if layout.footer:
            canvas.setFont(layout.font, 8)
            text = layout.footer.format(page=document.page, pages="?").replace(" of ?", "").replace("/?", "")
            canvas.drawCentredString(layout.paper[0] / 2, layout.margins[3] / 2, text)

    return draw
