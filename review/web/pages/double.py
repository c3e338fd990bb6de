"""Blind double review: reading a sample without seeing what the machine or the other reader read; and what it shows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from records.decisions import TargetKind
from records.marks import MarkState
from review.double_figures import Verdict, rates, verdicts
from review.double_log import ADJUDICATION, READING, DoubleLog, Reading
from review.double_sample import draw
from review.double_turn import changeable, next_for, own
from review.errors import DecisionError
from review.web.asking import Reviewer, TheHouse, TheSnapshot
from review.web.blind import blind_views
from review.web.ids import PageNumber
from review.web.item import as_typed
from review.web.snapshots import Snapshot
from review.web.views import page

router = APIRouter()
MOST_WANTED = 1_000
_CLOSED = "A reading can be changed until another person has read the value; your last one, until somebody settled it."


def _log(house: TheHouse) -> Iterator[DoubleLog]:
    with DoubleLog(house.decisions) as log:
        yield log


TheDoubleLog = Annotated[DoubleLog, Depends(_log)]
Token = Annotated[str, Form(min_length=16, max_length=64)]


@router.get("/double")
def overview(request: Request, snapshot: TheSnapshot, log: TheDoubleLog, who: Reviewer) -> Response:
    """The rounds, how far they are, and their figures."""
    rounds = []
    for one in reversed(log.rounds()):
        readings = log.readings(one.round_number)
        found = verdicts(log.items(one.round_number), readings)
        mine = changeable(found, readings, who)
        rounds.append(
            {
                "round": one,
                "size": len(found),
                "mine": sum(who in {reading.who for reading in verdict.readings} for verdict in found),
                "read_twice": sum(verdict.is_read_twice for verdict in found),
                "disputed": sum(verdict.is_disputed for verdict in found),
                "for_me": next_for(found, who) is not None,
                "last": mine[0].item if mine else None,
                "rates": rates(found),
            }
        )
    return page(request, "double.html", section="double", rounds=rounds)


@router.post("/double/start")
def start(
    snapshot: TheSnapshot,
    log: TheDoubleLog,
    who: Reviewer,
    wanted: Annotated[int, Form(ge=1, le=MOST_WANTED)],
    last: Annotated[int, Form(ge=0)],
) -> Response:
    """Draw a round. *last* is the round that was last when the form was made: sent twice, it starts one round."""
    if len(log.rounds()) == last:
        log.start(draw(snapshot.connection, wanted), who, snapshot.content_hash, wanted, after=last)
    return RedirectResponse("/double", status_code=303)


@router.get("/double/{number}/read")
def read(
    request: Request,
    snapshot: TheSnapshot,
    log: TheDoubleLog,
    who: Reviewer,
    number: PageNumber,
    item: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    """The next value that this reviewer is to read in a round; with *item*, one whose reading is to be changed."""
    readings = log.readings(number)
    found = verdicts(log.items(number), readings)
    todo = next_for(found, who)
    if item is not None:
        todo = next((one for one in changeable(found, readings, who) if one.item.item_number == item), None)
        if todo is None:
            raise DecisionError(f"Your reading of value {item} can no longer be changed.", _CLOSED)
    if todo is None:
        return RedirectResponse("/double", status_code=303)
    return _show(request, snapshot, todo, found, readings, who, READING)


@router.get("/double/{number}/settle")
def settle(request: Request, snapshot: TheSnapshot, log: TheDoubleLog, who: Reviewer, number: PageNumber) -> Response:
    """The next value of a round that two people read differently."""
    readings = log.readings(number)
    found = verdicts(log.items(number), readings)
    todo = next((verdict for verdict in found if verdict.is_disputed), None)
    if todo is None:
        return RedirectResponse("/double", status_code=303)
    return _show(request, snapshot, todo, found, readings, who, ADJUDICATION)


@router.post("/double/{number}/{what}")
def say(
    log: TheDoubleLog,
    who: Reviewer,
    number: PageNumber,
    what: str,
    item: Annotated[int, Form(ge=1)],
    said: Annotated[str, Form(max_length=20)],
    token: Token,
    text: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Log a reading, or what two differing ones are decided to mean; then the next."""
    role = {"read": READING, "settle": ADJUDICATION}.get(what)
    if role is None:
        raise HTTPException(404)
    if said not in ("text", "blank", "unreadable"):
        raise DecisionError("Say what is printed: a text, nothing, or that nobody can tell.", "Nothing was logged.")
    told = as_typed(text)
    if said == "text" and not told:
        raise DecisionError("Nothing was typed. Is nothing printed there?", "Nothing was logged: say so by b.")
    log.add(number, item, who, role, told if said == "text" else None, said == "unreadable", token)
    return RedirectResponse(f"/double/{number}/{what}", status_code=303)


def _show(
    request: Request,
    snapshot: Snapshot,
    todo: Verdict,
    found: list[Verdict],
    readings: list[Reading],
    who: str,
    role: str,
) -> Response:
    unsaid = (MarkState.UNREADABLE, MarkState.NOT_VISIBLE)
    is_state = todo.item.kind is TargetKind.MARK_STATE
    mine = [one for one in changeable(found, readings, who) if one is not todo] if role == READING else []
    before = own(todo, who) if role == READING else None
    return page(
        request,
        "double_read.html",
        section="double",
        item=todo.item,
        views=blind_views(snapshot.connection, todo.item),
        # Neither the reader's name nor the machine's word: only what the two read, in the order of the texts.
        readings=sorted(todo.readings, key=lambda one: one.text or "") if role == ADJUDICATION else [],
        states=[state.value for state in MarkState if state not in unsaid] if is_state else [],
        role=role,
        before=before,
        last=mine[0].item if mine else None,
        last_said=own(mine[0], who) if mine else None,
        done=sum(own(verdict, who) is not None for verdict in found),
        size=len(found),
        token=secrets.token_urlsafe(16),
    )
