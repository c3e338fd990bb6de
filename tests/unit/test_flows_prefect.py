"""Prefect: the flows run on a real server, which ends with its run; deployments parse. One server start, hence slow."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml

from flows import ledger_runs
from flows.ledger import open_ledger
from flows.paths import data_folder
from flows.prefect_server import set_environment

_ROOT = Path(__file__).parents[2]


def test_prefect_yaml_names_flows_and_parameters_that_exist(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _isolate(monkeypatch, tmp_path)
    config = yaml.safe_load((_ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    assert {deployment["name"] for deployment in config["deployments"]} == {"nightly", "ingest"}
    for deployment in config["deployments"]:
        module, _, name = deployment["entrypoint"].rpartition(".")
        flow = getattr(importlib.import_module(module), name)
        assert deployment["name"] == flow.name
        assert set(deployment["parameters"]) == set(flow.parameters.properties)


def test_only_tool_errors_are_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _isolate(monkeypatch, tmp_path)
    from prefect.states import Failed

    from flows.tasks import _is_tool_error, read_task
    from records.errors import ReaderCrashedError, ToolError

    assert read_task.retries
    assert _is_tool_error(None, None, Failed(data=ToolError("x")))
    assert not _is_tool_error(None, None, Failed(data=ReaderCrashedError("x")))
    assert not _is_tool_error(None, None, Failed(data=ValueError("x")))


def test_our_server_is_the_only_one_and_nothing_is_told_to_anybody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))
    set_environment(data_folder(tmp_path))
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] == "false"
    assert "127.0.0.1" in os.environ["NO_PROXY"]


@pytest.mark.slow
def test_a_night_by_prefect_then_a_kill_then_another_night(tmp_path: Path, prefect_home: Path) -> None:
    """One folder, three nights: a whole one with its artifacts, one that is killed, one that has nothing to do."""
    data = tmp_path / "data"
    shutil.copytree(prefect_home, data / "prefect")
    shutil.copytree(_ROOT / "samples" / "inbox", data / "inbox")

    killed = _start(data)
    server = _wait_for_server(killed.pid)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    deadline = time.monotonic() + 10
    while server.is_running() and server.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE

    night = _start(data)
    server = _wait_for_server(night.pid)
    artifacts = _watch_artifacts(night, server)
    counts = json.loads(_finish(night, expected=3))
    files = [path for path in (data / "inbox").rglob("*") if path.is_file() and path.suffix != ".toml"]
    assert counts["loaded"] == len(files) - 1, "all but the one that is broken on purpose"
    assert counts["quarantined"] == 1
    assert counts["published"]
    assert "run-report" in artifacts
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE

    idle = _start(data)
    again = json.loads(_finish(idle, expected=0))
    assert (again["read"], again["published"], again["content_hash"]) == (0, None, counts["content_hash"])

    runs = ledger_runs.last_runs(open_ledger(data / "ledger.db"), 5)
    assert [run.status for run in runs] == ["succeeded", "succeeded", "crashed"]


@pytest.mark.slow
def test_a_schedule_that_is_stopped_says_so_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    command = [sys.executable, "-u", "-m", "flows.cli", "schedule", "--data", str(tmp_path)]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline().startswith("The nightly runs at ")
    time.sleep(3)  # the runner takes over the signal a moment later
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert err == "recordtrail: stopped by SIGTERM; run again to go on, what was finished is kept.\n"


def _isolate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Importing Prefect must not touch the home folder of whoever runs the tests."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.setenv("DO_NOT_TRACK", "1")


def _start(data: Path) -> subprocess.Popen[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RECORDTRAIL_"))
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "nightly", "--json", "--data", str(data)],
        cwd=_ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(night: subprocess.Popen[str], expected: int) -> str:
    out, err = night.communicate(timeout=180)
    assert night.returncode == expected, err
    assert err == ""  # Prefect's log stays off the terminal
    return out


def _wait_for_server(pid: int) -> psutil.Process:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in psutil.Process(pid).children():
            if "server" in child.cmdline() and "flows.tether" not in child.cmdline():
                return child
        time.sleep(0.1)
    raise AssertionError("no server was started")


def _watch_artifacts(night: subprocess.Popen[str], server: psutil.Process) -> set[str]:
    """The keys of the artifacts, asked for while the server lives."""
    command = server.cmdline()
    url = f"http://127.0.0.1:{command[command.index('--port') + 1]}/api/artifacts/filter"
    keys: set[str] = set()
    while night.poll() is None and "run-report" not in keys:
        time.sleep(0.05)
        request = urllib.request.Request(url, b"{}", {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                found: list[dict[str, Any]] = json.load(answer)
        except OSError:
            continue
        keys |= {artifact["key"] for artifact in found}
        assert not any("Exampleton County FL" in json.dumps(artifact) for artifact in found)
    return keys
