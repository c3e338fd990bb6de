"""Issues of what pages of logs show but no reader reads: notes, form fields, small pictures, text at an angle; and of
text outside all cells that something covers: a heading, a title, a footer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from records.documents import PageClass
from records.issues import Severity
from records.parts import ISSUE_COLUMNS

_REPEATS = 3
"""Pages on which one thing must stand at one place to be told once: a logo, a seal, a watermark."""
_MOST_PAGES = 50
"""Pages that are named one by one; those after them are counted."""
_MOST_PLACES = 3
_SEEN_LIMIT = 500
_CODES = {
    "note": ("annotation_not_read", Severity.DOUBT),
    "stamp": ("annotation_not_read", Severity.DOUBT),
    "handwriting": ("annotation_not_read", Severity.DOUBT),
    "form field": ("form_field_not_read", Severity.DOUBT),
    "picture": ("picture_not_read", Severity.DOUBT),
    "rotated": ("rotated_text", Severity.DOUBT),
    "covered": ("blacked_out", Severity.NOTICE),
}
_SEVERITIES = dict(_CODES.values())
_WORDS = {"rotated": "text at an angle", "covered": "text outside all cells"}
_PRINTED = ("Printed but in no value", "Look at the page: what stands there is in no value.")
_SAID = {"blacked_out": ("Something covers it, and it is in no value", "Do not publish what is underneath.")}
"""What is said of a code, and the advice, where it is not that something is printed."""


def unread_issues(
    unread: Sequence[dict[str, Any]], texts: Sequence[dict[str, Any]], pages: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The issues of one document: *unread* are :class:`extractors.glyphs.Unread` with their pages, *texts* and *pages*
    rows of the parts. What repeats at one place is told on its first page, with the count of pages."""
    by_number = {page["page_number"]: page for page in pages}
    things = [
        *(u for u in unread if u["kind"] != "picture" or by_number[u["page_number"]]["page_class"] != PageClass.MIXED),
        *({**text, "kind": text["rule"]} for text in texts if text["rule"] in _WORDS),
    ]
    places: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for thing in things:
        at = (round(thing["x0"] / 2), round(thing["top"] / 2))
        code, _ = _CODES[thing["kind"]]
        places[code, *at, thing["text"] if thing["kind"] != "picture" else None].append(thing)
    issues = []
    single: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for (code, *_), found in places.items():
        numbers = sorted({thing["page_number"] for thing in found})
        if len(numbers) >= _REPEATS:
            said = f"{_where(found[0], by_number[numbers[0]])}, on {len(numbers)} pages"
            issues.append(_issue(code, f"{said}.", numbers[0], found[:1]))
        else:
            for thing in found:
                single[code, thing["page_number"]].append(thing)
    return issues + list(_page_by_page(single, by_number))


def _page_by_page(
    single: dict[tuple[str, int], list[dict[str, Any]]], by_number: dict[int, dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    named: dict[str, int] = defaultdict(int)
    rest: dict[str, list[int]] = defaultdict(list)
    for (code, number), found in sorted(single.items()):
        if named[code] >= _MOST_PAGES:
            rest[code].append(number)
            continue
        named[code] += 1
        told = [_where(thing, by_number[number]) for thing in found[:_MOST_PLACES]]
        more = f" and {len(found) - _MOST_PLACES} more" if len(found) > _MOST_PLACES else ""
        yield _issue(code, f"{'; '.join(told)}{more}.", number, found)
    for code, numbers in rest.items():
        said = f"the like on {len(numbers)} more pages, from this one to page {numbers[-1]}."
        yield _issue(code, said, numbers[0], ())


def _where(thing: dict[str, Any], page: dict[str, Any]) -> str:
    """What it is and where, in words: a picture (120 by 40 pt) at the top right."""
    across = (thing["x0"] + thing["x1"]) / 2 / max(1.0, page["width"])
    down = (thing["top"] + thing["bottom"]) / 2 / max(1.0, page["height"])
    side = ("left", "centre", "right")[min(2, max(0, int(3 * across)))]
    level = ("top", "middle", "bottom")[min(2, max(0, int(3 * down)))]
    size = f"{thing['x1'] - thing['x0']:.0f} by {thing['bottom'] - thing['top']:.0f} pt"
    what = _WORDS.get(thing["kind"], f"a {thing['kind']}")
    return f"{what} ({size}) at the {level} {side}"


def _issue(code: str, message: str, page: int, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    seen = " / ".join(thing["text"] for thing in found if thing["text"])[:_SEEN_LIMIT] or None
    said, advice = _SAID.get(code, _PRINTED)
    values = (code, str(_SEVERITIES[code]), f"{said}: {message}", advice, page, None, None, None, seen)
    return dict(zip(ISSUE_COLUMNS, values, strict=True))
