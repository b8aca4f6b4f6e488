"""A table that is read by its column heads: one line of values under two or three lines of heads (table 四)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from attrs import define, field

from govdisclosure._alignment import is_sentence
from govdisclosure._arithmetic import Block, Candidate, OpenRow, adds_up, agreed, blocks_of, sums_hold, whole_number
from govdisclosure._atoms import Atom, Atoms
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._head_places import values_under_heads
from govdisclosure._rows import RowReading, missing_row
from govdisclosure._vocabulary import vocabulary


@define(slots=True, eq=False)
class _Run:
    """Values with no head between them; ``heads`` are the labels since the run before."""

    heads: list[tuple[str, ...]]
    atoms: list[Atom] = field(factory=list)

    @property
    def values(self) -> list[Atom]:
        return [atom for atom in self.atoms if atom.is_value]


def read_headed_table(
    form: FormDefinition, section: SectionForm, first: int, atoms: Atoms, after: int, notebook: Notebook
) -> tuple[list[RowReading], int]:
    """Read the rows of a table without row labels, which stands behind the atom ``after``, and tell where it ends."""
    rows = [missing_row(row, index) for index, row in enumerate(section.rows, first)]
    runs, end = _runs(form, section, atoms, after)
    if not runs:
        return rows, end
    for row in rows:
        row.found = True
    widths = [row.width for row in rows]
    line = _one_line(rows, runs, sum(widths)) or _one_run_each(rows, runs) or _one_value_each(runs, sum(widths))
    placed = _by_place(form, section, rows, runs, atoms) if line is None else None
    if line is not None:
        _deal_out(rows, line)
    elif placed is not None:
        _deal_out(rows, placed)
        for row in rows:
            row.by_position = True
    else:
        _work_out(rows, [value for run in runs for value in run.values], notebook)
    _doubt_order_of_columns(rows, notebook)
    return rows, end


def _doubt_order_of_columns(rows: Sequence[RowReading], notebook: Notebook) -> None:
    """One wrong total is the report's own; with two, the columns may stand in another order than the form's."""
    wrong = [row for row in rows if row.settled and row.holds is False]
    if len(wrong) > 1:
        paths = [path for row in rows for path in row.form_row.cell_paths]
        notebook.add("L215", f"{len(wrong)} of {len(rows)} totals do not hold as read.", paths)


def _runs(form: FormDefinition, section: SectionForm, atoms: Atoms, after: int) -> tuple[list[_Run], int]:
    heads = {column.head.terminal for row in section.rows for column in row.columns}
    groups = {label.terminal for label in section.labels} - heads
    start = _start(atoms, groups, after)
    if start is None:
        return [], len(atoms.items)
    titles = {other.title.terminal for other in form.sections if other is not section}
    own_marks = {mark.start: mark for mark in atoms.marks if mark.start >= start}
    runs = [_Run([])]
    at = start
    while at < len(atoms.items):
        mark = own_marks.get(at)
        if mark is not None:
            if mark.complete and titles.intersection(mark.terminals) and not heads.intersection(mark.terminals):
                break
            if runs[-1].atoms:
                runs.append(_Run([]))
            runs[-1].heads.append(mark.terminals)
            at = mark.end
            continue
        atom = atoms.items[at]
        if atom.is_text and is_sentence(atom.fragment.text):
            break
        if atom.is_text and runs[-1].values and not atom.labelled and atom.key:
            break
        if atom.is_text and atom.labelled and runs[-1].atoms:
            runs.append(_Run([()]))
        elif not atom.is_text:
            runs[-1].atoms.append(atom)
        at += 1
    return [run for run in runs if run.values or len(run.atoms) >= 5], at


def _start(atoms: Atoms, groups: set[str], after: int) -> int | None:
    """The first of the table's own group heads that is not alone."""
    own = [
        mark for mark in atoms.marks if mark.start >= after and mark.complete and groups.intersection(mark.terminals)
    ]
    for mark, following in itertools.pairwise(own):
        if following.start - mark.end < 40 and following.terminals != mark.terminals:
            return mark.start
    return None


def _one_line(rows: Sequence[RowReading], runs: Sequence[_Run], width: int) -> list[Atom] | None:
    """The last run holds the values of all columns, or is a ruled line with a cell for each."""
    last = runs[-1]
    if len(last.values) == width and not any(run.values for run in runs[:-1]):
        return last.values
    if _is_line_of_closed_cells(last, width) and not any(run.values for run in runs[:-1]):
        return last.atoms if _is_credible(rows, last.atoms) else None
    lines: dict[int, list[Atom]] = {}
    for run in runs:
        for atom in run.atoms:
            lines.setdefault(atom.line, []).append(atom)
    full = [line for line in lines.values() if _fills(line, width)]
    if len(full) != 1:
        return None
    values = [atom for atom in full[0] if atom.is_value]
    if len(values) == width:
        return values
    stray = any(len(run.values) > sum(atom in values for atom in run.values) for run in runs)
    if stray or (full[0][0].blank and _begin_with_a_blank(lines.values(), full[0])):
        return None
    return full[0] if _is_credible(rows, full[0]) else None


def _begin_with_a_blank(lines: Iterable[Sequence[Atom]], values: Sequence[Atom]) -> bool:
    """Whether the lines of heads begin with an empty cell, too: then the values' first cell is no column's."""
    heads = [atoms[0].fragment.line for atoms in lines if atoms is not values and atoms[0].fragment.line.ruled]
    return bool(heads) and not any(line.fragments[0].text for line in heads)


