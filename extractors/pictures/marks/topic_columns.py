"""Tables that set something else between the marks and the names of their lists: a source that comes again, codes."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.pictures.marks.runs import Run
from records.hotlists import topic_of

_VARIED = 0.7
"""Share of a column's texts that differ, from which on it names things; below it repeats itself."""
_LEVEL = 0.75
"""Line heights from the middle of a row within which its texts stand."""
_ONE_EDGE = 0.6
"""Line heights by which the texts of one column begin apart."""


def names_behind(beside: Sequence[Run | None], ys: Sequence[float], runs: list[Run], unit: float) -> list[Run | None]:
    """For every row the text in the column of names, where what stands *beside* the marks repeats itself or is codes,
    and a column further right names topics of the catalogue; else *beside*. *ys*: the middles of the rows.
    """
    texts = [r.text for r in beside if r is not None]
    are_names = len(set(texts)) > _VARIED * len(texts) and any(" " in text for text in texts)
    if not texts or are_names or any(topic_of(text) is not None for text in texts):
        return list(beside)
    end = max(r.box[2] for r in beside if r is not None)
    rows = [[r for r in runs if r.box[0] > end and abs(r.middle - y) <= _LEVEL * unit] for y in ys]
    best: list[Run | None] = list(beside)
    most = 1
    for start in {round(r.box[0] / unit * 2) / 2 * unit for row in rows for r in row}:
        column = [
            min(
                (r for r in row if abs(r.box[0] - start) <= _ONE_EDGE * unit),
                key=lambda r, y=y: abs(r.middle - y),  # type: ignore[misc]
                default=None,
            )
            for row, y in zip(rows, ys, strict=True)
        ]
        named = [r.text for r in column if r is not None]
        topics = sum(topic_of(text) is not None for text in named)
        is_whole = len(named) >= _VARIED * len(rows) and len(set(named)) > _VARIED * len(named)
        if is_whole and topics > most:
            best, most = column, topics
    return best
