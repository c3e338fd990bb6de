"""Records of two lines that do not begin with the value that starts the others: some lack it, and of some the page
before has it. Their lower half tells them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.page_text import PageWord
from extractors.two_line_records import Place, TwoLines, goes_on, is_lower, starts_of


def startless(
    lines: list[list[PageWord]], free: list[int], told: TwoLines, rules: NDArray[np.float64], is_headed: bool
) -> Iterator[tuple[int, int, int]]:
    """Of every record without the value that starts it, among the lines *free* (indices), which are of no other record:
    its first line, the first line of its lower half, and the line after its last one.

    It stands between two rules or two whites, or above the first record of a page, and has a lower half: a line
    of which all texts begin at its places, one with a value of the type that nearly all have there, or a usual text.
    Where no record begins on a page that *is_headed*, it is the first text below.
    """
    is_anywhere = told.is_ruled or told.is_parted
    starts = starts_of(lines, told)
    first = len(lines) if is_anywhere or (is_headed and not starts) else min(starts, default=0)
    groups: list[list[int]] = []
    for k in (k for k in free if k < first):
        if groups and groups[-1][-1] == k - 1 and goes_on(lines[k - 1], lines[k], told, rules):
            groups[-1].append(k)
        else:
            groups.append([k])
    for group in groups if is_anywhere else groups[-1:] if starts else groups[:1]:
        for k in group:
            if is_lower(lines[k], told) and any(_is_known(lines[k], place) for place in told.places):
                yield group[0], k, group[-1] + 1
                break


def _is_known(line: list[PageWord], place: Place) -> bool:
    """Whether a lower line prints at the *place* what others print there."""
    return place.typed([line]) is not None or " ".join(place.texts(line)) in place.usual


def with_usual(told: TwoLines, lines: list[list[PageWord]], lower: list[int]) -> TwoLines:
    """The records as *told*, with the texts that come again among their *lower* lines (indices of *lines*)."""
    places = []
    for place in told.places:
        printed = Counter(text for k in lower if (text := " ".join(place.texts(lines[k]))))
        again = tuple(sorted(text for text, count in printed.items() if count > 1))
        places.append(replace(place, usual=again if 2 * len(printed) <= printed.total() else ()))
    return replace(told, places=tuple(places))
