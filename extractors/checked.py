"""The sample of pages that the reference engine reads too."""

from __future__ import annotations

import hashlib

CHECKED_SHARE = 1000
"""One page in so many is read by the reference engine too, at most MOST_CHECKED of a document. Drawn page by page:
short documents have a page checked once in a while, not always."""
MOST_CHECKED = 20


def checked_pages(document_id: str, page_count: int, engine: str) -> frozenset[int]:
    """The pages that the reference engine reads too: chosen by the document's hash, so the same every night."""
    if engine == "both":
        return frozenset(range(1, page_count + 1))
    wanted = []
    for number in range(1, page_count + 1):
        drawn = int.from_bytes(hashlib.sha256(f"{document_id}:{number}".encode()).digest()[:4])
        if drawn % CHECKED_SHARE == 0:
            wanted.append((drawn, number))
    return frozenset(number for _, number in sorted(wanted)[:MOST_CHECKED])
