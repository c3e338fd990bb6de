"""Are these marks at all? Letters of a table, logos and bullets line up too.

A make counts when its members have labels of words, different from one another, and at least one member shows plainly
that it is a mark: an empty ring, a tick, a knob. One alone counts only beside a label of the hotlist catalogue.
"""

from __future__ import annotations

import re

from extractors.pictures.marks.draft import Draft, is_off
from records.hotlists import topic_of
from records.marks import MarkState, MarkStyle

_NAVIGATION = re.compile(
    r"^\W*(?:home|dashboard|search|devices?|cameras?|insights|shared(?: networks)?|networks|users?|audits?|reports?|"
    r"maps?|help|support|settings|log ?out|sign out|profile|account|menu|notifications|logs?|admin|overview)\W*$",
    re.IGNORECASE,
)


def are_marks(drafts: list[Draft]) -> bool:
    """Whether *drafts*, all of one make, are marks. Those without a label say nothing about it."""
    drafts = [d for d in drafts if d.runs or d.label_text is not None]
    labels = [label_of(d) for d in drafts]
    worded = [text for text in labels if sum(c.isalpha() for c in text) >= 3]
    apart = {(text, d.group_label, d.column) for text, d in zip(labels, drafts, strict=True)}
    topics = sum(topic_of(text) is not None for text in labels)
    known = topics > 0
    # Two lists on one page print a topic twice; the words of a table's column come again and again.
    twice = {id(d.runs[0]) for d in drafts if d.runs} if 2 * topics >= len(labels) else set()
    if len(worded) < 0.7 * len(drafts) or len(apart) < (0.45 if len(twice) == len(drafts) else 0.7) * len(labels):
        return False
    settled = [d for d in drafts if d.state is not MarkState.UNREADABLE]
    states = {d.state for d in settled}
    if sum(bool(_NAVIGATION.match(text)) for text in labels) >= 0.3 * len(labels):
        return False  # the icons of a menu
    is_pair = bool(drafts[0].word_lines)  # of two options with a word each
    if settled and drafts[0].style is MarkStyle.RADIO and not is_pair and not any(is_off(state) for state in states):
        return False  # discs alone: avatars, bullets, knobs of toggles
    if len(drafts) == 1:
        return known and bool(settled)
    if known:
        return True
    plain = len(settled) >= (_PLAIN if len(drafts) < _FORM else _PLAIN_OF_FORM) * len(drafts)
    if drafts[0].style is MarkStyle.CHECK_BOX:
        return plain and MarkState.OFF in states
    return plain and len(states) > 1


_PLAIN, _PLAIN_OF_FORM, _FORM = 0.85, 0.6, 40
"""Share of marks that must show plainly what they are; that of a form ticked by hand; marks that make a form."""
_EDGE_START = re.compile(r"^(?:[\])|}>\[({¦]\s+)+|^['\u2019\u2018`\u00b4.,]\s?(?=[A-Z])")
_EDGE_END = re.compile(r"(?:\s+[|\[({¦])+$|\s*:$|\s+[.·]$")
_DUST = re.compile(r"^·\s*|(?<=\w)·(?=\w)")
"""A speck between two words or before them; as a sign that parts words a dot stands off from both."""
_LEADERS = re.compile(r"(?:\s+(?:…|\.{2,}|·+)[\s.…·]*|[.·_]{4,}[\s.…·_]*)$")


_BROKEN = re.compile(r"(\w-)\n(?=\w)")
"""Where a line ends within a word that has a hyphen."""


def label_of(draft: Draft) -> str:
    """The label's text, its lines joined by a space, and by nothing behind the hyphen of a word.

    Without what a reader made of the lines around it: the edges of cells, the dots that lead to the mark, and specks.
    """
    if draft.label_text is not None:
        return draft.label_text
    text = _BROKEN.sub(r"\1", "\n".join(r.text for r in draft.runs)).replace("\n", " ")
    text = _DUST.sub(" ", text).strip()
    return _LEADERS.sub("", _EDGE_END.sub("", _EDGE_START.sub("", text))) or text
