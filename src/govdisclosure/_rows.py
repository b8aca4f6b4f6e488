"""From a row's stretch of atoms to its cells: which value stands in which column, as far as the layout tells.

What the layout leaves open (a row with fewer values than columns, whose empty cells left no trace) is settled by
``_columns`` from the other rows of the table, by ``_arithmetic`` from the form's sums, or is said to be doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from govdisclosure._alignment import Stretch
from govdisclosure._arithmetic import sums_hold
from govdisclosure._atoms import Atom
from govdisclosure._characters import has_han
from govdisclosure._forms import Row
from govdisclosure._source import Fragment
from govdisclosure._values import is_part_of_a_number
from govdisclosure.records import Span


@define(slots=True, eq=False)
class RuledCells:
    """The cells of a ruled line that may hold a row's values, with where they stand in the line."""

    atoms: list[Atom]
    first: int
    """The place of the first of them in the line (from 0)."""
    after_label: int
    """How many cells after the label's cell the first of them stands; 0 if the line has no label."""
    length: int
    """How many cells the line has."""


@define(slots=True, eq=False)
class RowReading:
    """A row as read so far. ``slots`` is the row's columns: a value, an empty ruled cell, or ``None`` (unknown)."""

    form_row: Row
    index: int
    slots: list[Atom | None]
    values: list[Atom] = field(factory=list)
    settled: bool = False
    """Each column has its value, or is known to be empty."""
    found: bool = True
    """The row's label is in the document."""
    disturbed: bool = False
    """Something foreign stands between the label and the values, or among the values."""
    ruled: RuledCells | None = None
    stretch: Stretch | None = None
    foreign: list[Atom] = field(factory=list)
    extra: list[tuple[list[Atom], list[Atom]]] = field(factory=list)
    """Rows of the document's own: label atoms and value atoms."""
    inferred: dict[int, str] = field(factory=dict)
    """Columns whose reading rests on the form's arithmetic, with the proof."""
    supplied: dict[int, int] = field(factory=dict)
    """Columns whose value is not printed but follows from the form's arithmetic."""
    merged_columns: bool = False
    torn: bool = False
    """The table's values and labels were torn apart, so that the row's own values prove nothing."""
    by_position: bool = False
    width: int = field(init=False)
    """How many columns the row has."""
    _summed: list[Atom | None] | None = field(default=None, init=False)
    _holds: bool | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self.width = len(self.form_row.columns)

    @property
    def holds(self) -> bool | None:
        """Whether the row adds up as it stands (``sums_hold``); worked out once for each filling of its slots."""
        if self._summed is not self.slots:
            self._summed, self._holds = self.slots, sums_hold(self.form_row, self.slots)
        return self._holds

    def settle(self, atoms: Sequence[Atom | None]) -> None:
        self.slots = list(atoms)
        self.settled = True

    def lay_out(self) -> None:
        """Put the values that are there into the columns in their order, the last one last; the row stays open."""
        if len(self.values) <= self.width:
            gap: list[Atom | None] = [None] * (self.width - len(self.values))
            values: list[Atom | None] = list(self.values)
            self.slots = [*values[:-1], *gap, *values[-1:]]
        else:
            self.slots = [None] * self.width


def missing_row(row: Row, index: int) -> RowReading:
    return RowReading(row, index, [None] * len(row.columns), found=False)


