"""What every reader hands to the layout stage: a document as lines of fragments, each with its place.

Text gives lines as they stand. A table read as a grid (HTML, Word, ruled PDF) gives one *ruled* line per row, its
cells in the order of the grid's columns, covered cells left out, empty ones kept.
"""

from __future__ import annotations

import datetime

from attrs import define, field

from govdisclosure.records import Span


@define(slots=True, eq=False)
class Fragment:
    """A piece of a line: a cell of a ruled line, or a run of characters between gaps of a plain one.

    ``column`` is where it begins in the line's text (from 0), or the grid column of a cell. ``box`` is set by readers
    of pages. ``width`` is how many grid columns the cell covers. ``printed`` is the line it stands on where a ruled
    line was put together from several. ``cut``: some of its characters may stand in a neighbouring cell.
    """

    text: str
    line: Line
    column: int
    width: int = 1
    box: tuple[float, float, float, float] | None = None
    printed: Line | None = None
    cut: bool = False

    def span(self) -> Span:
        line = self.printed or self.line
        if line.page is None and line.table is None:
            return Span(self.text, line.number, self.column + 1)
        return line.span_of(self)


@define(slots=True, eq=False)
class Line:
    """One line of text or one row of a grid.

    ``ruled`` lines know their empty cells; plain ones don't. ``number`` counts lines of the source (text) or blocks
    (other formats) from 1. ``table`` and ``row`` are set for rows of a true grid; lines of one table share ``table``.
    """

    number: int
    text: str
    ruled: bool = False
    fragments: list[Fragment] = field(factory=list)
    table: int | None = None
    row: int | None = None
    page: int | None = None
    starts_page: bool = False
    end_number: int | None = None
    cut_by_place: bool = False
    """Its cells were cut where the table's columns begin: a shifted number falls into the wrong cell."""

    def span_of(self, fragment: Fragment) -> Span:
        if self.page is not None:
            return Span(
                text=fragment.text,
                page=self.page,
                box=fragment.box,
                table=self.table,
                row=self.row,
                column=fragment.column + 1 if self.table is not None else None,
            )
        if self.table is not None:
            return Span(text=fragment.text, table=self.table, row=self.row, column=fragment.column + 1)
        return Span(fragment.text, self.number, fragment.column + 1)

    def span(self) -> Span:
        if self.page is not None or self.table is not None:
            return Span(text=self.text, table=self.table, row=self.row, page=self.page)
        return Span(text=self.text, line=self.number, column=1)

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@define(slots=True, eq=False)
class Document:
    """A source after reading: its lines, and what the page around it says of the publication."""

    lines: list[Line]
    published: datetime.date | None = None
    publisher: str | None = None
    title: str | None = None
    notes: list[tuple[str, str]] = field(factory=list)
