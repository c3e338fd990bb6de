"""One header after the other -> where the cells of each column go. Pure; the SQL is in ``load_rows``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.headers import canonical_field
from records.rows import AUDIT_FIELDS


@dataclass(frozen=True, slots=True)
class Column:
    """Where one printed column goes: to a canonical field, or into ``other`` under a key of its own."""

    ordinal: int
    """From 0, left to right."""
    header: str | None
    """As printed; where none is printed, the name given by a person or by the values; None where there is neither."""
    field: str | None
    other_key: str | None

    @property
    def name(self) -> str:
        """What issues, readings and continuations call the column."""
        return self.field or self.other_key or ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of every segment that prints this header."""

    columns: tuple[Column, ...]

    def ordinals(self, field: str) -> tuple[int, ...]:
        """The columns that stand for *field*, left to right; two when a log prints `Search Date` and `Search Time`."""
        return tuple(column.ordinal for column in self.columns if column.field == field)

    @property
    def joined_fields(self) -> tuple[str, ...]:
        """Fields that more than one column stands for."""
        return tuple(field for field in AUDIT_FIELDS if len(self.ordinals(field)) > 1)

    @property
    def other_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field is None)


def layout(headers: Iterable[str | None]) -> Layout:
    """The layout of a segment with these headers, left to right; None where a column has none.

    A column without a header is ``column_<n>``, counted from 1 as people count. Keys of ``other`` are unique in a
    segment: the second of two equal headers carries its number too, so that neither hides the other.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for ordinal, printed in enumerate(headers):
        field = canonical_field(printed) if printed is not None else None
        other_key = None
        if field is None:
            other_key = printed if printed is not None and printed.strip() else f"column_{ordinal + 1}"
            while other_key in taken:
                other_key = f"{other_key} (column {ordinal + 1})"
            taken.add(other_key)
        columns.append(Column(ordinal, printed, field, other_key))
    return Layout(tuple(columns))
