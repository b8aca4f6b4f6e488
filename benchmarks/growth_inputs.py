"""Sources of any size: a report made longer, more crowded or hostile. ``SHAPES`` names them all.

A maker takes a number of steps; twice the steps is twice the source.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

import govdisclosure as gd
from benchmarks.inputs import lengthened, truth
from tests.readers.docx_writer import docx_file, paragraph
from tests.readers.pdf_writer import PdfPage, pdf_file
from tests.support import files
from tests.support.grids import Grid
from tests.support.printing import print_report
from tests.support.truth import form

EXAMPLE = Path(__file__).parent.parent / "examples" / "qinglan_2023.json"
HEAD = 30  #: rows of a table that no form has, for each step


@attrs.frozen
class Shape:
    """A way of growing: the format, what grows, and the steps to measure, each twice the one before."""

    format: str
    what: str
    make: Callable[[int], str | bytes]
    first: int  #: steps of the smallest source
    doublings: int = 9

    @property
    def name(self) -> str:
        return f"{self.format}: {self.what}"

    @property
    def steps(self) -> tuple[int, ...]:
        return tuple(self.first << doubling for doubling in range(self.doublings + 1))


# -- pieces ------------------------------------------------------------------------------------------------------------


def _rows(count: int, width: int = 8, seed: int = 0) -> Iterator[list[str]]:
    chance = random.Random(seed)
    for number in range(count):
        yield [f"第{number}项事务办理", *(str(chance.randrange(900)) for _column in range(width - 1))]


def _labels() -> list[str]:
    return [row.label.official for row in form("2021").rows if row.label]


def _report(layout: str = "tabs_empty") -> str:
    return print_report(truth(), layout)


def _before_last_section(text: str, more: str) -> str:
    at = text.index("五、")
    return text[:at] + more + "\n" + text[at:]


# -- text --------------------------------------------------------------------------------------------------------------


def prose(steps: int, layout: str = "tabs_empty") -> str:
    return print_report(lengthened(truth(), steps), layout)


def junk_rows(steps: int) -> str:
    more = "\n".join("\t".join(row) for row in _rows(HEAD * steps))
    return _before_last_section(_report(), more)


def bare_numbers(steps: int) -> str:
    """A cell a line, with numbers that belong to nothing."""
    more = "\n".join(str(number % 97) for number in range(100 * steps))
    return _before_last_section(_report("cell_per_line"), more)


def repeated_labels(steps: int) -> str:
    """The form's labels over and over, with numbers: which of them are the table?"""
    return _report() + "\n".join("\t".join([label, *"1234567"]) for label in _labels() * steps)


def lone_labels(steps: int) -> str:
    return _report("cell_per_line") + "\n".join(_labels() * steps)


def torn_labels(steps: int) -> str:
    """Labels cut into two lines each, without numbers."""
    cut = [f"{label[: len(label) // 2]}\n{label[len(label) // 2 :]}" for label in _labels()]
    return _report("wrapped_lines") + "\n".join(cut * steps)


def reports_in_a_row(steps: int) -> str:
    return _report() * steps


def one_line(steps: int) -> str:
    return " ".join(_report("cell_per_line").split()) + " 依法公开 12" * (400 * steps)


def headings(steps: int) -> str:
    more = "\n".join(f"{'一二三四五六'[number % 6]}、第{number}个标题" for number in range(60 * steps))
    return _before_last_section(_report(), more)


def columns(steps: int) -> str:
    text = _report("columns_wide")
    more = "\n".join(f"{row[0]:<30}" + "".join(f"{cell:>9}" for cell in row[1:]) for row in _rows(HEAD * steps))
    return _before_last_section(text, more)


def drawn_grid(steps: int) -> str:
    rule = "+" + "+".join("-" * 12 for _column in range(8)) + "+"
    lines = [rule]
    for row in _rows(HEAD * steps):
        lines += ["|" + "|".join(f" {cell[:5]:<6} " for cell in row) + "|", rule]
    return _before_last_section(_report("grid_rst"), "\n".join(lines))


