"""Chunks -> the document's parts: segments numbered, furniture told from what is left over, manifest written last."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors.chunk import CHUNK_TABLES
from extractors.fingerprint import LAYOUT_VERSION, engine_versions
from extractors.finish_issues import (
    LIE_ADVICE,
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
from extractors.finish_rows import RowFile, column_rows, write_rows
from extractors.fold_back import fold_back
from extractors.folded import Fold
from extractors.furniture import number_jumps, tell_furniture
from extractors.model import TableModel
from extractors.segments import (
    READ_KINDS,
    SET_ASIDE_ADVICE,
    UNREAD_ADVICE,
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
from extractors.tables import read_arrow, schema, write_arrow, write_table
from extractors.turned import turn_back
from extractors.unread_issues import unread_issues
from records.documents import DocumentState, SegmentKind
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


@dataclass(slots=True)
class _Chunks:
    """What all chunks wrote, put together except for the rows."""

    models: list[TableModel] = field(default_factory=list)
    kinds: list[tuple[SegmentKind, str | None]] = field(default_factory=list)
    """Of every page: its kind and, where it is read but no log, the reason."""
    row_files: list[RowFile] = field(default_factory=list)
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    settled: list[pa.Table] = field(default_factory=list)
    """Rows of ``page_text`` about which there is no question left: headers, a dozen lines on each of 18,000 pages."""
    signs: list[dict[str, Any]] = field(default_factory=list)
    """Of rows whose cells may be shifted: extractors.shift.ShiftSign."""
    above: list[tuple[int, int, int]] = field(default_factory=list)
    """Of pages with several logs, all but the last: page, model, and the number of its last row there."""
    unread: list[dict[str, Any]] = field(default_factory=list)
    """What pages of logs show besides their text: extractors.glyphs.Unread, with ``page_number``."""


def finish(work: Path, target: Path, document_id: str, fingerprint: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Write the parts of a document all of whose planned chunks in *work* are done; return the manifest.

    The parts appear at *target* as a whole, by a rename; *work* is removed.
    """
    chunks = _load(work, len(plan["chunks"]))
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
    manifest = _manifest(document_id, fingerprint, segments, plan | {"page_count": page_count}, counts, files)
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


def _find_segments(chunks: _Chunks) -> list[Segment]:
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


def _write_tables(aside: Path, chunks: _Chunks) -> None:
    """Write what the chunks hold besides their rows into the folder *aside*."""
    write_table(aside / "page.parquet", PAGE_COLUMNS, [tuple(p.values()) for p in chunks.tables["page"]])
    write_table(aside / "issue.parquet", ISSUE_COLUMNS, [tuple(i.values()) for i in chunks.tables["issue"]])
    for name in ("continuation", "reading", "mark", "sharing", "fact"):
        write_table(aside / f"{name}.parquet", TABLES[name], [tuple(r.values()) for r in chunks.tables[name]])
    asked = pa.Table.from_pylist(chunks.tables["page_text"], schema=schema(PAGE_TEXT_COLUMNS))
    write_arrow(aside / "page_text.parquet", pa.concat_tables([*chunks.settled, asked]))


def _load(work: Path, chunk_count: int) -> _Chunks:
    chunks = _Chunks()
    known: dict[str, int] = {}
    for number in range(1, chunk_count + 1):
        name = f"chunk-{number:05d}"
        told = json.loads((work / f"{name}.json").read_text())
        chunks.kinds += [(SegmentKind(kind), reason) for kind, reason in told["kinds"]]
        chunks.signs += told["signs"]
        chunks.unread += told["unread"]
        index = [known.setdefault(text, len(known)) for text in told["models"]]
        chunks.above += [(page, index[model], last_row) for page, model, last_row in told["above"]]
        for k, (text, model, extent) in enumerate(zip(told["models"], index, told["extents"], strict=True)):
            if model == len(chunks.models):
                chunks.models.append(TableModel.from_json(text))
            chunks.row_files.append(RowFile(number, model, work / f"{name}-rows-{k}.parquet", *extent))
        for table in ("page", *CHUNK_TABLES):
            stored = read_arrow(work / f"{name}-{table}.parquet")
            if table == "page_text":
                is_settled = pc.equal(stored["rule"], "header")
                chunks.settled.append(stored.filter(is_settled))
                stored = stored.filter(pc.invert(is_settled))
            rows = stored.to_pylist()
            if table == "page":
                for row in rows:
                    model = row["segment_ordinal"]
                    row["segment_ordinal"] = index[model] if model >= 0 else -1
            chunks.tables[table] += rows
    return chunks


def _segment_rows(
    segments: list[Segment],
    chunks: _Chunks,
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


def _manifest(
    document_id: str, fingerprint: str, segments: list[Segment], plan: dict[str, Any], counts: dict[str, int],
    files: dict[str, dict[str, int]],
) -> dict[str, Any]:  # fmt: skip
    kinds = Counter(str(s.kind) for s in segments)
    reason = advice = None
    page_count = plan["page_count"]
    pages_told = "1 page" if page_count == 1 else f"{page_count} pages"
    said_kind = plan["said_kind"]
    if said_kind is not None and said_kind not in READ_KINDS:
        reason = f"{pages_told}; release.toml says it is a {said_kind}."
        advice = "Nothing to do. To have it read as a log, take its kind out of release.toml."
    elif plan["claim"] is not None and plan["claim"]["is_lie"]:
        reason, advice = f"{pages_told}; the text layer does not say what is printed.", LIE_ADVICE
    elif not any(counts.values()):
        main = max(segments, key=lambda s: s.last_page - s.first_page)
        reason = f"{pages_told}, nothing among them that is read: {main.kind} ({segment_reason(main, [], 0)})."
        advice = SET_ASIDE_ADVICE.get(main.kind, SET_ASIDE_ADVICE[SegmentKind.UNKNOWN])
        if header := plan.get("first_header"):
            reason = f"{pages_told}, nothing among them that is read: {unread_reason(header)}."
            advice = UNREAD_ADVICE
    return {
        "document_id": document_id,
        "fingerprint": fingerprint,
        "layout_version": LAYOUT_VERSION,
        "engines": engine_versions(),
        "page_count": page_count,
        **counts,
        "kinds": dict(kinds),
        "state": str(DocumentState.LOADED if any(counts.values()) else DocumentState.SET_ASIDE),
        "reason": reason,
        "advice": advice,
        "files": files,
    }
