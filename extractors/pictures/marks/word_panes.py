"""Lists of topics and state words set side by side: each word belongs to the topic of its own list."""

from __future__ import annotations

import re

from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import state_word
from records.hotlists import topic_of, topic_words

_WORD = re.compile(r"[^\W\d_]+")


def word_panes(words: list[Run], runs: list[Run], unit: float) -> list[list[Run]]:
    """*runs* by list, where *words* stand in several columns with a column of topics before (or behind) each.

    Empty where that is not so: the second of two words on a row may say something else of the same topic, or of
    what a table says in between. So every list must have its own topics, worded like those that the catalogue knows,
    or rows of its own.
    """
    columns = _columns(words, unit)
    if len(columns) < 2:
        return []
    labels = [r for r in runs if state_word(r.text) is None]
    is_before = bool(_beside(columns[0], labels, -1e9, _start(columns[0]), unit))
    borders = [_end(c) for c in columns[:-1]] if is_before else [_start(c) for c in columns[1:]]
    panes = [
        [r for r in runs if start - 1 <= r.box[0] < stop - 1]
        for start, stop in zip([-1e9, *borders], [*borders, 1e9], strict=True)
    ]
    if _stand_apart(columns, unit):
        return panes
    told: set[str] = set()
    known = False
    for column, start, stop in zip(columns, [-1e9, *borders], [*borders, 1e9], strict=True):
        ends = (start, _start(column)) if is_before else (_end(column), stop)
        own = _beside(column, labels, *ends, unit)
        texts = {r.text for r in own}
        has_topic = any(topic_of(text) is not None for text in texts)
        known |= has_topic
        worded = sum(not topic_words().isdisjoint(_WORD.findall(text)) for text in texts)
        if (
            not (has_topic or 2 * worded >= len(texts))
            or len(own) < max(_ROWS, _MOST * len(column))
            or len(texts) < len(own)
        ):
            return []
        if told & texts:
            return []
        told |= texts
    return panes if known else []


def _stand_apart(columns: list[list[Run]], unit: float) -> bool:
    """Whether the columns have rows of their own, as no columns of one table have."""
    first = columns[0]
    others = [w for column in columns[1:] for w in column]
    level = sum(any(abs(w.middle - v.middle) <= 0.5 * unit for v in first) for w in others)
    return min(map(len, columns)) >= _ROWS and 2 * level <= len(others)


def _columns(words: list[Run], unit: float) -> list[list[Run]]:
    """Words one below another, by their left or right ends; from left to right."""
    columns: list[list[Run]] = []
    for word in sorted(words, key=lambda w: w.box[0]):
        column = next((c for c in columns if any(_is_below(word, w, unit) for w in c)), None)
        if column is None:
            columns.append([word])
        else:
            column.append(word)
    return columns


def _is_below(one: Run, other: Run, unit: float) -> bool:
    return one.box[0] < other.box[2] + unit and other.box[0] < one.box[2] + unit


def _beside(column: list[Run], labels: list[Run], start: float, stop: float, unit: float) -> list[Run]:
    """The topic on the row of each word between *start* and *stop*: the first there, as far as there is one."""
    found = []
    for word in column:
        row = [r for r in labels if start <= r.box[0] < stop and abs(r.middle - word.middle) <= 0.6 * unit]
        if row:
            found.append(min(row, key=lambda r: r.box[0]))
    return found


def _start(column: list[Run]) -> float:
    return min(w.box[0] for w in column)


def _end(column: list[Run]) -> float:
    return max(w.box[2] for w in column)


_VARIED = 0.7
"""Share of a column's texts that are its own: a line of a label that wraps may come again."""
_ROWS, _MOST = 3, 0.8
"""Words of a column at least; share of them with a topic beside them."""
