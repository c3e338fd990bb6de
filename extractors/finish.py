"""Chunks -> the document's parts: segments numbered, furniture told from what is left over, manifest written last."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.chunk import CHUNK_TABLES
from extractors.fingerprint import LAYOUT_VERSION, engine_versions
from extractors.furniture import number_jumps, tell_furniture
from extractors.model import TableModel
from extractors.segments import READ_KINDS, SET_ASIDE_ADVICE, Segment, find_segments, segment_reason
from extractors.shift_issues import tell_shifts
from extractors.tables import schema, write_arrow, write_table
from extractors.unread_issues import unread_issues
from records.documents import DocumentState, SegmentKind
from records.issues import Severity
from records.parts import (
    COLUMN_COLUMNS,
    ISSUE_COLUMNS,
    MANIFEST,
    PAGE_COLUMNS,
    PAGE_TEXT_COLUMNS,
    ROW_COLUMNS,
    SEGMENT_COLUMNS,
    TABLES,
)

_TRUSTED = 0.6
"""Share of a text layer that OCR must find on the rendered page for nothing to be said."""
_LIE = "The file's fonts give other text than they print. Ask the agency for another print or the original file."
_TOLD_APART = ("blacked_out", "rotated")
"""Rules of left-over text that has an issue of its own: at its cell, or once for all its pages."""
_SEEN_LIMIT = 500
"""Characters of left-over text repeated in an issue; all of it is in ``page_text``."""


@dataclass(slots=True)
class _Chunks:
    """What all chunks wrote, put together except for the rows."""

    models: list[TableModel] = field(default_factory=list)
    kinds: list[tuple[SegmentKind, str | None]] = field(default_factory=list)
    """Of every page: its kind and, where it is read but no log, the reason."""
    row_files: list[tuple[int, int, Path]] = field(default_factory=list)
    """(chunk, model, file)"""
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    settled: list[pa.Table] = field(default_factory=list)
    """Rows of ``page_text`` about which there is no question left: headers, a dozen lines on each of 18,000 pages."""
    signs: list[dict[str, Any]] = field(default_factory=list)
    """Of rows whose cells may be shifted: extractors.shift.ShiftSign."""
    unread: list[dict[str, Any]] = field(default_factory=list)
    """What pages of logs show besides their text: extractors.glyphs.Unread, with ``page_number``."""


def finish(work: Path, target: Path, document_id: str, fingerprint: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Write the parts of a document all of whose planned chunks in *work* are done; return the manifest.

    The parts appear at *target* as a whole, by a rename; *work* is removed.
    """
    chunks = _load(work, len(plan["chunks"]))
    pages, texts, issues = chunks.tables["page"], chunks.tables["page_text"], chunks.tables["issue"]
    told = zip(pages, chunks.kinds, strict=True)
    segments = find_segments([(page["page_number"], page["segment_ordinal"], kind) for page, (kind, _) in told])
    segment_of = {n: s for s in segments for n in range(s.first_page, s.last_page + 1)}
    tell_furniture(texts, pages, segment_of)
    issues += [
        _issue("page_numbers", Severity.DOUBT, said, page, None, "Ask the agency whether pages are missing.")
        for page, said in number_jumps(texts)
    ]
    issues += _left_over(texts, segment_of) + unread_issues(chunks.unread, texts, pages)
    tell_shifts(issues, chunks.signs, [path for _, _, path in chunks.row_files])
    for page in pages:
        page["segment_ordinal"] = segment_of[page["page_number"]].ordinal

    aside = work / "parts"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    files = _write_rows(aside, chunks, segments)
    rows_of = Counter[int]()
    for entry in files.values():
        rows_of[entry["segment_ordinal"]] += entry["rows"]
    issues += _set_aside_issues(segments, plan["said_kind"]) + _unnamed_issues(segments, chunks.models)
    issues += _unread_issues(plan) + _claim_issues(plan["claim"]) + _name_issues(plan.get("unused_names", 0))
    counts = {
        "row_count": sum(rows_of.values()),
        "mark_count": len(chunks.tables["mark"]),
        "sharing_count": len(chunks.tables["sharing"]),
    }
    write_table(aside / "segment.parquet", SEGMENT_COLUMNS, _segment_rows(segments, chunks, pages, rows_of))
    write_table(aside / "column.parquet", COLUMN_COLUMNS, _column_rows(segments, chunks.models))
    write_table(aside / "page.parquet", PAGE_COLUMNS, [tuple(p.values()) for p in pages])
    issues.sort(key=lambda i: (i["page_number"] or 0, i["row_number"] or 0, i["column_ordinal"] or 0, i["code"]))
    write_table(aside / "issue.parquet", ISSUE_COLUMNS, [tuple(i.values()) for i in issues])
    for name in ("mark", "sharing"):
        for row in chunks.tables[name]:
            row["segment_ordinal"] = segment_of[row["page_number"]].ordinal
    for name in ("continuation", "reading", "mark", "sharing", "fact"):
        write_table(aside / f"{name}.parquet", TABLES[name], [tuple(r.values()) for r in chunks.tables[name]])
    asked = pa.Table.from_pylist(texts, schema=schema(PAGE_TEXT_COLUMNS))
    write_arrow(aside / "page_text.parquet", pa.concat_tables([*chunks.settled, asked]))
    manifest = _manifest(document_id, fingerprint, segments, plan, counts, files)
    (aside / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True))
    if target.exists():  # finished by a run that died before it removed its work
        shutil.rmtree(aside)
    else:
        aside.rename(target)
    shutil.rmtree(work)
    return manifest


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
        for k, (text, model) in enumerate(zip(told["models"], index, strict=True)):
            if model == len(chunks.models):
                chunks.models.append(TableModel.from_json(text))
            chunks.row_files.append((number, model, work / f"{name}-rows-{k}.parquet"))
        for table in ("page", *CHUNK_TABLES):
            stored = pq.read_table(work / f"{name}-{table}.parquet")
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


