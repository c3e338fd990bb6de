"""The analyst file: nothing of a person in it, everything an analyst needs, and it says what it is."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.docs.reading_docs import ROOT, blocks
from tests.unit.planted import ACCOUNTS, NEEDLES, PLATES, found_in, planted, texts_in
from warehouse import analyst, analyst_check
from warehouse.analyst import build_analyst
from warehouse.analyst_check import MaskingError
from warehouse.analyst_identity import identity
from warehouse.analyst_policy import UNLISTED, policy, rule_for
from warehouse.export import export
from warehouse.migrate import migrate

KEY = bytes(range(32))
COOKBOOK = [block for block in blocks(ROOT / "docs" / "cookbook.md") if block.language == "sql"]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture(scope="module")
def file(full: Path) -> Path:
    path = full.with_name("analyst.duckdb")
    build_analyst(full, path, KEY)
    return path


def ask(file: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(file, read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_the_secrets_are_in_the_full_file_so_that_the_search_for_them_can_fail(full: Path) -> None:
    found = found_in(texts_in(full))
    assert {line.split(": ")[1] for line in found} >= set(NEEDLES)
    places = {line.split(": ")[0] for line in found}
    assert places >= {
        "out.audit_search.reason", "out.audit_search.filters", "out.audit_search.case_number",
        "out.audit_search.text_prompt", "out.audit_search.moderation", "out.audit_search.org_name",
        "out.audit_search.license_plate_marker", "out.audit_search.citation", "out.audit_search_printed.other",
        "core.decision.value", "core.decision.who", "core.issue.seen_text", "core.issue.message",
        "out.sharing.organization",
        "out.hotlist_setting.label", "out.hotlist_setting.list_name", "out.tick_box.label", "out.release_status.agency",
        "out.release_status.exemptions", "raw.release.notes", "raw.page_fact.text",
        "meta.header_mapping.printed_header",
    }  # fmt: skip


def test_no_secret_is_in_any_text_of_the_analyst_file(file: Path) -> None:
    assert found_in(texts_in(file)) == []


def test_no_secret_is_in_the_bytes_of_the_file_nor_left_beside_it(full: Path, file: Path) -> None:
    """Also not in blocks that are free again, in statistics, or in what spilled."""
    needles = [plate.encode() for plate in (*PLATES, "Quartermain", "qmain77", "Oakhollow", "8WVU305", "Vantongeren")]
    assert all(needle in full.read_bytes() for needle in needles)
    assert [needle for needle in needles if needle in file.read_bytes()] == []
    assert not list(file.parent.glob("analyst.duckdb?*"))


@pytest.mark.parametrize("file_format", ["csv", "parquet"])
def test_no_secret_is_in_any_export(file: Path, tmp_path: Path, file_format: str) -> None:
    export(file, tmp_path / "export", file_format, "analyst")
    texts: dict[str, list[str]] = {}
    for path in (tmp_path / "export").iterdir():
        if path.suffix == ".parquet":
            rows = duckdb.sql(f"SELECT to_json(t)::VARCHAR FROM '{path}' AS t").fetchall()
            texts[path.name] = [row[0] for row in rows]
        else:
            texts[path.name] = [path.read_text(encoding="utf-8")]
    assert len(texts) > 15
    assert found_in(texts) == []


def test_what_is_known_of_people_is_not_in_the_file_at_all(file: Path) -> None:
    names = {f"{schema}.{name}" for schema, name in ask(file, "SELECT schema_name, table_name FROM duckdb_columns()")}
    assert not {name for name in names if name.startswith("raw.")}
    assert not names & {"core.decision", "core.standing", "core.decided_row", "core.audit_row_decided"}
    columns = {str(name) for (name,) in ask(file, "SELECT column_name FROM duckdb_columns() WHERE NOT internal")}
    assert not columns & {"seen_text", "other", "who", "notes", "decided_text", "read_text", "text"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_relation_and_column_of_the_warehouse_is_on_the_list() -> None:
    """What is new is left out until somebody says what becomes of it, and why."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection)
        columns = connection.execute("SELECT schema_name, relation_name, column_name FROM meta.dictionary").fetchall()
    unlisted = [f"{s}.{r}.{c}" for s, r, c in columns if rule_for(f"{s}.{r}").rule(c).why == UNLISTED]
    assert unlisted == []
    there = {(f"{s}.{r}", c) for s, r, c in columns}
    relations = {relation for relation, _ in there}
    for relation in policy():
        if not relation.name.endswith(".*"):
            assert relation.source in relations, relation.name
            gone = {column for column in relation.columns if (relation.source, column) not in there}
            assert relation.follows or not gone, relation.name  # a view lists what it follows, more than it has


