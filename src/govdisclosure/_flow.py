"""A walk over nested mark-up, gathered as paragraphs and grids, and these as a document's lines.

HTML and Word nest alike: paragraphs and tables, tables in cells of tables. Which table is a grid and which one only
lays out the page is known when it is closed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from attrs import define, field

from govdisclosure import _limits as limits
from govdisclosure._source import Document, Fragment, Line

LONGEST_CELL = 400
"""Characters of a cell with several paragraphs, above which it holds a page's text and no value."""

WIDEST_TRUSTED_SPAN = 50
"""Wider spans are written to mean "to the end of the table"."""

_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EDGES = " \t\r\n\f\v\xa0\u3000\u200b\ufeff"


@define(slots=True, eq=False)
class _Cell:
    column: int
    width: int
    blocks: list[str | _Table] = field(factory=list)
    length: int = 0
    holds_table: bool = False

    @property
    def lays_out(self) -> bool:
        return self.holds_table or (self.length > LONGEST_CELL and len(self.blocks) > 1)


@define(slots=True, eq=False)
class _Row:
    number: int
    cells: list[_Cell] = field(factory=list)
    next_column: int = 0


@define(slots=True, eq=False)
class _Table:
    rows: list[_Row] = field(factory=list)
    occupied_until: list[int] = field(factory=list)
    outer: list[str | _Table] = field(factory=list)
    cell: _Cell | None = None
    row: _Row | None = None
    row_count: int = 0


class Flow:
    """Takes the events of a walk; ``document`` gives the lines.

    ``normalise`` turns the joined pieces of a paragraph into its text.
    """

    def __init__(self, normalise: Callable[[str], str]) -> None:
        self._normalise = normalise
        self._top: list[str | _Table] = []
        self._blocks = self._top
        self._pending: list[str] = []
        self._tables: list[_Table] = []

    # -- paragraphs ---------------------------------------------------------------------------------------------------

    def text(self, text: str) -> None:
        self._pending.append(text)

    def end_paragraph(self) -> None:
        if self._pending:
            text = self._normalise("".join(self._pending))
            self._pending = []
            if text:
                self._blocks.append(text)
                if self._tables and self._tables[-1].cell is not None:
                    self._tables[-1].cell.length += len(text)

    def end_line(self) -> None:
        """End a line that is to be kept as it is, blank ones too where they part rows drawn with blanks."""
        text = "".join(self._pending).rstrip()
        self._pending = []
        if text or not self._tables:
            self._blocks.append(text)
            if self._tables and self._tables[-1].cell is not None:
                self._tables[-1].cell.length += len(text)

    def begin_aside(self) -> list[str]:
        """Set the paragraph being gathered aside, for a text box within it; pass the result to ``end_aside``."""
        pending, self._pending = self._pending, []
        return pending

    def end_aside(self, pending: list[str]) -> None:
        self.end_paragraph()
        self._pending = pending

    # -- tables -------------------------------------------------------------------------------------------------------

    def begin_table(self) -> None:
        self.end_paragraph()
        self._tables.append(_Table(outer=self._blocks))

    def begin_row(self) -> None:
        table = self._tables[-1]
        table.row = _Row(table.row_count + 1)
        table.row_count += 1
        table.rows.append(table.row)

    def begin_cell(self, width: int, height: int) -> None:
        """A cell at the row's next free column, as HTML places it. It fills ``height`` rows (0: all that follow)."""
        table = self._tables[-1]
        if table.row is None:
            self.begin_row()
        row = table.row
        assert row is not None
        occupied = table.occupied_until
        column = row.next_column
        while column < len(occupied) and occupied[column] > row.number:
            column += 1
        if column >= limits.MAXIMUM_COLUMNS:
            raise limits.exceeded("MAXIMUM_COLUMNS", f"A table has more than {limits.MAXIMUM_COLUMNS} columns.")
        width = max(1, min(width, limits.MAXIMUM_COLUMNS - column))
        if height != 1:
            if len(occupied) < column + width:
                occupied.extend([0] * (column + width - len(occupied)))
            until = row.number + height if height > 1 else 1 << 60
            occupied[column : column + width] = [until] * width
        row.next_column = column + width
        self.place_cell(column, width)

    def place_cell(self, column: int, width: int) -> None:
        """A cell at a known column, as Word places it."""
        table = self._tables[-1]
        self.end_paragraph()
        if table.row is None:
            self.begin_row()
        assert table.row is not None
        table.cell = _Cell(column, width)
        table.row.cells.append(table.cell)
        self._blocks = table.cell.blocks

    def end_cell(self) -> None:
        table = self._tables[-1]
        self.end_paragraph()
        table.cell = None
        self._blocks = table.outer

    def cell_is_empty(self) -> bool:
        """Whether the cell just ended holds nothing."""
        row = self._tables[-1].row
        return row is not None and bool(row.cells) and not row.cells[-1].blocks

    def drop_cell(self) -> None:
        """Leave out the cell just ended: a covered one, or one that was deleted."""
        row = self._tables[-1].row
        if row is not None and row.cells:
            row.cells.pop()

    def drop_row(self) -> None:
        """Leave out the row just ended, which was deleted."""
        table = self._tables[-1]
        if table.rows:
            table.rows.pop()
            table.row_count -= 1

    def end_row(self) -> None:
        self._tables[-1].row = None

    def end_table(self) -> None:
        self.end_paragraph()
        table = self._tables.pop()
        self._blocks = table.outer
        self._blocks.append(table)
        if self._tables and self._tables[-1].cell is not None:
            cell = self._tables[-1].cell
            cells = sum(len(row.cells) for row in table.rows)
            if cells > 1:
                cell.holds_table = True
            elif cells == 1:
                inner = next(row.cells[0] for row in table.rows if row.cells)
                cell.length += inner.length
                cell.holds_table = cell.holds_table or inner.lays_out

    # -- lines --------------------------------------------------------------------------------------------------------

    def document(self, segment_text: Callable[[str], Document]) -> Document:
        """The lines: a ruled one for each row of a grid, and what ``segment_text`` makes of the paragraphs between."""
        self.end_paragraph()
        lines: list[Line] = []
        prose: list[str] = []
        numbers: dict[int, int] = {}
        for item in _in_order(self._top):
            if isinstance(item, str):
                prose.append(item)
                continue
            table, row = item
            _add_prose(lines, prose, segment_text)
            number = numbers.setdefault(id(table), len(numbers) + 1)
            lines.append(_row_line(row, len(lines) + 1, number))
            if len(lines) > limits.MAXIMUM_LINES:
                raise limits.exceeded("MAXIMUM_LINES", f"The source has more than {limits.MAXIMUM_LINES:,} rows.")
        _add_prose(lines, prose, segment_text)
        return Document(lines)


