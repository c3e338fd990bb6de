"""Ten million rows: ``python -m benchmarks.scale --rows N``.

Parts are drawn directly, without PDFs: network audits of forty agencies that print the same searches, so that each one
stands in four logs; masked as they are printed today. The warehouse is built of them and published in a process of its
own, as at night, and what was published is then asked what people ask most.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from records.parts import MANIFEST, TABLES
from warehouse.query import connect
from warehouse.trace import cite

DOCUMENTS, ROWS_A_PAGE, ORGANIZATIONS, CHUNK_ROWS = 40, 41, 3_100, 50_000
_TYPES = {"int32": pa.int32(), "float": pa.float32(), "string": pa.string(), "bool": pa.bool_()}
_HEADER = (
    "ID", "Name", "Org Name", "Total Networks Searched", "Total Devices Searched", "Time Frame", "License Plate",
    "Reason", "Case #", "Filters", "Search Time", "Search Type",
)  # fmt: skip
_TIME = "'%m/%d/%Y, %I:%M:%S %p UTC'"
_TEXTS = (
    "concat(left(u, 8), '-', substr(u, 9, 4), '-4', substr(u, 14, 3), '-8', substr(u, 18, 3), '-', substr(u, 21, 12))",
    "'***'",
    f"concat('Town ', h % {ORGANIZATIONS} // 12, CASE h % 3 WHEN 0 THEN ' County ' ELSE ' ' END,"
    f" ['TX', 'FL', 'CA', 'IL', 'VA', 'OH', 'GA', 'ME', 'UT', 'TN', 'AR', 'OR'][h % {ORGANIZATIONS} % 12 + 1],"
    " CASE h % 3 WHEN 0 THEN ' SO' ELSE ' PD' END)",
    "(h % 6900 + 1)::VARCHAR",
    "(h % 89000 + 1)::VARCHAR",
    f"concat(strftime(ts - to_seconds(h % 2000000 + 3600), {_TIME}), ' ',"
    f" strftime(ts + to_seconds(h % 3600), {_TIME}))",
    "'***'",
    "CASE WHEN h % 1300 = 0 THEN 'Immigration (civil/administrative) - 26-' || h % 9973"
    " WHEN h % 2800 = 1 THEN 'Immigration (criminal) - case' WHEN h % 1500 = 2 THEN 'ICE warrant'"
    " WHEN h % 20 = 3 THEN NULL ELSE concat(['Robbery', 'Larceny/Theft Offenses', 'Motor Vehicle Theft/Stolen',"
    " 'Drugs/Narcotics', 'Traffic Infraction'][h % 5 + 1], ' - case ', h % 399989) END",
    "CASE WHEN h % 2 = 0 THEN '26-' || h % 999983 END",
    "'***'",
    f"strftime(ts, {_TIME})",
    "['lookup', 'search', 'convoy', 'visual', 'multiGeo'][h % 5 + 1]",
)

_QUESTIONS = {
    "rows, searches in logs, searches": """SELECT count(*), count(*) FILTER (is_first_in_log),
        count(*) FILTER (is_first_across) FROM "out".audit_search""",
    "searches by producer": """SELECT producer, count(*) FILTER (is_first_in_log) FROM "out".audit_search_organization
        GROUP BY ALL""",
    "searches by organization": """SELECT searching_organization, count(*) FROM "out".audit_search_organization
        WHERE is_first_across GROUP BY ALL ORDER BY 2 DESC LIMIT 50""",
    "searches by state": """SELECT searching_state, count(*) FROM "out".audit_search_organization WHERE is_first_across
        GROUP BY ALL""",
    "searches by month": """SELECT date_trunc('month', searched_datetime), count(*) FROM "out".audit_search
        WHERE is_first_across GROUP BY ALL""",
    "searches by category": """SELECT reason_category, count(*) FROM "out".audit_search WHERE is_first_across
        GROUP BY ALL ORDER BY 2 DESC""",
    "immigration by class": """SELECT evidence_class, has_civil_label, has_criminal_label, count(*)
        FROM "out".immigration_evidence_distinct GROUP BY ALL""",
    "immigration by organization": """SELECT searching_organization, count(*) FROM "out".immigration_evidence_distinct
        WHERE has_civil_label GROUP BY ALL ORDER BY 2 DESC LIMIT 50""",
    "states of plates, log by log": """SELECT agency, license_plate_state, count(*) FROM "out".audit_search
        GROUP BY ALL""",
    "one organization's searches of a day, with citations": """SELECT searched_datetime, reason, citation
        FROM "out".audit_search WHERE org_name = 'Town 7 County TX SO'
        AND searched_datetime >= '2025-12-05' AND searched_datetime < '2025-12-06' ORDER BY 1""",
}

_BUILD = r"""
import json, re, resource, sys, time
from datetime import date, datetime
from pathlib import Path
from records.documents import DocumentState, SourceDocument
from records.release import Receipt, Release
from warehouse.build import BuildInputs, Resources, build
from warehouse.publish import publish
parts = {folder.name: folder / "f" for folder in Path(sys.argv[1]).iterdir()}
documents = [SourceDocument(n, "audit.pdf", 1, "application/pdf", DocumentState.LOADED) for n in parts]
releases = [Release(f"r{k:02}", agency=f"Agency {k} TX PD", state="TX", produced_date=date(2026, 1, k % 28 + 1))
    for k in range(len(parts))]
