"""Columns of tables that print no header: from rulings, else from the white between strips of text.

There are no labels that would tell which white parts columns. What tells is how the white is printed: words of one cell
have a drawn space between them, or white of one width in every row; cells have neither, however close they stand.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.columns import cluster
from extractors.glyphs import Floats, PageContent
from extractors.headerless_texts import without_titles
from extractors.joints import Meetings
from extractors.model import Column
from extractors.sample import SamplePage
from extractors.strips import parted, strips_of
from extractors.white import White

_RULED = 4
"""Upright rulings at least that make columns."""
_LONG = 0.3
"""Of what is drawn at the longest of them: less is of a box, such as a black one over a cell."""


def column_edges(
    pages: list[SamplePage], furniture: tuple[tuple[float, str], ...], height: float, wanted: int
) -> Floats | None:
    """Column edges (points, ascending) from long vertical rulings, else from gutters: of these the widest where there
    are *wanted* columns (0: any number); None where there are no two columns."""
    vertical = np.concatenate([p.content.rulings.vertical for p in pages])
    if len(vertical):
        xs = _long(cluster(vertical[:, 2], 2.0), vertical)
        if len(xs) >= _RULED:
            return xs
    bodies = [(page.content, _body(page.content, furniture)) for page in pages]
    bodies = without_titles(bodies, height)
    x0 = np.concatenate([content.glyphs.x0[mask] for content, mask in bodies])
    x1 = np.concatenate([content.glyphs.x1[mask] for content, mask in bodies])
    cuts = Meetings(bodies).edges()
    strips = parted(strips_of(x0, x1, 1 + len(pages) // 12), cuts)
    strips = White(bodies, strips, height, cuts).joined()
    if len(strips) < 2:
        return None
    white = White(bodies, strips, height, cuts)
    apart = [white.is_gutter(k) for k in range(len(strips) - 1)]
    gaps = [b[0] - a[1] for a, b in pairwise(strips)]
    if wanted:
        chosen = sorted(sorted(range(len(gaps)), key=lambda k: (not apart[k], -gaps[k]))[: wanted - 1])
    else:
        chosen = [k for k, is_apart in enumerate(apart) if is_apart]
    inner = [(strips[k][1] + strips[k + 1][0]) / 2 for k in chosen]
    return np.array([strips[0][0] - 0.5 * height, *inner, strips[-1][1] + 0.5 * height])


def _long(xs: Floats, vertical: Floats) -> Floats:
    """Those of the places *xs* at which *vertical* rulings are drawn along the table, in one piece or cell by cell."""
    at = np.abs(vertical[:, 2][:, None] - xs[None, :]).argmin(axis=1)
    drawn = np.bincount(at, vertical[:, 1] - vertical[:, 0], minlength=len(xs))
    return np.asarray(xs[drawn >= _LONG * drawn.max()])


def columns_between(
    edges: Floats, pages: list[SamplePage], furniture: tuple[tuple[float, str], ...]
) -> tuple[Column, ...]:
    """Columns without labels between the *edges*, told where texts touch on the *pages*."""
    meetings = Meetings([(page.content, _body(page.content, furniture)) for page in pages])
    meets = [*map(meetings.at, edges[1:-1].tolist()), None]
    return tuple(
        Column(float(a), float(b), None, None, False, float(b - a), meets=met)
        for (a, b), met in zip(pairwise(edges), meets, strict=True)
    )


def _body(content: PageContent, furniture: tuple[tuple[float, str], ...]) -> NDArray[np.bool_]:
    """Which glyphs are of no running line."""
    keep = np.ones(len(content.glyphs), np.bool_)
    for y, _ in furniture:
        keep &= np.abs(content.glyphs.bottom - y) >= 2.0
    return keep
