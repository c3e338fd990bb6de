"""The usual shapes of a document's glyphs, learnt from words and used for words."""

from __future__ import annotations

import json

import numpy as np
import pytest

from extractors.widths import Widths

SHAPES = {"a": (5.0, 4.0, 0.0), "l": (2.5, 7.0, 0.0), "p": (5.0, 4.0, 2.25)}
"""Width, rise above and drop below the baseline, in points."""


def typed(words: list[tuple[str, float]], is_level: bool, scale: float = 1.0) -> tuple[np.ndarray, ...]:  # type: ignore[type-arg]
    """Codes, boxes, starts of words and their baselines."""
    codes, boxes, first, at = [], [], [], 0.0
    for word, baseline in words:
        first.append(len(codes))
        for letter in word:
            width, rise, drop = (scale * length for length in SHAPES[letter])
            top, bottom = (
                (baseline - 8 * scale, baseline + 2 * scale) if is_level else (baseline - rise, baseline + drop)
            )
            boxes.append((at, top, at + width, bottom))
            codes.append(ord(letter))
            at += width
    return np.array(codes, np.uint32), np.array(boxes).T, np.array(first), np.array([y for _, y in words])


def learnt(*pages: tuple[np.ndarray, ...]) -> Widths:  # type: ignore[type-arg]
    seen, widths = Widths(), Widths()
    for page in pages:
        seen.learn(*page)
    widths.use(json.loads(json.dumps(seen.to_json())))
    assert widths.is_known
    return widths


def test_level_glyphs_are_known_by_their_height() -> None:
    words = [("pal", 100.0), ("lap", 100.0), ("al", 120.0)]
    widths = learnt(typed(words, True), typed(words[:1], True, 2.0))
    codes = np.array([ord(letter) for letter in "lapp"], np.uint32)
    assert widths.of(codes, np.array([10.0, 20.0]), np.array([2, 2])).tolist() == [2.5, 5.0, 10.0, 10.0]
    assert widths.levels_of(codes) is None


def test_letters_of_their_own_heights_are_known_by_the_baseline() -> None:
    words = [("pal", 100.0), ("lap", 100.0), ("al", 120.0), ("pp", 140.0)]
    widths = learnt(typed(words, False), typed([("la", 30.0)], False, 2.0))
    codes = np.array([ord(letter) for letter in "lap"], np.uint32)
    assert widths.of(codes, np.array([7.0]), np.array([3])).tolist() == [2.5, 5.0, 5.0]
    rise, drop = widths.levels_of(codes) or (None, None)
    assert rise == pytest.approx([7.0, 4.0, 4.0]) and drop == pytest.approx([0.0, 0.0, 2.25])


def test_a_letter_never_seen_fits_no_word() -> None:
    widths = learnt(typed([("pal", 100.0), ("lap", 100.0)], False))
    assert widths.of(np.array([ord("x"), 0x3042], np.uint32), np.array([7.0]), np.array([2])).min() > 1e5
