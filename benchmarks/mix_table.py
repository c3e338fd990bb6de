"""Tables as no layout of ``samples`` draws them: rows of two lines, titles of groups, dashes, totals, stamps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from benchmarks.mix_plan import Mix
from samples.draw_table import TableDrawing
from samples.layout import Layout
from samples.pages import BOLD, DrawnPage, Producer, TextRun


class MixDrawing(TableDrawing):
    """The table of a mix; ``covered`` fills up with the (row, column) whose text a box is painted over."""

    def __init__(self, mix: Mix, producer: Producer, rows: Sequence[Sequence[str]]) -> None:
        self._mix, self._texts = mix, rows
        super().__init__(_upper(mix), producer)
        if mix.lower:
            self._stack(mix)
            self._header = self._block([c.header for c in mix.layout.columns], self.head)
        fields = [column.field for column in mix.layout.columns]
        self._group = fields.index(mix.group_by) if mix.group_by in fields else None

    def narrowest(self) -> Iterator[tuple[str, float, float]]:
        """Of each column: its field, its width without the gutters, and the width of an average character."""
        average = self.body.width("etaoin shrdlu 0123456789") / 24
        for column, (left, right) in zip(self.layout.columns, self.spans, strict=True):
            yield column.field, right - left - 2 * self.layout.pad_x, average

    def pages(self, rows: Iterable[Sequence[str]]) -> Iterator[DrawnPage]:
        mix = self._mix
        for page in super().pages(rows):
            if mix.stamp:
                width, height = self.layout.paper
                # Upright, a stamp stands in the margin; slanted, across the page.
                x, y = (width * 0.3, height * 0.6) if mix.stamp_angle else (width - 100, height - 6)
                size = 40.0 if mix.stamp_angle else 9.0
                stamp = TextRun(x, y, mix.stamp, BOLD[self.layout.font], size, angle=mix.stamp_angle, grey=0.85)
                page.texts.insert(0, stamp)
            yield page

    def _stack(self, mix: Mix) -> None:
        upper, count = len(self.layout.columns), mix.lower
        self.layout = mix.layout
        step = upper / count
        marks = [self.edges[round(step * k)] for k in range(count)] + [self.edges[-1]]
        self.spans += list(pairwise(marks))

    def _block(self, texts, ruler, align=None):  # type: ignore[no-untyped-def]
        if len(self.spans) == len(self.edges) - 1:
            return super()._block(texts, ruler, align)
        block = super()._block(texts, ruler, "top")
        first = len(self.edges) - 1
        leading, pad = self.layout.leading, self.layout.pad_y
        upper = max(1, *(len(cell) for cell in block.lines[:first])) * leading
        placed = tuple(
            replace(line, offset=line.offset + (upper if line.column >= first else 0.0)) for line in block.placed
        )
        lower = max(1, *(len(cell) for cell in block.lines[first:])) * leading
        return replace(block, placed=placed, height=upper + lower + 2 * pad)

    def _place_header(self, page: DrawnPage, y: float) -> float:
        y = super()._place_header(page, y)
        if not self._mix.has_dashes:
            return y
        layout = self.layout
        dash = self.head.width("-")
        for column, (left, right) in enumerate(self.spans):
            text = "-" * max(1, int((right - left - 2 * layout.pad_x) / dash))
            at = y + 0.8 * layout.size
            page.texts.append(TextRun(left + layout.pad_x, at, text, self.head.font, layout.size, column))
        return y + layout.leading

    def _height_above(self, index: int) -> float:
        return super()._height_above(index) + (self._group_height() if self._is_new_group(index) else 0.0)

    def _place_above(self, page: DrawnPage, y: float, index: int) -> float:
        y = super()._place_above(page, y, index)
        if not self._is_new_group(index):
            return y
        assert self._group is not None
        text = self.head.printable(f"{self.layout.columns[self._group].header}: {self._texts[index][self._group]}")
        layout = self.layout
        at = y + layout.pad_y + layout.size
        page.texts.append(TextRun(self.left + layout.pad_x, at, text, self.head.font, layout.size))
        return y + self._group_height()

    def _group_height(self) -> float:
        return self.layout.leading + 2 * self.layout.pad_y + 2

    def _is_new_group(self, index: int) -> bool:
        if self._group is None:
            return False
        return index == 0 or self._texts[index][self._group] != self._texts[index - 1][self._group]

    def _close(self, page: DrawnPage, y: float) -> None:
        super()._close(page, y)
        layout, total = self.layout, self._mix.total
        at = y + layout.leading + layout.size
        if total and at < self.bottom:
            text = total.format(rows=len(self._texts))
            page.texts.append(TextRun(self.left, at, text, self.head.font, layout.size, len(layout.columns)))


def _upper(mix: Mix) -> Layout:
    """The layout of the columns in the first line of each row; all, where rows have one line."""
    if not mix.lower:
        return mix.layout
    return replace(mix.layout, columns=mix.layout.columns[: -mix.lower])
