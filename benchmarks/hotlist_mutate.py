"""Seeded changes to drawn pages: whatever is changed, the result changes as it should, or an issue names the mark.

Four kinds: a mark is flipped, a tick moves to the neighbour, the top is cropped away, a label is covered. Each changed
picture is compared with its own truth; *silent* is what nobody would notice. *set aside*: no mark was found on the
whole page, and the page says so.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import ImageDraw

from benchmarks.hotlist_read import Reader
from benchmarks.hotlist_score import GotPage, match, score
from records.marks import MarkState, MarkStyle
from samples.hotlists.browser import Browser
from samples.hotlists.cases import paint, painter
from samples.hotlists.cuts import crop
from samples.hotlists.random_spec import STYLES, random_spec
from samples.hotlists.spec import ListSpec
from samples.hotlists.truth import Drawn

_FLIPPED = {MarkState.ON: MarkState.OFF, MarkState.OFF: MarkState.ON}
_SMALL = 12
Changed = tuple[Drawn, set[str]]
"""The changed picture with its truth, and the labels that the change concerns."""


def main(reader: Reader, seed: int, count: int, out: Path) -> None:
    """Print, for *count* changes of each kind, how many came out as drawn, were named, or passed silently."""
    folder = out / "mutated"
    folder.mkdir(parents=True, exist_ok=True)
    print("| change | made | as it should | named | silent | set aside |", "|---|---|---|---|---|---|", sep="\n")
    with painter() as browser:
        for name, change in KINDS.items():
            outcomes: Counter[str] = Counter()
            number = seed
            while outcomes.total() < count:
                rng = random.Random(f"{name}/{number}")
                changed = change(browser, _spec(rng, number), rng)
                number += 1
                if changed is None:
                    continue
                path = folder / f"{name.replace(' ', '-')}-{number - 1}.png"
                changed[0].image.save(path)
                outcome = _outcome(changed, reader(path)[0])
                outcomes[outcome] += 1
                if outcome == "silent":
                    print(f"<!-- silent: {path.name} {sorted(changed[1])} -->")
            columns = (outcomes[one] for one in ("as it should", "named", "silent", "set aside"))
            print(f"| {name} | {count} | " + " | ".join(map(str, columns)) + " |", flush=True)


def _spec(rng: random.Random, seed: int) -> ListSpec:
    """A short page, for speed; its topics and states as the seed gives them."""
    spec = random_spec(rng.choice([style for style, look in STYLES.items() if look.kind is not MarkStyle.CHIP]), seed)
    kept, groups = 0, []
    for group in spec.groups:
        groups.append(replace(group, entries=group.entries[: max(0, _SMALL - kept)]))
        kept += len(groups[-1].entries)
    groups = [group for group in groups if group.entries]
    return replace(spec, groups=tuple(groups), scale=min(spec.scale, 2.0), cut_top=0.0, cut_bottom=0.0)


def flip(browser: Browser | None, spec: ListSpec, rng: random.Random) -> Changed | None:
    """Somebody changed one entry; parents stay as they were."""
    plain = [entry for entry in spec.entries if entry.state in _FLIPPED]
    if not plain:
        return None
    entry = rng.choice(plain)
    drawn = paint(browser, spec.with_states({entry.label: _FLIPPED[entry.state]}), "flip")
    return (drawn, {entry.label}) if drawn else None


def move(browser: Browser | None, spec: ListSpec, rng: random.Random) -> Changed | None:
    """Two neighbours of different state trade their marks: no counter tells."""
    pairs = [(a, b) for a, b in itertools.pairwise(spec.entries) if _FLIPPED.get(a.state) is b.state]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    drawn = paint(browser, spec.with_states({a.label: b.state, b.label: a.state}), "move")
    return (drawn, {a.label, b.label}) if drawn else None


def crop_top(browser: Browser | None, spec: ListSpec, rng: random.Random) -> Changed | None:
    """The upper part of the list is missing, at any height, through a row as well as between two."""
    drawn = paint(browser, spec, "crop")
    if not drawn or len(drawn.page.marks) < 4:
        return None
    tops = [mark.label_box[1] for mark in drawn.page.marks]
    cropped = crop(
        drawn, rng.uniform(min(tops), min(tops) + 0.7 * (max(tops) - min(tops))), drawn.page.height, "cropped"
    )
    kept = {mark.label for mark in cropped.page.marks}
    return cropped, {mark.label for mark in drawn.page.marks} - kept | {m.label for m in cropped.page.marks if m.is_cut}


def cover(browser: Browser | None, spec: ListSpec, rng: random.Random) -> Changed | None:
    """A label lies under a bar: black, or of the page's colour."""
    drawn = paint(browser, spec, "cover")
    if not drawn or not drawn.page.marks:
        return None
    mark = rng.choice(drawn.page.marks)
    x0, top, x1, bottom = mark.label_box
    image = drawn.image.convert("RGB")
    edge = image.getpixel((max(0, int(x0) - 2), int(top)))
    ImageDraw.Draw(image).rectangle((x0 - 1, top - 1, x1 + 1, bottom + 1), fill=rng.choice(((0, 0, 0), edge)))
    marks = tuple(replace(one, is_cut=True) if one is mark else one for one in drawn.page.marks)
    return Drawn(image, replace(drawn.page, marks=marks)), {mark.label}


KINDS: dict[str, Callable[[Browser | None, ListSpec, random.Random], Changed | None]] = {
    "flip a box": flip,
    "move a tick": move,
    "crop the top": crop_top,
    "cover a label": cover,
}


def _outcome(changed: Changed, got: GotPage) -> str:
    drawn, labels = changed
    if not got.marks:
        return "set aside"
    if any(mark.label in drawn.page.hidden for mark in got.marks):
        return "silent"  # a topic that the picture does not show
    pairs = match(drawn.page.marks, got.marks)
    states = []
    for index, mark in enumerate(drawn.page.marks):
        if mark.label not in labels:
            continue
        one = got.marks[pairs[index]] if index in pairs else None
        if one is not None and (one.is_named or one.state is MarkState.UNREADABLE):
            states.append("named")
        elif mark.is_cut:
            is_told = one is None or (one.state is mark.state and one.label == mark.label)
            states.append("as it should" if is_told else "silent")
        else:
            states.append("as it should" if one is not None and one.state is mark.state else "silent")
    if score(drawn.page, got).silent_swaps:
        states.append("silent")
    return next((one for one in ("silent", "named") if one in states), "as it should")
