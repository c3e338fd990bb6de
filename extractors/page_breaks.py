"""Rows over page breaks: the pieces of a row on neighbouring pages find the row they belong to."""

from __future__ import annotations

from collections.abc import Callable

from extractors.cells import OutsideLine, Row
from extractors.lone import is_lone
from extractors.model import TableModel
from extractors.read_page import PageIssue, ReadPage
from extractors.values import COUNT, VALUE_TYPES, is_marker, is_type
from records.issues import Severity

_SHIFTED = 2
"""Whole ids, times and counts in the neighbouring columns that show a row whose cells are shifted."""

_CUT = "What stands at the end or the beginning of the page could not be joined for certain: the cell may be cut."

_AWAY = ("outside_table", "not_a_row")
"""Rules under which lines that may be of a row are left over."""

_SQUEEZED = "Text that is in no row touches the cell: its row may be lower than its text, and the cell may be cut."


def join_pieces(
    before: ReadPage | None, page: ReadPage, after: ReadPage | None, read: Callable[[int], ReadPage], end: int
) -> None:
    """Give the pieces on the borders of *page* to the rows they belong to; a piece without a row is left over, and the
    cells that may lack it are named.

    *before* has been in the middle already, *after* has not: what is taken from it here, it finds again as the rest
    of a row of this page when its own turn comes.
    """
    if page.model is None:
        return
    if before is not None:
        _loosen(before, page)
    if after is not None:
        _loosen(page, after)
    if len(page.rows) > 1 and page.rows[-1].piece == "whole" and is_lone(page.rows, page.model.row_step):
        _leave(page.rows.pop(), page)
    starts = before is not None and begins_next(before, page)
    kept: list[Row] = []
    squeezed: list[tuple[int, Row]] = []
    cut_above: set[int] = set(page.grid.cut_above) if page.grid and page.model.alignment != "top" else set()
    cut_above |= _taken(before, page) | _lacking(before, page)
    for i, row in enumerate(page.rows):
        if i == 0 and before is not None and row.piece != "rest" and continues(before, page):
            row.piece = "rest"
        elif row.piece == "loose":
            if i == len(page.rows) - 1 and after is not None and begins_next(page, after):
                row.piece = "start"
            elif _is_full(row, page.model) or _is_between(row, i, page):
                row.piece = "whole"
                said = "The row lacks the value that starts rows."
                page.issues.append(PageIssue("row_without_anchor", Severity.DOUBT, said, len(kept)))
            else:
                if i == 0 and page.model.alignment != "top" and not page.model.is_ruled:
                    cut_above |= row.filled
                squeezed.append((len(kept), row))
                if i == len(page.rows) - 1 and page.grid is not None:
                    page.grid.unjoined = frozenset(row.filled)
                _leave(row, page)
                continue
        kept.append(row)
    cut_below = _cut_below(page, after)
    page.rows[:] = kept
    whole = [i for i, row in enumerate(kept) if row.piece == "whole"]
    if not whole:
        return
    if starts and before is not None:
        page.continued.setdefault(whole[0], []).append((before.page_number, before.rows[-1]))
    if kept[-1].piece == "whole":
        _take_rest(page, whole[-1], after, read, end)
    for k, columns in ((whole[0], cut_above), (whole[-1], cut_below)):
        page.issues += [PageIssue("row_cut", Severity.DOUBT, _CUT, k, j) for j in sorted(columns)]
    for at, row in squeezed:
        page.issues += _touching(row, kept, at, 0.15 * page.model.height)


def _loosen(page: ReadPage, after: ReadPage) -> None:
    """Where the last row of *page* lacks its start and the first of *after* has it, and the two are one: a piece."""
    if page.model is None or after.model is not page.model or len(page.rows) < 2 or not after.rows:
        return
    last, first = page.rows[-1], after.rows[0]
    if last.is_startless and not first.is_startless and last.piece == first.piece == "whole":
        last.piece = "loose" if _completes(last, first, page.model) else "whole"


def _touching(left: Row, rows: list[Row], at: int, near: float) -> list[PageIssue]:
    """Issues of the cells that text *left* over between two rows touches; *at* is the place of the lower one."""
    found = []
    for k in (k for k in (at - 1, at) if 0 <= k < len(rows) and rows[k].piece == "whole"):
        for j, (own, cell) in enumerate(zip(rows[k].cells, left.cells, strict=True)):
            if own and cell and own.top - near < cell.bottom and cell.top < own.bottom + near:
                found.append(PageIssue("row_cut", Severity.DOUBT, _SQUEEZED, k, j))
    return found