def test_what_is_not_on_the_list_is_left_out(full: Path, tmp_path: Path) -> None:
    grown = tmp_path / "grown.duckdb"
    grown.write_bytes(full.read_bytes())
    with duckdb.connect(grown) as connection:
        connection.execute("ALTER TABLE core.issue ADD COLUMN remark VARCHAR DEFAULT '9QXJ417'")
        connection.execute("CREATE TABLE core.fresh AS SELECT '9QXJ417' AS text")
        connection.execute('CREATE VIEW "out".fresh AS SELECT * FROM core.fresh')
    build_analyst(grown, tmp_path / "analyst.duckdb", KEY)
    assert found_in(texts_in(tmp_path / "analyst.duckdb")) == []
    told = ask(tmp_path / "analyst.duckdb", "SELECT treatment, why FROM meta.masking WHERE column_name = 'remark'")
    assert told == [("leave_out", UNLISTED)]


def test_a_value_has_one_token_in_every_log(full: Path, file: Path) -> None:
    tokens = 'SELECT DISTINCT license_plate FROM "out".audit_search WHERE license_plate IS NOT NULL ORDER BY 1'
    counted = 'SELECT count(DISTINCT license_plate), count(DISTINCT name) FROM "out".audit_search'
    assert ask(file, counted) == ask(full, counted) == [(6, 5)]
    assert all(re.fullmatch(r"plate_[b-df-hj-np-t]{16}", str(token)) for (token,) in ask(file, tokens))
    kinds = ask(file, "SELECT DISTINCT split_part(name, '_', 1) FROM \"out\".audit_search WHERE name <> '' ORDER BY 1")
    assert kinds == [("account",), ("email",)]
    joined = (
        'SELECT count(DISTINCT a.license_plate) FROM "out".audit_search AS a JOIN "out".audit_search AS b'
        " ON a.license_plate = b.license_plate AND a.name = b.name AND a.document_id < b.document_id"
    )
    assert ask(file, joined) == ask(full, joined) != [(0,)]


def test_rows_states_and_counts_are_those_of_the_full_file(full: Path, file: Path) -> None:
    for query in (
        'SELECT count(*) FROM "out".audit_search',
        'SELECT count(*) FROM "out".audit_search_distinct',
        'SELECT count(*) FROM "out".audit_search_across',
        'SELECT reason_state, name_state, standing, count(*) FROM "out".audit_search GROUP BY ALL ORDER BY 1, 2, 3',
        'SELECT row_id, reason_category, searched_datetime, devices_searched FROM "out".audit_search ORDER BY row_id',
        'SELECT topic, state, mark_id, as_of_date FROM "out".hotlist_setting ORDER BY ALL',
        'SELECT direction, row_id FROM "out".sharing ORDER BY ALL',
        'SELECT rule_id, row_id, matched_text FROM "out".immigration_evidence ORDER BY ALL',
        "SELECT content_hash FROM meta.build",
    ):
        assert ask(file, query) == ask(full, query), query


def test_the_rows_lie_in_their_order(file: Path) -> None:
    assert ask(file, "SELECT row_id FROM core.audit_search") == ask(
        file, "SELECT row_id FROM core.audit_search ORDER BY document_id, page_number, row_number"
    )


@pytest.mark.parametrize("query", COOKBOOK, ids=lambda block: f"line {block.line}")
def test_every_query_of_the_cookbook_runs_on_it(full: Path, file: Path, query: object) -> None:
    text: str = query.text  # type: ignore[attr-defined]
    # Names that differ in what is scrubbed only become one.
    assert 0 < len(ask(file, text)) <= len(ask(full, text)) or ask(full, text) == []


def test_everything_in_it_is_commented_and_says_how_it_is_masked(file: Path) -> None:
    missing = "SELECT * FROM meta.dictionary WHERE relation_comment IS NULL OR column_comment IS NULL"
    assert ask(file, missing) == []
    (comment,) = ask(
        file, "SELECT column_comment FROM meta.dictionary WHERE relation_name = 'audit_search' AND schema_name = 'out'"
        " AND column_name = 'license_plate'"
    )  # fmt: skip
    assert "a keyed token (plate_…)" in str(comment[0])


def test_it_says_which_build_and_which_key_it_is_of(full: Path, file: Path) -> None:
    ((content_hash,),) = ask(full, "SELECT content_hash FROM meta.build")
    made = identity(str(content_hash), KEY)
    assert ask(file, "FROM meta.analyst") == [(made.content_hash, made.key_id, made.policy_hash)]
    assert identity(str(content_hash), bytes(32)).key_id != made.key_id


def test_another_key_makes_other_tokens(full: Path, file: Path, tmp_path: Path) -> None:
    build_analyst(full, tmp_path / "other.duckdb", bytes(32))
    tokens = "SELECT license_plate FROM core.audit_search UNION SELECT name FROM core.audit_search"
    assert not {t for t in ask(file, tokens) if t[0]} & set(ask(tmp_path / "other.duckdb", tokens))


