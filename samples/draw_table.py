"""A layout and its rows -> drawn pages, and the rows as drawn. Producer-independent: the pages are typeset here."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from samples.expected import ExpectedRow
from samples.layout import Layout
from samples.pages import BOLD, Box, DrawnPage, Producer, Stroke, TextRun
from samples.typeset import CharWidth, Ruler

_GAP_UNDER_TITLE = 10.0


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of one cell; ``offset`` is its top below the top of the row."""

    column: int
    text: str
    offset: float


@dataclass(frozen=True, slots=True)
class _Block:
    """A row or a header, laid out but not placed."""

    cells: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    placed: tuple[_Line, ...]
    height: float


class TableDrawing:
    """One print of a log. :meth:`pages` draws; ``rows`` fills up meanwhile with the rows as drawn."""

    def __init__(self, layout: Layout, producer: Producer) -> None:
        self.layout = layout
        self.rows: list[ExpectedRow] = []
        widths = _spaced(producer.char_width, layout.char_spacing / layout.size)
        self.body = Ruler(layout.font, layout.size, widths, producer.can_print)
        head_font = BOLD[layout.font] if layout.is_header_bold else layout.font
        self.head = Ruler(head_font, layout.size, widths, producer.can_print)
        left, top, right, bottom = layout.margins
        self.left, self.right = left, layout.paper[0] - right
        self.top = top + (2 * layout.leading if layout.running_title else 0)
        self.bottom = layout.paper[1] - bottom - (2 * layout.leading if layout.footer else 0)
        self.edges = _column_edges(layout, self.head, self.left, self.right)
        self.spans = list(zip(self.edges, self.edges[1:], strict=False))
        self._header = self._block([column.header for column in layout.columns], self.head, layout.header_rows)

    def pages(self, rows: Iterable[Sequence[str]]) -> Iterator[DrawnPage]:
        """Every page, in order, as soon as it is full. A row is its cells' texts; a newline in one breaks the line."""
        drawn: Iterable[DrawnPage] = self._pages(rows)
        count = 0
        if self.layout.footer and "{pages}" in self.layout.footer:
            drawn = list(drawn)  # the count is known at the end only
            count = len(drawn)
        for page in drawn:
            self._furnish(page, count)
            self._order(page)
            yield page

    def _pages(self, rows: Iterable[Sequence[str]]) -> Iterator[DrawnPage]:
        layout = self.layout
        page = DrawnPage(1)
        y = self._title(page)
        if layout.header_on != "none":
            y = self._place_header(page, y)
        first_y, ordinal = y, 0
        above: Sequence[str] = ()
        for index, texts in enumerate(rows):
            block = self._block(self._without_repeats(texts, above if ordinal else None), self.body)
            room = self.bottom - y
            room -= self._height_above(index)
            if block.height > room and not self._can_split(room, y > first_y):
                yield page
                page, y, ordinal = self._next_page(page)
                first_y = y
                block = self._block(texts, self.body)
            y = self._place_above(page, y, index)
            ordinal, above = ordinal + 1, texts
            numbers, at = [page.number], ordinal
            rest: tuple[_Line, ...] = block.placed
            height = block.height
            while height > self.bottom - y + 0.01:
                rest, height = self._place_part(page, y, rest, height, index)
                yield page
                page, y, ordinal = self._next_page(page)
                first_y = y
                numbers.append(page.number)
            self._place(page, y, height, rest, self.body, index)
            y += height
            self.rows.append(ExpectedRow(tuple(numbers), at, layout.header, block.cells, block.lines))
        self._close(page, y)
        yield page

    def _can_split(self, room: float, has_rows: bool) -> bool:
        """Whether a row too high for *room* begins here: two lines at least, or there is no better page."""
        if not has_rows:
            return True
        return self.layout.splits_rows and room >= 2 * self.layout.leading + 2 * self.layout.pad_y

    def _height_above(self, index: int) -> float:
        """How high that is which stands between row *index* and the one before."""
        return self._header.height if index == self.layout.header_again_after else 0.0

    def _place_above(self, page: DrawnPage, y: float, index: int) -> float:
        return self._place_header(page, y) if index == self.layout.header_again_after else y

    def _next_page(self, page: DrawnPage) -> tuple[DrawnPage, float, int]:
        fresh = DrawnPage(page.number + 1)
        y = self.top
        if self.layout.header_on == "every":
            y = self._place_header(fresh, y)
        return fresh, y, 0

    def _without_repeats(self, texts: Sequence[str], above: Sequence[str] | None) -> Sequence[str]:
        if above is None or not self.layout.blank_repeats:
            return texts
        return [
            "" if column.field in self.layout.blank_repeats and text == before else text
            for column, text, before in zip(self.layout.columns, texts, above, strict=True)
        ]

    def _block(self, texts: Sequence[str], ruler: Ruler, align: str | None = None) -> _Block:
        layout = self.layout
        printable = [ruler.printable(text) for text in texts]
        lines = tuple(
            ruler.wrap(text, right - left - 2 * layout.pad_x, layout.breaks_at_hyphens)
            for (left, right), text in zip(self.spans, printable, strict=True)
        )
        most = max(1, *(len(cell) for cell in lines))
        height = max(most * layout.leading + 2 * layout.pad_y, layout.row_height)
        placed: list[_Line] = []
        for j, cell in enumerate(lines):
            spare = height - 2 * layout.pad_y - len(cell) * layout.leading
            share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[align or layout.align_rows]
            begin = layout.pad_y + spare * share
            placed.extend(_Line(j, text, begin + i * layout.leading) for i, text in enumerate(cell))
        return _Block(tuple(" ".join(text.split()) for text in printable), lines, tuple(placed), height)

    def _place_header(self, page: DrawnPage, y: float) -> float:
        if self.layout.has_header_fill:
            page.boxes.append(Box(self.left, y, self.right, y + self._header.height, 0.82))
        self._place(page, y, self._header.height, self._header.placed, self.head, None)
        return y + self._header.height

    def _place_part(
        self, page: DrawnPage, y: float, lines: tuple[_Line, ...], height: float, index: int
    ) -> tuple[tuple[_Line, ...], float]:
        """Place what fits above the bottom margin; return what is left and how high that is."""
        layout = self.layout
        room = self.bottom - y
        fits = tuple(line for line in lines if line.offset + layout.leading <= room - layout.pad_y + 0.01)
        rest = tuple(line for line in lines if line not in fits)
        end = max((line.offset for line in fits), default=0.0) + layout.leading + layout.pad_y
        self._place(page, y, min(end, room), fits, self.body, index)
        shift = min(line.offset for line in rest) - layout.pad_y
        moved = tuple(_Line(line.column, line.text, line.offset - shift) for line in rest)
        return moved, max(line.offset for line in moved) + layout.leading + layout.pad_y

    def _place(
        self, page: DrawnPage, y: float, height: float, lines: Iterable[_Line], ruler: Ruler, index: int | None
    ) -> None:
        layout = self.layout
        if layout.is_zebra and index is not None and index % 2:
            page.boxes.append(Box(self.left, y, self.right, y + height, 0.93))
        self._rule(page, y, y + height, is_header=index is None)
        for line in lines:
            left, right = self.spans[line.column]
            x0, x1 = left + layout.pad_x, right - layout.pad_x
            align = layout.columns[line.column].align
            if index is None and layout.align_header:
                align = layout.align_header
            slack = x1 - x0 - ruler.width(line.text) if align != "left" else 0.0
            x = x0 + slack * (0.5 if align == "center" else 1.0)
            baseline = y + line.offset + (layout.leading - layout.size) / 2 + 0.8 * layout.size
            page.texts.extend(_runs(ruler, layout, x, baseline, line.text, line.column))

    def _rule(self, page: DrawnPage, top: float, bottom: float, *, is_header: bool) -> None:
        layout = self.layout
        if layout.rules == "grid" and layout.rule_style == "rects":
            pairs = zip(self.edges, self.edges[1:], strict=False)
            page.boxes.extend(Box(x0, top, x1, bottom) for x0, x1 in pairs)
            return
        if layout.rules == "grid":
            self._line(page, self.left, top, self.right, top)
        if layout.rules in ("grid", "horizontal") or (layout.rules == "header" and is_header):
            self._line(page, self.left, bottom, self.right, bottom)
        if layout.rules in ("grid", "vertical"):
            for x in self.edges:
                self._line(page, x, top, x, bottom)

    def _line(self, page: DrawnPage, x0: float, y0: float, x1: float, y1: float) -> None:
        if self.layout.rule_style == "thin_fills":
            page.boxes.append(Box(x0 - 0.3, y0 - 0.3, x1 + 0.3, y1 + 0.3, 0.0))
        else:
            page.strokes.append(Stroke(x0, y0, x1, y1))

    def _close(self, page: DrawnPage, y: float) -> None:
        if self.layout.rules == "vertical":
            self._line(page, self.left, y, self.right, y)

    def _title(self, page: DrawnPage) -> float:
        layout = self.layout
        if layout.title is None:
            return self.top
        size = layout.size * 1.6
        page.texts.append(TextRun(self.left, self.top + size, layout.title, BOLD[layout.font], size))
        return self.top + 1.4 * size + _GAP_UNDER_TITLE

    def _furnish(self, page: DrawnPage, count: int) -> None:
        layout = self.layout
        if layout.running_title:
            at = layout.margins[1] + layout.size
            page.texts.append(TextRun(self.left, at, layout.running_title, layout.font, layout.size))
        if layout.footer:
            text = layout.footer.format(page=page.number, pages=count)
            x = (self.left + self.right - self.body.width(text)) / 2
            at = layout.paper[1] - layout.margins[3]
            page.texts.append(TextRun(x, at, text, layout.font, layout.size, len(layout.columns)))

    def _order(self, page: DrawnPage) -> None:
        if self.layout.stream_order == "column":
            page.texts.sort(key=lambda run: run.column)
        elif self.layout.stream_order == "shuffled":
            random.Random(page.number).shuffle(page.texts)


