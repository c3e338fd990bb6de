"""A picture of a list of organizations: its rows, what is in none, and the form in which it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.found import Found, FoundIssue
from extractors.pictures.read_page import Box, PagePicture, TextLine
from extractors.sharing_texts import box_around, direction_of, outside_text
from records.documents import SegmentKind
from records.marks import Agreement, Direction
from records.sharing_headers import SHARING_FIELDS


@dataclass(slots=True)
class OrganizationRow:
    """One organization: the lines of its name, and of its networks by ``SHARING_FIELDS`` index."""

    name: list[TextLine]
    networks: dict[int, list[TextLine]] = field(default_factory=dict)

    @property
    def organization(self) -> str:
        return " ".join(line.text for line in self.name)

    def text(self, column: int) -> str | None:
        """The lines of one of ``SHARING_FIELDS``, joined by spaces; None where there is none."""
        lines = self.name if column == 0 else self.networks.get(column, [])
        return " ".join(line.text for line in lines) or None

    @property
    def agreement(self) -> Agreement:
        """The least sure of the name's lines."""
        return max((line.agreement for line in self.name), key=_SURE_FIRST.index)


_SURE_FIRST = (
    Agreement.LAYER, Agreement.FORMAT, Agreement.BOTH, Agreement.SPACES, Agreement.ONE, Agreement.DIFFER,
)  # fmt: skip


@dataclass(slots=True)
class OrganizationPage:
    """A picture of a list. ``furniture`` and ``left`` are the lines in no row; every line is in one of the three."""

    rows: list[OrganizationRow]
    furniture: list[TextLine]
    left: list[TextLine]
    issues: list[FoundIssue]
    direction: Direction
    """What a heading over the whole list says."""

    def found(self, picture: PagePicture, readers: tuple[str, ...]) -> Found:
        """The page as the parts store it, in points."""
        number = picture.page_number
        engine = "+".join(readers)
        outside = [outside_text(line, picture, "furniture", "repeated") for line in self.furniture]
        outside += [outside_text(line, picture, "left", "outside_table") for line in self.left]
        used = [line for row in self.rows for line in (*row.name, *(x for n in row.networks.values() for x in n))]
        return Found(
            SegmentKind.SHARING_LIST,
            f"a picture with a list of {len(self.rows)} organizations",
            engine,
            organizations=[self._stored(row, k, picture, engine) for k, row in enumerate(self.rows, start=1)],
            readings=[
                (number, k, None, column, seen.reader, seen.text, seen.score, *picture.to_points(seen.box))
                for k, row in enumerate(self.rows, start=1)
                for column in range(len(SHARING_FIELDS))
                for line in (row.name if column == 0 else row.networks.get(column, []))
                for seen in line.readings
            ],
            issues=self.issues,
            outside=outside,
            seen=sum(_count(line) for line in used) + sum(line.glyph_count for line in outside),
            used=sum(_count(line) for line in used),
        )

    def _stored(self, row: OrganizationRow, k: int, picture: PagePicture, engine: str) -> tuple[object, ...]:
        with_me, to = row.text(1), row.text(2)
        direction = direction_of(with_me, to) if row.networks else self.direction
        boxes = [_points(row.networks.get(column, []), picture) for column in (1, 2)]
        return (
            picture.page_number, k, row.organization, with_me, to, str(direction), str(row.agreement), engine,
            *_points(row.name, picture), *boxes[0], *boxes[1],
        )  # fmt: skip


def _count(line: TextLine) -> int:
    return len("".join(line.text.split()))


def _points(lines: list[TextLine], picture: PagePicture) -> Box | tuple[None, None, None, None]:
    return picture.to_points(box_around([line.box for line in lines])) if lines else (None, None, None, None)
