"""What a child is asked to do, and the document it is about."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from extractors.document import Engine
from extractors.limits import Limits
from extractors.open_pdf import open_pdf, user_unit
from extractors.pdfium import PdfiumDocument
from extractors.pictures.document import PictureDocument
from extractors.plumber import PlumberDocument
from extractors.sniff import is_picture_file


@dataclass(frozen=True, slots=True)
class Job:
    """One job for a child, as the parent wrote it."""

    command: str
    source: Path
    document_id: str
    parts_dir: Path
    fingerprint: str
    hints: dict[str, Any]
    engine: str
    limits: Limits
    chunk: int | None

    @property
    def work(self) -> Path:
        return self.parts_dir / f"{self.fingerprint}.work"

    @property
    def target(self) -> Path:
        return self.parts_dir / self.fingerprint


def read_job(data: dict[str, Any]) -> Job:
    """The job in the JSON that the parent wrote."""
    known = {f.name for f in fields(Limits)}
    limits = Limits(**{k: int(v) for k, v in (data.get("limits") or {}).items() if k in known and v is not None})
    return Job(
        command=data["command"],
        source=Path(data["source"]),
        document_id=data["document_id"],
        parts_dir=Path(data["parts_dir"]),
        fingerprint=data["fingerprint"],
        hints=data.get("hints") or {},
        engine=data.get("engine") or "auto",
        limits=limits,
        chunk=data.get("chunk"),
    )


def open_first(job: Job) -> tuple[Engine, float]:
    """The document, opened for the first time: checked for being whole and within limits; and its unit."""
    if is_picture_file(job.source):
        return PictureDocument(job.source, job.limits.max_pages), 1.0
    password = job.hints.get("password")
    engine = open_pdf(job.source, password, job.limits.max_pages)
    unit = user_unit(job.source, password)
    if unit == 1.0 and job.engine != "pdfplumber":
        return engine, unit
    engine.close()
    return open_document(job, unit), unit


def open_document(job: Job, unit: float) -> Engine:
    """The document, opened by the engine that the job asks for; *unit* is points per unit of its user space."""
    if is_picture_file(job.source):
        return PictureDocument(job.source, job.limits.max_pages)
    kind = PlumberDocument if job.engine == "pdfplumber" else PdfiumDocument
    return kind(*where(job, unit))


def where(job: Job, unit: float) -> tuple[Path, str | None, float]:
    """What every engine takes to open the document: file, password, unit."""
    return job.source, job.hints.get("password"), unit
