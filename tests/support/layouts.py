"""How tools print a table: a layout turns a grid into lines, the inverse of a repair that ``parse`` must make."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping

import attrs

from tests.support import geometry
from tests.support.grids import Covered, Grid
from tests.support.tearing import cut_up

Render = Callable[[Grid, random.Random], list[str]]


@attrs.frozen
class Layout:
    """A way of printing tables.

    ``keeps_blanks``: a careful reader sees which cells are blank. ``torn``: numbers are parted from their labels, so
    that doubt is right. ``markdown``: headings and emphasis are marked. ``wraps``: prose is broken into lines.
    ``one_line``: the whole report is one line. ``placed``: columns are told by the place of numbers alone.
    """

    name: str
    render: Render
    keeps_blanks: bool = True
    torn: bool = False
    markdown: bool = False
    wraps: bool = False
    one_line: bool = False
    placed: bool = False
    paged: bool = False


def _rows(covered: Covered, join: Callable[[list[str]], str]) -> Render:
    return lambda grid, _chance: [join(row) for row in grid.matrix(covered)]


def _tight(cells: Iterable[str]) -> list[str]:
    return [cell.strip() for cell in cells]


# -- a cell a line -----------------------------------------------------------------------------------------------------


def _cell_per_line(between: str = "", before: str = "") -> Render:
    def render(grid: Grid, _chance: random.Random) -> list[str]:
        cells = [cell for row in grid.matrix("none") for cell in row if cell.strip()]
        return [line for cell in cells for line in ((before + cell, between) if between else (before + cell,))]

    def blank_between(grid: Grid, chance: random.Random) -> list[str]:
        return [line.strip("\0") for line in render(grid, chance)]

    return blank_between if between == "\0" else render


def _empty_lines_kept(grid: Grid, _chance: random.Random) -> list[str]:
    return [cell for row in grid.matrix("none") for cell in row]


def _indented(grid: Grid, _chance: random.Random) -> list[str]:
    lines: list[str] = []
    for row in grid.matrix("none"):
        lines.extend(("", ""))
        lines.extend(f" {cell} " for cell in row if cell.strip())
    return lines


def _lone_bars(grid: Grid, _chance: random.Random) -> list[str]:
    return [line for row in grid.matrix("none") for line in ("|", *(part for cell in row for part in (cell, "|")))]


def _trailing_bars(grid: Grid, _chance: random.Random) -> list[str]:
    return [f"{cell} |" for row in grid.matrix("empty") for cell in row]


def _padded_bars(grid: Grid, _chance: random.Random) -> list[str]:
    return [line for row in grid.matrix("empty") for line in (*(f"| \n {cell}  " for cell in row), "|")]


def _lines_once(grid: Grid, _chance: random.Random) -> list[str]:
    """A crawler that keeps each line once."""
    return list(dict.fromkeys(cell for row in grid.matrix("none") for cell in row if cell.strip()))


# -- a row a line ------------------------------------------------------------------------------------------------------


def _gfm(grid: Grid, chance: random.Random) -> list[str]:
    rows = grid.matrix("empty")
    rooms = [max(3, *(geometry.width(row[column]) for row in rows)) for column in range(grid.width)]
    padded = chance.random() < 0.7
    lines = []
    for number, row in enumerate(rows):
        cells = [_padded(cell, room) if padded else cell for cell, room in zip(row, rooms, strict=True)]
        lines.append(f"| {' | '.join(cells)} |")
        if number == 0:
            lines.append("|" + "|".join("-" * (room + 2) if padded else "---" for room in rooms) + "|")
    return lines


def _ragged_markdown(grid: Grid, _chance: random.Random) -> list[str]:
    head = [f"| {' | '.join([''] * grid.width)} |", f"| {' | '.join(['---'] * grid.width)} |"]
    return head + [f"| {' | '.join(row)} |" for row in grid.matrix("rows_gone")]


def _html2text(grid: Grid, _chance: random.Random) -> list[str]:
    lines = [f"{'| '.join(row)}  " for row in grid.matrix("none")]
    first = len(grid.matrix("none")[0])
    return [lines[0], "|".join(["---"] * first) + "  ", *lines[1:]]


def _html2text_blanks(grid: Grid, _chance: random.Random) -> list[str]:
    """html2text gives a blank cell a line break of its own."""
    lines = [f"{'| '.join(cell or chr(0) for cell in row)}  " for row in grid.matrix("none")]
    return [part for line in lines for part in line.replace(" \0", "  \n").replace("\0", "  \n").split("\n")]


def _pandas(index: bool) -> Render:
    """What pandas prints of a table it has read: merged cells repeated, ``nan`` for a blank."""

    def render(grid: Grid, _chance: random.Random) -> list[str]:
        body = [[cell or "nan" for cell in row] for row in grid.matrix("repeat")]
        heads = [str(column) for column in range(grid.width)]
        rows = [["", *heads], *([str(number), *row] for number, row in enumerate(body))]
        if not index:
            rows = [row[1:] for row in rows]
        rooms = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = [f"| {' | '.join(_set(row, rooms, index))} |" for row in rows]
        rules = [":" + "-" * (room + 1) for room in rooms]
        if index:
            rules[0] = f"{rules[0][1:]}:"
        return [lines[0], f"|{'|'.join(rules)}|", *lines[1:]]

    return render


def _set(row: list[str], rooms: list[int], right: bool) -> list[str]:
    """Cells padded by the number of their characters, the first one on its left."""
    return [f"{cell:{'>' if right and not at else '<'}{rooms[at]}}" for at, cell in enumerate(row)]


def _padded(cell: str, room: int) -> str:
    return cell + " " * (room - geometry.width(cell))


def _glued_labels(grid: Grid, _chance: random.Random) -> list[str]:
    """The first number follows its label without a blank."""
    lines = []
    for row in range(grid.height):
        labels, values = _parts(grid, row)
        lines.append(" ".join([*labels[:-1], "".join([*labels[-1:], *values[:1]]), *values[1:]]))
    return lines


def _fused_rows(grid: Grid, _chance: random.Random) -> list[str]:
    """Nothing at all between the cells of a row."""
    return ["".join(row) for row in grid.matrix("none")]


def _delimited(delimiter: str, covered: Covered = "empty") -> Render:
    """Cells with a mark between them, and nothing done about the mark in a cell but what its brackets do."""
    return _rows(covered, delimiter.join)


def _slashes(grid: Grid, _chance: random.Random) -> list[str]:
    """Slashes between cells: a cell that is a slash itself would be two blank ones."""
    return ["/".join("—" if cell == "/" else cell for cell in row) for row in grid.matrix("none")]


def _csv(grid: Grid, _chance: random.Random) -> list[str]:
    """What ``csv`` writes, every cell quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(grid.matrix("empty"))
    return buffer.getvalue().splitlines()


