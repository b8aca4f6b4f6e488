"""Columns of rows with empty cells, told by the table's other rows: by cell (ruled lines) or by place (plain ones)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from govdisclosure._arithmetic import sums_hold
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
    if not ruled:
        return
    trusted = [frame for frame in (_from_start, _from_label, _from_end) if _is_trusted(frame, ruled)]
    for row in ruled:
        if row.settled:
            continue
        frames = trusted if _has_twin(row, ruled) else [frame for frame in trusted if frame is _from_end]
        found = [_cells(frame, row, ruled) for frame in frames]
        placements = {tuple(map(id, cells)): cells for cells in found if cells is not None}
        if len(placements) == 1:
            (cells,) = placements.values()
            row.settle(cells)
            row.settled = _is_credible(row)


def _has_twin(row: RowReading, rows: Sequence[RowReading]) -> bool:
    """Whether a full row is as short: one that is shorter than all of them may have lost a cell."""
    assert row.ruled is not None
    lengths = {r.ruled.length for r in rows if r.ruled is not None and len(r.values) == r.width == row.width}
    return not lengths or row.ruled.length >= min(lengths)


def _is_credible(row: RowReading) -> bool:
    """Whether a row with empty cells can be as it was placed: it adds up, and no two numbers were run together."""
    if any(atom.reading is not None and atom.reading.remark == "leading zero" for atom in row.values):
        return False
    if any(character.isdigit() for atom in row.foreign for character in atom.fragment.text):
        return False
    return sums_hold(row.form_row, row.slots) is not False


Frame = Callable[[RuledCells, int], int]


def _from_start(cells: RuledCells, at: int) -> int:
    return at + cells.first


def _from_label(cells: RuledCells, at: int) -> int:
    return at + cells.after_label


def _from_end(cells: RuledCells, at: int) -> int:
    return at + cells.first - cells.length


def _offset(frame: Frame, rows: Sequence[RowReading]) -> int | None:
    """Where the first column stands, if all full rows agree (or, with no full row, all rows have just enough cells)."""
    counts: Counter[int] = Counter()
    for row in rows:
        if row.ruled is not None and len(row.values) == row.width:
            filled = [at for at, atom in enumerate(row.ruled.atoms) if atom.is_value]
            if filled and filled[-1] - filled[0] == row.width - 1:
                counts[frame(row.ruled, filled[0])] += 1
    if not counts:
        for row in rows:
            if row.ruled is not None and len(row.ruled.atoms) == row.width:
                counts[frame(row.ruled, 0)] += 1
    return next(iter(counts)) if len(counts) == 1 else None


def _cells(frame: Frame, row: RowReading, rows: Sequence[RowReading]) -> list[Atom] | None:
    """The cells of a row's columns under a way of counting; ``None`` if it does not have them all."""
    assert row.ruled is not None
    offset = _offset(frame, rows)
    if offset is None:
        return None
    start = offset - frame(row.ruled, 0)
    if start < 0 or start + row.width > len(row.ruled.atoms):
        return None
    cells = row.ruled.atoms[start : start + row.width]
    inside = sum(atom.is_value for atom in cells)
    return cells if inside == len(row.values) else None


def _is_trusted(frame: Frame, rows: Sequence[RowReading]) -> bool:
    if _offset(frame, rows) is None:
        return False
    return sum(_cells(frame, row, rows) is not None for row in rows) >= AGREEMENT * len(rows)


NEAR = 4
"""Heads further above a row than this (in lines) say nothing of how its cells were printed."""


def drop_merged_columns(row: RowReading, head_keys: Sequence[str], distance: int) -> None:
    """A cell that covers several columns, printed once for each: told by the heads above it being repeated too."""
    repeats = any(first and first == second for first, second in pairwise(head_keys))
    if row.ruled is None or not repeats or distance > NEAR:
        return
    if len(head_keys) != row.ruled.length:
        row.disturbed = row.disturbed or len(row.ruled.atoms) >= row.width
        return
    start = row.ruled.length - len(row.ruled.atoms)
    kept: list[Atom] = []
    previous = ""
    for head, atom in zip(head_keys[start:], row.ruled.atoms, strict=True):
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


# -- plain lines whose gaps keep the columns' places --------------------------------------------------------------------


