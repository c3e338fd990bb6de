"""Headings that the next column cuts, as spreadsheets print what does not fit: what they say as a whole, where only one
field's spellings begin so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from extractors.labels import Label
from records.headers import canonical_field, header_spellings, normalise_header

_TOUCH = 1.0
"""Points of white, at most, between a heading that is cut and the next one."""
_LEAST = 4
"""Letters that must be left of it."""


def whole_names(labels: Sequence[Label]) -> list[str | None]:
    """For each of the *labels*, left to right, the known spelling that it is cut from; None where it is whole, or where
    what is left begins spellings of two fields, or of one that another label names."""
    taken = {label.field for label in labels}
    names: list[str | None] = []
    for label, after in zip_longest(labels, labels[1:]):
        is_cut = label.field is None and after is not None and after.box.x0 - label.box.x1 <= _TOUCH
        fields = _begun(normalise_header(label.text)) if is_cut else {}
        names.append(next(iter(fields.values())) if len(fields) == 1 and not taken & fields.keys() else None)
    return names


def may_be_cut(label: Label) -> bool:
    """Whether the label says no field but may be the beginning of one that does."""
    return label.field is None and bool(_begun(normalise_header(label.text)))


def _begun(key: str) -> dict[str | None, str]:
    """The fields whose spellings begin with *key* and go on, each with its shortest spelling."""
    if len(key) < _LEAST:
        return {}
    longer = sorted((s for s in header_spellings() if normalise_header(s).startswith(key)), key=len, reverse=True)
    return {canonical_field(spelling): spelling for spelling in longer}
