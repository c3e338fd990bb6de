"""The review queue: what is doubtful, and on to the next open value."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from review.decided import decided as decided_now
from review.queue import item_after, items, progress
from review.queue_facts import queue_facts
from review.queue_texts import names, texts
from review.web.asking import Reviewer, TheLog, TheSnapshot
from review.web.filtering import Place, TheFilters, Word, address, words
from review.web.pages import value
from review.web.views import page

router = APIRouter()


@router.get("/queue")
def queue(
    request: Request,
    snapshot: TheSnapshot,
    log: TheLog,
    who: Reviewer,
    filters: TheFilters,
    id: Word = "",
    field: Word = "",
    after: Place = 0,
) -> Response:
    """The queue; with *id* and *field*, the page of that one value, doubtful or not."""
    if id:
        return value.show(request, snapshot, log, who, filters, id, field)
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
        progress=progress(snapshot.connection, filters, decided, who, datetime.now(UTC).date()),
        facts=queue_facts(snapshot.connection, snapshot.content_hash),
        after=after,
    )


@router.get("/queue/next")
def go_on(snapshot: TheSnapshot, log: TheLog, filters: TheFilters, after: Place = 0) -> Response:
    """To the first open value behind a place in the queue; to the queue, where there is none."""
    decided = decided_now(snapshot.connection, log)
    found = item_after(snapshot.connection, filters, after, decided)
    if found is None:
        return RedirectResponse(f"/queue?{urlencode(words(filters) | {'end': 1})}", status_code=303)
    return RedirectResponse(address(found.target_id, found.field, filters), status_code=303)
