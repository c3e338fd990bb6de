"""Open multi-selects: a tick beside what is chosen and nothing beside the rest."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extractors.pictures.marks.blocks import alike, gather_labels
from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.crosses import is_flat, told_by_hue
from extractors.pictures.marks.draft import Draft, is_off, is_on
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_of, has_dash
from extractors.pictures.marks.labels import Labelled, label_kind
from extractors.pictures.marks.places import lies_in_word
from extractors.pictures.marks.runs import Run, explains
from extractors.pictures.marks.series import Kind
from extractors.pictures.read_page import Box
from records.hotlists import topic_of
from records.marks import MarkState, MarkStyle


def find_ticked_list(ground: Ground, kind: Kind, runs: list[Run], marks: list[Candidate]) -> list[Draft] | None:
    """Drafts for the entries of a list with ticks of this make, or None where they are no ticks.

    Crosses beside ticks mean off; alone they say nothing, because a cross may as well remove an entry. An entry with
    neither is off only where a tick is seen and there are no crosses: where every entry has a sign, one without is
    unreadable. A sign whose label is covered is an entry as well.
    """
    kind = _in_column(ground, kind)
    boxes = [m.box for m in kind.members]
    figures = told_by_hue(ground, boxes, [figure_of(ground, box) for box in boxes])
    ticks = sum(f is Figure.TICK for f in figures)
    known = ticks + figures.count(Figure.CROSS)
    if known < 2 or known < 0.7 * len(figures):
        return None
    found = label_kind(kind, runs, marks, ground.line_height)
    if found is None:
        return None
    # A sign without a label is none of the list's: the arrow that opens the select stands in the column of the ticks.
    signs = [(m, f) for m, f in zip(found, figures, strict=True) if m.runs]
    nameless = [(m, f) for m, f in zip(found, figures, strict=True) if not m.runs and f is not Figure.OTHER]
    if not signs or len(nameless) > _NAMELESS * known:
        return None
    kind = Kind(kind.family, [m.candidate for m, _ in signs])
    crosses = any(f is Figure.CROSS for _, f in signs)
    drafts = [_told(m, f, is_ticked=ticks > 0) for m, f in signs]
    taken = {id(r) for d in drafts for r in d.runs}
    free = [r for r in runs if id(r) not in taken]
    bare = [row for column in _columns(drafts, ground.line_height) for row in _bare_rows(ground, column, free)]
    bare = list({id(run): (run, box) for run, box in bare}.values())
    bare = [(run, box) for run, box in bare if not any(lies_in_word(box, r, ground.line_height) for r in runs)]
    # Where no place is empty and no entry is indented, a dash is the opposite of a tick.
    dashed = not crosses and all(has_dash(ground, box) for _, box in bare) and is_flat(drafts, ground.line_height)
    for run, box in bare:
        draft = Draft(MarkStyle.CHECK_ICON, box, [run])
        if crosses:
            draft.give_up("neither tick nor cross beside it")
        elif dashed:
            draft.settle(MarkState.OFF, f"a dash beside it, {ticks} others of the list are ticked and none is empty")
        elif float(np.percentile(ground.ink[ground.cut(box)], 99)) > max(3 * ground.noise + 4, 0.2 * ground.contrast):
            draft.give_up("something that is no tick beside it")
        else:
            draft.settle(MarkState.OFF, f"no tick beside it, {ticks} others of the list are ticked")
        drafts.append(draft)
    gather_labels(ground, [d for d in drafts if d.runs], runs)
    for column in _columns([d for d in drafts if d.runs], ground.line_height):
        _doubt_close(column)
    rows = [d.place for d in drafts]
    lone = [(m, f) for m, f in nameless if not any(_is_level(m.candidate, row) for row in rows)]
    for draft in drafts:  # a sign half-way down a label of two lines was found beside neither of them
        if is_off(draft.state) and any(_is_beside(m.candidate, draft, ground.line_height) for m, _ in lone):
            draft.give_up("a sign that has no label stands beside it")
    return drafts + [_told(m, f, is_ticked=ticks > 0) for m, f in lone]


def _doubt_close(column: list[Draft]) -> None:
    """Give up neighbours of a *column*, downwards, of which one has no sign and which stand closer than its entries do:
    two lines of one label, whose sign is not half-way between them."""
    steps = [below.runs[0].middle - above.runs[-1].middle for above, below in pairwise(column)]
    usual = float(np.median(steps)) if steps else 0.0
    for (above, below), step in zip(pairwise(column), steps, strict=True):
        if step <= _CLOSE * usual and is_off(above.state) != is_off(below.state):
            for draft in (above, below):
                draft.give_up("it stands as close to the next entry as lines of one label do")


def _is_beside(sign: Candidate, draft: Draft, unit: float) -> bool:
    """Whether *sign* stands in the column of the entry's own, beside any of its lines."""
    x, y = sign.middle
    top, bottom = min(r.box[1] for r in draft.runs), max(r.box[3] for r in draft.runs)
    return top <= y <= bottom and draft.place[0] - unit <= x <= draft.place[2] + unit


