"""Furniture of a finished document: page numbers, and text that stands at one place on most pages; and what the printed
page numbers say of missing pages."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

from extractors.repeated import page_number_free
from extractors.segments import Segment

_PAGE_NUMBER = re.compile(r"(?:page|pg\.?|seite)?\s*-?\s*(\d+)\s*-?(?:\s*(?:of|/|von)\s*(\d+))?", re.IGNORECASE)
_PAGED = re.compile(r"(?:page|pg\.?|seite)\s*(\d+)(?:\s*(?:of|/|von)\s*(\d+))?", re.IGNORECASE)
_OF = re.compile(r"(?<![\d/])(\d+)\s*(?:of|/)\s*(\d+)\s*\Z", re.IGNORECASE)
_MOST_JUMPS = 20
_REPEATS = 3
"""Pages, and half of the segment's, on which a line must stand at one place before it is furniture."""


def tell_furniture(texts: list[dict[str, Any]], pages: list[dict[str, Any]], segment_of: dict[int, Segment]) -> None:
    """Turn left-over lines of logs into furniture: page numbers, and text at one place on three pages or more."""
    places: dict[tuple[int, int, str], list[dict[str, Any]]] = defaultdict(list)
    numbered: dict[int, list[dict[str, Any]]] = defaultdict(list)
    by_page = {page["page_number"]: page for page in pages}
    for text in texts:
        if text["account"] != "left" or segment_of[text["page_number"]].model < 0:
            continue
        found = _PAGE_NUMBER.fullmatch(text["text"].strip())
        if text["rule"] not in ("outside_table", "not_a_row"):
            continue
        if found:
            # Page numbers go up with the pages, from whatever number the document began with.
            numbered[int(found[1]) - text["page_number"]].append(text)
        else:
            plain = page_number_free(text["text"], text["page_number"])
            places[(round(text["x0"] / 2), round(text["bottom"] / 2), plain)].append(text)
    for offset, lines in numbered.items():
        if offset == 0 or len({line["page_number"] for line in lines}) > 1:
            for line in lines:
                _to_furniture(line, "page_number", by_page)
    for lines in places.values():
        on = {line["page_number"] for line in lines}
        segment = segment_of[min(on)]
        if len(on) >= max(_REPEATS, (segment.last_page - segment.first_page + 1) / 2):
            for line in lines:
                _to_furniture(line, "repeated", by_page)


def _to_furniture(text: dict[str, Any], rule: str, by_page: dict[int, dict[str, Any]]) -> None:
    text["account"], text["rule"] = "furniture", rule
    page = by_page[text["page_number"]]
    page["glyphs_left"] -= text["glyph_count"]
    page["glyphs_furniture"] += text["glyph_count"]


def number_jumps(texts: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Where printed page numbers jump, and where they count other pages than there are: (page, what is wrong).

    Numbering may begin anew, where two prints stand one after the other; then the first must be complete.
    """
    printed = _printed_numbers(texts)
    jumps: list[tuple[int, str]] = []
    pages = sorted(printed)
    for before, page in pairwise(pages):
        (last, last_total), (number, total) = printed[before], printed[page]
        if number == 1 and number - last != page - before:
            if last_total is not None and last < last_total:
                said = f"Page numbers begin anew here; the numbers before end with {last} of {last_total}."
                jumps.append((page, said))
        elif number - last != page - before:
            jumps.append((page, f"Printed page numbers jump from {last} to {number} here."))
        elif total != last_total and total is not None and last_total is not None:
            jumps.append((page, f"The page before says that there are {last_total} pages, this one says {total}."))
    for page in pages:
        number, total = printed[page]
        if total is not None and number > total:
            jumps.append((page, f"The page says that it is number {number} of {total}."))
            break
    if pages and not jumps:
        number, total = printed[pages[-1]]
        if total is not None and number < total:
            jumps.append((pages[-1], f"The last page that bears a number is {number} of {total}."))
    return jumps[:_MOST_JUMPS]


def _printed_numbers(texts: list[dict[str, Any]]) -> dict[int, tuple[int, int | None]]:
    """Page -> the number printed on it, and of how many pages it says it is."""
    printed: dict[int, tuple[int, int | None]] = {}
    for text in texts:
        plain = text["text"].strip()
        if text["rule"] in ("page_number", "repeated"):
            found = _PAGED.search(plain) or _OF.search(plain)
        else:  # on two pages nothing repeats often enough
            found = _PAGED.fullmatch(plain) if text["rule"] == "outside_table" else None
        if found:
            printed[text["page_number"]] = (int(found[1]), int(found[2]) if found[2] else None)
    return printed
