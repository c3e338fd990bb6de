"""What the rows of a sample show of the columns of a table model: how wide and high texts are, and what they are."""

from __future__ import annotations

from dataclasses import replace

from extractors.clipped import clip_edge
from extractors.early_breaks import breaks_often, is_watched
from extractors.fit import type_columns
from extractors.hyphens import words_of_parting_program
from extractors.joined import cuts_words, one_word_lines, parts_words
from extractors.layout import layout_page
from extractors.model import TableModel
from extractors.sample import SamplePage
from extractors.usual import is_cut_label
from extractors.values import is_type
from extractors.wraps import wrap_kind

_USUAL = 0.9
"""Share of the rows that fill a cell which rows usually fill."""
_SEVERAL = 2
"""Usual cells that a row must lack to be a part of one."""


def typed_model(model: TableModel, pages: list[SamplePage]) -> TableModel | None:
    """The model with what its own rows on *pages* show of its columns; None where they are no rows of a log."""
    rows: list[list[str | None]] = []
    is_outer: list[bool] = []
    widest, padding = [0.0] * len(model.columns), [1e9] * len(model.columns)
    heights: list[list[int]] = [[] for _ in model.columns]
    ends: dict[str, tuple[float, float]] = {}
    words: list[list[tuple[str, float]]] = [[] for _ in model.columns]
    broken: list[list[tuple[list[str], list[float]]]] = [[] for _ in model.columns]
    printed: list[list[list[str]]] = [[] for _ in model.columns]
    for page in pages:
        laid_out = layout_page(page.content, model, page.headers, page.lines(model)).rows
        for row in laid_out:
            if row.piece != "whole":
                continue
            for j, cell in enumerate(row.cells):
                if cell and cell.texts:
                    # The last row of a page may have taken in what stands below the table.
                    if row is not laid_out[-1]:
                        heights[j].append(len(cell.texts))
                    widest[j] = max(widest[j], *cell.widths)
                    padding[j] = min(padding[j], cell.x0 - model.columns[j].left)
                    printed[j].append(cell.texts)
                    words[j] += one_word_lines(cell.texts, cell.widths, cell.first_widths)
                    if len(cell.texts) > 1:
                        broken[j].append((cell.texts, cell.widths))
            rows.append([(" ".join(cell.texts) if cell else None) or None for cell in row.cells])
            is_outer.append(row is laid_out[0] or row is laid_out[-1])
            last = row.cells[-1]
            if last and len(last.texts) == 1:
                ends[last.texts[0]] = last.x0, last.x0 + last.widths[0]
    if not rows:
        return None
    whole_words = words_of_parting_program(printed)
    # A line may be as wide as its column less the padding, which is the same on both sides.
    columns = tuple(
        replace(
            c,
            room=max(w, c.right - c.left - 2 * p),
            widest=w,
            cuts=cuts_words(f, w),
            most_lines=n,
            parts_words=parts_words(told),
            words=() if wrap_kind(c) else whole_words,
            breaks=not is_watched(c, n, len(rows)) or breaks_often(b, len(rows), w, model.height),
            rows_seen=len(rows),
        )
        for c, w, p, f, b, n, told in zip(
            model.columns, widest, padding, words, broken, map(_usual_height, heights), printed, strict=True
        )
    )
    typed = type_columns(replace(model, columns=columns), rows, _unbroken(rows, is_outer))
    last_label = typed.columns[-1].label
    if last_label and is_cut_label(last_label.text):
        typed = replace(typed, clip=last_label.box.x0)  # every text of the column reaches further
    elif typed.columns[-1].value_type is None:
        left = model.columns[0].left + min(padding[0], columns[0].right)
        content = pages[0].content
        typed = replace(typed, clip=clip_edge(ends, left, content.width, model.height, content.rulings.vertical))
    return typed if _is_log(typed, rows) else None


def _unbroken(rows: list[list[str | None]], is_outer: list[bool]) -> list[list[str | None]]:
    """The *rows* without those that are the first or the last of a page and lack several of the cells that rows usually
    fill: the page before ends with these, or the next one begins with them."""
    usual = [j for j, cells in enumerate(zip(*rows, strict=True)) if sum(map(bool, cells)) >= _USUAL * len(rows)]
    lacks = (sum(row[j] is None for j in usual) for row in rows)
    return [row for row, outer, n in zip(rows, is_outer, lacks, strict=True) if not outer or n < _SEVERAL]


def _usual_height(heights: list[int]) -> int:
    """Lines that a cell of the column takes at most, but for one in fifty: a damaged row must not hide the rule."""
    return sorted(heights)[int(0.98 * (len(heights) - 1))] if heights else 1


def _is_log(model: TableModel, rows: list[list[str | None]]) -> bool:
    """Whether the rows below the header really are rows: most start with a value of the anchor's type."""
    kind = model.anchor_type
    starts = sum(1 for row in rows if (text := row[model.anchor]) and (kind.start.match(text) or is_type(kind, text)))
    return starts * 2 >= len(rows)
