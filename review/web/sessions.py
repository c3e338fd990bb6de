"""Sessions: a signed cookie that says who reviews. The server keeps nothing, so a restart throws nobody out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import quote

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from records.decisions import MAX_WHO
from review.web.house import House

MAX_AGE_SECONDS = 14 * 24 * 3600
_ONCE_MORE = (
    '<!doctype html><html lang="en"><title>Recordtrail</title><meta http-equiv="refresh" content="0">'
    '<p>One moment. If nothing happens, <a href="">go on</a>.</p></html>'
)


@dataclass(frozen=True, slots=True)
class Session:
    """One browser. ``who`` is empty until somebody logged in."""

    id: str
    who: str
    csrf: str
    """The token that every form of this session sends along."""


class Sessions:
    """Makes, reads and signs sessions. A new password ends all of them."""

    def __init__(self, house: House) -> None:
        key = hmac.digest(house.secret, b"recordtrail session\n" + house.password.encode(), "sha256")
        self._key = key
        self._signer = URLSafeTimedSerializer(key, salt="session", signer_kwargs={"digest_method": hashlib.sha256})
        # Cookies know no ports: two servers on one machine must not take each other's.
        self.cookie_name = "recordtrail-" + hmac.digest(house.secret, b"name", "sha256").hex()[:8]
        self._is_https = house.is_https
        self._default_who = "" if house.password else house.reviewer

    def fresh(self, who: str | None = None) -> Session:
        """A new session of *who*; without it, of the reviewer at this machine where nobody has to log in."""
        return self._session(secrets.token_hex(16), self._default_who if who is None else who)

    def read(self, headers: Headers) -> Session | None:
        """The session of a request; None where its cookie is missing, forged or too old."""
        value = cookie_parser(headers.get("cookie", "")).get(self.cookie_name)
        try:
            id, who = self._signer.loads(value or "", max_age=MAX_AGE_SECONDS)
        except BadData:
            return None
        return self._session(id, who)

    def cookie(self, session: Session) -> str:
        """The ``Set-Cookie`` header of *session*."""
        value = self._signer.dumps([session.id, session.who])
        assert isinstance(value, str)
        secure = "; Secure" if self._is_https else ""
        return f"{self.cookie_name}={value}; Max-Age={MAX_AGE_SECONDS}; Path=/; HttpOnly; SameSite=Strict{secure}"

    def _session(self, id: str, who: str) -> Session:
        return Session(id, who, hmac.digest(self._key, b"csrf\n" + id.encode(), "sha256").hex())


def is_name(who: str) -> bool:
    """Whether decisions can be logged under that name."""
    return 0 < len(who.strip()) <= MAX_WHO and who.isprintable()


class SessionMiddleware:
    """Gives every request its session, in ``request.state.session``; nobody who is not logged in comes past it."""

    OPEN = ("/login", "/static/")

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        found = self._sessions.read(headers)
        if found is None and scope["method"] == "GET" and headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            # Browsers keep a strict cookie back where another site's link is followed. Asked again from here, they
            # send it; a new session now would end the one that its forms are still open in.
            await HTMLResponse(_ONCE_MORE)(scope, receive, send)
            return
        session = found or self._sessions.fresh()
        scope.setdefault("state", {})["session"] = session

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and found is None and not scope["path"].startswith("/static/"):
                answer = MutableHeaders(scope=message)
                if "set-cookie" not in answer:
                    answer.append("set-cookie", self._sessions.cookie(session))
            await send(message)

        if not session.who and not scope["path"].startswith(self.OPEN):
            await _to_login(scope, receive, send_with_cookie)
            return
        await self._app(scope, receive, send_with_cookie)


async def _to_login(scope: Scope, receive: Receive, send: Send) -> None:
    wanted = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    response: Response = (
        RedirectResponse(f"/login?next={quote(wanted, safe='')}", status_code=303)
        if scope["method"] == "GET" and not scope["path"].startswith("/picture/")
        else PlainTextResponse("Log in first.", status_code=401)
    )
    await response(scope, receive, send)
