"""One table of the form: its rows read, disturbed rows put right where that is certain, the rest worked out or doubted."""

from __future__ import annotations

from collections.abc import Sequence

from govdisclosure._alignment import Alignment, Stretch
from govdisclosure._arithmetic import Block, Equation, OpenRow, adds_up, agreed, solve, whole_number
from govdisclosure._atoms import Atom
from govdisclosure._columns import drop_merged_columns, place_by_cells, place_by_position
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import Row, SectionForm
from govdisclosure._rows import RowReading, missing_row, read_row
from govdisclosure.records import Span


def read_labelled_table(
    section: SectionForm, first: int, alignment: Alignment, head_keys: HeadKeys, notebook: Notebook
) -> list[RowReading]:
    """Read the rows of a table with row labels; ``first`` is the index of its first row in the form."""
    stretches = _stretches(section, first, alignment)
    rows = [
        read_row(row, index, stretches[index]) if index in stretches else missing_row(row, index)
        for index, row in enumerate(section.rows, first)
    ]
    for row in rows:
        if row.ruled is not None:
            drop_merged_columns(row, head_keys(row))
    rows = _values_before_labels(rows, alignment)
    _resequence(rows, notebook)
    place_by_cells(rows)
    place_by_position(rows)
    work_out(rows, _equations(section), notebook)
    return rows


def _stretches(section: SectionForm, first: int, alignment: Alignment) -> dict[int, Stretch]:
    own = range(first, first + len(section.rows))
    found = {index: alignment.chosen[index] for index in own if index in alignment.chosen}
    for stretch in alignment.others:
        if stretch.row in own and stretch.row not in found:
            found[stretch.row] = stretch
    return found


class HeadKeys:
    """Gives, for a row, the label keys of the column heads above it, one for each cell of its line."""

    def __init__(self, atoms: Sequence[Atom], heads: frozenset[str]) -> None:
        lines: dict[int, list[str]] = {}
        for atom in atoms:
            if atom.fragment.line.ruled:
                lines.setdefault(atom.line, []).append("" if atom.blank else atom.key)
        self._lines = [(line, keys) for line, keys in lines.items() if len(heads.intersection(keys)) > 0]

    def __call__(self, row: RowReading) -> Sequence[str]:
        line = row.values[0].line if row.values else -1
        above = [keys for at, keys in self._lines if at < line]
        return above[-1] if above else ()


def _values_before_labels(rows: list[RowReading], alignment: Alignment) -> list[RowReading]:
    """Some extractors print a row's values above its label: then the first row has some before it, the last none."""
    found = [row for row in rows if row.stretch is not None]
    if len(found) < 2 or found[-1].values or found[0].index not in alignment.before:
        return rows
    before = [alignment.before[found[0].index], *(row.values for row in found[:-1])]
    if not all(len(values) == row.width for row, values in zip(found, before, strict=True)):
        return rows
    for row, values in zip(found, before, strict=True):
        row.values = values
        row.settle(values)
    return rows


def _resequence(rows: list[RowReading], notebook: Notebook) -> None:
    """Between two rows that are in order, labels and values may have been torn apart without losing their order.

    If there are just as many values as columns and every row then adds up, that is the table.
    """
    at = 0
    while at < len(rows):
        if rows[at].settled:
            at += 1
            continue
        end = at
        while end < len(rows) and not rows[end].settled:
            end += 1
        _resequence_run(rows[at:end], notebook)
        at = end


def _resequence_run(run: list[RowReading], notebook: Notebook) -> None:
    values = sorted((atom for row in run for atom in row.values), key=_place)
    if len(run) < 2 or len(values) != sum(row.width for row in run) or not all(row.found for row in run):
        return
    portions: list[list[Atom]] = []
    start = 0
    for row in run:
        portions.append(values[start : start + row.width])
        start += row.width
    if all(sums_hold(row.form_row, portion) for row, portion in zip(run, portions, strict=True)):
        for row, portion in zip(run, portions, strict=True):
            row.values = portion
            row.settle(portion)
        paths = [path for row in run for path in row.form_row.cell_paths]
        notebook.add(
            "L107",
            f"The values of {len(run)} rows stand apart from their labels; in the form's order each row adds up.",
            paths,
            values[0].fragment.span(),
        )


def _place(atom: Atom) -> tuple[int, int]:
    return atom.line, atom.fragment.column


def blocks_of(row: Row) -> tuple[Block, ...]:
    """The sums within a row: its last column, where that is a total, adds up the others."""
    return ((0, len(row.columns)),) if row.columns[-1].name == "total" else ()


def sums_hold(row: Row, atoms: Sequence[Atom | None]) -> bool | None:
    """Whether a row's values add up; ``None`` if the form has no sum for it or a value can't be added."""
    blocks = blocks_of(row)
    numbers = [0 if atom is None else whole_number(atom) for atom in atoms]
    if not blocks or len(numbers) != len(row.columns):
        return None
    if any(number is None for number in numbers):
        return None
    return adds_up([number or 0 for number in numbers], blocks)


def _equations(section: SectionForm) -> tuple[Equation, ...]:
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
    by_path = {row.form_row.path: row for row in rows}
    open_rows = [
        OpenRow(row.form_row.path, row.width, blocks_of(row.form_row), row.values)
        for row in rows
        if not row.settled and row.values and blocks_of(row.form_row)
    ]

    def settled(path: str) -> Sequence[int] | None:
        row = by_path[path]
        if not row.settled:
            return None
        numbers = [0 if atom is None else whole_number(atom) for atom in row.slots]
        return None if any(number is None for number in numbers) else [number or 0 for number in numbers]

    for path, outcome in solve(open_rows, settled, equations).items():
        if outcome.candidates:
            _adopt(by_path[path], outcome.candidates, outcome.equations)
    for equation in equations:
        _supply_missing_row(by_path, equation)


def _adopt(row: RowReading, candidates: Sequence[tuple[object, ...]], equations: Sequence[Equation]) -> None:
    common = agreed(candidates)  # type: ignore[arg-type]
    if not any(common):
        return
    proof = _proof(row, equations)
    lone = len(candidates) == 1
    first = candidates[0]
    row.slots = [getattr(entry, "atom", None) for entry in first]
    for column, entry in enumerate(common):
        if entry is None:
            continue
        row.inferred[column] = proof
        if entry.supplied or entry.part:
            row.supplied[column] = entry.number
    row.settled = False
    del lone


def _proof(row: RowReading, equations: Sequence[Equation]) -> str:
    sums = []
    if blocks_of(row.form_row):
        sums.append("its columns add up to its total")
    for equation in equations:
        left, right = (" + ".join(path.partition(".")[2] or path for path in side) for side in (equation.left, equation.right))
        sums.append(f"{left if len(equation.left) < 5 else 'the outcome rows'} = {right}")
    return "; ".join(sums)


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
    proof = f"what the other rows leave of {_proof(row, (equation,))}"
    for column, number in enumerate(numbers):
        if number:
            row.supplied[column] = number
            row.inferred[column] = proof


def place_of(row: RowReading) -> Span | None:
    if row.values:
        return row.values[0].fragment.span()
    if row.stretch is not None and row.stretch.atoms:
        return row.stretch.atoms[0].fragment.span()
    return None
