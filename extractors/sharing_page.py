"""One page of a sharing list as it is stored: its rows from cells and their pieces, its issues, what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.cells import Cell, OutsideLine, Row
from extractors.found import Found, FoundIssue
from extractors.joined import cell_text
from extractors.pictures.read_page import Box
from extractors.sharing_model import SharingModel
from extractors.sharing_rows import SharingLayout
from extractors.sharing_texts import box_around, direction_of
from records.documents import SegmentKind
from records.issues import Severity
from records.marks import Agreement, Direction
from records.sharing_headers import SHARING_FIELDS

_NO_BOX = (None, None, None, None)


@dataclass(slots=True)
class SharingRow:
    """One organization. ``boxes`` go with ``SHARING_FIELDS``, in points; None where nothing is printed on this page."""

    organization: str
    shared_with_me: str | None
    sharing_to: str | None
    direction: Direction
    boxes: tuple[Box | None, Box | None, Box | None]
    continued: list[tuple[int, int | None, Box]] = field(default_factory=list)
    """Pieces on other pages: (page number, index into ``SHARING_FIELDS`` or None for the whole piece, box)."""


@dataclass(slots=True)
class SharingPage:
    """One page of a list. ``seen`` = ``used`` + the glyphs of ``outside``."""

    page_number: int
    rows: list[SharingRow]
    outside: list[OutsideLine]
    issues: list[FoundIssue]
    seen: int
    used: int
    model: SharingModel
    engine: str

    def found(self) -> Found:
        """The page as the parts store it."""
        return Found(
            SegmentKind.SHARING_LIST,
            _reason(self.model),
            self.engine,
            organizations=[self._stored(number, row) for number, row in enumerate(self.rows, start=1)],
            continuations=[
                (self.page_number, number, column, page, *box)
                for number, row in enumerate(self.rows, start=1)
                for page, column, box in row.continued
            ],
            issues=self.issues,
            outside=self.outside,
            seen=self.seen,
            used=self.used,
        )

    def _stored(self, number: int, row: SharingRow) -> tuple[object, ...]:
        return (
            self.page_number, number, row.organization, row.shared_with_me, row.sharing_to, str(row.direction),
            str(Agreement.LAYER), self.engine, *(side for box in row.boxes for side in (box or _NO_BOX)),
        )  # fmt: skip


def add_row(page: SharingPage, row: Row, pieces: list[tuple[int, Row]], model: SharingModel) -> None:
    """Put the row's cells, and the pieces of them on other pages, into one :class:`SharingRow`."""
    texts: list[str | None] = [None, None, None]
    boxes: list[Box | None] = [None, None, None]
    continued: list[tuple[int, int | None, Box]] = []
    above = [(n, r) for n, r in pieces if r.piece == "start"]
    below = [(n, r) for n, r in pieces if r.piece != "start"]
    direction = None
    for j, column in enumerate(model.table.columns):
        cells = [(n, r.cells[j]) for n, r in [*above, (page.page_number, row), *below]]
        there = [(n, cell) for n, cell in cells if cell is not None]
        if not there:
            continue
        if model.is_list:
            slot, direction = 0, Direction(str(model.directions[j]))
        elif model.fields[j] is None:
            _leave_cells(page, [cell for n, cell in there if n == page.page_number])
            continue
        else:
            slot = SHARING_FIELDS.index(str(model.fields[j]))
        lines = [line for _, cell in there for line in zip(cell.texts, cell.widths, cell.first_widths, strict=True)]
        if lines:
            texts[slot] = cell_text([t for t, _, _ in lines], [w for _, w, _ in lines], [f for *_, f in lines], column)
        boxes[slot] = _box([cell for n, cell in there if n == page.page_number])
        continued += [(n, slot, _whole(cell)) for n, cell in there if n != page.page_number]
    for number in sorted({n for n, _, _ in continued}):
        mine = [box for n, _, box in continued if n == number]
        continued.append((number, None, box_around(mine)))
    direction = direction or direction_of(texts[1], texts[2])
    page.rows.append(
        SharingRow(texts[0] or "", texts[1], texts[2], direction, (boxes[0], boxes[1], boxes[2]), continued)
    )


def _box(cells: list[Cell]) -> Box | None:
    return box_around([_whole(cell) for cell in cells]) if cells else None


def _whole(cell: Cell) -> Box:
    return cell.x0, cell.top, cell.x1, cell.bottom


def tell_row(
    page: SharingPage, row: Row, layout: SharingLayout, index: int, pieces: list[tuple[int, Row]], place: int
) -> None:
    """The issues of the row just added, row *index* of the page at *place* in the list; *pieces* of it with theirs."""
    within = [piece for at, piece in pieces if at == place]
    number = len(page.rows)
    made = page.rows[-1]
    if index in layout.unsure or (page.model.is_unclear and any(len(c.texts) > 1 for c in row.cells if c)):
        said = "Which lines make this organization's row cannot be told for sure: rows stand as close as lines of one."
        page.issues.append(
            FoundIssue("sharing_row_unclear", Severity.DOUBT, said, row_number=number, seen_text=made.organization)
        )
    if within:
        said = "A line without a name of an organization was joined to the row above it."
        page.issues.append(
            FoundIssue("sharing_row_unclear", Severity.DOUBT, said, row_number=number, seen_text=made.organization)
        )
    for j, cell in [pair for part in (row, *(piece for _, piece in pieces)) for pair in enumerate(part.cells)]:
        field_name = page.model.fields[j] if not page.model.is_list else "organization"
        if cell is None or field_name is None:
            continue
        column = SHARING_FIELDS.index(field_name)
        if cell.is_doubtful:
            said = "A word reaches over the edge between two columns; the cell may hold too much or too little."
            seen = " ".join(cell.texts)
            page.issues.append(
                FoundIssue("crosses_column", Severity.DOUBT, said, row_number=number, column=column, seen_text=seen)
            )
        if cell.hidden:
            said = "Something is painted over the cell or a part of it."
            page.issues.append(
                FoundIssue(
                    "blacked_out", Severity.NOTICE, said, row_number=number, column=column, seen_text=cell.hidden
                )
            )


def leave_piece(page: SharingPage, row: Row) -> None:
    """A piece that belongs to no row is left over."""
    _leave_cells(page, [cell for cell in row.cells if cell])


def _leave_cells(page: SharingPage, cells: list[Cell]) -> None:
    for cell in cells:
        text = " ".join(cell.texts)
        count = len("".join(text.split()))
        if count:
            page.outside.append(OutsideLine("left", "not_a_row", text, count, *_whole(cell)))
            page.used -= count


def _reason(model: SharingModel) -> str:
    if model.is_list:
        return f"a list of organizations under a known heading on page {model.table.header_page}"
    known = sum(1 for name in model.fields if name)
    return f"a header with {known} known headings of a sharing list on page {model.table.header_page}"
