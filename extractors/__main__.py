"""``python -m extractors JOB.json``: one job in a child of its own. Speaks JSON lines on standard output.

Events: ``progress``, ``planned``, ``done``, ``document_error``. Exit code 0, or 3 after ``document_error``; any other
code is a crash. The job file is written by :mod:`flows.child`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from records.errors import DocumentError, LimitError

DOCUMENT_ERROR_EXIT = 3


def say(event: str, **facts: Any) -> None:
    """One event for the parent."""
    print(json.dumps({"event": event, **facts}), flush=True)


def main(job_path: str) -> int:
    """Run the job in the file; return the exit code."""
    data: dict[str, Any] = json.loads(Path(job_path).read_text(encoding="utf-8"))
    from extractors.limits import Limits, apply_limits

    known = {k: int(v) for k, v in (data.get("limits") or {}).items() if v is not None}
    apply_limits(Limits(**known), data.get("parent_pid"))
    try:
        _run(data)
    except DocumentError as error:
        say("document_error", code=error.code, message=str(error), advice=error.advice)
        return DOCUMENT_ERROR_EXIT
    except MemoryError:
        limit = LimitError("The document needs more memory than the limit memory_bytes allows.")
        say("document_error", code=limit.code, message=str(limit), advice=limit.advice)
        return DOCUMENT_ERROR_EXIT
    return 0


def _run(data: dict[str, Any]) -> None:
    if data["command"] == "render":
        _render(data)
        return
    from extractors import jobs
    from extractors.job import read_job
    from extractors.limits import collect_seldom, keep_freed

    collect_seldom()
    keep_freed()
    job = read_job(data)
    {"extract": jobs.extract, "chunk": jobs.chunk, "finish": jobs.finish_document}[job.command](job, say)
    if job.command == "chunk":
        say("done")


def _render(data: dict[str, Any]) -> None:
    """Draw pages of one document: ``pictures`` is a list of ``{page_number, out, marks}``."""
    from extractors.picture import Mark, draw_marks, page_image

    scale = float(data.get("scale") or 2.0)
    for wanted in data.get("pictures") or [data]:
        marks = [Mark(tuple(m["box"]), m.get("label") or "", m["color"]) for m in wanted.get("marks") or []]
        picture = page_image(Path(data["source"]), int(wanted["page_number"]), scale, data.get("password"))
        draw_marks(picture, marks, scale).save(wanted["out"], format="PNG", compress_level=1)
    say("done")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
