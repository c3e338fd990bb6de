"""All differences between two snapshots, from the figures that people quote down to single values."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from records.errors import ConfigurationError
from warehouse.diff import EARLIER, LATER, Change, listed
from warehouse.diff_rows import row_changes

_FIGURES = {
    "rows printed": 'SELECT count(*) FROM {s}."out".audit_search',
    "searches in logs": 'SELECT count(*) FROM {s}."out".audit_search WHERE is_first_in_log',
    "searches across logs": 'SELECT count(*) FROM {s}."out".audit_search WHERE is_first_across',
    "searching organizations": 'SELECT count(DISTINCT org_id) FROM {s}."out".audit_search',
    "searches in logs with a civil immigration label": """SELECT count(*)
        FROM {s}."out".immigration_evidence_in_log WHERE has_civil_label""",
    "searches in logs with a criminal immigration label": """SELECT count(*)
        FROM {s}."out".immigration_evidence_in_log WHERE has_criminal_label""",
    "searches in logs that name an immigration agency, without a label": """SELECT count(*)
        FROM {s}."out".immigration_evidence_in_log WHERE evidence_class = 'agency_keyword'""",
    "searches in logs with immigration as their topic, neither label nor agency": """SELECT count(*)
        FROM {s}."out".immigration_evidence_in_log WHERE evidence_class = 'topic_keyword'""",
    "searches in logs with ambiguous words only": """SELECT count(*)
        FROM {s}."out".immigration_evidence_in_log WHERE evidence_class = 'ambiguous'""",
    "hotlist settings": 'SELECT count(*) FROM {s}."out".hotlist_setting',
    "organizations in sharing lists": 'SELECT count(*) FROM {s}."out".sharing',
    "releases": 'SELECT count(*) FROM {s}."out".release_status',
    "documents": 'SELECT count(*) FROM {s}."out".document_status',
    "loaded documents": "SELECT count(*) FROM {s}.\"out\".document_status WHERE document_state = 'loaded'",
    "open issues": 'SELECT count(*) FROM {s}."out".issue WHERE is_open',
}

_KEYED = (
    ("Releases", "release_status", "release_id", "agency", "request_status requested_date produced_date"),
    ("Documents", "document_status", "document_id", "file_name", "document_state row_count mark_count sharing_count"),
    ("Hotlists", "hotlist_setting", "list_id, label_key", "label", "state standing topic"),
    ("Sharing lists", "sharing", "list_id, organization", "organization", "direction standing"),
    (
        "Organizations",
        "organization",
        "org_id",
        "organization",
        "state org_type is_federal is_inactive is_deactivated is_demo needs_review",
    ),
    ("Immigration evidence", "immigration_evidence", "row_id, rule_id", "rule_id", "evidence_class matched_text doubt"),
)
"""Part, relation of ``out``, what names a thing in it, what people call it, and the columns that are compared."""


def differences(connection: duckdb.DuckDBPyConnection, limit: int) -> Iterator[Change]:
    """Every kind of difference, in the order to read them; *limit* cases of each are kept."""
    try:
        yield _figures(connection)
        yield from _read_anew(connection, limit)
        for part, relation, key, label, columns in _KEYED:
            yield from _keyed(connection, part, relation, key, label, columns.split(), limit)
        yield from row_changes(connection, limit)
        yield from _standings(connection, limit)
        yield from _issues(connection, limit)
    except duckdb.CatalogException as error:
        message = "One of the snapshots was built by a version that had other relations."
        raise ConfigurationError(message, "Build it again (recordtrail nightly), then compare.") from error


def _figures(connection: duckdb.DuckDBPyConnection) -> Change:
    rows = []
    for name, query in _FIGURES.items():
        pair = [connection.execute(query.format(s=side)).fetchone() for side in (EARLIER, LATER)]
        before, after = (int(found[0]) if found else 0 for found in pair)
        rows.append((name, before, after, after - before))
    changed = sum(1 for row in rows if row[3])
    said = f"{changed} of {len(rows)} headline figures differ."
    return Change("Figures", said, changed, ("figure", "earlier", "later", "difference"), tuple(rows))


def _read_anew(connection: duckdb.DuckDBPyConnection, limit: int) -> Iterator[Change]:
    """Documents whose extraction is another one; an analyst file does not tell."""
    tells = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'raw' AND table_name = 'document'"
    ).fetchone()
    if tells == (2,):
        yield listed(
            connection,
            "Documents",
            "Read anew, by another version or with other hints: {n}.",
            f"""SELECT n.file_name, o.fingerprint AS earlier, n.fingerprint AS later, s.citation
            FROM {EARLIER}.raw.document AS o JOIN {LATER}.raw.document AS n USING (document_id)
            JOIN {LATER}."out".document_status AS s ON s.document_id = n.document_id
            WHERE o.fingerprint IS DISTINCT FROM n.fingerprint ORDER BY n.file_name""",
            limit,
        )


def _keyed(
    connection: duckdb.DuckDBPyConnection,
    part: str,
    relation: str,
    key: str,
    label: str,
    columns: list[str],
    limit: int,
) -> Iterator[Change]:
    """Things with a key of their own: come, gone, and otherwise."""
    cited = "citation" if relation != "organization" else "org_id"
    for word, side, other in (("New", LATER, EARLIER), ("Gone", EARLIER, LATER)):
        yield listed(
            connection,
            part,
            f"{word}: {{n}}.",
            f"""SELECT s.{label}, s.{cited} FROM {side}."out".{relation} AS s
            ANTI JOIN {other}."out".{relation} AS t USING ({key}) ORDER BY ALL""",
            limit,
        )
    for column in columns:
        # A list may print a label twice: what all of them say is compared.
        texts = f"list_sort(list(DISTINCT coalesce({column}::VARCHAR, '')))"
        said = f"""SELECT {key}, array_to_string({texts}, ' / ') AS said,
                min({label}) AS named, min({cited}) AS cited FROM {{side}}."out".{relation} GROUP BY {key}"""
        yield listed(
            connection,
            part,
            f"Other {column}: {{n}}.",
            f"""SELECT n.named AS {label}, o.said AS earlier, n.said AS later, n.cited AS {cited}
            FROM ({said.format(side=EARLIER)}) AS o JOIN ({said.format(side=LATER)}) AS n USING ({key})
            WHERE o.said <> n.said ORDER BY ALL""",
            limit,
        )


def _standings(connection: duckdb.DuckDBPyConnection, limit: int) -> Iterator[Change]:
    sides = """SELECT 'row of a log' AS what, standing, count(*) AS n FROM {s}."out".audit_search GROUP BY ALL
        UNION ALL SELECT 'hotlist setting', standing, count(*) FROM {s}."out".hotlist_setting GROUP BY ALL
        UNION ALL SELECT 'sharing entry', standing, count(*) FROM {s}."out".sharing GROUP BY ALL"""
    yield listed(
        connection,
        "Standings",
        "Counts of standings that differ: {n}.",
        f"""SELECT what, standing, coalesce(o.n, 0) AS earlier, coalesce(n.n, 0) AS later
        FROM ({sides.format(s=EARLIER)}) AS o FULL JOIN ({sides.format(s=LATER)}) AS n USING (what, standing)
        WHERE o.n IS DISTINCT FROM n.n ORDER BY what, standing""",
        limit,
    )


def _issues(connection: duckdb.DuckDBPyConnection, limit: int) -> Iterator[Change]:
    yield listed(
        connection,
        "Open issues",
        "Codes of which issues came, went or were settled: {n}.",
        f"""WITH o AS (SELECT issue_id, code FROM {EARLIER}."out".issue WHERE is_open),
        n AS (SELECT issue_id, code FROM {LATER}."out".issue WHERE is_open)
        SELECT coalesce(o.code, n.code) AS code, count(*) FILTER (o.issue_id IS NULL) AS came,
            count(*) FILTER (n.issue_id IS NULL) AS went, count(n.issue_id) AS open_now
        FROM o FULL JOIN n ON n.issue_id = o.issue_id
        GROUP BY 1 HAVING came + went > 0 ORDER BY came + went DESC, 1""",
        limit,
    )
