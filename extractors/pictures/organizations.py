"""Lists of organizations on pictures: the vendor's screen, one organization a row, or a scanned sharing list.

A list is recognised as a whole: a column of lines most of which look like names of organizations. Then every line of
the column is a row, also an odd one. Text that all rows repeat ("Expand this section …") is furniture; what else
stands in a row goes to its networks only where a printed heading says which they are, and is left over otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.found import FoundIssue
from extractors.pictures.organization_columns import (
    LIKE,
    below_headings,
    columns_of,
    find_headings,
    heading_over,
    name_column,
    repeated_texts,
)
from extractors.pictures.organization_page import OrganizationPage, OrganizationRow
from extractors.pictures.read_page import PagePicture, ReadPicture, TextLine
from extractors.sharing_texts import box_around
from records.headers import normalise_header
from records.issues import Severity
from records.marks import Agreement, Direction
from records.sharing_headers import SHARING_FIELDS, list_headings, sharing_fields

_OTHERS = 0.5
"""Of the lines beside the names, at most so many may be neither repeated nor under a heading: else it is another
table, such as an audit log."""
_ICONS = frozenset(
    ["V", "v", "Vv", "Y", "y", ">", "<", "^", "+", "\u2022", "\u203a", "\u2228", "\u25be", "\u25bc", "\u2304"]
)
"""What readers make of the arrow before a row that can be opened."""
_CUT = 0.75
"""Of the usual height: lines at the picture's edge that are lower are cut through."""


def find_organizations(read: ReadPicture) -> OrganizationPage | None:
    """The list of organizations on the picture, or None where it holds none."""
    lines = [line for line in read.lines if line.text.strip()]
    if not lines:
        return None
    unit = median(line.box[3] - line.box[1] for line in lines)
    headings = find_headings(lines)
    body = [line for line in lines if line not in headings.values() and line.box[1] >= below_headings(headings)]
    repeated = repeated_texts(body, headings, unit)
    columns = columns_of([line for line in body if line not in repeated], unit)
    names = name_column(columns, headings)
    if names is None:
        return None
    plain = _without_icons(names)
    body = [plain.get(line, line) for line in body]
    names = [plain.get(line, line) for line in names]
    edge = [line for line in names if _is_cut(line, read.picture, unit)]
    rows = _rows([line for line in names if line not in edge], unit)
    if not rows:
        return None
    rest = [line for line in body if line not in names]
    others = [line for line in rest if line not in repeated]
    unplaced = _place(rows, others, headings, unit)
    within = [line for line in unplaced if _top(rows) <= line.box[1] <= _bottom(rows, unit)]
    if len(within) > _OTHERS * len(names):
        return None
    above = [line for line in lines if line not in body and line not in headings.values()]
    furniture = [line for line in rest if line in repeated] + list(headings.values())
    page = OrganizationPage(rows, furniture, above + unplaced + edge, [], _direction(above + unplaced, headings))
    _tell(page, read, edge, unit)
    return page


def _rows(names: list[TextLine], unit: float) -> list[OrganizationRow]:
    """The lines of the column as rows: a line much closer to the one above than rows are goes on with its name."""
    steps = [b.box[1] - a.box[1] for a, b in pairwise(names)]
    usual = median(steps) if steps else 0.0
    rows: list[OrganizationRow] = []
    for line in names:
        step = line.box[1] - rows[-1].name[-1].box[1] if rows else float("inf")
        if step < 0.7 * usual and step < 1.9 * unit:
            rows[-1].name.append(line)
        else:
            rows.append(OrganizationRow([line]))
    return rows


def _without_icons(names: list[TextLine]) -> dict[TextLine, TextLine]:
    """Line -> the same without the icon before it that was read as a letter, where most rows have one. The readings
    stay as they are."""
    marked = [line for line in names if len(line.words) > 1 and line.words[0].text in _ICONS]
    if len(marked) < LIKE * len(names):
        return {}
    return {
        line: replace(
            line,
            text=line.text.removeprefix(line.words[0].text).lstrip(),
            box=box_around([word.box for word in line.words[1:]]),
            words=line.words[1:],
        )
        for line in marked
    }