def _told(mark: Labelled, figure: Figure, is_ticked: bool) -> Draft:
    """The entry with this sign. *is_ticked*: whether the list has ticks."""
    draft = Draft(MarkStyle.CHECK_ICON, mark.candidate.box, mark.runs)
    if figure is Figure.TICK:
        draft.settle(MarkState.ON, "a tick")
    elif figure is Figure.CROSS and not is_ticked:
        draft.give_up("all signs of the list are crosses, and nothing tells what they say")
    elif figure is Figure.CROSS:
        draft.settle(MarkState.OFF, "a cross, others of the list are ticked")
    else:
        draft.give_up("a sign that is neither tick nor cross")
    return draft


def _is_level(mark: Candidate, box: Box) -> bool:
    return box[1] < mark.middle[1] < box[3]


_CLOSE = 0.6
"""Of the usual step from an entry's last line to the next entry: as near stand lines of one label."""
_NAMELESS = 0.2
"""Share of the ticks and crosses of a list whose labels may be covered."""


def _in_column(ground: Ground, kind: Kind) -> Kind:
    """The make without what stands in no column with a tick: letters of a line that nobody read."""
    xs = [m.middle[0] for m in kind.members if figure_of(ground, m.box) is Figure.TICK]
    reach = 0.6 * ground.line_height
    return Kind(
        kind.family, [m for m in kind.members if any(abs(m.middle[0] - x) <= reach for x in xs)] or kind.members
    )


def _columns(drafts: list[Draft], unit: float) -> list[list[Draft]]:
    """The entries one below another, column by column."""
    columns: list[list[Draft]] = []
    for draft in sorted(drafts, key=lambda d: d.place[0] + d.place[2]):
        x = draft.place[0] + draft.place[2]
        if columns and x - columns[-1][-1].place[0] - columns[-1][-1].place[2] <= 0.7 * unit:
            columns[-1].append(draft)
        else:
            columns.append([draft])
    return [sorted(column, key=lambda d: d.place[1]) for column in columns]


def _bare_rows(ground: Ground, drafts: list[Draft], runs: list[Run]) -> list[tuple[Run, Box]]:
    """The entries without a sign in the column of *drafts*: same left edge, same height, each a step from another
    entry."""
    unit = ground.line_height
    edge = float(np.median([d.runs[0].box[0] for d in drafts]))
    high, size, tone = (
        float(np.median([getattr(d.runs[0], name) for d in drafts])) for name in ("height", "size", "tone")
    )
    x0, top, x1, bottom = (float(v) for v in np.median([d.place for d in drafts], axis=0))
    wide, tall = x1 - x0, bottom - top
    drop = float(np.median([(d.place[1] + d.place[3]) / 2 - d.runs[0].middle for d in drafts]))
    runs = [r for r in runs if topic_of(r.text.partition(",")[0]) is None or "," not in r.text]  # a closed select
    like = [
        r
        for r in runs
        if abs(r.box[0] - edge) <= 0.35 * unit
        and (0.78 <= r.height / high <= 1.28 or _ONE_SIZE <= r.size / max(1.0, size) <= 1 / _ONE_SIZE)
    ]
    entries = sorted([*(d.runs[0] for d in drafts), *like], key=lambda r: r.middle)
    steps = np.diff([r.middle for r in entries])
    step = float(np.median(steps)) if steps.size else 0.0
    signed = [i for i, r in enumerate(entries) if any(r is d.runs[0] for d in drafts)]
    first, last = signed[0], signed[-1]
    # Where every entry has a sign, what stands above the first and below the last is a heading and a note.
    states = [d.state for d in drafts]
    while any(map(is_on, states)) and not any(map(is_off, states)):
        inside = entries[first : last + 1]
        if first > 0 and _goes_on(entries[first], entries[first - 1], inside, step, ground):
            first -= 1
        elif last < len(entries) - 1 and _goes_on(entries[last], entries[last + 1], inside, step, ground):
            last += 1
        else:
            break
    rows = []
    for above, run in pairwise([None, *entries[first : last + 1]]):
        if run is None or any(run is d.runs[0] for d in drafts):
            continue
        if above is not None and run.middle - above.middle < _WRAPPED * step:
            continue  # the second line of the entry above
        if above is not None and run.middle - above.middle <= _UNDER * unit and explains(run, above):
            continue
        if run.size <= _SMALLER * size and run.tone <= _PALER * tone:
            continue  # explains an entry that was read otherwise
        middle = run.middle + drop
        rows.append((run, (x0, middle - tall / 2, x0 + wide, middle + tall / 2)))
    return rows


_ONE_SIZE = 0.88
"""Of the size of the others' letters: a short line without letters that rise and hang is lower than they are."""


_UNDER = 1.6
"""Line heights below an entry within which what explains it is set."""
_SMALLER, _PALER = 0.94, 0.9
"""Of the size and of the tone of entries, what no entry has, both at once."""
_WRAPPED = 0.75
"""Of the usual step between entries: two lines that stand closer are one."""


def _goes_on(entry: Run, other: Run, inside: list[Run], step: float, ground: Ground) -> bool:
    """Whether the list goes on from *entry*, first or last of those *inside*, to *other*: by a step and set like any of
    them, or past a heading to one set just like *entry*."""
    gap = abs(other.middle - entry.middle)
    if gap <= 1.3 * step:
        return any(alike(other, one, ground) for one in inside)
    return gap <= 2.7 * step and alike(other, entry, ground)
