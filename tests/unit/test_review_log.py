"""The decision log keeps everything that was acknowledged, and lets nobody change it."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from records.decisions import Decision, DecisionKind, Target, TargetKind, live
from records.places import BBox
from review.decision_log import DecisionLog, read_log
from review.errors import DecidedMeanwhileError, DecisionError, DecisionLogError

ROOT = Path(__file__).parents[2]
BOX = BBox(10.25, 20.1, 30.3, 40.4)
REASON = Target(TargetKind.AUDIT_CELL, "0123456789abcdef-p00001-r001", "reason", "thefl", "ab" * 32, 1, BOX)
STATE = Target(TargetKind.MARK_STATE, "0123456789abcdef-p00001-m001", "state", "on", "ab" * 32, 1, BOX)
OLD_CHAIN = "c100b9e20be5ce55ad1a7b72bc47282435b9830ce84260f3dbaea480c436996b"
"""Of the one entry of a log of the first version, computed by that version."""
ACCEPT, CORRECT, UNREADABLE = DecisionKind.ACCEPT, DecisionKind.CORRECT, DecisionKind.UNREADABLE

WRITER = """
import sys
from pathlib import Path
from tests.unit.test_review_log import ACCEPT, REASON
from review.decision_log import DecisionLog
with DecisionLog(Path(sys.argv[1])) as log:
    for number in range(int(sys.argv[3])):
        print(log.append(ACCEPT, REASON, sys.argv[2]).decision_id, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.db"


def writer(path: Path, who: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), who, str(number)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_is_logged_comes_back_as_it_was(path: Path) -> None:
    with DecisionLog(path) as log:
        first = log.append(CORRECT, REASON, "anna", value="theft ✓", reason="a t", snapshot_hash="f" * 64)
        second = log.undo(1, "ben", reason="no")
        assert log.last_sequence == 2
    assert read_log(path) == [first, second]
    assert (first.sequence, first.target, first.value, first.who) == (1, REASON, "theft ✓", "anna")
    assert (second.undoes, second.target, live(read_log(path))) == (first.decision_id, REASON, [])
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}
    assert read_log(path.with_name("none.db")) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET value = 'x'",
        "UPDATE decision SET who = who",
        "DELETE FROM decision",
        "INSERT OR REPLACE INTO decision SELECT * FROM decision WHERE sequence = 1",
        "INSERT INTO decision (sequence, decision_id, decided_datetime, who, kind, target_kind, target_id, field,"
        " chain) VALUES (9, 'd', '2026-01-01', 'x', 'accept', 'release_fact', 'r', 'agency', printf('%064d', 1))",
        "INSERT INTO decision (sequence, decision_id, decided_datetime, who, kind, target_kind, target_id, field,"
        " chain, undoes) VALUES (2, 'd', '2026-01-01', 'x', 'undo', 'release_fact', 'r', 'agency',"
        " printf('%064d', 1), 'd-0')",
    ],
)
def test_no_statement_changes_deletes_or_skips_an_entry(path: Path, statement: str) -> None:
    with DecisionLog(path) as log:
        first = log.append(CORRECT, REASON, "anna", value="theft")
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert read_log(path) == [first]


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE decision SET value = 'arson' WHERE sequence = 1",
        "UPDATE decision SET who = 'ben' WHERE sequence = 2",
        "DELETE FROM decision WHERE sequence = 1",
        "UPDATE decision SET x0 = x0 + 1 WHERE sequence = 1",
        "UPDATE decision SET kind = 'nothing', value = NULL WHERE sequence = 1",
    ],
)
def test_a_hand_that_takes_the_triggers_away_is_found(path: Path, spoil: str) -> None:
    with DecisionLog(path) as log:
        log.append(CORRECT, REASON, "anna", value="theft")
        log.append(ACCEPT, STATE, "anna")
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(spoil)
    connection.commit()
    connection.close()
    with pytest.raises(DecisionLogError):
        read_log(path)


