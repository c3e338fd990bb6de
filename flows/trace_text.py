"""The chain of a trace as text: from the value up to the release, one step a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from flows.table_output import plain, write_json
from flows.words import count
from records.places import PageBox, place_kind
from warehouse.trace import AnyTrace, ListTrace, MarkTrace, Trace


def show(trace: AnyTrace, field: str | None, pictures: Sequence[Path], is_json: bool, review_url: str = "") -> None:
    """Print the chain, or all of the trace as JSON; with the pictures that were drawn, and with its address on the
    review page where people reach that at *review_url*."""
    address = f"{review_url.rstrip('/')}/trace/{trace.id}" if review_url else None
    if is_json:
        kind = {"place_kind": place_kind(trace.place)} if isinstance(trace, Trace) else {}
        drawn = [str(path) for path in pictures]
        write_json(sys.stdout, {**asdict(trace), **kind, "pictures": drawn, "review": address})
        return
    for line in lines(trace, field):
        print(plain(line))
    for path in pictures:
        print(plain(f"picture   {path}"))
    if address is not None:
        print(plain(f"review    {address}"))


def lines(trace: AnyTrace, field: str | None) -> list[str]:
    """The chain, value first, release last, the citation at the end."""
    match trace:
        case Trace():
            return [*_row(trace, field), *_chain(trace)]
        case MarkTrace():
            return [*_mark(trace), *_chain(trace)]
        case ListTrace():
            return [*_list(trace), *_chain(trace)]


def _row(trace: Trace, field: str | None) -> Iterator[str]:
    cells = [cell for cell in trace.cells if field in (None, cell.name)]
    width = max((len(cell.name) for cell in cells), default=0)
    for cell in cells:
        header = f" under {' / '.join(cell.printed_headers)!r}" if cell.printed_headers else ""
        yield f"value     {cell.name:{width}}  {cell.text!r}{header} at {', '.join(map(_box, cell.boxes))}"
    yield f"row       {trace.row_id}: row {trace.row_number} on page {trace.page_number}, read by {trace.engine}"


def _mark(trace: MarkTrace) -> Iterator[str]:
    mark, *others = trace.marks
    topic = f", topic {trace.topic}" if trace.topic else ", a label that the catalogue does not know"
    group = f", below {trace.group_label!r}" if trace.group_label else ""
    yield f"label     {mark.label!r} at {_box(mark.label_box)}{group}; readers: {trace.label_agreement}{topic}"
    where = _box(mark.mark_box) if mark.mark_box else "no mark found beside the label"
    yield f"state     {mark.state} ({trace.state_basis}), {trace.style} by {trace.method} at {where}"
    told = f"right in {trace.confidence:.1%} of its class" if trace.confidence is not None else "not measured"
    yield f"mark      {trace.mark_id}: mark {trace.mark_number} on page {trace.page_number}, confidence {told}"
    if trace.parent_mark_id:
        yield f"parent    {trace.parent_mark_id}"
    for other in others:
        yield f"also      {other.mark_id} shows {other.label!r}, {other.state}"
    as_of = f"{trace.as_of_date or 'a day not known'} ({trace.as_of_basis or 'no basis'})"
    yield f"list      {trace.list_id}: the entry is {trace.entry_state}, as of {as_of}"


def _list(trace: ListTrace) -> Iterator[str]:
    as_of = f"{trace.as_of_date or 'a day not known'} ({trace.as_of_basis or 'no basis'})"
    shown = f"{count(len(trace.marks), 'mark')} on {count(len(trace.pages), 'page')}"
    yield f"list      {trace.list_id}: {shown}, as of {as_of}"
    for mark in trace.marks:
        yield f"mark      {mark.mark_id} shows {mark.label!r}, {mark.state}"


def _chain(trace: AnyTrace) -> Iterator[str]:
    for reading in trace.readings:
        score = "" if reading.score is None else f", score {reading.score:.2f}"
        yield f"reading   {reading.reader} read {reading.field or 'text'} as {reading.text!r}{score}"
    for standing in trace.standings:
        shown = "nothing" if standing.decided_text is None else repr(standing.decided_text)
        yield (
            f"decided   {standing.field} stands as {standing.standing}, shown is {shown}:"
            f" {', '.join(standing.decision_ids)}"
        )
    if trace.former_id:
        yield f"former    {trace.former_id} is what an earlier reading of the document called it"
    for id in trace.successors:
        yield f"former    an earlier reading gave this id to {id or 'something that is read no more'}"
    for issue in trace.issues:
        yield f"issue     {issue.severity.value} {issue.code}: {issue.message}"
    page = trace.page
    account = ""
    if page.glyphs_seen is not None:
        account = (
            f"; glyphs {page.glyphs_seen} seen = {page.glyphs_used} used + {page.glyphs_furniture} furniture"
            f" + {page.glyphs_left} left"
        )
    yield (
        f"page      {page.page_number} of {trace.page_count}: {page.width:g} x {page.height:g} pt,"
        f" {page.page_class}{account}"
    )
    segment = trace.segment
    yield f"segment   pages {segment.first_page}-{segment.last_page}, {segment.kind}: {segment.reason}"
    yield f"document  {trace.document.file_name}, SHA-256 {trace.document.document_id}"
    for receipt in trace.receipts:
        yield f"receipt   {receipt.release_id}/{receipt.path}, received {receipt.received_datetime} UTC"
    release = trace.release
    yield (
        f"release   {release.agency or 'agency not stated'}, request {release.request_number or 'not stated'},"
        f" {release.status.value}, produced {release.produced_date or 'on a date not stated'}"
    )
    yield f"citation  {trace.citation}"


def _box(place: PageBox) -> str:
    box = place.bbox
    return f"page {place.page_number} ({box.x0:g}, {box.top:g}, {box.x1:g}, {box.bottom:g})"
