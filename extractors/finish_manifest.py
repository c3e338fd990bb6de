"""The manifest of a document's parts: what was found, and where nothing was, why and what to do."""

from __future__ import annotations

from collections import Counter
from typing import Any

from extractors.fingerprint import LAYOUT_VERSION, engine_versions
from extractors.finish_issues import LIE_ADVICE
from extractors.segments import READ_KINDS, SET_ASIDE_ADVICE, UNREAD_ADVICE, Segment, segment_reason, unread_reason
from records.documents import DocumentState, SegmentKind


def manifest_of(
    document_id: str, fingerprint: str, segments: list[Segment], plan: dict[str, Any], counts: dict[str, int],
    files: dict[str, dict[str, int]],
) -> dict[str, Any]:  # fmt: skip
    """The manifest of a document's *segments*.

    *counts* are those of its rows, marks and organizations; *files* tells of the files of rows.
    """
    kinds = Counter(str(s.kind) for s in segments)
    reason = advice = None
    page_count = plan["page_count"]
    pages_told = "1 page" if page_count == 1 else f"{page_count} pages"
    said_kind = plan["said_kind"]
    if said_kind is not None and said_kind not in READ_KINDS:
        reason = f"{pages_told}; release.toml says it is a {said_kind}."
        advice = "Nothing to do. To have it read as a log, take its kind out of release.toml."
    elif plan["claim"] is not None and plan["claim"]["is_lie"]:
        reason, advice = f"{pages_told}; the text layer does not say what is printed.", LIE_ADVICE
    elif not any(counts.values()):
        main = max(segments, key=lambda s: s.last_page - s.first_page)
        reason = f"{pages_told}, nothing among them that is read: {main.kind} ({segment_reason(main, [], 0)})."
        advice = SET_ASIDE_ADVICE.get(main.kind, SET_ASIDE_ADVICE[SegmentKind.UNKNOWN])
        if header := plan.get("first_header"):
            reason = f"{pages_told}, nothing among them that is read: {unread_reason(header)}."
            advice = UNREAD_ADVICE
    return {
        "document_id": document_id,
        "fingerprint": fingerprint,
        "layout_version": LAYOUT_VERSION,
        "engines": engine_versions(),
        "page_count": page_count,
        **counts,
        "kinds": dict(kinds),
        "state": str(DocumentState.LOADED if any(counts.values()) else DocumentState.SET_ASIDE),
        "reason": reason,
        "advice": advice,
        "files": files,
    }