@pytest.mark.parametrize(
    ("kind", "target", "value", "who", "said"),
    [
        (CORRECT, REASON, "thefl", "anna", "accept the reading"),
        (CORRECT, REASON, None, "anna", "has a value"),
        (ACCEPT, REASON, "theft", "anna", "has a value"),
        (CORRECT, REASON, "x" * 10_001, "anna", "10,001 characters"),
        (CORRECT, REASON, "a\0b", "anna", "zero character"),
        (CORRECT, REASON, "\udc80", "anna", "no valid text"),
        (CORRECT, STATE, "ticked", "anna", "a state is one of on, off, mixed"),
        (CORRECT, STATE, "not_visible", "anna", "a state is one of"),
        (ACCEPT, REASON, None, " ", "who decides"),
        (ACCEPT, REASON, None, "a\nb", "who decides"),
    ],
)
def test_what_makes_no_sense_is_not_logged(
    path: Path, kind: DecisionKind, target: Target, value: str | None, who: str, said: str
) -> None:
    with DecisionLog(path) as log:
        with pytest.raises(DecisionError, match=said):
            log.append(kind, target, who, value=value)
        assert log.entries() == []


def test_an_undo_needs_a_decision_that_counts(path: Path) -> None:
    with DecisionLog(path) as log:
        log.append(ACCEPT, REASON, "anna")
        log.undo(1, "anna")
        for number, said in ((1, "undone already"), (2, "itself an undo"), (3, "no decision number 3; the log has 2")):
            with pytest.raises(DecisionError, match=said):
                log.undo(number, "anna")
        assert log.last_sequence == 2


def test_a_value_decided_meanwhile_is_told_and_a_form_sent_twice_is_one_decision(path: Path) -> None:
    with DecisionLog(path) as anna, DecisionLog(path) as ben:
        seen = anna.last_sequence
        logged = ben.append(UNREADABLE, REASON, "ben", token="form-1", seen_sequence=seen)
        assert ben.append(UNREADABLE, REASON, "ben", token="form-1", seen_sequence=seen) == logged
        with pytest.raises(DecidedMeanwhileError, match="ben decided on it meanwhile: unreadable"):
            anna.append(ACCEPT, REASON, "anna", seen_sequence=seen)
        anna.append(ACCEPT, STATE, "anna", seen_sequence=seen)  # another value
        anna.append(ACCEPT, REASON, "anna", seen_sequence=anna.last_sequence)
        assert [entry.who for entry in anna.about(REASON.id)] == ["ben", "anna"]


def test_two_processes_write_at_once_and_nothing_is_lost_or_doubled(path: Path) -> None:
    writers = [writer(path, who, 25) for who in ("anna", "ben")]
    told = [line for process in writers for line in process.communicate(timeout=120)[0].split()]
    assert [process.returncode for process in writers] == [0, 0]
    entries = read_log(path)
    assert [entry.sequence for entry in entries] == list(range(1, 51))
    assert sorted(told) == sorted(entry.decision_id for entry in entries)


def test_what_was_acknowledged_before_a_kill_is_there(path: Path) -> None:
    process = writer(path, "anna", 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(10)]
    os.kill(process.pid, signal.SIGKILL)
    told += process.communicate(timeout=60)[0].split("\n")[:-1]
    entries: list[Decision] = read_log(path)
    assert [entry.decision_id for entry in entries][: len(told)] == told
    assert len(told) <= len(entries) <= len(told) + 1  # the last may be on disk without having been told
    with DecisionLog(path) as log:
        assert log.append(ACCEPT, REASON, "ben").sequence == len(entries) + 1


def test_a_log_of_another_version_or_no_log_is_refused(path: Path, tmp_path: Path) -> None:
    DecisionLog(path).__exit__()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(Exception, match="version 99, this program knows version 2"):
        read_log(path)
    noise = tmp_path / "noise.db"
    noise.write_bytes(b"no database" * 100)
    with pytest.raises(DecisionLogError):
        read_log(noise)


OTHER = Target(TargetKind.AUDIT_CELL, "0123456789abcdef-p00001-r002", "reason", "thefl", "ab" * 32, 1, BOX)
THIRD = Target(TargetKind.AUDIT_CELL, "0123456789abcdef-p00002-r001", "reason", "thefl", "ab" * 32, 2, BOX)


