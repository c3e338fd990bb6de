"""The page tree is followed by the counts of its nodes to the very page that a walk through all of them reaches."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from extractors.page_tree import count_pages, find_page
from extractors.plumber import PlumberDocument

HEAD = b"%PDF-1.4\n"
FONT = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
TREES = {
    "flat": ((1, 2, 3, 4), 4),
    "two levels": (((1, 2), (3, 4)), 4),
    "leaves beside nodes": ((1, (2, 3), 4, ((5,), (6, 7))), 7),
    "one page": ((1,), 1),
}
"""Nested nodes of pages, and how many pages there are."""


def write_tree(path: Path, tree: tuple[object, ...]) -> Path:
    """A PDF whose pages print their number; nodes hand their page size and fonts down."""
    objects: dict[int, str] = {1: "<< /Type /Catalog /Pages 2 0 R >>"}

    def add(body: str) -> int:
        number = len(objects) + 1
        objects[number] = body
        return number

    def page(number: int, parent: int) -> tuple[int, int]:
        drawn = f"BT /F1 12 Tf 50 50 Td (page {number}) Tj ET"
        content = add(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        turned = "/Rotate 90" if number == 2 else ""
        return add(f"<< /Type /Page /Parent {parent} 0 R /Contents {content} 0 R {turned} >>"), 1

    def node(children: tuple[object, ...], parent: int | None) -> tuple[int, int]:
        mine = add("")
        made = [node(c, mine) if isinstance(c, tuple) else page(int(str(c)), mine) for c in children]
        kids, count = " ".join(f"{number} 0 R" for number, _ in made), sum(n for _, n in made)
        above = f"/Parent {parent} 0 R" if parent else f"/MediaBox [0 0 200 100] {FONT}"
        objects[mine] = f"<< /Type /Pages {above} /Kids [{kids}] /Count {count} >>"
        return mine, count

    node(tree, None)
    data, offsets = HEAD, []
    for number in sorted(objects):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(data)
    data += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer << /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("tree", "count"), TREES.values(), ids=TREES)
def test_every_page_is_found_with_what_it_inherits(tree: tuple[object, ...], count: int, tmp_path: Path) -> None:
    path = write_tree(tmp_path / "tree.pdf", tree)
    with path.open("rb") as file:
        document = PDFDocument(PDFParser(file))
        walked = list(PDFPage.create_pages(document))
        assert count_pages(document) == len(walked) == count
        for number, page in enumerate(walked, start=1):
            found = find_page(document, number)
            assert (found.pageid, found.mediabox, found.rotate) == (page.pageid, (0, 0, 200, 100), page.rotate)
            assert found.resources == page.resources and found.contents == page.contents
        with pytest.raises((LookupError, TypeError)):
            find_page(document, count + 1)
    reference, fast = PlumberDocument(path), pdfium.PdfDocument(path)
    assert reference.page_count == len(fast) == count
    for number in range(1, count + 1):
        assert reference.read(number).glyphs.text == f"page{number}"
        assert fast[number - 1].get_textpage().get_text_range() == f"page {number}"
    reference.close()
    fast.close()


def test_a_node_without_pages_leads_to_no_wrong_page(tmp_path: Path) -> None:
    reference = PlumberDocument(write_tree(tmp_path / "tree.pdf", (1, (), (2, 3))))
    assert [reference.read(number).glyphs.text for number in (1, 2, 3)] == ["page1", "page2", "page3"]
    reference.close()


@pytest.mark.parametrize(
    ("broken", "becomes"),
    [(b"/Count 4", b"/Kount 4"), (b"/Count 4", b"/Count 9"), (b"/Count 2", b"/Count 1")],
    ids=["no count", "too many", "too few"],
)
def test_a_tree_that_counts_wrongly_is_walked_through(broken: bytes, becomes: bytes, tmp_path: Path) -> None:
    path = write_tree(tmp_path / "tree.pdf", ((1, 2), (3, 4)))
    path.write_bytes(path.read_bytes().replace(broken, becomes))
    reference = PlumberDocument(path)
    assert [reference.read(number).glyphs.text for number in (1, 2, 3, 4)] == [f"page{n}" for n in (1, 2, 3, 4)]
    reference.close()
