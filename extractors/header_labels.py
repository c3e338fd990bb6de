"""How the words of a header make labels: between rulings, or by the spellings that are known."""

from __future__ import annotations

import functools
import re
from itertools import pairwise

import numpy as np

from extractors.glyphs import Floats, Rulings
from extractors.header_words import HeaderWord
from records.headers import header_aliases, header_spellings, normalise_header

MAX_WORDS = 6
"""Of one label."""
_SAME_STEP, _FURTHER = 1.05, 1.1
"""Of the step between two lines of a label: lines of one label, and lines that are not."""
_LEVEL = 0.3
"""Of a word's height: words that share more with the header's lines than lines of one text do stand beside these."""
_ALL = 0.95
"""The same for a rule that ties words outside of the upright ones to the table."""
_LAP = 0.15
"""Of a word's height: by how much words of two lines overlap at least where they are of one label."""
_MOMENT = re.compile(r"\d[/:-]\d")
"""What a date or a time of day has in it, and no label: where a row is too low for its text, that begins right below
the header."""
_RULED = 0.6
"""Share of a line's width under which a rule must be drawn; borders come in pieces."""


def joined_text(words: list[HeaderWord]) -> str:
    """Reading order: lines downwards, then left to right."""
    joined = ""
    for word in sorted(words, key=lambda w: (w.line, w.x0)):
        joined += word.text if joined.endswith("-") or not joined or word.is_glued else " " + word.text
    return joined


def _key(words: list[HeaderWord]) -> str:
    """``normalise_header(joined_text(words))``, from the words' own keys."""
    return "".join(word.key for word in sorted(words, key=lambda w: (w.line, w.x0)))


def row_text(row: list[HeaderWord]) -> str:
    """The words of one baseline, left to right."""
    return " ".join(word.text for word in sorted(row, key=lambda w: w.x0))


def ends_at_rule(row: list[HeaderWord], below: list[HeaderWord] | None, rulings: Rulings) -> bool:
    """Whether a horizontal rule is drawn under all words of the baseline *row*, above those of the one *below*."""
    x0, x1 = min(w.x0 for w in row), max(w.x1 for w in row)
    top = min(w.bottom for w in row) - 1.0
    until = max(w.bottom for w in row) + 12.0 if below is None else min(w.bottom for w in below) - 2.0
    across = rulings.horizontal
    across = across[(across[:, 2] > top) & (across[:, 2] < until)]
    reach = np.clip(across[:, :2], x0, x1)
    return bool((reach[:, 1] - reach[:, 0]).sum() >= _RULED * (x1 - x0))


def lines_beside(header: list[list[HeaderWord]], beside: list[list[HeaderWord]]) -> int:
    """How many of the baselines *beside* the lines of a header, from the nearest away, are of its labels and not of
    the table or a title: each phrase stands as close to one of the header as its lines stand to each other, and what
    follows keeps further off."""
    steps = [gap for k in range(1, len(header)) for w in header[k] if (gap := _step_to([w], header[:k])) is not None]
    taken = list(header)
    for k, row in enumerate(beside):
        if any(_MOMENT.search(word.text) for word in row):
            return 0
        gaps = [_step_to(phrase, taken) for phrase in _phrases(row)]
        if not steps or any(gap is None or gap > _SAME_STEP * min(steps) for gap in gaps):
            return 0
        taken.append(row)
        further = abs(beside[k + 1][0].bottom - row[0].bottom) if k + 1 < len(beside) else np.inf
        if further > _FURTHER * min(steps):
            return k + 1
    return 0


def is_level(row: list[HeaderWord], header: list[list[HeaderWord]]) -> bool:
    """Whether the baseline *row* stands at the height of the header's lines: labels of other numbers of lines are
    centred against each other."""
    top, bottom = min(w.top for line in header for w in line), max(w.bottom for line in header for w in line)
    return all(min(w.bottom, bottom) - max(w.top, top) > _LEVEL * (w.bottom - w.top) for w in row)


def _phrases(row: list[HeaderWord]) -> list[list[HeaderWord]]:
    """The words of a baseline that stand no further apart than words of one phrase."""
    phrases: list[list[HeaderWord]] = []
    for word in sorted(row, key=lambda w: w.x0):
        if phrases and word.x0 - phrases[-1][-1].x1 <= 0.6 * (word.bottom - word.top):
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return phrases


def _step_to(phrase: list[HeaderWord], rows: list[list[HeaderWord]]) -> float | None:
    """Points from the phrase's line to that of the nearest word above or below it, if there is one."""
    x0, x1, bottom = phrase[0].x0, phrase[-1].x1, phrase[0].bottom
    return min((abs(w.bottom - bottom) for row in rows for w in row if w.x0 < x1 and x0 < w.x1), default=None)


