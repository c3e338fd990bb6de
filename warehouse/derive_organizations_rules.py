"""The rules for names of organizations, from ``warehouse/rules/organizations.toml``, with their patterns compiled."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from dataclasses import dataclass
from typing import Any

TYPES = (
    "police",
    "sheriff",
    "state_police",
    "state_agency",
    "federal",
    "school_district",
    "campus",
    "tribal",
    "fire",
    "corrections",
    "prosecutor",
    "constable",
    "marshal",
    "local_government",
    "private",
    "task_force",
    "transit",
    "demo",
    "unknown",
)
FLAGS = ("is_federal", "is_inactive", "is_deactivated", "is_demo")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where its pattern finds something, and its ``unless`` nothing, it says ``value``."""

    rule_id: str
    value: str
    """The type, the tier of a state rule, or the flag of a tag."""
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    is_weak: bool = False
    is_generic: bool = False
    takes_words: bool = True
    """State rules: codes that are also words or short forms count too."""


@functools.cache
def table() -> dict[str, Any]:
    """The file as it is."""
    text = (importlib.resources.files("warehouse") / "rules" / "organizations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def state_codes() -> dict[str, str]:
    """Code or name in any case, e.g. ``"FL"``, ``"Florida"`` -> ``"FL"``; keys are casefolded."""
    states: dict[str, str] = table()["states"]
    return {key.casefold(): code for code, name in states.items() for key in (code, name)}


def _compiled(pattern: str, ignore_case: bool = False) -> re.Pattern[str]:
    states: dict[str, str] = table()["states"]
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(states.values(), key=len, reverse=True))
    for placeholder, said in (
        ("%suffix%", f"(?:{'|'.join(table()['words']['suffix'])})"),
        # A state stays a code in capitals, also where the words of a rule are read in any case.
        ("%code%", f"(?-i:{'|'.join(states)})"),
        ("%state%", f"(?:{names})"),
    ):
        pattern = pattern.replace(placeholder, said)
    return re.compile(pattern, re.IGNORECASE if ignore_case else 0)


def _unless(entry: dict[str, Any], ignore_case: bool) -> re.Pattern[str] | None:
    return _compiled(entry["unless"], ignore_case) if "unless" in entry else None


@functools.cache
def state_rules() -> tuple[Rule, ...]:
    """In the order of the file; ``value`` is the tier."""
    return tuple(
        Rule(
            entry["id"],
            entry["tier"],
            _compiled(entry["pattern"], ignore_case=False),
            _unless(entry, ignore_case=False),
            takes_words=entry.get("also", True),
        )
        for entry in table()["state"]
    )


@functools.cache
def type_rules() -> tuple[Rule, ...]:
    """In the order of the file: the first that fits wins, generic ones last."""
    rules = [
        Rule(
            entry["id"],
            entry["type"],
            _compiled(entry["pattern"], ignore_case=True),
            _unless(entry, ignore_case=True),
            is_weak=entry.get("weak", False),
            is_generic=entry.get("generic", False),
        )
        for entry in table()["type"]
    ]
    if unknown := {rule.value for rule in rules} - set(TYPES):
        raise ValueError(f"organizations.toml: {sorted(unknown)} are no types")
    return tuple(rules)


@functools.cache
def tag_rules() -> tuple[Rule, ...]:
    """``value`` is the flag. A tag stands in brackets, behind a dash at the end, or before one at the start."""
    found = []
    for entry in table()["tag"]:
        if entry["flag"] not in FLAGS:
            raise ValueError(f"organizations.toml: {entry['flag']} is no flag")
        words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in entry["words"])
        dash = rf"|(?<=\S)\s+[-–—]\s*(?:{words})\s*$"
        first = rf"|^\s*(?:{words})\s*[-–—:]\s+(?=\S)"
        pattern = re.compile(rf"[\[({{]\s*(?:{words})\s*[\])}}]{dash}{first}", re.I)
        found.append(Rule(entry["id"], entry["flag"], pattern))
    return tuple(found)


@functools.cache
def producer_rules() -> tuple[tuple[str, Rule], ...]:
    """Source (``file_name`` or ``title``) and rule, whose ``value`` is the kind of log."""
    return tuple(
        (entry["source"], Rule(entry["id"], entry["kind"], re.compile(entry["pattern"], re.IGNORECASE)))
        for entry in table()["producer"]
    )
