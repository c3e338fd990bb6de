"""A planned network audit from file to report: ``python -m benchmarks.network_check --rows N [--seed N …]``.

For each seed the log is planned and drawn, goes through ``recordtrail nightly`` in a new data folder, and every figure
that ``recordtrail report`` prints is compared with the plan. Nothing may differ.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.crash import COMMAND
from benchmarks.network_draw import draw_rows
from benchmarks.network_plan import FILE_NAME, PRODUCER, PRODUCER_STATE, PRODUCER_TYPE, Figures, planned_rows

_RELEASE = """agency = "Mock Harbor ISD Police Department"
state = "TX"
request_number = "MH-2026-001"
produced_date = 2026-02-01
status = "fulfilled"
"""

Tables = Mapping[str, list[dict[str, Any]]]


def plan_and_draw(inbox: Path, seed: int, rows: int, organizations: int) -> Figures:
    """A release folder in *inbox* with the log; what it is to say."""
    folder = inbox / f"network-{seed}"
    folder.mkdir(parents=True)
    (folder / "release.toml").write_text(_RELEASE, encoding="utf-8")
    figures = Figures()
    draw_rows(folder / FILE_NAME, planned_rows(seed, rows, organizations, figures))
    return figures


def differences(tables: Tables, plan: Figures) -> Iterator[str]:
    """Every figure of a report (figure -> its lines) that is not as planned, in words."""

    def counted(figure: str, label: str, number: str = "searches_in_logs") -> dict[str, int]:
        found: Counter[str] = Counter()
        for line in tables[figure]:
            found[line[label]] += line[number]
        return dict(found)

    (producer,) = tables["producers"]
    told = {
        key: producer[key] for key in ("producer", "state", "type", "audit_kind", "rows_printed", "searches_in_logs")
    }
    yield from _differ("producers", told, {
        "producer": PRODUCER, "state": PRODUCER_STATE, "type": PRODUCER_TYPE, "audit_kind": "network",
        "rows_printed": plan.rows, "searches_in_logs": plan.searches,
    })  # fmt: skip
    totals = {key: sum(line[key] for line in tables["three_counts"]) for key in ("rows_printed", "searches_across")}
    yield from _differ("three_counts", totals, {"rows_printed": plan.rows, "searches_across": plan.searches})
    yield from _differ("organizations", counted("organizations", "organization"), _untagged(plan.organizations))
    yield from _differ("states", counted("states", "state"), plan.states)
    yield from _differ("organization_types", counted("organization_types", "type"), plan.types)
    yield from _differ("months", counted("months", "month_utc"), plan.months)
    yield from _differ("search_types", counted("search_types", "search_type"), plan.search_types)
    yield from _differ("reason_categories", counted("reason_categories", "category"), plan.categories)
    classes = counted("immigration_classes", "class")
    either = classes.pop("label: civil or criminal")
    yield from _differ("immigration_classes", classes, plan.classes)
    rows = counted("immigration_classes", "class", "rows_printed")
    del rows["label: civil or criminal"]
    yield from _differ("immigration_classes, rows", rows, plan.class_rows)
    labelled = sum(plan.labelled_organizations.values())
    yield from _differ("immigration_classes, either", {"": either}, {"": labelled})
    (of,) = {line["of_searches_in_logs"] for line in tables["immigration_classes"]}
    yield from _differ("immigration_classes, of", {"": of}, {"": plan.searches})
    by_name = counted("immigration_organizations", "organization", "labelled_searches")
    chosen = {name: count for name, count in by_name.items() if count}
    yield from _differ("immigration_organizations", chosen, _untagged(plan.labelled_organizations))
    by_state = counted("immigration_states", "state", "labelled_searches")
    in_states = {name: count for name, count in by_state.items() if count}
    yield from _differ("immigration_states", in_states, plan.labelled_states)
    federal = sum(line["searches_in_logs"] for line in tables["federal_searches"])
    yield from _differ("federal_searches", {"": federal}, {"": plan.types["federal"]})
    schools = sum(line["searches_in_logs"] for line in tables["school_searches"])
    yield from _differ("school_searches", {"": schools}, {"": plan.types["school_district"] + plan.types["campus"]})
    logs = counted("school_logs", "searching_state")
    yield from _differ("school_logs", logs, plan.states)


def _untagged(names: Mapping[str, int]) -> dict[str, int]:
    """Names as they are registered: without the tags in brackets."""
    return {" ".join(name.replace("[Federal]", "").replace("[Inactive]", "").split()): n for name, n in names.items()}


def _differ(figure: str, told: Mapping[str, Any], planned: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted({*told, *planned}):
        if told.get(key, 0) != planned.get(key, 0):
            yield f"{figure}: {key!r} is {told.get(key, 0)}, planned {planned.get(key, 0)}"


def main() -> None:
    """Plan, draw, read, report, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--organizations", type=int, default=3_100)
    parser.add_argument("--seed", type=int, action="append", help="may be given several times; 1 and 2 without any")
    options = parser.parse_args()
    wrong = 0
    for seed in options.seed or [1, 2]:
        with tempfile.TemporaryDirectory() as name:
            data = Path(name) / "data"
            plan = plan_and_draw(data / "inbox", seed, options.rows, min(options.organizations, options.rows // 2))
            started = time.monotonic()
            night = subprocess.run([*COMMAND, "nightly", "--data", str(data)], stdout=subprocess.DEVNULL, check=False)
            took = time.monotonic() - started
            # Not by `python -c`: DuckDB would take it for a person's session and draw its progress into the JSON.
            asked = [sys.executable, "-m", "flows.cli", "report", "--format", "json", "--data", str(data)]
            said = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
        tables = {table["name"]: table["rows"] for table in said["tables"]}
        found = list(differences(tables, plan))
        wrong += len(found) + (night.returncode not in (0, 3))
        labels = plan.classes["label: civil"], plan.classes["label: criminal"]
        print(
            f"seed {seed}: {plan.rows:,} rows, {plan.searches:,} searches, {len(plan.organizations):,} organizations,"
            f" labels civil {labels[0]:,} and criminal {labels[1]:,} by {len(plan.labelled_organizations)};"
            f" night {took:.0f} s, exit {night.returncode}; figures that differ: {len(found)}",
            flush=True,
        )
        print("\n".join(found[:20]))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
