"""Pages that show parts of one list -> the list. Pure; what pages there are, and what becomes of a list, is elsewhere.

A list that is longer than the screen is photographed in pieces: scroll, next picture. The pieces overlap, and their
files come in any order, so the order is taken from what they show: one picture begins with the entries that another
ends with. Printed pages follow each other in the order of their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from warehouse.overlap import Entry, Page, overlap, place_in, uncut

_OUT_OF_ORDER = 0.1
"""Share of neighbours that may be out of order in an alphabetical list: misread names."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page at its place in a list."""

    page: Page
    joined_by: str
    """first, overlap, contained, page_order or sorted."""
    overlap_count: int = 0


@dataclass(frozen=True, slots=True)
class StitchedList:
    """One list: its pages in order, and for every entry all pages' views of it."""

    pages: tuple[ListPage, ...]
    entries: tuple[tuple[Entry, ...], ...]

    @property
    def first(self) -> Page:
        return self.pages[0].page

    def pages_by_id(self) -> dict[str, Page]:
        """Id of an entry -> the page that shows it."""
        return {entry.id: found.page for found in self.pages for entry in found.page.entries}


@dataclass(slots=True)
class _Chain:
    """Pages that belong together, each with the position of its first entry."""

    placed: list[tuple[int, ListPage]]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return max(offset + len(found.page.entries) for offset, found in self.placed)

    @property
    def first(self) -> Page:
        return self.placed[0][1].page

    def keys(self) -> set[str]:
        return {entry.key for _, found in self.placed for entry in found.page.entries if entry.key}

    def append(self, other: _Chain, offset: int, joined_by: str, overlap_count: int = 0) -> None:
        """Put *other* behind: the first entry of its first page goes to position *offset*."""
        shift = offset - other.placed[0][0]
        head = ListPage(other.first, joined_by, overlap_count)
        self.placed += [(shift + at, head if k == 0 else found) for k, (at, found) in enumerate(other.placed)]
        self.facts |= other.facts

    def stitched(self) -> StitchedList:
        at: dict[int, list[Entry]] = {}
        for offset, found in self.placed:
            for index, entry in enumerate(found.page.entries):
                at.setdefault(offset + index, []).append(entry)
        return StitchedList(tuple(found for _, found in self.placed), tuple(tuple(at[k]) for k in sorted(at)))


def stitch(pages: Iterable[Page]) -> list[StitchedList]:
    """The lists that *pages* show, by their first pages; every page is in exactly one."""
    chains: list[_Chain] = []
    alone: list[_Chain] = []
    for _, found in groupby(sorted(pages, key=lambda p: p.key), key=lambda p: (p.segment_id, p.group)):
        segment = [_Chain([(0, ListPage(page, "first"))], dict(page.facts)) for page in found]
        if len(segment) == 1 and segment[0].first.is_alone:
            alone += segment
        else:
            chains += _in_page_order(_overlapping(segment))
    by_group = sorted(alone, key=lambda chain: (chain.first.group, chain.first.key))
    for _, group in groupby(by_group, key=lambda chain: chain.first.group):
        chains += _in_alphabetical_order(_overlapping(list(group)))
    return sorted((chain.stitched() for chain in chains), key=lambda one: one.first.key)


def may_be_one_list(one: StitchedList, other: StitchedList) -> bool:
    """Whether nothing but a missing overlap keeps the two apart."""
    return one.first.group == other.first.group and all(
        _is_compatible(a.page.facts, b.page.facts) for a in one.pages for b in other.pages
    )


