"""Forms that tell in a name what is ours and what may be a person's (:mod:`warehouse.analyst_labels`)."""

from __future__ import annotations

import re

from warehouse.search_rules import rules

_NAME = r"(?-i:[A-Z])[\w.'-]{0,40}"
_FILE = r"(?:pdf|png|jpe?g|tiff?|gif|heic|csv|tsv|txt|xlsx?|xlsb|docx?|zip|html?|json|eml|msg)"
_AT_IN_BRACKETS = r"[\[({<]\s*at\s*[\])}>]"
_DOT = r"(?:[\[({]\s*dot\s*[\])}]|(?-i:\bDOT\b))"

_MAIL = "|".join(
    (
        # With the name of the person before it: "Jo Sample" <jo@example.org>.
        rf"(?:\"[^\"]{{1,60}}\"|{_NAME}(?:\s{_NAME})?)?\s?<[^<>@]{{1,60}}@[^<>]{{1,60}}>",
        r"[\w.+-]*\s?(?:@|&#64;|&commat;)\s?[\w.-]*",
        # `at` as a word needs a domain behind it; "Photo at park.jpg" is a file.
        rf"[\w.+-]{{1,64}}(?:\s+at\s+|(?<=\w)(?:_at_|-at-))(?:[\w-]{{1,64}}\.){{1,8}}(?!{_FILE}\b)[a-z]{{2,}}\b",
        rf"[\w.+-]+\s*(?:{_AT_IN_BRACKETS}|(?-i:\bAT\b)(?=.*\bDOT\b))\s*[\w.-]+(?:\s*{_DOT}\s*\w+)*",
    )
)
"""A pattern for ``re`` with ``IGNORECASE``."""

_OWN = (
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{16}-(?:p\d{5,}(?:-[rm]\d{3,}|-list)?|s\d+)|[oid]-[0-9a-f]{16}"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9A-Za-z])"
)
IDS = re.compile(_OWN)
"""Our own ids, hashes and UUIDs: they name places, bytes and searches, and may hold any letters by chance."""

YEAR = r"(?:20[1-4]\d)"
_ROAD = r"(?:st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|way|cir|circle|pl|place|trl|trail)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_CITATIONS = "|".join(entry["pattern"].replace(r"\x{00A7}", "§") for entry in rules("cell_states")["citation"])
"""Exemptions, as releases state them."""
OURS = re.compile(
    rf"{_OWN}|(?<![\w.])(?:{_CITATIONS})(?!\w)|\bSHA-256\b|\b(?:page|row|mark|rows|pages|part)s?[ _]\d{{1,6}}\b"
    # Numbers of requests: a year and a number, with letters before it.
    rf"|(?<![\w-])(?:[a-z]{{1,6}}-)?(?:{YEAR}|[12]\d)-\d{{3,6}}(?![\w-])"
    # Days of a log or a letter; days before 2010 are birthdays.
    rf"|(?<!\d){YEAR}[-_./]\d{{1,2}}(?:[-_./]\d{{1,2}})?(?!\d)|(?<!\d)\d{{1,2}}[-_./]\d{{1,2}}[-_./](?:{YEAR}|1\d|2\d|3\d)(?!\d)"
    rf"|(?<!\d){YEAR}[01]\d[0-3]\d(?:T\d{{4,6}}Z?)?(?!\d)|\b{_MONTH}[-_. ]?(?:\d{{1,2}}(?!\d)|{YEAR}\b)"
    rf"|\b{YEAR}[-_. ]?(?:Q[1-4]|H[12]|{_MONTH})\b|\b(?:Q[1-4]|H[12]|FY)[-_. ]?{YEAR}\b|\b\d{{1,3}}(?:st|nd|rd|th)\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b",
    re.IGNORECASE,
)
_PAST = r"(?:19\d\d|200\d)"
HIDDEN = re.compile(
    _MAIL + rf"|(?<!\d){_PAST}[-_./ ]\d{{1,2}}[-_./ ]\d{{1,2}}(?!\d)"  # dates of birth
    rf"|(?<!\d)\d{{1,2}}[-_./ ]\d{{1,2}}[-_./ ](?:{_PAST}|[4-9]\d|0\d)(?!\d)"
    r"|\b(?:dob|born)\W{0,3}\d[\d/. -]*"
    # Numbers of homes.
    rf"|(?<!\d)\d{{2,5}}\s+(?:block\s+(?:of\s+)?)?(?=(?:[a-z.']+\s+){{1,3}}{_ROAD}\b)"
    r"|-?\d{1,3}\.\d{2,}\W{1,3}(?:lon\w*\W{1,3})?-?\d{1,3}\.\d{2,}",
    re.IGNORECASE,
)
OF_PERSONS = re.compile(
    # Badges and cases, which look like our own numbers of requests.
    r"\b(?:badge|emp(?:loyee)?|serial|dl|oln|ssn|case|cfs|cad|oca|incident)\s*(?:no\b\.?|number|id|#|:)*\s*(?=[\w-]*\d)[\w-]{2,}"
    rf"|\b(?:dob|born)\W{{0,3}}(?:\d{{1,2}}[-_. ]?)?{_MONTH}(?:[-_., ]{{0,2}}\d{{1,4}}){{1,2}}"
    rf"|\b{_MONTH}[-_. ]{{0,2}}\d{{1,2}},?[-_. ]?{_PAST}\b|(?<!\d)\d{{1,2}}[-_. ]?{_MONTH}[-_. ]?{_PAST}\b",
    re.IGNORECASE,
)