def test_values_taken_along_are_entries_of_their_own_and_a_form_sent_twice_is_one_batch(path: Path) -> None:
    with DecisionLog(path) as log:
        batch = log.append_all(CORRECT, [REASON, OTHER, THIRD], "anna", value="theft", token="form-1")
        assert [(entry.target, entry.value) for entry in batch] == [(t, "theft") for t in (REASON, OTHER, THIRD)]
        assert [entry.along_with for entry in batch] == [None, batch[0].decision_id, batch[0].decision_id]
        assert log.append_all(CORRECT, [REASON, OTHER, THIRD], "anna", value="theft", token="form-1") == batch
        assert log.of_token("form-1") == batch and log.of_token("form-2") == []
        with pytest.raises(DecidedMeanwhileError, match="another decision"):
            log.append_all(CORRECT, [REASON, OTHER, THIRD], "anna", value="robbery", token="form-1")
    assert read_log(path) == batch


def test_a_batch_is_logged_as_a_whole_or_not_at_all(path: Path) -> None:
    with DecisionLog(path) as anna, DecisionLog(path) as ben:
        seen = anna.last_sequence
        ben.append(ACCEPT, THIRD, "ben")
        with pytest.raises(DecidedMeanwhileError, match="ben decided on it meanwhile"):
            anna.append_all(CORRECT, [REASON, OTHER, THIRD], "anna", value="theft", seen_sequence=seen)
        with pytest.raises(DecisionError, match="accept the reading"):
            anna.append_all(CORRECT, [REASON, STATE], "anna", value="on")
        assert [entry.who for entry in anna.entries()] == ["ben"]


def test_a_batch_is_undone_one_by_one_or_together(path: Path) -> None:
    with DecisionLog(path) as log:
        first, second, third = log.append_all(CORRECT, [REASON, OTHER, THIRD], "anna", value="theft")
        log.undo(second.sequence, "anna")
        assert live(log.entries()) == [first, third]
        undone = log.undo_all(first.sequence, "ben", token="form-9")
        assert [entry.undoes for entry in undone] == [first.decision_id, third.decision_id]
        assert log.undo_all(first.sequence, "ben", token="form-9") == undone
        assert live(log.entries()) == [] and log.last_sequence == 6
        with pytest.raises(DecisionError, match="undone already"):
            log.undo_all(first.sequence, "ben")
        assert log.newest(9, is_counted=True) == [] and len(log.newest(9, is_counted=False)) == 6
        assert [entry.sequence for entry in log.newest(2, before=5)] == [4, 3]
        assert {entry.sequence for entry in log.newest(9, who="ben")} == {5, 6}
        assert [entry.sequence for entry in log.newest(9, target=OTHER.id, kind="correct")] == [2]
        assert log.reviewers() == ["anna", "ben"]
    assert len(read_log(path)) == 6


def test_a_log_of_the_first_version_goes_on_with_its_chain(path: Path) -> None:
    """Made as that version made it: without the column, and with chains that know nothing of it."""
    schema = (ROOT / "review" / "schema.sql").read_text(encoding="utf-8")
    old = sqlite3.connect(path)
    for statement in schema.replace("    along_with TEXT REFERENCES decision (decision_id),\n", "").split(";\n\n"):
        old.execute(statement)
    old.execute("PRAGMA user_version = 1")
    old.execute(
        "INSERT INTO decision (sequence, decision_id, decided_datetime, who, kind, target_kind, target_id, field,"
        " chain) VALUES (1, 'd-c100b9e20be5ce55', '2026-01-02 03:04:05', 'anna', 'accept', 'release_fact', 'r',"
        " 'agency', ?)",
        (OLD_CHAIN,),
    )
    old.commit()
    old.close()
    with DecisionLog(path) as log:
        log.append_all(CORRECT, [REASON, OTHER], "ben", value="theft")
    assert [entry.who for entry in read_log(path)] == ["anna", "ben", "ben"]
