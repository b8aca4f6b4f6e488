"""What is written in the cells of a ruled table, and the rows and columns whose rules are missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from attrs import define

from govdisclosure._flow import join_pieces
from govdisclosure._lattice import GridCell
from govdisclosure._page_text import Run, TextLine

WIDEST_PADDING = 11.0
"""Points left and right of a cell's text together; Word's are 10.8."""

SAME_HEIGHT = 3.0
"""Points by which the middles of figures in one row may differ."""

FIGURE = re.compile(
    r"[+\-−]?\d[\d,，.]*\s*(?:[万元件条项起例]{1,2})?\s*(?:[(（][^()（）]*[)）])?"
    r"|[-/—–－／]{1,2}|无|空|不适用"
)
"""A value as cells hold it: a figure with unit and note, or a sign that nothing is stated."""


@define(slots=True, eq=False)
class WrittenCell:
    cell: GridCell
    lines: list[TextLine]


def rows_within(row: Sequence[WrittenCell], xs: Sequence[float]) -> list[list[WrittenCell]]:
    """The rows that a row of the lattice holds: more than one where the rules between rows are missing."""
    whole = [part for written in row for part in _columns_within(written, xs)]
    heights = _figure_heights(whole)
    if len(heights) < 2:
        return [whole]
    cuts = [(above + below) / 2 for above, below in pairwise(heights)]
    rows: list[list[WrittenCell]] = [[] for _ in heights]
    for written in whole:
        left, top, right, bottom = written.cell.box
        edges = [top, *cuts, bottom]
        parts: list[list[TextLine]] = [[] for _ in heights]
        for line in written.lines:
            parts[bisect_right(cuts, line.middle)].append(line)
        for index, lines in enumerate(parts):
            box = (left, edges[index], right, edges[index + 1])
            cell = GridCell(written.cell.column, written.cell.row, written.cell.width, 1, box)
            rows[index].append(WrittenCell(cell, lines))
    return rows


def _figure_heights(row: Sequence[WrittenCell]) -> list[float]:
    """The heights at which figures stand, if two columns or more agree that there are several."""
    columns: list[list[float]] = []
    for written in row:
        lines = written.lines
        if not lines or not all(len(line.runs) == 1 and FIGURE.fullmatch(line.runs[0].text) for line in lines):
            continue
        left, _, right, _ = written.cell.box
        if any(_is_full(line, right - left) for line in lines[:-1]):
            return []
        columns.append([line.middle for line in lines])
    if sum(len(column) > 1 for column in columns) < 2:
        return []
    heights: list[float] = []
    for middle in sorted(middle for column in columns for middle in column):
        if not heights or middle - heights[-1] > SAME_HEIGHT:
            heights.append(middle)
    return heights


def _columns_within(written: WrittenCell, xs: Sequence[float]) -> list[WrittenCell]:
    """The cells of one that several columns share because the rules between them are missing in its row."""
    cell = written.cell
    if cell.width < 2 or len(written.lines) != 1:
        return [written]
    line = written.lines[0]
    first = next((index for index, run in enumerate(line.runs) if FIGURE.fullmatch(run.text)), len(line.runs))
    places: dict[int, Run] = {}
    for run in line.runs[first:]:
        place = bisect_right(xs, (run.left + run.right) / 2) - 1
        if not FIGURE.fullmatch(run.text) or place in places:
            return [written]
        places[place] = run
    if len(places) < 2:
        return [written]
    top, bottom = cell.box[1], cell.box[3]
    parts: list[WrittenCell] = []
    column = cell.column
    if first:
        column = min(places)
        if column == cell.column:
            return [written]
        label = GridCell(cell.column, cell.row, column - cell.column, 1, (cell.box[0], top, xs[column], bottom))
        parts.append(WrittenCell(label, [TextLine(line.runs[:first], line.top, line.bottom)]))
    for place in range(column, cell.column + cell.width):
        own = GridCell(place, cell.row, 1, 1, (xs[place], top, xs[place + 1], bottom))
        alone = places.get(place)
        parts.append(WrittenCell(own, [TextLine([alone], alone.top, alone.bottom)] if alone is not None else []))
    return parts


def cell_text(written: WrittenCell) -> str:
    """The text of a cell, its wrapped lines joined; a long figure that filled its line goes on in the next."""
    left, _, right, _ = written.cell.box
    pieces: list[str] = []
    before: TextLine | None = None
    for line in written.lines:
        text = join_pieces([run.text for run in line.runs])
        if before is not None and text[0].isdigit() and pieces[-1][-1].isdigit() and _is_full(before, right - left):
            pieces[-1] += text
        else:
            pieces.append(text)
        before = line
    return join_pieces(pieces)


EDGE = 0.25
"""A figure that comes nearer to its cell's edge than this (in points) may go on behind it."""


def reaches_beyond(written: WrittenCell) -> bool:
    """Whether a figure touches or crosses the edge of its cell: some of its digits may stand in the next one."""
    left, _, right, _ = written.cell.box
    runs = [run for line in written.lines for run in line.runs if FIGURE.fullmatch(run.text)]
    return any(run.left < left + EDGE or run.right > right - EDGE for run in runs)


def _is_full(line: TextLine, width: float) -> bool:
    """Whether another digit would not have fitted into the cell after this line."""
    wide = line.right - line.left
    digit = wide / max(1, sum(len(run.text) for run in line.runs))
    return wide > width / 2 and wide + digit + WIDEST_PADDING > width
