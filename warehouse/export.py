"""The ``out`` relations of a snapshot as files for other programs: Parquet, or CSV that is safe to open.

A cell of a CSV file that a spreadsheet would take for a formula gets an apostrophe before it, and so does one that
begins with an apostrophe: whoever takes one leading apostrophe off every cell has the text as it was.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from records.errors import ConfigurationError, WarehouseError
from warehouse.export_package import CHECKSUMS, PACKAGE, package_json
from warehouse.query import connect
from warehouse.resources import DEFAULT, Resources
from warehouse.search_rules import quoted

FORMATS = ("parquet", "csv")
_ROW_GROUP = 20_480
"""Rows of a Parquet group: few, so that a wide relation is written in little memory."""
_RISKY = r"\A(?:'|[\s\x{00A0}\x{FEFF};|,]*[=+\-@＝＋－＠]|[\t\r\n])"  # noqa: RUF001 - the wide signs count as well


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file describes it."""

    name: str
    data_type: str
    comment: str


@dataclass(slots=True)
class ExportedFile:
    """One relation, written."""

    relation: str
    """Without its schema, which is ``out``."""
    comment: str
    columns: list[Column] = field(default_factory=list)
    file_name: str = ""
    row_count: int = 0
    byte_count: int = 0
    sha256: str = ""


def export(
    snapshot: Path,
    to: Path,
    file_format: str,
    kind: str,
    resources: Resources = DEFAULT,
    say: Callable[[ExportedFile], None] | None = None,
) -> list[ExportedFile]:
    """Write every relation of ``out`` in *snapshot* into the new folder *to*, with ``datapackage.json`` and
    ``SHA256SUMS``; *kind* is ``full`` or ``analyst``, *say* is called with every file when it is written.

    All or nothing: the files are written aside, and the folder gets its name when it is whole. Raises
    ConfigurationError when *to* is there and not empty.
    """
    with connect(snapshot) as connection:  # a clear error when there is none, or none of ours
        about = connection.execute("SELECT content_hash, built_datetime FROM meta.build").fetchone()
        key = connection.execute("SELECT key_id FROM meta.analyst").fetchone() if kind == "analyst" else None
        exported = _relations(connection)
    if about is None:
        raise WarehouseError("The snapshot does not say which build it is of.")
    with _aside(to) as aside:
        try:
            with resources.connect(":memory:", aside / ".spill") as connection:
                connection.execute(f"ATTACH {quoted(str(snapshot.absolute()))} AS snapshot (READ_ONLY)")
                for one in exported:
                    _write(connection, one, aside, file_format)
                    if say:
                        say(one)
        except duckdb.Error as error:
            is_memory = isinstance(error, duckdb.OutOfMemoryException)
            advice = resources.advice if is_memory else "Nothing was exported. Is there room on the disk?"
            raise WarehouseError(f"DuckDB could not write the export ({type(error).__name__}).", advice) from error
        shutil.rmtree(aside / ".spill", ignore_errors=True)
        text = package_json(exported, file_format, kind, str(about[0]), about[1], str(key[0]) if key else None)
        (aside / PACKAGE).write_text(text, encoding="utf-8")
        sums = [(one.sha256, one.file_name) for one in exported] + [(_sha256(aside / PACKAGE), PACKAGE)]
        (aside / CHECKSUMS).write_text("".join(f"{digest}  {name}\n" for digest, name in sums), encoding="utf-8")
    return exported


@contextmanager
def _aside(to: Path) -> Iterator[Path]:
    if to.is_symlink() or (to.exists() and (not to.is_dir() or any(to.iterdir()))):
        raise ConfigurationError(
            f"{to} is there already, and an export overwrites nothing.", "Name a folder that does not exist yet."
        )
    aside = to.with_name(f".{to.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        aside.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise ConfigurationError(
            f"{to} cannot be made: {error.strerror}.", "Name a folder you may write to."
        ) from error
    try:
        yield aside
        if to.exists():
            to.rmdir()
        aside.rename(to)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _relations(connection: duckdb.DuckDBPyConnection) -> list[ExportedFile]:
    found: dict[str, ExportedFile] = {}
    for relation, about, name, data_type, comment in connection.execute(
        "SELECT relation_name, relation_comment, column_name, data_type, column_comment FROM meta.dictionary"
        " WHERE schema_name = 'out' ORDER BY relation_name, column_ordinal"
    ).fetchall():
        one = found.setdefault(relation, ExportedFile(relation, about))
        one.columns.append(Column(name, data_type, comment))
    return list(found.values())


def _write(connection: duckdb.DuckDBPyConnection, one: ExportedFile, folder: Path, file_format: str) -> None:
    one.file_name = f"{one.relation}.{file_format}"
    path = folder / one.file_name
    if file_format == "csv":
        columns = ", ".join(f"{_csv_cell(column)} AS {_named(column.name)}" for column in one.columns)
        options = "FORMAT csv, HEADER, NULLSTR ''"
    else:
        columns, options = "*", f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP}"
    rows = f'SELECT {columns} FROM snapshot."out".{_named(one.relation)}'
    row = connection.execute(f"COPY ({rows}) TO {quoted(str(path.absolute()))} ({options})").fetchone()
    path.chmod(0o600)
    one.row_count = int(row[0]) if row else 0
    one.byte_count = path.stat().st_size
    one.sha256 = _sha256(path)


def _is_text(column: Column) -> bool:
    return column.data_type == "VARCHAR" or "[" in column.data_type or "(" in column.data_type


def _csv_cell(column: Column) -> str:
    name = _named(column.name)
    if column.data_type == "TIMESTAMP":
        return f"strftime({name}, '%Y-%m-%dT%H:%M:%S')"
    if not _is_text(column):
        return name
    text = name if column.data_type == "VARCHAR" else f"to_json({name})::VARCHAR"  # lists, maps and boxes
    return f"CASE WHEN regexp_matches({text}, {quoted(_RISKY)}) THEN '''' || {text} ELSE {text} END"


def _named(name: str) -> str:
    return f'"{name}"'


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
