"""The review queue and the page of one value: deciding by one key each, and on to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from records.decisions import DecisionKind
from review.decided import decided as decided_now
from review.decided import last_of
from review.decision_log import DecisionLog, demand_same
from review.errors import DecidedMeanwhileError, DecisionError
from review.queue import Filters, item_after, item_of, items, names, progress, texts
from review.queue_facts import queue_facts
from review.same_reading import same_readings
from review.targets import check_value, see
from review.web.asking import Reviewer, TheLog, TheSnapshot
from review.web.ids import is_field
from review.web.item import digest_of, prefilled, value_page
from review.web.snapshots import Snapshot
from review.web.views import page

router = APIRouter()

Word = Annotated[str, Query(max_length=200)]
Id = Annotated[str, Form(max_length=200)]


def _filters(
    kind: Word = "", release: Word = "", document: Word = "", code: Word = "", field_is: Word = "", show: Word = ""
) -> Filters:
    return Filters(kind, release, document, code, field_is, show if show in ("decided", "all") else "")


TheFilters = Annotated[Filters, Depends(_filters)]


@router.get("/queue")
def queue(
    request: Request,
    snapshot: TheSnapshot,
    log: TheLog,
    who: Reviewer,
    filters: TheFilters,
    id: Word = "",
    field: Word = "",
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """The queue; with *id* and *field*, the page of that one value, doubtful or not."""
    if id:
        return _value(request, snapshot, log, who, filters, id, field)
    decided = decided_now(snapshot.connection, log)
    some = items(snapshot.connection, filters, decided, after)
    return page(
        request,
        "queue.html",
        section="queue",
        filters=filters,
        query=urlencode(words(filters)),
        items=some,
        texts=texts(snapshot.connection, some),
        names=names(snapshot.connection, [item.target_id for item in some]),
        decided=decided,
        progress=progress(snapshot.connection, filters, decided, who, _today()),
        facts=queue_facts(snapshot.connection, snapshot.content_hash),
        after=after,
    )


@router.get("/queue/next")
def go_on(
    snapshot: TheSnapshot, log: TheLog, filters: TheFilters, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Response:
    """To the first open value behind a place in the queue; to the queue, where there is none."""
    decided = decided_now(snapshot.connection, log)
    found = item_after(snapshot.connection, filters, after, decided)
    if found is None:
        return RedirectResponse(f"/queue?{urlencode(words(filters) | {'end': 1})}", status_code=303)
    return RedirectResponse(address(found.target_id, found.field, filters), status_code=303)


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
) -> Response:
    """Log what the reviewer said of a value, then on to the next. A form that was sent before logs nothing new."""
    told = value.replace("\r\n", "\n").strip()
    try:
        seen = see(snapshot.connection, id, field)
        is_correction = said is DecisionKind.CORRECT
        if known := log.of_token(token):  # answered before, but the answer was lost
            demand_same(known[0], said, id, field, told if is_correction else None, who)
            return _on(snapshot, log, filters, id, field)
        if digest_of(seen.target) != digest:
            raise DecisionError(
                "This value is read differently since you opened the page: a new snapshot was published.",
                "Nothing was logged. Look at what is read now, and decide on that.",
            )
        if said is DecisionKind.UNDO or (not is_correction and told != prefilled(seen.target)):
            raise DecisionError("Another text was typed, but not saved as a correction.", "Nothing was logged.")
        if along and not is_correction:
            raise DecisionError("Only a correction takes other values along.", "Nothing was logged.")
        if is_correction:
            check_value(seen.target, told)
        targets = [seen.target]
        if along:
            offered, _ = same_readings(snapshot.connection, seen.target, decided_now(snapshot.connection, log))
            by_id = {other.target.id: other.target for other in offered}
            if not by_id.keys() >= set(along):
                raise DecidedMeanwhileError("Some of the values to be taken along were decided on meanwhile.")
            targets += [by_id[other] for other in dict.fromkeys(along)]
        log.append_all(
            said,
            targets,
            who,
            value=told if is_correction else None,
            reason=reason.replace("\r\n", "\n").strip() or None,
            snapshot_hash=snapshot.content_hash,
            token=token,
            seen_sequence=seen_sequence,
        )
    except DecidedMeanwhileError as error:
        return _value(request, snapshot, log, who, filters, id, field, 409, error, value=told, reason=reason)
    except DecisionError as error:
        return _value(request, snapshot, log, who, filters, id, field, 422, error, value=told, reason=reason)
    return _on(snapshot, log, filters, id, field)


def _value(
    request: Request,
    snapshot: Snapshot,
    log: DecisionLog,
    who: str,
    filters: Filters,
    id: str,
    field: str,
    status: int = 200,
    error: DecisionError | None = None,
    **typed: str,
) -> Response:
    """The page of a value; with *error*, what the reviewer had typed is still there."""
    if not is_field(field):
        raise HTTPException(404, "A value is told by the id of its row or mark and by its field.")
    decided = decided_now(snapshot.connection, log)
    found = value_page(snapshot.connection, log, see(snapshot.connection, id, field), filters, decided)
    last, along_count = last_of(who, decided)
    return page(
        request,
        "value.html",
        status_code=status,
        section="queue",
        found=found,
        name=names(snapshot.connection, [id]).get(id) if field != "label" else None,
        filters=filters,
        query=urlencode(words(filters)),
        progress=progress(snapshot.connection, filters, decided, who, _today()),
        last=last,
        along_count=along_count,
        error=error,
        typed=typed,
        address=address,
    )


def _on(snapshot: Snapshot, log: DecisionLog, filters: Filters, id: str, field: str) -> Response:
    """To the next open value; what stands in no queue stays before the reviewer's eyes."""
    item = item_of(snapshot.connection, id, field)
    if item is None:
        return RedirectResponse(address(id, field, filters), status_code=303)
    return go_on(snapshot, log, filters, item.item_number)


def words(filters: Filters) -> dict[str, str]:
    """The filters as parameters of an address; ``field`` names the value there, so its filter has another name."""
    return {"field_is" if name == "field" else name: said for name, said in filters.words().items()}


def address(id: str, field: str, filters: Filters) -> str:
    """The page of a value, within the filters."""
    parameters: dict[str, Any] = {**words(filters), "id": id, "field": field}
    return f"/queue?{urlencode(parameters)}"


def _today() -> Any:
    return datetime.now(UTC).date()
