"""The report for people: what a table shows of its rows, in every format, and the tables of the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console

from flows.table_output import plain, print_table
from warehouse.report import Query, Report, Table

EXAMPLE = "example"
"""The column with a citation for its line."""
_DOUBTS = ("rows_under_issues", "entries_under_issues", "settings_under_issues")
_MOST_EXAMPLES = 3

WORDS = (
    "rows_printed counts rows as printed in the documents. searches_in_logs counts a search once in each log that"
    " prints it. searches_across counts it once wherever it is printed. They are three things: name the one you use.",
    "rows_under_issues counts the rows of the line with an open error or doubt about one of their cells; issues"
    " about whole pages or documents are in the last table. example is the citation of one row behind the line.",
)
"""What a reader must know before the first figure."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as people see it: its citations apart, its rows up to a limit."""

    columns: list[str]
    rows: list[list[str]]
    examples: list[tuple[str, str]]
    """What a line begins with, and its citation."""
    said: list[str]
    """How many rows there are, how many are shown, what is in doubt."""


def shown(table: Table, limit: int) -> Shown:
    """The first *limit* rows of a table, as text."""
    kept = [place for place, name in enumerate(table.columns) if name != EXAMPLE]
    rows = [[cell(row[place]) for place in kept] for row in table.rows[:limit]]
    examples = []
    if EXAMPLE in table.columns:
        cited = table.columns.index(EXAMPLE)
        examples = [(cell(row[kept[0]]), cell(row[cited])) for row in table.rows[:limit] if row[cited]]
    return Shown([table.columns[place] for place in kept], rows, examples[:_MOST_EXAMPLES], _said(table, limit))


def _said(table: Table, limit: int) -> list[str]:
    if not table.rows:
        return ["Nothing of this kind is in the snapshot."]
    more = len(table.rows) - limit
    lines = f"{len(table.rows):,} line{'s' if len(table.rows) > 1 else ''}"
    said = [f"{lines}; the first {limit:,} are shown (--limit, --format json)." if more > 0 else f"{lines}."]
    for name in _DOUBTS:
        if name in table.columns:
            place = table.columns.index(name)
            touched = [row[place] or 0 for row in table.rows]
            doubtful = sum(1 for count in touched if count)
            said.append(f"Lines with open issues behind them: {doubtful:,} of {len(touched):,}.")
    return said


def cell(value: object) -> str:
    """A value as text: thousands apart, nothing for null."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return plain(value)


def heading(query: Query) -> str:
    """Number and title."""
    return f"{query.number}. {query.title}"


def told(report: Report) -> str:
    """Which snapshot the figures are of."""
    built = report.built_datetime.strftime("%Y-%m-%d %H:%M")
    return f"Snapshot {report.content_hash[:12]}, built {built} UTC, content hash {report.content_hash}."


def print_report(console: Console, report: Report, limit: int) -> None:
    """Tables, and under each what to know and a few citations; the queries at the end."""
    console.print("Report", style="bold")
    for words in (told(report), *WORDS):
        console.print(words, markup=False, highlight=False)
    part = ""
    for table in report.tables:
        if table.query.part != part:
            part = table.query.part
            console.print(f"\n{part.upper()}", style="bold")
        seen = shown(table, limit)
        console.print()
        if seen.rows:
            print_table(console, seen.columns, seen.rows, heading(table.query))
        else:
            console.print(heading(table.query), style="bold")
        cited = [f"{label or '(blank)'}: {citation}" for label, citation in seen.examples]
        told_below = [*seen.said, *table.query.notes, *cited, f"Its query is number {table.query.number}, at the end."]
        for words in told_below:
            console.print(f"  {words}", markup=False, highlight=False)
    console.print("\nQUERIES", style="bold")
    for table in report.tables:
        console.print(f"\n{heading(table.query)}\n\n{table.query.sql}", markup=False, highlight=False)