def pages(steps: int) -> str:
    """Running heads and page numbers between the lines of prose."""
    lines = prose(4 * steps).split("\n")
    out = []
    for number, line in enumerate(lines):
        if number and number % 20 == 0:
            out += [f"- {number // 20} -", f"\f{truth().agency}年度报告"]
        out.append(line)
    return "\n".join(out)


def marks(steps: int) -> str:
    return _before_last_section(_report(), "（“" * (500 * steps) + "\n" + "|" * (500 * steps))


# -- markup ------------------------------------------------------------------------------------------------------------


def _page_with(more: str) -> bytes:
    page = files.html_page(truth())
    at = page.index('<div class="footer">')
    return (page[:at] + more + page[at:]).encode()


def html_prose(steps: int) -> bytes:
    return files.html_page(lengthened(truth(), steps)).encode()


def html_rows(steps: int) -> bytes:
    rows = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _rows(HEAD * steps))
    return _page_with(f"<table>{''.join(rows)}</table>")


def html_tables(steps: int) -> bytes:
    rows = ("<table><tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr></table>" for row in _rows(20 * steps))
    return _page_with("".join(rows))


def html_spans(steps: int) -> bytes:
    row = "<tr>" + '<td rowspan="2" colspan="3">规章</td>' * 8 + "</tr>"
    return _page_with(f"<table>{row * (10 * steps)}</table>")


def html_nested(steps: int) -> bytes:
    return _page_with("<div><b>" * (50 * steps) + "规章" + "</b></div>" * (50 * steps))


def html_script(steps: int) -> bytes:
    return _page_with(f"<script>var a='{'规章制度' * (2_000 * steps)}';</script>")


def word_prose(steps: int) -> bytes:
    return files.word_file(lengthened(truth(), steps))


def word_rows(steps: int) -> bytes:
    rows = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in _rows(HEAD * steps)
    )
    return docx_file(_word_body() + f"<w:tbl>{''.join(rows)}</w:tbl>")


def word_runs(steps: int) -> bytes:
    runs = "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>第{n}段</w:t></w:r>" for n in range(100 * steps))
    return docx_file(_word_body() + f"<w:p>{runs}</w:p>")


def word_nested(steps: int) -> bytes:
    deep = 20 * steps
    inner = "<w:tbl><w:tr><w:tc>" * deep + paragraph("规章") + "</w:tc></w:tr></w:tbl>" * deep
    return docx_file(_word_body() + inner)


def _word_body() -> str:
    made = truth()
    return "".join(
        files.word_table(part) if isinstance(part, Grid) else paragraph(part) for part in files.parts_of(made)
    )


# -- PDF ---------------------------------------------------------------------------------------------------------------


def pdf_prose(steps: int) -> bytes:
    return files.pdf_document(lengthened(truth(), steps * 10))


def pdf_tables(steps: int) -> bytes:
    """Pages of ruled tables of 40 rows and 8 columns."""
    page = PdfPage()
    for row, cells in enumerate(_rows(40)):
        y = 780 - 18 * row
        page.line(40, y + 14, 560, y + 14)
        for column, cell in enumerate(cells):
            page.text(44 + 65 * column, y, cell, 8)
    for column in range(9):
        page.line(40 + 65 * column, 794, 40 + 65 * column, 74)
    page.line(40, 74, 560, 74)
    return _pdf_with([page] * steps)


def pdf_drawings(steps: int) -> bytes:
    page = PdfPage()
    page.operations += ["100 100 m", *(f"{n % 500} {n % 700} l" for n in range(2_000 * steps)), "S"]
    return _pdf_with([page])


