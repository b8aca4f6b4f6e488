"""Tears a table as PDF miners do: labels in blocks, and the numbers in the order of the pieces that the page was cut into."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from tests.support.grids import Grid, GridCell

LONG = 10
"""Tables with fewer rows of numbers stay whole."""

Rows = Sequence[Sequence[GridCell]]


def cut_up(grid: Grid, chance: random.Random) -> list[str]:
    """The table's lines, a cell each. Now and then a piece is out of order, which nobody could put right for certain."""
    values = [[cell for cell in grid.cells if cell.is_value and cell.row == row] for row in range(grid.height)]
    rows = [row for row in values if row]
    if len(rows) < LONG:
        return [cell.text for cell in grid.cells if cell.text]
    disorder = chance.choice((0.0, 0.0, 0.1, 0.3))
    ends = sorted({0, len(rows), *(_somewhere(len(rows), chance) for _page in range(chance.choice((0, 1, 1, 2))))})
    lines: list[str] = []
    printed = -1
    for start, end in pairwise(ends):
        page = rows[start:end]
        bottom = page[-1][0].row
        lines += [c.text for c in grid.cells if not c.is_value and c.text and printed < c.row <= bottom]
        lines += ["", *(cell.text for cell in cut(page, chance.randint(1, 6), disorder, chance) if cell.text), ""]
        printed = bottom
    return lines


def cut(rows: Rows, pieces: int, disorder: float, chance: random.Random) -> list[GridCell]:
    """The cells in the order of up to so many pieces, each of them read by rows or by columns."""
    height, width = len(rows), len(rows[0])
    if pieces < 2 or height < 2 or width < 2:
        by_columns = chance.random() < 0.7
        return [cell for line in (zip(*rows, strict=True) if by_columns else rows) for cell in line]
    if chance.random() < 0.5:
        at = _somewhere(height, chance)
        parts = [rows[:at], rows[at:]]
    else:
        at = chance.randint(1, width - 1)
        parts = [[row[:at] for row in rows], [row[at:] for row in rows]]
    done = [
        cut(part, share, disorder, chance)
        for part, share in zip(parts, (pieces // 2, pieces - pieces // 2), strict=True)
    ]
    sideways = len(parts[0][0]) < width
    if sideways and chance.random() < disorder:
        done.reverse()
    return [cell for part in done for cell in part]


def _somewhere(height: int, chance: random.Random) -> int:
    """Where a table is cut across: near its ends more often than not."""
    return min(max(chance.choice((1, 1, 2, height - 1, height - 2, chance.randint(1, height - 1))), 1), height - 1)
