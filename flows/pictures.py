"""`recordtrail trace`: pictures of the pages a row or mark is on, with what is traced marked on them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any

from flows import ledger_inbox, store
from flows.child import Children
from flows.extract import child_limits
from flows.ledger import Ledger
from flows.paths import DataFolder
from flows.release_file import NAME, read_release_file
from flows.settings import Settings
from records.errors import ConfigurationError
from records.marks import MarkState
from records.places import PageBox, PageBoxes
from warehouse.trace import AnyTrace, MarkTrace, Trace

Mark = dict[str, Any]
Page = tuple[str, int]
"""Document and page number."""
_COLORS = {
    MarkState.ON: "mark_on",
    MarkState.DISABLED_ON: "mark_on",
    MarkState.OFF: "mark_off",
    MarkState.DISABLED_OFF: "mark_off",
}


def draw(
    trace: AnyTrace,
    marks: dict[Page, list[Mark]],
    out: Path,
    scale: float,
    folder: DataFolder,
    settings: Settings,
    ledger: Ledger,
) -> list[Path]:
    """Draw every page that has marks, in one child for each document; the page of what is traced comes first.

    *out* is a folder, or the first picture's name (``*.png``). The pictures show records: they are for their owner's
    eyes only.
    """
    first = _page_of(trace)
    pages = [first, *sorted(marks.keys() - {first}, key=lambda page: (page[0] != first[0], page))]
    paths = [_path(out, trace, page) for page in pages]
    paths[0].parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.work.mkdir(mode=0o700, exist_ok=True)
    for path in paths:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
    for document_id, drawn in groupby(zip(pages, paths, strict=True), key=lambda one: one[0][0]):
        Children(settings, folder.work).run(
            {
                "command": "render",
                "source": str(store.path_of(folder.store, document_id)),
                "scale": scale,
                "pictures": [
                    {"page_number": page[1], "out": str(path.absolute()), "marks": marks.get(page, [])}
                    for page, path in drawn
                ],
                "limits": child_limits(settings),
                "password": password_of(folder, ledger, document_id),
            }
        )
    return paths


def marks_by_page(trace: AnyTrace, field: str | None) -> dict[Page, list[Mark]]:
    """What to mark on which page: one cell, or all of a row; label and mark of every mark. ConfigurationError when a
    row has no such cell, and for a field of what is no row."""
    if isinstance(trace, Trace):
        return _row_marks(trace, field)
    if field is not None:
        raise ConfigurationError("Only rows have fields; this is a mark or a list.", "Leave --field out.")
    marks: dict[Page, list[Mark]] = defaultdict(list)
    for one in trace.marks:
        state = one.state if isinstance(trace, MarkTrace) else ""  # on a whole list, words would hide its lines
        color = _COLORS.get(MarkState(one.state), "mark")
        page = (one.label_box.document_id, one.label_box.page_number)
        marks[page].append(_mark(one.label_box, "label"))
        if one.mark_box is not None:
            marks[page].append(_mark(one.mark_box, color, state))
    return dict(marks)


def _row_marks(trace: Trace, field: str | None) -> dict[Page, list[Mark]]:
    cells = [cell for cell in trace.cells if field in (None, cell.name)]
    if not cells:
        names = ", ".join(cell.name for cell in trace.cells)
        raise ConfigurationError(
            f"This row has no value in a field of that name; it has {names}.", "Give one of these."
        )
    marks: dict[Page, list[Mark]] = defaultdict(list)
    for row in trace.place.boxes if isinstance(trace.place, PageBoxes) else (trace.place,):
        if isinstance(row, PageBox):
            marks[row.document_id, row.page_number].append(_mark(row, "row"))
    for cell in cells:
        for header in cell.header_boxes:
            marks[header.document_id, header.page_number].append(_mark(header, "header"))
        for place in cell.boxes:
            # Labels on all cells would hide the lines around them.
            marks[place.document_id, place.page_number].append(_mark(place, "cell", cell.name if field else ""))
    return dict(marks)


def _mark(place: PageBox, color: str, label: str = "") -> Mark:
    box = place.bbox
    return {"box": [box.x0, box.top, box.x1, box.bottom], "label": label, "color": color}


def _page_of(trace: AnyTrace) -> Page:
    return trace.document.document_id, trace.page_number


def _path(out: Path, trace: AnyTrace, page: Page) -> Path:
    document = "" if page[0] == trace.document.document_id else f"-{page[0][:16]}"
    name = f"{document}-page-{page[1]:05d}.png"
    if out.suffix.casefold() != ".png":
        return out / f"{trace.id}{name}"
    return out if page == _page_of(trace) else out.with_name(f"{out.stem}{name}")


def password_of(folder: DataFolder, ledger: Ledger, document_id: str) -> str | None:
    """The document's password, from ``release.toml`` where it stands; we keep no copy of it."""
    folders = ledger_inbox.folders(ledger)
    for release_id, path, _ in ledger_inbox.hints_of(ledger, document_id):
        described = read_release_file(folder.inbox / folders[release_id] / NAME, release_id)
        if described.hints_for(path).password is not None:
            return described.hints_for(path).password
    return None
