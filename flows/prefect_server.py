"""Prefect's API server: one per run, on the loopback address, its database in the data folder, telemetry off.

``PREFECT_API_URL`` set by the user means that a server is there already; then none is started.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from flows.paths import DataFolder
from flows.processes import kill_group
from flows.settings import Settings, variable_of
from flows.tether import tethered
from records.errors import ToolError

_HOST = "127.0.0.1"
_LOG = "server.log"


def set_environment(folder: DataFolder, is_verbose: bool = False) -> None:
    """Prepare this process for Prefect. Call before Prefect is imported: it reads its settings then."""
    os.environ["PREFECT_HOME"] = str(folder.prefect_home)
    os.environ["DO_NOT_TRACK"] = "1"
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"  # never a second server behind our back
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO" if is_verbose else "WARNING")
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "WARNING")
    for name in ("NO_PROXY", "no_proxy"):  # a proxy must not be asked for our own address
        given = os.environ.get(name, "")
        if _HOST not in given:
            os.environ[name] = f"{given},{_HOST},localhost".lstrip(",")


@contextmanager
def prefect_server(folder: DataFolder, settings: Settings) -> Iterator[None]:
    """A server for the body of the ``with``; gone, with all its processes, after it and whenever this process dies.

    The body starts while the server still does: call :func:`wait_until_ready` before the first flow. Enter from the
    main thread (see :mod:`flows.tether`).
    """
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = _free_port()
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", _HOST, "--port", str(port)]
    with (folder.prefect_home / _LOG).open("wb") as log:
        process = subprocess.Popen(
            tethered(command),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "PREFECT_UI_API_URL": "/api"},
        )
    os.environ["PREFECT_API_URL"] = f"http://{_HOST}:{port}/api"
    try:
        _servers.append(process)
        yield
    finally:
        _servers.remove(process)
        del os.environ["PREFECT_API_URL"]
        kill_group(process.pid)
        process.wait()


_servers: list[subprocess.Popen[bytes]] = []


def wait_until_ready(settings: Settings) -> None:
    """Wait until the server answers. Raises ToolError when it ends or takes too long."""
    url = os.environ["PREFECT_API_URL"].rstrip("/") + "/health"
    deadline = time.monotonic() + settings.server_start_seconds
    while not _answers(url):
        if any(server.poll() is not None for server in _servers):
            raise ToolError(
                "Prefect's server ended while it was starting.",
                "Read prefect/server.log in the data folder; `recordtrail doctor --server` tries it alone.",
            )
        if time.monotonic() > deadline:
            raise ToolError(
                f"Prefect's server did not answer within {settings.server_start_seconds:g} seconds.",
                f"Is the machine busy? Set {variable_of('server_start_seconds')} higher, or check PREFECT_API_URL.",
            )
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError:
        return True  # somebody answers; what is wrong with the address, Prefect says better
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
