"""`recordtrail trace`: pictures of the pages a row is printed on, with its cells, the row and its header marked."""

from __future__ import annotations

from collections import defaultdict
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
from records.places import PageBox, PageBoxes
from warehouse.trace import Trace

Mark = dict[str, Any]


def draw(
    trace: Trace,
    marks: dict[int, list[Mark]],
    out: Path,
    scale: float,
    folder: DataFolder,
    settings: Settings,
    ledger: Ledger,
) -> list[Path]:
    """Draw every page that has marks, in one child; the page of the row itself comes first.

    *out* is a folder, or the first picture's name (``*.png``). The pictures show records: they are for their owner's
    eyes only.
    """
    pages = [trace.page_number, *sorted(marks.keys() - {trace.page_number})]
    paths = [_path(out, trace, page) for page in pages]
    paths[0].parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.work.mkdir(mode=0o700, exist_ok=True)
    for path in paths:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
    Children(settings, folder.work).run(
        {
            "command": "render",
            "source": str(store.path_of(folder.store, trace.document.document_id)),
            "scale": scale,
            "pictures": [
                {"page_number": page, "out": str(path.absolute()), "marks": marks.get(page, [])}
                for page, path in zip(pages, paths, strict=True)
            ],
            "limits": child_limits(settings),
            "password": _password(folder, ledger, trace.document.document_id),
        }
    )
    return paths


def marks_by_page(trace: Trace, field: str | None) -> dict[int, list[Mark]]:
    """What to mark on which page: one cell, or all of the row. ConfigurationError when the row has no such cell."""
    cells = [cell for cell in trace.cells if field in (None, cell.name)]
    if not cells:
        names = ", ".join(cell.name for cell in trace.cells)
        raise ConfigurationError(
            f"This row has no value in a field of that name; it has {names}.", "Give one of these."
        )
    marks: dict[int, list[Mark]] = defaultdict(list)
    for row in trace.place.boxes if isinstance(trace.place, PageBoxes) else (trace.place,):
        if isinstance(row, PageBox):
            marks[row.page_number].append(_mark(row, "row"))
    for cell in cells:
        for header in cell.header_boxes:
            marks[header.page_number].append(_mark(header, "header"))
        for place in cell.boxes:
            # Labels on all cells would hide the lines around them.
            marks[place.page_number].append(_mark(place, "cell", cell.name if field else ""))
    return dict(marks)


def _mark(place: PageBox, color: str, label: str = "") -> Mark:
    box = place.bbox
    return {"box": [box.x0, box.top, box.x1, box.bottom], "label": label, "color": color}


def _path(out: Path, trace: Trace, page: int) -> Path:
    if out.suffix.casefold() != ".png":
        return out / f"{trace.row_id}-page-{page:05d}.png"
    return out if page == trace.page_number else out.with_name(f"{out.stem}-page-{page:05d}.png")


def _password(folder: DataFolder, ledger: Ledger, document_id: str) -> str | None:
    """The document's password, from ``release.toml`` where it stands; we keep no copy of it."""
    folders = ledger_inbox.folders(ledger)
    for release_id, path, _ in ledger_inbox.hints_of(ledger, document_id):
        described = read_release_file(folder.inbox / folders[release_id] / NAME, release_id)
        if described.hints_for(path).password is not None:
            return described.hints_for(path).password
    return None
