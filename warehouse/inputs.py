"""What a build is made of, and whether it fits together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from records.decisions import Decision
from records.documents import DocumentState, SourceDocument
from records.double_review import DoubleRate
from records.errors import WarehouseError
from records.issues import Issue
from records.release import FileHints, Receipt, Release
from warehouse.check import refuse
from warehouse.manifest import Manifest, read_manifest


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """Everything a warehouse is made of. Same inputs, same content hash, whenever and by whomever it is built."""

    releases: Sequence[Release]
    receipts: Sequence[Receipt]
    documents: Sequence[SourceDocument]
    issues: Sequence[Issue]
    """What intake noticed. Issues of the parts are read from the parts."""
    parts: Mapping[str, Path]
    """Document id -> its complete parts folder, for every document that was read."""
    former_parts: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    """Document id -> parts folders of earlier extractions, for the ids they gave; not part of the content."""
    decisions: Sequence[Decision] = ()
    """The decision log from its first entry on, as far as the build is to know it."""
    double_review: Sequence[DoubleRate] = ()
    """What blind double review found so far."""
    hints: Mapping[str, FileHints] = field(default_factory=dict)
    """Document id -> what ``release.toml`` says of the file; of the build's concern are zone, producer and date."""
    run_id: str | None = None
    """Recorded in ``meta.build``; not part of the content."""


def read_manifests(inputs: BuildInputs) -> list[Manifest]:
    """The manifests of all parts, by document id; ``WarehouseError`` when inputs and parts contradict each other,
    ``ChecksFailed`` with the documents whose parts are not whole.

    What a missing manifest or a loaded document without parts would lose, would be lost silently: nothing is built.
    """
    documents = {document.document_id: document for document in inputs.documents}
    if len(documents) != len(inputs.documents):
        raise WarehouseError("One document id was given twice in the inputs of the build.")
    for document_id in sorted(inputs.parts):
        if document_id not in documents:
            raise WarehouseError(f"There are parts of {document_id[:16]}, but no such document.")
        if documents[document_id].state is DocumentState.QUARANTINED:
            raise WarehouseError(f"Document {document_id[:16]} is quarantined, but parts of it were given.")
    for document in inputs.documents:
        # A file of a kind that is not read (error code) is set aside without anybody opening it.
        is_read = document.state is DocumentState.LOADED or (
            document.state is DocumentState.SET_ASIDE and document.error_code is None
        )
        if is_read and document.document_id not in inputs.parts:
            raise WarehouseError(f"Document {document.document_id[:16]} is {document.state}, but has no parts.")
    manifests: list[Manifest] = []
    wrong: dict[str, WarehouseError] = {}
    for document_id in sorted(inputs.parts):
        try:
            manifests.append(read_manifest(document_id, inputs.parts[document_id]))
        except WarehouseError as error:
            wrong[document_id] = error
    if wrong:
        raise refuse("parts_whole", " ".join(str(error) for error in wrong.values()), wrong) from wrong.popitem()[1]
    return manifests
