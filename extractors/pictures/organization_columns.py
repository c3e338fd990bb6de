"""The columns of a list of organizations on a picture: its printed headings, the column of the names, and texts that
all rows repeat."""

from __future__ import annotations

from collections import Counter

from extractors.pictures.read_page import TextLine
from records.headers import normalise_header
from records.organization_names import share_like_organizations
from records.sharing_headers import SHARING_FIELDS, sharing_fields

LIKE = 0.6
"""Share of a column's lines that must look like names."""
_FEWEST = 3
"""Names without any heading that make a list."""
_REPEATED = 0.5
"""Share of rows that must repeat a text before it is furniture."""


def find_headings(lines: list[TextLine]) -> dict[int, TextLine]:
    """Index into ``SHARING_FIELDS`` -> its printed heading, where at least two stand side by side."""
    found: dict[int, TextLine] = {}
    for line in lines:
        name = sharing_fields().get(normalise_header(line.text))
        if name is not None:
            found.setdefault(SHARING_FIELDS.index(name), line)
    levels = [(line.box[1] + line.box[3]) / 2 for line in found.values()]
    heights = [line.box[3] - line.box[1] for line in found.values()]
    return found if len(found) > 1 and max(levels) - min(levels) < max(heights) else {}


def below_headings(headings: dict[int, TextLine]) -> float:
    """Where the body of the list begins, in pixels from the top; minus infinity without headings."""
    return max((line.box[3] for line in headings.values()), default=float("-inf")) - 0.5


def repeated_texts(lines: list[TextLine], headings: dict[int, TextLine], unit: float) -> list[TextLine]:
    """Lines whose text stands in half of the rows: buttons and hints. Not under a heading: there it is a network."""
    free = [line for line in lines if heading_over(line, headings, unit) in (None, 0)]
    rows = max((len(column) for column in columns_of(free, unit)), default=0)
    count = Counter(normalise_header(line.text) for line in free)
    return [line for line in free if count[normalise_header(line.text)] >= max(_FEWEST, _REPEATED * rows)]


def columns_of(lines: list[TextLine], unit: float) -> list[list[TextLine]]:
    """Lines that begin at one x, downwards; the leftmost column first."""
    columns: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: one.box[0]):
        if columns and line.box[0] - columns[-1][-1].box[0] <= 0.6 * unit:
            columns[-1].append(line)
        else:
            columns.append([line])
    return [sorted(column, key=lambda one: one.box[1]) for column in columns]


def name_column(columns: list[list[TextLine]], headings: dict[int, TextLine]) -> list[TextLine] | None:
    """The column of names: under its heading, else the leftmost that is mostly names."""
    if 0 in headings:
        x = headings[0].box[0]
        height = headings[0].box[3] - headings[0].box[1]
        columns = [c for c in columns if abs(c[0].box[0] - x) <= 3 * height]
        least = 1
    else:
        least = _FEWEST
    for column in columns:
        texts = [line.text for line in column]
        if len(texts) >= least and share_like_organizations(texts) >= LIKE:
            return column
    return None


def heading_over(line: TextLine, headings: dict[int, TextLine], unit: float) -> int | None:
    """The heading whose column the line stands in: the last that begins left of it."""
    begun = {k: h.box[0] for k, h in headings.items() if h.box[0] <= line.box[0] + unit}
    return max(begun, key=lambda k: begun[k]) if begun else None
