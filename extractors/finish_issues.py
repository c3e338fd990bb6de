"""Issues of a document as a whole, told when its chunks are put together."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from extractors.claim import TRUSTED
from extractors.model import TableModel
from extractors.segments import READ_KINDS, SET_ASIDE_ADVICE, UNREAD_ADVICE, Segment, unread_reason
from extractors.spread import Spread
from extractors.usual import is_cut_label
from records.documents import SegmentKind
from records.issues import Severity
from records.parts import ISSUE_COLUMNS

_TOLD_APART = ("blacked_out", "covered", "rotated")
"""Rules of left-over text that has an issue of its own: at its cell, or once for all its pages."""


_SEEN_LIMIT = 500
"""Characters of left-over text repeated in an issue; all of it is in ``page_text``."""


LIE_ADVICE = "The file's fonts give other text than they print. Ask the agency for another print or the original file."


def left_over_issues(texts: list[dict[str, Any]], segment_of: dict[int, Segment]) -> list[dict[str, Any]]:
    """An issue for every page of a log on which glyphs are left over, with what they say."""
    left: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for text in texts:
        if text["account"] == "left" and text["rule"] not in _TOLD_APART:
            left[text["page_number"]].append(text)
    return [
        document_issue(
            "left_over", Severity.DOUBT,
            f"{sum(t['glyph_count'] for t in found)} glyphs of the page are in no cell and no furniture.",
            number, " / ".join(t["text"] for t in found)[:_SEEN_LIMIT],
        )
        for number, found in sorted(left.items())
        if segment_of[number].model >= 0
    ]  # fmt: skip


def left_out_issues(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """A notice where release.toml leaves pages out."""
    first, last, count = plan["chunks"][0][0], plan["chunks"][-1][1], plan["page_count"]
    if (first, last) == (1, count):
        return []
    said = f"release.toml says to read pages {first} to {last} of {count} only."
    return [document_issue("pages_left_out", Severity.NOTICE, said, None, None)]


def claim_issues(claim: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What comparing the text layer with the print (see :mod:`extractors.claim`) has to say."""
    if claim is None:
        return []
    page, share = claim["page_number"], claim["share"]
    if share is None:
        said = "The text layer was not compared with the print: there is no Tesseract, or it failed."
        return [document_issue("text_layer_unchecked", Severity.NOTICE, said, page, None, "See `recordtrail doctor`.")]
    if share >= TRUSTED:
        return []
    told = f"OCR of the rendered page finds {share:.0%} of the text layer."
    if claim["is_lie"]:
        told += " Nothing of the layer is used."
        return [document_issue("text_layer_lies", Severity.ERROR, told, page, None, LIE_ADVICE)]
    return [document_issue("text_layer_doubtful", Severity.DOUBT, told, page, None, "Compare the page with its rows.")]


def name_issues(unused: int) -> list[dict[str, Any]]:
    """A doubt where the column names in release.toml could not be used."""
    if not unused:
        return []
    said = f"The {unused} column_names of release.toml are not used: there is a header, or another number of columns."
    return [document_issue("column_names_unused", Severity.DOUBT, said, None, None, "Correct or remove column_names.")]


