"""How long the review queue takes: ``python -m benchmarks.review_queue SNAPSHOT [--decisions N]``.

Asks the pages of the queue of any published ``full.duckdb``, in this process and without pictures, with an empty
decision log and with one of N decisions; prints a table for docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from fastapi.testclient import TestClient

from records.decisions import DecisionKind
from review.decision_log import DecisionLog
from review.queue import Filters, items
from review.targets import see
from review.web.app import create_app
from review.web.house import House
from warehouse.query import connect

_TIMES = 21
_BATCH = 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("--decisions", type=int, default=2_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as aside, connect(arguments.snapshot) as connection:
        house = House(
            snapshot=arguments.snapshot,
            decisions=Path(aside) / "decisions.db",
            pictures=Path(aside) / "pictures",
            secret=bytes(32),
            draw=lambda document, pages, scale: None,
            ledger=dict,
            reviewer="benchmark",
        )
        print("| page | decisions in the log | median ms | 95 % ms |\n|---|---|---|---|")
        with TestClient(create_app(house), base_url="http://127.0.0.1") as client:
            for count in (0, arguments.decisions):
                _decide(connection, house.decisions, count)
                for name, address in _pages(connection).items():
                    taken = sorted(_seconds(client, address) for _ in range(_TIMES))
                    middle, late = statistics.median(taken), taken[int(len(taken) * 0.95)]
                    print(f"| {name} | {count:,} | {middle * 1000:.0f} | {late * 1000:.0f} |", flush=True)


def _pages(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    item = items(connection, Filters(kind="audit_cell"), {}, most=1)[0]
    return {
        "queue": "/queue",
        "queue, filtered by kind and reason": f"/queue?{urlencode({'kind': item.target_kind, 'code': item.codes[0]})}",
        "queue, far down": "/queue?after=40000",
        "one value": f"/queue?{urlencode({'id': item.target_id, 'field': item.field})}",
        "decisions": "/decisions",
    }


def _decide(connection: duckdb.DuckDBPyConnection, path: Path, count: int) -> None:
    some = items(connection, Filters(kind="audit_cell"), {}, most=count)
    with DecisionLog(path) as log:
        for first in range(0, len(some), _BATCH):
            targets = [see(connection, item.target_id, item.field).target for item in some[first : first + _BATCH]]
            log.append_all(DecisionKind.ACCEPT, targets, "benchmark")


def _seconds(client: TestClient, address: str) -> float:
    start = time.perf_counter()
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
