"""Lines in which a reader joined a state word and its topic: parted again where the page has a column of such words."""

from __future__ import annotations

from dataclasses import replace

from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.words import is_bare_word
from extractors.pictures.read_page import TextLine


def part_words(runs: list[Run], lines: tuple[TextLine, ...], unit: float, scale: float) -> list[Run]:
    """*runs*, with a first or last word apart that says a state and stands in a column of two such words or more."""
    bare = [r for r in runs if is_bare_word(r.text)]
    parted: list[Run] = []
    for run in runs:
        words = lines[run.line].words
        if len(words) < 2 or is_bare_word(run.text) or " ".join(w.text for w in words) != run.text:
            parted.append(run)
            continue
        first, last = words[0], words[-1]
        if is_bare_word(first.text) and sum(abs(b.box[0] - run.box[0]) <= 0.3 * unit for b in bare) >= 2:
            at = words[1].box[0] * scale
            rest = " ".join(w.text for w in words[1:])
            parted += [_cut(run, first.text, run.box[0], first.box[2] * scale), _cut(run, rest, at, run.box[2])]
        elif is_bare_word(last.text) and sum(abs(b.box[0] - last.box[0] * scale) <= 0.3 * unit for b in bare) >= 2:
            to = words[-2].box[2] * scale
            rest = " ".join(w.text for w in words[:-1])
            parted += [_cut(run, rest, run.box[0], to), _cut(run, last.text, last.box[0] * scale, run.box[2])]
        else:
            parted.append(run)
    return parted


def _cut(run: Run, text: str, x0: float, x1: float) -> Run:
    return replace(run, text=text, box=(x0, run.box[1], x1, run.box[3]))
