"""Names of organizations, judged by hand before the rules were asked: most are read rightly, the rest is flagged, and
nothing wrong stands there without a flag."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.derive_organizations_name import OrganizationName, judge

_FILE = Path(__file__).with_name("organization_names.txt")
_FLAGS = {"F": "is_federal", "I": "is_inactive", "D": "is_deactivated"}


def _judged() -> list[tuple[str, set[str], set[str], str]]:
    lines = [line for line in _FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    cells = [[*line.split("|"), ""][:4] for line in lines]
    return [(name, set(types.split("/")), set(states.split("/")), flags) for name, types, states, flags in cells]


JUDGED = _judged()


def _is_right(found: OrganizationName, types: set[str], states: set[str]) -> bool:
    return found.org_type in types and (found.state or "-") in states


def test_ninety_seven_of_a_hundred_are_right() -> None:
    right = sum(_is_right(judge(name), types, states) for name, types, states, _ in JUDGED)
    assert len(JUDGED) >= 600
    assert right / len(JUDGED) >= 0.97


@pytest.mark.parametrize(("name", "types", "states", "flags"), JUDGED)
def test_nothing_wrong_stands_there_without_a_flag(name: str, types: set[str], states: set[str], flags: str) -> None:
    found = judge(name)
    assert found.org_type in types or found.org_type == "unknown" or found.review_of("type")
    assert (found.state or "-") in states or found.state is None
    told = {letter for letter, flag in _FLAGS.items() if found.flags[flag]}
    assert told - {"F"} == set(flags) - {"F"}
    assert ("F" in told) == ("F" in flags or found.org_type == "federal")
