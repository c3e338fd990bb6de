"""What ``recordtrail double-review`` does: draw a round of the published snapshot, and show the figures of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console

from flows.paths import DataFolder
from flows.table_output import print_table
from flows.words import count
from records.double_review import Interval
from review.double_figures import read_rates
from review.double_log import DoubleLog
from review.double_sample import draw
from warehouse.query import connect


def start(folder: DataFolder, wanted: int, who: str) -> None:
    """Draw a round: *wanted* rows or marks of every class of the published snapshot."""
    with connect(folder.full_snapshot) as connection:
        drawn = draw(connection, wanted)
        (content_hash,) = connection.execute("SELECT content_hash FROM meta.build").fetchall()[0]
    with DoubleLog(folder.decisions) as log:
        log.start(drawn, who, content_hash, wanted)


def figures(folder: DataFolder) -> list[dict[str, Any]]:
    """The figures of all rounds, as JSON has them."""
    return [
        {
            **asdict(rate),
            "unsettled": rate.unsettled,
            "error_share": rate.error.share,
            "error_low": rate.error.low,
            "error_high": rate.error.high,
            "agreement_share": rate.agreement.share,
            "agreement_low": rate.agreement.low,
            "agreement_high": rate.agreement.high,
        }
        for rate in read_rates(folder.decisions)
    ]


def show(found: Sequence[dict[str, Any]], console: Console) -> None:
    """The figures as a table, with 95 % intervals."""
    columns = (
        "round",
        "value",
        "field",
        "class",
        "read twice",
        "unsettled",
        "wrong",
        "machine wrong",
        "readers agree",
        "unreadable",
    )
    rows = [
        (
            one["round_number"],
            one["target_kind"],
            one["field"],
            one["class_name"],
            f"{one['read_twice']} of {one['sampled']}",
            one["unsettled"],
            one["errors"],
            _share(Interval(one["errors"], one["settled"] - one["abstained"])),
            _share(Interval(one["agreed"], one["read_twice"])),
            one["unreadable"],
        )
        for one in found
    ]
    print_table(console, columns, rows)
    rounds = len({one["round_number"] for one in found})
    if any(one["unsettled"] for one in found):
        print("What two people read differently is in no rate until somebody settles it; until then they are too low.")
    print(f"{count(rounds, 'round')}. Read on the page: recordtrail review, Double review.")


def _share(interval: Interval) -> str:
    if interval.share is None:
        return "not known"
    return f"{interval.share:.1%} ({interval.low:.1%} to {interval.high:.1%})"
