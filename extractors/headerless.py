"""Logs that print no header: columns from rulings or gutters, named by a person or by what their values look like."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extractors.assign import find_anchors
from extractors.find_lines import find_lines
from extractors.fit import table_lines
from extractors.fit_rows import fit_rows
from extractors.headerless_columns import column_edges, columns_between
from extractors.lines import Lines, glyph_height
from extractors.model import TableModel
from extractors.repeated import repeated_lines
from extractors.sample import SamplePage
from extractors.values import COUNT, SEARCH_TYPES, TIME, TWO_TIMES, UUID, ValueType, is_marker, is_type

_MOSTLY = 0.8
_CLOCK = re.compile(r"\d:\d\d")
_TO = re.compile(r"\s*(-|–|to)$")
"""What stands between the two times of a period, at the end of the first one's line."""
_DAY = re.compile(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")
_TIMELY = re.compile(
    _DAY.pattern
    + r"|\d{1,2}:\d\d(:\d\d(\.\d+)?)?|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}"
    + r"|\b[AP]\.?M\b\.?|\b(to|at|UTC|[A-Z][SD]?T)\b|(?<=\d)[TZ]|[-+–—,()]",
    re.IGNORECASE,
)
"""What moments and periods are made of."""
_TIMES = 3
"""Lines with a time of day that make a page one of a log."""
_COUNTS = ("Total Networks Searched", "Total Devices Searched")
_AGENCY = re.compile(r"\b(PD|SO|Police|Sheriff|County|Patrol|Department)\b")


def timed_pages(pages: list[SamplePage]) -> list[SamplePage]:
    """The longest run of *pages* that print times of day line by line: a log without a header, and no letter beside."""
    runs: list[list[SamplePage]] = [[]]
    for page in pages:
        if sum(_CLOCK.search(text) is not None for text in find_lines(page.content.glyphs).text) >= _TIMES:
            runs[-1].append(page)
        elif runs[-1] and len(page.content.glyphs):
            runs.append([])
    return max(runs, key=len)


def fit_headerless(pages: list[SamplePage], names: tuple[str, ...]) -> TableModel | None:
    """A model for pages on which no header is printed, or None where they do not read like a log.

    Without *names* (left to right, from ``release.toml``) the values must show a time of day in every row, and two
    of these beside it: an id, a count, a period, a kind of search. A table of devices or a list of dates is no log.
    """
    pages = [p for p in pages if len(p.content.glyphs)]
    if not pages:
        return None
    height = float(np.median([glyph_height(p.content.glyphs) for p in pages]))
    furniture = tuple(repeated_lines(pages))
    edges = column_edges(pages, furniture, height, len(names))
    if edges is None or (names and len(edges) - 1 != len(names)):
        return None
    columns = columns_between(edges, pages, furniture)
    bare = TableModel(
        columns, None, height, False, "top", 0, line_step=1.6 * height, row_step=4.0 * height, furniture=furniture
    )
    tables = [(p, table_lines(p, bare, None, None)) for p in pages]
    tables = [(p, lines) for p, lines in tables if len(lines)]
    given = list(names) or names_by_values([lines for _, lines in tables], len(columns))
    if given is None:
        return None
    basis = "hint" if names else "values"
    named = tuple(replace(c, given=g, basis=basis if g else None) for c, g in zip(columns, given, strict=True))
    return fit_rows(replace(bare, columns=named), tables)


def names_by_values(tables: list[Lines], count: int) -> list[str | None] | None:
    """Column names (None: unknown) told by the values of *count* columns; None where they do not tell a log, or where
    one holds the ids or times of most rows and something beside them: two columns whose white tells nothing.

    Ids, times and counts are told by their form, search types by their words, agencies by theirs; of the columns left
    the wordiest is taken for the reason. The caller flags the whole segment as doubtful.
    """
    uuids, times, counts = ({j: _starts(tables, j, t) for j in range(count)} for t in (UUID, TIME, COUNT))
    names: list[str | None] = [None] * count
    ids = [j for j in range(count) if uuids[j]]
    timed = sorted((j for j in range(count) if times[j]), key=lambda j: times[j])
    numbers = [j for j in range(count) if counts[j]]
    counted = [j for j in numbers if not _numbers_rows(tables, j)]
    # What stands between the two times of a period is no part of a time.
    periods = {j: _starts(tables, j, TWO_TIMES) for j in range(count) if not (uuids[j] or times[j] or counts[j])}
    # Beside one time a row, a column of two is one of periods.
    is_twice = len(timed) > 1 and times[timed[-1]] > 1.5 * times[timed[0]]
    if not timed or not (ids or numbers or any(periods.values()) or is_twice):
        return None
    rows = max([uuids[j] for j in ids] + [counts[j] for j in numbers] or periods.values(), default=0)
    rows = rows or times[timed[0]]
    if any(_is_mixed(tables, j, rows) for j in periods if not periods[j]):
        return None
    for j in ids[:1]:
        names[j] = "ID"
    for j, name in zip(counted, _COUNTS, strict=False):
        names[j] = name
    # Each cell of a time frame begins two times.
    frames = [j for j in timed if times[j] > 1.5 * rows] + [j for j in periods if periods[j] >= 0.5 * rows]
    clocks = [j for j in timed if 0.5 * rows <= times[j] <= 1.5 * rows]
    if not clocks:
        return None
    names[clocks[-1]] = "Search Time"
    for j in frames[:1]:
        names[j] = "Time Frame"
    texts = {
        j: [t for lines in tables for t, c in zip(lines.text, lines.column, strict=True) if c == j]
        for j in range(count)
    }
    free = [j for j in range(count) if names[j] is None and texts[j]]
    for j in list(free):
        share = sum(t.split(" - ")[0].casefold() in SEARCH_TYPES for t in texts[j]) / len(texts[j])
        agency = sum(_AGENCY.search(t) is not None for t in texts[j]) / len(texts[j])
        if share >= _MOSTLY and "Search Type" not in names:
            names[j] = "Search Type"
        elif agency >= 0.5 and "Org Name" not in names:
            names[j] = "Org Name"
        else:
            continue
        free.remove(j)
    # A list of users or of hits has a time and a number, or a time and an id, too, and its rows may be numbered.
    is_typed = "Search Type" in names
    if not (frames or is_typed or (ids and counted)) or not (is_typed or ids or counted):
        return None
    wordy = [j for j in free if sum(len(t.split()) for t in texts[j]) >= 1.5 * len(texts[j])]
    if wordy:
        names[max(wordy, key=lambda j: sum(map(len, texts[j])))] = "Reason"
    return names


def _numbers_rows(tables: list[Lines], column: int) -> bool:
    """Whether most numbers of a column are one more than the one above: those of the rows, and no counts."""
    steps = [
        int(b) - int(a)
        for lines in tables
        for a, b in pairwise(t for t, j in zip(lines.text, lines.column, strict=True) if j == column and t.isdecimal())
    ]
    return len(steps) > 1 and steps.count(1) >= _MOSTLY * len(steps)


def _is_mixed(tables: list[Lines], column: int, rows: int) -> bool:
    """Whether a column that is of no type has an id in most of *rows*, or a moment and something else."""
    texts = [text for lines in tables for text, j in zip(lines.text, lines.column, strict=True) if j == column]
    ids = sum(UUID.start.match(text) is not None for text in texts)
    rests = [_TIMELY.sub("", text).strip() for text in texts if _CLOCK.search(text) or _DAY.search(text)]
    return max(ids, sum(map(bool, rests))) >= _MOSTLY * rows


def _starts(tables: list[Lines], column: int, value_type: ValueType) -> int:
    """How many values of the type a column holds; 0 where it holds much else."""
    values = whole = stray = 0
    for lines in tables:
        blocks = find_anchors(lines, column, value_type).blocks
        inside = {i for block in blocks for i in block}
        values += len(blocks)
        texts = ["".join(lines.text[i] for i in block) for block in blocks]
        whole += sum(is_type(value_type, _TO.sub("", text)) for text in texts)
        mine = np.flatnonzero(lines.column == column).tolist()
        stray += sum(1 for i in mine if i not in inside and not is_marker(lines.text[i]))
    return values if values >= 3 and whole >= _MOSTLY * values and stray <= 0.2 * (values + stray) else 0
