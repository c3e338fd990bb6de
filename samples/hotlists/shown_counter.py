"""The counter above a list: "12 of 14 selected"."""

from __future__ import annotations

from samples.hotlists.spec import ON_STATES, ListSpec, parents


def counter_text(spec: ListSpec) -> str:
    """What it says, or nothing. Entries with others under them are not counted."""
    on, total = _counted(spec)
    return {"": "", "of": f"{on} of {total} selected", "selected": f"{on} selected"}[spec.counter]


def counter_numbers(spec: ListSpec) -> list[tuple[str, str]]:
    """Fact and value of each number in it."""
    on, total = _counted(spec)
    numbers = [("count_on", str(on)), ("count_total", str(total))]
    return numbers[: {"": 0, "selected": 1, "of": 2}[spec.counter]]


def _counted(spec: ListSpec) -> tuple[int, int]:
    above = set(parents(spec.entries))
    leaves = [entry for index, entry in enumerate(spec.entries) if index not in above]
    return sum(entry.state in ON_STATES for entry in leaves), len(leaves)
