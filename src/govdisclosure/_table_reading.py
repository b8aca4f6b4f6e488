"""One table of the form: its rows read, disturbed rows put right where that is certain, the rest worked out or doubted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from govdisclosure._alignment import Alignment, Stretch
from govdisclosure._arithmetic import sums_hold, whole_number
from govdisclosure._atoms import Atom
from govdisclosure._blank_rows import settle_blank_rows
from govdisclosure._closed_cells import place_closed_cells
from govdisclosure._columns import doubt_blanks_without_head, drop_merged_columns, place_by_cells
from govdisclosure._columns_by_place import place_by_position
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import SectionForm
from govdisclosure._furniture import Furniture
from govdisclosure._glued_numbers import part_from_numbering, part_from_page_numbers
from govdisclosure._rows import RowReading, missing_row, read_row
from govdisclosure._table_claims import claim_values_under_heads, resequence, values_before_labels
from govdisclosure._table_doubts import (
    doubt_all,
    doubt_ambiguous_labels,
    doubt_blanks_after_excess,
    doubt_blanks_beside_loose_values,
    doubt_borrowed,
    doubt_late_heads,
    doubt_order_of_columns,
    doubt_rows_of_one_line,
    doubt_run_together,
    doubt_strays,
    doubt_totals_not_stated,
    is_torn,
)
from govdisclosure._table_sums import equations_of, work_out
from govdisclosure._torn_table import Surroundings, give_back_torn


def read_labelled_table(
    section: SectionForm,
    first: int,
    alignment: Alignment,
    head_keys: HeadKeys,
    around: Surroundings,
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
    rows = values_before_labels(rows, alignment)
    _leave_out_page_numbers(rows, alignment, page)
    doubt_strays(rows)
    doubt_run_together(rows)
    doubt_rows_of_one_line(rows)
    doubt_ambiguous_labels(rows)
    doubt_totals_not_stated(rows)
    doubt_late_heads(rows, alignment)
    unclaimed = claim_values_under_heads(rows, alignment)
    doubt_strays(rows)  # once more: what was claimed may be a page number, too
    doubt_borrowed(rows)
    resequence(rows, alignment.elsewhere, notebook)
    place_closed_cells(rows, page.closed_cells)
    place_by_cells(rows, page.last_line)
    doubt_blanks_without_head(rows, head_keys)
    place_by_position(rows, page.last_line)
    part_from_numbering(rows, notebook)
    part_from_page_numbers(rows, page.furniture.missing, page.furniture.page_ends, notebook)
    doubt_blanks_after_excess(rows)
    doubt_blanks_beside_loose_values(rows, alignment)
    if is_torn(rows, alignment) or (
        unclaimed and any(row.found and not row.values and not row.settled for row in rows)
    ):
        doubt_all(rows)
    equations = equations_of(section)
    if not give_back_torn(rows, around, equations):
        work_out(rows, equations, notebook)
    settle_blank_rows(rows, equations)
    doubt_order_of_columns(rows, notebook)
    return rows


@frozen
class PageHints:
    """What the page says of a table: where the document ends, and what may be page numbers."""

    last_line: int
    furniture: Furniture
    found: set[int]
    """The pages whose number was found to be no row's value."""
    closed_cells: Mapping[int, int]
    """By line: the number of a cell that is closed by a bar, where each has a line of its own."""

    @property
    def numbers(self) -> Mapping[int, int]:
        """By line: the number of a page whose number is one of several such lines."""
        return self.furniture.numbers


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
        headed = {atom.line for atom in atoms if atom.key in heads and atom.fragment.line.ruled}
        lines: dict[int, list[str]] = {line: [] for line in sorted(headed)}
        for atom in atoms:
            if atom.line in headed:
                lines[atom.line].append("" if atom.blank else atom.key)
        self._lines = list(lines.items())

    def __call__(self, row: RowReading) -> tuple[Sequence[str], int]:
        """The keys of the nearest line of heads above the row, and how many rows down that is."""
        line = row.values[0].line if row.values else -1
        for at, keys in reversed(self._lines):
            if at < line:
                return keys, line - at
        return (), 0