def _left_over(texts: list[dict[str, Any]], segment_of: dict[int, Segment]) -> list[dict[str, Any]]:
    """An issue for every page of a log on which glyphs are left over, with what they say."""
    left: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for text in texts:
        if text["account"] == "left" and text["rule"] not in _TOLD_APART:
            left[text["page_number"]].append(text)
    return [
        _issue(
            "left_over", Severity.DOUBT,
            f"{sum(t['glyph_count'] for t in found)} glyphs of the page are in no cell and no furniture.",
            number, " / ".join(t["text"] for t in found)[:_SEEN_LIMIT],
        )
        for number, found in sorted(left.items())
        if segment_of[number].model >= 0
    ]  # fmt: skip


def _unread_issues(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """A notice where release.toml leaves pages out."""
    first, last, count = plan["chunks"][0][0], plan["chunks"][-1][1], plan["page_count"]
    if (first, last) == (1, count):
        return []
    said = f"release.toml says to read pages {first} to {last} of {count} only."
    return [_issue("pages_left_out", Severity.NOTICE, said, None, None)]


def _name_issues(unused: int) -> list[dict[str, Any]]:
    """A doubt where the column names in release.toml could not be used."""
    if not unused:
        return []
    said = f"The {unused} column_names of release.toml are not used: there is a header, or another number of columns."
    return [_issue("column_names_unused", Severity.DOUBT, said, None, None, "Correct or remove column_names.")]


def _claim_issues(claim: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What comparing the text layer with the print (see :mod:`extractors.claim`) has to say."""
    if claim is None:
        return []
    page, share = claim["page_number"], claim["share"]
    if share is None:
        said = "The text layer was not compared with the print: there is no Tesseract, or it failed."
        return [_issue("text_layer_unchecked", Severity.NOTICE, said, page, None, "See `recordtrail doctor`.")]
    if share >= _TRUSTED:
        return []
    told = f"OCR of the rendered page finds {share:.0%} of the text layer."
    if claim["is_lie"]:
        return [_issue("text_layer_lies", Severity.ERROR, f"{told} Nothing of the layer is used.", page, None, _LIE)]
    return [_issue("text_layer_doubtful", Severity.DOUBT, told, page, None, "Compare the page with its rows.")]


def _set_aside_issues(segments: list[Segment], said_kind: str | None) -> list[dict[str, Any]]:
    """One notice for each segment that is not read into rows."""
    if said_kind is not None and said_kind not in READ_KINDS:
        said = f"Not read into rows: release.toml says it is a {said_kind}."
        return [_issue("segment_set_aside", Severity.NOTICE, said, segments[0].first_page, None)]
    return [
        _issue(
            "segment_set_aside", Severity.NOTICE,
            f"Pages {s.first_page} to {s.last_page} are not read into rows: {s.kind}.", s.first_page, None,
            SET_ASIDE_ADVICE[s.kind],
        )
        for s in segments
        if s.kind in SET_ASIDE_ADVICE and s.kind is not SegmentKind.BLANK
    ]  # fmt: skip


def _unnamed_issues(segments: list[Segment], models: list[TableModel]) -> list[dict[str, Any]]:
    """A doubt for every log that prints no header: its columns were named by a person or by their values."""
    advice = 'Look at the first rows and name the columns in release.toml: [files."NAME"] column_names = ["ID", …].'
    return [
        _issue(
            "no_header", Severity.DOUBT, "The log prints no header; its columns are named by their values.",
            s.first_page, None, advice,
        )
        for s in segments
        if s.model >= 0 and models[s.model].header_page is None
        and any(c.basis == "values" for c in models[s.model].columns)
    ]  # fmt: skip


def _issue(
    code: str, severity: Severity, message: str, page: int | None, seen: str | None, advice: str | None = None
) -> dict[str, Any]:
    values = (code, str(severity), message, advice, page, None, None, None, seen)
    return dict(zip(ISSUE_COLUMNS, values, strict=True))


def _write_rows(aside: Path, chunks: _Chunks, segments: list[Segment]) -> dict[str, dict[str, int]]:
    files: dict[str, dict[str, int]] = {}
    for number, model, path in chunks.row_files:
        table = pq.read_table(path)
        numbers = table["page_number"].to_numpy()
        for segment in segments:
            if segment.model != model:
                continue
            mine = np.flatnonzero((numbers >= segment.first_page) & (numbers <= segment.last_page))
            if not len(mine):
                continue
            part = table.slice(int(mine[0]), len(mine))
            ordinal = pa.array(np.full(len(mine), segment.ordinal, np.int32))
            part = part.add_column(0, schema({"segment_ordinal": ROW_COLUMNS["segment_ordinal"]}).field(0), ordinal)
            name = f"row-s{segment.ordinal}-c{number}.parquet"
            write_arrow(aside / name, part)
            files[name] = {"segment_ordinal": segment.ordinal, "rows": len(mine)}
    return files


def _segment_rows(
    segments: list[Segment], chunks: _Chunks, pages: list[dict[str, Any]], rows_of: Counter[int]
) -> list[tuple[Any, ...]]:
    made = []
    for s in segments:
        mine = [k for k, p in enumerate(pages) if s.first_page <= p["page_number"] <= s.last_page]
        engines = Counter(pages[k]["engine"] for k in mine)
        told = [reason for k in mine if (reason := chunks.kinds[k][1])]
        reason = told[0] if told else segment_reason(s, chunks.models, rows_of[s.ordinal])
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


def _column_rows(segments: list[Segment], models: list[TableModel]) -> list[tuple[Any, ...]]:
    made: list[tuple[Any, ...]] = []
    for segment in segments:
        if segment.model < 0:
            continue
        model = models[segment.model]
        for j, column in enumerate(model.columns):
            box = column.label.box if column.label else None
            place = (box.x0, box.top, box.x1, box.bottom) if box else (None,) * 4
            page = model.header_page if column.label else None
            printed = column.label.text if column.label else None
            given, basis = (None, "printed") if printed else (column.given, column.basis)
            made.append((segment.ordinal, j, printed, given, basis, page, *place, column.left, column.right))
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
        reason, advice = f"{pages_told}; the text layer does not say what is printed.", _LIE
    elif not any(counts.values()):
        main = max(segments, key=lambda s: s.last_page - s.first_page)
        reason = f"{pages_told}, nothing among them that is read: {main.kind} ({segment_reason(main, [], 0)})."
        advice = SET_ASIDE_ADVICE.get(main.kind, SET_ASIDE_ADVICE[SegmentKind.UNKNOWN])
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
