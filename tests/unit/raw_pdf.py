"""PDFs written byte by byte, for what no producer draws on request: forms, odd boxes, unmapped glyphs, broken pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page. *content* is its content stream; *entries* go into the page dictionary as they are."""

    content: bytes
    media_box: tuple[float, float, float, float] = (0, 0, 612, 792)
    entries: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, bytes] = field(default_factory=lambda: {"F1": HELVETICA})
    forms: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Name -> (entries of the form's dictionary, its content stream)."""


def stream_object(data: bytes, entries: str = "") -> bytes:
    """The body of a stream object, for *extra* of :func:`write_pdf`."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def text_at(x: float, y: float, text: str, size: float = 10, font: str = "F1") -> bytes:
    """One text operator at a point of user space (y up)."""
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, text.encode("cp1252"))


_FORM = "/Type /XObject /Subtype /Form"


class _Writer:
    def __init__(self) -> None:
        self.objects: list[bytes] = []

    def add(self, body: bytes) -> int:
        self.objects.append(body)
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        return self.add(stream_object(data, entries))


def write_pdf(path: Path, pages: Sequence[RawPage | None], extra: Sequence[bytes] = ()) -> Path:
    """Write *pages*; None is a page that cannot be loaded: the page tree names something that is no page.

    Objects in *extra* come first and so have the numbers 1, 2, … for fonts to refer to.
    """
    out = _Writer()
    for body in extra:
        out.add(body)
    tree = len(extra) + 1
    out.add(b"")  # the page tree, filled in below
    numbers = []
    for page in pages:
        if page is None:
            numbers.append(out.add(b"(no page)"))
            continue
        fonts = " ".join(f"/{name} {out.add(body)} 0 R" for name, body in page.fonts.items())
        resources = f"/Font << {fonts} >>"
        if page.forms:
            names = " ".join(
                f"/{name} {out.stream(data, f'{_FORM} /Resources << {resources} >> {entries}')} 0 R"
                for name, (entries, data) in page.forms.items()
            )
            resources += f" /XObject << {names} >>"
        content = out.stream(page.content)
        box = " ".join(f"{v:g}" for v in page.media_box)
        entries = " ".join(f"/{key} {value}" for key, value in page.entries.items())
        body = (
            f"<< /Type /Page /Parent {tree} 0 R /MediaBox [{box}] /Resources << {resources} >>"
            f" /Contents {content} 0 R {entries} >>"
        )
        numbers.append(out.add(body.encode()))
    kids = " ".join(f"{n} 0 R" for n in numbers)
    out.objects[tree - 1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    root = out.add(f"<< /Type /Catalog /Pages {tree} 0 R >>".encode())
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(out.objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, start)
    path.write_bytes(data)
    return path
