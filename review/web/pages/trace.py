"""The trace page: a row, mark or list beside its page, and everything between it and its release."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from review.naming import is_word
from review.targets import field_named
from review.web import neighbours, values
from review.web.asking import TheLog, TheSnapshot
from review.web.faults import shown
from review.web.history import history
from review.web.ids import DOCUMENT, TRACED, TracedId
from review.web.marking import mark_views, row_views
from review.web.neighbours import Neighbours
from review.web.snapshots import Snapshot
from review.web.views import page
from warehouse.trace import AnyTrace, ListTrace, MarkTrace, Trace
from warehouse.trace import trace as find
from warehouse.trace_chain import every

router = APIRouter()


@router.get("/trace/{id}")
def trace(
    request: Request,
    snapshot: TheSnapshot,
    log: TheLog,
    id: TracedId,
    field: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """The page of a row, mark or list; with *field*, that one value stands out."""
    connection = snapshot.connection
    found = find(connection, id)
    if field is not None:
        field = field_named(connection, found.id, field) if is_word(field) else None
    match found:
        case Trace():
            shown = values.row_values(connection, found)
            chosen = field if field in {cell.name for cell in found.cells if cell.boxes} else None
            views = row_views(connection, found, chosen)
        case MarkTrace():
            shown, chosen, views = values.mark_values(found), None, mark_views(connection, found)
        case ListTrace():
            shown, chosen, views = [], None, mark_views(connection, found)
    return page(
        request,
        "trace.html",
        kind={Trace: "row", MarkTrace: "mark", ListTrace: "list"}[type(found)],
        found=found,
        views=views,
        values=shown,
        chosen=field,
        has_cell=field is None or chosen is not None or not isinstance(found, Trace),
        whole_issues=values.about_the_whole(found, shown),
        entries=history(connection, log, found, found.id),
        evidence=_evidence(snapshot, found),
        near=_near(snapshot, found),
        section="documents",
    )


@router.get("/find")
def go_to(request: Request, id: Annotated[str, Query(max_length=2_000)] = "") -> Response:
    """To the page of an id that somebody typed, or pasted with what stood around it: a link, a citation."""
    if found := re.search(TRACED.strip("^$"), id.casefold()):
        return RedirectResponse(f"/trace/{found[0]}", status_code=303)
    if found := re.search(DOCUMENT.strip("^$"), id.casefold()):
        return RedirectResponse(f"/documents/{found[0]}", status_code=303)
    advice = (
        "Ids of rows, marks and lists look like 0123456789abcdef-p00012-r003, as in the columns row_id and mark_id; a"
        " document is told by all 64 digits of its SHA-256, as at the end of a citation. Organizations and releases are"
        " under Queue and Documents."
    )
    return shown(request, 404, "This is no id of a row, mark, list or document.", advice)


def _near(snapshot: Snapshot, found: AnyTrace) -> Neighbours:
    place = (found.document.document_id, found.page_number)
    match found:
        case Trace():
            table = "raw.sharing_row" if found.segment.kind == "sharing_list" else "raw.audit_row"
            return neighbours.of_row(snapshot.connection, *place, found.row_number, table)
        case MarkTrace():
            return neighbours.of_mark(snapshot.connection, *place, found.mark_number)
        case ListTrace():
            return Neighbours(None, None)


def _evidence(snapshot: Snapshot, found: AnyTrace) -> list[dict[str, object]]:
    """The rules that matched something in a row, with why they count."""
    if not isinstance(found, Trace):
        return []
    return every(
        snapshot.connection,
        "core.immigration_evidence AS e JOIN core.immigration_rule AS r USING (rule_id)",
        "e.document_id = ? AND e.row_id = ? ORDER BY e.field, e.start_position, e.rule_id",
        [found.document.document_id, found.id],
    )
