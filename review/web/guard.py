"""The door: which requests are answered at all, and what every answer says to the browser.

A page in another tab must not be able to read or decide anything here: not by a name that it lets point to this
machine (DNS rebinding), not by a form or picture of its own (cross-site requests), not by a frame.
"""

from __future__ import annotations

import ipaddress
import logging
import traceback
from pathlib import PurePath
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.web.house import House
from review.web.views import UNSURE

MAX_BODY_BYTES = 1024 * 1024
"""Of a request: a value and a reason of 10,000 characters each, three bytes and an escape apiece, and some room."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOO_LARGE = "The request is too large."
_METHODS = frozenset({"GET", "HEAD", "POST"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    # Not no-referrer: with that, browsers say `Origin: null` with our own forms, as if others had sent them.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}
"""Of every answer; one that says something of its own about caching keeps that."""


_LOG = logging.getLogger("recordtrail.review")


class Guard:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self._app = app
        self._house = house
        self._hosts = LOOPBACK | {host.casefold() for host in house.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # there is no other kind of connection here
        has_begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused is not None:
            await refused(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, _bounded(receive), send_with_headers)
        except Exception as error:  # noqa: BLE001 - its words and its traceback may quote a record; its class may not
            _LOG.error("unexpected %s at %s", type(error).__name__, _place_of(error))
            if has_begun:
                return
            words = f"Unexpected {type(error).__name__}. Please report it."
            if scope["method"] == "POST":
                words = f"{words} {UNSURE}"
            await _said(500, words)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        if not self._is_known_host(headers.getlist("host")):
            return _said(421, "This name is not answered here. See docs/operations.md, The review page.")
        if self._is_stranger(scope):
            return _said(403, "Another user of this machine runs this page. See docs/operations.md, The review page.")
        if scope["method"] not in _METHODS:
            return _said(405, "Only GET and POST.")
        if _is_foreign(scope["method"], headers):
            return _said(403, "Another site asked for this; nothing was done.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return _said(413, _TOO_LARGE)
        return None

    def _is_stranger(self, scope: Scope) -> bool:
        """Whether another user of this machine asks, and no password tells friends from strangers."""
        client, server = scope.get("client"), scope.get("server")
        if self._house.password or client is None or server is None:
            return False
        return self._house.is_stranger(client[0], client[1], server[1] or 0)

    def _is_known_host(self, hosts: list[str]) -> bool:
        if len(hosts) != 1:
            return False
        try:
            name = urlsplit(f"//{hosts[0]}").hostname
        except ValueError:
            return False
        if name is None:
            return False
        # An address of numbers cannot be made to point elsewhere; a name can.
        return name in self._hosts or (not self._house.is_loopback and _is_address(name))


def _place_of(error: BaseException) -> str:
    """File and line where *error* was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{PurePath(frame.filename).name}:{frame.lineno}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_foreign(method: str, headers: Headers) -> bool:
    """Whether a page of another site makes the browser ask. Following a link to a page is all that others may cause."""
    site = headers.get("sec-fetch-site", "none")
    if method == "POST":
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != headers["host"].casefold():
            return True
        return site not in ("same-origin", "none")
    if site in ("same-origin", "none"):
        return False
    return headers.get("sec-fetch-mode") != "navigate" or headers.get("sec-fetch-dest") != "document"


def _bounded(receive: Receive) -> Receive:
    """A body that said nothing of its length is counted as it comes."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MAX_BODY_BYTES:
            raise HTTPException(413, _TOO_LARGE)
        return message

    return bounded


def _said(status: int, words: str) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", status_code=status)
