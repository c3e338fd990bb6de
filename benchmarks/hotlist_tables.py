"""The tables of the hotlist benchmark: scores, classes of agreement, and the split by kind with what is allowed."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.hotlist_score import KIND_COLUMNS, Score
from records.marks import MarkStyle

_FAMILIAR = {str(style) for style in (MarkStyle.CHECK_BOX, MarkStyle.CHECK_ICON, MarkStyle.WORD)}
"""Check boxes, ticks, On and Off in words: fewer of them may be unreadable than of toggles, radios and other styles."""


def table(rows: Iterable[tuple[str, Score]]) -> str:
    """The scores as a markdown table."""
    head = ["set", "pictures", "marks", "found", "exact", "states right", "wrong", "unreadable", "swaps", "silent"]
    head += ["false alarms", "boxes", "invented", "doubtful named", "facts", "s/picture"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for name, s in rows:
        given = s.right + s.wrong
        cells = [name, s.pictures, s.marks, share(s.found, s.marks), share(s.exact, s.marks), share(s.right, given)]
        cells += [s.wrong, share(s.unreadable, s.marks), s.swaps, s.silent_swaps, share(s.false_alarms, s.right)]
        cells += [share(s.boxes_right, s.found), s.invented, f"{s.doubtful_named}/{s.doubtful}"]
        cells += [share(s.facts_right, s.facts), f"{s.seconds / max(1, s.pictures):.1f}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def agreement_table(total: Score) -> str:
    """How often labels of each class of agreement were right: what may be stored as their confidence."""
    lines = ["| class | labels | exact |", "|---|---|---|"]
    for name in sorted({name for name, _ in total.by_agreement}):
        right, wrong = total.by_agreement[name, True], total.by_agreement[name, False]
        lines.append(f"| {name} | {right + wrong} | {share(right, right + wrong)} |")
    return "\n".join(lines)


def class_table(total: Score) -> str:
    """How often marks of each class were right, label and state: what ``warehouse/confidence.toml`` holds."""
    lines = ["| class | marks | right | 95 % interval |", "|---|---|---|---|"]
    for name in sorted({name for name, _ in total.by_class}):
        right, count = total.by_class[name, True], total.by_class[name, True] + total.by_class[name, False]
        low, high = interval(right, count)
        lines.append(f"| {name} | {count} | {right} | {100 * low:.1f} to {100 * high:.1f}% |")
    return "\n".join(lines)


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's interval of a share, 95 %."""
    z = 1.96
    middle = (right + z * z / 2) / (count + z * z)
    half = z / (count + z * z) * (right * (count - right) / count + z * z / 4) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def share(part: int, whole: int) -> str:
    """Of *whole*, in percent; a dash where there is nothing to share."""
    return f"{100 * part / whole:.2f}%" if whole else "–"


def kind_table(total: Score) -> str:
    """The marks split by what they are; of a screenshot 2 % of the familiar kinds may be unreadable, 15 % of others."""
    lines = ["| kind | marks | found | exact | states right | silent | unreadable | allowed | false alarms |"]
    lines.append("|" + "---|" * 9)
    for kind in sorted({kind for kind, _ in total.by_kind}):
        n = {name: total.by_kind[kind, name] for name in KIND_COLUMNS}
        cells = [kind, n["marks"], share(n["found"], n["marks"]), share(n["exact"], n["marks"])]
        cells += [share(n["right"], n["right"] + n["wrong"]), n["silent"], share(n["unreadable"], n["marks"])]
        cells += ["2%" if kind in _FAMILIAR else "15%", share(n["false_alarms"], n["right"])]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)
