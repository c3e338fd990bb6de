"""The decisions page: what was decided, by whom, what of it counts, and taking it back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from records.decisions import Decision
from review.decision_log import DecisionLog
from review.naming import word_of
from review.web.asking import Reviewer, TheLog, TheSnapshot
from review.web.views import page

router = APIRouter()
PAGE = 100

Word = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the log, as the page shows it."""

    entry: Decision
    counts: bool
    along_count: int
    """Others that were taken along with it and still count."""
    is_applied: bool
    """The snapshot knows it."""
    token: str


@router.get("/decisions")
def decisions(
    request: Request,
    snapshot: TheSnapshot,
    log: TheLog,
    by: Word = "",
    kind: Word = "",
    target: Word = "",
    counts: Word = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """The log, the newest first: *by* whom, of which *kind*, about which *target*, and whether it still *counts*."""
    wanted = log.newest(
        PAGE + 1, before=before, who=by, kind=kind, target=target, is_counted={"yes": True, "no": False}.get(counts)
    )
    shown = wanted[:PAGE]
    counting = log.counting(shown)
    (known,) = snapshot.connection.execute("SELECT decision_sequence FROM meta.build").fetchone() or (0,)
    lines = [
        Line(
            entry,
            entry.decision_id in counting,
            counting.get(entry.decision_id, 0),
            entry.sequence <= known,
            secrets.token_urlsafe(16),
        )
        for entry in shown
    ]
    said = {"by": by, "kind": kind, "target": target, "counts": counts}
    return page(
        request,
        "decisions.html",
        section="decisions",
        lines=lines,
        has_more=len(wanted) > PAGE,
        said=said,
        query=urlencode({name: word for name, word in said.items() if word}),
        reviewers=log.reviewers(),
        waiting=max(log.last_sequence - known, 0),
        total=log.last_sequence,
    )


@router.post("/decisions/undo")
def undo(
    log: TheLog,
    who: Reviewer,
    number: Annotated[int, Form(ge=1)],
    token: Annotated[str, Form(min_length=16, max_length=64)],
    together: Annotated[bool, Form()] = False,
    seen_sequence: Annotated[int | None, Form(ge=0)] = None,
    back: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Log that a decision no longer counts; with *together*, nor what was taken along with it."""
    undone = (
        log.undo_all(number, who, token=token, seen_sequence=seen_sequence)
        if together
        else [log.undo(number, who, token=token)]
    )
    return RedirectResponse(_back(back, undone, log), status_code=303)


def _back(back: str, undone: list[Decision], log: DecisionLog) -> str:
    """To the value that is open again, or to the log."""
    if back.startswith("queue"):
        target = undone[0].target
        _, _, filters = back.partition("?")
        about = urlencode({"id": target.id, "field": word_of(target.field)})
        return f"/queue?{about}&{filters}" if filters else f"/queue?{about}"
    return "/decisions"
