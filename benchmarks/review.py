"""How long the review page lets people wait: ``python -m benchmarks.review DATA``, for a published data folder.

Starts `recordtrail review` on the folder as anybody does and asks over HTTP, one thing at a time: a page together with
the picture it shows. *first* is with no picture drawn before (the folder of drawn pictures is put aside while it runs),
*again* the same once more. Rows are taken evenly from the whole log.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.paths import DataFolder, data_folder
from warehouse.query import connect

COMMAND = (sys.executable, "-c", "import sys; sys.argv[0]='recordtrail'; from flows.cli import main; main()")
_PICTURE = re.compile(r'<img src="(/picture/[0-9a-f]{64}/\d+/page\.png)"')
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Browser:
    """One connection to the page, with the cookie that it gave."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookie = ""

    def get(self, address: str) -> str:
        """The answer to a GET, as text; ``ValueError`` unless it is 200."""
        self._connection.request("GET", address, headers={"Cookie": self._cookie} if self._cookie else {})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise ValueError(f"{address} answered {answer.status}")
        self._cookie = (answer.getheader("set-cookie") or self._cookie).partition(";")[0]
        return body.decode("utf-8", "replace")

    def seconds(self, address: str) -> tuple[float, float]:
        """How long a page takes, and how long with the first picture it shows."""
        begun = time.perf_counter()
        text = self.get(address)
        page = time.perf_counter() - begun
        if (picture := _PICTURE.search(text)) is not None:
            self.get(picture[1])
        return page, time.perf_counter() - begun


@contextmanager
def served(data: Path) -> Iterator[Browser]:
    """`recordtrail review` on a data folder, with nothing drawn before; what was drawn before is put back."""
    folder = data_folder(data)
    with tempfile.TemporaryDirectory(dir=folder.root) as aside, _put_aside(folder, Path(aside)):
        command = [*COMMAND, "review", "--no-open", "--port", "0", "--who", "benchmark", "--data", str(data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                found = _ADDRESS.search(server.stdout.readline())
                if found is None:
                    raise ValueError("the review page did not start")
                yield Browser(int(found[1]))
            finally:
                server.terminate()


@contextmanager
def _put_aside(folder: DataFolder, aside: Path) -> Iterator[None]:
    drawn = folder.review / "pictures"
    if drawn.exists():
        drawn.rename(aside / "pictures")
    try:
        yield
    finally:
        shutil.rmtree(drawn, ignore_errors=True)
        if (aside / "pictures").exists():
            (aside / "pictures").rename(drawn)


def rows_of(connection: duckdb.DuckDBPyConnection, count: int) -> list[tuple[str, str, int]]:
    """(row_id, document_id, page_number) of so many rows, evenly from all of them, every one on a page of its own."""
    found = connection.execute(
        """WITH page AS (
            SELECT document_id, page_number, min(row_id) AS row_id,
                row_number() OVER (ORDER BY document_id, page_number) AS n, count(*) OVER () AS pages
            FROM raw.audit_row GROUP BY document_id, page_number
        ) SELECT row_id, document_id, page_number FROM page
        WHERE n % greatest(pages // ?, 1) = 0 ORDER BY n LIMIT ?""",
        [count, count],
    )
    return found.fetchall()


def line(name: str, times: list[float]) -> str:
    """A line of the table, in milliseconds."""
    ordered = sorted(1000 * seconds for seconds in times)
    figures = (statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])
    return f"| {name} | {len(ordered)} | " + " | ".join(f"{figure:,.0f}" for figure in figures) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a data folder with a published snapshot")
    parser.add_argument("--rows", type=int, default=40, help="rows to look at")
    options = parser.parse_args()
    with connect(data_folder(options.data).full_snapshot) as connection:
        rows = rows_of(connection, options.rows)
        counted = connection.execute("SELECT page_count, row_count FROM meta.build").fetchone()
    print(f"{counted[0]:,} pages, {counted[1]:,} rows\n" if counted else "")
    print("| what | times | median ms | 95% ms | worst ms |\n|---|---|---|---|---|")
    with served(options.data) as browser:
        browser.get("/")
        first = [browser.seconds(f"/trace/{row}") for row, _, _ in rows]
        again = [browser.seconds(f"/trace/{row}") for row, _, _ in rows]
        print(line("trace page, without its picture", [page for page, _ in again]))
        print(line("trace page with its picture, first", [whole for _, whole in first]))
        print(line("trace page with its picture, again", [whole for _, whole in again]))
        for name, addresses in {
            "page of a document, with its picture": [f"/documents/{d}/pages/{p}" for _, d, p in rows],
            "document, without thumbnails": [f"/documents/{d}" for _, d, _ in rows],
            "24 thumbnails, drawn": [f"/picture/{rows[0][1]}/{n}/thumb.png" for n in (1, 25, 49) if n <= counted[0]],
            "documents": ["/documents"] * 10,
            "morning": ["/"] * 10,
        }.items():
            print(line(name, [browser.seconds(address)[1] for address in addresses]))


if __name__ == "__main__":
    main()
