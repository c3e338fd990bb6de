"""Words on the page that may turn what a mark says into its contrary: then nobody is told a state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.pictures.marks.draft import Draft, is_off, is_on
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.words import is_bare_word, state_word
from extractors.pictures.read_page import TextLine
from records.hotlists import label_key, topic_of
from records.issues import Severity
from records.marks import MarkMethod, MarkStyle

_CIRCLE = re.compile(r"\b(?:circle|encircle|underline|strike)\b", re.IGNORECASE)


def doubt_choices(drafts: Sequence[Draft], lines: Sequence[TextLine]) -> None:
    """Give up words that stand alone where both words are printed and one of them is marked: the other one was not
    read here, and it may well be the marked one, because a circle round a word hides it from the readers."""
    both = any(d.style is MarkStyle.WORD and d.method is MarkMethod.PIXELS and len(d.word_lines) > 1 for d in drafts)
    if not both and not any(_CIRCLE.search(line.text) for line in lines):
        return
    for draft in drafts:
        if draft.style is MarkStyle.WORD and draft.method is MarkMethod.WORDS:
            draft.give_up("elsewhere in the list both words are printed and one is marked; here only one was read")


def doubt_headed(drafts: Sequence[Draft]) -> None:
    """Give up marks below a heading that says the contrary, where the page has headings of both kinds: what stands in
    which list is the setting, and a tick in it may only choose it."""
    said = {id(d): state_word(d.group_label) for d in drafts if d.group_label and is_bare_word(d.group_label)}
    if set(said.values()) != {True, False}:
        return
    for draft in drafts:
        heading = said.get(id(draft))
        if (heading is True and is_off(draft.state)) or (heading is False and is_on(draft.state)):
            draft.give_up("it stands below a heading that says the contrary")


def doubt_twice(drafts: Sequence[Draft]) -> None:
    """Name marks whose label stands more than once under one heading in contrary states: two lists on one page, or one
    list read wrongly. Which of them is the setting is for a reader to say.

    Among topics a label of no topic that comes again is named whatever the states: words of a column beside the labels.
    """
    are_topics = any(topic_of(label_of(d)) is not None for d in drafts)
    places: dict[tuple[str, str | None], list[Draft]] = {}
    for draft in (d for d in drafts if d.runs):
        label = label_of(draft)
        heading = None if are_topics and topic_of(label) is None else draft.group_label
        places.setdefault((label_key(label), heading), []).append(draft)
    for same in places.values():
        is_odd = any(is_on(d.state) for d in same) and any(is_off(d.state) for d in same)
        if are_topics and topic_of(label_of(same[0])) is None:
            is_odd = len({id(d.runs[0]) for d in same}) > 1  # several marks of one label are columns
        if is_odd:
            for draft in same:
                draft.doubt("label_twice", Severity.DOUBT, "Its label stands on the page more than once.")
