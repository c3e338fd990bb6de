"""The last look at an analyst file before anybody sees it: does it hold what it must not hold?

Every text column of its tables is looked at; views are made of these. What is copied because it is an id, a word or a
token of ours must have that form. Free text must hold plain words only. In names of organizations, files and lists no
plate and no account that the warehouse knows may stand, and no e-mail address. What is found is never repeated:
relation, column and a number of rows must do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import duckdb

from records.errors import WarehouseError
from warehouse.analyst_columns import markers, masked
from warehouse.analyst_known import find_known, texts_of
from warehouse.analyst_policy import LEAVE_OUT, Relation, named
from warehouse.search_rules import quoted

_FORMS = {
    "id": (
        r"(?:/trace/)?(?:[0-9a-f]{64}|[0-9a-f]{16}-(?:p\d{5,}(?:-[rm]\d{3,}|-list)?|s\d+)|[oid]-[0-9a-f]{16})",
        "what is no id of ours",
    ),
    "word": (r"[A-Za-z][A-Za-z0-9_. -]{0,60}", "what is no word of ours"),
    "token": (
        r"[a-z]{4,7}_[b-df-hj-np-t]{16}|\s*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*",
        "what is no token",
    ),
}
_LABELS = ("copy", "label", "label_key")
"""Treatments of names: here known values are looked for."""
_MOST_WORDS = 500
"""Different words of ours in one column; more are no longer words of ours."""
_MAIL = r"[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+\.[\p{L}]{2,}"
_FORM_WORDS = ("287", "g", "8", "u", "s", "c", "usc", "i", "e", *(str(number) for number in range(1323, 1329)))
"""Words of the forms that :func:`warehouse.analyst_words.scrub` lets through."""


class MaskingError(WarehouseError):
    """The analyst file would hold what it must not; it is not published."""

    code = "masking"
    advice = (
        "The analyst file was not published; the one before still serves. docs/sharing.md says what should have become"
        " of the column. Please report it, with the name of the column, never with the value."
    )


def demand_masked(
    connection: duckdb.DuckDBPyConnection, relations: Sequence[Relation], types: Mapping[str, Mapping[str, str]]
) -> None:
    """Raise :class:`MaskingError` naming every column that is not what it should be, and how many rows.

    *relations* are the tables of the file, *types* the columns of what they are made of. The tables of
    :func:`warehouse.analyst_known.collect_known` must be there.
    """
    texts = {relation.name: _texts(relation, types[relation.source]) for relation in relations}
    labels = {
        name: {column: data_type for column, (data_type, treatment) in columns.items() if treatment in _LABELS}
        for name, columns in texts.items()
    }
    find_known(connection, (texts_of(named(name), columns) for name, columns in labels.items() if columns))
    connection.execute("SET VARIABLE known_texts = (SELECT list(DISTINCT text) FROM known_hit)")
    wrong = [told for name, columns in texts.items() if columns for told in _asked(connection, name, columns)]
    for name, columns in texts.items():
        for column, (data_type, treatment) in columns.items():
            if treatment in ("scrub", "marker"):
                wrong += _not_plain(connection, name, column, data_type, treatment)
    if wrong:
        raise MaskingError("; ".join(wrong) + ".")


def _texts(relation: Relation, types: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Text column that is to be looked at -> type, treatment without its kind."""
    return {
        column: (data_type, relation.rule(column).treatment.partition(":")[0])
        for column, data_type in types.items()
        if "VARCHAR" in data_type and relation.rule(column).treatment not in ("ours", LEAVE_OUT)
    }


def _query(name: str, column: str, data_type: str) -> str:
    return f"SELECT {f'unnest({column})' if data_type.endswith('[]') else column} AS text FROM {named(name)}"


def _asked(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """What is wrong with the form of the columns, and what known values stand in them: one look at the table."""
    questions: list[tuple[str, str, str]] = []
    with_at = _with_at(connection, name, [column for column, (_, treatment) in columns.items() if treatment in _LABELS])
    for column, (data_type, treatment) in columns.items():
        if treatment in _FORMS:
            form, what = _FORMS[treatment]
            questions.append((column, _any(column, data_type, f"NOT regexp_full_match(text, {quoted(form)})"), what))
        elif treatment == "time":
            wrong = f"text <> {masked('text', data_type, 'time')}"
            questions.append((column, _any(column, data_type, wrong), "what is no time"))
        elif treatment in _LABELS:
            wrong = "list_contains(getvariable('known_texts'), text)"
            if column in with_at:
                wrong += f" OR regexp_matches(text, {quoted(_MAIL)})"
            questions.append((column, _any(column, data_type, wrong), "a plate, an account or an e-mail address"))
    words = [column for column, (_, treatment) in columns.items() if treatment == "word"]
    counted = [f"count(*) FILTER ({condition})" for _, condition, _ in questions]
    counted += [f"count(DISTINCT {column})" for column in words]
    if not counted:
        return
    counts = connection.execute(f"SELECT {', '.join(counted)} FROM {named(name)}").fetchone() or ()
    for (column, _, what), count in zip(questions, counts, strict=False):
        if count:
            yield f"{name}.{column} holds {what} ({count} rows)"
    for column, count in zip(words, counts[len(questions) :], strict=True):
        if count > _MOST_WORDS:
            yield f"{name}.{column} has {count} different words"


def _with_at(connection: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str]) -> set[str]:
    """Which columns have an @ somewhere. To compile the pattern of addresses takes DuckDB longer than to look at a
    small table, and few tables have any."""
    if not columns:
        return set()
    asked = ", ".join(f"bool_or(contains({column}::VARCHAR, '@'))" for column in columns)
    answers = connection.execute(f"SELECT {asked} FROM {named(name)}").fetchone() or ()
    return {column for column, has_at in zip(columns, answers, strict=True) if has_at}


def _any(column: str, data_type: str, condition: str) -> str:
    """*condition* on ``text``, asked of the column, or of any text of a list."""
    if data_type.endswith("[]"):
        return f"len(list_filter({column}, lambda text: {condition})) > 0"
    return re.sub(r"\btext\b", column, condition)


def _not_plain(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, data_type: str, treatment: str
) -> list[str]:
    words = r"regexp_extract_all(lower(text), '[\p{L}\p{N}]+')"
    is_asked = f"NOT regexp_matches(text, {markers()})" if treatment == "marker" else "text IS NOT NULL"
    query = f"FROM ({_query(name, column, data_type)}) WHERE {is_asked}"
    allowed = ", ".join(map(quoted, ("scrubbed", *_FORM_WORDS)))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE odd_word AS
        SELECT DISTINCT word FROM (SELECT DISTINCT unnest({words}) AS word {query})
        WHERE word NOT IN (SELECT word FROM plain_word) AND word NOT IN ({allowed})"""
    )
    if not _count(connection, "SELECT count(*) FROM odd_word"):
        return []
    count = _count(connection, f"SELECT count(*) {query} AND list_has_any({words}, (SELECT list(word) FROM odd_word))")
    return [f"{name}.{column} holds words that are not plain ({count} rows)"]


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
