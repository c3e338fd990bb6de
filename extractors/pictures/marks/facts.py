"""What a page of settings says besides its marks: title, agency, account, list, date, counters, address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from extractors.pictures.marks.result import Fact
from extractors.pictures.read_page import TextLine

_STATE = r"(?:selected|enabled|active|subscribed|checked|chosen|turned on|switched on|on)"
_OF = re.compile(rf"\b(\d{{1,4}})\s*(?:of|/|out of)\s*(\d{{1,4}})\b(?:\s+[a-z]+){{0,3}}?\s*\b{_STATE}\b", re.IGNORECASE)
_ON = re.compile(rf"\b(\d{{1,4}})\s+(?:[a-z]+\s+){{0,2}}?{_STATE}\b", re.IGNORECASE)
_ON_BEHIND = re.compile(rf"\b{_STATE}\s*[:(]\s*(\d{{1,4}})(?:\s*(?:/|of)\s*(\d{{1,4}}))?\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(\d{1,4})\s+(?:topics|hot ?lists|lists|entries|items)(?:\s+in total)?\W*$", re.IGNORECASE)
_MORE = re.compile(r"^\W*\+\s*\d{1,4}(?:\s+(?:more|others?))?\W*$", re.IGNORECASE)
_URL = re.compile(r"\b(?:https?://\S+|(?:[\w-]+\.)+(?:com|org|gov|net|us|example|test)(?:/\S*)?)", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ACCOUNT = re.compile(r"\b(?:signed in as|logged in as|account|user)\s*[:\-]\s*(.+)$", re.IGNORECASE)
_LIST = re.compile(
    r"(?:^\W*(?:hot ?list|list(?: name)?)\s*-|\b(?:hot ?list|list(?: name)?)\s*:)\s*(.+)$", re.IGNORECASE
)
"""A dash behind other words is part of a name: Test List - Do Not Use."""
_AGENCY = re.compile(
    r"\b(?:police|sheriff(?:'?s)?|marshal|constable|troopers?|state patrol|highway patrol|"
    r"public safety|P\.?D\.?|S\.?O\.?)\b",
    re.IGNORECASE,
)
_AGENCY_TOLD = re.compile(r"^(?:agency|organi[sz]ation|department|customer)\s*[:\-]\s*(.+)$", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:hot ?lists?|alerts?|subscriptions?|notifications?|topics?|settings)\b", re.IGNORECASE)
_DATES = (
    (re.compile(r"\b(\d{4}-\d{2}-\d{2})\b"), "%Y-%m-%d"),
    (re.compile(r"\b(\d{1,2}/\d{1,2}/\d{4})\b"), "%m/%d/%Y"),
    (re.compile(r"\b([A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})\b"), "%B %d %Y"),
)
SELECT_ALL = re.compile(
    r"^\W*(?:select|check|choose|enable)?\s*all(?:\s+(?:topics|hot ?lists|lists|alerts|items))?\W*$", re.IGNORECASE
)
BUTTON = re.compile(
    r"^\W*(?:save(?: changes)?|cancel|close|edit|apply|reset|done|back|next|ok|submit|help|search\W*|clear(?: all)?|"
    r"log ?out|sign out|add(?: new)?|delete|export|print|filter)\W*$",
    re.IGNORECASE,
)


def find_facts(lines: tuple[TextLine, ...], labels: frozenset[int]) -> tuple[tuple[Fact, ...], frozenset[int]]:
    """The facts of the page and their lines. *labels*: lines that belong to marks; no fact is sought in them."""
    found: list[Fact] = []
    used: set[int] = set()
    for index, line in enumerate(lines):
        if index in labels:
            continue
        for name, value in _facts_of(line.text):
            found.append(Fact(name, line.text, value, line.agreement, line.box))
            used.add(index)
    title = _title(lines, labels)
    if title is not None:
        used.add(title)
        line = lines[title]
        found.insert(0, Fact("title", line.text, line.text, line.agreement, line.box))
    return tuple(found), frozenset(used)


def page_texts(texts: Sequence[str], may_be_agency: bool = False) -> frozenset[str]:
    """Those of *texts* that are no entry of a list: counters, dates, addresses, buttons, and the page's own agency.

    Where many are agencies, as on a form that lists them, agencies are what it is a list of; and an agency's own list
    is an entry like any other where it has a mark (*may_be_agency*).
    """
    named = {text: {name for name, _ in _facts_of(text)} for text in texts}
    agencies = sum("agency" in names for names in named.values())
    ignored = {"count_total"} | ({"agency"} if agencies > 3 or may_be_agency else set())
    return frozenset(text for text, names in named.items() if BUTTON.match(text) or names - ignored)


def _facts_of(text: str) -> Iterator[tuple[str, str | None]]:
    if match := _OF.search(text):
        yield "count_on", match[1]
        yield "count_total", match[2]
    elif match := _ON_BEHIND.search(text):
        yield "count_on", match[1]
        if match[2]:
            yield "count_total", match[2]
    elif match := _ON.search(text):
        yield "count_on", match[1]
    elif match := _TOTAL.search(text):
        yield "count_total", match[1]
    elif _MORE.match(text):
        yield "count_on", None
    if match := _MAIL.search(text):
        yield "account", match[0]
    elif match := _ACCOUNT.search(text):
        yield "account", match[1].strip()
    elif match := _URL.search(text):
        yield "url", match[0]
    if match := _AGENCY_TOLD.match(text):
        yield "agency", match[1].strip()
    elif (
        _AGENCY.search(text) and not _TITLE.search(text) and len(text.split()) <= 9 and not text.rstrip().endswith(".")
    ):
        yield "agency", text.strip()
    if match := _LIST.search(text):
        yield "list_name", match[1].strip()
    yield from _date(text)


def _date(text: str) -> Iterator[tuple[str, str | None]]:
    for pattern, written in _DATES:
        if match := pattern.search(text):
            day = _parsed(match[1].replace(",", "").replace(".", ""), written)
            if day is not None:
                yield "date", day.isoformat()
            return


def _parsed(text: str, written: str) -> date | None:
    for style in (written, written.replace("%B", "%b")):
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007 - a day as printed has no zone
        except ValueError:
            continue
    return None


def _title(lines: tuple[TextLine, ...], labels: frozenset[int]) -> int | None:
    """The largest line above all labels that speaks of lists or alerts, else none."""
    first = min((lines[i].box[1] for i in labels), default=0.0)
    above = [
        i
        for i, line in enumerate(lines)
        if i not in labels and line.box[3] <= first + 2 and _TITLE.search(line.text) and len(line.text) <= 60
    ]
    return max(above, key=lambda i: lines[i].box[3] - lines[i].box[1], default=None)
