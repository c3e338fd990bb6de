"""Where things live in the data folder. Only names; ``create`` is the one function that makes folders."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from records.errors import ConfigurationError
from records.parts import MANIFEST


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One data folder: everything Recordtrail keeps, and nothing outside it."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Put releases here, one folder each. Never changed by us."""
        return self.root / "inbox"

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def parts(self) -> Path:
        return self.root / "parts"

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def full_snapshot(self) -> Path:
        """The symlink that the data team and reviewers open: everything."""
        return self.snapshots / "full.duckdb"

    def snapshot(self, kind: str) -> Path:
        """The symlink of the published file ``full`` or ``analyst``."""
        return self.snapshots / f"{kind}.duckdb"

    @property
    def analyst_snapshot(self) -> Path:
        """The symlink to the masked copy, which may be shared."""
        return self.snapshots / "analyst.duckdb"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.db"

    @property
    def decisions(self) -> Path:
        """What reviewers decided: never changed, only added to."""
        return self.root / "decisions.db"

    @property
    def review(self) -> Path:
        """What the review page keeps: the key of its sessions, and pictures of pages that it can draw again."""
        return self.root / "review"

    @property
    def prefect_home(self) -> Path:
        return self.root / "prefect"

    @property
    def work(self) -> Path:
        """Scratch of the current run; emptied when a run starts."""
        return self.root / "work"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def parts_of(self, document_id: str) -> Path:
        return self.parts / document_id

    def part(self, document_id: str, fingerprint: str) -> Path:
        return self.parts / document_id / fingerprint

    def has_part(self, document_id: str, fingerprint: str) -> bool:
        """Whether that extraction is complete: the manifest is written last, the folder renamed as a whole."""
        return (self.part(document_id, fingerprint) / MANIFEST).is_file()

    def create(self) -> None:
        """Make the folders that are missing, readable by their owner only. Raises ConfigurationError."""
        try:
            for folder in (self.root, self.inbox, self.store, self.parts, self.snapshots, self.prefect_home, self.work):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigurationError(
                f"The data folder {self.root} cannot be made or written: {error.strerror}.",
                "Give --data (or RECORDTRAIL_DATA) a folder you may write to.",
            ) from error

    def require_inbox(self) -> None:
        """Raise ConfigurationError unless there is an inbox: a mistyped folder must not look like a quiet night."""
        if not self.inbox.is_dir():
            raise ConfigurationError(
                f"There is no inbox in {self.root}.",
                f"Put releases there: `mkdir -p {shlex.quote(str(self.inbox))}/<release>`, or give --data (or"
                " RECORDTRAIL_DATA) the folder that has them. `recordtrail demo` shows it on invented records.",
            )

    def require(self) -> None:
        """Raise ConfigurationError unless a run has been here: for commands that only look."""
        if not self.ledger.is_file():
            raise ConfigurationError(
                f"{self.root} is no data folder yet: nothing was ingested into it.",
                "Put releases into its inbox/ and run `recordtrail nightly`; `recordtrail demo` shows an example.",
            )


def data_folder(root: Path) -> DataFolder:
    """The data folder at *root*, as an absolute path: children and the server run elsewhere."""
    return DataFolder(Path(root).expanduser().absolute())