def _spaced(char_width: CharWidth, spacing: float) -> CharWidth:
    return (lambda font, char: char_width(font, char) + spacing) if spacing else char_width


def _runs(ruler: Ruler, layout: Layout, x: float, baseline: float, text: str, column: int) -> Iterator[TextRun]:
    by_word, spacing = layout.drawn_by == "word", layout.char_spacing
    if layout.drawn_by == "line":
        yield TextRun(x, baseline, text, ruler.font, ruler.size, column, spacing)
        return
    for piece in text.split(" ") if by_word else text:
        if piece.strip():
            yield TextRun(x, baseline, piece, ruler.font, ruler.size, column, spacing)
        x += ruler.width(piece + " " if by_word else piece)


def _column_edges(layout: Layout, head: Ruler, left: float, right: float) -> list[float]:
    """Edges between columns: by weight, but no column narrower than the longest word of its header."""
    needs = [head.widest_word(column.header) + 2 * layout.pad_x + 0.1 for column in layout.columns]
    widths = dict(enumerate(needs))
    open_columns = set(widths)
    while open_columns:
        spare = right - left - sum(widths[j] for j in widths if j not in open_columns)
        scale = spare / sum(layout.columns[j].weight for j in open_columns)
        too_narrow = {j for j in open_columns if layout.columns[j].weight * scale < needs[j]}
        if not too_narrow:
            widths.update({j: layout.columns[j].weight * scale for j in open_columns})
            break
        open_columns -= too_narrow
    edges = [left]
    for column in range(len(layout.columns)):
        edges.append(edges[-1] + widths[column])
    if edges[-1] > right + 0.5:
        raise ValueError(f"layout {layout.name}: the header needs {edges[-1] - left:.0f} pt of {right - left:.0f}")
    return edges