receipts = [Receipt(f"r{k:02}", n, f"12_1_2025-1_1_2026-Agency {k} TX PD-Network-Audit.pdf", datetime(2026, 2, 1))
    for k, n in enumerate(sorted(parts))]
started = time.monotonic()
result = build(BuildInputs(releases, receipts, documents, (), parts), Path(sys.argv[2]), Resources(threads=2))
seconds, used = time.monotonic() - started, resource.getrusage(resource.RUSAGE_SELF)
cpu = used.ru_utime + used.ru_stime
publish(Path(sys.argv[2]), Path(sys.argv[3]), result.content_hash)
peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps({"rows": result.row_counts["raw.audit_row"], "seconds": seconds, "cpu": cpu,
    "publishing": time.monotonic() - started - seconds, "peak_mb": int(peak[1]) // 1024}))
"""


def draw_parts(folder: Path, rows: int) -> None:
    """Parts of all documents under *folder*."""
    per_document = rows // DOCUMENTS
    for number in range(DOCUMENTS):
        document_id = hashlib.sha256(f"document {number}".encode()).hexdigest()
        _draw_document(folder / document_id / "f", document_id, number, per_document)


def _draw_document(folder: Path, document_id: str, number: int, rows: int) -> None:
    folder.mkdir(parents=True)
    pages = -(-rows // ROWS_A_PAGE)
    for table, columns in TABLES.items():
        filled = {"segment": _segment(pages), "column": list(_columns())}.get(table, [])
        schema = pa.schema([(name, _TYPES[kind]) for name, kind in columns.items()])
        if table != "page":
            pq.write_table(pa.Table.from_pylist(filled, schema=schema), folder / f"{table}.parquet")
    files = {}
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(f"COPY ({_pages(pages)}) TO '{folder}/page.parquet'")
        for chunk, first in enumerate(range(0, rows, CHUNK_ROWS), start=1):
            last = min(first + CHUNK_ROWS, rows)
            name = f"row-s1-c{chunk}.parquet"
            connection.execute(f"COPY ({_rows(number, first, last)}) TO '{folder}/{name}' (COMPRESSION zstd)")
            files[name] = {"segment_ordinal": 1, "rows": last - first}
    manifest = {
        "document_id": document_id, "fingerprint": "f", "layout_version": 1, "engines": {"pdfium": "1"},
        "page_count": pages, "row_count": rows, "mark_count": 0, "sharing_count": 0, "state": "loaded",
        "reason": None, "advice": None, "files": files,
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _segment(pages: int) -> list[dict[str, object]]:
    facts = {"kind": "audit_log", "reason": "its header names the fields of a search", "engine": "pdfium"}
    return [{"segment_ordinal": 1, "first_page": 1, "last_page": pages, "is_ruled": True, **facts}]


def _columns() -> Iterator[dict[str, object]]:
    for j, header in enumerate(_HEADER):
        edges = {"left_edge": 20.0 + 80 * j, "right_edge": 100.0 + 80 * j}
        box = {"page_number": 1, "x0": 22.0 + 80 * j, "top": 10.0, "x1": 90.0 + 80 * j, "bottom": 17.0}
        told = {"printed_header": header, "header_basis": "printed"}
        yield {"segment_ordinal": 1, "column_ordinal": j, **told, **edges, **box}


def _pages(pages: int) -> str:
    columns = {name: f"NULL::{'FLOAT' if kind == 'float' else 'INTEGER' if kind == 'int32' else 'VARCHAR'}"
               for name, kind in TABLES["page"].items()}  # fmt: skip
    columns |= {
        "page_number": "p::INTEGER", "width": "1008::FLOAT", "height": "700::FLOAT", "rotation": "0::INTEGER",
        "page_class": "'text'", "class_reason": "'has a text layer'", "segment_ordinal": "1::INTEGER",
        "engine": "'pdfium'", "glyphs_seen": "9000::INTEGER", "glyphs_used": "9000::INTEGER",
        "glyphs_furniture": "0::INTEGER", "glyphs_left": "0::INTEGER",
    }  # fmt: skip
    return f"SELECT {', '.join(f'{sql} AS {name}' for name, sql in columns.items())} FROM range(1, {pages + 1}) AS r(p)"


def _rows(number: int, first: int, last: int) -> str:
    """Rows [first, last) of a document: every tenth search, and three other documents print the same ones."""
    box = "n::FLOAT * 15.4 + 20"
    cells = ", ".join(
        f"({text}) AS text_{j}, (CASE WHEN ({text}) IS NOT NULL THEN {22.5 + 80 * j} END)::FLOAT AS x0_{j},"
        f" (CASE WHEN ({text}) IS NOT NULL THEN {box} END)::FLOAT AS top_{j},"
        f" (CASE WHEN ({text}) IS NOT NULL THEN {90.3 + 80 * j} END)::FLOAT AS x1_{j},"
        f" (CASE WHEN ({text}) IS NOT NULL THEN {box} + 6.6 END)::FLOAT AS bottom_{j}"
        for j, text in enumerate(_TEXTS)
    )
    return f"""SELECT 1::INTEGER AS segment_ordinal, (i // {ROWS_A_PAGE} + 1)::INTEGER AS page_number,
            (i % {ROWS_A_PAGE} + 1)::INTEGER AS row_number, 'pdfium' AS engine, 22.5::FLOAT AS x0,
            ({box})::FLOAT AS top, 980::FLOAT AS x1, ({box} + 6.6)::FLOAT AS bottom, {cells}
        FROM (SELECT i, i % {ROWS_A_PAGE} AS n, s, md5(s::VARCHAR) AS u, (s * 2654435761 % 1000003) AS h,
                TIMESTAMP '2025-12-01 06:00:07' + to_seconds(s // 2) AS ts
            FROM (SELECT i, i * 10 + {number % 10} AS s FROM range({first}, {last}) AS r(i)))
        ORDER BY i"""


def main() -> None:
    """Draw, build, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="keep parts and warehouse here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        if not (folder / "parts").exists():
            draw_parts(folder / "parts", options.rows)
        path = folder / "snapshots" / "full.duckdb"
        if not path.exists():
            command = [sys.executable, "-c", _BUILD, folder / "parts", folder / "scale.duckdb", path.parent]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            told = json.loads(done.stdout)
            print(
                f"{told['rows']:,} rows built in {told['seconds']:.0f} s ({told['cpu']:.0f} s CPU),"
                f" published in {told['publishing']:.0f} s, {told['peak_mb']} MB at most,"
                f" file {path.stat().st_size / 2**20:,.0f} MB",
                flush=True,
            )
        _ask(path)


def _ask(path: Path) -> None:
    """The questions, each three times, and a hundred citations; the median of each."""
    with connect(path) as connection:
        for question, query in _QUESTIONS.items():
            took = []
            for _ in range(3):
                started = time.perf_counter()
                rows = connection.execute(query).fetchall()
                took.append(time.perf_counter() - started)
            print(f"| {question} | {len(rows):,} | {statistics.median(took):.2f} s |", flush=True)
        ids = [
            row[0] for row in connection.execute("SELECT row_id FROM raw.audit_row USING SAMPLE 100 ROWS").fetchall()
        ]
        took = []
        for row_id in ids:
            started = time.perf_counter()
            cite(connection, row_id)
            took.append(time.perf_counter() - started)
        print(f"| from a row to its citation | 1 | {statistics.median(took) * 1000:.1f} ms |")


if __name__ == "__main__":
    main()
