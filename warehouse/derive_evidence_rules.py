"""The rules for immigration evidence, from ``warehouse/rules/immigration.toml``, applied to one text.

A pure function of text and rules. Whoever wants to know why a text has a class finds the rule, its span and the name of
the doubt that made it ambiguous.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from warehouse.search_rules import label_pattern, offense_categories

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

    def fits(self, text: str, start: int, end: int, told: str) -> bool:
        """Whether it speaks against the hit at ``[start, end)``, or ``anywhere`` in *told*."""
        return _beside(self.before, self.after, text, start, end) or any(p.search(told) for p in self.anywhere)


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """One rule of the file."""

    rule_id: str
    evidence_class: str
    pattern: re.Pattern[str]
    is_label: bool
    doubts: tuple[Doubt, ...]
    claims: dict[str, tuple[re.Pattern[str], ...]]
    """``whole``, ``before``, ``after``; empty: the class needs no claim."""
    alone_behind: re.Pattern[str] | None
    """The labels behind which ``whole`` counts; ``None``: any."""
    entry: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule found in one text, at its best place."""

    rule_id: str
    evidence_class: str
    start: int
    end: int
    matched_text: str
    doubt: str | None
    """Why it is ambiguous: a doubt, ``no_claim``, or null where the rule is ambiguous by itself or the class stands."""


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
        pattern = rf"\A\s*(?:(?:{_labels()})\s*,\s*){{0,4}}(?P<hit>{entry['pattern']})(?=\s*\Z|\s*,|\s+[-–—](?:\s|\Z))"
    else:
        pattern = rf"(?<!\w)(?P<hit>{entry['pattern']})(?!\w)"
    doubts = [_doubt(name, table()["doubt"][name]) for name in entry.get("doubts", ())]
    if "anywhere_doubts" in entry:
        doubts.append(Doubt("look_alike", anywhere=_compiled(entry["anywhere_doubts"])))
    claims = {
        where: _compiled([pattern.replace("%pattern%", entry["pattern"]) for pattern in patterns])
        for where, patterns in entry.get("claims", {}).items()
    }
    behind = re.compile(entry["alone_behind"]) if "alone_behind" in entry else None
    is_label = entry.get("place") == "label"
    return EvidenceRule(
        entry["id"], entry["class"], re.compile(pattern, flags), is_label, tuple(doubts), claims, behind, entry
    )


@functools.cache
def _labels() -> str:
    return "|".join(map(label_pattern, offense_categories()))


@functools.cache
def _label_and_dash() -> re.Pattern[str]:
    return re.compile(rf"\A\s*(?:{_labels()})(?:\s*,\s*(?:{_labels()})){{0,4}}\s+[-–—]\s+")


def _doubt(name: str, entry: dict[str, Any]) -> Doubt:
    # The same words in capitals and small letters: a doubt is not to be missed because somebody shouts.
    return Doubt(name, *(_compiled(entry.get(where, ()), re.IGNORECASE) for where in ("before", "after", "anywhere")))


def _compiled(patterns: list[str] | tuple[str, ...], flags: int = 0) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, flags) for pattern in patterns)


def _beside(
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


def find_evidence(text: str) -> list[Hit]:
    """Every rule that finds something in *text*, each once, in the order of the rules."""
    all_hits = [hit for rule in evidence_rules() for hit in _hits(rule, text)]
    kept: dict[str, Hit] = {}
    for hit in all_hits:
        if any(_is_in(hit, other) for other in all_hits):
            continue
        best = kept.get(hit.rule_id)
        if best is None or CLASSES.index(hit.evidence_class) < CLASSES.index(best.evidence_class):
            kept[hit.rule_id] = hit
    return list(kept.values())


def _is_in(hit: Hit, other: Hit) -> bool:
    """Whether *hit* is a part of a longer hit of another rule."""
    return (
        other.rule_id != hit.rule_id
        and other.start <= hit.start
        and hit.end <= other.end
        and other.end - other.start > hit.end - hit.start
    )


def _hits(rule: EvidenceRule, text: str) -> Iterator[Hit]:
    for match in rule.pattern.finditer(text):
        start, end = match.span("hit")
        doubt = _why_ambiguous(rule, text, start, end)
        evidence_class = "ambiguous" if doubt else rule.evidence_class
        yield Hit(rule.rule_id, evidence_class, start, end, text[start:end], doubt)


def _why_ambiguous(rule: EvidenceRule, text: str, start: int, end: int) -> str | None:
    if rule.is_label or rule.evidence_class == "ambiguous":
        return None
    claims = rule.claims
    # Behind a label the free text stands for itself.
    free_text = _label_and_dash().sub("", text, count=1)
    is_claimed = _beside(claims.get("before", ()), claims.get("after", ()), text, start, end)
    # "Drugs/Narcotics - ICE warrant": words beside the hit show what it is, and the label was chosen from a list; so do
    # words that need no others ("Welfare Check - deportee"). For a bare "Drugs/Narcotics - ICE" the label is all.
    told = free_text if is_claimed or not claims else text
    for doubt in rule.doubts:
        if doubt.fits(text, start, end, told):
            return doubt.name
    is_labelled = len(free_text) < len(text)
    may_stand_alone = not is_labelled or rule.alone_behind is None or rule.alone_behind.search(text) is not None
    if not claims or is_claimed or (may_stand_alone and any(p.search(free_text) for p in claims.get("whole", ()))):
        return None
    return "no_claim"


@functools.cache
def rule_sets() -> dict[str, dict[str, Any]]:
    """Id -> one named set of published terms (``warehouse/rules/rule_sets.toml``)."""
    text = (importlib.resources.files("warehouse") / "rules" / "rule_sets.toml").read_text(encoding="utf-8")
    return {entry["id"]: entry for entry in tomllib.loads(text)["set"]}
