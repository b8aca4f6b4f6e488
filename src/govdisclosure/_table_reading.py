"""One table of the form: its rows read, disturbed rows put right where that is certain, the rest worked out or doubted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from govdisclosure._alignment import Alignment, Stretch
from govdisclosure._arithmetic import (
    Candidate,
    Equation,
    OpenRow,
    adds_up,
    agreed,
    blocks_of,
    solve,
    sums_hold,
    whole_number,
)
from govdisclosure._atoms import Atom
from govdisclosure._columns import drop_merged_columns, place_by_cells, place_by_position
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import Column, SectionForm
from govdisclosure._rows import RowReading, missing_row, read_row
from govdisclosure._values import suits
from govdisclosure.records import Span


def read_labelled_table(
    section: SectionForm,
    first: int,
    alignment: Alignment,
    head_keys: HeadKeys,
    page: PageHints,
    notebook: Notebook,
) -> list[RowReading]:
    """Read the rows of a table with row labels; ``first`` is the index of its first row in the form."""
    stretches = _stretches(section, first, alignment)
    rows = [
        read_row(row, index, stretches[index]) if index in stretches else missing_row(row, index)
        for index, row in enumerate(section.rows, first)
    ]
    for row in rows:
        if row.ruled is not None:
            drop_merged_columns(row, *head_keys(row))
    rows = _values_before_labels(rows, alignment)
    _leave_out_page_numbers(rows, alignment, page)
    _doubt_strays(rows)
    _doubt_late_heads(rows, alignment)
    unclaimed = _claim_values_under_heads(rows, alignment)
    _doubt_borrowed(rows)
    _resequence(rows, alignment.elsewhere, notebook)
    place_by_cells(rows, page.last_line)
    place_by_position(rows, page.last_line)
    if _is_torn(rows) or (unclaimed and any(row.found and not row.values and not row.settled for row in rows)):
        _doubt_all(rows)
    work_out(rows, _equations(section), notebook)
    _doubt_order_of_columns(rows, notebook)
    return rows


@frozen
class PageHints:
    """What the page says of a table: where the document ends, and which lines may be page numbers."""

    last_line: int
    numbers: Mapping[int, int]
    """By line: the number of a page whose number is one of several such lines."""
    found: set[int]
    """The pages whose number was found to be no row's value."""


def _leave_out_page_numbers(rows: list[RowReading], alignment: Alignment, page: PageHints) -> None:
    """A row with one value too many, one of which may be a page number, is read without it if it then adds up."""
    outside = [atom.line for values in (*alignment.before.values(), *alignment.after.values()) for atom in values]
    page.found.update(page.numbers[line] for line in outside if line in page.numbers)
    for row in rows:
        if row.settled or len(row.values) != row.width + 1:
            continue
        without = [(atom, [value for value in row.values if value is not atom]) for atom in row.values]
        fitting = [
            (atom, rest)
            for atom, rest in without
            if atom.line in page.numbers and sums_hold(row.form_row, rest) is not False
        ]
        if len({tuple(whole_number(value) for value in rest) for _, rest in fitting}) == 1:
            atom, rest = fitting[-1]
            row.values = rest
            row.settle(rest)
            page.found.add(page.numbers[atom.line])


def doubt_page_numbers(rows: Sequence[RowReading], page: PageHints) -> None:
    """A page number that was found nowhere may stand in for a lost value in a row that nothing else confirms."""
    missing = {line for line, number in page.numbers.items() if number not in page.found}
    for row in rows:
        if row.settled and any(atom.line in missing for atom in row.values):
            row.disturbed = True


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

    def __call__(self, row: RowReading) -> tuple[Sequence[str], int]:
        """The keys of the nearest line of heads above the row, and how many rows down that is."""
        line = row.values[0].line if row.values else -1
        above = [(line - at, keys) for at, keys in self._lines if at < line]
        return (above[-1][1], above[-1][0]) if above else ((), 0)


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


SAME_LINE = 0.6
"""The share of a table's rows with their values on one line, beside the label, that makes it the table's habit."""


