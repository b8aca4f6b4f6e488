"""A table whose numbers are all there, but torn from their labels: given back where the table's sums decide."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from govdisclosure._alignment import Stretch, is_sentence
from govdisclosure._arithmetic import Equation, blocks_of, whole_number
from govdisclosure._atoms import Atom, Atoms
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._reading_orders import Token
from govdisclosure._rows import RowReading
from govdisclosure._torn_columns import decided

FEWEST_OPEN = 2
"""One open row alone is worked out from the others."""


@frozen(eq=False)
class Surroundings:
    """Where a table's labels, heads and numbers stand: all atoms, and the labels that belong to the table or end it."""

    atoms: Atoms
    heads: tuple[str, ...]
    """The terminals of the column heads, in the form's order."""
    own: frozenset[str]
    titles: frozenset[str]

    @classmethod
    def of(cls, form: FormDefinition, section: SectionForm, atoms: Atoms) -> Surroundings:
        heads = tuple(column.head.terminal for column in section.rows[0].columns)
        own = frozenset(label.terminal for label in section.labels)
        return cls(atoms, heads, own, frozenset(other.title.terminal for other in form.sections))

    def values_from(self, start: int) -> list[Atom]:
        """The values from an atom on, up to a sentence or a label of another table; titles may stand among them."""
        marks = {mark.start: mark for mark in self.atoms.marks if mark.start >= start and mark.complete}
        found: list[Atom] = []
        for at, atom in enumerate(self.atoms.items[start:], start):
            mark = marks.get(at)
            if mark is not None and not (self.own | self.titles).intersection(mark.terminals):
                break
            if atom.is_text and not atom.labelled and is_sentence(atom.fragment.text):
                break
            if atom.is_value:
                found.append(atom)
        return found

    def heads_in_order(self, end: int) -> bool:
        """Whether all heads stand before an atom, behind the title before it, once each and in the form's order.

        The total's head may stand anywhere: which column is the total the sums say.
        """
        heads = self.heads[:-1]
        found: list[tuple[str, ...]] = []
        for mark in self.atoms.marks:
            if mark.start >= end:
                break
            if self.titles.intersection(mark.terminals) and mark.complete:
                found.clear()
            elif set(heads).intersection(mark.terminals):
                found.append(mark.terminals)
        return len(found) == len(heads) and all(head in terminals for head, terminals in zip(heads, found, strict=True))


def give_back_torn(rows: Sequence[RowReading], around: Surroundings, equations: Sequence[Equation]) -> bool:
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
    start = stretches[0].mark.start
    atoms = around.values_from(start)
    tokens = [_token(atom) for atom in atoms]
    if len(atoms) != width * len(rows) or None in tokens:
        return False
    signs = [
        [(row.form_row.path in equation.left) - (row.form_row.path in equation.right) for row in rows]
        for equation in equations
    ]
    cuts = _cuts(stretches, atoms, width)
    table = decided([token for token in tokens if token], width, cuts, signs, around.heads_in_order(start))
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
