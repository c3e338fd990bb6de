"""Signs that a reader saw at letters and that close or open nothing: the foot of a D taken for a bracket, the arm of a
T for a quote, the right half of printed brackets before a label. And apostrophes that ran into their letter, so that
not every look saw them."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.pictures.read_page import TextLine
from records.marks import Agreement

_HALF = re.compile(r"^[\])}] ?(?=[A-Za-z])")
_FOOT = re.compile(r"(?<=[A-Za-z0-9.])\)$")
_ARM = re.compile(r"(?<!\S)['\u2018\u201b`](?=[A-Z])")
_CLOSED = re.compile(r"['\u2019`](?!\w)")


def without_stray_signs(lines: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """*lines* without a closing bracket that they begin with; and without a bracket at their end, or a quote before a
    capital, that has no partner and that half of the looks or more did not see. A quote without partner that more saw
    stays, and the readers then count as differing: no text opens a quote that it does not close. Words have the
    apostrophe before their last letter that half of the looks or more saw in them."""
    return tuple(_without(line) if line.agreement is not Agreement.LAYER else line for line in lines)


def _without(line: TextLine) -> TextLine:
    if _HALF.search(line.text):
        line = _cut(line, _HALF)
    looks = [r.text for r in line.readings]
    line = _with_apostrophes(line, looks)
    if _FOOT.search(line.text) and "(" not in line.text and _are_few([")" in look for look in looks]):
        line = _cut(line, _FOOT)
    arm = _ARM.search(line.text)
    if arm is None or _CLOSED.search(line.text, arm.end()):
        return line
    if _are_few([_ARM.search(look) is not None for look in looks]):
        return _cut(line, _ARM)
    return replace(line, agreement=Agreement.DIFFER)


def _with_apostrophes(line: TextLine, looks: list[str]) -> TextLine:
    seen = [{w.replace("\u2019", "'") for w in look.split()} for look in looks]
    words = []
    for word in line.words:
        full = f"{word.text[:-1]}'{word.text[-1:]}"
        has_more = len(looks) > 1 and word.text.isalpha() and 2 * sum(full in one for one in seen) >= len(looks)
        words.append(replace(word, text=full) if has_more else word)
    if " ".join(word.text for word in line.words) != line.text:
        return line
    return replace(line, text=" ".join(word.text for word in words), words=tuple(words))


def _are_few(seen: list[bool]) -> bool:
    return len(seen) > 1 and 2 * sum(seen) <= len(seen)


def _cut(line: TextLine, sign: re.Pattern[str]) -> TextLine:
    """*line* without *sign*; as it is where its words do not make up its text."""
    if " ".join(word.text for word in line.words) != line.text:
        return line
    text = sign.sub("", line.text)
    words = list(line.words)[len(line.words) - len(text.split(" ")) :]  # the sign may be a word of its own
    words = [replace(word, text=new) for word, new in zip(words, text.split(" "), strict=True)]
    return replace(line, text=text, words=tuple(words), box=(words[0].box[0], *line.box[1:]))
