"""Children: limits, crashes, and that nothing of them stays behind. The child here is a script that does as told."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows.child import Children, StoppedError
from flows.processes import is_alive
from flows.settings import Settings
from records.errors import DamagedError, LimitError, ReaderCrashedError, ToolError

_SCRIPT = """
import json, os, subprocess, sys, time
job = json.load(open(sys.argv[1]))
def say(**event): print(json.dumps(event), flush=True)
{body}
"""

Start = Callable[..., Children]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Children whose program is the given body."""

    def make(body: str, **settings: float) -> Children:
        script = tmp_path / "child.py"
        script.write_text(_SCRIPT.format(body=body))
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return Children(replace(Settings(), **settings), work, (sys.executable, str(script)))

    return make


def test_the_last_event_is_the_result_and_progress_is_told(start: Start) -> None:
    children = start(
        """
say(event="progress", pages_done=1, pages=2)
print("a library says hello")
say(event="progress", pages_done=2, pages=2)
say(event="done", row_count=7, command=job["command"])
"""
    )
    told: list[tuple[int, int]] = []
    result = children.run({"command": "extract"}, lambda done, pages: told.append((done, pages)))
    assert result["row_count"] == 7
    assert result["command"] == "extract"
    assert told == [(1, 2), (2, 2)]


def test_the_job_names_the_parent_and_is_gone_afterwards(start: Start, tmp_path: Path) -> None:
    children = start('say(event="done", parent=job["parent_pid"], mode=os.stat(sys.argv[1]).st_mode & 0o777)')
    result = children.run({"command": "extract"})
    assert result["parent"] == os.getpid()
    assert result["mode"] == 0o600
    assert list((tmp_path / "work").iterdir()) == []


def test_a_document_error_is_raised_again_as_its_class(start: Start) -> None:
    children = start('say(event="document_error", code="damaged", message="cut", advice="again"); sys.exit(3)')
    with pytest.raises(DamagedError, match="cut") as caught:
        children.run({"command": "extract"})
    assert caught.value.advice == "again"


def test_a_crash_is_tried_once_more(start: Start, tmp_path: Path) -> None:
    children = start(
        f"""
mark = {str(tmp_path / "mark")!r}
if not os.path.exists(mark):
    open(mark, "w").close()
    os.abort()
say(event="done")
"""
    )
    assert children.run({"command": "extract"})["event"] == "done"


def test_two_crashes_quarantine_and_keep_the_text_of_the_document_out(start: Start) -> None:
    children = start('raise ValueError("Jane Doe, plate ABC123")')
    with pytest.raises(ReaderCrashedError, match=r"exit code 1, ValueError") as caught:
        children.run({"command": "extract"})
    assert "Jane" not in str(caught.value)


def test_done_with_a_bad_exit_code_is_a_crash(start: Start) -> None:
    children = start('say(event="done"); sys.exit(9)')
    with pytest.raises(ReaderCrashedError, match="exit code 9"):
        children.run({"command": "extract"})


def test_the_wall_clock_limit_kills_the_whole_group(start: Start, tmp_path: Path) -> None:
    pid_file = tmp_path / "grandchild"
    children = start(
        f"""
grandchild = subprocess.Popen(["sleep", "60"])
open({str(pid_file)!r}, "w").write(str(grandchild.pid))
time.sleep(60)
""",
        child_wall_seconds=1.0,
    )
    began = time.monotonic()
    with pytest.raises(LimitError, match="child_wall_seconds = 1") as caught:
        children.run({"command": "extract"})
    assert time.monotonic() - began < 10
    assert "RECORDTRAIL_CHILD_WALL_SECONDS" in caught.value.advice
    assert _is_gone(int(pid_file.read_text()))


def test_the_memory_limit_is_watched_from_outside(start: Start) -> None:
    children = start(
        "x = bytearray(300 * 1024 * 1024)\nfor i in range(0, len(x), 4096): x[i] = 1\ntime.sleep(60)",
        child_memory_bytes=128 * 1024 * 1024,
    )
    with pytest.raises(LimitError, match="child_memory_bytes"):
        children.run({"command": "extract"})


def test_the_processor_time_signal_is_a_limit_not_a_crash(start: Start) -> None:
    children = start("import signal; os.kill(os.getpid(), signal.SIGXCPU); time.sleep(60)")
    with pytest.raises(LimitError, match="child_cpu_seconds"):
        children.run({"command": "extract"})


def test_what_a_finished_child_started_is_ended(start: Start, tmp_path: Path) -> None:
    children = start('p = subprocess.Popen(["sleep", "60"], stdout=subprocess.DEVNULL); say(event="done", pid=p.pid)')
    assert _is_gone(children.run({"command": "extract"})["pid"])


def test_stop_ends_running_children_and_starts_no_more(start: Start) -> None:
    children = start('say(event="progress", pages_done=0, pages=1); time.sleep(60)')
    started = threading.Event()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            children.run({"command": "extract"}, lambda _done, _pages: started.set())
        except StoppedError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(10)
    children.stop()
    thread.join(10)
    assert not thread.is_alive()
    assert len(errors) == 1
    with pytest.raises(StoppedError):
        children.run({"command": "extract"})


def test_no_more_children_at_a_time_than_workers(start: Start, tmp_path: Path) -> None:
    children = start(
        f"""
here = {str(tmp_path / "here")!r}
os.makedirs(here, exist_ok=True)
own = os.path.join(here, str(os.getpid()))
open(own, "w").close()
time.sleep(0.3)
count = len(os.listdir(here))
os.unlink(own)
say(event="done", count=count)
""",
        workers=2,
    )
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(children.run({"command": "extract"})["count"])) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(counts) == 2


def test_a_program_that_is_missing_is_a_tool_error(tmp_path: Path) -> None:
    with pytest.raises(ToolError):
        Children(Settings(), tmp_path, (str(tmp_path / "missing"),)).run({"command": "extract"})


def test_a_tethered_program_dies_with_its_parent(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, time\nfrom flows.tether import tethered\n"
            f"p = subprocess.Popen(tethered([sys.executable, '-c', 'import time; time.sleep(60)']))\n"
            f"open({str(pid_file)!r}, 'w').write(str(p.pid) + ' ')\ntime.sleep(60)",
        ],
        cwd=Path(__file__).parents[2],
    )
    deadline = time.monotonic() + 10
    while not (pid_file.exists() and pid_file.read_text().endswith(" ")) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)  # until the program has taken the tether's place
    tethered = int(pid_file.read_text())
    assert is_alive(tethered)
    parent.kill()
    parent.wait()
    assert _is_gone(tethered)


def _is_gone(pid: int) -> bool:
    """Whether the process ends within a few seconds; a dead one that nobody waits for counts as gone."""
    for _ in range(100):
        if not is_alive(pid):
            return True
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
