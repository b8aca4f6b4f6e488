"""A table whose numbers are all there, but torn from their labels: given back where the table's sums decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from govdisclosure._alignment import Alignment, Stretch, is_sentence
from govdisclosure._arithmetic import Equation, blocks_of, sums_hold, whole_number
from govdisclosure._atoms import Atom, Atoms
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._reading_orders import Token
from govdisclosure._rows import RowReading
from govdisclosure._table_sums import proof_of
from govdisclosure._torn_columns import decided

FEWEST_OPEN = 2
"""One open row alone is worked out from the others."""


@frozen(eq=False)
class Surroundings:
    """Where a table's labels, heads and numbers stand: all atoms, and how the form's rows were found among them."""

    form: FormDefinition
    section: SectionForm
    atoms: Atoms
    alignment: Alignment

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The terminals of the column heads, in the form's order."""
        return tuple(column.head.terminal for column in self.section.rows[0].columns)

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(section.title.terminal for section in self.form.sections)

    @cached_property
    def dropped(self) -> frozenset[int]:
        """The atoms among the rows' labels that look like values and are pieces of labels."""
        alignment = self.alignment
        kept = {id(atom) for stretch in alignment.chosen.values() for atom in stretch.atoms}
        for loose in (*alignment.before.values(), *alignment.after.values()):
            kept.update(id(atom) for atom in loose)
        last = max((stretch.mark.start for stretch in alignment.chosen.values()), default=0)
        return frozenset(
            at for at in range(last) if self.atoms.items[at].is_value and id(self.atoms.items[at]) not in kept
        )

    def values_from(self, start: int) -> list[Atom]:
        """The values from an atom on, up to a sentence or a label of another table; titles may stand among them."""
        marks = {mark.start: mark for mark in self.atoms.marks if mark.start >= start and mark.complete}
        inside = self.titles.union(label.terminal for label in self.section.labels)
        found: list[Atom] = []
        for at, atom in enumerate(self.atoms.items[start:], start):
            mark = marks.get(at)
            if mark is not None and not inside.intersection(mark.terminals):
                break
            if atom.is_text and not atom.labelled and is_sentence(atom.fragment.text):
                break
            if atom.is_value and at not in self.dropped:
                found.append(atom)
        return found

    def under_heads(self, start: int, end: int) -> list[Atom] | None:
        """A row's values in the form's order, where its heads stand among them, as many before each run of values.

        ``None`` unless each column has its head and its value once.
        """
        marks = {mark.start: mark for mark in self.atoms.marks if start <= mark.start < end and mark.complete}
        heads: list[int] = []
        values: list[Atom] = []
        for at, atom in enumerate(self.atoms.items[start:end], start):
            columns = [column for column, head in enumerate(self.heads) if at in marks and head in marks[at].terminals]
            if columns and values and self.atoms.items[at - 1] is values[-1] and len(values) < len(heads):
                return None
            heads.extend(columns)
            if atom.is_value:
                values.append(atom)
            if len(values) > len(heads):
                return None
        if sorted(heads) != list(range(len(self.heads))) or len(values) < len(heads):
            return None
        return [values[heads.index(column)] for column in range(len(heads))]

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
    _put_under_heads(atoms, rows, stretches, around)
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
        _adopt(row, own, equations)
    return any(row.inferred for row in rows)


def _put_under_heads(
    atoms: list[Atom], rows: Sequence[RowReading], stretches: Sequence[Stretch], around: Surroundings
) -> None:
    """Put the values of a row in the form's order where heads that stand among them say so, and the row's sum too."""
    places = {id(atom): place for place, atom in enumerate(atoms)}
    for row, (stretch, following) in zip(rows, pairwise(stretches), strict=False):
        ordered = around.under_heads(stretch.mark.end, following.mark.start)
        if ordered and sums_hold(row.form_row, ordered) is True:
            first = min(places[id(atom)] for atom in ordered)
            if sums_hold(row.form_row, atoms[first : first + row.width]) is False:
                atoms[first : first + row.width] = ordered


def _adopt(row: RowReading, slots: list[Atom | None], equations: Sequence[Equation]) -> None:
    if row.settled and None in slots:
        row.settled = False
    row.torn = True
    if not row.settled:
        row.slots = slots
        proof = _proof(row, slots, equations)
        row.inferred = {column: proof for column, atom in enumerate(slots) if atom is not None}


def _proof(row: RowReading, slots: Sequence[Atom | None], equations: Sequence[Equation]) -> str:
    numbers = [atom.fragment.text for atom in slots if atom is not None]
    own = f"{' + '.join(numbers[:-1])} = {numbers[-1]}; " if len(numbers) == row.width else ""
    return (
        "the order of the numbers in the text, which however the table is cut into rows, columns and blocks leaves no "
        f"other number here if the sums are to hold: {own}{proof_of(row, equations)}"
    )


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
