"""Reading one document: decide whether it can be read, extract it, and write down how it went.

Here, and nowhere else, a DocumentError is caught: it ends the reading of one document, never the run.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from extractors.fingerprint import fingerprint
from extractors.sniff import PICTURE_TYPES
from flows import extract, ledger_documents, ledger_inbox
from flows.extract import Order
from flows.ledger_documents import Standing
from flows.open_documents import how_to_close
from flows.run import Run
from records.documents import DocumentState
from records.errors import DocumentError, EmptyFileError, TooLargeError, UnsupportedTypeError, WrongTypeError
from records.release import FileHints

PDF = "application/pdf"
_READ_TYPES = frozenset({PDF, *PICTURE_TYPES})


@dataclass(frozen=True, slots=True)
class Attempt:
    """What it takes to read a document now."""

    document_id: str
    file_name: str
    byte_count: int
    media_type: str
    hints: FileHints
    fingerprint: str

    @property
    def key(self) -> str:
        """A new key is a reason to try again: another extractor, other hints, another password."""
        password = self.hints.password
        if password is None:
            return self.fingerprint
        # Eight digits tell two passwords apart without giving one away.
        return f"{self.fingerprint}+{hashlib.sha256(f'{self.document_id}:{password}'.encode()).hexdigest()[:8]}"


def documents_to_read(run: Run, release: str | None = None) -> list[str]:
    """The documents that have no standing yet under the present extractor and hints, in the order of their names."""
    return [document_id for document_id in ledger_inbox.current_ids(run.ledger, release) if _is_open(run, document_id)]


def read_document(run: Run, document_id: str) -> Standing:
    """Read one document and record its standing. Raises ToolError; a DocumentError becomes the standing."""
    attempt = attempt_for(run, document_id)
    run.progress.start(document_id)
    try:
        check_readable(attempt, run.settings.max_file_bytes)
        order = Order(document_id, attempt.file_name, attempt.fingerprint, attempt.hints)
        result = extract.extract(
            order,
            run.folder,
            run.settings,
            run.children,
            lambda done, pages: run.progress.pages(document_id, done, pages),
        )
        run.report.extracted_count += result.is_new
        standing = Standing(
            result.state,
            attempt.key,
            attempt.fingerprint,
            reason=result.reason,
            advice=result.advice,
            page_count=result.page_count,
            row_count=result.row_count,
            mark_count=result.mark_count,
            sharing_count=result.sharing_count,
        )
        kinds = result.kinds
        _note_shrinking(run, document_id, standing)
    except DocumentError as error:
        standing = standing_of_error(error, attempt.key)
        kinds = {}
    if standing.state is DocumentState.SET_ASIDE and attempt.hints.kind is None:
        further = how_to_close(run.ledger, document_id, kinds, attempt.media_type)
        standing = replace(standing, advice=" ".join(filter(None, (standing.advice, further))) or None)
    ledger_documents.record_standing(run.ledger, document_id, standing)
    run.report.standings[document_id] = standing
    run.progress.finish(document_id, standing)
    return standing


def _note_shrinking(run: Run, document_id: str, standing: Standing) -> None:
    """Note a document that another extractor, or other hints, finds less in than the last time."""
    before = ledger_documents.standing_of(ledger_documents.document(run.ledger, document_id))
    then, now = (sum((s.row_count or 0, s.mark_count or 0, s.sharing_count or 0)) for s in (before, standing))
    if now < then and before.fingerprint != standing.fingerprint:
        run.report.shrunk[document_id] = (then, now)


def check_readable(attempt: Attempt, max_bytes: int) -> None:
    """Raise the DocumentError of a file that no child needs to look at. Its first bytes decide, not its name."""
    if attempt.byte_count == 0:
        raise EmptyFileError("The file is empty (0 bytes).")
    if attempt.byte_count > max_bytes:
        raise TooLargeError(f"The file has {attempt.byte_count} bytes; max_file_bytes = {max_bytes}.")
    is_named_pdf = attempt.file_name.casefold().endswith(".pdf")
    if attempt.media_type not in _READ_TYPES or (is_named_pdf and attempt.media_type != PDF):
        if is_named_pdf:
            raise WrongTypeError(f"The file is named .pdf, but by its first bytes it is {attempt.media_type}.")
        raise UnsupportedTypeError(f"Files of type {attempt.media_type} are not read yet.")


def standing_of_error(error: DocumentError, key: str) -> Standing:
    """Where *error* leaves a document: a kind of file we do not read is set aside, all else is quarantined."""
    is_other_kind = isinstance(error, UnsupportedTypeError)
    return Standing(
        DocumentState.SET_ASIDE if is_other_kind else DocumentState.QUARANTINED,
        key,
        error_code=error.code,
        reason=str(error),
        advice=error.advice,
    )


def attempt_for(run: Run, document_id: str) -> Attempt:
    """What reading the document now would be."""
    row = ledger_documents.document(run.ledger, document_id)
    hints = ledger_inbox.merged_hints(run.ledger, document_id)
    password = run.intake.passwords.get(document_id)
    if password is not None:
        hints = replace(hints, password=password)
    return Attempt(
        document_id,
        row["file_name"],
        row["byte_count"],
        row["media_type"],
        hints,
        fingerprint(hints, run.settings.engine),
    )


def _is_open(run: Run, document_id: str) -> bool:
    row = ledger_documents.document(run.ledger, document_id)
    attempt = attempt_for(run, document_id)
    if row["state"] == DocumentState.WAITING or row["attempt"] != attempt.key:
        return True
    # Parts can have been removed by hand: then the ledger's word is not enough.
    return row["fingerprint"] is not None and not run.folder.has_part(document_id, row["fingerprint"])
