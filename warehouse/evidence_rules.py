"""The rules for immigration evidence, from ``warehouse/rules/immigration.toml``, ready to be asked."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from warehouse.evidence_words import any_label

CLASSES = ("dropdown_label", "agency_keyword", "topic_keyword", "ambiguous")
"""The strongest first."""
_NEAR = 60
"""Characters before and behind a hit that ``before`` and ``after`` may look at."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What makes a hit ambiguous."""

    name: str
    before: tuple[re.Pattern[str], ...] = ()
    after: tuple[re.Pattern[str], ...] = ()
    anywhere: tuple[re.Pattern[str], ...] = ()

    def fits(self, text: str, start: int, end: int) -> bool:
        """Whether it speaks against the hit at ``[start, end)`` of *text*."""
        return _is_beside(self.before, self.after, text, start, end) or any(p.search(text) for p in self.anywhere)


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One rule of the file."""

    rule_id: str
    evidence_class: str
    pattern: re.Pattern[str]
    is_label: bool
    doubts: tuple[Doubt, ...]
    claims: dict[str, tuple[re.Pattern[str], ...]]
    """``whole``, ``before``, ``after``; all empty: the class needs no claim."""
    both: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    """Claims that need what stands before and behind the hit."""
    alone_behind: re.Pattern[str] | None
    """The labels behind which ``whole`` counts; ``None``: any."""
    entry: dict[str, Any] = field(repr=False)

    @property
    def needs_claim(self) -> bool:
        """Whether its class counts only beside words that show what is meant."""
        return any(self.claims.values()) or bool(self.both)

    def is_claimed(self, text: str, start: int, end: int) -> bool:
        """Whether the words beside the hit at ``[start, end)`` show that it is what the rule looks for."""
        return _is_beside(self.claims["before"], self.claims["after"], text, start, end) or any(
            _is_beside((left,), (), text, start, end) and _is_beside((), (right,), text, start, end)
            for left, right in self.both
        )


@functools.cache
def table() -> dict[str, Any]:
    """The file as it is."""
    text = (importlib.resources.files("warehouse") / "rules" / "immigration.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@functools.cache
def evidence_rules() -> tuple[EvidenceRule, ...]:
    """In the order of the file; ``ValueError`` where it is wrong."""
    found = tuple(map(_rule, table()["rule"]))
    if unknown := {rule.evidence_class for rule in found} - set(CLASSES):
        raise ValueError(f"immigration.toml: {sorted(unknown)} are no classes")
    if len({rule.rule_id for rule in found}) < len(found):
        raise ValueError("immigration.toml: two rules have one id")
    return found


def _rule(entry: dict[str, Any]) -> EvidenceRule:
    flags = re.IGNORECASE if entry["ignore_case"] else 0
    if entry.get("place") == "label":
        # Behind a comma stands another label: one of the list, or one not known to us before a dash.
        more = rf"(?:\s*,\s*(?:{any_label()}|[A-Z][\w/&() ]{{1,60}}(?=\s[-–—]\s))){{0,4}}"
        pattern = (
            rf"\A\s*(?:(?:{any_label()})\s*,\s*){{0,4}}(?P<hit>{entry['pattern']})(?={more}(?:\s*\Z|\s+[-–—](?:\s|\Z)))"
        )
    else:
        pattern = rf"(?<!\w)(?P<hit>{entry['pattern']})(?!\w)"
    doubts = [_doubt(name, table()["doubt"][name]) for name in entry.get("doubts", ())]
    if "anywhere_doubts" in entry:
        doubts.append(Doubt("look_alike", anywhere=_compiled(entry["anywhere_doubts"])))
    given = [entry.get("claims", {}), *(table()["claim"][name] for name in entry.get("claimed_by", ()))]
    claims = {
        where: _compiled([p.replace("%pattern%", entry["pattern"]) for claim in given for p in claim.get(where, ())])
        for where in ("whole", "before", "after")
    }
    both = tuple((re.compile(left), re.compile(right)) for claim in given for left, right in claim.get("both", ()))
    behind = re.compile(entry["alone_behind"]) if "alone_behind" in entry else None
    is_label = entry.get("place") == "label"
    return EvidenceRule(
        entry["id"], entry["class"], re.compile(pattern, flags), is_label, tuple(doubts), claims, both, behind, entry
    )


def _doubt(name: str, entry: dict[str, Any]) -> Doubt:
    # The same words in capitals and small letters: a doubt is not to be missed because somebody shouts.
    return Doubt(name, *(_compiled(entry.get(where, ()), re.IGNORECASE) for where in ("before", "after", "anywhere")))


def _compiled(patterns: list[str] | tuple[str, ...], flags: int = 0) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, flags) for pattern in patterns)


def _is_beside(
    before: tuple[re.Pattern[str], ...], after: tuple[re.Pattern[str], ...], text: str, start: int, end: int
) -> bool:
    left, right = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return any(p.search(left) for p in before) or any(p.search(right) for p in after)


@functools.cache
def prefilter() -> str:
    """RE2 that finds every text in which a rule or a published term may find something, and few others.

    Letters of ASCII only: classes of Unicode make it a hundred times slower.
    """
    terms = (term for entry in rule_sets().values() for term in entry["terms"])
    words = {word for rule in evidence_rules() for word in rule.entry["prefilter"]}
    words |= {re.findall(r"\w+", term)[0].casefold() for term in terms}
    words = {word for word in words if not any(word != other and word.startswith(other) for other in words)}
    return rf"(?i)(?:^|[^a-z0-9_])(?:{'|'.join(map(re.escape, sorted(words)))})"


@functools.cache
def rule_sets() -> dict[str, dict[str, Any]]:
    """Id -> one named set of published terms (``warehouse/rules/rule_sets.toml``)."""
    text = (importlib.resources.files("warehouse") / "rules" / "rule_sets.toml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(text)["set"]}
