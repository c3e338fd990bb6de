"""Logs printed with every option chosen at random, read back and compared with what was drawn.

``python -m benchmarks.mixes --seed 1 --count 60``

Each print is a new mix: program (ReportLab's canvas and its tables, fpdf2, and Chromium and Calc where installed),
columns and their order, labels, where the header stands, rules, alignment, type, gutters, wrapping, page breaks, rows
of two lines, titles of groups, totals, stamps, masks, black boxes, rotation, crops, Form XObjects, a letter before the
log, a second log behind it. Widths are measured, so a person could read every print. The same seed and count give the
same prints on every machine that has the same programs.

A seed is unseen once: what counts is the table of the first run, before anything was mended for it. Prints that are
not read perfectly are kept in --out, each with its truth (JSON lines), its options and what went wrong.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

from benchmarks.accuracy import extract
from benchmarks.mix_cells import read_real
from benchmarks.mix_draw import Drawn, draw_mix
from benchmarks.mix_plan import PROGRAMS, Program, plan
from benchmarks.mix_score import MixScore, score_mix, table, together
from samples.expected import write_expected

_NEED = {"chromium": ("chromium", "chromium-browser", "google-chrome", "chrome"), "calc": ("soffice", "libreoffice")}


def main(arguments: list[str] | None = None) -> None:
    """Draw, read and score; print a line for each print as it is done, and the tables at the end."""
    options = _parser().parse_args(arguments)
    real = read_real(options.real_content) if options.real_content else []
    programs = _installed(options.programs)
    numbers = options.only or range(1, options.count + 1)
    scores, chosen = [], []
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    print(table([], "print"), flush=True)
    for number in numbers:
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / f"mix-{options.seed}-{number:03d}.pdf"
            drawn = draw_mix(plan(options.seed, number, programs), path, real)
            began = time.process_time()
            score = score_mix(drawn, extract(path, Path(name) / "parts"))
            score.counts["seconds"] = round(time.process_time() - began)
            scores.append(score)
            chosen.append(drawn.mix.options)
            print(table([score], "print").splitlines()[-1], flush=True)
            if options.out and (options.keep_all or not score.is_clean):
                _keep(drawn, score, options.out)
    print(_report(scores, chosen))


def _report(scores: list[MixScore], chosen: list[dict[str, str]]) -> str:
    total = together("all", scores)
    clean = sum(score.is_clean for score in scores)
    by_reason: dict[str, list[str]] = defaultdict(list)
    for score in scores:
        for reason in score.reasons:
            by_reason[reason].append(score.name)
    lines = ["", "| reason | times | prints |", "|---|---|---|"]
    lines += [f"| {reason} | {n} | {' '.join(by_reason[reason][:6])} |" for reason, n in total.reasons.most_common()]
    lines += ["", *_by_option(scores, chosen), "", table([total], "sums"), f"{clean} of {len(scores)} prints perfect"]
    return "\n".join(lines)


def _by_option(scores: list[MixScore], chosen: list[dict[str, str]]) -> list[str]:
    """The options that fare worst: where prints with them are wrong more often than all prints are."""
    bad, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for score, options in zip(scores, chosen, strict=True):
        c = score.counts
        is_bad = c["found"] < c["rows"] or c["invented"] > 0 or c["exact"] < 0.999 * c["cells"]
        for pair in options.items():
            seen[pair] += 1
            bad[pair] += is_bad
    worst = sorted((pair for pair in seen if seen[pair] > 2 and bad[pair]), key=lambda pair: -bad[pair] / seen[pair])
    lines = ["| option | prints | with rows or cells wrong |", "|---|---|---|"]
    return lines + [f"| {name} = {value} | {seen[name, value]} | {bad[name, value]} |" for name, value in worst[:15]]


def _keep(drawn: Drawn, score: MixScore, folder: Path) -> None:
    target = folder / drawn.path.name
    shutil.copyfile(drawn.path, target)
    write_expected(drawn.rows, target.with_suffix(".truth.jsonl"))
    said = json.dumps({"options": drawn.mix.options, "mix": asdict(drawn.mix)}, indent=1, default=str)
    told = "\n".join([table([score], "print"), *score.examples, said])
    target.with_suffix(".txt").write_text(told + "\n", encoding="utf-8")


def _installed(wanted: list[Program]) -> tuple[Program, ...]:
    return tuple(p for p in wanted if p not in _NEED or any(shutil.which(name) for name in _NEED[p]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mixes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, required=True, help="take one that nobody has measured yet")
    parser.add_argument("--count", type=int, default=60, help="how many prints (default: 60)")
    parser.add_argument("--only", type=int, nargs="+", metavar="NUMBER", help="these prints of the seed only")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep prints that are not perfect here, with truth")
    parser.add_argument("--keep-all", action="store_true", help="keep the perfect ones too")
    parser.add_argument(
        "--real-content", type=Path, metavar="CSV", help="take the cells from this export; never commit what is kept"
    )
    parser.add_argument(
        "--programs", nargs="+", choices=PROGRAMS, default=list(PROGRAMS), help="which print (default: all installed)"
    )
    return parser


if __name__ == "__main__":
    main()
