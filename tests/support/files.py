"""Writes a truth as files of the other formats: a site's page, a Word document, a PDF with ruled tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import attrs

from tests.readers.docx_writer import docx_file, paragraph
from tests.readers.pdf_writer import PdfPage, pdf_file
from tests.support.geometry import width, wrap
from tests.support.grids import Grid, GridCell, Looks, table_sections, tables
from tests.support.truth import Truth, form


def parts_of(truth: Truth, looks: Looks | None = None) -> Iterator[str | Grid]:
    """Title, headings and paragraphs as texts, tables as grids, in the report's order."""
    looks = looks or Looks()
    grids = tables(truth, looks)
    by_title = {title: name for name, title in table_sections(truth.form).items()}
    yield truth.title
    for section in form(truth.form).sections:
        yield looks.label(truth.wording(section.title.terminal))
        if section.title.terminal in by_title:
            yield grids[by_title[section.title.terminal]]
        for _kind, text in truth.narrative.get(section.name, ()):
            yield text


# -- a page ------------------------------------------------------------------------------------------------------------

_CELL = 'style="border:1px solid #000;padding:0 7px;word-break:break-all"'
_SPAN = '<span style="font-size:14px;font-family:宋体">'


def html_page(truth: Truth, looks: Looks | None = None) -> str:
    """A page as agencies' sites serve it: a site's navigation, tables whose every cell carries its style."""
    body = "\n".join(
        html_table(part) if isinstance(part, Grid) else f'<p style="text-indent:2em">{_SPAN}{escape(part)}</span></p>'
        for part in parts_of(truth, looks)
    )
    links = "".join(f'<li><a href="/col/{number}/">栏目{number}</a></li>' for number in range(12))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(truth.title)}</title></head><body>'
        f'<div class="nav"><ul>{links}</ul></div><div class="article">\n{body}\n</div>'
        f'<div class="footer">版权所有：{escape(truth.agency)}</div></body></html>'
    )


def html_table(grid: Grid) -> str:
    rows = []
    for row in range(grid.height):
        cells = (
            f'<td {_CELL} rowspan="{cell.rows}" colspan="{cell.columns}"><p>{_SPAN}{escape(cell.text)}</span></p></td>'
            for cell in grid.cells
            if cell.row == row
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table style="border-collapse:collapse"><tbody>{"".join(rows)}</tbody></table>'


# -- a Word document ---------------------------------------------------------------------------------------------------


def word_file(truth: Truth, looks: Looks | None = None) -> bytes:
    """A Word document with merged cells."""
    return docx_file(
        "".join(
            word_table(part) if isinstance(part, Grid) else paragraph(escape(part)) for part in parts_of(truth, looks)
        )
    )


def word_table(grid: Grid) -> str:
    at = {(cell.row + down, cell.column): (cell, down) for cell in grid.cells for down in range(cell.rows)}
    rows = []
    for row in range(grid.height):
        cells = []
        for column in range(grid.width):
            cell, down = at.get((row, column), (None, 0))
            if cell is None:
                continue
            goes_on = "" if down else ' w:val="restart"'
            merge = f"<w:vMerge{goes_on}/>" if cell.rows > 1 else ""
            text = "" if down else escape(cell.text)
            cells.append(f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.columns}"/>{merge}</w:tcPr>{paragraph(text)}</w:tc>')
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = '<w:gridCol w:w="900"/>' * grid.width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


# -- a PDF -------------------------------------------------------------------------------------------------------------

_SIZE = 9.0
_HALF = _SIZE / 2
_LEADING = 13.0
_LEFT, _TOP, _BOTTOM = 50.0, 790.0, 60.0
_ROOM = 108
"""What a page is wide, in half-widths of a character."""

_WIDTHS = {4: (30, 26, 26, 26), 10: (6, 12, 27, 9, 9, 9, 9, 9, 9, 9)}


def pdf_document(truth: Truth, looks: Looks | None = None) -> bytes:
    """A PDF with ruled tables that go on over pages."""
    return pdf_file(pdf_pages(truth, looks))


def pdf_pages(truth: Truth, looks: Looks | None = None) -> list[PdfPage]:
    paper = _Paper()
    for part in parts_of(truth, looks):
        if isinstance(part, Grid):
            paper.draw(part)
        else:
            paper.write(part)
    return paper.pages


@attrs.define
class _Paper:
    """Pages that are filled from above to below."""

    pages: list[PdfPage] = attrs.field(factory=lambda: [PdfPage()])
    y: float = _TOP

    def room_for(self, height: float) -> None:
        if self.y - height < _BOTTOM:
            self.pages.append(PdfPage())
            self.y = _TOP

    def write(self, text: str) -> None:
        for line in wrap(text, _ROOM):
            self.room_for(_LEADING)
            self.y -= _LEADING
            self.pages[-1].text(_LEFT, self.y, line, _SIZE)

    def draw(self, grid: Grid) -> None:
        rooms = _WIDTHS.get(grid.width, (_ROOM // grid.width,) * grid.width)
        lines = {cell: wrap(cell.text, sum(rooms[cell.column : cell.column + cell.columns]) - 1) for cell in grid.cells}
        heights = _heights(grid, lines)
        start = 0
        while start < grid.height:
            self.room_for(heights[start])
            end = start + 1
            while end < grid.height and self.y - sum(heights[start : end + 1]) >= _BOTTOM:
                end += 1
            self._rows(grid, rooms, heights, lines, start, end)
            start = end
            if start < grid.height:
                self.room_for(_TOP)

    def _rows(
        self,
        grid: Grid,
        rooms: tuple[int, ...],
        heights: list[float],
        lines: dict[GridCell, list[str]],
        start: int,
        end: int,
    ) -> None:
        page, top = self.pages[-1], self.y
        for cell in grid.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rows, end)
            if first >= last:
                continue
            left = _LEFT + _HALF * sum(rooms[: cell.column])
            right = left + _HALF * sum(rooms[cell.column : cell.column + cell.columns])
            upper = top - sum(heights[start:first])
            lower = top - sum(heights[start:last])
            for ends in ((left, upper, right, upper), (left, lower, right, lower), (left, upper, left, lower)):
                page.line(*ends)
            page.line(right, upper, right, lower)
            if cell.row >= start:
                own = lines[cell]
                y = (upper + lower + _LEADING * len(own)) / 2 - _SIZE - 1
                for number, line in enumerate(own):
                    x = (left + right - _HALF * width(line)) / 2
                    page.text(x, y - number * _LEADING, line, _SIZE)
        self.y = top - sum(heights[start:end]) - _LEADING


def _heights(grid: Grid, lines: dict[GridCell, list[str]]) -> list[float]:
    counts = [1] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        missing = len(lines[cell]) - sum(counts[cell.row : cell.row + cell.rows])
        if missing > 0:
            counts[cell.row + cell.rows - 1] += missing
    return [count * _LEADING + 4 for count in counts]
