"""A table whose numbers are all there, but torn from their labels: given back where the table's sums decide."""

from __future__ import annotations

from collections.abc import Sequence

from govdisclosure._alignment import Alignment, Stretch
from govdisclosure._arithmetic import Equation, blocks_of, whole_number
from govdisclosure._atoms import Atom
from govdisclosure._reading_orders import Token
from govdisclosure._rows import RowReading
from govdisclosure._torn_columns import decided

FEWEST_OPEN = 2
"""One open row alone is worked out from the others."""


def give_back_torn(rows: Sequence[RowReading], alignment: Alignment, equations: Sequence[Equation]) -> bool:
    """Give a torn table's numbers back to their cells, where its sums allow no other; say whether any were."""
    stretches = [row.stretch for row in rows if row.stretch is not None and row.stretch.in_order]
    widths = {row.width for row in rows}
    if (
        not equations
        or len(stretches) < len(rows)
        or len(widths) > 1
        or not all(blocks_of(row.form_row) for row in rows)
        or any(row.ruled is not None for row in rows)
        or sum(not row.settled for row in rows) < FEWEST_OPEN
    ):
        return False
    width = widths.pop()
    atoms = _numbers(rows, stretches, alignment)
    tokens = [_token(atom) for atom in atoms]
    if len(atoms) != width * len(rows) or None in tokens:
        return False
    signs = [
        [(row.form_row.path in equation.left) - (row.form_row.path in equation.right) for row in rows]
        for equation in equations
    ]
    table = decided([token for token in tokens if token], width, _cuts(stretches, atoms, width), signs)
    if table is None:
        return False
    slots = [[None if place is None else atoms[place] for place in row] for row in table]
    if any(row.settled and not _agree(row.slots, own) for row, own in zip(rows, slots, strict=True)):
        return False
    if any(atom and atom.line < label.first_line for label, own in zip(stretches, slots, strict=True) for atom in own):
        return False
    for row, own in zip(rows, slots, strict=True):
        _adopt(row, own)
    return any(row.inferred for row in rows)


PROOF = (
    "the order in which the numbers stand in the text: of all ways to cut the table into rows, columns and blocks, only "
    "this one lets each row add up to its total and each column balance (received + carried_in = concluded + "
    "carried_over; the outcome rows = concluded)"
)


def _adopt(row: RowReading, slots: list[Atom | None]) -> None:
    if row.settled and None in slots:
        row.settled = False
    row.torn = True
    if not row.settled:
        row.slots = slots
        row.inferred = {column: PROOF for column, atom in enumerate(slots) if atom is not None}


def _agree(known: Sequence[Atom | None], found: Sequence[Atom | None]) -> bool:
    return all(
        other is None or (atom is not None and _token(atom) == _token(other))
        for atom, other in zip(known, found, strict=True)
    )


def _numbers(rows: Sequence[RowReading], stretches: Sequence[Stretch], alignment: Alignment) -> list[Atom]:
    """All values from the table's first label on, and those above it that stand under its heads, in their order."""
    found: dict[int, Atom] = {}
    for row, stretch in zip(rows, stretches, strict=True):
        for atom in (*stretch.values, *alignment.before.get(row.index, ()), *alignment.after.get(row.index, ())):
            found[id(atom)] = atom
    return sorted(found.values(), key=lambda atom: (atom.line, atom.fragment.column))


def _token(atom: Atom) -> Token | None:
    """The number and, for a placeholder, its text."""
    number = whole_number(atom)
    if number is None or atom.reading is None:
        return None
    return number, atom.fragment.text if atom.reading.is_placeholder else ""


def _cuts(stretches: Sequence[Stretch], atoms: Sequence[Atom], width: int) -> list[int]:
    """The rows before whose labels stand just the numbers of the rows above."""
    lines = [atom.line for atom in atoms]
    cuts = [0]
    for at, stretch in enumerate(stretches):
        if at and sum(line < stretch.first_line for line in lines) == at * width:
            cuts.append(at)
    return cuts
