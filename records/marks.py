"""Marks: a box, tick, toggle or chip, the label beside it, and the state it shows."""

from __future__ import annotations

import enum


class MarkState(enum.StrEnum):
    """What a mark shows. Unknown is never off: what cannot be told is ``unreadable``."""

    ON = "on"
    OFF = "off"
    MIXED = "mixed"
    """A parent some of whose children are on."""
    DISABLED_ON = "disabled_on"
    DISABLED_OFF = "disabled_off"
    UNREADABLE = "unreadable"
    NOT_VISIBLE = "not_visible"
    """Only for topics of the catalogue that no picture of the list shows; never stored with a mark."""


class MarkStyle(enum.StrEnum):
    """What the mark looks like."""

    CHECK_BOX = "check_box"
    """A square, drawn by a program or by hand, with or without a tick, cross or fill in it."""
    TOGGLE = "toggle"
    """A knob in a track."""
    RADIO = "radio"
    """One of several circles, with or without a dot."""
    WORD = "word"
    """``On``/``Off``, ``Yes``/``No``, ``Enabled``/``Disabled`` in words."""
    CHECK_ICON = "check_icon"
    """A tick before or behind the entries that are chosen, and nothing at the others."""
    CHIP = "chip"
    """A closed multi-select that shows what is chosen, and nothing else."""
    OTHER = "other"


class MarkMethod(enum.StrEnum):
    """What the state was told by."""

    ACROFORM = "acroform"
    VECTOR = "vector"
    PIXELS = "pixels"
    WORDS = "words"


class Agreement(enum.StrEnum):
    """How several looks at one thing agree: the class whose measured frequency of being right is its confidence."""

    LAYER = "layer"
    """The file's own text, or its form field: nothing was recognised."""
    BOTH = "both"
    """Both readers read the same."""
    FORMAT = "format"
    """One reading is proved by a format or by the catalogue."""
    SPACES = "spaces"
    """Both read the same letters, the spaces differ."""
    DIFFER = "differ"
    """The readers differ and nothing decides."""
    ONE = "one"
    """Only one reader saw it, or only one is there."""


class Direction(enum.StrEnum):
    """Who shares with whom, in a sharing list."""

    SHARED_WITH_ME = "shared_with_me"
    SHARING_TO = "sharing_to"
    BOTH = "both"
    UNKNOWN = "unknown"


def mark_id(document_id: str, page_number: int, mark_number: int) -> str:
    """``<first 16 hex>-p<page>-m<mark>``: marks are counted from 1 on their page, in reading order."""
    return f"{document_id[:16]}-p{page_number:05d}-m{mark_number:03d}"
