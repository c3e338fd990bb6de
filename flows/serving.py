"""`recordtrail review`: the review page on a port, until it is stopped."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import webbrowser
from pathlib import Path

from flows.deciding import reviewer
from flows.paths import DataFolder
from flows.reviewing import Drawer, house_of, is_loopback
from flows.settings import Settings, variable_of
from flows.usage import UsageError
from records.errors import ConfigurationError

_LEAST_PASSWORD = 12
_STOP_SECONDS = 3
_MOST_AT_ONCE = 200
"""Connections; more are told to come again."""


def serve(
    folder: DataFolder,
    settings: Settings,
    host: str,
    port: int,
    who: str | None,
    password_file: Path | None,
    is_opened: bool,
) -> None:
    """Serve until interrupted. UsageError for an address that others can reach without a password that is worth it,
    ConfigurationError when the address cannot be had."""
    password = _password(host, password_file, settings)
    os.environ.pop(variable_of("review_password"), None)  # the children that draw pages have no business with it
    listening = _listen(host, port)
    draw = Drawer(folder, settings)
    name = reviewer(who, settings)
    house = house_of(folder, settings, draw, name, password, host)

    import uvicorn

    from review.web.app import create_app

    config = uvicorn.Config(
        create_app(house),
        log_level="warning",
        access_log=False,  # addresses name rows of records
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    address = settings.review_url or _address(host, listening.getsockname()[1])
    logged = "under the name that each reviewer gives" if password else f"as {name!r}; the page lets you change that"
    print(f"Review page: {address}\nDecisions are logged {logged}. Ctrl-C stops it.", flush=True)
    if is_opened and _has_screen():
        threading.Timer(0.7, webbrowser.open, [address]).start()
    try:
        with contextlib.suppress(KeyboardInterrupt):  # that is how it is stopped
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        draw.stop()
        listening.close()


def _password(host: str, file: Path | None, settings: Settings) -> str:
    password = file.read_text(encoding="utf-8").strip() if file else settings.review_password
    if not is_loopback(host) and len(password) < _LEAST_PASSWORD:
        raise UsageError(
            f"{host} can be reached from elsewhere: that takes a password of {_LEAST_PASSWORD} characters or more.",
            f"Give --password-file FILE or set {variable_of('review_password')}; or leave --host out.",
        )
    return password


def _has_screen() -> bool:
    """Whether there is a screen to open a browser on: in a bare terminal, one would open in its place."""
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # The protocol is named because asyncio sends small answers at once only where it is: else 40 ms are lost.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)  # from here on nobody who follows the printed address is turned away
    except OSError as error:
        raise ConfigurationError(
            f"{host}, port {port}, cannot be served: {error.strerror}.",
            "Another program may have that port: give --port 0 for any that is free.",
        ) from error
    return listening


def _address(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}/"