def _lists(grid: Grid, _chance: random.Random) -> list[str]:
    """Rows printed as lists of Python, as scripts show what ``pdfplumber`` found: ``None`` for what a cell covers."""
    taken = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
        if (row, column) != (cell.row, cell.column)
    }
    return [
        repr([None if (row, column) in taken else text for column, text in enumerate(texts)])
        for row, texts in enumerate(grid.matrix("empty"))
    ]


def _tables_of_one_row(grid: Grid, _chance: random.Random) -> list[str]:
    """Every row a table with its own head, and table four in a table for each of its parts."""
    lines: list[str] = []
    for row in range(grid.height):
        labels, values = _parts(grid, row)
        if grid.width == 15 and values:
            heads = [cell.text for cell in grid.cells if cell.row == 1 and cell.columns == 1]
            names = [cell.text for cell in grid.cells if cell.columns == len(heads)]
            for at, name in enumerate(names):
                part = [cell.text for cell in grid.cells if cell.is_value][at * len(heads) : (at + 1) * len(heads)]
                lines.extend((f"### {name}", "", *_bars(heads, ["---"] * len(heads), part), ""))
        elif values and grid.width == 10:
            heads = ["类别", *(f"数据{number}" for number in range(1, len(values))), "总计"]
            lines.extend((*_bars(heads, ["---"] * len(heads), [labels[-1], *values]), ""))
        elif grid.width != 15:
            lines.extend((*_bars([*labels, *values]), ""))
    return lines


def _parts(grid: Grid, row: int) -> tuple[list[str], list[str]]:
    """The labels of a row, and its values where it has any but blank ones."""
    cells = [cell for cell in grid.cells if cell.row == row]
    return [cell.text for cell in cells if not cell.is_value], [cell.text for cell in cells if cell.is_value]


def _bars(*rows: list[str]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in rows]


# -- drawn tables ------------------------------------------------------------------------------------------------------


