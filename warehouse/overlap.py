"""What two pictures of a list have in common: one goes on where the other ends, or shows a part of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_SAME_SIZE = 1.15
"""Text heights that differ by no more than this are of one size: demanded where a single entry joins two pictures."""
_ONE_LIST_SIZE = 1.5


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list as one page shows it."""

    id: str
    """Its mark_id or row_id."""
    number: int
    text: str
    key: str
    """What entries are compared by; an entry with an empty key is like no other."""
    state: str | None
    """What it says, where that is known: two pages of one list must not differ in it."""
    is_cut: bool
    """The edge of the picture cuts it: it joins nothing."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page and the entries it shows, in reading order."""

    document_id: str
    page_number: int
    segment_id: str
    group: tuple[str, ...]
    """Release, kind and look: pages of another group are of another list."""
    is_scrolled: bool
    """A picture of a screen, whose entries may be on another picture too."""
    is_alone: bool
    """The only page of its segment."""
    is_sortable: bool
    """Of a kind of list that programs sort by name."""
    facts: Mapping[str, str]
    """What the page says whose list it is and which: pages that differ in a fact are of different lists."""
    text_height: float
    """Of most of its entries, in points."""
    entries: tuple[Entry, ...]

    @property
    def key(self) -> tuple[str, int]:
        return self.document_id, self.page_number


def place_in(part: Page, page: Page) -> int | None:
    """Where on *page* all entries of *part* stand, in the same states."""
    if not _is_comparable(part, page) or len(part.entries) < 2:
        return None
    lead, keys = uncut(part)
    for start in range(len(page.entries) - len(keys) + 1):
        views = page.entries[start : start + len(keys)]
        if len(keys) > 1 and [entry.key for entry in views] == keys:
            pairs = list(zip(views, part.entries[lead : lead + len(keys)], strict=True))
            is_inside = start - lead >= 0 and start - lead + len(part.entries) <= len(page.entries)
            return start - lead if is_inside and not _differing(pairs) else None
    return None


def overlap(page: Page, after: Page) -> tuple[int, int] | None:
    """How many entries *after* begins with that *page* ends with, and where on *page* its first entry goes."""
    if not _is_comparable(page, after):
        return None
    skipped, ends = uncut(page)
    lead, begins = uncut(after)
    for count in range(min(len(ends), len(begins)) - 1, 0, -1):
        if ends[-count:] != begins[:count] or not all(ends[-count:]):
            continue
        at = skipped + len(ends) - count
        pairs = list(zip(page.entries[at : at + count], after.entries[lead : lead + count], strict=True))
        known = [pair for pair in pairs if None not in (pair[0].state, pair[1].state)]
        if 2 * len(_differing(pairs)) > len(known):
            return None  # the same entries, but mostly in other states: another list, or another day
        if count > 1 or _is_one_enough(page, after, pairs[0]):
            return count, at - lead
    return None


def _is_one_enough(page: Page, after: Page, pair: tuple[Entry, Entry]) -> bool:
    """Whether one common entry joins two pictures: it is there once, in one state, and the text is of one size."""
    keys = [entry.key for entry in (*page.entries, *after.entries)]
    is_clear = keys.count(pair[0].key) == 2 and not _differing([pair])
    return is_clear and page.is_alone and after.is_alone and _size_ratio(page, after) <= _SAME_SIZE


def _is_comparable(page: Page, other: Page) -> bool:
    return page.is_scrolled and other.is_scrolled and _size_ratio(page, other) <= _ONE_LIST_SIZE


def _size_ratio(page: Page, other: Page) -> float:
    one, two = page.text_height, other.text_height
    return max(one, two) / max(min(one, two), 0.1)


def uncut(page: Page) -> tuple[int, list[str]]:
    """How many entries the upper edge cuts, and the keys of those that no edge cuts."""
    entries = page.entries
    lead = next((k for k, entry in enumerate(entries) if not entry.is_cut), len(entries))
    end = next((k for k in range(len(entries), lead, -1) if not entries[k - 1].is_cut), lead)
    return lead, [entry.key for entry in entries[lead:end]]


def _differing(pairs: Sequence[tuple[Entry, Entry]]) -> list[tuple[Entry, Entry]]:
    return [(a, b) for a, b in pairs if None not in (a.state, b.state) and a.state != b.state]
