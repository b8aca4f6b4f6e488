"""What a source is, told by its content; what can't be read, refused with advice."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx_writer import docx_file, paragraph
from pdf_writer import PdfPage, pdf_file

from govdisclosure import errors
from govdisclosure._reading import read
from govdisclosure._sniffing import is_markup


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (OLE, "--convert-to docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1\\ansi x}", "--convert-to docx"),
        (archive("xl/workbook.xml", "[Content_Types].xml"), "Excel"),
        (archive("mimetype", "content.xml"), "OpenDocument"),
        (archive("OFD.xml"), "OFD"),
        (archive("a.txt"), "Unpack"),
        (b"Rar!\x1a\x07", "Unpack"),
        (b"\x1f\x8b\x08" + bytes(30), "Unpack"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
        (docx_file("")[:300], "damaged"),
        (b"%PDF-1.4\n", "damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_with_advice(data: bytes, advice: str) -> None:
    with pytest.raises(errors.UnreadableSource, match=advice):
        read(data)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(40), b"\xff\xd8\xff\xe0" + bytes(40), b"GIF89a" + bytes(40)]
)
def test_pictures(data: bytes) -> None:
    with pytest.raises(errors.ImageOnly, match="OCR"):
        read(data)


@pytest.mark.parametrize("source", ["", "  \n\u3000", b"", b" \r\n", "\ufeff"])
def test_empty(source: str | bytes) -> None:
    with pytest.raises(errors.NotAReport, match="empty"):
        read(source)


def test_the_suffix_is_not_asked(tmp_path: Path) -> None:
    page = PdfPage()
    page.text(60, 700, "总体情况")
    contents = {
        "a.doc": "<html><body><p>总体情况</p></body></html>".encode(),
        "b.pdf": docx_file(paragraph("总体情况")),
        "c.docx": pdf_file([page]),
        "d.html": "总体情况".encode(),
        "e": b"\r\n\r\n" + pdf_file([page]),
    }
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
        assert [line.text for line in read(tmp_path / name).lines] == ["总体情况"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(errors.UnreadableSource, match="no such file"):
        read(tmp_path / "missing.html")
    with pytest.raises(errors.UnreadableSource, match="cannot be read"):
        read(tmp_path)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(errors.NotAReport, match=r"empty\.txt: .*empty"):
        read(tmp_path / "empty.txt")


def test_bad_calls() -> None:
    with pytest.raises(ValueError, match="unknown format"):
        read("x", "doc")
    with pytest.raises(TypeError, match="int"):
        read(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="bytes"):
        read("x", "pdf")


def test_the_format_can_be_given() -> None:
    assert [line.text for line in read("a <i>b</i>", "html").lines] == ["a b"]
    assert [line.text for line in read("<p>b</p>", "text").lines] == ["<p>b</p>"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("<?xml version='1.0'?>\n<html>", True),
        ("注\n<table><tr><td>1</td></tr></table>", True),
        ("| 规章<br>1 | 2 |", False),
        ("一、总体情况 <1件> 2<3", False),
        ("<", False),
    ],
)
def test_markup(text: str, expected: bool) -> None:
    assert is_markup(text) is expected


@pytest.mark.parametrize(("library", "data"), [("selectolax", b"<p>x</p>"), ("pypdfium2", b"%PDF-1.4")])
def test_a_missing_library_is_named(library: str, data: bytes) -> None:
    program = (
        "import sys\nsys.modules[sys.argv[1]] = None\nfrom govdisclosure import errors\n"
        "from govdisclosure._reading import read\ntry:\n    read(sys.stdin.buffer.read())\n"
        "except errors.MissingExtra as error:\n    print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, library],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    extra = {"selectolax": "html", "pypdfium2": "pdf"}[library]
    assert f'pip install "govdisclosure[{extra}]"' in ran.stdout.decode()
