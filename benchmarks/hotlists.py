"""How exactly drawn settings pages and forms are read: ``python -m benchmarks.hotlists [--styles …] [--degrade …]``.

Pictures are drawn by seed, read, and compared mark by mark with the drawing. ``--readers`` says by whom: ``both`` and
``tesseract`` are ours with two readers and with Tesseract alone, ``peer`` is Tesseract and a threshold as most people
write it. ``--mutate`` draws seeded changes instead and asks whether any passes unnoticed. One process, one thread.
"""

from __future__ import annotations

import argparse
import os
import shutil
import time
from collections import defaultdict
from pathlib import Path

os.environ["OMP_THREAD_LIMIT"] = "1"  # before any reader is loaded

from benchmarks import hotlist_mutate, hotlist_peer, hotlist_read
from benchmarks.hotlist_score import GotPage, Score, score
from benchmarks.hotlist_tables import agreement_table, class_table, kind_table, table
from samples.degrade import WAYS
from samples.hotlists.cases import ALL_STYLES, Case, cases
from samples.hotlists.truth import DrawnPage

READERS = ("both", "tesseract", "peer")


def main() -> None:
    options = _options()
    reader = hotlist_peer.peer
    if options.readers != "peer":
        reader = hotlist_read.parts if options.job else hotlist_read.pages
    if options.readers == "tesseract":
        hotlist_read.without_rapidocr()
    if options.mutate:
        hotlist_mutate.main(reader, options.seed, options.count, options.out)
        return
    seeds = range(options.seed, options.seed + options.count)
    by_style: dict[str, Score] = defaultdict(Score)
    by_way: dict[str, Score] = defaultdict(Score)
    total = Score()
    for case in cases(options.out / "pictures", options.styles, options.degrade, seeds, options.container):
        got, seconds = _timed(reader, case)
        for number, truth in enumerate(case.pages):
            page = got[number] if number < len(got) else GotPage(())
            one = score(truth, page, seconds / len(case.pages))
            for held in (by_style[case.style], by_way[case.way], total):
                held.add(one)
            if not one.is_clean:
                _keep(case, truth, one, page, options.out / "failed" / options.readers)
    print(f"Readers: {options.readers}; seeds {seeds.start} to {seeds.stop - 1}; files: {options.container}\n")
    print(table([*by_style.items(), ("all", total)]))
    print("\n" + table(by_way.items()))
    print("\n" + kind_table(total))
    print("\n" + agreement_table(total))
    print("\n" + class_table(total))


def _timed(reader: hotlist_read.Reader, case: Case) -> tuple[list[GotPage], float]:
    start = time.perf_counter()
    got = reader(case.path)
    return got, time.perf_counter() - start


def _keep(case: Case, truth: DrawnPage, one: Score, page: GotPage, folder: Path) -> None:
    """Picture and reading, for looking at: what is wrong first."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(case.path, folder / case.path.name)
    lines = [*one.examples, "", *page.page_issues, "", *map(repr, page.marks), "", *map(repr, truth.marks)]
    (folder / f"{case.path.stem}-{truth.name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hotlists", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first seed (default: 1)")
    parser.add_argument("--count", type=int, default=1, help="seeds per style, or mutations of each kind (default: 1)")
    parser.add_argument("--styles", nargs="+", default=ALL_STYLES, choices=ALL_STYLES, metavar="STYLE")
    parser.add_argument("--degrade", nargs="+", default=("clean",), choices=WAYS, metavar="WAY")
    parser.add_argument("--container", default="png", choices=("png", "jpeg", "webp", "bmp", "tiff", "pdf", "letter"))
    parser.add_argument("--readers", default="both", choices=READERS)
    parser.add_argument("--job", action="store_true", help="through the extraction job, as at night")
    parser.add_argument("--mutate", action="store_true", help="seeded changes: does any pass unnoticed?")
    parser.add_argument(
        "--out", type=Path, default=Path("data/hotlists"), help="pictures and failures (default: %(default)s)"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
