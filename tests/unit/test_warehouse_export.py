"""An export: whole or not at all, described, with checksums, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from records.errors import ConfigurationError
from tests.unit.search_logs import built, log
from warehouse.analyst import build_analyst
from warehouse.export import export

RISKY = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'quoted", "''", "＝1", "plain", 'a "b", c', "a\nb",  # noqa: RUF001
    " =1+1", ";=1+1",
]  # fmt: skip
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    rows: list[dict[str, str | None]] = [{"Reason": text, "Filters": None if n else ""} for n, text in enumerate(RISKY)]
    built(folder, log("one", rows)).close()
    return folder / "work" / "new.duckdb"


@pytest.fixture(scope="module")
def analyst(full: Path) -> Path:
    path = full.with_name("analyst.duckdb")
    build_analyst(full, path, b"k" * 32)
    return path


def described(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_cell_of_a_csv_is_taken_for_a_formula_and_every_cell_can_be_read_back(full: Path, tmp_path: Path) -> None:
    export(full, tmp_path / "csv", "csv", "full")
    for path in (tmp_path / "csv").glob("*.csv"):
        fields = {field["name"]: field["type"] for field in _resource(tmp_path / "csv", path.stem)["schema"]["fields"]}
        for row in read_csv(path):
            for name, cell in row.items():
                assert not (
                    cell.lstrip(" ;|,").startswith(STARTS) and fields[name] != "number" and fields[name] != "integer"
                )
    rows = read_csv(tmp_path / "csv" / "audit_search_printed.csv")
    with duckdb.connect(full, read_only=True) as connection:
        printed = connection.execute('SELECT row_id, reason FROM "out".audit_search_printed').fetchall()
    assert {row["row_id"]: row["reason"].removeprefix("'") for row in rows} == dict(printed)
    assert sum(row["reason"].startswith("'") for row in rows) == 12


def _resource(folder: Path, name: str) -> dict[str, Any]:
    (found,) = [resource for resource in described(folder)["resources"] if resource["name"] == name]
    return found  # type: ignore[no-any-return]


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_the_package_says_what_is_in_every_file(analyst: Path, tmp_path: Path, file_format: str) -> None:
    said: list[str] = []
    export(analyst, tmp_path / "x", file_format, "analyst", say=lambda one: said.append(one.file_name))
    package = described(tmp_path / "x")
    with duckdb.connect(analyst, read_only=True) as connection:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT DISTINCT relation_name FROM meta.dictionary WHERE schema_name = 'out' ORDER BY 1"
            ).fetchall()
        ]
        ((content_hash, key_id),) = connection.execute("SELECT content_hash, key_id FROM meta.analyst").fetchall()
        assert [resource["name"] for resource in package["resources"]] == names
        assert said == [f"{name}.{file_format}" for name in names]
        for resource in package["resources"]:
            path = tmp_path / "x" / resource["path"]
            assert resource["bytes"] == path.stat().st_size
            assert resource["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
            count = connection.execute(f'SELECT count(*) FROM "out".{resource["name"]}').fetchone()
            assert (resource["rows"],) == count
            columns = connection.execute(f'DESCRIBE "out".{resource["name"]}').fetchall()
            assert [field["name"] for field in resource["schema"]["fields"]] == [column[0] for column in columns]
            assert all(field["description"] for field in resource["schema"]["fields"])
    assert package["recordtrail"]["content_hash"] == content_hash
    assert package["recordtrail"]["key_id"] == key_id
    assert package["rights"]
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "x", capture_output=True, check=False)
    assert checked.returncode == 0
    names_there = {path.name for path in (tmp_path / "x").iterdir()}
    listed = {line.split()[1] for line in (tmp_path / "x" / "SHA256SUMS").read_text().splitlines()}
    assert names_there == listed | {"SHA256SUMS"}
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_parquet_holds_the_same_rows_in_the_same_order(analyst: Path, tmp_path: Path) -> None:
    export(analyst, tmp_path / "x", "parquet", "analyst")
    for view in ("audit_search", "organization"):
        with duckdb.connect(analyst, read_only=True) as connection:
            rows = connection.execute(f'SELECT * FROM "out".{view}').fetchall()
        assert duckdb.sql(f"SELECT * FROM '{tmp_path}/x/{view}.parquet'").fetchall() == rows != []


def test_an_export_overwrites_nothing(analyst: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "there", tmp_path / "there" / "mine.txt"):
        with pytest.raises(ConfigurationError, match="overwrites nothing"):
            export(analyst, place, "csv", "analyst")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
    (tmp_path / "empty").mkdir()
    export(analyst, tmp_path / "empty", "csv", "analyst")
    assert described(tmp_path / "empty")["profile"] == "tabular-data-package"


def test_a_half_export_has_no_name(analyst: Path, tmp_path: Path) -> None:
    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(analyst, tmp_path / "x", "csv", "analyst", say=stop)
    assert list(tmp_path.iterdir()) == []
