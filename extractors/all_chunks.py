"""What all chunks of a document wrote, put together for the parts."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractors.chunk import CHUNK_TABLES
from extractors.finish_rows import RowFile
from extractors.model import TableModel
from extractors.tables import read_arrow
from records.documents import SegmentKind


@dataclass(slots=True)
class AllChunks:
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


def load_chunks(work: Path, chunk_count: int) -> AllChunks:
    """What the chunks in the folder *work*, all of which are done, hold."""
    chunks = AllChunks()
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