def _cut_below(page: ReadPage, after: ReadPage | None) -> set[int]:
    """The columns in which the last row of the page may go on, in what is in no row here or, unless the next one begins
    below it, on the page *after*."""
    cut = set(page.grid.cut_below) if page.grid else set()
    if page.rows and page.rows[-1].piece == "start":
        return cut
    if page.model is None or after is None or after.model is not page.model:
        return cut | _above_header(page, after)
    first = after.rows[0] if after.rows else None
    if first and first.piece == "loose" and not continues(page, after) and not _is_full(first, page.model):
        cut |= first.filled
    return cut | _taken(page, after) | (set(after.grid.cut_above) if after.grid else set())


def _above_header(page: ReadPage, after: ReadPage | None) -> set[int]:
    """The columns in which the last row of the page may go on above the header of another log, on the page *after*:
    what stands there is as wide as a column at most, and begins where its cell in that row does."""
    if page.model is None or after is None or after.model is None or not page.rows or page.below is after:
        return set()
    heads = [line.top for line in after.outside if line.rule == "header"]
    cut: set[int] = set()
    for line in after.outside:
        if not heads or line.account != "left" or line.rule not in _AWAY or line.bottom > min(heads):
            continue
        for j, (column, cell) in enumerate(zip(page.model.columns, page.rows[-1].cells, strict=True)):
            if cell and abs(cell.x0 - line.x0) < 0.2 * page.model.height and line.x1 <= column.right:
                cut.add(j)
    return cut


def _taken(before: ReadPage | None, page: ReadPage) -> set[int]:
    """The columns in which the first row of *page* may have taken in the rest of the last row of *before*: where its
    cells end at one level, nothing parts the two; centred ones mostly do. The rest stands where the table begins on
    the page."""
    if before is None or page.model is None or before.model is not page.model or not page.rows:
        return set()
    if before.grid is None or not before.grid.is_broken or not before.rows or page.rows[0].piece != "whole":
        return set()
    if before.rows[-1].piece == "start":
        return set()  # the row that begins there has been joined
    first, last = page.rows[0].cells, before.rows[-1].cells
    top = min((cell.top for cell in first if cell), default=0.0)
    height = 0.5 * page.model.height
    return {j for j, cell in enumerate(first) if cell is not None and cell.top - top < height and last[j] is not None}


def _lacking(before: ReadPage | None, page: ReadPage) -> set[int]:
    """The columns that the first row of *page* leaves blank and that are in no row at the end of the page *before*: its
    cells may have been set there."""
    if before is None or before.model is not page.model or before.grid is None or not page.rows:
        return set()
    return set(before.grid.cut_below | before.grid.unjoined) - page.rows[0].filled


def continues(before: ReadPage, page: ReadPage) -> bool:
    """Whether *page* begins with the rest of the last row of *before*."""
    if page.model is None or before.model is not page.model or not before.rows or not page.rows:
        return False
    rest, begun = page.rows[0], before.rows[-1]
    if begun.piece in ("whole", "rest") and _completes(begun, rest, page.model):
        return True
    if rest.piece not in ("loose", "rest") or _is_full(rest, page.model):
        return False
    # A top-aligned cell goes on only where it began: text in another column is a total or a remark.
    in_place = rest.filled <= begun.filled
    return in_place or page.model.alignment != "top" or len(before.rows) == 1


def begins_next(page: ReadPage, after: ReadPage) -> bool:
    """Whether *page* ends with the beginning of the row whose anchor is the first on *after*.

    Where cells are top-aligned, the anchor is in a row's first piece, unless none of its cells was broken.
    """
    if page.model is None or after.model is not page.model or len(page.rows) < 2 or not after.rows:
        return False
    if after.rows[0].piece != "whole" or page.rows[-1].piece not in ("loose", "start"):
        return False
    if _completes(page.rows[-1], after.rows[0], page.model):
        return True
    return page.model.alignment != "top" and not _is_full(page.rows[-1], page.model)


