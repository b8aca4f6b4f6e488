"""Files made to hurt: refused by an error of ours, or read; in bounded time and memory."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from docx_writer import docx_file, paragraph, table
from pdf_writer import PdfPage, pdf_file

from govdisclosure import _limits as limits
from govdisclosure import errors, parse
from govdisclosure._pdf_forms import ENDLESS_CALLS, MOST_CALLS, form_calls
from govdisclosure._pdf_streams import Unpacked, unpacked
from govdisclosure._reading import read

HERE = Path(__file__).parent
ROWS = [["规章", "1", "", "3"], ["行政许可", "17", "/", "8"]]


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as file:
        for _ in range(100):
            file.write(bytes(1_000_000))
    return buffer.getvalue()


def forms_within_forms(cyclic: bool, calls: int = 1) -> bytes:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    page.operations.append("/X Do")
    forms = []
    for level in range(1 if cyclic else 10):
        inner = 8 if cyclic else 9 + level
        content = "/X Do " * calls
        forms.append(
            f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X {inner} 0 R>>>>"
            f"/Length {len(content)}>>\nstream\n{content}\nendstream"
        )
    data = pdf_file([page], forms)
    return data.replace(b"/Font<</F1 3 0 R>>", b"/Font<</F1 3 0 R>>/XObject<</X 8 0 R>>")


def million_segments() -> bytes:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    page.operations += ["1 1 m", *(f"{index % 500} {index % 700} l" for index in range(1_000_000)), "S"]
    return pdf_file([page])


def million_paths() -> bytes:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    page.operations += ["100 100 m 200 200 l S"] * 1_000_000
    return pdf_file([page])


def crowded_grid() -> bytes:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    for index in range(140):
        page.line(4.2 * index, 1, 4.2 * index, 800)
        page.line(1, 5.7 * index, 590, 5.7 * index)
    return pdf_file([page] * 40)


def crowded_page() -> bytes:
    page = PdfPage()
    for index in range(420):
        page.text(1, 2 * index, "总" * 500, size=1)
    return pdf_file([page])


def unpacking(content: bytes, times: int, layers: int = 1, pages: int = 1) -> bytes:
    """A PDF whose pages' contents unpack to ``content``, so many times."""
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(content) for _ in range(times)), packer.flush()])
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    body = b"<</Filter[%s]/Length %d>>\nstream\n%s\nendstream" % (b"/FlateDecode" * layers, len(packed), packed)
    data = pdf_file([PdfPage()] * pages)
    assert data.count(b"<</Length 0>>\nstream\n\nendstream") == pages
    return data.replace(b"<</Length 0>>\nstream\n\nendstream", body)


STATES = b"q Q " * 250_000
MANY_TIMES = b"/Contents[" + b"7 0 R " * 5_000 + b"]"

