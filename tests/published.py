"""A data folder after a night on a few samples, made once for all tests of the review page."""

from __future__ import annotations

import fcntl
import shutil
from dataclasses import replace
from pathlib import Path

from flows.intake import take_in
from flows.open_documents import find_trouble
from flows.paths import data_folder
from flows.progress import SilentProgress
from flows.reading import documents_to_read, read_document
from flows.run import joined_run
from flows.settings import Settings
from flows.warehousing import build_warehouse, publish_if_new
from samples import others
from samples.content import entries
from samples.layouts import draw, layout_named
from warehouse.query import connect

SAMPLES = Path(__file__).parents[1] / "samples" / "inbox"
RELEASE = (
    'agency = "Drawnham PD"\nstate = "OH"\nrequest_number = "D-1"\nproduced_date = 2026-01-05\nstatus = "partial"\n'
)
LAYOUTS = {"ruled": 44, "rotated-and-cropped": 14}
"""Name of the layout -> rows of the log that is drawn in it; the first has rows that go on on the next page."""


def publish_samples(data: Path) -> None:
    """Put samples into the inbox of *data* and publish them: logs (text; rotated and cropped), a sharing list, settings
    in a picture and on a scan, a broken file, and a denial without files."""
    inbox = data / "inbox"
    for name, files in {
        "mock-harbor-pd-va-2025-11": ("hotlist-settings.png", "form-scan.pdf"),
        "testborough-pd-oh-2025-11": ("audit-november.pdf",),
        "fakeville-pd-ga-2025-11": (),
    }.items():
        (inbox / name).mkdir(parents=True)
        for file in ("release.toml", *files):
            shutil.copyfile(SAMPLES / name / file, inbox / name / file)
    drawn = inbox / "drawn-2026-01"
    drawn.mkdir()
    for name, count in LAYOUTS.items():
        layout = layout_named(name)
        draw(layout, entries(5, count, layout.content), drawn / f"{name}.pdf")
    others.sharing_list(drawn / "sharing.pdf", organizations=12)
    (drawn / "release.toml").write_text(RELEASE, encoding="utf-8")
    night(data)
    with connect(data_folder(data).full_snapshot) as connection:
        states = connection.execute("SELECT file_name, state FROM raw.document WHERE state <> 'loaded'").fetchall()
    assert states == [("audit-november.pdf", "quarantined")], states


def night(data: Path) -> None:
    """What `recordtrail nightly` does, without Prefect's server."""
    key = data.parent / "masking.key"
    settings = replace(Settings(), data=data, settle_seconds=0.0, workers=2, masking_key=key)
    with joined_run(settings, "recordtrail nightly", SilentProgress()) as run:
        take_in(run.folder, run.settings, run.ledger, run.intake)
        for document_id in documents_to_read(run):
            read_document(run, document_id)
        run.report.trouble = find_trouble(run.ledger)
        build_warehouse(run)
        publish_if_new(run)


def published_once(folder: Path) -> Path:
    """The data folder in *folder*, made by whichever process of the tests comes first; only to be looked at."""
    data = folder / "published"
    with (folder / "published.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data_folder(data).full_snapshot.exists():
            shutil.rmtree(data, ignore_errors=True)
            publish_samples(data)
    return data