def place_by_position(rows: Sequence[RowReading], last_line: int) -> None:
    """Settle plain rows by the places of their numbers, compared with the rows that have all of them.

    Lines may be shifted against each other (Chinese characters are wider than the blanks that stand for them), so
    only the distances within a line count.
    """
    full = [row for row in rows if row.settled and len(row.values) == row.width and _is_laid_out(row)]
    for row in rows:
        if row.settled or not 1 < len(row.values) < row.width or not _is_on_one_line(row):
            continue
        if row.values[-1].line >= last_line:
            continue
        near = sorted(
            (r for r in full if r.width == row.width), key=lambda r: abs(r.values[0].line - row.values[0].line)
        )
        places, shapes = _places(row.values), [_places(other.values) for other in near[:SHAPES]]
        columns = _columns_by_shape(places, shapes) or _columns_by_place(places, shapes)
        if columns is not None:
            slots: list[Atom | None] = [None] * row.width
            for atom, column in zip(row.values, columns, strict=True):
                slots[column] = atom
            row.settle(slots)
            row.settled = row.by_position = _is_credible(row)


SHAPES = 6
"""How many full rows nearby are looked at: columns may shift from page to page."""
FEWEST_SHAPES = 3
"""So many of them must keep to the same columns: else the places of numbers mean nothing."""
SLACK = 1.5
"""How far (in characters) a number may stand from its column."""


def _columns_by_shape(places: Sequence[float], shapes: Sequence[Sequence[float]]) -> tuple[int, ...] | None:
    """The columns in which places fit the full rows nearby clearly better than in any others."""
    fits: list[tuple[float, float, tuple[int, ...]]] = []
    for shape in shapes:
        if sum(_misfit(shape, other) <= SLACK for other in shapes) < FEWEST_SHAPES:
            continue
        ranked = sorted(
            (_misfit(places, [shape[at] for at in columns]), columns)
            for columns in combinations(range(len(shape)), len(places))
        )
        if len(ranked) > 1:
            fits.append((ranked[0][0], ranked[1][0], ranked[0][1]))
    if not fits:
        return None
    misfit, next_best, columns = min(fits)
    return columns if misfit <= SLACK and next_best > 2 * misfit + 1.0 else None


UNSHIFTED = 3.0
"""How far (in characters) a number may stand from its column where lines are not shifted against each other."""


def _columns_by_place(places: Sequence[float], shapes: Sequence[Sequence[float]]) -> tuple[int, ...] | None:
    """The columns in which the places themselves fit, where the full rows nearby all begin at the same places."""
    if len(shapes) < FEWEST_SHAPES:
        return None
    columns = [sorted(column) for column in zip(*shapes, strict=True)]
    if any(column[-1] - column[0] > UNSHIFTED for column in columns):
        return None
    middles = [(column[0] + column[-1]) / 2 for column in columns]
    chosen = tuple(_nearest(middles, place) for place in places)
    gap = min(after - before for before, after in pairwise(middles))
    if any(before >= after for before, after in pairwise(chosen)) or gap < 3 * UNSHIFTED:
        return None
    misfit = max(abs(middles[column] - place) for column, place in zip(chosen, places, strict=True))
    return chosen if misfit <= UNSHIFTED else None


def _nearest(columns: Sequence[float], place: float) -> int:
    return min(range(len(columns)), key=lambda at: abs(columns[at] - place))


def _places(values: Sequence[Atom]) -> list[float]:
    return [
        (atom.fragment.box[0] + atom.fragment.box[2]) / 2
        if atom.fragment.box
        else atom.fragment.column + len(atom.fragment.text) / 2
        for atom in values
    ]


def _is_on_one_line(row: RowReading) -> bool:
    return len({atom.line for atom in row.values}) == 1 and not row.values[0].fragment.line.ruled


def _is_laid_out(row: RowReading) -> bool:
    return len(row.values) > 1 and _is_on_one_line(row) and _has_gaps(_places(row.values))


def _has_gaps(places: Sequence[float]) -> bool:
    """Whether a line is laid out in columns rather than with single blanks."""
    return all(after - before >= 3.0 for before, after in pairwise(places))


def _misfit(places: Sequence[float], columns: Sequence[float]) -> float:
    differences = [place - column for place, column in zip(places, columns, strict=True)]
    middle = sum(differences) / len(differences)
    return max(abs(difference - middle) for difference in differences)