def pdf_lone_characters(steps: int) -> bytes:
    """Every character drawn on its own, on pages of 2,500."""
    page = PdfPage()
    for n in range(2_500):
        page.text(30 + 10 * (n % 50), 800 - 15 * (n // 50), "规章制度"[n % 4], 8)
    return _pdf_with([page] * steps)


def _pdf_with(pages: list[PdfPage]) -> bytes:
    return pdf_file([*files.pdf_pages(truth()), *pages])


# -- records -----------------------------------------------------------------------------------------------------------


def _records(*overviews: str) -> str:
    """Reports as JSON: an example's, with other overviews."""
    report = gd.Report.from_dict(json.loads(EXAMPLE.read_text("utf-8")))
    return json.dumps([with_overview(report, text).to_dict() for text in overviews], ensure_ascii=False)


def with_overview(report: gd.Report, text: str) -> gd.Report:
    return attrs.evolve(report, sections=(attrs.evolve(report.sections[0], text=text), *report.sections[1:]))


def _sentences(steps: int, sentence: Callable[[int], str]) -> str:
    return "".join(map(sentence, range(25 * steps)))


def checked_prose(steps: int) -> str:
    text = _sentences(steps, lambda n: f"全年收到政府信息公开申请{n}件，予以公开{n % 7}件。\n")
    return _records(text)


def checked_pair(steps: int) -> str:
    return _records(*(_sentences(steps, lambda n, k=k: f"发布信息{n * k}条，举办活动{n}场。\n") for k in (7, 9)))


def own_sentences(steps: int) -> str:
    return _records(*(_sentences(steps, lambda n, k=k: f"第{n}条：公开信息{n * k}条。") for k in (7, 9)))


def one_sentence(steps: int) -> str:
    """The same sentence throughout, one in three changed."""
    return _records(
        _sentences(steps, lambda _n: "依法公开。"), _sentences(steps, lambda n: "依法公开。" if n % 3 else "及时回应。")
    )


def no_sentences(steps: int) -> str:
    """Nothing that ends a sentence, and two characters in no order."""
    return _records(*(_sentences(steps, lambda n, k=k: "啊哦"[n % k % 2] * 8) for k in (7, 5)))


SHAPES: tuple[Shape, ...] = (
    Shape("text", "prose", prose, 25),
    Shape("text", "rows of other tables", junk_rows, 20),
    Shape("text", "bare numbers, a line each", bare_numbers, 12),
    Shape("text", "the form's rows again and again", repeated_labels, 8),
    Shape("text", "the form's labels without numbers", lone_labels, 8),
    Shape("text", "labels in two pieces", torn_labels, 8),
    Shape("text", "reports one after another", reports_in_a_row, 5),
    Shape("text", "all on one line", one_line, 8),
    Shape("text", "headings", headings, 20),
    Shape("text", "columns of pages", columns, 20),
    Shape("text", "drawn grid", drawn_grid, 12),
    Shape("text", "pages with running heads", pages, 6),
    Shape("text", "brackets, quotes and bars", marks, 20),
    Shape("HTML", "prose", html_prose, 25),
    Shape("HTML", "rows of other tables", html_rows, 20),
    Shape("HTML", "tables of one row", html_tables, 80, 7),  # fewer tags are not counted (FEW_TAGS)
    Shape("HTML", "cells over rows and columns", html_spans, 4),
    Shape("HTML", "tags within tags", html_nested, 2),
    Shape("HTML", "scripts", html_script, 10),
    Shape("Word", "prose", word_prose, 25),
    Shape("Word", "rows of other tables", word_rows, 12),
    Shape("Word", "runs in one paragraph", word_runs, 20),
    Shape("Word", "tables within tables", word_nested, 20),
    Shape("PDF", "prose", pdf_prose, 1),
    Shape("PDF", "pages of ruled tables", pdf_tables, 4),
    Shape("PDF", "path segments", pdf_drawings, 4),
    Shape("PDF", "characters drawn one by one", pdf_lone_characters, 4),
    Shape("validate", "claims in prose", checked_prose, 4, 7),
    Shape("validate", "two years of prose", checked_pair, 4, 7),
    Shape("diff", "sentences all their own", own_sentences, 8, 7),
    Shape("diff", "one sentence throughout", one_sentence, 8, 7),
    Shape("diff", "no sentences", no_sentences, 8, 7),
)