def read_row(row: Row, index: int, stretch: Stretch) -> RowReading:
    """Read one row from its stretch alone."""
    reading = RowReading(row, index, [None] * len(row.columns), stretch=stretch)
    values = _values_of_plain_line(stretch.atoms)
    if values:
        own, lines = stretch.atoms, [stretch.atoms]
        reading.values = values
        reading.ruled = _in_line(own) if values[0].fragment.line.ruled else None
    else:
        own, reading.extra = _without_extra_rows(stretch.atoms, reading.width)
        reading.foreign = [atom for atom in own if atom.is_text and not atom.labelled]
        lines = _by_line(own)
        reading.values = [atom for atom in own if atom.is_value]
        reading.ruled = _closed_cells(own) or _ruled_cells(lines)
    if len(reading.values) == reading.width and values:
        reading.settle(values)
    elif len(reading.values) == reading.width and not _has_own_label(reading, reading.values):
        reading.settle(reading.values)
        lines_used = {atom.line for atom in reading.values}
        in_cells = any(atom.fragment.line.ruled and atom.line in lines_used for atom in reading.foreign)
        across = len(lines_used) > 1 and (reading.foreign or any(a.fragment.line.ruled for a in reading.values))
        reading.disturbed = (
            in_cells
            or bool(across)
            or any(is_part_of_a_number(atom.fragment.text) for atom in reading.foreign)
            or _on_both_sides_of_a_label(own)
            or _behind_another_text(own)
        )
    elif len(reading.values) > reading.width:
        _choose_line(reading, lines, own)
    elif not reading.values and reading.ruled is not None and len(reading.ruled.atoms) >= reading.width:
        reading.settle(reading.ruled.atoms[-reading.width :])
    if not reading.settled:
        reading.lay_out()
    return reading


def _values_of_plain_line(atoms: Sequence[Atom]) -> list[Atom]:
    """The values of a row whose atoms are values, or empty cells of a ruled line, on one line: as nearly all are."""
    values: list[Atom] = []
    for atom in atoms:
        if atom.line != atoms[0].line:
            return []
        if atom.reading is not None:
            values.append(atom)
        elif not atom.blank or not atom.fragment.line.ruled:
            return []
    return values


def _closed_cells(atoms: Sequence[Atom]) -> RuledCells | None:
    """The cells of a row that is printed a cell a line, empty ones too; nothing if one of them can't be read."""
    cells = [atom for atom in atoms if not atom.is_text]
    if not any(atom.blank for atom in cells) or any(atom.fragment.line.ruled for atom in cells):
        return None
    if any(atom.is_text and not atom.labelled for atom in atoms):
        return None
    return RuledCells(cells, first=0, after_label=0, length=len(cells))


def _by_line(atoms: Sequence[Atom]) -> list[list[Atom]]:
    lines: dict[int, list[Atom]] = {}
    for atom in atoms:
        lines.setdefault(atom.line, []).append(atom)
    return list(lines.values())


def _without_extra_rows(atoms: list[Atom], width: int) -> tuple[list[Atom], list[tuple[list[Atom], list[Atom]]]]:
    """Part off rows with a label of their own: a text that follows values and has values of its own beside it."""
    seen = 0
    for at, atom in enumerate(atoms):
        if atom.is_value:
            seen += 1
        elif atom.is_text and not atom.labelled and seen and not is_part_of_a_number(atom.fragment.text):
            beside = [later for later in atoms[at:] if later.line == atom.line and not later.is_text]
            values = sum(later.is_value for later in beside)
            complete = seen >= width and any(later.is_value for later in atoms[at:])
            fills = 2 * values > width or (atom.fragment.line.ruled and values and len(beside) >= width)
            if complete or (has_han(atom.fragment.text) and fills):
                return atoms[:at], _extra_rows(atoms[at:])
    return atoms, []


def _extra_rows(atoms: list[Atom]) -> list[tuple[list[Atom], list[Atom]]]:
    rows: list[tuple[list[Atom], list[Atom]]] = []
    for atom in atoms:
        if atom.is_text:
            if not rows or rows[-1][1]:
                rows.append(([], []))
            rows[-1][0].append(atom)
        elif atom.is_value and rows:
            rows[-1][1].append(atom)
    return [row for row in rows if row[1]]