def labels_by_rulings(words: list[HeaderWord], rulings: Rulings) -> list[list[HeaderWord]]:
    """Words between neighbouring vertical rulings that cross the band; empty when the band is not ruled. Where the
    table has none at its sides, a rule across all of the words says that the outer ones are of it."""
    vertical = rulings.vertical
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    crossing = vertical[(vertical[:, 0] < top + 2) & (vertical[:, 1] > bottom - 2)]
    xs = np.unique(np.round(crossing[:, 2], 1))
    if len(xs) < 3:
        return []
    groups: dict[int, list[HeaderWord]] = {}
    for word in words:
        groups.setdefault(int(np.searchsorted(xs, (word.x0 + word.x1) / 2)), []).append(word)
    if (0 in groups or len(xs) in groups) and not _is_underlined(words, rulings.horizontal):
        return []  # words outside the ruled table: not a row of it
    return [groups[k] for k in sorted(groups)]


def _is_underlined(words: list[HeaderWord], across: Floats) -> bool:
    """Whether a rule, close below the *words*, goes from the first to the last of them; borders come in pieces."""
    x0, x1, bottom = min(w.x0 for w in words), max(w.x1 for w in words), max(w.bottom for w in words)
    near = (across[:, 2] > bottom - 1.0) & (across[:, 2] < bottom + max(w.bottom - w.top for w in words))
    reach = np.clip(across[near, :2], x0, x1)
    return bool((reach[:, 1] - reach[:, 0]).sum() >= _ALL * (x1 - x0))


def labels_by_spelling(words: list[HeaderWord], height: float) -> list[tuple[list[HeaderWord], bool]]:
    """Group words into labels so that as many words as possible stand in known spellings (dynamic programming); with
    each, left to right, whether it is known."""
    signs = [word for word in words if not word.key and len(word.text) == 1]
    stacks = _stacks([word for word in words if word.key or len(word.text) > 1])
    n = len(stacks)
    known = header_aliases()
    longest = max(map(len, known))
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)] + [(-1e9, 0, False)] * n
    for end in range(1, n + 1):
        for begin in range(end - 1, max(0, end - MAX_WORDS) - 1, -1):
            group = [w for stack in stacks[begin:end] for w in stack]
            if end - begin > 1 and sum(len(w.key) for w in group) > longest:
                break
            key = _key(group)
            matched = key in known
            # A heading that the next column cuts is as good as whole, but a whole one is better.
            is_cut = not matched and end < n and stacks[end][0].is_glued and key in _beginnings()
            if not matched and not is_cut and end - begin > 1:
                continue
            if (matched or is_cut) and not _close(stacks[begin:end], height):
                continue
            gain = (len(group) if matched else 0.9 * len(group) if is_cut else 0.0) - 0.01
            if best[begin][0] + gain > best[end][0]:
                best[end] = (best[begin][0] + gain, begin, matched)
    groups: list[tuple[list[HeaderWord], bool]] = []
    at = n
    while at > 0:
        _, begin, matched = best[at]
        groups.append(([w for stack in stacks[begin:at] for w in stack], matched))
        at = begin
    for sign in signs:  # a dash or slash between the words of a label
        _with_sign(sign, groups)
    return groups[::-1]


def _with_sign(sign: HeaderWord, groups: list[tuple[list[HeaderWord], bool]]) -> None:
    """Add the *sign* to the label whose words stand nearest to it on its line, else anywhere."""

    def apart(word: HeaderWord) -> float:
        return max(sign.x0 - word.x1, word.x0 - sign.x1, 0.0) + 100.0 * abs(word.line - sign.line)

    if groups:
        min(groups, key=lambda group: min(map(apart, group[0])))[0].append(sign)


@functools.cache
def _beginnings() -> frozenset[str]:
    """What is left of known spellings of several words where the next column cuts their last one."""
    found = set()
    for spelling in header_spellings():
        first, _, last = spelling.rpartition(" ")
        if first and last:
            found |= {normalise_header(f"{first} {last[:k]}") for k in range(1, len(last))}
    return frozenset(found)


def _stacks(words: list[HeaderWord]) -> list[list[HeaderWord]]:
    """Words that overlap in x, over all lines of the band: the lines of one label, or one word of a flat one. A word
    that overlaps one of its own line alone, or hardly any, is printed over the end of another label."""
    stacks: list[list[HeaderWord]] = []
    reach = -1e9
    for word in sorted(words, key=lambda w: w.x0):
        is_over = bool(stacks) and all(w.line == word.line or w.x1 <= word.x0 + 0.1 for w in stacks[-1])
        if stacks and word.x0 < reach - _LAP * (word.bottom - word.top) and not word.is_glued and not is_over:
            stacks[-1].append(word)
        else:
            stacks.append([word])
        reach = max(reach, word.x1)
    return stacks


def _close(stacks: list[list[HeaderWord]], height: float) -> bool:
    """Whether neighbouring stacks are no further apart than words of one label."""
    gaps = (min(w.x0 for w in right) - max(w.x1 for w in left) for left, right in pairwise(stacks))
    return all(gap <= 0.9 * height for gap in gaps)