def _doubt_strays(rows: Sequence[RowReading]) -> None:
    """Where rows are printed on one line each, a value that stands on another line may be a page number.

    The sums decide; without a sum the row is doubtful. Rows whose label is wrapped are printed otherwise.
    """
    plain = [row for row in rows if row.settled and row.values and row.ruled is None and row.stretch is not None]
    habit = [row for row in plain if {atom.line for atom in row.values} == {_label_line(row)}]
    if len(habit) < 2 or len(habit) < SAME_LINE * len(plain):
        return
    for row in plain:
        lines = {atom.line for atom in row.values}
        wrapped = row.stretch is not None and (row.stretch.mark.pieces > 1 or not row.stretch.mark.complete)
        if len(lines) > 1 or (not wrapped and lines != {_label_line(row)}):
            row.disturbed = True


def _doubt_late_heads(rows: Sequence[RowReading], alignment: Alignment) -> None:
    """Values that stand between a row's label and its column heads may be another row's, where no sum tells."""
    for row in rows:
        if row.settled and row.index in alignment.headed_late and not blocks_of(row.form_row) and row.ruled is None:
            row.settled, row.torn = False, True


def _doubt_borrowed(rows: Sequence[RowReading]) -> None:
    """Values between two labels may belong to either; if the second has none of its own, both are open.

    Where rows have sums, only a whole line of values can stand so.
    """
    for row, following in pairwise(rows):
        lines = {atom.line for atom in row.values}
        between = row.settled and row.ruled is None and lines and _label_line(row) not in lines
        whole = len(lines) == 1 < row.width or (
            not blocks_of(row.form_row) and row.form_row.columns == following.form_row.columns
        )
        if between and whole and following.found and not following.values and following.ruled is None:
            row.settled, row.torn = False, True


def _label_line(row: RowReading) -> int:
    return row.stretch.line if row.stretch is not None else -1


def _claim_values_under_heads(rows: list[RowReading], alignment: Alignment) -> bool:
    """Heads may have been printed between a row's label and its values, or values before the label.

    Returns whether values under heads are left that no row lacks.
    """
    unclaimed = False
    for at, row in enumerate(rows):
        if row.stretch is None or row.stretch.row not in alignment.chosen:
            continue
        before, after = alignment.before.get(row.index, []), alignment.after.get(row.index, [])
        if row.index in alignment.scattered and not blocks_of(row.form_row):
            before, after = [], []
        following = rows[at + 1] if at + 1 < len(rows) else None
        wanted_below = following is not None and len(following.values) < following.width
        if row.settled:
            free = following is None or not wanted_below
            unclaimed = unclaimed or bool(after and free)
        elif (
            before
            and len(before) + len(row.values) == row.width
            and (at == 0 or rows[at - 1].settled)
            and sums_hold(row.form_row, [*before, *row.values]) is not False
        ):
            row.values = [*before, *row.values]
            row.settle(row.values)
        elif (
            after
            and len(after) + len(row.values) == row.width
            and not wanted_below
            and sums_hold(row.form_row, [*row.values, *after]) is not False
        ):
            row.values = [*row.values, *after]
            row.settle(row.values)
        elif after and not row.values:
            row.values = list(after)
            row.lay_out()
    return unclaimed


def _resequence(rows: list[RowReading], elsewhere: set[int], notebook: Notebook) -> None:
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
        _resequence_run(rows[at:end], elsewhere, notebook)
        at = end


def _resequence_run(run: list[RowReading], elsewhere: set[int], notebook: Notebook) -> None:
    values = sorted((atom for row in run for atom in row.values), key=_place)
    if (
        len(run) < 2
        or len(values) != sum(row.width for row in run)
        or not all(row.found or row.index in elsewhere for row in run)
    ):
        return
    portions: list[list[Atom]] = []
    start = 0
    for row in run:
        portions.append(values[start : start + row.width])
        start += row.width
    if all(sums_hold(row.form_row, portion) for row, portion in zip(run, portions, strict=True)) or _only_row_by_row(
        run, values, portions
    ):
        for row, portion in zip(run, portions, strict=True):
            row.values = portion
            row.settle(portion)
            row.found = True
        paths = [path for row in run for path in row.form_row.cell_paths]
        notebook.add(
            "L107",
            f"The values of {len(run)} rows stand apart from their labels; no other order fits the form.",
            paths,
            values[0].fragment.span(),
        )


