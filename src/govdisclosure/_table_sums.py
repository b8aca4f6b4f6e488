"""What the form's sums settle in a table: rows that the layout left open, and a row that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from govdisclosure._arithmetic import (
    Equation,
    OpenRow,
    Outcome,
    adds_up,
    blocks_of,
    solve,
    whole_number,
)
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import SectionForm
from govdisclosure._rows import RowReading


@cache
def equations_of(section: SectionForm) -> tuple[Equation, ...]:
    """The sums between rows that the form prescribes, where the table has the rows for them."""
    paths = {row.path.rpartition(".")[2]: row.path for row in section.rows}
    ends = [paths.get(name) for name in ("received", "carried_in", "concluded", "carried_over")]
    if None in ends:
        return ()
    received, carried_in, concluded, carried_over = (str(path) for path in ends)
    outcomes = tuple(
        row.path for row in section.rows if row.path not in (received, carried_in, concluded, carried_over)
    )
    return (
        Equation((received, carried_in), (concluded, carried_over)),
        Equation(outcomes, (concluded,)),
    )


def work_out(rows: Sequence[RowReading], equations: Sequence[Equation], notebook: Notebook) -> None:
    """Let the sums settle what the layout left open, and say by which sums."""
    if all(row.settled for row in rows):
        return
    by_path = {row.form_row.path: row for row in rows}
    open_rows = [
        OpenRow(row.form_row.path, row.width, blocks_of(row.form_row), row.values)
        for row in rows
        if not row.settled and not row.torn and row.values and blocks_of(row.form_row)
    ]

    @cache
    def settled(path: str) -> Sequence[int] | None:
        row = by_path[path]
        if not row.settled:
            return None
        numbers = [0 if atom is None else whole_number(atom) for atom in row.slots]
        return None if any(number is None for number in numbers) else [number or 0 for number in numbers]

    for path, outcome in solve(open_rows, settled, equations).items():
        if outcome.candidates:
            _adopt(by_path[path], outcome)
    for equation in equations:
        _supply_missing_row(by_path, equation)


def _adopt(row: RowReading, outcome: Outcome) -> None:
    if not any(outcome.common):
        return
    proof = proof_of(row, outcome.equations)
    row.slots = [None if entry.place is None else row.values[entry.place] for entry in outcome.candidates[0]]
    for column, entry in enumerate(outcome.common):
        if entry is not None:
            row.inferred[column] = proof
            if entry.supplied or entry.part:
                row.supplied[column] = entry.number


def proof_of(row: RowReading, equations: Sequence[Equation]) -> str:
    """The sums that a row takes part in, in words."""
    own = ["its columns add up to its total"] if blocks_of(row.form_row) else []
    return "; ".join(own + [_in_words(equation) for equation in equations])


@lru_cache(maxsize=64)
def _in_words(equation: Equation) -> str:
    left, right = (
        " + ".join(path.partition(".")[2] or path for path in side) for side in (equation.left, equation.right)
    )
    return f"{left if len(equation.left) < 5 else 'the outcome rows'} = {right}"


def _supply_missing_row(by_path: dict[str, RowReading], equation: Equation) -> None:
    """One row of an equation is not in the document: its numbers are what the others leave."""
    empty = [path for path in equation.rows if not by_path[path].settled and not by_path[path].values]
    if len(empty) != 1 or by_path[empty[0]].supplied:
        return
    row = by_path[empty[0]]
    totals = [0] * row.width
    for sign, paths in ((1, equation.left), (-1, equation.right)):
        for path in paths:
            if path == empty[0]:
                own_sign = sign
                continue
            other = by_path[path]
            for column in range(row.width):
                number = other.supplied.get(column)
                if number is None:
                    if not other.settled and column not in other.inferred:
                        return
                    atom = other.slots[column]
                    number = 0 if atom is None else whole_number(atom)
                if number is None:
                    return
                totals[column] += sign * number
    numbers = [-own_sign * total for total in totals]
    if min(numbers) < 0 or not any(numbers) or not adds_up(numbers, blocks_of(row.form_row)):
        return
    proof = f"what the other rows leave of {proof_of(row, (equation,))}"
    for column, number in enumerate(numbers):
        if number:
            row.supplied[column] = number
            row.inferred[column] = proof
