"""The pictures of pages, as PNG."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import FileResponse, Response

from review.web.asking import TheSnapshot
from review.web.ids import DocumentId, PageNumber
from review.web.marking import sheet_of
from review.web.pictures import Pictures, Size

router = APIRouter()


@router.get("/picture/{document_id}/{page_number}/{size}.png")
def picture(
    request: Request, snapshot: TheSnapshot, document_id: DocumentId, page_number: PageNumber, size: Size
) -> Response:
    """A page of the snapshot, as it is displayed. 404 for any other, 422 where it cannot be drawn."""
    sheet = sheet_of(snapshot.connection, document_id, page_number)
    if sheet is None:
        raise HTTPException(404)
    pictures: Pictures = request.app.state.pictures
    return FileResponse(pictures.get(sheet, size), media_type="image/png")
