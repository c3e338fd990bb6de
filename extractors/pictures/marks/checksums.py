"""The page against itself: counters and parents say how many marks are on. A difference names the marks it is about."""

from __future__ import annotations

from extractors.pictures.marks.draft import Draft, is_off, is_on
from extractors.pictures.marks.facts import SELECT_ALL
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.marks.result import Fact
from records.issues import Severity
from records.marks import MarkState


def check_parents(drafts: list[Draft]) -> list[tuple[str, Severity, str, Draft]]:
    """A parent must be on where all its children are, off where none is, mixed between."""
    found = []
    for parent in drafts:
        children = [d for d in drafts if d.parent is parent]
        if not children or any(c.state is MarkState.UNREADABLE for c in children):
            continue
        expected = _sum_of(children)
        shown = _plain(parent.state)
        if parent.state is not MarkState.UNREADABLE and shown != expected:
            message = f"It shows {shown}, but of the {len(children)} marks under it {_told(children)}."
            found.append(("parent_disagrees", Severity.DOUBT, message, parent))
    return found


def _sum_of(children: list[Draft]) -> str:
    states = {_plain(c.state) for c in children}
    return states.pop() if len(states) == 1 else "mixed"


def _plain(state: MarkState) -> str:
    return "on" if is_on(state) else "off" if is_off(state) else str(state)


def _told(children: list[Draft]) -> str:
    return f"{sum(is_on(c.state) for c in children)} are on"


def check_counts(drafts: list[Draft], facts: tuple[Fact, ...]) -> list[tuple[str, Severity, str, Draft | None]]:
    """Counters of the page against the marks. A parent or a "select all" is not counted where its children are."""
    parents = {id(d.parent) for d in drafts if d.parent is not None}
    leaves = [d for d in drafts if id(d) not in parents and not SELECT_ALL.match(label_of(d))]
    on = [f for f in facts if f.fact == "count_on" and f.value is not None]
    total = [f for f in facts if f.fact == "count_total" and f.value is not None]
    if len(on) != 1 or len(total) > 1 or not leaves:
        return []  # several counters: which marks each is of is not known
    printed, seen = int(on[0].value or 0), sum(is_on(d.state) for d in leaves)
    unknown = sum(d.state in (MarkState.UNREADABLE, MarkState.MIXED) for d in leaves)
    message = f"The page says {on[0].text!r}; {seen} of {len(leaves)} marks were read as on."
    # Without a total, or with another one, the picture may show a part of the list only.
    whole = bool(total) and int(total[0].value or 0) == len(leaves)
    if seen <= printed <= seen + unknown:
        return []
    if not whole and printed > seen:
        return [("count_disagrees", Severity.NOTICE, message + " It may not show all of the list.", None)]
    # Which mark it is cannot be told: each of those that could make the difference is named.
    suspects = [d for d in leaves if (is_off(d.state) if printed > seen else is_on(d.state))]
    return [
        ("count_disagrees", Severity.DOUBT, message, None),
        *(("count_disagrees", Severity.DOUBT, message, d) for d in suspects),
    ]


def check_select_all(drafts: list[Draft]) -> list[tuple[str, Severity, str, Draft]]:
    """A ticked "select all" among marks that are off, or an empty one where all are on."""
    masters = [d for d in drafts if SELECT_ALL.match(label_of(d)) and d.state is not MarkState.UNREADABLE]
    rest = [d for d in drafts if not SELECT_ALL.match(label_of(d))]
    if len(masters) != 1 or not rest or any(d.state is MarkState.UNREADABLE for d in rest):
        return []
    master = masters[0]
    expected = _sum_of(rest)
    shown = _plain(master.state)
    # Many screens leave it empty while some are on, so only the plain contradictions count.
    if shown == "on" and expected != "on":
        return [("parent_disagrees", Severity.DOUBT, f"{label_of(master)!r} is on, but not all marks are.", master)]
    return []
