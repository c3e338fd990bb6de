"""A reviewer's day: decide, have it folded in by the night, and nothing of it written anywhere else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from samples.content import entries
from samples.layouts import draw, layout_named
from tests.end_to_end.test_nights import ask, recordtrail

pytestmark = pytest.mark.slow

SECRET = "QUINCE-7421"
"""What a reviewer writes; it may be a plate."""


def test_what_is_decided_is_shown_after_the_night_and_written_nowhere_else(tmp_path: Path, prefect_home: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(prefect_home, data / "prefect")
    release = data / "inbox" / "r"
    release.mkdir(parents=True)
    layout = layout_named("ruled")
    draw(layout, entries(3, 12, layout.content), release / "log.pdf")
    assert recordtrail("nightly", data=data).returncode == 0
    first, second = (str(row["row_id"]) for row in ask(data, "from raw.audit_row order by row_id limit 2"))
    verbatim = "select row_id, reason from raw.audit_row order by row_id"
    read = ask(data, verbatim)
    done = recordtrail(
        "decide", first, "reason", "--correct", SECRET, "--reason", f"{SECRET} is there", "--who", "anna", data=data
    )
    assert done.returncode == 0, done.stderr
    assert recordtrail("decide", second, "reason", "--unreadable", "--who", "ben", data=data).returncode == 0
    assert recordtrail("decide", second, "reason", "--accept", "--who", "anna", data=data).returncode == 0
    assert recordtrail("decide", "--undo", "3", "--who", "anna", data=data).returncode == 0
    done = recordtrail("nightly", data=data)
    assert done.returncode == 0, done.stderr
    assert "Nothing new to extract." in done.stdout
    assert "Decisions of reviewers: applied up to number 4." in done.stdout
    shown = ask(data, "select reason, reason_state, standing from out.audit_search order by row_id limit 2")
    assert shown == [
        {"reason": SECRET, "reason_state": "value", "standing": "corrected"},
        {"reason": None, "reason_state": "illegible", "standing": "unreadable"},
    ]
    assert ask(data, verbatim) == read  # what was read stays what was read
    done = recordtrail("decisions", "--json", data=data)
    assert [(entry["who"], entry["kind"], entry["counts"]) for entry in json.loads(done.stdout)] == [
        ("anna", "correct", True),
        ("ben", "unreadable", True),
        ("anna", "accept", False),
        ("anna", "undo", False),
    ]
    assert holders(data) <= {"decisions.db", "decisions.db-wal"}
    assert recordtrail("nightly", data=data).stdout.count("Nothing published") == 1


def holders(data: Path) -> set[str]:
    """Names of the files outside the snapshots that hold what the reviewer wrote."""
    return {
        file.name
        for file in data.rglob("*")
        if file.is_file() and file.parent.name != "snapshots" and SECRET.encode() in file.read_bytes()
    }
