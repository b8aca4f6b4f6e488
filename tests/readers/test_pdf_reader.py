"""PDFs drawn by a small writer: every way of ruling a table, every way up, tables across page breaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise

import attrs
import pdfplumber
import pytest
from pdf_writer import PdfPage, pdf_file
from written import rows, written

import govdisclosure as gd
from govdisclosure import errors
from govdisclosure._characters import display_width
from govdisclosure._reading import read
from tests.support.files import pdf_document
from tests.support.truth import Manner, Value, invent

ROWS = [["规章", "0", "", "12"], ["行政规范性文件", "3", "1", "/"], ["行政许可", "17", "5", "8"]]
XS = [60.0, 200.0, 300.0, 400.0, 500.0]
YS = [560.0, 540.0, 520.0, 500.0]

Turn = Callable[[float, float], tuple[float, float]]


def across(page: PdfPage, xs: list[float] = XS, ys: list[float] = YS, **look: object) -> None:
    for y in ys:
        page.line(xs[0], y, xs[-1], y, **look)  # type: ignore[arg-type]


def down(page: PdfPage, xs: list[float] = XS, ys: list[float] = YS, **look: object) -> None:
    for x in xs:
        page.line(x, ys[0], x, ys[-1], **look)  # type: ignore[arg-type]


def fill(page: PdfPage, content: list[list[str]] = ROWS, xs: list[float] = XS, ys: list[float] = YS) -> None:
    for row, y in zip(content, ys[1:], strict=True):
        for text, x in zip(row, xs, strict=False):
            if text:
                page.text(x + 5, y + 6, text)


def bars(page: PdfPage) -> None:
    for y in YS:
        page.bar(XS[0], y, XS[-1] - XS[0], 1.5)
    for x in XS:
        page.bar(x, YS[-1], 1.5, YS[0] - YS[-1])


def cell_frames(page: PdfPage) -> None:
    for y in YS[1:]:
        for left, right in pairwise(XS):
            page.frame(left + 0.4, y + 0.4, right - left - 0.8, 19.2)


def one_path(page: PdfPage) -> None:
    pieces = [f"{XS[0]} {y} m {XS[-1]} {y} l" for y in YS] + [f"{x} {YS[0]} m {x} {YS[-1]} l" for x in XS]
    page.operations.append("0.5 w " + " ".join(pieces) + " S")


def both(**look: object) -> Callable[[PdfPage], None]:
    def draw(page: PdfPage) -> None:
        across(page, **look)
        down(page, **look)

    return draw


def without_verticals_below_head(page: PdfPage) -> None:
    across(page)
    down(page, ys=YS[:2])
    down(page, xs=[XS[0], XS[-1]])


def without_horizontals(page: PdfPage) -> None:
    down(page)
    across(page, ys=[YS[0], YS[-1]])


def without_outer_borders(page: PdfPage) -> None:
    across(page)
    down(page, xs=XS[1:-1])


@pytest.mark.parametrize(
    "draw",
    [
        both(),
        both(width=4.5),
        both(width=1, dash="[3 3]"),
        both(width=0.5, dash="[1 2]"),
        bars,
        cell_frames,
        one_path,
        without_verticals_below_head,
        without_horizontals,
        without_outer_borders,
    ],
    ids=["thin", "thick", "dashed", "dotted", "bars", "frames", "path", "open-columns", "open-rows", "open-sides"],
)
def test_ways_of_ruling(draw: Callable[[PdfPage], None]) -> None:
    page = PdfPage()
    page.text(60, 700, "二、主动公开政府信息情况")
    draw(page)
    fill(page)
    document = read(pdf_file([page]))
    assert rows(document) == ROWS
    assert document.lines[0].text == "二、主动公开政府信息情况"
    assert [cell.column for cell in document.lines[1].fragments] == [0, 1, 2, 3]


@pytest.mark.parametrize("lines", [lambda page: None, across], ids=["none", "horizontals-only"])
def test_without_a_grid_the_places_tell_the_columns(lines: Callable[[PdfPage], None]) -> None:
    page = PdfPage()
    lines(page)
    fill(page)
    document = read(pdf_file([page]))
    assert rows(document) == []
    assert [[cell.text for cell in line.fragments] for line in document.lines] == [
        [text for text in row if text] for row in ROWS
    ]
    starts = {round(cell.box[0]) for line in document.lines for cell in line.fragments if cell.box is not None}
    assert starts == {65, 205, 305, 405}
    places = [[display_width(line.text[: cell.column]) for cell in line.fragments] for line in document.lines]
    assert places == [[0, places[1][1], places[1][3]], places[1], places[1]]


@pytest.mark.parametrize(
    ("rotate", "matrix", "turn"),
    [
        (90, "0 1 -1 0", lambda x, y: (595 - y, x)),
        (180, "-1 0 0 -1", lambda x, y: (595 - x, 842 - y)),
        (270, "0 -1 1 0", lambda x, y: (y, 842 - x)),
        (0, "0 1 -1 0", lambda x, y: (595 - y, x)),
    ],
    ids=["90", "180", "270", "turned-text-only"],
)
def test_rotated_pages(rotate: int, matrix: str, turn: Turn) -> None:
    page = PdfPage(rotate=rotate)
    for y in YS:
        page.line(*turn(XS[0], y), *turn(XS[-1], y))
    for x in XS:
        page.line(*turn(x, YS[0]), *turn(x, YS[-1]))
    for row, y in zip(ROWS, YS[1:], strict=True):
        for text, x in zip(row, XS, strict=False):
            if text:
                page.text(*turn(x + 5, y + 6), text, matrix=matrix)
    document = read(pdf_file([page]))
    assert rows(document) == ROWS
    box = document.lines[0].fragments[0].box
    assert box is not None
    # Upright, the first cell begins 60 points from the left; the page is 595 or 842 high then.
    height = 842 if rotate == 180 else 595
    assert box == pytest.approx((60, height - 560, 200, height - 540), abs=1)


def test_boxes_are_those_of_an_independent_reader() -> None:
    page = PdfPage()
    across(page)
    down(page)
    fill(page)
    data = pdf_file([page])
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        [table] = pdf.pages[0].find_tables()
        expected = sorted(tuple(map(round, cell)) for cell in table.cells)
    found = [cell.box for line in read(data).lines for cell in line.fragments]
    assert sorted(tuple(map(round, box)) for box in found if box is not None) == expected


def test_merged_cells() -> None:
    page = PdfPage()
    for y in (YS[0], YS[2], YS[3]):
        page.line(60, y, 500, y)
    page.line(200, YS[1], 500, YS[1])
    for x in (60, 200, 500):
        page.line(x, YS[0], x, YS[-1])
    for x in (300, 400):
        page.line(x, YS[1], x, YS[-1])
    page.text(70, 536, "三、结果")
    page.text(300, 546, "申请人情况")
    for x, text in ((210, "甲"), (310, "乙"), (410, "丙")):
        page.text(x, 526, text)
    for x, text in ((65, "一、新收"), (210, "1"), (310, "2")):
        page.text(x, 506, text)
    assert written(read(pdf_file([page]))).splitlines()[1:] == [
        "[1.1] 0:三、结果 | 1+3:申请人情况",
        "[1.2] 1:甲 | 2:乙 | 3:丙",
        "[1.3] 0:一、新收 | 1:1 | 2:2 | 3:",
    ]


def two_pages(first: list[list[str]], second: list[list[str]], between: str = "") -> list[list[str]]:
    pages = []
    for content in (first, second):
        page = PdfPage()
        ys = [560.0 - 20 * index for index in range(len(content) + 1)]
        across(page, ys=ys)
        down(page, ys=ys)
        fill(page, content, ys=ys)
        page.text(280, 40, "- 1 -" if content is first else "- 2 -")
        if between and content is second:
            page.text(60, 600, between)
        pages.append(page)
    document = read(pdf_file(pages))
    assert [line.page for line in document.lines if line.starts_page] == [2]
    tables = {line.table for line in document.lines if line.ruled}
    assert tables == ({1, 2} if between else {1})
    return rows(document)


def test_a_table_goes_on_after_a_page_break() -> None:
    assert two_pages(ROWS, [["行政处罚", "1", "2", "3"]]) == [*ROWS, ["行政处罚", "1", "2", "3"]]


def test_text_between_parts_two_tables() -> None:
    assert two_pages(ROWS, list(ROWS), "四、行政复议情况") == [*ROWS, *ROWS]


def test_a_row_split_by_a_page_break_is_one() -> None:
    split = [["2.申请人逾期未按要求缴纳", "1", "0", "4"]], [["费用", "", "", ""], ["3.其他", "5", "6", "7"]]
    assert two_pages(*split) == [["2.申请人逾期未按要求缴纳费用", "1", "0", "4"], ["3.其他", "5", "6", "7"]]
    values_after = [["2.申请人逾期未按要求缴纳", "", "", ""]], [["费用", "1", "0", "4"]]
    assert two_pages(*values_after) == [["2.申请人逾期未按要求缴纳费用", "1", "0", "4"]]


def test_a_row_of_blanks_after_a_page_break_stays_a_row() -> None:
    content = [["（一）予以公开", "1", "", "1"]], [["（二）部分公开", "", "", ""]]
    assert two_pages(*content) == [content[0][0], content[1][0]]


def test_repeated_heads_are_left_to_the_layout() -> None:
    head = ["信息内容", "制发", "废止", "有效"]
    body = ["1.规章", "1", "2", "3"]
    assert two_pages([head, body], [head, body]) == [head, body, head, body]


def test_a_long_figure_wrapped_in_its_cell_is_one_and_two_figures_are_two() -> None:
    page = PdfPage()
    xs, ys = [60.0, 160.0, 195.0, 300.0], [560.0, 530.0]
    across(page, xs, ys)
    down(page, xs, ys)
    page.text(65, 541, "行政许可")
    page.text(162, 548, "113988")
    page.text(162, 536, "89")
    page.text(220, 548, "5")
    page.text(220, 536, "3")
    assert rows(read(pdf_file([page]))) == [["行政许可", "11398889", "5\n3"]]


def test_printed_twice_to_look_bold_is_read_once() -> None:
    page = PdfPage()
    across(page)
    down(page)
    fill(page)
    page.text(65.3, 546, "规章")
    page.text(205.3, 526, "3")
    assert rows(read(pdf_file([page]))) == ROWS


def test_a_page_without_text_is_an_error() -> None:
    with pytest.raises(errors.UnreadableSource, match="no text"):
        read(pdf_file([PdfPage()]))
    picture = PdfPage()
    picture.operations.append("q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x7f EI Q")
    with pytest.raises(errors.ImageOnly, match="OCR"):
        read(pdf_file([picture]))


def test_a_drawing_is_no_table() -> None:
    page = PdfPage()
    page.text(60, 800, "示意图")
    for index in range(250):
        page.line(10, 3.1 * index, 580, 3.1 * index)
        page.line(2.3 * index, 5, 2.3 * index, 800)
    document = read(pdf_file([page]))
    assert rows(document) == []
    assert [code for code, _ in document.notes] == ["drawing"]


def test_a_damaged_page_is_left_out_and_said_so() -> None:
    pages = [PdfPage(), PdfPage(), PdfPage()]
    for page, text in zip(pages, ("总体情况", "主动公开", "其他"), strict=True):
        page.text(60, 700, text)
    document = read(pdf_file(pages).replace(b"8 0 obj\n<</Type/Page/Parent", b"8 0 obj\n<(Type/Page/Parent"))
    assert [(line.page, line.text) for line in document.lines] == [(1, "总体情况"), (3, "其他")]
    assert [code for code, _ in document.notes] == ["damaged page"]


@pytest.mark.parametrize("beside", [0, None])
@pytest.mark.parametrize("count", [1_070_976, 10_709_760, 107_097_600])
def test_figures_wider_than_their_cells_are_doubted_though_they_add_up(count: int, beside: int | None) -> None:
    """A count and its total that lose the same digit still agree, and a nought more next door changes no sum."""
    truth = invent(1, Manner(form="2021", scale=9))
    row = dict.fromkeys(("upheld", "corrected", "other", "pending"), beside) | {"other": count, "total": count}
    changed: dict[str, Value] = {f"reconsideration.{column}": value for column, value in row.items()}
    changed["litigation.direct.upheld"] = beside
    changed["litigation.direct.total"] = sum(
        truth.cells[f"litigation.direct.{column}"] or 0 for column in ("corrected", "other", "pending")
    )
    report = gd.parse(pdf_document(attrs.evolve(truth, cells=truth.cells | changed)))
    for path, value in changed.items():
        assert report.cell(path).value == value or path in report.doubts()
