"""Columns of rows with empty cells in plain lines, told by the places of their numbers beside those of full rows.

Lines may be shifted against each other: Chinese characters are wider than the blanks that stand for them. So the
places are compared in three ways: by the distances within a line, by counting characters, by the width on a terminal.
The last two count only where the full rows show that lines are not shifted, and no two ways may disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from govdisclosure._arithmetic import sums_hold
from govdisclosure._atoms import Atom
from govdisclosure._characters import display_width
from govdisclosure._columns import is_credible
from govdisclosure._rows import RowReading

Place = Callable[[str], int]
Columns = tuple[int, ...]

MEASURES: tuple[Place, ...] = (len, display_width)
"""The ways of counting where in a line something stands."""

SHAPES = 6
"""How many full rows nearby are looked at: columns may shift from page to page."""
FEWEST_SHAPES = 3
"""So many of them must keep to the same columns: else the places of numbers mean nothing."""
SLACK = 1.5
"""How far (in characters) a number may stand from its column by the distances within a line."""
UNSHIFTED = 3.0
"""How far apart (in characters) the numbers of a column may stand where lines are not shifted against each other."""
NARROW = 6.0
"""Columns nearer to each other than this can't be told by counting from the line's start."""


def place_by_position(rows: Sequence[RowReading], last_line: int) -> None:
    """Settle plain rows by the places of their numbers, where all ways of comparing them agree."""
    open_rows = [row for row in rows if not row.settled and 1 < len(row.values) < row.width and is_laid_out(row)]
    if not open_rows:
        return
    full = [row for row in rows if row.settled and len(row.values) == row.width and is_laid_out(row)]
    for row in open_rows:
        if row.values[-1].line >= last_line:
            continue
        near = sorted(
            (r for r in full if r.width == row.width), key=lambda r: abs(r.values[0].line - row.values[0].line)
        )
        slots = _slots(row, near[:SHAPES])
        if slots is not None:
            row.settle(slots)
            row.settled = row.by_position = is_credible(row)


def _slots(row: RowReading, near: Sequence[RowReading]) -> list[Atom | None] | None:
    """The row's values in its columns; without a sum that proves them, counting must tell them too.

    Where the sums hold in other columns than these, neither is believed.
    """
    by_distance = _columns_by_distance(_middles(row.values, len), [_middles(other.values, len) for other in near])
    counted = [
        columns
        for measure in MEASURES
        if (columns := _columns_by_count(row.values, [other.values for other in near], measure)) is not None
    ]
    found = {columns for columns in (by_distance, *counted) if columns is not None}
    if len(found) != 1 or () in found:
        return None
    slots = _filled(row, found.pop())
    if sums_hold(row.form_row, slots):
        return slots
    others = combinations(range(row.width), len(row.values))
    return slots if counted and not any(sums_hold(row.form_row, _filled(row, columns)) for columns in others) else None


def _filled(row: RowReading, columns: Columns) -> list[Atom | None]:
    slots: list[Atom | None] = [None] * row.width
    for atom, column in zip(row.values, columns, strict=True):
        slots[column] = atom
    return slots


def _columns_by_distance(places: Sequence[float], shapes: Sequence[Sequence[float]]) -> Columns | None:
    """The columns in which places fit the full rows nearby clearly better than in any others."""
    fits: list[tuple[float, float, Columns]] = []
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


def _misfit(places: Sequence[float], columns: Sequence[float]) -> float:
    differences = [place - column for place, column in zip(places, columns, strict=True)]
    middle = sum(differences) / len(differences)
    return max(abs(difference - middle) for difference in differences)


def _columns_by_count(values: Sequence[Atom], near: Sequence[Sequence[Atom]], measure: Place) -> Columns | None:
    """The columns in which the numbers stand, counted from the line's start.

    ``None`` if lines are shifted against each other, empty if a number stands between columns or in reach of two.
    """
    if len(near) < FEWEST_SHAPES:
        return None
    columns = [sorted(column) for column in zip(*(_middles(other, measure) for other in near), strict=True)]
    middles = [(column[0] + column[-1]) / 2 for column in columns]
    gap = min(after - before for before, after in pairwise(middles))
    if any(column[-1] - column[0] > UNSHIFTED for column in columns):
        return None
    places = _middles(values, measure)
    chosen = tuple(_nearest(middles, place) for place in places)
    if gap < NARROW:
        farthest = max(abs(middles[column] - place) for column, place in zip(chosen, places, strict=True))
        return () if farthest > max(gap, UNSHIFTED) else None
    extents = [_extent(column, measure) for column in zip(*near, strict=True)]
    if any(before >= after for before, after in pairwise(chosen)):
        return ()
    for atom, column, place in zip(values, chosen, places, strict=True):
        first, last = _extent([atom], measure)
        if not _stands_in_line(atom, [other[column] for other in near], measure):
            return ()
        others = [extent for at, extent in enumerate(extents) if at not in chosen]
        if abs(middles[column] - place) > gap / 3 or any(first <= end and begin <= last for begin, end in others):
            return ()
    return chosen


def _stands_in_line(atom: Atom, column: Sequence[Atom], measure: Place) -> bool:
    """Whether a number stands where the others of its column do: at the edge, or the middle, that they have in common."""
    own = _edges(atom, measure)
    places: list[tuple[float, ...]] = list(zip(*(_edges(other, measure) for other in column), strict=True))
    common = min(range(len(places)), key=lambda at: max(places[at]) - min(places[at]))
    return min(places[common]) - UNSHIFTED <= own[common] <= max(places[common]) + UNSHIFTED


def _edges(atom: Atom, measure: Place) -> tuple[float, float, float]:
    return (*_ends(atom, measure), middle(atom, measure))


def _nearest(columns: Sequence[float], place: float) -> int:
    return min(range(len(columns)), key=lambda at: abs(columns[at] - place))


def _extent(atoms: Sequence[Atom], measure: Place) -> tuple[float, float]:
    ends = [end for atom in atoms for end in _ends(atom, measure)]
    return min(ends), max(ends)


def _ends(atom: Atom, measure: Place) -> tuple[float, float]:
    """Where a value begins and ends: on the page, or in its line of text."""
    fragment = atom.fragment
    if fragment.box:
        return fragment.box[0], fragment.box[2]
    begin = measure(fragment.line.text[: fragment.column])
    return begin, begin + measure(fragment.text)


def middle(atom: Atom, measure: Place) -> float:
    """Where the middle of an atom stands in its line, or on its page."""
    return sum(_ends(atom, measure)) / 2


def _middles(values: Sequence[Atom], measure: Place) -> list[float]:
    return [middle(atom, measure) for atom in values]


def _is_on_one_line(row: RowReading) -> bool:
    return len({atom.line for atom in row.values}) == 1 and not row.values[0].fragment.line.ruled


def is_laid_out(row: RowReading) -> bool:
    """Whether a row is laid out in columns rather than with single blanks."""
    if len(row.values) < 2 or not _is_on_one_line(row):
        return False
    return all(_gap(before, after) >= 2 for before, after in pairwise(row.values))


def _gap(before: Atom, after: Atom) -> float:
    """How much room is left between two values: points of a page, or characters."""
    return _ends(after, len)[0] - _ends(before, len)[1]