def _drawn(corner: str, across: str, down: str, every: bool = True, outer: bool = True) -> Render:
    """Cells wrapped within drawn rules: reStructuredText, w3m, antiword, box-drawing characters."""

    def render(grid: Grid, chance: random.Random) -> list[str]:
        rows = grid.matrix("empty")
        most = chance.choice((16, 24, 40))
        wrapped = [[geometry.wrap(cell, most) or [""] for cell in row] for row in rows]
        rooms = [
            max(4, *(geometry.width(line) for row in wrapped for line in row[column])) for column in range(grid.width)
        ]
        rule = corner + corner.join(across * ((room + 2) // geometry.width(across)) for room in rooms) + corner
        lines = [rule] if outer else []
        for number, row in enumerate(wrapped):
            for part in range(max(map(len, row))):
                cells = [cell[part] if part < len(cell) else "" for cell in row]
                inner = f" {down} ".join(_padded(cell, room) for cell, room in zip(cells, rooms, strict=True))
                lines.append(f"{down} {inner} {down}")
            if every and number < len(wrapped) - 1:
                lines.append(rule)
        return [*lines, rule] if outer else lines

    return render


def _dashed(measure: Callable[[str], int]) -> Render:
    """Columns at fixed places under a dashed line, a blank line between rows: multiline tables of pandoc.

    What is a place differs between tools: they count characters, or the width of each.
    """

    def render(grid: Grid, _chance: random.Random) -> list[str]:
        rows = grid.matrix("empty")
        rooms = [max(4, *(measure(row[column]) for row in rows)) + 2 for column in range(grid.width)]
        full = "  " + "-" * (sum(rooms) + len(rooms) - 1)
        lines = [full]
        for number, row in enumerate(rows):
            cells = (cell + " " * (room - measure(cell)) for cell, room in zip(row, rooms, strict=True))
            lines.append(f"  {' '.join(cells)}".rstrip())
            lines.append("  " + " ".join("-" * room for room in rooms) if number == 0 else "")
        return [*lines[:-1], full]

    return render


# -- pages -------------------------------------------------------------------------------------------------------------


def _page(reader: Callable[[geometry.Page], list[str]], narrow: bool, spaced: bool = False) -> Render:
    def render(grid: Grid, chance: random.Random) -> list[str]:
        page = geometry.typeset(grid, geometry.rooms_for(grid, chance, narrow), chance, spaced)
        return reader(page)

    return render


def _wrapped_cells(numbers_join: str, after: bool = False) -> Render:
    """Cells in reading order with their lines; a row's numbers joined, on the label's last line if ``after``."""

    def render(grid: Grid, chance: random.Random) -> list[str]:
        rooms = geometry.rooms_for(grid, chance, narrow=True)
        lines: list[str] = []
        for row in range(grid.height):
            cells = [cell for cell in grid.cells if cell.row == row]
            for cell in cells:
                if not cell.is_value:
                    room = sum(rooms[cell.column : cell.column + cell.columns]) + cell.columns - 1
                    lines.extend(geometry.wrap(cell.text, room))
            values = [cell.text for cell in cells if cell.is_value and cell.text]
            if values:
                tail = numbers_join.join(values)
                if after:
                    lines[-1:] = (
                        [f"{lines[-1]} {tail}"] if lines and any(not c.is_value for c in cells) else [*lines[-1:], tail]
                    )
                else:
                    lines.extend(tail.split("\n"))
        return lines

    return render


def _labels_then_numbers(grid: Grid, _chance: random.Random) -> list[str]:
    """The labels from above to below, then the numbers row by row."""
    labels = [cell.text for cell in grid.cells if not cell.is_value and cell.text]
    rows = [[cell.text for cell in grid.cells if cell.is_value and cell.row == row] for row in range(grid.height)]
    return [*labels, "", *(line for row in rows if row for value in row if value for line in (value, ""))]


def _column_wise(grid: Grid, _chance: random.Random) -> list[str]:
    """The labels, then the numbers column by column, as PDF miners give them."""
    labels = [cell.text for cell in grid.cells if not cell.is_value and cell.text]
    columns = [[c.text for c in grid.cells if c.is_value and c.column == column] for column in range(grid.width)]
    return [*labels, "", *(line for column in columns if column for line in (*filter(None, column), ""))]


def _markup(grid: Grid, _chance: random.Random) -> list[str]:
    """A table of HTML within Markdown, as pandoc leaves one that Markdown can't draw."""
    lines = ["<table>", "<tbody>"]
    for row in range(grid.height):
        lines.append("<tr>")
        for cell in (cell for cell in grid.cells if cell.row == row):
            spans = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
            lines.append(f"<td{spans}>{cell.text}</td>")
        lines.append("</tr>")
    return [*lines, "</tbody>", "</table>"]


LAYOUTS: Mapping[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("cell_per_line", _cell_per_line(), keeps_blanks=False),
        Layout("blank_line_between", _cell_per_line("\0"), keeps_blanks=False),
        Layout("indented_cells", _indented, keeps_blanks=False),
        Layout("empty_lines_kept", _empty_lines_kept, keeps_blanks=False),
        Layout("lone_bars", _lone_bars),
        Layout("trailing_bars", _trailing_bars),
        Layout("padded_bars", _padded_bars),
        Layout("inner_bars", _rows("none", lambda row: f"{' | '.join(row)} |")),
        Layout("bars_empty", _rows("empty", lambda row: f"| {' | '.join(row)} | ")),
        Layout("gfm", _gfm, markdown=True),
        Layout("ragged_markdown", _ragged_markdown, markdown=True),
        Layout("html2text", _html2text, markdown=True),
        Layout("html2text_blanks", _html2text_blanks, markdown=True),
        Layout("pandas", _pandas(index=True)),
        Layout("pandas_without_index", _pandas(index=False)),
        Layout("tabs_empty", _rows("empty", "\t".join)),
        Layout("tabs_anchors", _rows("none", "\t".join)),
        Layout("tabs_repeated", _rows("repeat", "\t".join)),
        Layout("tabs_leading", _rows("rows_gone", lambda row: "\t" + "\t".join(row))),
        Layout("tabs_stripped", _rows("empty", lambda row: "\t".join(row).rstrip()), keeps_blanks=False),
        Layout("tabs_quoted", _rows("empty", lambda row: "\t".join(f'"{cell}"' for cell in row))),
        Layout("comma_separated", _rows("empty", lambda row: ",".join(f'"{c}"' if "," in c else c for c in row))),
        Layout("csv_quoted", _csv),
        Layout("semicolons", _delimited(";")),
        Layout("semicolons_anchors", _delimited("; ", "none")),
        Layout("full_width_commas", _delimited("，")),
        Layout("slashes", _slashes),
        Layout("arrows", _delimited(" → ", "none")),
        Layout("colons", _delimited("：", "none")),
        Layout("lists", _lists),
        Layout("single_blanks", _rows("none", lambda row: " ".join(filter(None, _tight(row)))), keeps_blanks=False),
        Layout("grid_rst", _drawn("+", "-", "|")),
        Layout("box_drawing", _drawn("┼", "─", "│")),
        Layout("antiword", _drawn("|", " ", "|", every=False, outer=False)),
        Layout("org_mode", _drawn("+", "-", "|", every=False)),
        Layout("dashed_columns", _dashed(geometry.narrow_width), placed=True, markdown=True),
        Layout("dashed_columns_wide", _dashed(geometry.width), placed=True, markdown=True),
        Layout("dashed_columns_counted", _dashed(len), placed=True, markdown=True),
        Layout("markup", _markup, markdown=True),
        Layout("columns_wide", _page(geometry.columns_of, narrow=False), placed=True, wraps=True, paged=True),
        Layout("columns_narrow", _page(geometry.columns_of, narrow=True), placed=True, wraps=True, paged=True),
        Layout(
            "columns_spaced", _page(geometry.columns_of, narrow=True, spaced=True), placed=True, wraps=True, paged=True
        ),
        Layout(
            "pdf_columns_wide", _page(geometry.counted_columns_of, narrow=False), placed=True, wraps=True, paged=True
        ),
        Layout(
            "pdf_columns_narrow", _page(geometry.counted_columns_of, narrow=True), placed=True, wraps=True, paged=True
        ),
        Layout(
            "pdf_columns_spaced",
            _page(geometry.counted_columns_of, True, spaced=True),
            placed=True,
            wraps=True,
            paged=True,
        ),
        Layout("words_narrow", _page(geometry.words_of, narrow=True), keeps_blanks=False, wraps=True, paged=True),
        Layout("words_wide", _page(geometry.words_of, narrow=False), keeps_blanks=False, wraps=True, paged=True),
        Layout("wrapped_lines", _wrapped_cells("\n"), keeps_blanks=False, wraps=True, paged=True),
        Layout("wrapped_rows", _wrapped_cells(" "), keeps_blanks=False, wraps=True, paged=True),
        Layout("wrapped_tails", _wrapped_cells(" ", after=True), keeps_blanks=False, wraps=True, paged=True),
        Layout("glued_labels", _glued_labels, keeps_blanks=False),
        Layout("fused_rows", _fused_rows, keeps_blanks=False, torn=True),
        Layout("lines_once", _lines_once, keeps_blanks=False, torn=True),
        Layout("tables_of_one_row", _tables_of_one_row, markdown=True),
        Layout("one_line", _cell_per_line(), keeps_blanks=False, one_line=True),
        Layout("labels_then_numbers", _labels_then_numbers, keeps_blanks=False, torn=True, wraps=True, paged=True),
        Layout("column_wise", _column_wise, keeps_blanks=False, torn=True, wraps=True, paged=True),
    )
}
"""Every layout by its name."""

CUT_UP = Layout("cut_up", cut_up, keeps_blanks=False, torn=True, wraps=True, paged=True)
"""Table three in the pieces of a page (``tearing``); it has properties of its own."""
