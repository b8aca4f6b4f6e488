"""A PDF writer of a page's length: ruled lines, filled bars and Chinese text in a font that readers supply."""

from __future__ import annotations

from collections.abc import Sequence


class PdfPage:
    """Coordinates are PDF's own: points from the lower left corner of the unrotated page."""

    def __init__(self, width: float = 595, height: float = 842, rotate: int = 0) -> None:
        self.width, self.height, self.rotate = width, height, rotate
        self.operations: list[str] = []

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5, dash: str = "[]") -> None:
        self.operations.append(f"{dash} 0 d {width} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        self.operations.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self.operations.append(f"[] 0 d 0.5 w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def text(self, x: float, y: float, text: str, size: float = 9, matrix: str = "1 0 0 1") -> None:
        written = text.encode("utf-16-be").hex()
        self.operations.append(f"BT /F1 {size} Tf {matrix} {x:.2f} {y:.2f} Tm <{written}> Tj ET")


def width_of(text: str, size: float = 9) -> float:
    return sum(size / 2 if character.isascii() else size for character in text)


def pdf_file(pages: Sequence[PdfPage], objects: Sequence[str] = ()) -> bytes:
    """The file. ``objects`` are further objects, numbered after the pages' own."""
    font = "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>"
    descendant = (
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        "/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 5 0 R>>"
    )
    descriptor = (
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
    )
    kids = " ".join(f"{6 + 2 * index} 0 R" for index in range(len(pages)))
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    bodies += [font, descendant, descriptor]
    for index, page in enumerate(pages):
        content = "\n".join(page.operations)
        bodies.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {page.width} {page.height}]/Rotate {page.rotate}"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + 2 * index} 0 R>>"
        )
        bodies.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    bodies += objects
    data = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(data)
    data += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return data + f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