def _completes(begun: Row, rest: Row, model: TableModel) -> bool:
    """Whether two pieces are one row whose cells were not broken but went to either page as a whole: neither is a row
    of its own, no column has text in both, and together they fill what every row fills. Where the first piece lacks its
    start, or each has whole values that every row has and the other one lacks, a cell may have been broken, too: only
    no value is whole on both pages. An id or a time that is whole only with what stands on the next page proves it."""
    always = {j for j, c in enumerate(model.columns) if c.is_always_filled}
    first, second = begun.filled, rest.filled
    typed = {j for j, c in enumerate(model.columns) if c.value_type}
    # What the one lacks looks like the start of a row, or what is left of an id in the other one does.
    if (typed - first or always - second) and _is_torn(begun, rest, model):
        return True
    if len(always) < 3 or always <= first or always <= second or not always <= first | second:
        return False
    both = first & second
    if not both:
        return True
    lacks = [any(_is_value(a, j, model) for j in always - b.filled) for a, b in ((begun, rest), (rest, begun))]
    if not (begun.is_startless or begun.piece != "whole" or all(lacks)):
        return False
    return not any(_is_value(begun, j, model) and _is_value(rest, j, model) for j in both)


def _is_torn(begun: Row, rest: Row, model: TableModel) -> bool:
    """Whether an id, a time or a period begins in one piece and ends in the other, and no value is whole in both."""
    both = begun.filled & rest.filled
    torn = False
    for j in both:
        kind = model.columns[j].value_type
        if not kind or kind == COUNT.name:
            continue
        first, second = begun.texts(j), rest.texts(j)
        whole = [is_type(VALUE_TYPES[kind], " ".join(texts)) for texts in (first, second) if texts]
        if len(whole) < 2:
            continue
        if all(whole):
            return False
        torn |= not any(whole) and is_type(VALUE_TYPES[kind], " ".join((*first, *second)))
    return torn


def _is_value(row: Row, j: int, model: TableModel) -> bool:
    """Whether the row prints a whole value in the column *j* of ids, times or counts."""
    kind = model.columns[j].value_type
    return bool(kind and j in row.filled and is_type(VALUE_TYPES[kind], " ".join(row.texts(j))))


def _take_rest(page: ReadPage, index: int, after: ReadPage | None, read: Callable[[int], ReadPage], end: int) -> None:
    """The rest of the page's last row: on the next page, and on further ones while a page holds nothing else."""
    before, at = page, after
    while at is not None and continues(before, at):
        page.continued.setdefault(index, []).append((at.page_number, at.rows[0]))
        alone = len(at.rows) == 1
        before, at = at, (read(at.page_number + 1) if alone and at.page_number < end else None)


def _is_full(row: Row, model: TableModel) -> bool:
    """Whether the row is one of its own: it fills most columns that every row fills, and what it prints in columns of
    ids, times and counts is whole, be it that all stand one column further. The rest of a row ends in broken-off
    values."""
    return _fills(row, model, 0, 0) or _fills(row, model, 1, _SHIFTED) or _fills(row, model, -1, _SHIFTED)


def _fills(row: Row, model: TableModel, shift: int, typed: int) -> bool:
    """Whether the cells of the row that stand *shift* columns further right fill most columns that every row fills,
    with *typed* whole values or more."""
    always = [j for j, c in enumerate(model.columns) if c.is_always_filled]
    printed = {j - shift for j in row.filled}
    filled = sum(j in printed for j in always)
    if filled * 2 < len(always) or filled <= 1:
        return False
    whole = 0
    for j, column in enumerate(model.columns):
        if column.value_type and j in printed and (texts := row.texts(j + shift)):
            text = " ".join(texts)
            if is_type(VALUE_TYPES[column.value_type], text):
                whole += 1
            elif not is_marker(text):
                return False
    return whole >= typed


def _is_between(row: Row, index: int, page: ReadPage) -> bool:
    """Whether the row stands between rules, with rows above and below it, and fills half of the columns, none of which
    cuts its text as it would another table's: no page break is near that could have broken it off, so it is a row
    though its values are not where they should be."""
    if page.model is None or not page.model.is_ruled or not 0 < index < len(page.rows) - 1:
        return False
    if any(cell is not None and cell.is_doubtful for cell in row.cells):
        return False
    return 2 * len(row.filled) >= len(page.model.columns)


def _leave(row: Row, page: ReadPage) -> None:
    for cell in row.cells:
        if cell and cell.texts:
            count = sum(len("".join(text.split())) for text in cell.texts)
            page.outside.append(
                OutsideLine("left", "not_a_row", " ".join(cell.texts), count, cell.x0, cell.top, cell.x1, cell.bottom)
            )
            page.glyphs_used -= count
