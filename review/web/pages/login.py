"""Who are you? The name under which decisions are logged, and the password where there is one."""

from __future__ import annotations

import hmac
import threading
import time
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from review.web.asking import TheHouse, TheSession
from review.web.sessions import Sessions, is_name
from review.web.views import page

router = APIRouter()

_ATTEMPTS = 10
_WINDOW_SECONDS = 60.0


class _Wrong:
    """How often a wrong password was given lately, by whomever."""

    def __init__(self) -> None:
        self._moments: list[float] = []
        self._mutex = threading.Lock()

    def is_too_often(self) -> bool:
        with self._mutex:
            now = time.monotonic()
            self._moments = [moment for moment in self._moments if now - moment < _WINDOW_SECONDS]
            return len(self._moments) >= _ATTEMPTS

    def note(self) -> None:
        with self._mutex:
            self._moments.append(time.monotonic())


_wrong = _Wrong()


@router.get("/login")
def ask(request: Request, house: TheHouse, session: TheSession, next: str = "/") -> Response:
    """The form."""
    # Behind a password there may be anybody: nobody is to take over another one's name by pressing Enter.
    who = session.who or ("" if house.password else house.reviewer)
    return _form(request, house.password, who, next, None, 200)


@router.post("/login")
def log_in(
    request: Request,
    house: TheHouse,
    who: Annotated[str, Form(max_length=1000)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    next: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Begin a session under a name; a new one, so that nobody can have put one under."""
    if house.password:
        if _wrong.is_too_often():
            words = "Too many wrong passwords. Wait a minute."
            return _form(request, house.password, who, next, words, 429)
        if not hmac.compare_digest(password.encode(), house.password.encode()):
            _wrong.note()
            return _form(request, house.password, who, next, "The password is not right.", 403)
    if not is_name(who):
        words = "Give the name that your decisions are logged under: up to 200 characters."
        return _form(request, house.password, who, next, words, 422)
    sessions: Sessions = request.app.state.sessions
    response = RedirectResponse(_local(next), status_code=303)
    response.headers["set-cookie"] = sessions.cookie(sessions.fresh(who.strip()))
    return response


@router.post("/logout")
def log_out(request: Request) -> Response:
    """End the session of this browser."""
    sessions: Sessions = request.app.state.sessions
    response = RedirectResponse("/login", status_code=303)
    response.headers["set-cookie"] = sessions.cookie(sessions.fresh(""))
    return response


def _form(request: Request, password: str, who: str, next: str, error: str | None, status: int) -> Response:
    return page(
        request,
        "login.html",
        status_code=status,
        needs_password=bool(password),
        who=who[:200],
        next=_local(next),
        error=error,
        section="",
    )


def _local(next: str) -> str:
    """*next* if it is an address of ours, else the first page: a link to the login must not lead elsewhere."""
    parts = urlsplit(next.replace("\\", "/"))
    is_ours = not parts.scheme and not parts.netloc and next.startswith("/") and next.isprintable()
    return next if is_ours and not next.startswith(("//", "/\\")) else "/"
