"""The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from flows.figures import EXAMPLE, WORDS, cell, heading, shown, told
from warehouse.report import Report, Table

_MOST_BARS, _BAR, _LABELS, _WIDTH = 12, 18, 250, 760
_STYLE = """
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --bar: #2f6f9f; --back: #ffffff; --shade: #f6f8fa }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b1; --line: #3d444d; --bar: #6cb2e6; --back: #0d1117; --shade: #161b22 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); margin: 2rem auto;
  max-width: 72rem; padding: 0 1rem }
h1, h2, h3 { line-height: 1.25 } h2 { margin-top: 3rem; border-bottom: 2px solid var(--line) } h3 { margin-top: 2rem }
nav ol { columns: 2; padding-left: 1.5rem } a { color: inherit }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: 13px }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--line) }
th { background: var(--shade) } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td.example { font-size: 11px; color: var(--soft); min-width: 18rem; overflow-wrap: anywhere }
p.note { color: var(--soft); max-width: 60rem } svg text { font: 12px system-ui, sans-serif; fill: var(--ink) }
svg rect { fill: var(--bar) } pre { background: var(--shade); padding: .8rem; overflow-x: auto; font-size: 12px }
@media print { body { margin: 0; max-width: none; font-size: 11px } nav { display: none } h3 { break-after: avoid }
  tr, svg { break-inside: avoid } details > pre { white-space: pre-wrap } }
"""


def html(report: Report, limit: int) -> str:
    """The whole page; text of documents is escaped."""
    return "\n".join(_lines(report, limit)) + "\n"


def _lines(report: Report, limit: int) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Report {escape(report.content_hash[:12])}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>Report</h1><p>{escape(told(report))}</p>"
    yield from (f"<p>{escape(words)}</p>" for words in WORDS)
    yield "<nav aria-label='Tables'><ol>"
    for table in report.tables:
        name = escape(f"{table.query.part}: {table.query.title}")
        yield f'<li value="{table.query.number}"><a href="#{table.query.name}">{name}</a></li>'
    yield "</ol></nav>"
    part = ""
    for table in report.tables:
        if table.query.part != part:
            part = table.query.part
            yield f"<h2>{escape(part)}</h2>"
        yield from _section(table, limit)
    yield "</body></html>"


def _section(table: Table, limit: int) -> Iterator[str]:
    query = table.query
    yield f'<section id="{query.name}"><h3>{escape(heading(query))}</h3>'
    if table.rows:
        yield from _chart(table)
        yield from _table(table, limit)
    yield f'<p class="note">{escape(" ".join(shown(table, limit).said))}</p>'
    yield from (f'<p class="note">{escape(note)}</p>' for note in query.notes)
    yield f"<details><summary>Query {query.number}</summary><pre>{escape(query.sql.strip())}</pre></details></section>"


def _table(table: Table, limit: int) -> Iterator[str]:
    are_numbers = [any(_is_number(row[place]) for row in table.rows) for place in range(len(table.columns))]
    kinds = [
        ' class="example"' if name == EXAMPLE else ' class="number"' if is_number else ""
        for name, is_number in zip(table.columns, are_numbers, strict=True)
    ]
    yield '<div class="wide"><table><thead><tr>'
    for name, kind in zip(table.columns, kinds, strict=True):
        yield f'<th scope="col"{kind}>{escape(name.replace("_", " "))}</th>'
    yield "</tr></thead><tbody>"
    for row in table.rows[:limit]:
        cells = (f"<td{kind}>{escape(cell(value))}</td>" for value, kind in zip(row, kinds, strict=True))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _chart(table: Table) -> Iterator[str]:
    """Bars of the first lines, where the query names a column for them; the table below says the same in numbers."""
    if table.query.chart is None:
        return
    label, number = (table.columns.index(name) for name in table.query.chart)
    bars = [(cell(row[label]), row[number]) for row in table.rows[:_MOST_BARS] if _is_number(row[number])]
    most = max((value for _, value in bars), default=0)
    if len(bars) < 2 or most <= 0:
        return
    height = _BAR * len(bars)
    said = f"Bars: {table.query.chart[1].replace('_', ' ')} by {table.query.chart[0].replace('_', ' ')}"
    yield f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" style="max-width:100%">'
    yield f"<title>{escape(said)}, the first {len(bars)} lines.</title>"
    for place, (name, value) in enumerate(bars):
        y = _BAR * place
        length = max(1.0, (_WIDTH - _LABELS - 90) * value / most)
        short = name if len(name) <= 38 else name[:37] + "…"
        yield f'<text x="{_LABELS - 8}" y="{y + 13}" text-anchor="end">{escape(short)}</text>'
        yield f'<rect x="{_LABELS}" y="{y + 3}" width="{length:.1f}" height="{_BAR - 6}"/>'
        yield f'<text x="{_LABELS + length + 6:.1f}" y="{y + 13}">{value:,}</text>'
    yield "</svg>"


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
