"""Which rows of a batch somebody has to look at: a cheap condition, over whole columns, for everything that
:mod:`extractors.judge` and :mod:`extractors.shift` could say of a row. Most rows of a log pass without a word."""

from __future__ import annotations

import functools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from extractors.batch import Columns
from extractors.fragments import TWO_NUMBERS, holds_count, strays, wanted_kind, whole_pattern
from extractors.judge import ENOUGH, UNKNOWN
from extractors.model import Column, TableModel
from extractors.shift import CLOCK, CLOCK_KIND, MASKS, expected_kinds, is_kind
from extractors.usual import is_cut_label
from extractors.values import VALUE_TYPES

Mask = NDArray[np.bool_]


def odd_rows(columns: Columns, model: TableModel, is_last: Mask) -> Mask:
    """Rows that may have an issue or show a sign of a shift; *is_last* marks the last row of each page."""
    odd: Mask = np.asarray(columns.doubtful.any(axis=0))
    if not model.is_ruled:
        odd |= _may_be_joined(columns, model)
        if model.alignment == "top":
            once = [c.most_lines == 1 and c.rows_seen >= ENOUGH for c in model.columns]
            odd |= is_last & (columns.heights[once] > 1).any(axis=0)
    for column, texts in zip(model.columns, columns.texts, strict=True):
        odd |= _holds(texts, UNKNOWN) | _may_be_piece(column, texts)
    last = model.columns[-1].label
    if last is not None and is_cut_label(last.text):
        odd |= np.asarray(columns.texts[-1].is_valid())
    masks = np.array([ord(char) for char in MASKS], np.uint32)
    for j, (column, kind) in enumerate(zip(model.columns, expected_kinds(model), strict=True)):
        if kind is None:
            continue
        if column.value_type:
            odd |= (columns.heights[j] == 0) | np.isin(columns.initials[j], masks)
        odd |= _unlike(kind, columns.texts[j])
    return odd


def _holds(texts: pa.Array, pattern: str) -> Mask:
    found = pc.match_substring_regex(texts, pattern)
    return np.asarray(pc.fill_null(found, False).to_numpy(zero_copy_only=False))


def _may_be_piece(column: Column, texts: pa.Array) -> Mask:
    """Texts that :func:`extractors.fragments.is_piece` has to look at; kinds of searches are looked at anyway."""
    name, stray = wanted_kind(column), strays(column)
    odd: Mask = np.zeros(len(texts), np.bool_)
    if name is not None or column.end is not None:
        plain, is_text = pc.replace_substring_regex(texts, r"\s+", ""), np.asarray(texts.is_valid())
        if column.end is not None:
            odd |= ~_holds(plain, column.end) & is_text
        if name is not None:
            odd |= ~_holds(plain, f"(?i)\\A(?:{whole_pattern(name)})\\z") & is_text
    if holds_count(column):
        odd |= _holds(texts, TWO_NUMBERS)
    return odd if stray is None else odd | _holds(texts, stray)


def _may_be_joined(columns: Columns, model: TableModel) -> Mask:
    """Rows in which two cells have more lines than their columns have otherwise."""
    most = [c.most_lines if c.most_lines == 1 else c.most_lines + 1 for c in model.columns]
    told = np.array([c.rows_seen >= ENOUGH for c in model.columns])
    tall: Mask = (columns.heights > np.array(most)[:, None]) & told[:, None]
    return np.asarray(np.count_nonzero(tall, axis=0) > 1)


def _unlike(kind: str, texts: pa.Array) -> Mask:
    """Texts that are not of the *kind*; a blank cell is unlike a time of day only."""
    if kind == CLOCK_KIND or kind in VALUE_TYPES:
        pattern = CLOCK.pattern if kind == CLOCK_KIND else VALUE_TYPES[kind].whole.pattern
        like = pc.match_substring_regex(pc.replace_substring(texts, " ", ""), _whole(pattern))
        return np.asarray(pc.invert(pc.fill_null(like, kind != CLOCK_KIND)).to_numpy(zero_copy_only=False))
    encoded = texts.dictionary_encode()
    like_words = np.array([is_kind(kind, word) for word in encoded.dictionary.to_pylist()], np.bool_)
    index = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return np.asarray((index >= 0) & ~np.append(like_words, True)[index])


@functools.cache
def _whole(pattern: str) -> str:
    """A pattern of ours for the expressions of Arrow, over the whole text and in either case."""
    return f"(?i)\\A(?:{pattern.removesuffix(chr(92) + 'Z')})\\z"
