"""The report as JSON: every row of every table, numbers as numbers, with the query and the notes."""

from __future__ import annotations

import io

from flows.table_output import write_json
from warehouse.report import Report


def told_as_json(report: Report, _limit: int) -> str:
    """All rows: a program that reads JSON counts for itself."""
    tables = [
        {
            "number": table.query.number,
            "name": table.query.name,
            "part": table.query.part,
            "title": table.query.title,
            "notes": table.query.notes,
            "query": table.query.sql.strip(),
            "columns": table.columns,
            "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        }
        for table in report.tables
    ]
    built = {"content_hash": report.content_hash, "built_datetime": report.built_datetime}
    stream = io.StringIO()
    write_json(stream, {**built, "tables": tables})
    return stream.getvalue()
