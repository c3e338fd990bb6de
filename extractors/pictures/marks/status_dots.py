"""Dots before words that say a state, ``● Active``: signs that readers take for letters, and labels of nothing."""

from __future__ import annotations

import re

from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import state_word

_DOT = re.compile(r"^(?:[\W_]{1,2}|[^\x00-\x7F]|[oO0eEcCGQtD]\W?|co\W?)$")
"""What readers make of a dot."""


def without_status_dots(runs: list[Run], unit: float) -> list[Run]:
    """*runs* without the dots that stand close before state words, where these words stand alone on their rows.

    Two words on one row are options: what stands before them is a button that says which is chosen. Not where a label
    stands between them, that of the second list.
    """
    words = [r for r in runs if state_word(r.text) is not None]
    found: list[tuple[Run, Run]] = []
    for run in runs:
        if not _DOT.match(run.text):
            continue
        row = [w for w in words if w is not run and abs(w.middle - run.middle) <= 0.5 * unit]
        if any(0 <= w.box[0] - run.box[2] <= unit for w in row):
            word = min(row, key=lambda w: abs(w.box[0] - run.box[2]))
            if any(w is not word and not _is_label_between(word, w, runs) for w in row):
                return runs
            found.append((run, word))
    alike = [a for a, _ in found if sum(abs(a.box[0] - b.box[0]) <= 0.4 * unit for b, _ in found) >= _COLUMN]
    return [r for r in runs if all(r is not dot for dot in alike)]


def _is_label_between(one: Run, other: Run, runs: list[Run]) -> bool:
    first, second = sorted((one, other), key=lambda r: r.box[0])
    return any(
        first.box[2] <= r.box[0]
        and r.box[2] <= second.box[0]
        and abs(r.middle - first.middle) <= first.height
        and state_word(r.text) is None
        and sum(c.isalpha() for c in r.text) > _WORD
        for r in runs
    )


_WORD = 3
"""Letters that readers do not make of a dot."""
_COLUMN = 3
"""Dots one below another from which on they are signs of a list."""