def _choose_line(reading: RowReading, lines: list[list[Atom]], own: Sequence[Atom]) -> None:
    """More values than columns: take the one line that holds as many as there are columns; the rest is foreign.

    Not if words stand between other values and that line: then it may be another row's, whose label is not known.
    """
    full = [line for line in lines if sum(atom.is_value for atom in line) == reading.width]
    if len(full) == 1 and reading.width > 1 and not _has_own_label(reading, full[0]):
        chosen = [atom for atom in full[0] if atom.is_value]
        label = reading.stretch.line if reading.stretch is not None else -1
        beside = [atom for atom in own if atom.is_value and atom.line == label != chosen[0].line]
        if len(beside) > 1 or any(atom.fragment.line.ruled for atom in beside):
            return  # what stands beside the label is the row's
        before = own[: own.index(chosen[0])]
        first = next((at for at, atom in enumerate(before) if atom.is_value), len(before))
        if any(atom.is_text and has_han(atom.fragment.text) for atom in before[first:]):
            return
        reading.foreign.extend(atom for atom in reading.values if atom not in chosen)
        reading.values = chosen
        reading.settle(chosen)
        reading.disturbed = True


def _behind_another_text(own: Sequence[Atom]) -> bool:
    """Whether a text that no form has stands right before the first value: it may be the label of a row of its own."""
    first = next((at for at, atom in enumerate(own) if atom.is_value), 0)
    return (
        first > 0 and own[first - 1].is_text and not own[first - 1].labelled and has_han(own[first - 1].fragment.text)
    )


def _on_both_sides_of_a_label(own: Sequence[Atom]) -> bool:
    """Whether one line has values before a piece of a label and behind it, as where a table's lines are numbered."""
    before: set[int] = set()
    both: set[int] = set()
    for atom in own:
        if atom.is_value:
            if atom.line in both:
                return True
            before.add(atom.line)
        elif atom.labelled and atom.line in before and not atom.fragment.line.ruled:
            both.add(atom.line)
    return False


def _has_own_label(reading: RowReading, values: Sequence[Atom]) -> bool:
    """Whether values stand beside a text of their own: in a ruled line below the row's own, or below other values.

    Then they are another row's.
    """
    if not values or reading.stretch is None:
        return False
    lines = {atom.line for atom in values if atom.line != values[0].line}
    if values[0].fragment.line.ruled and values[0].line != reading.stretch.line:
        lines.add(values[0].line)
    return any(atom.line in lines and has_han(atom.fragment.text) for atom in reading.foreign)


def _ruled_cells(lines: list[list[Atom]]) -> RuledCells | None:
    """The cells of the one ruled line that holds the row's values (or, if it has none, enough empty cells)."""
    best: RuledCells | None = None
    for line in lines:
        source = line[0].fragment.line
        if not source.ruled:
            if any(atom.is_value for atom in line):
                return None
            continue
        cells = line
        for at in range(len(line) - 1, -1, -1):
            if line[at].is_text:
                if not line[at].labelled:
                    return None
                cells = line[at + 1 :]
                break
        if not cells:
            continue
        if best is not None and not any(atom.is_value for atom in cells):
            continue
        if best is not None and any(atom.is_value for atom in best.atoms):
            return None
        best = _in_line(cells)
        if best is None:
            return None
    return best


def _in_line(cells: list[Atom]) -> RuledCells | None:
    """Where in their ruled line cells stand; ``None`` if one among them was taken for (a piece of) a label."""
    source = cells[0].fragment.line
    first = _place_in(source.fragments, cells[0].fragment)
    last = source.fragments[min(first + len(cells), len(source.fragments)) - 1]
    if last is not cells[-1].fragment and _place_in(source.fragments, cells[-1].fragment) - first >= len(cells):
        return None
    label = first - 1
    while label >= 0 and not source.fragments[label].text:
        label -= 1
    return RuledCells(
        atoms=cells,
        first=first if source.table is None else cells[0].fragment.column,
        after_label=first - label if label >= 0 else 0,
        length=len(source.fragments),
    )


def _place_in(fragments: list[Fragment], fragment: Fragment) -> int:
    """Which of a line's fragments it is; 0 for a part of one."""
    try:
        return fragments.index(fragment)
    except ValueError:
        return 0


def place_of(row: RowReading) -> Span | None:
    if row.values:
        return row.values[0].fragment.span()
    return row.stretch.place if row.stretch is not None else None
