"""Columns of rows with empty cells whose cells are drawn, told by the other rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from govdisclosure._arithmetic import blocks_of
from govdisclosure._atoms import Atom
from govdisclosure._rows import RowReading, RuledCells

AGREEMENT = 0.85
"""The share of a table's ruled rows that a way of counting columns must fit before it is trusted."""


def place_by_cells(rows: Sequence[RowReading], last_line: int) -> None:
    """Settle rows whose empty cells are drawn, if counting cells from some edge gives the same columns everywhere.

    Columns may be counted from the line's start, from the label, or from the line's end. Extractors that lose covered
    cells shift rows against each other; then no count fits all rows, and none is trusted. The document's last line
    may have been cut, and is left alone.
    """
    ruled = [row for row in rows if row.ruled is not None and row.ruled.atoms[-1].line < last_line]
    if all(row.settled for row in ruled):
        return
    trusted: dict[Frame, int] = {}
    starts = _starts(ruled)
    for frame in (_from_start, _from_label, _from_end):
        offset = _offset(frame, starts)
        if offset is not None and _is_trusted(frame, offset, ruled):
            trusted[frame] = offset
    shortest = _shortest_full(ruled)
    for row in ruled:
        if row.settled or (row.ruled is not None and row.ruled.length < shortest.get(row.width, 0)):
            continue  # one that is shorter than all full rows may have lost a cell
        found = [_cells(frame, offset, row) for frame, offset in trusted.items()]
        placements = {tuple(map(id, cells)): cells for cells in found if cells is not None}
        if len(placements) == 1:
            (cells,) = placements.values()
            if not (row.width in shortest or _ends_the_row(cells, row, ruled)):
                continue
            row.settle(cells)
            row.settled = is_credible(row) and (_has_total(row) or not cells[0].fragment.line.cut_by_place)


def _shortest_full(rows: Sequence[RowReading]) -> dict[int, int]:
    """By the number of columns: how many cells the shortest line of a full row has."""
    shortest: dict[int, int] = {}
    for row in rows:
        if row.ruled is not None and len(row.values) == row.width:
            shortest[row.width] = min(row.ruled.length, shortest.get(row.width, row.ruled.length))
    return shortest


def _ends_the_row(cells: Sequence[Atom], row: RowReading, rows: Sequence[RowReading]) -> bool:
    """Whether cells end where their row does; if not, an empty column may stand among them, unless a full row tells."""
    assert row.ruled is not None
    widest = max(r.width for r in rows)
    return row.width < widest or cells[-1] is row.ruled.atoms[-1]


def _has_total(row: RowReading) -> bool:
    """Whether a row that may have lost a cell holds the total that would tell, if the form has one."""
    return all(
        atom is not None and atom.is_value for _, end in blocks_of(row.form_row) for atom in [row.slots[end - 1]]
    )


def is_credible(row: RowReading) -> bool:
    """Whether a row with empty cells can be as it was placed: it adds up, and no two numbers were run together."""
    if any(atom.reading is not None and atom.reading.remark == "leading zero" for atom in row.values):
        return False
    if any(character.isdigit() for atom in row.foreign for character in atom.fragment.text):
        return False
    return row.holds is not False


Frame = Callable[[RuledCells, int], int]


def _from_start(cells: RuledCells, at: int) -> int:
    return at + cells.first


def _from_label(cells: RuledCells, at: int) -> int:
    return at + cells.after_label


def _from_end(cells: RuledCells, at: int) -> int:
    return at + cells.first - cells.length


def _starts(rows: Sequence[RowReading]) -> list[tuple[RuledCells, int]]:
    """Which cell is the first column's, in all full rows (or, with no full row, in all rows that have just enough)."""
    starts: list[tuple[RuledCells, int]] = []
    for row in rows:
        if row.ruled is not None and len(row.values) == row.width:
            filled = [at for at, atom in enumerate(row.ruled.atoms) if atom.reading is not None]
            if filled and filled[-1] - filled[0] == row.width - 1:
                starts.append((row.ruled, filled[0]))
    return starts or [(row.ruled, 0) for row in rows if row.ruled is not None and len(row.ruled.atoms) == row.width]


def _offset(frame: Frame, starts: Sequence[tuple[RuledCells, int]]) -> int | None:
    """Where the first column stands, if all rows that tell it agree."""
    places = {frame(cells, at) for cells, at in starts}
    return places.pop() if len(places) == 1 else None


def _cells(frame: Frame, offset: int, row: RowReading) -> list[Atom] | None:
    """The cells of a row's columns under a way of counting; ``None`` if it does not have them all."""
    assert row.ruled is not None
    start = offset - frame(row.ruled, 0)
    if start < 0 or start + row.width > len(row.ruled.atoms):
        return None
    cells = row.ruled.atoms[start : start + row.width]
    inside = [atom for atom in cells if atom.reading is not None]
    return cells if len(inside) == len(row.values) else None


def _is_trusted(frame: Frame, offset: int, rows: Sequence[RowReading]) -> bool:
    """Not if the first column or the totals are empty: then that is a cell of the labels', and a column is lost."""
    fitting = 0
    first = False
    for row in rows:
        cells = _cells(frame, offset, row)
        if cells is not None and (not row.values or all(cells[end - 1].is_value for _, end in blocks_of(row.form_row))):
            fitting += 1
            first = first or cells[0].is_value
    return first and fitting >= AGREEMENT * len(rows)


def doubt_blanks_without_head(
    rows: Sequence[RowReading], head_keys: Callable[[RowReading], tuple[Sequence[str], int]]
) -> None:
    """An empty cell under an empty cell of the heads is no column where no sum tells: a column may be lost."""
    for row in rows:
        if not row.settled or row.ruled is None or blocks_of(row.form_row):
            continue
        blanks = {id(atom) for atom in row.slots if atom is not None and atom.blank}
        keys = head_keys(row)[0] if blanks else ()
        if len(keys) == row.ruled.length:
            own = keys[row.ruled.length - len(row.ruled.atoms) :]
            if any(id(atom) in blanks and not key for atom, key in zip(row.ruled.atoms, own, strict=True)):
                row.settled, row.torn = False, True


NEAR = 4
"""Heads further above a row than this (in lines) say nothing of how its cells were printed."""


def drop_merged_columns(row: RowReading, head_keys: Sequence[str], distance: int) -> None:
    """A cell that covers several columns, printed once for each: told by the heads above it being repeated too."""
    if row.ruled is None or distance > NEAR:
        return
    if not any(first and first == second for first, second in pairwise(head_keys)):
        return
    if len(head_keys) != row.ruled.length:
        row.disturbed = row.disturbed or len(row.ruled.atoms) >= row.width
        return
    start = row.ruled.length - len(row.ruled.atoms)
    kept: list[Atom] = []
    previous = ""
    for head, atom in zip(head_keys[start:], row.ruled.atoms, strict=True):
        if not head and atom.blank and previous:
            continue
        if head and head == previous:
            if atom.fragment.text != kept[-1].fragment.text:
                row.settled = False
                return
            continue
        kept.append(atom)
        previous = head
    if len(kept) == row.width:
        row.values = [atom for atom in kept if atom.is_value]
        row.settle(kept)
        row.disturbed = False
        row.merged_columns = True
    else:
        row.settled = False
