"""Whole nights through the command line, with the real server and real children."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from PIL import Image

from benchmarks import crash
from samples import others
from samples.content import entries
from samples.layouts import draw, layout_named

SAMPLES = Path(__file__).parents[2] / "samples" / "inbox"

pytestmark = pytest.mark.slow


def recordtrail(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run a command on a data folder."""
    command = [*crash.COMMAND, *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)


def ask(data: Path, query: str) -> list[dict[str, object]]:
    """The answer of ``recordtrail sql --json``."""
    done = recordtrail("sql", "--json", query, data=data)
    assert done.returncode == 0, done.stderr
    rows: list[dict[str, object]] = json.loads(done.stdout)
    return rows


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after a night on the committed samples."""
    data = tmp_path_factory.mktemp("night") / "data"
    shutil.copytree(SAMPLES, data / "inbox")
    done = recordtrail("nightly", data=data)
    assert done.returncode == 3, done.stdout + done.stderr  # the truncated sample needs a person
    return data


def test_a_second_night_extracts_and_publishes_nothing_and_says_so(first_night: Path) -> None:
    before = (first_night / "snapshots" / "full.duckdb").readlink()
    done = recordtrail("nightly", data=first_night)
    assert done.returncode == 0
    assert "Nothing new to extract" in done.stdout
    assert "Nothing published" in done.stdout
    assert (first_night / "snapshots" / "full.duckdb").readlink() == before
    assert crash.wait_for_none(first_night) is not None


@pytest.fixture
def data(tmp_path: Path, prefect_home: Path) -> Path:
    """A data folder to be; ``first_night`` is about one that Prefect never saw."""
    shutil.copytree(prefect_home, tmp_path / "data" / "prefect")
    return tmp_path / "data"


def test_bad_files_end_with_their_own_reason_and_the_good_one_loads(data: Path) -> None:
    release = data / "inbox" / "mixed"
    release.mkdir(parents=True)
    layout = layout_named("ruled")
    drawn = draw(layout, entries(3, 60, layout.content), release / "good.pdf")
    others.truncated(release / "truncated.pdf")
    others.encrypted(release / "encrypted.pdf")
    others.empty(release / "empty.pdf")
    Image.new("RGB", (40, 40), "white").save(release / "picture.pdf", format="PNG")
    others.letter(release / "letter.pdf", pages=50)
    (release / "list.csv").write_text("id,name,reason\n1,2,3\n")
    done = recordtrail("nightly", data=data)
    assert done.returncode == 3, done.stdout + done.stderr
    told = {str(r["file_name"]): r for r in ask(data, "from raw.document")}
    assert told["good.pdf"]["state"] == "loaded"
    assert ask(data, "select count(*) as n from raw.audit_row") == [{"n": len(drawn)}]
    codes = {name: row["error_code"] for name, row in told.items() if row["state"] == "quarantined"}
    assert codes == {
        "truncated.pdf": "damaged",
        "encrypted.pdf": "encrypted",
        "empty.pdf": "empty_file",
        "picture.pdf": "not_what_its_name_says",
    }
    assert {name for name, row in told.items() if row["state"] == "set_aside"} == {"letter.pdf", "list.csv"}
    bad = [row for row in told.values() if row["state"] != "loaded"]
    assert len({row["reason"] for row in bad}) == len(bad)
    assert all(row["advice"] for row in bad)
    status = recordtrail("status", data=data).stdout
    assert all(str(row["file_name"]) in status and str(row["reason"])[:40] in status.replace("\n", " ") for row in bad)


def test_an_open_connection_keeps_working_through_a_night_and_a_new_one_sees_the_new_snapshot(data: Path) -> None:
    shutil.copytree(SAMPLES / "port-sample-isd-tx-2025-11", data / "inbox" / "one")
    recordtrail("nightly", data=data)
    snapshot = data / "snapshots" / "full.duckdb"
    shutil.copytree(SAMPLES / "exampleton-county-so-fl-2025-11", data / "inbox" / "two")
    night = threading.Thread(target=recordtrail, args=("nightly",), kwargs={"data": data})
    answers = set()
    with duckdb.connect(str(snapshot.resolve()), read_only=True) as analyst:
        night.start()
        while night.is_alive():
            answers.add(analyst.execute("select count(*) from out.audit_search").fetchone())
            night.join(0.2)
        answers.add(analyst.execute("select count(*) from out.audit_search").fetchone())
    assert answers == {(120,)}
    with duckdb.connect(str(snapshot), read_only=True) as analyst:
        assert analyst.execute("select count(*) from out.audit_search").fetchone() == (203,)


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("share", [0.35, 0.85])
def test_a_killed_night_leaves_no_process_and_the_next_one_the_same_content(
    first_night: Path, data: Path, share: float
) -> None:
    shutil.copytree(SAMPLES, data / "inbox")
    crash.kill_night(data, after=12 * share)
    assert crash.wait_for_none(data) is not None, crash.processes_of(data)
    recordtrail("nightly", data=data)
    assert crash.content_of(data) == crash.content_of(first_night)
