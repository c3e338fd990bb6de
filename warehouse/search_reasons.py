"""Reason -> offense category and free text. What stands before the first `` - `` is looked up once per text."""

from __future__ import annotations

import duckdb

from warehouse.search_rules import label_groups, label_start, names, offense_categories, quoted, rules

_DASH = r"\s[-\x{2013}](?:\s|\z)"
_START = r"(?s)\A(.*?)\s[-\x{2013}](?:\s|\z)"
_REST = r"(?s)\A\s[-\x{2013}]"
_GROUPS = ("label", "label_2", "open_label", "open_rest")


def head(reason: str) -> str:
    """SQL: the beginning of a reason up to its first `` - ``, where it may begin with a label; else null."""
    start = f"split_part({reason}, ' - ', 1)"  # nearly always right, and much faster than the pattern
    other = f"regexp_extract({reason}, {quoted(_START)}, 1)"
    exact = f"CASE WHEN regexp_matches({start}, {quoted(_DASH)}) THEN {other} ELSE {start} END"
    return f"CASE WHEN regexp_matches({reason}, {quoted(label_start())}) THEN {exact} END"


def create_reason_heads(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table ``reason_head``: head -> labels, and how far they can be relied on."""
    labels = ", ".join(f"{quoted(''.join(label.split()).lower())}: {quoted(label)}" for label in offense_categories())
    connection.execute(
        f"""CREATE OR REPLACE TEMP MACRO offense_label(text) AS
            element_at(MAP {{{labels}}}, lower(regexp_replace(text, '\\s+', '', 'g')))[1];
        CREATE OR REPLACE TEMP TABLE reason_head AS
        SELECT head AS reason_head, offense_label(coalesce(nullif(said.label, ''), said.open_label)) AS label,
            offense_label(said.label_2) AS label_2, nullif(said.open_rest, '') AS open_rest,
            regexp_matches(said.label, '[/(]') OR said.label_2 <> '' OR said.open_label <> '' AS is_label_only
        FROM (SELECT head, regexp_extract(head, {quoted(label_groups())}, {names(_GROUPS)}) AS said
            FROM (SELECT DISTINCT {head("reason")} AS head
                FROM (SELECT reason FROM raw.audit_row UNION ALL SELECT reason FROM core.decided_row)))
        WHERE said.label <> '' OR said.open_label <> ''"""
    )


def reason_columns() -> dict[str, str]:
    """The columns made of ``read_reason`` and the row of ``reason_head`` it begins with."""
    # People also type "Robbery": alone, such a word is a label only in a log that prints labels with their dash.
    rest = "substr(read_reason, length(reason_head) + 1)"
    is_label = f"coalesce(is_label_only OR has_labels OR {rest} <> '', FALSE)"
    text = (
        f"nullif(trim(CASE WHEN NOT {is_label} THEN read_reason WHEN open_rest IS NOT NULL THEN open_rest || {rest}"
        f" ELSE regexp_replace({rest}, {quoted(_REST)}, '') END), '')"
    )
    alert = quoted(rf"(?i)\A\s*{rules('search_words')['auto_reason']['dispatch_alert']}")
    return {
        "reason_category": f"CASE WHEN {is_label} THEN label END",
        "reason_category_2": f"CASE WHEN {is_label} THEN label_2 END",
        "category_basis": f"CASE WHEN NOT {is_label} THEN NULL WHEN open_rest IS NOT NULL THEN 'label_and_unknown'"
        f" WHEN {rest} <> '' THEN 'label_and_dash' ELSE 'label_alone' END",
        "reason_text": text,
        "reason_source": f"CASE WHEN read_reason IS NULL THEN NULL WHEN {text} IS NULL THEN 'label'"
        f" WHEN regexp_matches({text}, {alert}) THEN 'dispatch_alert' ELSE 'free_text' END",
    }
