"""How a mix was read: rows and cells against its truth, wrong ones and false alarms by what they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.accuracy import Extracted, aligned, squeezed
from benchmarks.mix_draw import Drawn


@dataclass(slots=True)
class MixScore:
    """Counts of one print, or of several together."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """``lost``, ``invented``, ``silent: field``, ``alarm: code`` and how often."""
    examples: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is wrong, spaces and false alarms included."""
        c = self.counts
        return c["rows"] == c["found"] and not c["invented"] and c["cells"] == c["spaced"] and not c["alarms"]


def score_mix(drawn: Drawn, got: Extracted) -> MixScore:
    """Compare what was read with the truth. An issue counts only if it names row and field."""
    score = MixScore(drawn.mix.name)
    score.counts["rows"] = len(drawn.rows)
    if got.problem:
        score.reasons[got.problem.split(":")[0]] += 1
    headers = list(dict.fromkeys(row.header for row in drawn.rows))
    if () in headers:
        drawn, got = _without_blank(drawn, got)
    have = [_cells(row, got.headers[row["segment_ordinal"]], headers) for row in got.rows]
    want = [tuple(squeezed(text) for text in row.cells) for row in drawn.rows]
    named: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for issue in got.issues:
        named[issue["page_number"], issue["row_number"], issue["column_ordinal"]].append(issue["code"])
    for i, j in aligned(want, [tuple(squeezed(text) for text in row) for row in have]):
        if i is None or j is None:
            kind = "lost" if j is None else "invented"
            score.counts["invented"] += j is not None
            _tell(score, kind, str(drawn.rows[i].cells if i is not None else have[j or 0])[:400])
            continue
        score.counts["found"] += 1
        row = got.rows[j]
        pages = drawn.rows[i].page_numbers
        score.counts["page_wrong"] += bool(pages) and row["page_number"] not in pages
        _compare(
            score,
            drawn,
            i,
            have[j],
            [named.get((row["page_number"], row["row_number"], k), []) for k in _order(row, got, headers)],
        )
    return score


def _compare(score: MixScore, drawn: Drawn, i: int, cells: tuple[str, ...], issues: list[list[str]]) -> None:
    row = drawn.rows[i]
    for k, want in enumerate(row.cells):
        have, codes = (cells[k], issues[k]) if k < len(cells) else ("", [])
        is_covered = (i, k) in drawn.covered
        want = "" if is_covered else want
        score.counts["cells"] += 1
        label = row.header[k] if row.header else f"column {k}"
        if squeezed(want) != squeezed(have):
            score.counts["silent"] += not codes
            _tell(score, f"{'wrong, named' if codes else 'silent'}: {label}", f"{want!r} read {have!r} {codes}")
            continue
        score.counts["exact"] += 1
        is_spaced = " ".join(want.split()) == " ".join(have.split())
        score.counts["spaced"] += is_spaced
        if not is_spaced:
            _tell(score, f"space: {label}", f"{want!r} read {have!r}")
        # That nothing is printed where every row should have something is true, and for somebody to know.
        codes = [code for code in codes if code != "empty_cell" or want]
        if codes and not is_covered:
            score.counts["alarms"] += 1
            for code in dict.fromkeys(codes):
                _tell(score, f"alarm: {code}", f"{label}: {want!r}")


def _tell(score: MixScore, reason: str, example: str) -> None:
    score.reasons[reason] += 1
    if score.reasons[reason] <= 3:
        score.examples.append(f"{reason}: {example}")


def _without_blank(drawn: Drawn, got: Extracted) -> tuple[Drawn, Extracted]:
    """Both without the columns of logs without headings that no row fills: nobody can tell where these stand."""
    bare = [row for row in drawn.rows if not row.header]
    kept: dict[int, list[int]] = {}  # by how many columns the log has: there may be two of them
    for count in {len(row.cells) for row in bare}:
        own_rows = [row for row in bare if len(row.cells) == count]
        kept[count] = [k for k in range(count) if any(row.cells[k] for row in own_rows)]
    rows = [
        row if row.header else replace(row, cells=tuple(row.cells[k] for k in kept[len(row.cells)]), lines=())
        for row in drawn.rows
    ]
    covered = frozenset(
        (i, k if drawn.rows[i].header else kept[len(drawn.rows[i].cells)].index(k))
        for i, k in drawn.covered
        if drawn.rows[i].header or k in kept[len(drawn.rows[i].cells)]
    )
    headers, moved = dict(got.headers), dict[tuple[int, int], int]()
    for segment, labels in got.headers.items():
        own = [row for row in got.rows if row["segment_ordinal"] == segment]
        if any(labels):
            continue
        full = [k for k in range(len(labels)) if any(row.get(f"text_{k}") for row in own)]
        headers[segment] = [None] * len(full)
        moved |= {(segment, k): at for at, k in enumerate(full)}
        for row in own:
            row |= {f"text_{at}": row.get(f"text_{k}") for at, k in enumerate(full)}
    by_row = {(row["page_number"], row["row_number"]): row["segment_ordinal"] for row in got.rows}
    for issue in got.issues:
        segment = by_row.get((issue["page_number"], issue["row_number"]), -1)
        issue["column_ordinal"] = moved.get((segment, issue["column_ordinal"]), issue["column_ordinal"])
    return replace(drawn, rows=rows, covered=covered), replace(got, headers=headers)


def _cells(row: dict[str, Any], labels: list[str | None], headers: list[tuple[str, ...]]) -> tuple[str, ...]:
    texts = [row.get(f"text_{k}") or "" for k in range(len(labels))]
    return tuple(texts[k] if k is not None else "" for k in _places(labels, headers))


def _order(row: dict[str, Any], got: Extracted, headers: list[tuple[str, ...]]) -> list[int]:
    labels = got.headers[row["segment_ordinal"]]
    return [-1 if k is None else k for k in _places(labels, headers)]


def _places(labels: list[str | None], headers: list[tuple[str, ...]]) -> list[int | None]:
    """For each column of the printed header that these labels are of, the column read; by place if none is known."""
    printed = Counter(squeezed(label or "") for label in labels)
    best = max(headers, key=lambda h: 2 * sum((printed & Counter(map(squeezed, h))).values()) - len(h))
    if not best or not printed & Counter(map(squeezed, best)):
        return list(range(len(labels)))
    by_label: dict[str, list[int]] = defaultdict(list)
    for k, label in enumerate(labels):
        by_label[squeezed(label or "")].append(k)
    return [by_label[squeezed(label)].pop(0) if by_label[squeezed(label)] else None for label in best]


def together(name: str, scores: Iterable[MixScore]) -> MixScore:
    """The sums of *scores*."""
    total = MixScore(name)
    for score in scores:
        total.counts.update(score.counts)
        total.reasons.update(score.reasons)
    return total


def table(scores: Iterable[MixScore], first: str) -> str:
    """Rows found, invented, cells exact, with spaces, silent wrong cells and false alarms, as a markdown table."""
    lines = [f"| {first} | rows | found | invented | exact | with spaces | silent | false alarms | page wrong |"]
    lines.append("|" + "---|" * 9)
    for score in scores:
        c = score.counts
        lines.append(
            f"| {score.name} | {c['rows']} | {_share(c['found'], c['rows'])} | {c['invented']} |"
            f" {_share(c['exact'], c['cells'])} | {_share(c['spaced'], c['cells'])} | {c['silent']} |"
            f" {_share(c['alarms'], c['exact'])} | {c['page_wrong']} |"
        )
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "–"
