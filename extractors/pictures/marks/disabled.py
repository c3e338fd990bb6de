"""Disabled marks: drawn paler than the others of their state, and so is the label mostly."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.draft import Draft, is_off, is_on
from extractors.pictures.marks.ground import LOSSLESS, Ground
from records.issues import Severity
from records.marks import MarkState

_PALE = 0.72
"""Of the usual contrast: below it a label or a mark is set paler than others."""
_UNCLEAR = (
    "Its label is set paler than that of others of its state, and the file was stored lossily: it may be disabled."
)
_PALE_ON_PAPER = "The mark is much paler than others of its state, on a scan: it may be disabled, or badly printed."
_OTHER_FILL = 12.0
"""Levels between two fields, one grey and one white or tinted."""


def label_contrast(ground: Ground, draft: Draft) -> float:
    """Difference between the label's text and its ground, in levels."""
    if not draft.runs:
        return 0.0
    return float(np.percentile(ground.ink[ground.cut(draft.runs[0].box)], 95))


def with_plain_labels(ground: Ground, drafts: list[Draft]) -> list[bool]:
    """Which of *drafts* have a label that is not set paler than most."""
    text = [label_contrast(ground, d) for d in drafts]
    usual = float(np.percentile(text, 80)) if text else 0.0
    return [one >= _PALE * usual for one in text]


def _is_other_field(ground: Ground, fill: float, usual: float) -> bool:
    """Whether a mark's pale field is of another shade than the usual one: white and grey. Fills of ink say by their
    strength what they are."""
    is_pale = max(fill, usual) < 0.5 * ground.contrast
    return is_pale and abs(fill - usual) > max(_OTHER_FILL, 6 * ground.noise, 0.25 * usual)


def _usual(contrasts: list[float]) -> float:
    """That of most marks; of two sorts that are far apart, that of the stronger one, though it be the smaller."""
    ordered = sorted(contrasts)
    for place in range(1, len(ordered) - 1):
        weak, strong = ordered[:place], ordered[place:]
        if weak[-1] < _APART * strong[0] and strong[-1] <= strong[0] / _ONE_SORT:
            return float(np.median(strong))
    return float(np.median(ordered))


_APART, _ONE_SORT = 0.5, 0.75
"""Weak as a share of strong marks, at most; the weakest of one sort as a share of its strongest, at least."""


def mark_disabled(ground: Ground, drafts: list[Draft]) -> None:
    """Turn on and off of one make into their disabled forms where mark and label are paler than others.

    Only the mark's own paleness counts where it is plain; a paler label alone never does: many pages grey the labels
    of what is not chosen. Where all of a page are disabled nothing tells, and they stay on and off. What is
    usual is seen at the marks whose labels are not pale, however few. On a scan a mark alone may be pale because of
    what was printed badly, or marked with a pen that darkens what is around it: there its label must be pale as well.
    """
    settled = [d for d in drafts if d.contrast is not None and (is_on(d.state) or is_off(d.state))]
    if len(settled) < 2:
        return
    text = {id(d): label_contrast(ground, d) for d in settled}
    usual_text = float(np.percentile(list(text.values()), 80))
    for group in ([d for d in settled if is_on(d.state)], [d for d in settled if is_off(d.state)]):
        contrasts = np.array([d.contrast for d in group], dtype=float)
        if contrasts.size == 0:
            continue
        plain = [c for c, d in zip(contrasts, group, strict=True) if text[id(d)] >= _PALE * usual_text]
        usual = _usual(plain) if plain else float(np.percentile(contrasts, 80))
        fills = [d.fill for d in group if d.fill is not None and text[id(d)] >= _PALE * usual_text]
        usual_fill = float(np.median(fills)) if fills else 0.0
        for draft, contrast in zip(group, contrasts, strict=True):
            pale_label = text[id(draft)] < _PALE * usual_text
            pale_mark = contrast < _PALE * usual or (len(group) == 1 and contrast < 0.5 * max(ground.contrast, 1))
            odd_fill = draft.fill is not None and _is_other_field(ground, draft.fill, usual_fill)
            if ((pale_mark or odd_fill) and pale_label) or (contrast < 0.5 * usual and not ground.is_scan):
                state = MarkState.DISABLED_ON if is_on(draft.state) else MarkState.DISABLED_OFF
                draft.settle(state, f"{draft.basis}; paler than the others")
            elif contrast < 0.5 * usual:
                draft.doubt("mark_disabled_unclear", Severity.NOTICE, _PALE_ON_PAPER)
            elif pale_label and plain and ground.ringing > LOSSLESS:
                draft.doubt("mark_disabled_unclear", Severity.NOTICE, _UNCLEAR)
