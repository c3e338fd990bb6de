"""The shelf: releases and files, the pages of a file, the rows of a page beside its picture."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from review.web import shelf
from review.web.asking import TheSnapshot
from review.web.ids import DocumentId, PageNumber
from review.web.marking import PageView, marks_on, rows_on, sheet_of, texts_on
from review.web.views import page

router = APIRouter()

DOCUMENTS = 200
THUMBNAILS = 48
_LINES = 300
"""Lines, rows or issues that one page shows at most."""

State = Literal["quarantined", "set_aside", "waiting", "loaded"]
Which = Literal["all", "left", "doubtful", "unread"]
First = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/documents")
def documents(request: Request, snapshot: TheSnapshot, state: State | None = None, first: First = 0) -> Response:
    """All files, release by release; those without a file, too."""
    connection = snapshot.connection
    counts = shelf.state_counts(connection)
    found = shelf.documents(connection, state, first, DOCUMENTS)
    total = counts.get(state, 0) if state else sum(counts.values())
    releases = shelf.releases(connection)
    return page(
        request,
        "documents.html",
        releases=releases,
        shown=[(release, [d for d in found if d["release_id"] == release["release_id"]]) for release in releases],
        counts=counts,
        state=state,
        first=first,
        last=first + len(found),
        total=total,
        step=DOCUMENTS,
        section="documents",
    )


@router.get("/documents/{document_id}")
def document(
    request: Request, snapshot: TheSnapshot, document_id: DocumentId, which: Which = "all", first: First = 0
) -> Response:
    """One file: how it stands, and its pages as thumbnails with their account."""
    connection = snapshot.connection
    about = shelf.document(connection, document_id)
    if about is None:
        raise HTTPException(404, "There is no such document in this snapshot.")
    pages, count = shelf.pages(connection, document_id, which, first, THUMBNAILS)
    return page(
        request,
        "document.html",
        about=about,
        account=shelf.account(connection, document_id),
        segments=shelf.segments(connection, document_id),
        receipts=shelf.receipts(connection, document_id),
        issues=shelf.issues(connection, document_id, None, _LINES),
        pages=pages,
        which=which,
        first=first,
        last=first + len(pages),
        total=count,
        step=THUMBNAILS,
        section="documents",
    )


@router.get("/documents/{document_id}/pages/{page_number}")
def one_page(request: Request, snapshot: TheSnapshot, document_id: DocumentId, page_number: PageNumber) -> Response:
    """One page: its picture with every row or mark, what is in them, and what is in none."""
    connection = snapshot.connection
    about = shelf.document(connection, document_id)
    facts = shelf.one_page(connection, document_id, page_number)
    if about is None or facts is None:
        raise HTTPException(404, "There is no such page in this snapshot.")
    sheet = sheet_of(connection, document_id, page_number)
    boxes = [
        *texts_on(connection, document_id, page_number),
        *rows_on(connection, document_id, page_number),
        *marks_on(connection, document_id, page_number, set()),
    ]
    segment = [s for s in shelf.segments(connection, document_id) if s["segment_id"] == facts["segment_id"]]
    return page(
        request,
        "page.html",
        about=about,
        facts=facts,
        view=PageView(sheet, tuple(boxes)) if sheet else None,
        segment=segment[0] if segment else None,
        rows=shelf.page_rows(connection, document_id, page_number, _LINES),
        marks=shelf.page_marks(connection, document_id, page_number, _LINES),
        lines=shelf.lines(connection, document_id, page_number, _LINES),
        issues=shelf.issues(connection, document_id, page_number, _LINES),
        section="documents",
    )
