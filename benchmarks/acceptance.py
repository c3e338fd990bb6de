"""One log checked against itself and against readers that had no part in it.

``python -m benchmarks.acceptance FILE [--witness CSV]`` extracts the file as the night job does and then asks, with
pdfplumber alone: do both engines see the same glyphs on every page? Is every glyph in exactly one account? Do stored
boxes give the stored texts? Do boxes overlap? Where does somebody else's parse (a CSV with a header) differ?
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pdfplumber

from benchmarks.accuracy import Extracted, extract
from extractors.compare import glyph_differences
from extractors.open_pdf import user_unit
from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument, visible_part


def compare_engines(path: Path) -> Counter[str]:
    """Glyphs by kind of difference over all pages; also counts of pages and glyphs."""
    unit = user_unit(path, None)
    fast, reference = PdfiumDocument(path, None, unit), PlumberDocument(path, None, unit)
    seen: Counter[str] = Counter(pages=fast.page_count)
    for number in range(1, fast.page_count + 1):
        a, b = fast.read(number), reference.read(number)
        seen["glyphs pdfium"] += len(a.glyphs)
        seen["glyphs pdfplumber"] += len(b.glyphs)
        for difference in glyph_differences(a, b):
            seen[f"differs: {difference.kind}"] += difference.count
        seen["streams equal"] += a.glyphs.text == b.glyphs.text
    return seen


def check_account(path: Path, got: Extracted) -> Counter[str]:
    """Pages whose account does not add up to pdfplumber's own count of non-space characters."""
    found: Counter[str] = Counter()
    with pdfplumber.open(path) as pdf:
        for page, stored in zip(pdf.pages, got.pages, strict=True):
            independent = sum(1 for c in page.chars if c["text"].strip())
            page.close()
            total = stored["glyphs_used"] + stored["glyphs_furniture"] + stored["glyphs_left"]
            found["pages"] += 1
            found["account adds up"] += stored["glyphs_seen"] == total
            found["equals independent count"] += total == independent
            found["glyphs"] += independent
            for name in ("used", "furniture", "left"):
                found[name] += stored[f"glyphs_{name}"]
    return found


def recrop(path: Path, got: Extracted, document_id: str, count: int) -> tuple[int, int, list[str]]:
    """*count* cells chosen by document hash, re-cropped with pdfplumber: (tried, right, what was wrong)."""
    cells = [
        (row, j)
        for row in got.rows
        for j in range(len(got.headers[row["segment_ordinal"]]))
        if row.get(f"x0_{j}") is not None and (row["page_number"], row["row_number"]) not in got.continued
    ]

    def rank(cell: tuple[dict[str, Any], int]) -> bytes:
        row, j = cell
        return hashlib.sha256(f"{document_id}:{row['page_number']}:{row['row_number']}:{j}".encode()).digest()

    chosen = sorted(sorted(cells, key=rank)[:count], key=lambda c: c[0]["page_number"])
    right, wrong = 0, []
    with pdfplumber.open(path) as pdf:
        at, chars, page = 0, [], None
        for row, j in chosen:
            if row["page_number"] != at:
                if page is not None:
                    page.close()
                at = row["page_number"]
                page = pdf.pages[at - 1]
                chars = page.chars
                left, top, _, _ = visible_part(page)
            x0, y0, x1, y1 = (row[f"{k}_{j}"] for k in ("x0", "top", "x1", "bottom"))
            text = "".join(
                c["text"]
                for c in sorted(chars, key=lambda c: (round(c["bottom"]), c["x0"]))
                if x0 <= (c["x0"] + c["x1"]) / 2 - left <= x1 and y0 <= (c["top"] + c["bottom"]) / 2 - top <= y1
            )
            if "".join(text.split()) == "".join(row[f"text_{j}"].split()):
                right += 1
            else:
                wrong.append(f"page {at} row {row['row_number']} column {j}")
    return len(chosen), right, wrong


def overlaps(got: Extracted) -> int:
    """How many pairs of cells on one page have boxes that share area."""
    by_page: dict[int, list[tuple[float, float, float, float]]] = {}
    for row in got.rows:
        for j in range(len(got.headers[row["segment_ordinal"]])):
            if row.get(f"x0_{j}") is not None:
                box = tuple(row[f"{k}_{j}"] for k in ("x0", "top", "x1", "bottom"))
                by_page.setdefault(row["page_number"], []).append(box)
    count = 0
    for boxes in by_page.values():
        boxes.sort(key=lambda b: b[1])
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                if b[1] >= a[3]:
                    break
                count += min(a[2], b[2]) > max(a[0], b[0]) and min(a[3], b[3]) > max(a[1], b[1])
    return count


def witness_differences(got: Extracted, witness: Path) -> Counter[str]:
    """Kinds of difference to a CSV whose header words are our labels; two-part time frames are put together."""

    def key(label: str) -> str:
        return "".join(ch for ch in label.casefold() if ch.isalnum())

    kinds: Counter[str] = Counter()
    with witness.open(newline="", encoding="utf-8-sig") as file:
        theirs = list(csv.DictReader(file))
    ours = []
    for row in got.rows:
        labels = got.headers[row["segment_ordinal"]]
        ours.append({key(label or ""): row[f"text_{j}"] or "" for j, label in enumerate(labels)})
    kinds["rows ours"], kinds["rows witness"] = len(ours), len(theirs)
    by_id = {row["id"]: row for row in ours}
    for row in theirs:
        flat = {key(k): v or "" for k, v in row.items()}
        flat["timeframe"] = " ".join((flat.pop("timeframestart", ""), flat.pop("timeframeend", ""))).strip()
        mine = by_id.get(flat["id"])
        if mine is None:
            kinds["only in witness"] += 1
            continue
        for field, text in flat.items():
            have = mine.get(field, "")
            if have == text:
                continue
            same = "".join(have.split()) == "".join(text.split())
            kinds[f"{field}: {'white space' if same else 'text'} differs"] += 1
    kinds["ids only ours"] = len(set(by_id) - {r.get("ID", r.get("id")) for r in theirs})
    return kinds


def main() -> None:
    """Run all checks and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--witness", type=Path, help="somebody else's parse, as CSV")
    parser.add_argument("--cells", type=int, default=1000, help="cells to re-crop")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        got = extract(options.file, Path(work))
    document_id = hashlib.sha256(options.file.read_bytes()).hexdigest()
    pages = Counter(row["page_number"] for row in got.rows)
    print("rows", len(got.rows), "rows per page", sorted(Counter(pages.values()).items()), "issues", len(got.issues))
    print("engines:", dict(compare_engines(options.file)))
    print("account:", dict(check_account(options.file, got)))
    tried, right, wrong = recrop(options.file, got, document_id, options.cells)
    print(f"re-crop: {right} of {tried}", *wrong[:10])
    print("overlapping boxes:", overlaps(got))
    if options.witness:
        print("witness:", dict(witness_differences(got, options.witness)))


if __name__ == "__main__":
    main()
