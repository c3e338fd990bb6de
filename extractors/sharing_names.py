"""Which lines of the column of names are one name: wrapped names and rows that stand as close as lines."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.assign import Anchors, assign_rows
from extractors.lines import Lines
from extractors.sharing_model import SharingModel
from records.organization_names import is_whole_organization

_WIDE = 1.3
"""Letters of one word may be so much wider than those of its line."""
_MOST_LINES = 6
"""Of one name, where it is open where it begins."""


def name_steps(lines: Lines, model: SharingModel) -> Iterator[tuple[int, int, float, bool]]:
    """Neighbouring lines of the column of names: (line, next line, step, whether the next line's first word would have
    fitted on the line: then it begins another name)."""
    index = np.flatnonzero(lines.column == model.table.anchor)
    level = lines.middle
    for i, k in zip(index.tolist(), index[1:].tolist(), strict=False):
        yield i, k, float(level[k] - level[i]), _would_fit(lines, i, k, model)


def _would_fit(lines: Lines, i: int, k: int, model: SharingModel) -> bool:
    """Whether the first word of line *k* would surely have fitted behind line *i* of the same column: no wrap parts
    them. What the column has room for is the widest line seen; the word's width is told by its letters."""
    column = model.table.columns[int(lines.column[i])]
    share = len(lines.text[k].split(" ", 1)[0]) / max(1, len(lines.text[k]))
    word = float(lines.x1[k] - lines.x0[k]) * (share if share == 1 else _WIDE * share)
    end = float(lines.x1[i]) + 0.25 * model.table.height + word
    return end - float(lines.x0[i]) < 0.98 * column.widest


def name_blocks(lines: Lines, model: SharingModel, alignment: str) -> tuple[list[list[int]], list[int]]:
    """The lines of each name, downwards, and those lines of which it is not sure that they belong to the line above.

    A name goes on where its next word did not fit, and where what stands beside its lines is no row for each of them.
    Where that leaves it open, the lines are parted so that most names are whole.
    """
    index = np.flatnonzero(lines.column == model.table.anchor).tolist()
    if not index:
        return [], []
    goes_on: list[bool | None] = []
    for i, k, step, fits in name_steps(lines, model):
        here: bool | None = not fits and step <= 1.25 * model.table.line_step
        if here and step > 0.9 * model.table.row_step:  # rows may stand as close as lines of one name
            here = _is_one_name(lines, i, k, model, alignment)
        goes_on.append(here)
    blocks = _whole_names(lines, index, goes_on)
    unsure = [k for k, told in zip(index[1:], goes_on, strict=True) if told is None]
    if alignment == "middle" and unsure:
        blocks, unsure = _centred(lines, blocks, unsure, 0.4 * model.table.height)
    apart = {block[0] for block in blocks}
    clear = {k for k in unsure if k in apart and _are_whole(lines, blocks, k)}
    return blocks, [k for k in unsure if k not in clear]


def _are_whole(lines: Lines, blocks: list[list[int]], line: int) -> bool:
    """Whether the names above and from *line* on are whole as they are parted."""
    at = next(n for n, block in enumerate(blocks) if block[0] == line)
    names = (" ".join(lines.text[i] for i in block) for block in blocks[max(0, at - 1) : at + 1])
    return all(map(is_whole_organization, names))


def _whole_names(lines: Lines, index: list[int], goes_on: list[bool | None]) -> list[list[int]]:
    """Part the lines at *index* into names; ``goes_on[n]`` says whether line n + 1 goes on with line n, None where
    that is open. Of all ways the one with fewest names that are not whole, then with most names."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(np.inf, 0)] * len(index)
    for end in range(1, len(index) + 1):
        if end < len(index) and goes_on[end - 1]:
            continue
        for begin in range(end - 1, -1, -1):
            text = " ".join(lines.text[i] for i in index[begin:end])
            cost = best[begin][0] + (0.0 if is_whole_organization(text) else 1.0) - 0.001
            if cost < best[end][0]:
                best[end] = (cost, begin)
            before = goes_on[begin - 1] if begin else False
            if before is False or (before is None and end - begin >= _MOST_LINES):
                break
    blocks: list[list[int]] = []
    at = len(index)
    while at > 0:
        begin = best[at][1]
        blocks.append(index[begin:at])
        at = begin
    return blocks[::-1]


def _is_one_name(lines: Lines, i: int, k: int, model: SharingModel, alignment: str) -> bool | None:
    """Whether line *k* goes on with the name in line *i*; None where it cannot be told.

    Every row has something beside its name. A cell that ends (begins) beside one of the lines ends (begins) its row
    where cells are aligned at the bottom (top); where both lines have something beside them that is no wrap either,
    they are two rows.
    """
    first, second = (_beside(lines, at, model) for at in (i, k))
    ended, begun = first.keys() - second.keys(), second.keys() - first.keys()
    if (alignment == "bottom" and ended) or (alignment == "top" and begun):
        return False
    for column in first.keys() & second.keys():
        a, b = first[column], second[column]
        if lines.text[a] == lines.text[b] or _would_fit(lines, a, b, model):
            return False
    if (alignment == "bottom" and begun and not first) or (alignment == "top" and ended and not second):
        return True
    return None


def _centred(
    lines: Lines, blocks: list[list[int]], unsure: list[int], near: float
) -> tuple[list[list[int]], list[int]]:
    """The blocks with those of the *unsure* lines joined to the line above that leave fewest lines of other columns
    off the middle of a row, and fewest rows with nothing but a name; and the lines for which both ways are as good."""
    names = {i for block in blocks for i in block}
    others = np.array([i for i in range(len(lines)) if i not in names], np.int64)

    def misfits(tried: list[list[int]]) -> int:
        rows, stray = assign_rows(lines, anchors_of(lines, tried), "middle", near)
        bare = len(tried) - len(set(rows[others].tolist()) & set(range(len(tried))))
        return int(stray.sum()) + int(((rows < 0) | (rows >= len(tried))).sum()) + bare

    still = []
    for line in unsure:
        at = next(n for n, block in enumerate(blocks) if line in block)
        block = blocks[at]
        if block[0] == line:
            together, parted = [*blocks[: at - 1], blocks[at - 1] + block, *blocks[at + 1 :]], blocks
        else:
            cut = block.index(line)
            together, parted = blocks, [*blocks[:at], block[:cut], block[cut:], *blocks[at + 1 :]]
        costs = misfits(together), misfits(parted)
        if costs[0] == costs[1]:
            still.append(line)
        else:
            blocks = together if costs[0] < costs[1] else parted
    return blocks, still


def _beside(lines: Lines, i: int, model: SharingModel) -> dict[int, int]:
    """Column -> line on the level of line *i*."""
    level = np.abs(lines.middle - lines.middle[i]) <= 0.4 * model.table.height
    found = np.flatnonzero(level & (lines.column != lines.column[i])).tolist()
    return {int(lines.column[at]): at for at in found}


def anchors_of(lines: Lines, blocks: list[list[int]]) -> Anchors:
    """The blocks as :func:`extractors.assign.assign_rows` takes them."""
    head, tail = [b[0] for b in blocks], [b[-1] for b in blocks]
    first, last, level = lines.bottom[head], lines.bottom[tail], lines.middle
    return Anchors(blocks, first, last, (lines.top[head] + last) / 2, level[head], level[tail])
