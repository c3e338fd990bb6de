"""What the functions of pages ask for, as dependencies of FastAPI."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from review.decision_log import DecisionLog
from review.web.house import House
from review.web.sessions import Session
from review.web.snapshots import Snapshot


def house(request: Request) -> House:
    """What the page was made with."""
    found: House = request.app.state.house
    return found


def snapshot(request: Request) -> Iterator[Snapshot]:
    """The newest snapshot, with a connection of this request's own."""
    with request.app.state.snapshots.open() as found:
        request.state.snapshot = found
        yield found


def decision_log(request: Request) -> Iterator[DecisionLog]:
    """The decision log, opened for this request."""
    with DecisionLog(request.app.state.house.decisions) as log:
        yield log


def session(request: Request) -> Session:
    """The session of the browser that asks."""
    found: Session = request.state.session
    return found


def reviewer(request: Request) -> str:
    """Who decides: the name of the session, never empty behind the door."""
    return session(request).who


async def check_csrf(request: Request) -> None:
    """Refuse what changes something unless it comes from a form of this very session. A dependency of the whole
    application."""
    if request.method in ("GET", "HEAD"):
        return
    token = request.headers.get("x-csrf-token")
    if token is None:
        given = (await request.form()).get("csrf")
        token = given if isinstance(given, str) else ""
    if not hmac.compare_digest(token.encode(), session(request).csrf.encode()):
        raise HTTPException(403, "The form is not of this session. Load the page again; nothing was done.")


TheHouse = Annotated[House, Depends(house)]
TheSnapshot = Annotated[Snapshot, Depends(snapshot)]
TheLog = Annotated[DecisionLog, Depends(decision_log)]
TheSession = Annotated[Session, Depends(session)]
Reviewer = Annotated[str, Depends(reviewer)]
