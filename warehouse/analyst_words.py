"""Free text that people typed, for the analyst file: only words that name nobody stay.

An allow-list, because nobody can list what a plate, a name or a case number may look like. A word that is not in
``rules/plain_words.toml`` and every number becomes ``[scrubbed]``; a run of them becomes one. Better lose than leak.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from records.hotlists import topics
from warehouse.search_rules import rules

SCRUBBED = "[scrubbed]"
"""What we hid. No agency prints it, so it cannot be taken for a mask of theirs."""

MOST_WORDS = 8
"""A name or plate printed in more pieces than this is not found as one."""

WORD = re.compile(r"[^\W_]+")
_WORDS_AND_REST = re.compile(r"([^\W_]+)")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b", re.IGNORECASE)
_MAIL = re.compile(r"\S*@\S*")
# Forms that an immigration rule matches and that no plate has: 287(g), 8 USC 1326, U.S., I.C.E.
_FORM = re.compile(
    r"(?<![\w(-])(?:287\s*\(\s*g\s*\)|8\s*u\.?\s?s\.?c\.?\s*(?:§+\s*)?132[3-8]|u\.\s?s\.|i\.c\.e\.?)(?!\w)",
    re.IGNORECASE,
)
_MAY_BE_FORM = re.compile(r"287|132|[uU]\.|[iI]\.")
# What may stand between words as it is; other signs could draw letters.
_ODD = re.compile(r"[^\x20-\x7e\n\u2013\u2014\u2018-\u201d\u2022\u2026]")


def words_of(text: str) -> list[str]:
    """The words of *text*, folded."""
    return WORD.findall(folded(text))


def folded(text: str) -> str:
    """*text* as it is compared: without case, and without the difference between forms of one letter."""
    return unicodedata.normalize("NFKC", text).casefold()


@functools.cache
def plain_words() -> frozenset[str]:
    """Every word that may stay, lower case."""
    return frozenset(word for text in _sources() for word in WORD.findall(text.casefold()) if _may_stay(word))


def _may_stay(word: str) -> bool:
    return len(word) > 1 or word in ("a", "i")


def _sources() -> Iterator[str]:
    for group in rules("plain_words").values():
        yield group["words"]
    for labels in rules("offense_categories")["labels"].values():
        yield from labels
    yield from rules("search_words")["search_type"]["known"]
    for entry in rules("rule_sets")["set"]:
        yield from entry["terms"]
    for topic in topics():
        yield topic.name


def scrub(text: str, hidden: frozenset[str] = frozenset()) -> str:
    """*text* with nothing but plain words. *hidden*: keys of names that are made of plain words."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if "@" in text:
        text = _MAIL.sub(SCRUBBED, text)
    if not _MAY_BE_FORM.search(text):
        return merged(_scrub_words(text, hidden))
    pieces: list[str] = []
    at = 0
    for match in _FORM.finditer(text):
        pieces += [_scrub_words(text[at : match.start()], hidden), match[0]]
        at = match.end()
    return merged("".join([*pieces, _scrub_words(text[at:], hidden)]))


def _scrub_words(text: str, hidden: frozenset[str]) -> str:
    known = plain_words()
    # Words stand at the odd places, what is between them at the even ones.
    parts = _WORDS_AND_REST.split(_POSSESSIVE.sub("", text) if "'" in text or "\u2019" in text else text)
    if hidden:
        words = [word.lower() for word in parts[1::2]]
        for first, count in spans(words, hidden):
            parts[2 * first + 1 : 2 * (first + count) : 2] = [SCRUBBED] * count
    for place in range(len(parts) - 2, 0, -2):
        word = parts[place].lower()
        follower = parts[place + 2] if place + 2 < len(parts) else SCRUBBED
        # A single letter is a word before a word, and a piece of a plate beside anything else: 9 A A A 9 9 9.
        if word not in known or (len(word) == 1 and (follower == SCRUBBED or len(follower) == 1)):
            parts[place] = SCRUBBED
    if not text.isascii():
        parts[::2] = [_ODD.sub(" ", part) for part in parts[::2]]
    return "".join(parts)


def spans(words: list[str], keys: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First word and number of words of every run that is one of *keys* (:mod:`warehouse.analyst_known`)."""
    if keys:
        for first in range(len(words)):
            for count in range(1, min(MOST_WORDS, len(words) - first) + 1):
                run = words[first : first + count]
                if "=" + "".join(run) in keys or " " + " ".join(run) in keys:
                    yield first, count


_RUN = re.compile(rf"{re.escape(SCRUBBED)}(?:[\W_]{{0,3}}{re.escape(SCRUBBED)})+")


def merged(text: str) -> str:
    """One mark for a run of them, so that the number and shape of what is hidden do not show."""
    return _RUN.sub(SCRUBBED, text) if text.count(SCRUBBED) > 1 else text
