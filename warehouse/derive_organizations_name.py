"""What one printed name of an organization says: its tags, state and type, each with the rule and the letters.

A pure function of the text and the rules. What two rules of one rank say differently is not decided: the attribute
stays empty and the name is flagged. A flagged attribute may still be right; an unflagged one is meant to be.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from warehouse.derive_organizations_rules import FLAGS, Rule, state_codes, state_rules, table, tag_rules, type_rules

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One attribute, what a rule made of it, and where: ``[start, end)`` in the printed name."""

    attribute: str
    value: str
    rule_id: str
    start: int
    end: int


@dataclass(slots=True)
class OrganizationName:
    """A printed name, judged. ``state`` None and ``org_type`` ``unknown`` mean: not told by the name."""

    printed: str
    name: str
    """Without its tags, spaces joined."""
    key: str
    """What spellings of one organization have in common; never shown."""
    state: str | None = None
    org_type: str = "unknown"
    flags: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(FLAGS, False))
    assignments: list[Assignment] = field(default_factory=list)
    review: list[str] = field(default_factory=list)
    """Why a person should look: state_unknown, state_ambiguous, type_unknown, type_weak, type_ambiguous."""

    def review_of(self, attribute: str) -> bool:
        """Whether a person should look at *attribute* (``state`` or ``type``)."""
        return any(reason.startswith(attribute) for reason in self.review)

    @property
    def org_id(self) -> str:
        """``o-`` and 16 hex digits of the SHA-256 of the key."""
        return "o-" + hashlib.sha256(self.key.encode()).hexdigest()[:16]


def judge(printed: str, stated_state: str | None = None) -> OrganizationName:
    """Read *printed*; *stated_state* (code or name) is what a release says of it, for names that print none."""
    found = OrganizationName(printed, "", "")
    bare = _take_tags(printed, found)
    found.name = _SPACES.sub(" ", bare).strip(" -–—")
    _find_type(bare, found)
    spans = _find_state(bare, found, stated_state)
    if found.flags["is_federal"] and found.org_type != "federal":
        if found.org_type in ("unknown", "police"):
            found.org_type = "federal"
        else:
            found.review.append("type_ambiguous")
    found.flags["is_federal"] = found.flags["is_federal"] or found.org_type == "federal"
    if found.flags["is_demo"]:
        found.org_type = "demo"
    found.flags["is_demo"] = found.org_type == "demo"
    if found.org_type == "unknown":
        found.review.append("type_unknown")
    if found.state is None and found.org_type not in table()["words"]["stateless"] and not found.review_of("state"):
        found.review.append("state_unknown")
    found.key = _key(bare, spans, found.state)
    return found


def _take_tags(printed: str, found: OrganizationName) -> str:
    """*printed* with its tags painted over by spaces, so that places stay what they are."""
    bare = printed
    for rule in tag_rules():
        for match in rule.pattern.finditer(bare):
            found.flags[rule.value] = True
            found.assignments.append(Assignment(rule.value, "true", rule.rule_id, match.start(), match.end()))
            bare = bare[: match.start()] + " " * len(match[0]) + bare[match.end() :]
    return bare


def _matches(rule: Rule, text: str) -> re.Match[str] | None:
    return None if rule.unless and rule.unless.search(text) else rule.pattern.search(text)


def _find_type(bare: str, found: OrganizationName) -> None:
    # Places stay: only the end is cut, because patterns ask for it.
    text, shift = bare.strip(), len(bare) - len(bare.lstrip())
    hits = [(rule, match) for rule in type_rules() if (match := _matches(rule, text))]
    special = [hit for hit in hits if not hit[0].is_generic]
    if not hits:
        return
    rule, match = (special or hits)[0]
    found.org_type = rule.value
    found.assignments.append(
        Assignment("org_type", rule.value, rule.rule_id, shift + match.start(), shift + match.end())
    )
    if rule.is_weak:
        found.review.append("type_weak")
    if len({other.value for other, _ in special}) > 1:
        found.review.append("type_ambiguous")


def _find_state(bare: str, found: OrganizationName, stated: str | None) -> list[tuple[int, int]]:
    """Set the state; the places of its codes, which are no part of what spellings have in common."""
    text, shift = bare.strip(), len(bare) - len(bare.lstrip())
    words = table()["words"]["also_means"]
    tiers: dict[str, list[tuple[str, Assignment]]] = {"code": [], "name": []}
    for rule in state_rules():
        match = _matches(rule, text)
        if match is None:
            continue
        group = next(number for number, said in enumerate(match.groups(), 1) if said)
        code = state_codes()[_SPACES.sub(" ", match[group]).casefold()]
        if code in words and not rule.takes_words:
            continue
        start, end = match.span(group)
        where = Assignment("state", code, rule.rule_id, shift + start, shift + end)
        tiers[rule.value].append((code, where))
    federal = found.org_type in ("federal", "private") or found.flags["is_federal"]
    names = [] if federal else tiers["name"]
    of_state = [hit for hit in names if hit[1].rule_id == "state.name_of_agency"]
    said = [*tiers["code"], *of_state] if tiers["code"] else names
    # Two codes that are nothing else, wherever they stand: an authority of two states, a town on a border.
    printed = {code for code in re.findall(r"\b[A-Z]{2}\b", text) if code.casefold() in state_codes()} - words.keys()
    if len({code for code, _ in said}) > 1 or (said and len(printed) > 1):
        found.review.append("state_ambiguous")
        found.assignments += [where for _, where in said]
        return []
    if said:
        found.state = said[0][0]
        found.assignments.append(said[0][1])
    elif stated and stated.strip().casefold() in state_codes():
        found.state = state_codes()[stated.strip().casefold()]
        found.assignments.append(Assignment("state", found.state, "state.stated", 0, 0))
    return [(where.start, where.end) for _, where in tiers["code"]]


def _key(bare: str, codes: list[tuple[int, int]], state: str | None) -> str:
    """The words in small letters without punctuation, tags and state code, short forms for long ones; then the state.

    ``"Central Point OR PD"`` and ``"OR - Central Point Police Department"`` -> ``"central point pd|OR"``.
    """
    for start, end in codes:
        bare = bare[:start] + " " * (end - start) + bare[end:]
    words = " ".join(re.findall(r"\w+", bare.casefold().replace("'", "").replace("\u2019", "").replace("&", " and ")))
    for long, short in table()["words"]["same"]:
        words = re.sub(rf"\b{re.escape(long)}\b", short, words)
    return f"{words}|{state or ''}"
