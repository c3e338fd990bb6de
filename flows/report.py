"""The run report, for the terminal, the ledger and Prefect's artifacts. Ids and counts only, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.exit_codes import ExitCode
from flows.intake import Intake
from flows.ledger_documents import Standing
from flows.progress import SHORT
from flows.words import count
from records.documents import DocumentState

_TROUBLE = (DocumentState.QUARANTINED, DocumentState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document that needs a person."""

    document_id: str
    release_ids: tuple[str, ...]
    standing: Standing
    is_news: bool
    """No finished run has told of it yet."""


@dataclass(slots=True)
class Report:
    """Filled by the steps of a run, read at its end."""

    run_id: str
    command: str
    intake: Intake = field(default_factory=Intake)
    standings: dict[str, Standing] = field(default_factory=dict)
    """Of the documents that were tried in this run."""
    extracted_count: int = 0
    """How many of them a child process read; the others were decided without one, or had their parts already."""
    left_out_count: int = 0
    """Documents that were read, but that the warehouse had to be built without."""
    shrunk: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Documents that gave fewer rows, marks and organizations than when they were last read: how many then and now."""
    trouble: Sequence[Trouble] = ()
    mistake_count: int = 0
    """What the intake found wrong or doubtful, as in a ``release.toml``, and nobody has mended."""
    table_counts: dict[str, int] = field(default_factory=dict)
    decision_count: int = 0
    """Entries of the decision log that the build knows."""
    content_hash: str | None = None
    published: str | None = None
    """The new snapshot's file name; None when nothing was published."""
    is_unchanged: bool = False
    """The build has the content that is published already."""
    is_held_back: bool = False
    """The build is one that a person went back from (`recordtrail rollback`)."""
    analyst_published: str | None = None
    """The new analyst file's name; None when none was published."""
    is_new_key: bool = False
    """Its tokens are made with another key than those of the analyst file before."""

    @property
    def exit_code(self) -> ExitCode:
        """3 tells of *new* trouble, once; what is open from earlier nights is in ``status`` and in the last line."""
        return ExitCode.NEEDS_PERSON if any(trouble.is_news for trouble in self.trouble) else ExitCode.FINE

    def counts(self) -> dict[str, Any]:
        """The figures of the run, as ``--json`` and the ledger keep them."""
        states = Counter(standing.state for standing in self.standings.values())
        loaded = [standing for standing in self.standings.values() if standing.state is DocumentState.LOADED]
        return {
            "releases": self.intake.release_count,
            "files": self.intake.file_count,
            "new_documents": self.intake.new_document_count,
            "new_receipts": self.intake.new_receipt_count,
            "files_still_being_written": self.intake.waiting_count,
            "files_skipped_by_name": self.intake.skipped_count,
            "read": len(self.standings),
            "extracted": self.extracted_count,
            **{state.value: states[state] for state in (DocumentState.LOADED, *_TROUBLE)},
            "pages": sum(standing.page_count or 0 for standing in loaded),
            "rows": sum(standing.row_count or 0 for standing in loaded),
            "marks": sum(standing.mark_count or 0 for standing in loaded),
            "organizations": sum(standing.sharing_count or 0 for standing in loaded),
            "left_out": self.left_out_count,
            "decisions": self.decision_count,
            "shrunk": len(self.shrunk),
            "intake_mistakes": self.mistake_count,
            "needs_person_new": sum(trouble.is_news for trouble in self.trouble),
            "needs_person_open": len(self.trouble),
            "content_hash": self.content_hash,
            "published": self.published,
            "analyst_published": self.analyst_published,
            "held_back": self.is_held_back,
        }

    def lines(self) -> list[str]:
        """The report for people, a few lines."""
        c = self.counts()
        lines = [
            f"Inbox: {count(c['releases'], 'release')}, {count(c['files'], 'file')};"
            f" {count(c['new_documents'], 'new document')}, {count(c['new_receipts'], 'new receipt')}."
        ]
        if c["files_still_being_written"]:
            lines.append(
                f"{count(c['files_still_being_written'], 'file')} still being written: waiting for the next run."
            )
        if self.standings:
            nouns = ("page", "row", "mark", "organization")
            held = ", ".join(count(c[f"{noun}s"], noun) for noun in nouns if c[f"{noun}s"])
            lines.append(
                f"Read: {c['loaded']} loaded ({held or 'nothing'}),"
                f" {c['set_aside']} set aside, {c['quarantined']} quarantined."
            )
        else:
            lines.append("Nothing new to extract.")
        if self.left_out_count:
            lines.append(f"Left out, because checks failed: {count(self.left_out_count, 'document')}.")
        if self.decision_count:
            lines.append(f"Decisions of reviewers: applied up to number {self.decision_count}.")
        for document_id, (then, now) in sorted(self.shrunk.items()):
            lines.append(f"Read again with less in it: {document_id[:SHORT]} gave {then}, now {now}; look at it.")
        if self.mistake_count:
            lines.append(f"The intake noticed {count(self.mistake_count, 'mistake')}; see `recordtrail status`.")
        if self.is_held_back:
            lines.append(
                f"Nothing published: somebody went back from this content ({_short(self.content_hash)});"
                " `recordtrail rollback --undo` serves it again."
            )
        elif self.is_unchanged and not self.analyst_published:
            lines.append(f"Nothing published: the content is the same as published ({_short(self.content_hash)}).")
        elif self.published:
            lines.append(f"Published {self.published} (content {_short(self.content_hash)}).")
        if self.analyst_published:
            lines.append(f"Published {self.analyst_published}, masked, of the same content.")
            if self.is_new_key:
                lines.append("It has another masking key: its tokens do not join with those of earlier analyst files.")
        old = c["needs_person_open"] - c["needs_person_new"]
        if c["needs_person_new"]:
            lines.append(f"Needs a person: {count(c['needs_person_new'], 'document')}; see `recordtrail status`.")
        if old:
            lines.append(f"Needs a person still, told of before: {count(old, 'document')}; see `recordtrail status`.")
        return lines

    def table(self) -> list[dict[str, Any]]:
        """One line per document that was tried or needs a person."""
        releases = {trouble.document_id: ", ".join(trouble.release_ids) for trouble in self.trouble}
        standings = {**{trouble.document_id: trouble.standing for trouble in self.trouble}, **self.standings}
        return [
            {
                "document": document_id[:SHORT],
                "release": releases.get(document_id, ""),
                "state": standing.state.value,
                "code": standing.error_code or "",
                "pages": standing.page_count or 0,
                "rows": standing.row_count or 0,
                "marks": standing.mark_count or 0,
                "organizations": standing.sharing_count or 0,
            }
            for document_id, standing in sorted(standings.items())
        ]

    def markdown(self) -> str:
        """The report as a Prefect artifact."""
        figures = "\n".join(f"| {name.replace('_', ' ')} | {value} |" for name, value in self.counts().items())
        told = "\n".join(f"- {line}" for line in self.lines())
        return f"# {self.command} {self.run_id}\n\n{told}\n\n| figure | value |\n|---|---|\n{figures}\n"


def _short(content_hash: str | None) -> str:
    return (content_hash or "")[:SHORT]
