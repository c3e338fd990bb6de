"""A snapshot is published all at once or not at all, and nobody who reads the old one notices."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from records.errors import MemoryLimitError, WarehouseError
from tests.unit.parts_factory import inputs, letter, ruled, unruled
from warehouse import publish as publishing
from warehouse.build import build
from warehouse.publish import LINK, publish, published_hash
from warehouse.query import connect
from warehouse.resources import Resources

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("builds")
    first = build(inputs(folder / "parts-1", ruled(), letter()), folder / "1.duckdb")
    second = build(inputs(folder / "parts-2", ruled(), unruled()), folder / "2.duckdb")
    return [(folder / "1.duckdb", first.content_hash), (folder / "2.duckdb", second.content_hash)]


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    return tmp_path / "it's a folder"


def names(snapshots: Path) -> list[str]:
    return sorted(path.name for path in snapshots.iterdir())


def test_before_the_first_publication_there_is_no_hash(snapshots: Path) -> None:
    assert published_hash(snapshots) is None


def test_a_published_snapshot_is_the_build_behind_a_symlink(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    built, content_hash = two_builds[0]
    target = publish(built, snapshots, content_hash)
    assert names(snapshots) == [target.name, LINK]
    assert os.readlink(snapshots / LINK) == target.name  # noqa: PTH115 - as written, not resolved
    assert target.name.endswith(f"-{content_hash[:12]}.duckdb")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert published_hash(snapshots) == content_hash


def test_a_copy_keeps_comments_views_types_order_and_every_row(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    built, content_hash = two_builds[1]
    target = publish(built, snapshots, content_hash)
    with duckdb.connect(built, read_only=True) as before, duckdb.connect(target, read_only=True) as after:
        for question in (
            "SELECT * FROM meta.dictionary",
            "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() ORDER BY ALL",
            "SELECT * FROM raw.audit_row",
            'SELECT * FROM "out".audit_search',
            "SELECT * FROM core.issue",
            "SELECT schema_name, table_name, column_name, is_nullable FROM duckdb_columns() ORDER BY ALL",
        ):
            rows = before.execute(question).fetchall()
            assert rows
            assert after.execute(question).fetchall() == rows, question
        missing = "SELECT count(*) FROM meta.dictionary WHERE relation_comment IS NULL OR column_comment IS NULL"
        assert after.execute(missing).fetchone() == (0,)


def test_programs_of_duckdb_1_5_can_read_the_file(two_builds: list[tuple[Path, str]], snapshots: Path) -> None:
    target = publish(two_builds[0][0], snapshots, two_builds[0][1])
    with duckdb.connect(target, read_only=True) as connection:
        ((tags,),) = connection.execute(
            "SELECT tags FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchall()
    assert tags["storage_version"].startswith("v1.5")


def test_the_last_ones_stay_and_so_does_what_is_not_ours(two_builds: list[tuple[Path, str]], snapshots: Path) -> None:
    published: list[Path] = []
    for n in range(4):
        built, content_hash = two_builds[n % 2]
        published.append(publish(built, snapshots, content_hash, keep=2))
        (snapshots / "full-mine.duckdb").touch()
    assert names(snapshots) == sorted([LINK, "full-mine.duckdb", *(path.name for path in published[-2:])])


def test_the_file_behind_the_symlink_is_never_deleted(two_builds: list[tuple[Path, str]], snapshots: Path) -> None:
    built, content_hash = two_builds[0]
    publish(built, snapshots, content_hash)
    # Names from the future, as after a clock was set back: the new snapshot is the oldest by name.
    for year in (2998, 2999):
        (snapshots / f"full-{year}0101T000000Z-{'0' * 12}.duckdb").touch()
    target = publish(built, snapshots, content_hash, keep=1)
    assert target.exists()
    assert published_hash(snapshots) == content_hash


def test_a_build_that_is_not_the_checked_one_is_not_published(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    (first, first_hash), (second, _) = two_builds
    publish(first, snapshots, first_hash)
    before = names(snapshots)
    with pytest.raises(WarehouseError, match="content hash differs"):
        publish(second, snapshots, "0" * 64)
    assert names(snapshots) == before
    assert published_hash(snapshots) == first_hash


def test_a_build_that_failed_its_checks_cannot_be_published(tmp_path: Path, snapshots: Path) -> None:
    log = ruled()
    log.tables["page"][0]["glyphs_left"] += 1
    with pytest.raises(WarehouseError):
        build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
    with pytest.raises(WarehouseError, match="not the one that was checked"):
        publish(tmp_path / "b.duckdb", snapshots, "0" * 64)
    assert names(snapshots) == []


@pytest.mark.parametrize("moment", ["_copy", "_hash_of", "_free_name", "_prune"])
def test_a_crash_leaves_the_old_or_the_new_snapshot_and_the_next_run_cleans_up(
    moment: str, two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    (first, first_hash), (second, second_hash) = two_builds
    publish(first, snapshots, first_hash)
    # A process of its own that dies as by kill -9: no `finally` runs in it.
    crash = f"""