@pytest.mark.parametrize(
    ("treatment", "column"),
    [("label", "org_name"), ("scrub", "reason"), ("token:plate", "license_plate"), ("label", "cited_file")],
)
def test_a_masking_that_fails_is_found_before_anybody_sees_the_file(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, treatment: str, column: str
) -> None:
    honest = analyst.masked

    def forgetful(name: str, data_type: str, how: str) -> str:
        return name if name == column else honest(name, data_type, how)

    monkeypatch.setattr(analyst, "masked", forgetful)
    with pytest.raises(MaskingError, match=rf"{column} holds .* \(\d+ rows\)") as failed:
        build_analyst(full, tmp_path / "analyst.duckdb", KEY)
    assert found_in({"message": [str(failed.value), failed.value.advice]}) == []
    assert not any(secret in str(failed.value) for secret in (*PLATES, *ACCOUNTS))


def test_an_id_that_is_none_is_found(full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bent = tmp_path / "bent.duckdb"
    bent.write_bytes(full.read_bytes())
    with duckdb.connect(bent) as connection:
        connection.execute("UPDATE core.producer_evidence SET org_id = '9QXJ417'")
        connection.execute("UPDATE core.audit_log SET audit_kind = 'j@x.example'")
    with pytest.raises(MaskingError, match=r"core.audit_log.audit_kind .*core.producer_evidence.org_id"):
        build_analyst(bent, tmp_path / "analyst.duckdb", KEY)


@pytest.mark.parametrize("text", ["Jo Sample <jo@pd.example>", "jo @ pd.example"])
def test_an_address_in_a_label_is_found_also_where_nobody_knows_it(text: str) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE SCHEMA core; CREATE TABLE core.t (one VARCHAR, several VARCHAR[], place VARCHAR)")
        connection.execute(
            "INSERT INTO core.t VALUES ($1, ['Alder OR PD', $1], 'Camp @ Lake'), (NULL, NULL, NULL)", [text]
        )
        connection.execute("SET VARIABLE known_texts = []::VARCHAR[]")
        types = {"one": "VARCHAR", "several": "VARCHAR[]", "place": "VARCHAR"}
        found = list(
            analyst_check._asked(connection, "core.t", {column: (kind, "label") for column, kind in types.items()})
        )
    what = "a plate, an account or an e-mail address (1 rows)"
    assert found == [f"core.t.one holds {what}", f"core.t.several holds {what}"]


def test_two_snapshots_are_attached_at_once(full: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "older.duckdb"
    other.write_bytes(file.read_bytes())
    with duckdb.connect(":memory:") as connection:
        for path, alias in ((file, "new"), (other, "old"), (full, "whole")):
            connection.execute(f"ATTACH '{path}' AS {alias} (READ_ONLY)")
        for (view,) in connection.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE database_name = 'new' AND schema_name = 'out'"
        ).fetchall():
            new, old = (connection.execute(f'SELECT count(*) FROM {a}."out".{view}').fetchone() for a in ("new", "old"))
            assert new == old
        (citation, again) = connection.execute(
            'SELECT a.citation, b.citation FROM new."out".audit_search AS a JOIN old."out".audit_search AS b'
            " USING (row_id) ORDER BY row_id LIMIT 1"
        ).fetchall()[0]
        assert citation == again
        assert "SHA-256" in citation


def test_the_packaged_program_of_duckdb_opens_it_alone_and_beside_another(file: Path, tmp_path: Path) -> None:
    cli = pytest.importorskip("duckdb_cli", reason="duckdb-cli is not installed (a development dependency)")
    program = Path(next(iter(cli.__path__))) / ("duckdb.exe" if sys.platform == "win32" else "duckdb")
    older = tmp_path / "older.duckdb"
    older.write_bytes(file.read_bytes())
    queries = [*(block.text for block in COOKBOOK), "SELECT count(*) AS n FROM meta.dictionary"]
    for query in queries:
        done = subprocess.run(
            [program, "-readonly", "-json", file, query], capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["n"] == ask(file, "SELECT count(*) FROM meta.dictionary")[0][0]
    attached = (
        f"ATTACH '{file}' AS new (READ_ONLY); ATTACH '{older}' AS old (READ_ONLY);"
        ' SELECT count(*) AS n FROM new."out".audit_search AS a JOIN old."out".audit_search AS b'
        " ON a.row_id = b.row_id AND a.citation = b.citation;"
    )
    done = subprocess.run([program, "-json", "-c", attached], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == [{"n": ask(file, 'SELECT count(*) FROM "out".audit_search')[0][0]}]


def test_the_check_reads_every_table(file: Path) -> None:
    """Views are made of tables; a text column of a table that the check does not look at is `ours`."""
    tables = ask(file, "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() WHERE NOT internal")
    made = {relation.name: relation for relation in policy() if relation.form == "table"}
    for name, column in tables:
        relation = made.get(str(name))
        if relation is not None:
            assert relation.rule(str(column)).treatment.partition(":")[0] in {
                *analyst_check._FORMS, *analyst_check._LABELS, "scrub", "marker", "time", "count", "ours"
            }  # fmt: skip