def _add_prose(lines: list[Line], prose: list[str], segment_text: Callable[[str], Document]) -> None:
    before = len(lines)
    for line in segment_text("\n".join(prose)).lines if prose else ():
        line.number += before
        if line.end_number is not None:
            line.end_number += before
        for fragment in line.fragments:
            if fragment.printed is not None:
                fragment.printed.number += before
        lines.append(line)
    prose.clear()


def _in_order(blocks: list[str | _Table]) -> Iterator[str | tuple[_Table, _Row]]:
    """Paragraphs and grid rows in the order of the source; without recursion, however deep tables nest."""
    waiting: list[Iterator[str | _Table | tuple[_Table, _Row]]] = [iter(blocks)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, _Table):
            waiting.append(_opened(item))
        else:
            yield item


def _opened(table: _Table) -> Iterator[str | _Table | tuple[_Table, _Row]]:
    """A table's grid rows, and the contents of the cells that only lay out a page."""
    _trim_spans(table)
    cells = [cell for row in table.rows for cell in row.cells]
    columns = max((cell.column + cell.width for cell in cells), default=0)
    is_grid = columns > 1 and len(cells) > 1 and not any(cell.lays_out for cell in cells)
    for row in table.rows:
        if is_grid or (len(row.cells) > 1 and not any(cell.lays_out for cell in row.cells)):
            if any(cell.blocks for cell in row.cells):
                yield table, row
        else:
            for cell in row.cells:
                yield from cell.blocks


def _trim_spans(table: _Table) -> None:
    trusted = [cell for row in table.rows for cell in row.cells if cell.width <= WIDEST_TRUSTED_SPAN]
    end = max((cell.column + cell.width for cell in trusted), default=1)
    for row in table.rows:
        for cell in row.cells:
            if cell.width > WIDEST_TRUSTED_SPAN:
                cell.width = max(1, end - cell.column)


def _row_line(row: _Row, number: int, table: int) -> Line:
    line = Line(number, "", ruled=True, table=table, row=row.number)
    for cell in row.cells:
        line.fragments.append(Fragment(_cell_text(cell), line, cell.column, cell.width))
    line.text = "\t".join(fragment.text for fragment in line.fragments)
    return line


def _cell_text(cell: _Cell) -> str:
    pieces: list[str] = []
    waiting: list[Iterator[str | _Table]] = [iter(cell.blocks)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, str):
            pieces.append(item)
        else:
            waiting.append(block for row in item.rows for inner in row.cells for block in inner.blocks)
    return join_pieces(pieces)


def join_pieces(pieces: list[str]) -> str:
    """The lines of a cell as one text: no blank beside a Chinese character, a line end between two numbers.

    Two numbers one below the other may be one that was wrapped or two; the line end keeps that to be seen.
    """
    joined: list[str] = []
    for piece in pieces:
        if joined:
            last, first = joined[-1][-1], piece[0]
            if last.isdigit() and first.isdigit():
                joined.append("\n")
            elif last.isascii() and first.isascii() and last.isalnum() and first.isalnum():
                joined.append(" ")
        joined.append(piece)
    return "".join(joined)


def collapse_blanks(text: str) -> str:
    """White space as a browser shows it, but none where a source line merely ends between Chinese characters."""
    text = text.strip(_EDGES)
    return _BLANKS.sub(_collapsed, text) if _BLANKS.search(text) else text


def _collapsed(match: re.Match[str]) -> str:
    if "\n" in match.group() or "\r" in match.group():
        text = match.string
        if text[match.start() - 1] >= "\u2e80" and text[match.end()] >= "\u2e80":
            return ""
    return " "