def set_aside_issues(
    segments: list[Segment], said_kind: str | None, header: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """One notice for each segment that is not read into rows; *header* is that of a log below which none were told."""
    if said_kind is not None and said_kind not in READ_KINDS:
        said = f"Not read into rows: release.toml says it is a {said_kind}."
        return [document_issue("segment_set_aside", Severity.NOTICE, said, segments[0].first_page, None)]
    return [
        document_issue(
            "segment_set_aside", Severity.NOTICE,
            f"Pages {s.first_page} to {s.last_page} are not read into rows: {_why(s, header)}.", s.first_page, None,
            UNREAD_ADVICE if _is_below(s, header) else SET_ASIDE_ADVICE[s.kind],
        )
        for s in segments
        if s.kind in SET_ASIDE_ADVICE and s.kind is not SegmentKind.BLANK
    ]  # fmt: skip


def _is_below(segment: Segment, header: dict[str, Any] | None) -> bool:
    return header is not None and segment.first_page <= header["page_number"] <= segment.last_page


def _why(segment: Segment, header: dict[str, Any] | None) -> str:
    return unread_reason(header) if header is not None and _is_below(segment, header) else str(segment.kind)


def spread_issues(spread: Spread | None) -> list[dict[str, Any]]:
    """A notice where the pages of a document were read side by side."""
    if spread is None:
        return []
    said = f"The sheet is wider than the page: {spread.parts} pages side by side show one stretch of rows."
    return [document_issue("pages_side_by_side", Severity.NOTICE, said, None, None)]


def cut_issues(segments: list[Segment], models: list[TableModel]) -> list[dict[str, Any]]:
    """A doubt for every log whose last heading is cut by the page's edge."""
    found = []
    for s in segments:
        label = models[s.model].columns[-1].label if s.model >= 0 else None
        if label is not None and is_cut_label(label.text):
            said = f"The last heading, '{label.text}', is cut: columns further right may be missing."
            advice = "Ask the agency for a print with all columns."
            found.append(document_issue("columns_cut", Severity.DOUBT, said, s.first_page, label.text, advice))
    return found


def cut_heading_issues(segments: list[Segment], models: list[TableModel]) -> list[dict[str, Any]]:
    """A doubt for every heading that the next column cuts and that was taken for a known one."""
    return [
        document_issue(
            "heading_cut", Severity.DOUBT,
            f"The heading '{c.label.text}' is cut by the next one; it is taken for '{c.given}'.",
            models[s.model].header_page, c.label.text, "Look at the column. The original export has the whole heading.",
        )
        for s in segments
        if s.model >= 0
        for c in models[s.model].columns
        if c.label and c.given
    ]  # fmt: skip


def leave_rests(rests: list[Segment], issues: list[dict[str, Any]], continuations: list[dict[str, Any]]) -> None:
    """Take from *issues* and *continuations* what is said of rows of the *rests*, which are no rows, and tell of each
    of these segments."""

    def is_rest(told: dict[str, Any]) -> bool:
        row = told["row_number"]
        return row is not None and any(s.holds(told["page_number"], row) for s in rests)

    issues[:] = [i for i in issues if not is_rest(i)]
    continuations[:] = [c for c in continuations if not is_rest(c)]
    advice = "Ask the agency for the file itself, or for a print with all columns on one page."
    issues += [
        document_issue(
            "columns_elsewhere", Severity.ERROR,
            f"Pages {s.first_page} to {s.last_page} show further columns of rows that other pages begin; which row they"
            " belong to cannot be told, so they are not read, and the rows lack these columns.",
            s.first_page, None, advice,
        )
        for s in rests
    ]  # fmt: skip


def unnamed_issues(segments: list[Segment], models: list[TableModel]) -> list[dict[str, Any]]:
    """A doubt for every log that prints no header: its columns were named by a person or by their values."""
    advice = 'Look at the first rows and name the columns in release.toml: [files."NAME"] column_names = ["ID", …].'
    return [
        document_issue(
            "no_header", Severity.DOUBT, "The log prints no header; its columns are named by their values.",
            s.first_page, None, advice,
        )
        for s in segments
        if s.model >= 0 and models[s.model].header_page is None
        and any(c.basis == "values" for c in models[s.model].columns)
    ]  # fmt: skip


def document_issue(
    code: str, severity: Severity, message: str, page: int | None, seen: str | None, advice: str | None = None
) -> dict[str, Any]:
    """One issue of a page, or of the document where *page* is None, as a row of ``ISSUE_COLUMNS``."""
    values = (code, str(severity), message, advice, page, None, None, None, seen)
    return dict(zip(ISSUE_COLUMNS, values, strict=True))
