"""The rules for immigration evidence applied to one text.

A pure function of text and rules. Whoever wants to know why a text has a class finds the rule, its span and the name of
the doubt that made it ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from warehouse.evidence_rules import CLASSES, EvidenceRule, evidence_rules
from warehouse.evidence_words import free_text_start, is_all_known, is_offense_enough

_SPACE = re.compile(r"\s")
_LONGEST = 1000
"""Characters of a text that is still a reason somebody typed; no keyword in a longer one is more than ambiguous."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One rule found in one text, at its best place."""

    rule_id: str
    evidence_class: str
    start: int
    end: int
    matched_text: str
    doubt: str | None
    """Why it is ambiguous: a doubt, ``no_claim``, ``offense_label``, ``unknown_word``, ``long_text``; null where the
    rule is ambiguous by itself or the class stands."""


def find_evidence(text: str) -> list[Hit]:
    """Every rule that finds something in *text*, each once, in the order of the rules."""
    # A line break in a cell is a space: what speaks against a hit may stand in the next line.
    flat = _SPACE.sub(" ", text)
    hits = _find(flat)
    return hits if flat == text else [replace(hit, matched_text=text[hit.start : hit.end]) for hit in hits]


def _find(text: str) -> list[Hit]:
    if len(text) > _LONGEST:
        return [hit for rule in evidence_rules() for hit in _in_long_text(rule, text)]
    # Most rules find nothing in most texts: asking that first is cheaper than to start their hits.
    asked = [rule for rule in evidence_rules() if rule.pattern.search(text)]
    all_hits = _in_company(text, [hit for rule in asked for hit in _hits(rule, text)])
    kept: dict[str, Hit] = {}
    for hit in all_hits:
        if any(_is_in(hit, other) for other in all_hits):
            continue
        best = kept.get(hit.rule_id)
        if best is None or CLASSES.index(hit.evidence_class) < CLASSES.index(best.evidence_class):
            kept[hit.rule_id] = hit
    return list(kept.values())


def _in_long_text(rule: EvidenceRule, text: str) -> Iterator[Hit]:
    if match := rule.pattern.search(text):
        start, end = match.span("hit")
        stands = rule.is_label or rule.evidence_class == "ambiguous"
        evidence_class, doubt = (rule.evidence_class, None) if stands else ("ambiguous", "long_text")
        yield Hit(rule.rule_id, evidence_class, start, end, text[start:end], doubt)


def _in_company(text: str, hits: list[Hit]) -> list[Hit]:
    """*hits*, of which keywords count only among words of police work, and behind no label of another offense."""
    if not any(map(_is_counted_keyword, hits)):
        return hits
    spans = [(0, free_text_start(text)), *((hit.start, hit.end) for hit in hits)]
    if not is_offense_enough(text):
        doubt = "offense_label"
    elif not is_all_known(text, spans):
        doubt = "unknown_word"
    else:
        return hits
    return [replace(h, evidence_class="ambiguous", doubt=doubt) if _is_counted_keyword(h) else h for h in hits]


def _is_counted_keyword(hit: Hit) -> bool:
    return hit.evidence_class in ("agency_keyword", "topic_keyword")


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
    # Behind a label the free text stands for itself.
    label_end = free_text_start(text)
    free_text = text[label_end:]
    needs_claim = rule.needs_claim
    is_whole = any(pattern.search(free_text) for pattern in rule.claims["whole"])
    is_claimed = rule.is_claimed(text, start, end) or (is_whole and rule.alone_behind is None)
    # "Drugs/Narcotics - ICE warrant": words beside the hit show what it is, and the label was chosen from a list; so do
    # words that need no others ("Welfare Check - deportee"). For a bare "Drugs/Narcotics - ICE" the label is all.
    cut = label_end if start >= label_end and (is_claimed or not needs_claim) else 0
    for doubt in rule.doubts:
        if doubt.fits(text[cut:], start - cut, end - cut):
            return doubt.name
    may_stand_alone = label_end == 0 or (rule.alone_behind is not None and rule.alone_behind.search(text) is not None)
    return None if not needs_claim or is_claimed or (is_whole and may_stand_alone) else "no_claim"
