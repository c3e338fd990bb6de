"""Immigration evidence and the published term counts: ``core.audit_search`` -> one row per search row and rule.

Rules are asked once per distinct text, and only of texts that a cheap pattern lets through. What a cell that is masked,
redacted or empty might have said is not known: ``out.immigration_denominator`` counts those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import duckdb

from warehouse.derive_evidence_rules import find_evidence
from warehouse.evidence_rules import CLASSES, evidence_rules, prefilter, rule_sets, table
from warehouse.flat import registered
from warehouse.search_rules import quoted, quoted_list

_SPAN = {"matched_text": "string", "start_position": "int32", "end_position": "int32"}
_READ = "('value', 'partial', 'placeholder')"
"""States of a cell that holds a text: a whole column of one constant says the same in every row, but it says it."""


def derive_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables of evidence and of rule sets; ``core.audit_search`` and ``core.search_group`` must be there."""
    _store_rules(connection)
    _find_texts(connection)
    _store_evidence(connection)
    _store_terms(connection)
    _store_searches(connection)
    connection.execute("DROP TABLE evidence_text")


def _store_rules(connection: duckdb.DuckDBPyConnection) -> None:
    rules = [
        (r.rule_id, r.evidence_class, r.entry["pattern"], r.entry["ignore_case"], r.entry["source"], r.entry["why"])
        for r in evidence_rules()
    ]
    columns = dict.fromkeys(("rule_id", "evidence_class", "pattern"), "string")
    columns |= {"is_case_ignored": "bool", "source": "string", "why": "string"}
    with registered(connection, "given_rule", columns, rules):
        connection.execute("INSERT INTO core.immigration_rule SELECT * FROM given_rule ORDER BY rule_id")
    terms = [(s["id"], term, s["title"], s["source"]) for s in rule_sets().values() for term in s["terms"]]
    columns = dict.fromkeys(("rule_set_id", "term", "title", "source"), "string")
    with registered(connection, "given_term", columns, terms):
        connection.execute("INSERT INTO core.rule_set_term SELECT * FROM given_term ORDER BY ALL")


