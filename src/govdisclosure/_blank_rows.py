"""Rows left blank as a whole, in tables laid out by place: a label with nothing beside it, and nothing amiss without it."""

from __future__ import annotations

from collections.abc import Sequence

from govdisclosure._arithmetic import Equation, whole_number
from govdisclosure._columns_by_place import FEWEST_SHAPES, is_laid_out
from govdisclosure._rows import RowReading


def settle_blank_rows(rows: Sequence[RowReading], equations: Sequence[Equation]) -> None:
    """Take rows without values for blank where all other rows are settled and the columns add up without these.

    Only in tables whose rows keep their places: elsewhere nothing shows that the values were not lost.
    """
    blank = [row for row in rows if _may_be_blank(row)]
    if not blank:
        return
    others = [row for row in rows if row.found and not _may_be_blank(row)]
    laid_out = [row for row in others if is_laid_out(row)]
    if not all(row.settled for row in others) or len(laid_out) < FEWEST_SHAPES:
        return
    by_path = {row.form_row.path: row for row in rows}
    for row in blank:
        own = [equation for equation in equations if row.form_row.path in equation.rows]
        if own and all(_holds(equation, by_path) for equation in own):
            row.by_position = True
    for row in blank:
        if row.by_position:
            row.settle([None] * row.width)


def _may_be_blank(row: RowReading) -> bool:
    if row.settled or row.values:
        return False
    mark = row.stretch.mark if row.stretch is not None else None
    whole = mark is not None and mark.complete and not mark.misspelt and not row.foreign
    return whole and row.ruled is None and not row.torn


def _holds(equation: Equation, by_path: dict[str, RowReading]) -> bool:
    left, right = ([_numbers(by_path[path]) for path in side] for side in (equation.left, equation.right))
    columns = zip(*left, strict=True), zip(*right, strict=True)
    sums = [[None if None in column else sum(n or 0 for n in column) for column in side] for side in columns]
    return None not in sums[0] and sums[0] == sums[1] and any(sums[0])


def _numbers(row: RowReading) -> list[int | None]:
    """A row's numbers, zero where it is blank."""
    if not row.settled and not _may_be_blank(row):
        return [None] * row.width
    return [0 if atom is None else whole_number(atom) for atom in row.slots]
