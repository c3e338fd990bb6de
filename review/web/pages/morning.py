"""The first page: what came in last night, what is doubtful, what needs a person."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from review.decided import decided as decided_now
from review.queue import open_counts
from review.web.asking import TheHouse, TheLog, TheSnapshot
from review.web.views import page
from warehouse import status

router = APIRouter()

_LONGEST = 12
"""Lines of a list that the page shows; the rest is counted."""


@router.get("/")
def morning(request: Request, house: TheHouse, snapshot: TheSnapshot, log: TheLog) -> Response:
    """What the last run did, by the ledger, and what the snapshot holds."""
    ledger = house.ledger()
    runs = ledger["runs"]
    since = runs[0]["started"] if runs else ""
    connection = snapshot.connection
    summary = status.summary(connection)
    to_decide = open_counts(connection, decided_now(connection, log))
    doubtful = [
        line for line in status.documents(connection) if line.doubtful_row_count or line.document_id in to_decide
    ]
    decided = connection.execute(
        "SELECT standing, count(*) FROM core.standing GROUP BY standing ORDER BY count(*) DESC, standing"
    ).fetchall()
    (known,) = connection.execute("SELECT decision_sequence FROM meta.build").fetchall()[0]
    return page(
        request,
        "morning.html",
        ledger=ledger,
        run=runs[0] if runs else None,
        arrivals=[receipt for receipt in ledger["arrivals"] if receipt["received"] >= since],
        earlier=next((receipt for receipt in ledger["arrivals"] if receipt["received"] < since), None),
        summary=summary,
        issues=[line for line in summary.issues if line.severity != "notice"],
        notices=[line for line in summary.issues if line.severity == "notice"],
        to_decide=to_decide,
        doubtful=sorted(doubtful, key=lambda line: (-to_decide.get(line.document_id, 0), -line.doubtful_row_count)),
        decided=decided,
        waiting=log.last_sequence - known,
        most=_LONGEST,
        section="morning",
    )
