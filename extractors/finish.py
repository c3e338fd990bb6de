"""Chunks -> the document's parts: segments numbered, furniture told from what is left over, manifest written last."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.all_chunks import AllChunks, load_chunks
from extractors.finish_issues import (
    claim_issues,
    cut_heading_issues,
    cut_issues,
    document_issue,
    leave_rests,
    left_out_issues,
    left_over_issues,
    name_issues,
    set_aside_issues,
    spread_issues,
    unnamed_issues,
)
from extractors.finish_manifest import manifest_of
from extractors.finish_rows import column_rows, write_rows
from extractors.fold_back import fold_back
from extractors.folded import Fold
from extractors.furniture import number_jumps, tell_furniture
from extractors.segments import (
    Segment,
    find_segments,
    segment_reason,
    share_pages,
    unread_reason,
    without_rests,
)
from extractors.shift_issues import tell_shifts
from extractors.spread import Spread
from extractors.spread_back import spread_back
from extractors.tables import schema, write_arrow, write_table
from extractors.turned import turn_back
from extractors.unread_issues import unread_issues
from records.documents import SegmentKind
from records.issues import Severity
from records.parts import (
    COLUMN_COLUMNS,
    ISSUE_COLUMNS,
    MANIFEST,
    PAGE_COLUMNS,
    PAGE_TEXT_COLUMNS,
    SEGMENT_COLUMNS,
    TABLES,
)


def finish(work: Path, target: Path, document_id: str, fingerprint: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Write the parts of a document all of whose planned chunks in *work* are done; return the manifest.

    The parts appear at *target* as a whole, by a rename; *work* is removed.
    """
    chunks = load_chunks(work, len(plan["chunks"]))
    pages, texts, issues = chunks.tables["page"], chunks.tables["page_text"], chunks.tables["issue"]
    segments, rests = without_rests(_find_segments(chunks), chunks.models)
    segment_of = {n: s for s in segments for n in range(s.first_page, s.last_page + 1)}
    tell_furniture(texts, pages, segment_of)
    issues += [
        document_issue("page_numbers", Severity.DOUBT, said, page, None, "Ask the agency whether pages are missing.")
        for page, said in number_jumps(texts)
    ]
    issues += left_over_issues(texts, segment_of) + unread_issues(chunks.unread, texts, pages)
    tell_shifts(issues, chunks.signs, [file.path for file in chunks.row_files])
    leave_rests(rests, issues, chunks.tables["continuation"])
    for page in pages:
        page["segment_ordinal"] = segment_of[page["page_number"]].ordinal

    aside = work / "parts"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    files = write_rows(aside, chunks.row_files, segments)
    rows_of = Counter[int]()
    for entry in files.values():
        rows_of[entry["segment_ordinal"]] += entry["rows"]
    issues += set_aside_issues(segments, plan["said_kind"], plan.get("first_header")) + unnamed_issues(
        segments, chunks.models
    )
    issues += left_out_issues(plan) + claim_issues(plan["claim"]) + name_issues(plan.get("unused_names", 0))
    spread = Spread(**plan["spread"]) if plan.get("spread") else None
    issues += spread_issues(spread) + cut_issues(segments, chunks.models) + cut_heading_issues(segments, chunks.models)
    counts = {
        "row_count": sum(rows_of.values()),
        "mark_count": len(chunks.tables["mark"]),
        "sharing_count": len(chunks.tables["sharing"]),
    }
    segment_rows = _segment_rows(segments, chunks, pages, rows_of, plan.get("first_header"))
    write_table(aside / "segment.parquet", SEGMENT_COLUMNS, segment_rows)
    write_table(aside / "column.parquet", COLUMN_COLUMNS, column_rows(segments, chunks.models))
    issues.sort(key=lambda i: (i["page_number"] or 0, i["row_number"] or 0, i["column_ordinal"] or 0, i["code"]))
    for name in ("mark", "sharing"):
        for row in chunks.tables[name]:
            row["segment_ordinal"] = segment_of[row["page_number"]].ordinal
    _write_tables(aside, chunks)
    page_count = plan["page_count"] * (spread.parts if spread else 1)
    _take_back(aside, plan, spread)
    manifest = manifest_of(document_id, fingerprint, segments, plan | {"page_count": page_count}, counts, files)
    (aside / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
    if target.exists():  # finished by a run that died before it removed its work
        shutil.rmtree(aside)
    else:
        aside.rename(target)
    shutil.rmtree(work)
    return manifest


def _take_back(parts: Path, plan: dict[str, Any], spread: Spread | None) -> None:
    """Put the boxes in *parts* back on the pages as they are, where others were read in their place."""
    if plan.get("fold"):
        fold_back(parts, Fold.from_plan(plan["fold"]))
    if spread is not None:
        spread_back(parts, spread)
    if plan.get("turns"):
        turn_back(parts, dict(plan["turns"]))


def _find_segments(chunks: AllChunks) -> list[Segment]:
    """The segments of all pages; those of logs that share one are told apart by its rows."""
    above: dict[int, list[int]] = {}
    for page, model, _ in chunks.above:
        above.setdefault(page, []).append(model)
    entries: list[tuple[int, int, SegmentKind]] = []
    for row, (kind, _) in zip(chunks.tables["page"], chunks.kinds, strict=True):
        number = row["page_number"]
        entries += [(number, model, SegmentKind.AUDIT_LOG) for model in above.get(number, [])]
        entries.append((number, row["segment_ordinal"], kind))
    return share_pages(find_segments(entries), [(page, last_row) for page, _, last_row in chunks.above])


def _write_tables(aside: Path, chunks: AllChunks) -> None:
    """Write what the chunks hold besides their rows into the folder *aside*."""
    write_table(aside / "page.parquet", PAGE_COLUMNS, [tuple(p.values()) for p in chunks.tables["page"]])
    write_table(aside / "issue.parquet", ISSUE_COLUMNS, [tuple(i.values()) for i in chunks.tables["issue"]])
    for name in ("continuation", "reading", "mark", "sharing", "fact"):
        write_table(aside / f"{name}.parquet", TABLES[name], [tuple(r.values()) for r in chunks.tables[name]])
    asked = pa.Table.from_pylist(chunks.tables["page_text"], schema=schema(PAGE_TEXT_COLUMNS))
    write_arrow(aside / "page_text.parquet", pa.concat_tables([*chunks.settled, asked]))


def _segment_rows(
    segments: list[Segment],
    chunks: AllChunks,
    pages: list[dict[str, Any]],
    rows_of: Counter[int],
    header: dict[str, Any] | None,
) -> list[tuple[Any, ...]]:
    made = []
    for s in segments:
        mine = [k for k, p in enumerate(pages) if s.first_page <= p["page_number"] <= s.last_page]
        engines = Counter(pages[k]["engine"] for k in mine)
        told = [reason for k in mine if (reason := chunks.kinds[k][1])]
        reason = told[0] if told else segment_reason(s, chunks.models, rows_of[s.ordinal])
        if s.model < 0 and header and not told and s.first_page <= header["page_number"] <= s.last_page:
            reason = unread_reason(header)
        model = chunks.models[s.model] if s.model >= 0 else None
        made.append(
            (
                s.ordinal, s.first_page, s.last_page, str(s.kind), reason, engines.most_common(1)[0][0],
                model.is_ruled if model else None,
                model.alignment if model and not model.is_ruled else None,
                model.anchor if model and not model.is_ruled else None,
            )
        )  # fmt: skip
    return made
