"""The chain of a trace as text: from the value up to the release, one step a line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from flows.table_output import plain, write_json
from records.places import PageBox, place_kind
from warehouse.trace import Trace


def show(trace: Trace, field: str | None, pictures: Sequence[Path], is_json: bool) -> None:
    """Print the chain, or all of the trace as JSON; with the pictures that were drawn."""
    if is_json:
        facts = {**asdict(trace), "place_kind": place_kind(trace.place), "pictures": [str(path) for path in pictures]}
        write_json(sys.stdout, facts)
        return
    for line in lines(trace, field):
        print(plain(line))
    for path in pictures:
        print(plain(f"picture   {path}"))


def lines(trace: Trace, field: str | None) -> list[str]:
    """The chain, value first, release last, the citation at the end."""
    cells = [cell for cell in trace.cells if field in (None, cell.name)]
    width = max((len(cell.name) for cell in cells), default=0)
    told = []
    for cell in cells:
        header = f" under {' / '.join(cell.printed_headers)!r}" if cell.printed_headers else ""
        told.append(f"value     {cell.name:{width}}  {cell.text!r}{header} at {', '.join(map(_box, cell.boxes))}")
    told.append(f"row       {trace.row_id}: row {trace.row_number} on page {trace.page_number}, read by {trace.engine}")
    told += [f"issue     {issue.severity.value} {issue.code}: {issue.message}" for issue in trace.issues]
    page = trace.page
    told.append(
        f"page      {page.page_number} of {trace.page_count}: {page.width:g} x {page.height:g} pt, {page.page_class};"
        f" glyphs {page.glyphs_seen} seen = {page.glyphs_used} used + {page.glyphs_furniture} furniture"
        f" + {page.glyphs_left} left"
    )
    segment = trace.segment
    told.append(f"segment   pages {segment.first_page}-{segment.last_page}, {segment.kind}: {segment.reason}")
    told.append(f"document  {trace.document.file_name}, SHA-256 {trace.document.document_id}")
    for receipt in trace.receipts:
        told.append(f"receipt   {receipt.release_id}/{receipt.path}, received {receipt.received_datetime} UTC")
    release = trace.release
    told.append(
        f"release   {release.agency or 'agency not stated'}, request {release.request_number or 'not stated'},"
        f" {release.status.value}, produced {release.produced_date or 'on a date not stated'}"
    )
    told.append(f"citation  {trace.citation}")
    return told


def _box(place: PageBox) -> str:
    box = place.bbox
    return f"page {place.page_number} ({box.x0:g}, {box.top:g}, {box.x1:g}, {box.bottom:g})"
