"""The analyst file: a built warehouse with its personal data masked, to be shared.

What is in it, `rules/analyst_columns.toml` says. Views stay views over masked tables; where what they are made of stays
out, they become tables. The file has no ``raw``, and says in ``meta.analyst`` which build it is of and in
``meta.masking`` what became of every column.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse.analyst_check import demand_masked
from warehouse.analyst_columns import masked, register_masks
from warehouse.analyst_fresh import write_fresh
from warehouse.analyst_identity import Identity, identity
from warehouse.analyst_known import collect_known, find_known, texts_of
from warehouse.analyst_policy import Relation, instead, named, policy
from warehouse.analyst_tell import comment, tell_masking
from warehouse.build import STORAGE_VERSION
from warehouse.resources import DEFAULT, Resources
from warehouse.search_rules import quoted
from warehouse.versions import row_count

_SCHEMAS = ("meta", "core", "out")


def build_analyst(built: Path, path: Path, key: bytes, resources: Resources = DEFAULT) -> Identity:
    """Mask the warehouse *built* into a new file at *path* (mode 0600), search it for what must not be in it.

    :class:`warehouse.analyst_check.MaskingError` when something is: the file must then not be shown to anybody.
    """
    # The masks are Python's, which runs one thread: a second one would only take memory.
    alone = replace(resources, threads=1)
    return alone.attempt(row_count(built), lambda enough: _build(built, path, key, enough))


def _build(built: Path, path: Path, key: bytes, resources: Resources) -> Identity:
    spill, draft = path.with_name(path.name + ".spill"), path.with_name(path.name + ".draft")
    for file in (path, draft):
        for leftover in (file, file.with_name(file.name + ".wal")):
            leftover.unlink(missing_ok=True)
    shutil.rmtree(spill, ignore_errors=True)
    try:
        with resources.connect(draft, spill, storage_compatibility_version=STORAGE_VERSION) as connection:
            draft.chmod(0o600)
            connection.execute(f"ATTACH {quoted(str(built.absolute()))} AS whole (READ_ONLY)")
            connection.begin()  # one commit: hundreds of comments, each flushed for itself, would take seconds
            made = _make(connection, key)
            connection.commit()
            connection.execute("CHECKPOINT")
        write_fresh(draft, path, resources)
    except duckdb.Error as error:
        raise resources.failure(error, "DuckDB could not make the analyst file") from error
    finally:
        draft.unlink(missing_ok=True)
        shutil.rmtree(spill, ignore_errors=True)  # it may hold what the file must not
    return made


def _make(connection: duckdb.DuckDBPyConnection, key: bytes) -> Identity:
    types = _types(connection)
    hidden = collect_known(connection)
    find_known(connection, _label_texts(types))
    known = frozenset(hit for (hit,) in connection.execute("SELECT DISTINCT key FROM known_hit").fetchall())
    register_masks(connection, key, known, hidden)
    for schema in _SCHEMAS:
        connection.execute(f'CREATE SCHEMA "{schema}"')
    there = [relation for relation in policy() if relation.source in types]
    kept = {relation.name: relation for relation in there if relation.form == "table"}
    for relation in kept.values():
        _make_table(connection, relation, types[relation.source])
    for relation in there:
        if relation.form == "view" and _make_view(connection, relation, types):
            kept[relation.name] = relation
    row = connection.execute("SELECT content_hash FROM whole.meta.build").fetchone()
    made = identity(str(row[0]) if row else "", key)
    tell_masking(connection, made, types, kept)
    comment(connection, kept)
    demand_masked(connection, [relation for relation in kept.values() if relation.form == "table"], types)
    return made


def _types(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Relation of the warehouse -> column -> type, in order."""
    found: dict[str, dict[str, str]] = {}
    for relation, column, data_type in connection.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE database_name = 'whole' AND NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        found.setdefault(relation, {})[column] = data_type
    return found


def _label_texts(types: dict[str, dict[str, str]]) -> Iterator[str]:
    """A query per relation for every text that is masked as a name of something, before it is."""
    for relation in policy():
        labels = {
            column: data_type
            for column, data_type in types.get(relation.source, {}).items()
            if relation.rule(column).treatment in ("label", "label_key")
        }
        if relation.form == "table" and labels:
            yield texts_of(f"whole.{named(relation.source)}", labels)


def _make_table(connection: duckdb.DuckDBPyConnection, relation: Relation, types: dict[str, str]) -> None:
    columns = ", ".join(
        f"{masked(column, data_type, relation.rule(column).treatment)} AS {column}"
        for column, data_type in types.items()
        if relation.rule(column).is_kept
    )
    is_view = connection.execute(
        "SELECT count(*) FROM duckdb_views() WHERE database_name = 'whole' AND schema_name || '.' || view_name = ?",
        [relation.source],
    ).fetchone() != (0,)
    # A table keeps its order, which finds rows fast; a view has none.
    order = " ORDER BY ALL" if is_view else ""
    connection.execute(
        f"CREATE TABLE {named(relation.name)} AS SELECT {columns} FROM whole.{named(relation.source)}{order}"
    )


def _make_view(connection: duckdb.DuckDBPyConnection, relation: Relation, types: dict[str, dict[str, str]]) -> bool:
    """Whether the view was made: not when it has a column that is not on the list, or rests on what is not there."""
    row = connection.execute(
        "SELECT sql FROM duckdb_views() WHERE database_name = 'whole' AND schema_name || '.' || view_name = ?",
        [relation.source],
    ).fetchone()
    sql = relation.sql or (str(row[0]) if row else "")
    for name, other in instead().items():
        sql = re.sub(rf"\b{re.escape(name)}\b", other, sql)
    is_listed = all(column in relation.columns for column in types[relation.source]) or relation.sql is not None
    if not row or not is_listed:
        return False
    try:
        connection.execute(sql)
    except (duckdb.CatalogException, duckdb.BinderException):
        return False
    return True