def _find_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """``evidence_text``: row_id, field and text of every cell in which a rule or a term may find something."""
    pattern = quoted(prefilter())
    # The state is asked of the few rows that the pattern finds.
    fields = " UNION ALL ".join(
        f"""SELECT f.row_id, f.document_id, '{name}' AS field, {number} AS field_rank, f.{name} AS text,
            s.{name}_state AS field_state
        FROM (SELECT row_id, document_id, {name} FROM core.audit_row_decided
            WHERE {name} IS NOT NULL AND regexp_matches({name}, {pattern})) AS f
        JOIN core.audit_search AS s ON s.row_id = f.row_id AND s.{name}_state IN {_READ}"""
        for number, name in enumerate(table()["fields"])
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE evidence_text AS {fields}")


def _distinct(connection: duckdb.DuckDBPyConnection, where: str = "TRUE") -> list[str]:
    rows = connection.execute(f"SELECT DISTINCT text FROM evidence_text WHERE {where} ORDER BY text").fetchall()
    return [text for (text,) in rows]


def _store_evidence(connection: duckdb.DuckDBPyConnection) -> None:
    hits = [
        (text, hit.rule_id, hit.evidence_class, hit.matched_text, hit.start, hit.end, hit.doubt)
        for text in _distinct(connection)
        for hit in find_evidence(text)
    ]
    columns = {"text": "string", "rule_id": "string", "evidence_class": "string", **_SPAN, "doubt": "string"}
    weaker = [name for name, said in table()["fields"].items() if said]
    with registered(connection, "given_hit", columns, hits):
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE row_hit AS
            WITH found AS (
                SELECT t.row_id, t.document_id, h.rule_id, t.field, t.field_rank, t.field_state,
                    CASE WHEN t.field IN {_tuple(weaker)} THEN 'ambiguous' ELSE h.evidence_class END AS evidence_class,
                    h.matched_text, h.start_position, h.end_position,
                    coalesce(h.doubt, CASE WHEN t.field IN {_tuple(weaker)} AND h.evidence_class <> 'ambiguous'
                        THEN 'field' END) AS doubt
                FROM evidence_text AS t JOIN given_hit AS h ON h.text = t.text)
            SELECT * EXCLUDE (field_rank) FROM found
            QUALIFY row_number() OVER (PARTITION BY row_id, rule_id
                ORDER BY list_position({quoted_list(CLASSES)}, evidence_class), field_rank) = 1"""
        )
    first = {scope: _first_rows(scope, "SELECT row_id FROM row_hit") for scope in ("log", "across")}
    connection.execute(
        f"""INSERT INTO core.immigration_evidence
        SELECT h.row_id, h.document_id, h.rule_id, h.evidence_class, h.field, h.field_state, h.matched_text,
            h.start_position, h.end_position, h.doubt,
            coalesce(l.first_row_id, h.row_id), coalesce(a.first_row_id, h.row_id)
        FROM row_hit AS h
        LEFT JOIN ({first["log"]}) AS l ON l.row_id = h.row_id
        LEFT JOIN ({first["across"]}) AS a ON a.row_id = h.row_id
        ORDER BY h.row_id, h.rule_id"""
    )
    connection.execute("DROP TABLE row_hit")


def _first_rows(scope: str, rows: str) -> str:
    """A query: of each of *rows* whose search is printed more than once, the row that stands for the search."""
    return f"""SELECT first_row_id, row_id FROM (
            SELECT first_row_id, unnest(row_ids) AS row_id FROM core.search_group WHERE scope = '{scope}')
        WHERE row_id IN ({rows})"""


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(map(quoted, names))})"


def _store_terms(connection: duckdb.DuckDBPyConnection) -> None:
    finders: list[tuple[str, str, Callable[[str], re.Match[str] | None]]] = [
        (entry["id"], term, re.compile(rf"(?<!\w){_words(term)}(?!\w)", re.IGNORECASE).search)
        for entry in rule_sets().values()
        for term in entry["terms"]
    ]
    hits = [
        (text, rule_set, term, match[0], *match.span())
        for text in _distinct(connection, "field = 'reason'")
        for rule_set, term, find in finders
        if (match := find(text))
    ]
    columns = {"text": "string", "rule_set_id": "string", "term": "string", **_SPAN}
    hit = "SELECT row_id FROM evidence_text JOIN given_hit USING (text) WHERE field = 'reason'"
    first = {scope: _first_rows(scope, hit) for scope in ("log", "across")}
    with registered(connection, "given_hit", columns, hits):
        connection.execute(
            f"""INSERT INTO core.rule_set_hit
            SELECT t.row_id, t.document_id, h.rule_set_id, h.term, h.matched_text, h.start_position, h.end_position,
                coalesce(l.first_row_id, t.row_id), coalesce(a.first_row_id, t.row_id)
            FROM evidence_text AS t JOIN given_hit AS h ON h.text = t.text AND t.field = 'reason'
            LEFT JOIN ({first["log"]}) AS l ON l.row_id = t.row_id
            LEFT JOIN ({first["across"]}) AS a ON a.row_id = t.row_id
            ORDER BY ALL"""
        )


def _words(term: str) -> str:
    return r"\s+".join(map(re.escape, term.split()))


def _store_searches(connection: duckdb.DuckDBPyConnection) -> None:
    """A small copy of the rows that the views of evidence show."""
    connection.execute(
        """INSERT INTO core.evidence_search
        SELECT row_id, document_id, segment_id, page_number, row_number, producer_id, org_id, org_name,
            searched_datetime, reason_category, across_tier, is_first_in_log, is_first_across
        FROM core.audit_search
        WHERE row_id IN (
            SELECT unnest([row_id, log_search_row_id, across_search_row_id]) FROM core.immigration_evidence
            UNION SELECT unnest([row_id, log_search_row_id, across_search_row_id]) FROM core.rule_set_hit)
        ORDER BY row_id"""
    )
