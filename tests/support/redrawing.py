"""Tables drawn otherwise than the form has them: rows as columns, labels behind their values, lines out of order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping

import attrs

from tests.support.grids import Grid, GridCell

Redraw = Callable[[Grid, random.Random], Grid]


def _drawn(cells: Iterable[GridCell], height: int, width: int) -> Grid:
    """A grid of these cells, with empty ones where there are none."""
    known = list(cells)
    covered = {
        (row, column)
        for cell in known
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    free = [
        GridCell("", row, column) for row in range(height) for column in range(width) if (row, column) not in covered
    ]
    return Grid(tuple(sorted([*known, *free], key=lambda cell: (cell.row, cell.column))), height, width)


def _rows_as_columns(grid: Grid, _chance: random.Random) -> Grid:
    turned = (
        attrs.evolve(cell, row=cell.column, column=cell.row, rows=cell.columns, columns=cell.rows)
        for cell in grid.cells
    )
    return _drawn(turned, grid.width, grid.height)


def _last_row_first(grid: Grid, _chance: random.Random) -> Grid:
    moved = (attrs.evolve(cell, row=grid.height - cell.row - cell.rows) for cell in grid.cells)
    return _drawn(moved, grid.height, grid.width)


def _labels_behind_values(grid: Grid, _chance: random.Random) -> Grid:
    first = min(cell.column for cell in grid.cells if cell.is_value)
    if any(cell.column < first < cell.column + cell.columns for cell in grid.cells):
        return grid
    labels = grid.width - first
    moved = (
        attrs.evolve(cell, column=cell.column - first if cell.column >= first else cell.column + labels)
        for cell in grid.cells
    )
    return _drawn(moved, grid.height, grid.width)


def _lines_change_places(grid: Grid, chance: random.Random) -> Grid:
    """Lines that no merged cell ties to others change places with the next."""
    tied = {row for cell in grid.cells if cell.rows > 1 for row in range(cell.row, cell.row + cell.rows)}
    order = list(range(grid.height))
    for row in range(grid.height - 1):
        if row not in tied and row + 1 not in tied and chance.random() < 0.5:
            order[row], order[row + 1] = order[row + 1], order[row]
    place = {row: at for at, row in enumerate(order)}
    moved = (cell if cell.row in tied else attrs.evolve(cell, row=place[cell.row]) for cell in grid.cells)
    return _drawn(moved, grid.height, grid.width)


def _empty_column(grid: Grid, chance: random.Random) -> Grid:
    at = chance.randrange(1, grid.width)
    moved = (
        attrs.evolve(
            cell,
            column=cell.column + (cell.column >= at),
            columns=cell.columns + (cell.column < at < cell.column + cell.columns),
        )
        for cell in grid.cells
    )
    return _drawn(moved, grid.height, grid.width + 1)


def _numbered_columns(grid: Grid, _chance: random.Random) -> Grid:
    numbers = [GridCell(str(column + 1), 0, column) for column in range(grid.width)]
    moved = [attrs.evolve(cell, row=cell.row + 1) for cell in grid.cells]
    return _drawn(numbers + moved, grid.height + 1, grid.width)


def _column_lost(grid: Grid, chance: random.Random) -> Grid:
    lost = chance.randrange(grid.width)
    kept = (
        attrs.evolve(
            cell,
            column=cell.column - (cell.column > lost),
            columns=cell.columns - (cell.columns > 1 and cell.column <= lost < cell.column + cell.columns),
        )
        for cell in grid.cells
        if cell.column != lost or cell.columns > 1
    )
    return _drawn(kept, grid.height, grid.width - 1)


def _row_lost(grid: Grid, chance: random.Random) -> Grid:
    return _rows_as_columns(_column_lost(_rows_as_columns(grid, chance), chance), chance)


def _shares_behind(grid: Grid, chance: random.Random) -> Grid:
    rows = {cell.row for cell in grid.cells if cell.is_value}
    shares = [GridCell(f"{chance.randrange(100)}%", row, grid.width) for row in sorted(rows)]
    return _drawn([*grid.cells, *shares], grid.height, grid.width + 1)


REDRAWINGS: Mapping[str, Redraw] = {
    "rows_as_columns": _rows_as_columns,
    "last_row_first": _last_row_first,
    "labels_behind_values": _labels_behind_values,
    "lines_change_places": _lines_change_places,
    "empty_column": _empty_column,
    "numbered_columns": _numbered_columns,
    "column_lost": _column_lost,
    "row_lost": _row_lost,
    "shares_behind": _shares_behind,
}
