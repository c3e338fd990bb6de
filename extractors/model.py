"""The table model of a segment: fitted once on sample pages, then applied to every page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from extractors.glyphs import Floats
from extractors.labels import Header, Label
from extractors.values import FIELD_TYPES, TWO_TIMES, VALUE_TYPES, ValueType
from records.headers import canonical_field
from records.places import BBox


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its band, its printed label (None where the page prints none) and what its values look like."""

    left: float
    right: float
    label: Label | None
    value_type: str | None
    """A name of ``VALUE_TYPES`` that nearly all values have, or None."""
    is_always_filled: bool
    """No row of the sample had this cell empty."""
    room: float
    """Points of text that fit on one line at most, by the edges: for undoing wraps inside a token."""
    widest: float = 0.0
    """Points of the widest line of the sample: at least so much fits."""
    cuts: bool | None = None
    """Whether single words that fill their line were cut there, as a rule, or broken at a space; None where too few
    were seen to tell."""
    parts_words: bool = False
    """Its program parts words at line ends, with a hyphen of its own that is taken out when lines are joined."""
    words: tuple[str, ...] = ()
    """Where its program parts words with the hyphen that people type, too: the words that its log holds whole."""
    breaks: bool = True
    """Lines of its cells may end though the next word would have fitted."""
    most_lines: int = 99
    """Lines of the tallest cell of the sample."""
    rows_seen: int = 0
    """Rows of the sample that all this was learnt from."""
    like: float = 0.0
    """Share of the sample's values that are of the kind the column's name promises."""
    end: str | None = None
    """A pattern that its times match to their end, white space removed."""
    given: str | None = None
    """A name that is not printed: given by a person or told by the values; or the whole of a heading that is cut."""
    basis: str | None = None
    """``hint`` or ``values`` for a given name."""
    meets: tuple[float | None, float] | None = None
    """Where its texts end and those of the next column begin, in rows in which they touch; without an end, where they
    begin after one space. None where none do."""

    cut: tuple[float, float] | None = None
    """Where lines of a text begin and end that is cut between any two glyphs, and not at spaces; None of others."""

    @property
    def full_width(self) -> float:
        """Points from which on a line of one plain word was cut."""
        return self.room if self.cuts is None else -np.inf if self.cuts else np.inf

    @property
    def name(self) -> str | None:
        """The printed name, else the given one; of a heading that is cut, the whole one."""
        return self.given or (self.label.text if self.label else None)


LINE_SLACK = 1.2
"""Of the usual step from one line of a cell to the next: the largest."""


@dataclass(frozen=True, slots=True)
class TableModel:
    """Where the columns are and how rows begin. Points; ``header_page`` is 1-based, None without a header."""

    columns: tuple[Column, ...]
    header_page: int | None
    height: float
    """Usual glyph height: the unit of tolerances."""
    is_ruled: bool
    """Horizontal rulings (or fills) separate the rows."""
    alignment: str
    """``top``, ``middle`` or ``bottom``: how the cells of a row stand against each other."""
    anchor: int
    """The column whose values start rows."""
    line_step: float
    """Largest step from one line of a cell to the next."""
    row_step: float
    """Largest step from one line to the next inside the table, rows included."""
    body_top: float | None = None
    """Where table text begins on pages without the header; None where the sample has no such page."""
    furniture: tuple[tuple[float, str], ...] = ()
    """Baseline and text of lines that stand at one place on many pages and are no part of the table."""
    header_lines: tuple[tuple[int, str], ...] = ()
    """Column and text of every line of the printed header: how a repeated header is recognised at once."""
    clip: float | None = None
    """From where on the text of the last column was not printed any more; None where it was."""
    top: float = 0.0
    """From which height on the model holds on its first page: above, another log ends."""

    @property
    def edges(self) -> Floats:
        return np.array([self.columns[0].left, *(c.right for c in self.columns)])

    @property
    def meets(self) -> Floats | None:
        """Shape (columns, 2): see :attr:`Column.meets`, with nan for None; None where no texts touch."""
        if all(c.meets is None for c in self.columns):
            return None
        return np.array([c.meets or (None, None) for c in self.columns], np.float64)

    @property
    def header_key(self) -> tuple[str, ...]:
        labels = [c.label for c in self.columns if c.label]
        return Header(tuple(labels), 0.0, 0.0).key

    @property
    def anchor_type(self) -> ValueType:
        return VALUE_TYPES[self.columns[self.anchor].value_type or "time"]

    def starts(self) -> list[tuple[int, ValueType]]:
        """The typed columns that every row of this log fills: a row without any of them is a piece of one."""
        typed = [(j, VALUE_TYPES[c.value_type]) for j, c in enumerate(self.columns) if c.value_type]
        typed = [(j, t) for j, t in typed if t is not TWO_TIMES]  # whose second line begins like its first
        filled = [(j, t) for j, t in typed if self.columns[j].is_always_filled or j == self.anchor]
        return filled or typed

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> TableModel:
        data: dict[str, Any] = json.loads(text)
        columns = []
        for c in data.pop("columns"):
            label, meets, cut, words = c.pop("label"), c.pop("meets"), c.pop("cut"), tuple(c.pop("words"))
            told = Label(label["text"], BBox(**label["box"])) if label else None
            ends = [(pair[0], pair[1]) if pair else None for pair in (meets, cut)]
            columns.append(Column(label=told, meets=ends[0], cut=ends[1], words=words, **c))
        furniture = tuple((y, text) for y, text in data.pop("furniture"))
        header = tuple((j, text) for j, text in data.pop("header_lines"))
        return TableModel(columns=tuple(columns), furniture=furniture, header_lines=header, **data)


def expected_type(column: Column) -> ValueType | None:
    """The value type that a column of this name usually holds."""
    return FIELD_TYPES.get(canonical_field(column.name) or "") if column.name else None
