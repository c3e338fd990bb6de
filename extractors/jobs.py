"""What one child does: plan and read a document, or one chunk of it, or put its chunks together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from extractors.checked import checked_pages
from extractors.chunk import run_chunk
from extractors.chunk_files import is_done, read_chunk_manifest, undo_chunk
from extractors.claim import check_layer
from extractors.finish import finish
from extractors.glyphs import PageContent
from extractors.job import Job, open_document, open_first, where
from extractors.model import TableModel
from extractors.others import OtherPages
from extractors.page_kind import page_class
from extractors.pages import PageReader
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.pictures.vector_marks import MarkLayer
from extractors.plan import Document, PlannedModel, plan_models, sample_numbers
from extractors.plumber import PlumberDocument
from extractors.sharing_header import find_sharing_headers
from extractors.spread import COPY as WIDE_COPY
from extractors.spread import Spread, at_home, find_spread, without_margins, write_wide
from extractors.turned import COPY, find_turns, write_copy
from records.documents import PageClass, SegmentKind
from records.errors import UnreadableHintError
from records.parts import MANIFEST

CHUNK_PAGES = 1000
"""Five to ten CPU seconds of born-digital pages; their rows (up to 40,000) are held in memory as a whole."""
CHUNK_SECONDS = 20.0
PICTURE_SECONDS = 4.0
"""What recognising one page costs, for sizing chunks."""

_PLAN = "plan.json"

Say = Callable[..., None]


def extract(job: Job, say: Say) -> None:
    """Plan the document; read it at once if it is one chunk, else tell the parent how many there are."""
    if (job.target / MANIFEST).exists():
        _say_done(json.loads((job.target / MANIFEST).read_text()), say)
        return
    job.work.mkdir(parents=True, exist_ok=True)
    if (job.work / _PLAN).exists():
        plan, document = json.loads((job.work / _PLAN).read_text()), None
    else:
        plan, document = _plan(job)
    if len(plan["chunks"]) > 1:
        say("planned", chunks=len(plan["chunks"]))
        return
    _read_chunk(job, plan, 1, document, say)
    _say_done(finish(job.work, job.target, job.document_id, job.fingerprint, plan), say)


def chunk(job: Job, say: Say) -> None:
    """Read one chunk of a planned document; return at once if it is done."""
    if job.chunk is None:
        raise ValueError("a chunk job names its chunk")
    _read_chunk(job, json.loads((job.work / _PLAN).read_text()), job.chunk, None, say)


def finish_document(job: Job, say: Say) -> None:
    """Put the chunks of a planned document together."""
    if (job.target / MANIFEST).exists():
        shutil.rmtree(job.work, ignore_errors=True)
        _say_done(json.loads((job.target / MANIFEST).read_text()), say)
        return
    plan = json.loads((job.work / _PLAN).read_text())
    if _learn(job, plan):
        say("planned", chunks=len(plan["chunks"]))
        return
    _say_done(finish(job.work, job.target, job.document_id, job.fingerprint, plan), say)


def _learn(job: Job, plan: dict[str, Any]) -> bool:
    """Take table models that a chunk met and the plan did not know into the plan; the chunks after it, up to the next
    header the plan knew, were read without them and are undone. Whether there was any."""
    known = {from_page for from_page, _ in plan["models"]}
    found: dict[int, str] = {}
    for number in range(1, len(plan["chunks"]) + 1):
        for from_page, text in read_chunk_manifest(job.work, number)["opened"]:
            if from_page not in known and from_page <= plan["chunks"][number - 1][1]:
                found[from_page] = text
    if not found:
        return False
    first = min(found)  # later ones may be mere echoes of it; they are met again if they are not
    until = min((page for page in known if page > first), default=plan["page_count"] + 1)
    plan["models"] = sorted([*plan["models"], [first, found[first]]])
    _write_plan(job, plan)
    for number, (begin, end) in enumerate(plan["chunks"], start=1):
        if first <= end and begin < until:
            undo_chunk(job.work, number)
    return True


def _plan(job: Job) -> tuple[dict[str, Any], Document]:
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
        job = _on_copy(job, COPY)
        engine = open_document(job, unit)
        document = Document(engine)
    spread = _find_spread(job, document, unit)
    if spread is not None:
        document.close()
        job = _on_copy(job, WIDE_COPY)
        engine = open_document(job, unit)
        document = Document(engine)
    first = max(1, int(job.hints.get("first_page") or 1))
    last = min(document.page_count, int(job.hints.get("last_page") or document.page_count))
    if first > last:
        said = f"release.toml says to read from page {first}, but the document has {document.page_count} pages."
        raise UnreadableHintError(said)
    kind = job.hints.get("kind")
    said_kind = kind if kind not in (None, SegmentKind.AUDIT_LOG) else None
    names = tuple(job.hints.get("column_names") or ())
    is_picture = engine.name == PictureDocument.name
    models = plan_models(document, first, last, names) if said_kind is None and not is_picture else []
    if spread is not None and models:
        models = [replace(planned, model=without_margins(planned.model, spread)) for planned in models]
        spread = at_home(spread, models[0].model)
    chunk_pages = _chunk_pages(document.kept) if not is_picture else int(CHUNK_SECONDS / PICTURE_SECONDS)
    are_names_unused = False
    if names and said_kind is None and not any(c.basis == "hint" for m in models for c in m.model.columns):
        are_names_unused = True  # their number is not that of the columns, or the page prints a header
        models = models or plan_models(document, first, last)
    claim = None
    if models:
        from_page = models[0].from_page
        seer = engine if isinstance(engine, PdfiumDocument) else PdfiumDocument(*where(job, unit))
        verdict = check_layer(seer, [c for c in document.kept if c.page_number >= from_page], job.document_id)
        if verdict is not None:
            claim = {"page_number": verdict.page_number, "share": verdict.share, "is_lie": verdict.is_lie}
            models = [] if verdict.is_lie else models
    plan = {
        "said_kind": said_kind,
        "claim": claim,
        "unused_names": len(names) if are_names_unused else 0,
        "unit": unit,
        "turns": sorted(turns.items()),
        "spread": asdict(spread) if spread else None,
        "widths": document.learnt(),
        "page_count": document.page_count,
        "models": [[m.from_page, m.model.to_json()] for m in models],
        "chunks": [[a, min(a + chunk_pages - 1, last)] for a in range(first, last + 1, chunk_pages)],
    }
    _write_plan(job, plan)
    return plan, document


def _on_copy(job: Job, name: str) -> Job:
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


def _write_plan(job: Job, plan: dict[str, Any]) -> None:
    path = job.work / _PLAN
    aside = path.with_suffix(".tmp")
    aside.write_text(json.dumps(plan))
    aside.replace(path)


def _read_chunk(job: Job, plan: dict[str, Any], number: int, document: Document | None, say: Say) -> None:
    if is_done(job.work, number):
        return
    if plan.get("turns") or plan.get("spread"):
        job = _on_copy(job, WIDE_COPY if plan.get("spread") else COPY)
    first, last = plan["chunks"][number - 1]
    begin, end = plan["chunks"][0][0], plan["chunks"][-1][1]
    document = document or Document(open_document(job, plan["unit"]))
    document.use_widths(plan["widths"], sample_numbers(begin, end))
    reference: list[PlumberDocument] = []

    def open_reference() -> PlumberDocument:
        if not reference:
            reference.append(PlumberDocument(*where(job, plan["unit"])))
        return reference[0]

    models = [PlannedModel(page, TableModel.from_json(text)) for page, text in plan["models"]]
    checked = checked_pages(job.document_id, plan["page_count"], job.engine)
    engine = document.engine
    seer_engine = PdfiumDocument(*where(job, plan["unit"])) if isinstance(engine, PlumberDocument) else engine
    seer = document if seer_engine is engine else Document(seer_engine)
    reader = PageReader(document, models, open_reference, seer, checked, end)
    is_pdf = isinstance(seer_engine, PdfiumDocument)
    mark_layer = partial(MarkLayer, *where(job, plan["unit"])) if is_pdf else None
    others = OtherPages(seer, job.document_id, job.parts_dir, plan["said_kind"], mark_layer)

    def progress(done: int) -> None:
        say("progress", pages_done=done, pages=last - first + 1)

    run_chunk(job.work, number, reader, (first, last), (begin, end), progress, others.read)
    document.close()
    seer.close()


def _say_done(manifest: dict[str, Any], say: Say) -> None:
    told = {k: manifest[k] for k in ("state", "page_count", "row_count", "reason", "advice")}
    say("done", **told)
