"""The trace page: a row, mark or list beside its page, and everything between it and its release."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from review.naming import field_of, is_word
from review.targets import fields_of
from review.web import neighbours, values
from review.web.asking import TheLog, TheSnapshot
from review.web.history import history
from review.web.ids import TracedId, is_traced_id
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
        field = field_of(field, fields_of(connection, found.id)) if is_word(field) else None
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
def go_to(id: Annotated[str, Query(max_length=200)] = "") -> Response:
    """To the page of an id that somebody typed or pasted."""
    wanted = id.strip().removeprefix("/trace/")
    if not is_traced_id(wanted):
        raise HTTPException(404, "Ids look like 0123456789abcdef-p00012-r003, as in the columns row_id and mark_id.")
    return RedirectResponse(f"/trace/{wanted}", status_code=303)


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
