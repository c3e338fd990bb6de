"""What an analyst file says of itself: which build it is of, what became of every column, and what columns hold."""

from __future__ import annotations

import duckdb

from warehouse.analyst_identity import Identity
from warehouse.analyst_policy import LEAVE_OUT, Relation, Rule, named, rule_for
from warehouse.flat import registered
from warehouse.search_rules import quoted

_TREATED = {
    "id": "Checked: an id of ours.",
    "scrub": "In this file: words of a fixed list only, the rest is [scrubbed].",
    "label": "In this file: what may be a plate, an account or a number of a person is [scrubbed].",
    "label_key": "In this file: a token where something would have to be scrubbed.",
    "marker": "In this file: a marker that is known; else words of a fixed list only.",
    "count": "In this file: null where it is a million and more, which no count is.",
    "time": "In this file: [scrubbed] where it is no time and no number.",
}


def tell_masking(
    connection: duckdb.DuckDBPyConnection,
    made: Identity,
    types: dict[str, dict[str, str]],
    kept: dict[str, Relation],
) -> None:
    """``meta.analyst`` and ``meta.masking``: what the file is, and what became of every column of the warehouse."""
    connection.execute("CREATE TABLE meta.analyst (content_hash VARCHAR, key_id VARCHAR, policy_hash VARCHAR)")
    connection.execute("INSERT INTO meta.analyst VALUES (?, ?, ?)", [made.content_hash, made.key_id, made.policy_hash])
    rows = []
    for source, columns in types.items():
        relation = rule_for(source)
        is_kept = relation.name in kept
        for column in columns:
            rule = relation.rule(column)
            if not is_kept and rule.is_kept:
                rule = Rule(LEAVE_OUT, "the view could not be made without what is left out")
            rows.append((source, column, relation.name if is_kept else None, rule.treatment, rule.why))
    names = ("warehouse_relation", "column_name", "analyst_relation", "treatment", "why")
    with registered(connection, "given_masking", dict.fromkeys(names, "string"), rows):
        connection.execute("CREATE TABLE meta.masking AS SELECT * FROM given_masking ORDER BY ALL")


_OWN_COMMENTS = {
    "meta.analyst": (
        "What this file is: the masked copy of one build, to be shared (docs/sharing.md).",
        {
            "content_hash": "Content hash of the build that was masked: that of the full snapshot beside it.",
            "key_id": "Names the key of the tokens. Tokens of files with the same key id can be compared.",
            "policy_hash": "SHA-256 of the rules that decided on masking.",
        },
    ),
    "meta.masking": (
        "One column of the warehouse and what became of it in this file.",
        {
            "warehouse_relation": "Relation of the full snapshot.",
            "column_name": "Column of it.",
            "analyst_relation": "Relation of this file that is made of it; null where there is none.",
            "treatment": "copy, ours, id, word, token:<kind>, scrub, label, label_key, marker, time, count or leave_out"
            " (docs/sharing.md).",
            "why": "Why.",
        },
    ),
}


def comment(connection: duckdb.DuckDBPyConnection, kept: dict[str, Relation]) -> None:
    """Comments of the warehouse on everything that is in the file, with what was done to it."""
    said = {
        (relation, column): (about, what)
        for relation, column, about, what in connection.execute(
            "SELECT c.schema_name || '.' || c.table_name, c.column_name, coalesce(t.comment, v.comment), c.comment"
            " FROM duckdb_columns() AS c LEFT JOIN duckdb_tables() AS t ON t.database_name = c.database_name"
            " AND t.schema_name = c.schema_name AND t.table_name = c.table_name LEFT JOIN duckdb_views() AS v"
            " ON v.database_name = c.database_name AND v.schema_name = c.schema_name AND v.view_name = c.table_name"
            " WHERE c.database_name = 'whole' AND NOT c.internal"
        ).fetchall()
    }
    own = connection.execute(
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns()"
        " WHERE database_name = current_database() AND NOT internal AND schema_name IN ('meta', 'core', 'out')"
    ).fetchall()
    forms = {name: "VIEW" if relation.form == "view" else "TABLE" for name, relation in kept.items()}
    about: dict[str, str] = {name: text for name, (text, _) in _OWN_COMMENTS.items()}
    for name, column in own:
        if name in _OWN_COMMENTS:
            what = _OWN_COMMENTS[name][1][column]
        else:
            relation = kept[name]
            source_about, what = said[relation.source, column]
            about[name] = relation.comment or source_about
            what = " ".join(filter(None, (what, _treated(relation.rule(column).treatment))))
        connection.execute(f"COMMENT ON COLUMN {named(name)}.{column} IS {quoted(what)}")
    for name, text in about.items():
        connection.execute(f"COMMENT ON {forms.get(name, 'TABLE')} {named(name)} IS {quoted(text)}")


def _treated(treatment: str) -> str:
    kind = treatment.removeprefix("token:")
    return f"In this file: a keyed token ({kind}_…)." if kind != treatment else _TREATED.get(treatment, "")
