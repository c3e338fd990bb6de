"""The committed sample releases: what is in each, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samples.content import entries
from samples.expected import write_expected
from samples.hotlists.committed import PICTURES, PictureFile
from samples.hotlists.truth import write_truth
from samples.layout import Layout
from samples.layouts import RULED, SHEET, draw

SAMPLES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SampleFile:
    """One drawn log. ``kept`` is the share of its bytes that is left: less than 1 is a broken download."""

    name: str
    layout: Layout
    seed: int
    rows: int
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class SampleRelease:
    """A folder of the inbox. Without files it is an answer that came without records."""

    release_id: str
    release_toml: str
    files: tuple[SampleFile, ...] = ()
    pictures: tuple[PictureFile, ...] = ()


RELEASES = (
    SampleRelease(
        "port-sample-isd-tx-2025-11",
        """\
# An invented release: a school district's network audit, printed as a ruled report.
agency = "Port Sample ISD PD"
state = "TX"
time_zone = "America/Chicago"
request_number = "PIR-2025-0117"
request_url = "https://records.example.org/port-sample-isd/PIR-2025-0117"
requested_date = 2025-12-02
produced_date = 2025-12-16
status = "fulfilled"
""",
        (SampleFile("network-audit-2025-11.pdf", RULED, seed=1, rows=120),),
    ),
    SampleRelease(
        "exampleton-county-so-fl-2025-11",
        """\
# An invented release: a sheriff's own audit, printed from a spreadsheet nobody laid out.
agency = "Exampleton County SO"
state = "FL"
time_zone = "America/New_York"
request_number = "R-004412"
request_url = "https://records.example.org/exampleton-county/R-004412"
requested_date = 2025-12-01
produced_date = 2025-12-30
status = "partial"
exemptions = ["Fla. Stat. 119.071(2)(c): License Plate, Case # and Filters withheld"]
notes = "The agency removed five columns before printing."
""",
        (SampleFile("11_1_2025-11_30_2025-Exampleton County FL SO-Audit.pdf", SHEET, seed=2, rows=83),),
    ),
    SampleRelease(
        "mock-harbor-pd-va-2025-11",
        """\
# An invented release: the hotlist settings of one agency, as screenshots, in a letter, and as a form filled in by hand.
agency = "Mock Harbor PD"
state = "VA"
time_zone = "America/New_York"
request_number = "MH-2025-031"
request_url = "https://records.example.org/mock-harbor/MH-2025-031"
requested_date = 2025-11-10
produced_date = 2025-11-24
status = "fulfilled"
""",
        pictures=PICTURES,
    ),
    SampleRelease(
        "testborough-pd-oh-2025-11",
        """\
# An invented release whose one file broke off while it was downloaded.
agency = "Testborough PD"
state = "OH"
time_zone = "America/New_York"
request_number = "25-0900"
request_url = "https://records.example.org/testborough/25-0900"
requested_date = 2025-12-03
produced_date = 2025-12-11
status = "fulfilled"
""",
        (SampleFile("audit-november.pdf", RULED, seed=3, rows=60, kept=0.6),),
    ),
    SampleRelease(
        "fakeville-pd-ga-2025-11",
        """\
# An invented denial: no file came, and that is the finding.
agency = "Fakeville PD"
state = "GA"
time_zone = "America/New_York"
request_number = "ORR-25-1188"
request_url = "https://records.example.org/fakeville/ORR-25-1188"
requested_date = 2025-12-04
produced_date = 2025-12-09
status = "denied"
exemptions = ["O.C.G.A. 50-18-72(a)(4): pending investigation"]
notes = "The letter says that the log is not a public record."
""",
    ),
)


def draw_releases(target: Path = SAMPLES) -> list[Path]:
    """Draw every release into ``inbox/`` and ``expected/`` under *target*; return the files written."""
    written: list[Path] = []
    expected = target / "expected"
    expected.mkdir(parents=True, exist_ok=True)
    for release in RELEASES:
        folder = target / "inbox" / release.release_id
        folder.mkdir(parents=True, exist_ok=True)
        toml = folder / "release.toml"
        toml.write_text(release.release_toml, encoding="utf-8", newline="\n")
        written.append(toml)
        for file in release.files:
            path = folder / file.name
            rows = draw(file.layout, entries(file.seed, file.rows, file.layout.content), path)
            written.append(path)
            if file.kept < 1:
                whole = path.read_bytes()
                path.write_bytes(whole[: int(len(whole) * file.kept)])
                continue  # nothing of a broken file is expected to be read
            as_drawn = expected / f"{file.name}.jsonl"
            write_expected(rows, as_drawn)
            written.append(as_drawn)
        for picture in release.pictures:
            truth = expected / f"{picture.name}.json"
            write_truth(picture.write(folder / picture.name), truth)
            written += [folder / picture.name, truth]
    return written
