"""Blind double review: reading a sample without seeing what the machine or the other reader read; and what it shows."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Annotated

import duckdb
from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from records.decisions import TargetKind
from records.marks import MarkState
from review.double_figures import Verdict, rates, verdicts
from review.double_log import ADJUDICATION, READERS, READING, DoubleItem, DoubleLog
from review.double_sample import draw
from review.errors import DecisionError
from review.web.asking import Reviewer, TheHouse, TheSnapshot
from review.web.ids import PageNumber
from review.web.item import crossing
from review.web.marking import MarkedBox, PageView, sheet_of
from review.web.snapshots import Snapshot
from review.web.views import page
from warehouse.trace_chain import every

router = APIRouter()
MOST_WANTED = 1_000


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
        found = verdicts(log.items(one.round_number), log.readings(one.round_number))
        rounds.append(
            {
                "round": one,
                "size": len(found),
                "mine": sum(who in {reading.who for reading in verdict.readings} for verdict in found),
                "read_twice": sum(verdict.is_read_twice for verdict in found),
                "disputed": sum(verdict.is_disputed for verdict in found),
                "for_me": _next(found, who) is not None,
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
    rounds = log.rounds()
    if (rounds[-1].round_number if rounds else 0) == last:
        log.start(draw(snapshot.connection, wanted), who, snapshot.content_hash, wanted)
    return RedirectResponse("/double", status_code=303)


@router.get("/double/{number}/read")
def read(request: Request, snapshot: TheSnapshot, log: TheDoubleLog, who: Reviewer, number: PageNumber) -> Response:
    """The next value that this reviewer is to read in a round."""
    found = verdicts(log.items(number), log.readings(number))
    todo = _next(found, who)
    if todo is None:
        return RedirectResponse("/double", status_code=303)
    return _show(request, snapshot, todo, found, who, READING)


@router.get("/double/{number}/settle")
def settle(request: Request, snapshot: TheSnapshot, log: TheDoubleLog, who: Reviewer, number: PageNumber) -> Response:
    """The next value of a round that two people read differently."""
    found = verdicts(log.items(number), log.readings(number))
    todo = next((verdict for verdict in found if verdict.is_disputed), None)
    if todo is None:
        return RedirectResponse("/double", status_code=303)
    return _show(request, snapshot, todo, found, who, ADJUDICATION)


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
    told = text.replace("\r\n", "\n").strip()
    if said == "text" and not told:
        raise DecisionError("Nothing was typed. Is nothing printed there?", "Nothing was logged: say so by b.")
    log.add(number, item, who, role, told if said == "text" else None, said == "unreadable", token)
    return RedirectResponse(f"/double/{number}/{what}", status_code=303)


def _next(found: list[Verdict], who: str) -> Verdict | None:
    """Values that somebody else has read come first: they are settled sooner."""
    open_ones = [
        verdict
        for verdict in found
        if len(verdict.readings) < READERS and who not in {reading.who for reading in verdict.readings}
    ]
    return min(open_ones, key=lambda verdict: (-len(verdict.readings), verdict.item.item_number), default=None)


def _show(request: Request, snapshot: Snapshot, todo: Verdict, found: list[Verdict], who: str, role: str) -> Response:
    unsaid = (MarkState.UNREADABLE, MarkState.NOT_VISIBLE)
    is_state = todo.item.kind is TargetKind.MARK_STATE
    return page(
        request,
        "double_read.html",
        section="double",
        item=todo.item,
        view=_blind_view(snapshot, todo.item),
        # Neither the reader's name nor the machine's word: only what the two read, in the order of the texts.
        readings=sorted(todo.readings, key=lambda one: one.text or "") if role == ADJUDICATION else [],
        states=[state.value for state in MarkState if state not in unsaid] if is_state else [],
        role=role,
        done=sum(who in {reading.who for reading in verdict.readings} for verdict in found),
        size=len(found),
        token=secrets.token_urlsafe(16),
    )


def _blind_view(snapshot: Snapshot, item: DoubleItem) -> PageView | None:
    """The page with the row and where the column crosses it, or with label or mark: where to look, not what was seen.
    The box of a cell is left out, for that there is one says that the machine read something."""
    connection = snapshot.connection
    sheet = sheet_of(connection, item.document_id, item.page_number)
    if sheet is None:
        return None
    if item.kind in (TargetKind.AUDIT_CELL, TargetKind.SHARING_CELL):
        return PageView(sheet, (*_crossing(connection, item),))
    box = item.bbox
    kind = "label" if item.kind is TargetKind.MARK_LABEL else "mark"
    return PageView(sheet, (MarkedBox(kind, box.x0, box.top, box.x1, box.bottom, is_chosen=True),))


def _crossing(connection: duckdb.DuckDBPyConnection, item: DoubleItem) -> Iterator[MarkedBox]:
    relation = "raw.audit_row" if item.kind is TargetKind.AUDIT_CELL else "raw.sharing_row"
    for row in every(connection, relation, "row_id = ? AND document_id = ?", [item.target_id, item.document_id]):
        yield MarkedBox("row", **row["row_box"], is_chosen=True)
        yield from crossing(connection, item.target_id, item.field)
