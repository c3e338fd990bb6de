"""Which columns a mix prints, in which order, under which labels: those of real releases, and any others."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from records.headers import canonical_field, header_spellings
from samples import columns as usual
from samples.layout import Align, Column

_BY_FIELD = {column.field: column for column in vars(usual).values() if isinstance(column, Column)}

_SEEN = (
    "name total_networks_searched time_frame license_plate case_number filters reason search_time",
    "name total_networks_searched time_frame license_plate reason case_number filters search_time search_type",
    "name org_name total_networks_searched total_devices_searched time_frame license_plate reason case_number"
    " filters search_time search_type",
    "id name org_name total_networks_searched total_devices_searched time_frame license_plate reason case_number"
    " filters search_time search_type text_prompt moderation",
    "id name org_name total_networks_searched time_frame reason case_number search_time search_type text_prompt"
    " moderation",
    "id org_name total_networks_searched total_devices_searched time_frame reason search_time search_type moderation",
    "id name org_name total_networks_searched license_plate reason case_number filters search_time search_type",
    "org_name total_networks_searched time_frame search_time search_type",
    "id name total_networks_searched search_time reason",
)
"""The orders of domain notes, section 2.2."""

_UNKNOWN = {
    "name": ("Login", "Badge / Login"),
    "reason": ("Purpose", "Justification"),
    "case_number": ("Incident", "Reference"),
    "license_plate": ("Tag", "Registration"),
    "filters": ("Search Criteria", "Criteria"),
    "moderation": ("AI Review",),
    "text_prompt": ("Question Asked",),
    "org_name": ("Department",),
}
_EXTRA = {
    "note": "Notes",
    "unit": "Bureau",
    "reviewer": "Reviewed By",
    "shift": "Shift",
    "row": "Row",
    "nothing": "Column1",
}
_RIGHT = ("total_networks_searched", "total_devices_searched", "row")


def columns_of(rng: random.Random, cells: Any) -> tuple[tuple[Column, ...], str]:
    """The columns, left to right, and what kind of choice it was."""
    dice = rng.random()
    if dice < 0.5:
        fields, kind = rng.choice(_SEEN).split(), "seen"
    else:
        fields, kind = _subset(rng), "subset"
        if dice > 0.85:
            rng.shuffle(fields)
            kind = "shuffled"
    for name in rng.sample(list(_EXTRA), rng.choice((0, 0, 0, 1, 2))):
        fields.insert(rng.randrange(len(fields) + 1), name)
    may_be_strange = [name for name in fields if name in _UNKNOWN]
    strange = rng.sample(may_be_strange, 1) if may_be_strange and rng.random() < 0.2 else []
    is_usual, number_align = rng.random() < 0.5, rng.choice(("left", "right", "right", "center"))
    made = []
    for name in fields:
        made.append(_column(rng, name, name in strange, is_usual, number_align))
    return tuple(made), kind


def _subset(rng: random.Random) -> list[str]:
    """Any columns, in their usual order; what makes a log of searches is among them."""
    wanted = {
        "search_time",
        *rng.sample(("total_networks_searched", "search_type", "time_frame", "total_devices_searched"), 2),
    }
    others = [name for name in _BY_FIELD if name not in wanted]
    wanted |= set(rng.sample(others, rng.randrange(1, len(others))))
    return [name for name in _BY_FIELD if name in wanted]


def _column(rng: random.Random, name: str, is_strange: bool, is_usual: bool, number_align: str) -> Column:
    if name in _EXTRA:
        base = Column(name, _EXTRA[name], 5)
    else:
        base = _BY_FIELD[name]
        if is_strange:
            base = replace(base, header=rng.choice(_UNKNOWN[name]))
        elif not is_usual:
            base = replace(
                base, header=rng.choice([label for label in header_spellings() if canonical_field(label) == name])
            )
    align: Align = "left"
    if name in _RIGHT:
        align = number_align  # type: ignore[assignment]
    elif rng.random() < 0.06:
        align = "center"
    return replace(base, weight=base.weight * rng.uniform(0.7, 1.5), align=align)