import os, sys
from pathlib import Path
from warehouse import publish

def die(*paths):
    if {moment!r} == "_copy":
        paths[1].write_bytes(b"half")
    os._exit(9)

publish.{moment} = die
publish.publish(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""
    died = subprocess.run([sys.executable, "-c", crash, second, snapshots, second_hash], cwd=ROOT, check=False)
    assert died.returncode == 9
    assert published_hash(snapshots) == (second_hash if moment == "_prune" else first_hash)
    publish(second, snapshots, second_hash)
    assert published_hash(snapshots) == second_hash
    assert not (snapshots / publishing._ASIDE).exists()
    with connect(snapshots / LINK) as connection:
        assert connection.execute("SELECT count(*) FROM raw.audit_row").fetchone() == (9,)


def test_a_copy_that_runs_out_of_memory_is_made_again(
    two_builds: list[tuple[Path, str]], snapshots: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built, content_hash = two_builds[0]
    whole, asked = publishing._copy, list[Resources]()

    def short_at_first(built: Path, copied: Path, resources: Resources) -> None:
        asked.append(resources)
        if len(asked) == 1:
            for half in (copied, copied.with_name(copied.name + ".wal")):
                half.write_bytes(b"half")
            raise MemoryLimitError("too little")
        whole(built, copied, resources)

    monkeypatch.setattr(publishing, "_copy", short_at_first)
    target = publish(built, snapshots, content_hash)
    assert names(snapshots) == [target.name, LINK]
    assert published_hash(snapshots) == content_hash
    assert [r.threads for r in asked] == [1, 1]
    assert asked[1].memory_bytes == 2 * asked[0].memory_bytes


def test_an_analyst_in_another_process_keeps_the_old_snapshot_and_a_new_one_sees_the_new(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    (first, first_hash), (second, second_hash) = two_builds
    publish(first, snapshots, first_hash)
    script = (
        "import sys; from pathlib import Path; from warehouse.query import connect\n"
        "connection = connect(Path(sys.argv[1]))\n"
        "for line in sys.stdin:\n"
        "    print(*connection.execute('SELECT count(*) FROM raw.audit_row').fetchone(), flush=True)\n"
    )
    analyst = subprocess.Popen(
        [sys.executable, "-c", script, snapshots / LINK],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert analyst.stdin and analyst.stdout

    def ask() -> str:
        assert analyst.stdin and analyst.stdout
        print("again", file=analyst.stdin, flush=True)
        return analyst.stdout.readline().strip()

    try:
        assert ask() == "5"
        publish(second, snapshots, second_hash, keep=1)  # deletes the file the analyst has open
        assert ask() == "5"
        with connect(snapshots / LINK) as connection:
            assert connection.execute("SELECT count(*) FROM raw.audit_row").fetchone() == (9,)
    finally:
        analyst.stdin.close()
        assert analyst.wait(10) == 0
        analyst.stdout.close()


def test_within_one_process_a_new_connection_sees_the_new_snapshot_too(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    (first, first_hash), (second, second_hash) = two_builds
    publish(first, snapshots, first_hash)
    with connect(snapshots / LINK) as old:
        publish(second, snapshots, second_hash)
        with connect(snapshots / LINK) as new:
            counts = [c.execute("SELECT count(*) FROM raw.audit_row").fetchone() for c in (old, new)]
    assert counts == [(5,), (9,)]


def test_a_snapshot_that_cannot_be_read_counts_as_none_so_that_the_next_run_replaces_it(
    two_builds: list[tuple[Path, str]], snapshots: Path
) -> None:
    built, content_hash = two_builds[0]
    target = publish(built, snapshots, content_hash)
    target.write_bytes(b"damaged" * 10_000)
    assert published_hash(snapshots) is None
    publish(built, snapshots, content_hash)
    assert published_hash(snapshots) == content_hash