HOSTILE: dict[str, tuple[Callable[[], str | bytes], str]] = {
    "zip bomb": (zip_bomb, "MAXIMUM_XML_BYTES"),
    "entities": (lambda: docx_file("<w:p/>", before='<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "document type"),
    "tags in word": (lambda: docx_file("<w:p/>" * 1_100_000), "MAXIMUM_XML_TAGS"),
    "wide span": (lambda: "<table><tr><td colspan=99999999 rowspan=99999999>1<td>2</table>", "MAXIMUM_COLUMNS"),
    "nested tables": (lambda: "<table><tr><td>x" * 100_000, "MAXIMUM_NESTING"),
    "nested lists": (lambda: "<ul><li>" * 100_000, "MAXIMUM_NESTING"),
    "unclosed bold": (lambda: "<p>" + "<b></p>" * 100_000, "MAXIMUM_NESTING"),
    "million tags": (lambda: "<p>" * 1_100_000, "MAXIMUM_MARKUP_TAGS"),
    "million columns": (lambda: "<table><tr>" + "<td>1" * 300_000, "MAXIMUM_COLUMNS"),
    "zeros": (lambda: "0" * 50_000_000, "MAXIMUM_MARKUP_CHARACTERS"),
    "zero bytes": (lambda: b"0" * 50_000_000, "MAXIMUM_TEXT_BYTES"),
    "bytes": (lambda: bytes(70_000_000), "MAXIMUM_BYTES"),
    "characters": (lambda: "一" * 4_100_000, "MAXIMUM_CHARACTERS"),
    "lines": (lambda: "一\n" * 200_000, "MAXIMUM_LINES"),
    "segments": (million_segments, "MAXIMUM_PATH_SEGMENTS"),
    "paths": (million_paths, "MAXIMUM_PATH_SEGMENTS"),
    "one page's characters": (crowded_page, "MAXIMUM_PAGE_CHARACTERS"),
    "grid": (crowded_grid, "MAXIMUM_GRID_CELLS"),
    "pages": (lambda: pdf_file([PdfPage()] * 301), "MAXIMUM_PAGES"),
    "blanks": (lambda: unpacking(b" " * 1_000_000, 300), "does not end"),
    "packed twice": (lambda: unpacking(b" " * 1_000_000, 300, layers=2), "does not end"),
    "packed five times": (lambda: unpacking(b" " * 1_000_000, 300, layers=5), "does not end"),
    "states": (lambda: unpacking(STATES, 200), "does not end"),
    "one content many times": (
        lambda: unpacking(STATES, 1).replace(b"/Contents 7 0 R", MANY_TIMES),
        "does not end",
    ),
    "forms without end": (lambda: forms_within_forms(cyclic=True, calls=10), "does not end"),
    "forms multiplied": (lambda: forms_within_forms(cyclic=False, calls=10), "does not end"),
    "pages in a circle": (lambda: pdf_file([PdfPage()]).replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]"), "no text"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_refused(name: str) -> None:
    make, said = HOSTILE[name]
    with pytest.raises(errors.ParseError, match=said):
        read(make())


REPORT = (Path(__file__).parents[2] / "examples" / "report-2023.txt").read_text("utf-8")
PARSED: dict[str, tuple[int, str]] = {
    "MAXIMUM_FRAGMENTS": (10_000, REPORT + ("12 " * 200 + "\n") * 50),
    "MAXIMUM_ROW_LABELS": (300, REPORT * 11),
}
"""Limits that are met after reading, lowered to spare the time, and texts that meet them."""


@pytest.mark.parametrize("name", PARSED)
def test_refused_once_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lowered, text = PARSED[name]
    assert lowered < getattr(limits, name)
    parse(text)
    monkeypatch.setattr(limits, name, lowered)
    with pytest.raises(errors.LimitExceeded, match=name):
        parse(text)


def test_a_page_with_too_many_rules_is_a_drawing() -> None:
    ruled = []
    for number in (390, 402):
        page = PdfPage(200, 4_200)
        page.text(12, 63, "总体情况")
        for index in range(number):
            page.line(10, 10 * index, 190, 10 * index)
        for x in (10, 100, 190):
            page.line(x, 0, x, 10 * number - 10)
        ruled.append(any(line.ruled for line in read(pdf_file([page])).lines))
    assert ruled == [True, False]


def test_every_limit_is_met_here() -> None:
    """But for those that a source may exceed: it is read otherwise then."""
    named = {name for name in vars(limits) if name.startswith("MAXIMUM_")}
    assert named - {said for _make, said in HOSTILE.values()} - PARSED.keys() == {
        "MAXIMUM_PAGE_RULES",
        "MAXIMUM_UNPACKED_BYTES",
        "MAXIMUM_DRAWN_BYTES",
    }


READ: dict[str, Callable[[], str | bytes]] = {
    "deep word tables": lambda: docx_file(
        "<w:tbl><w:tr><w:tc>" * 50_000 + paragraph("规章") + "</w:tc></w:tr></w:tbl>" * 50_000
    ),
    "deep controls": lambda: docx_file("<w:sdt>" * 100_000 + paragraph("规章") + "</w:sdt>" * 100_000),
    "huge span in word": lambda: docx_file(
        table([["规章"]]).replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="200000000"/>')
    ),
    "rows under spans": lambda: "<table><tr>" + "<td rowspan=65534>规章" * 199 + "<tr>" * 100_000,
    "blanks": lambda: "<p>规章" + " \n" * 2_000_000 + "</p>",
    "title": lambda: f"<title>{'-' * 200_000}</title><p>规章",
    "forms in a circle": lambda: forms_within_forms(cyclic=True),
    "forms in forms": lambda: forms_within_forms(cyclic=False),
}


@pytest.mark.parametrize("name", READ)
def test_read(name: str) -> None:
    assert any("规章" in line.text or "总体情况" in line.text for line in read(READ[name]()).lines)


def test_forms_that_hide_their_content_are_read_apart() -> None:
    content = b"/Nothing Do".hex() + ">"
    page = PdfPage()
    page.text(60, 700, "总体情况")
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/ASCIIHexDecode/Length 99>>"
    data = pdf_file([page], [f"{form}\nstream\n{content}\nendstream"])
    assert form_calls(data).perhaps > MOST_CALLS
    assert [line.text for line in read(data).lines] == ["总体情况"]
    assert form_calls(forms_within_forms(cyclic=False, calls=10)).surely > ENDLESS_CALLS
    assert form_calls(forms_within_forms(cyclic=True)).perhaps <= MOST_CALLS
    assert form_calls(samples()["pdf"]).perhaps == 0


def test_what_streams_unpack_to() -> None:
    for data in (samples()["pdf"], unpacking(STATES, 3), unpacking(STATES, 3, layers=2)):
        assert unpacked(data).known
    assert unpacked(unpacking(STATES, 3)) == Unpacked(total=3_000_000, largest=3_000_000)
    assert unpacked(unpacking(STATES, 3, pages=2)).total == 6_000_000
    twice = unpacking(STATES, 3).replace(b"/Contents 7 0 R", b"/Contents[7 0 R 7 0 R]")
    assert unpacked(twice).total == 6_000_000
    plain = unpacking(b"", 1).replace(b"/Contents 7 0 R", b"/Contents[7 0 R 7 0 R]")
    assert unpacked(plain).total < 100
    assert not unpacked(unpacking(STATES, 17)).known
    assert not unpacked(unpacking(STATES, 1).replace(b"/FlateDecode", b"/LZWDecode")).known


def test_pages_with_a_large_stream_are_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    data = pdf_file([page] * 3)
    size = unpacked(data).largest
    here = read(data).lines

    def refuse(data: bytes) -> None:
        raise AssertionError

    monkeypatch.setattr("govdisclosure._limits.MAXIMUM_DRAWN_BYTES", 3 * size)
    read(data)
    monkeypatch.setattr("govdisclosure._pdf._pages_here", refuse)
    with pytest.raises(AssertionError):
        read(data)
    monkeypatch.setattr("govdisclosure._limits.MAXIMUM_DRAWN_BYTES", 3 * size - 1)
    assert [line.text for line in read(data).lines] == [line.text for line in here] != []


def test_limits_can_be_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govdisclosure._limits.MAXIMUM_LINES", 10)
    with pytest.raises(errors.LimitExceeded, match="MAXIMUM_LINES"):
        read("一\n" * 50)
    monkeypatch.setattr("govdisclosure._limits.MAXIMUM_LINES", 100)
    assert len(read("一\n" * 50).lines) >= 50


def samples() -> dict[str, bytes]:
    page = PdfPage()
    for y in (560, 540, 520):
        page.line(60, y, 500, y)
    for x in (60, 170, 280, 390, 500):
        page.line(x, 560, x, 520)
    for row, y in zip(ROWS, (546, 526), strict=True):
        for text, x in zip(row, (65, 175, 285, 395), strict=True):
            page.text(x, y, text)
    markup = (HERE / "html" / "word_markup.html").read_bytes() + (HERE / "html" / "wrapper_tables.html").read_bytes()
    return {
        "html": markup,
        "docx": docx_file(paragraph("一、总体情况") + table(ROWS)),
        "pdf": pdf_file([page, page]),
        "text": "一、总体情况\n规章 | 1 | | 3 |\n".encode() * 20,
    }


def damaged(data: bytes, random_: random.Random) -> bytes:
    if random_.random() < 0.3:
        return data[: random_.randrange(1, len(data))]
    flipped = bytearray(data)
    for _ in range(random_.choice((1, 3, 10, 40))):
        flipped[random_.randrange(len(flipped))] ^= 1 << random_.randrange(8)
    return bytes(flipped)


def read_damaged(kind: str, count: int) -> None:
    sample = samples()[kind]
    read(sample)
    for seed in range(count):
        try:
            document = read(damaged(sample, random.Random(f"{kind}{seed}")))
        except errors.ParseError as error:
            assert error.seen
        else:
            for line in document.lines:
                line.span()
                assert all(cell.line is not None and cell.span().text == cell.text for cell in line.fragments)


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "text"])
def test_damaged_files(kind: str) -> None:
    read_damaged(kind, 40)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "text"])
def test_many_damaged_files(kind: str) -> None:
    read_damaged(kind, 500)
