"""What one child does: plan and read a document, or one chunk of it, or put its chunks together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from extractors.checked import checked_pages
from extractors.chunk import run_chunk
from extractors.chunk_files import is_done, read_chunk_manifest, undo_chunk
from extractors.document import Document
from extractors.finish import finish
from extractors.folded import Fold
from extractors.found import Found
from extractors.job import Job, open_document, where
from extractors.model import TableModel
from extractors.pages import PageReader
from extractors.pdfium import PdfiumDocument
from extractors.plan import PlannedModel
from extractors.plan_job import PLAN, on_copy, plan_job, write_plan
from extractors.plumber import PlumberDocument
from extractors.read_page import ReadPage
from extractors.spread import COPY as WIDE_COPY
from extractors.turned import COPY
from records.parts import MANIFEST

Say = Callable[..., None]


def extract(job: Job, say: Say) -> None:
    """Plan the document; read it at once if it is one chunk, else tell the parent how many there are."""
    if (job.target / MANIFEST).exists():
        _say_done(json.loads((job.target / MANIFEST).read_text()), say)
        return
    job.work.mkdir(parents=True, exist_ok=True)
    if (job.work / PLAN).exists():
        plan, document = json.loads((job.work / PLAN).read_text()), None
    else:
        plan, document = plan_job(job)
    if len(plan["chunks"]) > 1:
        say("planned", chunks=len(plan["chunks"]))
        return
    _read_chunk(job, plan, 1, document, say)
    _say_done(finish(job.work, job.target, job.document_id, job.fingerprint, plan), say)


def chunk(job: Job, say: Say) -> None:
    """Read one chunk of a planned document; return at once if it is done."""
    if job.chunk is None:
        raise ValueError("a chunk job names its chunk")
    _read_chunk(job, json.loads((job.work / PLAN).read_text()), job.chunk, None, say)


def finish_document(job: Job, say: Say) -> None:
    """Put the chunks of a planned document together."""
    if (job.target / MANIFEST).exists():
        shutil.rmtree(job.work, ignore_errors=True)
        _say_done(json.loads((job.target / MANIFEST).read_text()), say)
        return
    plan = json.loads((job.work / PLAN).read_text())
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
    write_plan(job, plan)
    for number, (begin, end) in enumerate(plan["chunks"], start=1):
        if first <= end and begin < until:
            undo_chunk(job.work, number)
    return True


def _read_chunk(job: Job, plan: dict[str, Any], number: int, document: Document | None, say: Say) -> None:
    if is_done(job.work, number):
        return
    if plan.get("turns") or plan.get("spread"):
        job = on_copy(job, WIDE_COPY if plan.get("spread") else COPY)
    first, last = plan["chunks"][number - 1]
    begin, end = plan["chunks"][0][0], plan["chunks"][-1][1]
    document = document or Document(open_document(job, plan["unit"]))
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
    fold = Fold.from_plan(plan["fold"]) if plan.get("fold") else None
    reader = PageReader(document, models, open_reference, seer, checked, end, fold)

    def read_others(pages: Sequence[ReadPage], logs: frozenset[int], step: Callable[[], None]) -> dict[int, Found]:
        # Imported here: a fifth of a child's start, and most documents are logs on all their pages.
        from extractors.others import OtherPages
        from extractors.pictures.vector_marks import MarkLayer

        mark_layer = partial(MarkLayer, *where(job, plan["unit"])) if isinstance(seer_engine, PdfiumDocument) else None
        others = OtherPages(seer, job.document_id, job.parts_dir, plan["said_kind"], mark_layer)
        return others.read(pages, logs, step)

    def progress(done: int) -> None:
        say("progress", pages_done=done, pages=last - first + 1)

    run_chunk(job.work, number, reader, (first, last), (begin, end), progress, read_others)
    document.close()
    seer.close()


def _say_done(manifest: dict[str, Any], say: Say) -> None:
    told = {k: manifest[k] for k in ("state", "page_count", "row_count", "reason", "advice")}
    say("done", **told)