def _is_line_of_closed_cells(run: _Run, width: int) -> bool:
    """Whether a run is a cell a line, empty ones too, and has one for each column."""
    return len(run.atoms) == width and not any(atom.fragment.line.ruled for atom in run.atoms)


def _is_credible(rows: Sequence[RowReading], line: Sequence[Atom]) -> bool:
    """Whether a line with empty cells can be as it stands: totals add up, and no two numbers were run together."""
    if not any(atom.blank for atom in line):
        return True
    if any(atom.reading is not None and atom.reading.remark == "leading zero" for atom in line):
        return False
    start = 0
    for row in rows:
        own = [atom for atom in line if not atom.is_text][start : start + row.width]
        if len(own) == row.width and sums_hold(row.form_row, own) is False:
            return False
        start += row.width
    return True


def _by_place(
    form: FormDefinition, section: SectionForm, rows: Sequence[RowReading], runs: Sequence[_Run], atoms: Atoms
) -> list[Atom | None] | None:
    """The values of one plain line by the places of the heads above them, where every row that has any adds up."""
    values = runs[-1].values
    if len(runs) > 1 or len({atom.line for atom in values}) != 1 or values[0].fragment.line.ruled:
        return None
    if any(atom.reading is not None and atom.reading.remark == "leading zero" for atom in values):
        return None
    columns = [column.head.terminal for row in rows for column in row.form_row.columns]
    groups = {label.terminal for label in section.labels}.difference(columns)
    own = [
        mark
        for mark in atoms.marks
        if groups.intersection(mark.terminals) and 0 < values[0].line - atoms.items[mark.start].line <= HEAD_LINES
    ]
    named = {at for mark in own for at in range(mark.start, mark.end)}
    pieces = [
        atom
        for at, atom in enumerate(atoms.items)
        if at not in named and atom.is_text and min(named, default=at) < at and atom.line < values[0].line
    ]
    keys = [vocabulary(form).keys[column] for column in columns]
    slots = values_under_heads(values, pieces, keys)
    if slots is None:
        return None
    start = 0
    for row in rows:
        cells = slots[start : start + row.width]
        if any(cells) and not sums_hold(row.form_row, cells):
            return None
        start += row.width
    return slots


HEAD_LINES = 20
"""How many lines above the values the heads may stand."""


def _fills(line: Sequence[Atom], width: int) -> bool:
    if sum(atom.is_value for atom in line) == width:
        return True
    return line[0].fragment.line.ruled and len(line) == width and any(atom.is_value for atom in line)


def _one_run_each(rows: Sequence[RowReading], runs: Sequence[_Run]) -> list[Atom] | None:
    """The table was cut into one table for each group of columns."""
    if len(runs) != len(rows):
        return None
    line: list[Atom] = []
    for run, row in zip(runs, rows, strict=True):
        name = row.form_row.path.rpartition(".")[2].upper()
        if not any(name in terminals for terminals in run.heads):
            return None
        own = run.values if len(run.values) == row.width else run.atoms
        ruled = len({atom.line for atom in own}) == 1 and own[0].fragment.line.ruled
        if len(own) != row.width or (len(run.values) < row.width and not ruled):
            return None
        line.extend(own)
    return line if _is_credible(rows, line) else None


def _one_value_each(runs: Sequence[_Run], width: int) -> list[Atom] | None:
    """Each head is followed by its value."""
    if len(runs) == width and all(len(run.values) == 1 for run in runs):
        return [run.values[0] for run in runs]
    return None


def _deal_out(rows: Sequence[RowReading], line: Sequence[Atom | None]) -> None:
    start = 0
    for row in rows:
        own = line[start : start + row.width]
        row.values = [atom for atom in own if atom is not None and atom.is_value]
        row.settle(own)
        start += row.width


def _work_out(rows: Sequence[RowReading], values: list[Atom], notebook: Notebook) -> None:
    width = sum(row.width for row in rows)
    blocks: list[Block] = []
    start = 0
    for row in rows:
        blocks.extend((start + first, start + end) for first, end in blocks_of(row.form_row))
        start += row.width
    if len(values) == width:
        numbers = [whole_number(atom) for atom in values]
        if None not in numbers and adds_up([number or 0 for number in numbers], blocks):
            _deal_out(rows, values)
            paths = [path for row in rows for path in row.form_row.cell_paths]
            notebook.add(
                "L107",
                "The values stand among the column heads; in the form's order all totals add up.",
                paths,
                values[0].fragment.span(),
            )
            return
    open_row = OpenRow("", width, tuple(blocks), values)
    if blocks:
        open_row.enumerate()
    if open_row.candidates and open_row.complete:
        _adopt(rows, values, open_row.candidates)
        return
    gap: list[Atom | None] = [None] * max(0, width - len(values))
    _deal_out(rows, [*values, *gap][:width] if len(values) <= width else [None] * width)
    for row in rows:
        row.settled = False
        if len(values) > width:
            row.values = list(values)


def _adopt(rows: Sequence[RowReading], values: Sequence[Atom], candidates: Sequence[Candidate]) -> None:
    common = agreed(candidates)
    start = 0
    for row in rows:
        own = candidates[0][start : start + row.width]
        row.slots = [None if entry.place is None else values[entry.place] for entry in own]
        row.values = [atom for atom in row.slots if atom is not None]
        for column, entry in enumerate(common[start : start + row.width]):
            if entry is not None:
                row.inferred[column] = "each total adds up the columns before it"
                if entry.supplied or entry.part:
                    row.supplied[column] = entry.number
        start += row.width
