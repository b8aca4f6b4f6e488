"""What LibreOffice and Chromium write, with thin, thick, dashed and missing rules; skipped where they are absent."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx_writer import docx_file, paragraph, table
from written import rows

from govdisclosure._reading import read
from govdisclosure._source import Document

OFFICE = shutil.which("soffice")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
SECONDS = 120

HEAD = ["申请人情况", "自然人", "商业企业", "总计"]
BODY = [
    [f"{number}.属于第{number}类事项", str(number * 7), "" if number % 3 else "/", str(number * 11)]
    for number in range(1, 46)
]
CONTENT = [HEAD, *BODY]

BORDERS = {
    "thin": ("single", 4, "0.5pt solid black"),
    "thick": ("single", 36, "4pt solid black"),
    "dashed": ("dashed", 8, "1px dashed black"),
    "dotted": ("dotted", 8, "1px dotted black"),
    "double": ("double", 4, "3px double black"),
}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def word(borders: str) -> bytes:
    body = paragraph("三、收到和处理申请情况") + table(CONTENT, borders=borders, widths=[3600, 1500, 1500, 1500])
    return docx_file(body + paragraph("四、其他"))


def word_borders(style: str, size: int, sides: tuple[str, ...] = SIDES) -> str:
    drawn = "".join(f'<w:{side} w:val="{style}" w:sz="{size}" w:space="0" w:color="000000"/>' for side in sides)
    return f"<w:tblBorders>{drawn}</w:tblBorders>"


def page(style: str) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in CONTENT)
    return (
        "<html><head><meta charset=utf-8><style>table{border-collapse:collapse}"
        f"td{{{style};padding:4px}}</style></head>"
        f"<body><p>三、收到和处理申请情况</p><table width=600>{cells}</table><p>四、其他</p></body></html>"
    )


def office_file(data: bytes, name: str, target: str, folder: Path) -> bytes:
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        OFFICE,
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(folder / "out"),
        str(folder / name),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return (folder / "out" / name).with_suffix(f".{target}").read_bytes()


def printed(markup: str, folder: Path, *options: str) -> bytes:
    if BROWSER is None:
        pytest.skip("Chromium is not installed")
    source, result = folder / "page.html", folder / "page.pdf"
    source.write_text(markup, "utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += [f"--print-to-pdf={result}", *options, source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return result.read_bytes()


def cells_of_plain_lines(document: Document) -> list[list[str]]:
    return [[cell.text for cell in line.fragments] for line in document.lines]


def check_lines_around(document: Document) -> None:
    plain = [line.text for line in document.lines if not line.ruled]
    assert plain[0] == "三、收到和处理申请情况"
    assert "四、其他" in plain
    assert {line.table for line in document.lines if line.ruled} == {1}


@pytest.mark.slow
@pytest.mark.parametrize("border", BORDERS)
def test_office_pdf(border: str, tmp_path: Path) -> None:
    style, size, _ = BORDERS[border]
    document = read(office_file(word(word_borders(style, size)), "a.docx", "pdf", tmp_path))
    assert rows(document) == CONTENT
    check_lines_around(document)


@pytest.mark.slow
@pytest.mark.parametrize("border", BORDERS)
def test_browser_pdf(border: str, tmp_path: Path) -> None:
    document = read(printed(page(f"border:{BORDERS[border][2]}"), tmp_path, "--no-pdf-header-footer"))
    assert rows(document) == CONTENT
    check_lines_around(document)


@pytest.mark.slow
def test_office_pdf_without_outer_sides(tmp_path: Path) -> None:
    borders = word_borders("single", 4, ("top", "bottom", "insideH", "insideV"))
    assert rows(read(office_file(word(borders), "a.docx", "pdf", tmp_path))) == CONTENT


@pytest.mark.slow
@pytest.mark.parametrize("sides", [(), ("top", "bottom", "insideH")], ids=["no-rules", "horizontals-only"])
def test_office_pdf_without_columns(sides: tuple[str, ...], tmp_path: Path) -> None:
    document = read(office_file(word(word_borders("single", 4, sides)), "a.docx", "pdf", tmp_path))
    assert rows(document) == []
    shown = cells_of_plain_lines(document)
    for row in CONTENT:
        assert [text for text in row if text] in shown


@pytest.mark.slow
def test_browser_pdf_with_its_own_head_and_foot(tmp_path: Path) -> None:
    assert rows(read(printed(page("border:1px solid black"), tmp_path))) == CONTENT


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "html"])
def test_office_rewrites(target: str, tmp_path: Path) -> None:
    name = "a.docx" if target == "html" else "a.html"
    data = word(word_borders("single", 4)) if target == "html" else page("border:1px solid black").encode()
    if target == "docx":
        data = office_file(data, name, "odt", tmp_path)
        data = office_file(data, "a.odt", "docx", tmp_path)
    else:
        data = office_file(data, name, "html", tmp_path)
    assert rows(read(data)) == CONTENT