def _is_compatible(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return all(other.get(fact, value) == value for fact, value in one.items())


def _overlapping(chains: list[_Chain]) -> list[_Chain]:
    """Join chains of one page each whose entries overlap; the longest overlap first."""
    whole, chains = _contained(chains)
    beginning: dict[str, list[_Chain]] = {}
    for chain in chains:
        for key in uncut(chain.first)[1][:1]:
            beginning.setdefault(key, []).append(chain)
    edges = []
    for chain in chains:
        for other in (c for key in set(uncut(chain.first)[1]) for c in beginning.get(key, ()) if c is not chain):
            shared = overlap(chain.first, other.first)
            if shared is not None:
                edges.append((-shared[0], chain.first.key, other.first.key, shared[1]))
    owner = {chain.first.key: chain for chain in chains}
    head = {chain.first.key: chain.first.key for chain in chains}
    followed: set[tuple[str, int]] = set()
    for count, before, after, offset in sorted(edges):
        first, rest = owner[head[before]], owner.get(after)
        # `rest` is gone once it follows another page, and is the chain itself where the end would meet its beginning.
        if before in followed or rest is None or rest is first or not _is_compatible(first.facts, rest.facts):
            continue
        at = next(place for place, found in first.placed if found.page.key == before)
        first.append(rest, at + offset, "overlap", -count)
        followed.add(before)
        for _, found in rest.placed:
            head[found.page.key] = first.first.key
        del owner[after]
    joined = list(owner.values())
    for part, container, offset in whole:
        chain = next(c for c in joined if any(found.page.key == container for _, found in c.placed))
        at = next(place for place, found in chain.placed if found.page.key == container)
        chain.append(part, at + offset, "contained", len(part.first.entries))
    return joined


def _contained(chains: list[_Chain]) -> tuple[list[tuple[_Chain, tuple[str, int], int]], list[_Chain]]:
    """Pages of which another shows all entries in the same states, with that page and their place; and the rest."""
    kept: list[_Chain] = []
    showing: dict[str, list[_Chain]] = {}
    whole: list[tuple[_Chain, tuple[str, int], int]] = []
    for chain in sorted(chains, key=lambda chain: (-len(chain.first.entries), chain.first.key)):
        for other in (c for key in uncut(chain.first)[1][:1] for c in showing.get(key, ())):
            offset = place_in(chain.first, other.first)
            if offset is not None and _is_compatible(chain.facts, other.facts):
                whole.append((chain, other.first.key, offset))
                break
        else:
            kept.append(chain)
            for key in {entry.key for entry in chain.first.entries}:
                showing.setdefault(key, []).append(chain)
    return whole, kept


def _in_page_order(chains: list[_Chain]) -> list[_Chain]:
    """Join the chains of one segment in the order of their pages. Pictures that show an entry again, without an
    overlap that joins them, stay apart: they may show another list, or the same one on another day."""
    joined: list[_Chain] = []
    shown: set[str] = set()
    for chain in sorted(chains, key=lambda chain: chain.first.key):
        last = joined[-1] if joined else None
        keys = chain.keys()
        is_apart = last is None or (chain.first.is_scrolled and not keys.isdisjoint(shown))
        if last is None or is_apart or not _is_compatible(last.facts, chain.facts):
            joined.append(chain)
            shown = keys
        else:
            last.append(chain, last.end, "page_order")
            shown |= keys
    return joined


def _in_alphabetical_order(chains: list[_Chain]) -> list[_Chain]:
    """Join the pieces of one alphabetical list: all are sorted, and each ends before the next begins."""
    names = {id(chain): [e[0].text.casefold() for e in chain.stitched().entries if not e[0].is_cut] for chain in chains}
    ordered = sorted(chains, key=lambda chain: names[id(chain)][:1])
    is_one_list = (
        len(chains) > 1
        and all(chain.first.is_sortable and _is_sorted(names[id(chain)]) for chain in chains)
        and all(names[id(a)][-1] < names[id(b)][0] for a, b in pairwise(ordered))
        and all(_is_compatible(a.facts, b.facts) for a in chains for b in chains)
    )
    if not is_one_list:
        return chains
    for chain in ordered[1:]:
        ordered[0].append(chain, ordered[0].end, "sorted")
    return ordered[:1]


def _is_sorted(names: list[str]) -> bool:
    wrong = sum(before > after for before, after in pairwise(names))
    return len(names) > 2 and names[0] < names[-1] and wrong <= _OUT_OF_ORDER * len(names)
