"""Invented reports as HTML, Word and PDF files, their tables with merged cells as the official form draws them."""

from __future__ import annotations

from html import escape

from tests.readers.docx_writer import docx_file, paragraph
from tests.readers.pdf_writer import PdfPage, pdf_file
from tests.support.grids import Grid, Looks, table_sections, tables
from tests.support.truth import Truth, form

Part = str | Grid


def parts(truth: Truth) -> list[Part]:
    """The report's paragraphs and tables in order."""
    grids = tables(truth, Looks())
    by_title = {title: name for name, title in table_sections(truth.form).items()}
    found: list[Part] = [truth.title]
    for section in form(truth.form).sections:
        title = section.title.terminal
        found.append(truth.wording(title))
        if title in by_title:
            found.append(grids[by_title[title]])
        found.extend(text for _kind, text in truth.narrative.get(section.name, ()))
    return found


def as_html(truth: Truth) -> str:
    body = "\n".join(_html_table(part) if isinstance(part, Grid) else f"<p>{escape(part)}</p>" for part in parts(truth))
    return f"<!DOCTYPE html><html><head><title>{escape(truth.title)}</title></head><body>\n{body}\n</body></html>\n"


def _html_table(grid: Grid) -> str:
    rows = []
    for row in range(grid.height):
        cells = (cell for cell in grid.cells if cell.row == row)
        rows.append(
            "<tr>"
            + "".join(
                f"<td{f' rowspan={cell.rows}' * (cell.rows > 1)}{f' colspan={cell.columns}' * (cell.columns > 1)}>"
                f"{escape(cell.text)}</td>"
                for cell in cells
            )
            + "</tr>"
        )
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def as_docx(truth: Truth) -> bytes:
    return docx_file(
        "".join(_docx_table(part) if isinstance(part, Grid) else paragraph(escape(part)) for part in parts(truth))
    )


def _docx_table(grid: Grid) -> str:
    """Cells over several rows stand in each of them, as Word has it (``vMerge``)."""
    columns = "".join('<w:gridCol w:w="800"/>' for _column in range(grid.width))
    rows = []
    for row in range(grid.height):
        cells = []
        for cell in sorted(grid.cells, key=lambda cell: cell.column):
            if not cell.row <= row < cell.row + cell.rows:
                continue
            span = f'<w:gridSpan w:val="{cell.columns}"/>' * (cell.columns > 1)
            merge = ("<w:vMerge/>" if row > cell.row else '<w:vMerge w:val="restart"/>') * (cell.rows > 1)
            text = cell.text if row == cell.row else ""
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraph(escape(text))}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


LEFT, TOP, WIDE, TALL = 30.0, 800.0, 535.0, 22.0


def as_pdf(truth: Truth, *, ruled: bool = True) -> bytes:
    pages = [PdfPage()]
    y = TOP
    for part in parts(truth):
        lines = part.height if isinstance(part, Grid) else len(part) // 50 + 1
        if y - lines * TALL < 30 and y < TOP:
            pages.append(PdfPage())
            y = TOP
        if isinstance(part, Grid):
            _pdf_table(pages[-1], part, y, ruled)
        else:
            for at in range(lines):
                pages[-1].text(LEFT, y - 14 - at * TALL, part[at * 50 : at * 50 + 50])
        y -= lines * TALL
    return pdf_file(pages)


def _pdf_table(page: PdfPage, grid: Grid, top: float, ruled: bool) -> None:
    width = WIDE / grid.width
    for cell in grid.cells:
        x, y = LEFT + cell.column * width, top - cell.row * TALL
        if ruled:
            page.frame(x, y - cell.rows * TALL, cell.columns * width, cell.rows * TALL)
        a_line = max(1, int(cell.columns * width / 6) - 1)
        for at in range(0, len(cell.text), a_line):
            page.text(x + 1, y - 7 - 7 * (at // a_line), cell.text[at : at + a_line], size=6)
