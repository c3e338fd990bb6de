"""One page of a PDF for pdfminer, without a walk through all of them: nodes of the page tree say how many they hold.

A walk reads every page's dictionary: seconds and a hundred megabytes where a document has 18,000 pages of which a chunk
checks one.
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import LITERAL_PAGE, PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, int_value, list_value

_ASKED = 32
"""Children of a node before the page that is asked for of which so many are looked at, evenly spread."""
_DEEPEST = 64
"""Levels of a page tree; a loop has more."""


def count_pages(document: PDFDocument) -> int:
    """How many pages the root of the tree says it holds. Raises what pdfminer does where there is no such tree."""
    return int_value(dict_value(document.catalog["Pages"])["Count"])


def find_page(document: PDFDocument, page_number: int) -> PDFPage:
    """The page (1-based). Raises :class:`LookupError`, or what pdfminer does, where the tree does not lead to it."""
    node, inherited, before = document.catalog["Pages"], document.catalog, page_number - 1
    for _ in range(_DEEPEST):
        told = dict_value(node)
        missing = {name: inherited[name] for name in PDFPage.INHERITABLE_ATTRS & inherited.keys() - told.keys()}
        inherited = {**told, **missing}
        if told.get("Type") is LITERAL_PAGE:
            if before:
                break
            return PDFPage(document, _number(node), inherited, None)
        node, before = _child(told, before)
    raise LookupError(f"page {page_number} is not in the page tree")


def _child(node: dict[str, Any], before: int) -> tuple[Any, int]:
    """The child with the page that *before* others of the *node* precede, and how many precede it in the child."""
    children = list_value(node["Kids"])
    if len(children) == int_value(node["Count"]):  # all are pages, in trees of thousands too: few are looked at
        asked = {0, *range(0, before + 1, max(1, before // _ASKED)), before, len(children) - 1}
        if before >= len(children) or not all(_is_page(children[k]) for k in asked):
            raise LookupError("a node of the page tree holds no pages where it should")
        return children[before], 0
    counts = [_count(child) for child in children]
    if sum(counts) != int_value(node["Count"]):
        raise LookupError("a node of the page tree holds other pages than it says")
    for child, count in zip(children, counts, strict=True):
        if before < count:
            return child, before
        before -= count
    raise LookupError("the page is beyond the node of the page tree")


def _is_page(node: Any) -> bool:
    return dict_value(node).get("Type") is LITERAL_PAGE


def _count(node: Any) -> int:
    return 1 if _is_page(node) else int_value(dict_value(node)["Count"])


def _number(node: Any) -> int:
    return int(node.objid) if isinstance(node, PDFObjRef) else 0