def _only_row_by_row(run: list[RowReading], values: list[Atom], portions: list[list[Atom]]) -> bool:
    """Without sums to go by: whether the values fit the columns' kinds row by row, and do not column by column."""
    widths = {row.width for row in run}
    if len(widths) > 1 or any(blocks_of(row.form_row) for row in run):
        return False
    columns = run[0].form_row.columns
    by_column = [values[at :: len(run)] for at in range(len(run))]
    return _fit(columns, portions) and not _fit(columns, by_column)


def _fit(columns: Sequence[Column], portions: Sequence[Sequence[Atom]]) -> bool:
    return all(
        atom.reading is not None and suits(atom.reading, column.kind)
        for portion in portions
        for atom, column in zip(portion, columns, strict=True)
    )


TORN = 0.2
"""The share of a table's values that may stand with the wrong label before none of its rows is trusted."""


def _is_torn(rows: Sequence[RowReading]) -> bool:
    """Whether numbers and labels were torn apart: some rows have too many values, or do not add up, while others
    have none."""
    plain = [row for row in rows if row.ruled is None]
    excess = sum(max(0, len(row.values) - row.width) for row in plain)
    wrong = sum(row.settled and sums_hold(row.form_row, row.slots) is False for row in plain)
    none = sum(row.width for row in plain if not row.values and not row.settled)
    if sum(row.found and not row.values and not row.settled for row in plain) > 1 and wrong:
        return True
    if _labels_stand_in_a_block(rows):
        return True
    return excess > 1 and none > 0 and excess + none > TORN * sum(row.width for row in rows)


BLOCK_OF_LABELS = 3


def _labels_stand_in_a_block(rows: Sequence[RowReading]) -> bool:
    """Several labels one after another, and behind them, one a line, a row's worth of values: whose are they?"""
    alone = 0
    for row in rows:
        if row.found and row.ruled is None and not row.values and not row.settled:
            alone += 1
            continue
        scattered = row.settled and row.ruled is None and len({atom.line for atom in row.values}) > 1
        if alone >= BLOCK_OF_LABELS and scattered:
            return True
        alone = 0
    return False


def _doubt_all(rows: Sequence[RowReading]) -> None:
    for row in rows:
        if row.settled and not (row.ruled is not None and row.values):
            row.settled = False
            row.torn = True


def _place(atom: Atom) -> tuple[int, int]:
    return atom.line, atom.fragment.column


MOST = 0.5
FEWEST_WRONG = 3


def _doubt_order_of_columns(rows: Sequence[RowReading], notebook: Notebook) -> None:
    """A report may have a wrong sum here and there; if most rows do not add up, the table was not read rightly."""
    outcomes = [sums_hold(row.form_row, row.slots) for row in rows if row.settled and _has_numbers(row)]
    wrong = outcomes.count(False)
    if wrong >= FEWEST_WRONG and wrong > MOST * len(outcomes):
        paths = [path for row in rows for path in row.form_row.cell_paths]
        notebook.add("L215", f"{wrong} of {len(outcomes)} rows do not add up as read.", paths, place_of(rows[0]))


def _has_numbers(row: RowReading) -> bool:
    return any(atom is not None and whole_number(atom) for atom in row.slots)


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
        if not row.settled and not row.torn and row.values and blocks_of(row.form_row)
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


def _adopt(row: RowReading, candidates: Sequence[Candidate], equations: Sequence[Equation]) -> None:
    common = agreed(candidates)
    if not any(common):
        return
    proof = _proof(row, equations)
    row.slots = [entry.atom for entry in candidates[0]]
    for column, entry in enumerate(common):
        if entry is not None:
            row.inferred[column] = proof
            if entry.supplied or entry.part:
                row.supplied[column] = entry.number


def _proof(row: RowReading, equations: Sequence[Equation]) -> str:
    sums = []
    if blocks_of(row.form_row):
        sums.append("its columns add up to its total")
    for equation in equations:
        left, right = (
            " + ".join(path.partition(".")[2] or path for path in side) for side in (equation.left, equation.right)
        )
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
    return row.stretch.place if row.stretch is not None else None
