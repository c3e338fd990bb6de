"""`recordtrail review`: who may reach it, under which password, and how it starts and stops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from flows import serving
from flows.ledger import open_ledger
from flows.paths import data_folder
from flows.peers import is_other_user
from flows.processes import is_alive
from flows.reviewing import Drawer, is_loopback, secret_of
from flows.serving import serve
from flows.settings import Settings, load_settings
from flows.usage import UsageError
from records.errors import ConfigurationError, LimitError

_TABLE = """  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:2081 00000000:0000 0A 00000000:00000000 00:00000000 00000000  {other}        0 1 1 0 100 0 0 10 0
   1: 0100007F:D431 0100007F:2081 01 00000000:00000000 00:00000000 00000000  {other}        0 2 1 0 100 0 0 10 0
   2: 0100007F:D432 0100007F:2081 01 00000000:00000000 00:00000000 00000000  {own}        0 3 1 0 100 0 0 10 0
   3: 0100007F:D433 0100007F:2081 01 00000000:00000000 00:00000000 00000000  0        0 4 1 0 100 0 0 10 0
   4: 0100007F:D434 0100007F:0050 01 00000000:00000000 00:00000000 00000000  {other}        0 5 1 0 100 0 0 10 0
   5: 0000000000000000FFFF00000100007F:D436 0000000000000000FFFF00000100007F:2081 01 0:0 00:0 0  {other}        0 6
"""


@pytest.mark.skipif(sys.byteorder != "little", reason="the table is written as a little-endian machine writes it")
@pytest.mark.parametrize(
    ("port", "is_refused"),
    [(0xD431, True), (0xD432, False), (0xD433, False), (0xD434, False), (0xD435, False), (0xD436, True)],
)
def test_a_connection_of_another_user_is_told_by_the_systems_own_table(
    tmp_path: Path, port: int, is_refused: bool
) -> None:
    table = tmp_path / "tcp"
    table.write_text(_TABLE.format(own=os.getuid(), other=os.getuid() + 4242))
    assert is_other_user("127.0.0.1", port, 0x2081, (tmp_path / "none", table)) is is_refused
    assert not is_other_user("testclient", port, 0x2081, (table,))


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("10.0.0.7", False), ("localhost.evil.example", False), ("", False)],
)  # fmt: skip
def test_loopback_is_told_from_everything_else(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7", ""])
@pytest.mark.parametrize("password", ["", "short"])
def test_other_machines_are_let_in_by_a_password_only(tmp_path: Path, host: str, password: str) -> None:
    settings = replace(Settings(), review_password=password)
    with pytest.raises(UsageError, match="password"):
        serve(data_folder(tmp_path), settings, host, 0, "anna", None, False)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(ConfigurationError, match="cannot be served"):
        serve(data_folder(tmp_path), Settings(), "127.0.0.1", taken.getsockname()[1], "anna", None, False)


def test_the_key_of_sessions_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    secret = secret_of(folder)
    assert secret_of(folder) == secret and len(secret) == 32
    assert (folder.review / "session.key").stat().st_mode & 0o077 == 0
    (folder.review / "session.key").write_bytes(b"cut")
    with pytest.raises(ConfigurationError):
        secret_of(folder)


def test_the_password_is_no_argument_of_the_command_line() -> None:
    from typer.main import get_command

    from flows.cli import app

    options = {option for one in get_command(app).commands["review"].params for option in one.opts}  # type: ignore[attr-defined]
    assert "--password-file" in options and "--password" not in options
    assert load_settings(environment={"RECORDTRAIL_REVIEW_PASSWORD": "from the environment"}).review_password


def test_it_is_served_until_ctrl_c_and_says_where(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data")
    data.create()
    open_ledger(data.ledger).close()
    command = [sys.executable, "-m", "flows.cli", "review", "--no-open", "--port", "0", "--data", str(data.root)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address is not None
        with urllib.request.urlopen(f"{address[0]}login", timeout=60) as answer:
            assert "Who reviews?" in answer.read().decode()
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
        assert server.stderr.read() == ""


def test_a_page_that_takes_too_long_to_draw_is_given_up_and_its_child_ended(tmp_path: Path) -> None:
    folder = data_folder(tmp_path)
    folder.create()
    open_ledger(folder.ledger).close()
    drawer = Drawer(folder, replace(Settings(), data=tmp_path, review_draw_seconds=1.0))
    script = tmp_path / "child.py"
    script.write_text("import os, sys, time; open(sys.argv[1] + '.pid', 'w').write(str(os.getpid())); time.sleep(60)")
    drawer._children._command = (sys.executable, str(script))
    with pytest.raises(LimitError, match="could not be drawn") as told:
        drawer("a" * 64, [(1, tmp_path / "1.png")], 1.0)
    assert "RECORDTRAIL_REVIEW_DRAW_SECONDS" in told.value.advice
    (pid,) = (folder.review / "work").glob("*.pid")
    assert not is_alive(int(pid.read_text()))


@pytest.mark.parametrize("screen", ["", ":0"])
def test_a_browser_is_opened_only_where_there_is_a_screen(monkeypatch: pytest.MonkeyPatch, screen: str) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", screen)
    assert serving._has_screen() is bool(screen)
