"""The page of one value: deciding by one key each, and on to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from records.decisions import DecisionKind, Target
from records.errors import ConfigurationError
from review.decided import decided as decided_now
from review.decided import last_of
from review.decision_log import DecisionLog, demand_same
from review.errors import DecidedMeanwhileError, DecisionError, ReadAnewError
from review.naming import is_word
from review.queue import Filters, item_of, progress
from review.queue_texts import names
from review.same_reading import same_readings
from review.targets import Seen, check_value, field_named, present_id, see
from review.web.asking import Reviewer, TheLog, TheSnapshot
from review.web.faults import status_of
from review.web.filtering import Id, TheFilters, address, address_behind, words
from review.web.item import Typed, as_typed, digest_of, prefilled, stuck_page, value_page
from review.web.snapshots import Snapshot
from review.web.views import page
from warehouse.trace_chain import UnknownIdError

router = APIRouter()


@router.post("/queue/decide")
def decide(
    request: Request,
    snapshot: TheSnapshot,
    log: TheLog,
    who: Reviewer,
    filters: TheFilters,
    id: Id,
    field: Id,
    said: Annotated[DecisionKind, Form()],
    token: Annotated[str, Form(min_length=16, max_length=64)],
    seen_sequence: Annotated[int, Form(ge=0)],
    digest: Annotated[str, Form(max_length=64)],
    value: Annotated[str, Form(max_length=20_000)] = "",
    reason: Annotated[str, Form(max_length=20_000)] = "",
    along: Annotated[list[str] | None, Form(max_length=1000)] = None,
    place: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    is_news: Annotated[bool, Form()] = False,
    is_looked_at: Annotated[bool, Form()] = False,
) -> Response:
    """Log what the reviewer said of a value, then on to the next. A form that was sent before logs nothing new.

    A form that *is_news* shows what the reviewer has not seen: it is taken only when *is_looked_at* says so."""
    told = as_typed(value)
    is_correction = said is DecisionKind.CORRECT
    word, field = field, field_named(snapshot.connection, id, field)
    try:
        if known := log.of_token(token):  # answered before, but the answer was lost
            demand_same(known[0], said, id, field, told if is_correction else None, who)
            return _on(filters, place, id, field)
        seen = _seen(snapshot, id, field)
        if seen is None or digest_of(seen.target) != digest:
            id = present_id(snapshot.connection, id)
            raise ReadAnewError("This value is read differently since you opened the page.")
        if is_news and not is_looked_at:
            raise ReadAnewError("You have not said that you saw what is new here.")
        _demand_sense(said, seen, told, along)
        log.append_all(
            said,
            [seen.target, *_taken_along(snapshot, log, seen, along)],
            who,
            value=told if is_correction else None,
            reason=as_typed(reason) or None,
            snapshot_hash=snapshot.content_hash,
            token=token,
            seen_sequence=seen_sequence,
        )
    except ConfigurationError as error:
        is_new = is_news and not is_looked_at
        typed = Typed(told, reason, error, is_new or isinstance(error, DecidedMeanwhileError))
        return show(request, snapshot, log, who, filters, id, word, typed)
    return _on(filters, place, id, field)


def _demand_sense(said: DecisionKind, seen: Seen, told: str, along: list[str] | None) -> None:
    """``DecisionError`` where the parts of a form contradict each other, or the value is none for its field."""
    if said is DecisionKind.CORRECT:
        check_value(seen.target, told)
    elif said is DecisionKind.UNDO or told != prefilled(seen):
        raise DecisionError("Another text was typed, but not saved as a correction.", "Nothing was logged.")
    elif along:
        raise DecisionError("Only a correction takes other values along.", "Nothing was logged.")


def _taken_along(snapshot: Snapshot, log: DecisionLog, seen: Seen, along: list[str] | None) -> list[Target]:
    """The other values, by their ids, that a correction is to be taken over to."""
    if not along:
        return []
    offered, _ = same_readings(snapshot.connection, seen.target, decided_now(snapshot.connection, log))
    by_id = {other.target.id: other.target for other in offered}
    if not by_id.keys() >= set(along):
        raise DecidedMeanwhileError("Some of the values to be taken along were decided on meanwhile.")
    return [by_id[other] for other in dict.fromkeys(along)]


def show(
    request: Request,
    snapshot: Snapshot,
    log: DecisionLog,
    who: str,
    filters: Filters,
    id: str,
    word: str,
    typed: Typed | None = None,
) -> Response:
    """The page of a value; with *typed*, why that was not logged. An id of an earlier extraction leads to what is at
    its place now."""
    if not is_word(word):
        raise HTTPException(404, "A value is told by the id of its row or mark and by its field.")
    field = field_named(snapshot.connection, id, word)
    decided = decided_now(snapshot.connection, log)
    shown: dict[str, Any] = {
        "section": "queue",
        "name": names(snapshot.connection, [id]).get(id) if field != "label" else None,
        "filters": filters,
        "query": urlencode(words(filters)),
        "progress": progress(snapshot.connection, filters, decided, who, datetime.now(UTC).date()),
        "address": address,
    }
    status = status_of(typed.error) if typed else 200
    try:
        seen = _seen(snapshot, id, field)
        if seen is None:
            id = present_id(snapshot.connection, id)
            seen = see(snapshot.connection, id, field)
    except DecisionError as error:
        item = item_of(snapshot.connection, id, field)
        if item is None:
            raise
        stuck = stuck_page(snapshot.connection, item, filters, error)
        return page(request, "stuck.html", status_code=status, stuck=stuck, **shown)
    last, along_count = last_of(who, decided)
    return page(
        request,
        "value.html",
        status_code=status,
        found=value_page(snapshot.connection, log, seen, filters, decided),
        last=last,
        along_count=along_count,
        typed=typed,
        **shown,
    )


def _seen(snapshot: Snapshot, id: str, field: str) -> Seen | None:
    """The value; None where nothing has that id."""
    try:
        return see(snapshot.connection, id, field)
    except UnknownIdError:
        return None


def _on(filters: Filters, place: int, id: str, field: str) -> Response:
    """To the next open value behind *place*; what stands in no queue stays before the reviewer's eyes. What comes next
    is looked up by another request: the answer that something was logged waits for nothing."""
    there = address_behind(place, filters) if place else address(id, field, filters)
    return RedirectResponse(there, status_code=303)
