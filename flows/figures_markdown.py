"""The report as Markdown: tables, and below each its notes, citations and query."""

from __future__ import annotations

from collections.abc import Iterator

from flows.figures import WORDS, heading, shown, told
from warehouse.report import Report, Table

_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>|#"} | {"\n": " ", "&": "&amp;"})


def markdown(report: Report, limit: int) -> str:
    """The whole page; text of documents is escaped."""
    return "\n".join(_lines(report, limit)) + "\n"


def _lines(report: Report, limit: int) -> Iterator[str]:
    yield from ("# Report", "", told(report), "")
    for words in WORDS:
        yield from (escaped(words), "")
    part = ""
    for table in report.tables:
        if table.query.part != part:
            part = table.query.part
            yield from (f"## {escaped(part)}", "")
        yield from (f"### {escaped(heading(table.query))}", "")
        yield from _table(table, limit)


def _table(table: Table, limit: int) -> Iterator[str]:
    seen = shown(table, limit)
    if seen.rows:
        yield _row(seen.columns)
        yield "|" + "---|" * len(seen.columns)
        yield from map(_row, seen.rows)
        yield ""
    yield from (" ".join(map(escaped, seen.said)), "")
    for note in table.query.notes:
        yield from (escaped(note), "")
    for label, citation in seen.examples:
        yield f"- {escaped(label)}: {escaped(citation)}"
    if seen.examples:
        yield ""
    yield from ("```sql", table.query.sql.strip(), "```", "")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"


def escaped(text: str) -> str:
    """*text* with nothing in it that Markdown would take for markup."""
    return text.translate(_SIGNS)
