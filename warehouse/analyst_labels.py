"""Names of organizations, files, releases and lists, for the analyst file: kept, but for what may be a person's.

Place names cannot be listed, so here it is the other way round than in free text: what has the form of a plate, an
e-mail address, a telephone or other number of a person goes, and so does every plate and account that the warehouse
knows. Letters of our own citations (page, row, SHA-256, dates of a log) stay.
"""

from __future__ import annotations

import re
import unicodedata

from warehouse.analyst_words import SCRUBBED, WORD, merged, spans
from warehouse.search_rules import rules

_OWN = (
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{16}-(?:p\d{5,}(?:-[rm]\d{3,}|-list)?|s\d+)|[oid]-[0-9a-f]{16}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])"
)
_IDS = re.compile(_OWN)
"""Our own ids, hashes and UUIDs: they name places, bytes and searches, and may hold any letters by chance."""

_YEAR = r"(?:20[1-4]\d)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_OURS = re.compile(
    rf"{_OWN}|\bSHA-256\b|\b(?:page|row|mark|rows|pages|part)s?[ _]\d{{1,6}}\b"
    # Numbers of requests: a year and a number, with letters before it.
    rf"|(?<![\w-])(?:[a-z]{{1,6}}-)?(?:{_YEAR}|[12]\d)-\d{{3,6}}(?![\w-])"
    # Days of a log or a letter; days before 2010 are birthdays.
    rf"|(?<!\d){_YEAR}[-_./]\d{{1,2}}(?:[-_./]\d{{1,2}})?(?!\d)|(?<!\d)\d{{1,2}}[-_./]\d{{1,2}}[-_./](?:{_YEAR}|1\d|2\d|3\d)(?!\d)"
    rf"|(?<!\d){_YEAR}[01]\d[0-3]\d(?:T\d{{4,6}}Z?)?(?!\d)|\b{_MONTH}[-_. ]?(?:\d{{1,2}}(?!\d)|{_YEAR}\b)"
    rf"|\b{_YEAR}[-_. ]?(?:Q[1-4]|H[12]|{_MONTH})\b|\b(?:Q[1-4]|H[12]|FY)[-_. ]?{_YEAR}\b|\b\d{{1,3}}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"\S*@\S*"  # e-mail addresses
    r"|(?<!\d)(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|(?<!\d)\d{3}[-.]\d{4}(?!\d)"  # telephones
    r"|(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)"  # social security numbers
    r"|(?<!\d)(?:19\d\d|200\d)[-_./]\d{1,2}[-_./]\d{1,2}(?!\d)"  # dates of birth
    r"|(?<!\d)\d{1,2}[-_./]\d{1,2}[-_./](?:19\d\d|200\d|[4-9]\d|0\d)(?!\d)"
)
_NUMBERED = re.compile(r"[A-Z][a-z]{3,}\d{1,3}")
"""A word with a number behind it, as written: `Station12`. Plates are printed in one case."""
_KEPT_BEFORE_NUMBER = frozenset(rules("label_words")["before_number"].split())
"""Short words after which a number is a number and not the rest of a plate: `TX 12`, `page 3`, `PD 2`."""


def scrub_label(text: str, known: frozenset[str] = frozenset()) -> str:
    """*text* without what may be a person's; *known* are keys of plates and accounts of the warehouse."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    if known:
        text = _without_known(text, known)
    pieces: list[str] = []
    at = 0
    for match in _OURS.finditer(text):
        if _HIDDEN.fullmatch(match[0]):
            continue
        pieces += [_scrub_rest(text[at : match.start()]), match[0]]
        at = match.end()
    pieces.append(_scrub_rest(text[at:]))
    return merged("".join(pieces))


def _without_known(text: str, known: frozenset[str]) -> str:
    ids = [match.span() for match in _IDS.finditer(text)]
    places = [
        match
        for match in WORD.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in ids)
    ]
    words = [match[0].casefold() for match in places]
    hidden = [holds_known(word, known) for word in words]
    for first, count in spans(words, known):
        hidden[first : first + count] = [True] * count
    return _with_hidden(text, places, hidden)


def _scrub_rest(text: str) -> str:
    text = _HIDDEN.sub(SCRUBBED, text)
    places = [match for match in WORD.finditer(text) if not _is_mark(text, match)]
    words = [match[0].casefold() for match in places]
    hidden = [
        _is_plate_like(word) and not _NUMBERED.fullmatch(match[0]) for match, word in zip(places, words, strict=True)
    ]
    for place in range(len(words) - 1):
        gap = text[places[place].end() : places[place + 1].start()]
        if len(gap) <= 1 and _are_a_plate(words[place], words[place + 1], hidden[place] or hidden[place + 1]):
            hidden[place] = hidden[place + 1] = True
    return _with_hidden(text, places, hidden)


def _with_hidden(text: str, places: list[re.Match[str]], hidden: list[bool]) -> str:
    out: list[str] = []
    at = 0
    for match, is_hidden in zip(places, hidden, strict=True):
        out += [text[at : match.start()], SCRUBBED if is_hidden else match[0]]
        at = match.end()
    return "".join([*out, text[at:]])


def _is_mark(text: str, match: re.Match[str]) -> bool:
    return text[max(match.start() - 1, 0) : match.end() + 1] == SCRUBBED


def _is_plate_like(word: str) -> bool:
    """Letters and digits in one word of four and more, or a long number: a plate, a VIN, an account, a case."""
    if word.isdigit():
        return len(word) >= 5
    if len(word) < 4 or word.isalpha():
        return False
    name = word.rstrip("0123456789")
    return not (name in _KEPT_BEFORE_NUMBER and len(name) > 2 and len(word) - len(name) <= 4)


def _are_a_plate(left: str, right: str, is_either_hidden: bool) -> bool:
    """`ABC 123`, `123-ABC`, and the rest of a plate beside a part of it: `9AAA 999`."""
    if any(word.isalpha() and (word in _KEPT_BEFORE_NUMBER or len(word) > 4) for word in (left, right)):
        return False
    if any(word.isdigit() and re.fullmatch(_YEAR, word) for word in (left, right)):
        return False
    length = len(left) + len(right)
    mixed = any(map(str.isalpha, (left, right))) and any(not word.isalpha() for word in (left, right))
    return length <= 8 and ((mixed and length >= 5) or (is_either_hidden and not (left + right).isalpha()))


def holds_known(word: str, known: frozenset[str]) -> bool:
    """Whether a known plate is glued into *word*: only those with a digit, of five letters and more."""
    if not any(letter.isdigit() for letter in word):
        return False
    return any(
        "=" + word[first : first + count] in known
        for count in range(5, min(len(word), 10) + 1)
        for first in range(len(word) - count + 1)
    )