def _is_cut(line: TextLine, picture: PagePicture, unit: float) -> bool:
    """Whether the line lies at the picture's upper or lower edge and is too low to be whole."""
    height = line.box[3] - line.box[1]
    at_edge = line.box[1] <= 2 or line.box[3] >= picture.pixels.shape[0] - 2
    return at_edge and height < _CUT * unit


def _top(rows: list[OrganizationRow]) -> float:
    return rows[0].name[0].box[1]


def _bottom(rows: list[OrganizationRow], unit: float) -> float:
    return rows[-1].name[-1].box[3] + 2 * unit


def _place(
    rows: list[OrganizationRow], others: list[TextLine], headings: dict[int, TextLine], unit: float
) -> list[TextLine]:
    """Put the lines that a heading or a label in the row tells into the rows; give back the rest.

    A label ("Networks shared with me:") holds for what follows it in its row.
    """
    left: list[TextLine] = []
    told: dict[int, int] = {}
    for line in sorted(others, key=lambda one: (one.box[1], one.box[0])):
        middle = (line.box[1] + line.box[3]) / 2
        at = max((k for k, row in enumerate(rows) if row.name[0].box[1] - 0.5 * unit <= middle), default=None)
        column = heading_over(line, headings, unit)
        label = sharing_fields().get(normalise_header(line.text))
        if at is None:
            left.append(line)
        elif column is not None and column > 0:
            rows[at].networks.setdefault(column, []).append(line)
        elif label in SHARING_FIELDS[1:]:
            told[at] = SHARING_FIELDS.index(str(label))
            left.append(line)
        elif at in told:
            rows[at].networks.setdefault(told[at], []).append(line)
        else:
            left.append(line)
    return left


def _direction(outside: list[TextLine], headings: dict[int, TextLine]) -> Direction:
    """What the one heading of the list says; unknown where there is none, or two that differ (tabs)."""
    if headings:
        return Direction.UNKNOWN
    said = {list_headings().get(normalise_header(line.text).rstrip("0123456789")) for line in outside} - {None}
    said -= {Direction.UNKNOWN}
    only = said.pop() if len(said) == 1 else None
    return only or Direction.UNKNOWN


def _tell(page: OrganizationPage, read: ReadPicture, edge: list[TextLine], unit: float) -> None:
    """The page's issues: readers that differ, names that reach over the picture's edge, rows that are cut through."""
    several = len([reader for reader in read.readers if reader != "layer"]) > 1
    width = read.picture.pixels.shape[1]
    for number, row in enumerate(page.rows, start=1):
        for column in range(len(SHARING_FIELDS)):
            for line in row.name if column == 0 else row.networks.get(column, []):
                alone = several and line.agreement is Agreement.ONE
                if line.agreement is Agreement.DIFFER or alone:
                    seen = " | ".join(f"{one.reader}: {one.text}" for one in line.readings)
                    said = "Only one reader sees this text." if alone else "The two readers see different texts."
                    page.issues.append(
                        FoundIssue(
                            "readers_differ", Severity.DOUBT, said, row_number=number, column=column, seen_text=seen
                        )
                    )
                if line.box[0] <= 1 or line.box[2] >= width - 1 or (_at_edge(line, read) and _low(line, unit)):
                    said = "The text reaches the edge of the picture: it may be cut."
                    page.issues.append(
                        FoundIssue(
                            "cut_at_edge", Severity.DOUBT, said, row_number=number, column=column, seen_text=line.text
                        )
                    )
    for line in edge:
        said = "A row is cut through by the edge of the picture; it is no organization of this page."
        page.issues.append(FoundIssue("cut_at_edge", Severity.DOUBT, said, seen_text=line.text))


def _at_edge(line: TextLine, read: ReadPicture) -> bool:
    return line.box[1] <= 2 or line.box[3] >= read.picture.pixels.shape[0] - 2


def _low(line: TextLine, unit: float) -> bool:
    return line.box[3] - line.box[1] < 0.95 * unit
