"""The plan of a document: what it is, where its tables begin and how they stand, and the chunks it is read in."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from extractors.claim import check_layer
from extractors.document import Document
from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.job import Job, open_document, open_first, where
from extractors.page_kind import page_class
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.plan import PlannedModel, plan_models, plan_pages, sample_numbers, sample_pages
from extractors.plan_folded import plan_folded
from extractors.search_log import is_doubled, tells_searches
from extractors.sharing_header import find_sharing_headers
from extractors.spread import COPY as WIDE_COPY
from extractors.spread import Spread, at_home, find_spread, without_margins, write_wide
from extractors.turned import COPY, find_turns, write_copy
from records.documents import PageClass, SegmentKind
from records.errors import UnreadableHintError

CHUNK_PAGES = 1000
"""Five to ten CPU seconds of born-digital pages; their rows (up to 40,000) are held in memory as a whole."""
CHUNK_SECONDS = 20.0
PICTURE_SECONDS = 4.0
"""What recognising one page costs, for sizing chunks."""

PLAN = "plan.json"


def plan_job(job: Job) -> tuple[dict[str, Any], Document]:
    """A new plan: unit, models, page ranges of the chunks; and the open document."""
    engine, unit = open_first(job)
    document = Document(engine)
    asked = [] if isinstance(engine, PictureDocument) else sample_numbers(1, engine.page_count)
    if isinstance(engine, PdfiumDocument) and job.hints.get("kind") is None:
        asked = document.find_turned(asked)  # pages that are read anyway
    turns = find_turns(job.source, job.hints.get("password"), asked) if asked else {}
    if turns:
        engine.close()
        write_copy(job.source, job.hints.get("password"), turns, job.work)
        job = on_copy(job, COPY)
        engine = open_document(job, unit)
        document = Document(engine)
    spread = _find_spread(job, document, unit)
    if spread is not None:
        document.close()
        job = on_copy(job, WIDE_COPY)
        engine = open_document(job, unit)
        document = Document(engine)
    first, last = _page_range(job, document.page_count)
    kind = job.hints.get("kind")
    said_kind = kind if kind not in (None, SegmentKind.AUDIT_LOG) else None
    names = tuple(job.hints.get("column_names") or ())
    is_picture = engine.name == PictureDocument.name
    pages = sample_pages(document, first, last) if said_kind is None and not is_picture else []
    models = plan_pages(pages, first, last, names)
    folded = None
    if said_kind is None and not is_picture and not names and spread is None:
        folded = plan_folded(document, first, last, models, pages)
    if folded:
        models = folded[1]
    if spread is not None and models:
        # Logs that share a page are told apart on plain pages only.
        models = [replace(m, model=without_margins(m.model, spread)) for m in models if not m.model.top]
        spread = at_home(spread, models[0].model)
    chunk_pages = _chunk_pages(document.kept) if not is_picture else int(CHUNK_SECONDS / PICTURE_SECONDS)
    are_names_unused = False
    if names and said_kind is None and not any(c.basis == "hint" for m in models for c in m.model.columns):
        are_names_unused = True  # their number is not that of the columns, or the page prints a header
        models = models or plan_pages(pages, first, last)
    claim = _check_claim(job, document, unit, models)
    if claim and claim["is_lie"]:
        models = []
    plan = {
        "said_kind": said_kind,
        "claim": claim,
        "first_header": None if said_kind or is_picture else _first_header(document, models),
        "unused_names": len(names) if are_names_unused else 0,
        "unit": unit,
        "turns": sorted(turns.items()),
        "spread": asdict(spread) if spread else None,
        "fold": asdict(folded[0]) if folded else None,
        "page_count": document.page_count,
        "models": [[m.from_page, m.model.to_json()] for m in models],
        "chunks": [[a, min(a + chunk_pages - 1, last)] for a in range(first, last + 1, chunk_pages)],
    }
    write_plan(job, plan)
    return plan, document


def _page_range(job: Job, page_count: int) -> tuple[int, int]:
    """The first and the last page that are to be read."""
    first = max(1, int(job.hints.get("first_page") or 1))
    last = min(page_count, int(job.hints.get("last_page") or page_count))
    if first > last:
        said = f"release.toml says to read from page {first}, but the document has {page_count} pages."
        raise UnreadableHintError(said)
    return first, last


def _check_claim(job: Job, document: Document, unit: float, models: list[PlannedModel]) -> dict[str, Any] | None:
    """What the comparison of the logs' text layer with the print says; None without a log, or text enough."""
    if not models:
        return None
    engine, from_page = document.engine, models[0].from_page
    seer = engine if isinstance(engine, PdfiumDocument) else PdfiumDocument(*where(job, unit))
    verdict = check_layer(seer, [c for c in document.kept if c.page_number >= from_page], job.document_id)
    if verdict is None:
        return None
    return {"page_number": verdict.page_number, "share": verdict.share, "is_lie": verdict.is_lie}


def _first_header(document: Document, models: list[PlannedModel]) -> dict[str, Any] | None:
    """The first header of a log: what to say of it where no rows could be told below it."""
    if models:
        first = models[0].model
        known = sum(1 for c in first.columns if c.label and c.label.field)
        return {"page_number": first.header_page, "known": known, "is_doubled": False} if first.header_page else None
    for content in document.kept:
        for header in find_headers(content):
            if tells_searches(header):
                told = {"known": header.known, "is_doubled": is_doubled(header)}
                return {"page_number": content.page_number, **told}
    return None


def on_copy(job: Job, name: str) -> Job:
    """The job on the copy of its document of that *name*: pages upright, or side by side."""
    return replace(job, source=job.work / name, hints={**job.hints, "password": None})


def _find_spread(job: Job, document: Document, unit: float) -> Spread | None:
    """How the sheets of the document, all of whose pages are read, go over its pages; the copy with these side by side
    is written where it shows one log."""
    told = [job.hints.get(name) for name in ("kind", "first_page", "last_page", "column_names")]
    if any(told) or unit != 1.0 or not isinstance(document.engine, PdfiumDocument):
        return None
    spread = find_spread(document)
    if spread is None:
        return None
    trial = Document(PdfiumDocument(write_wide(job.source, job.hints.get("password"), spread, job.work), None, unit))
    try:
        is_log = len(plan_models(trial, 1, trial.page_count)) == 1
    finally:
        trial.close()
    return spread if is_log else None


def _chunk_pages(sample: list[PageContent]) -> int:
    """Pages of a chunk: about ``CHUNK_SECONDS`` of work, judging by the pages of the *sample*. A sharing list is read
    as a whole, because its headings may stand on its first page only."""
    drawn = sum(1 for content in sample if page_class(content)[0] in (PageClass.PICTURE, PageClass.MIXED))
    share = drawn / max(1, len(sample))
    if not drawn or any(find_sharing_headers(content) for content in sample):
        return CHUNK_PAGES
    return max(2, min(CHUNK_PAGES, int(CHUNK_SECONDS / (share * PICTURE_SECONDS))))


def write_plan(job: Job, plan: dict[str, Any]) -> None:
    """Write the *plan* into the job's work folder."""
    path = job.work / PLAN
    aside = path.with_suffix(".tmp")
    aside.write_text(json.dumps(plan))
    aside.replace(path)
