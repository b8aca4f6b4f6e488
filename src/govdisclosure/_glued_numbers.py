"""A row's last number run together with a number that is not the table's: the next label's, or the page's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

import attrs

from govdisclosure._arithmetic import blocks_of, sums_hold
from govdisclosure._characters import label_key, numbering
from govdisclosure._diagnostics import Notebook
from govdisclosure._furniture import MissingPage
from govdisclosure._rows import RowReading
from govdisclosure._values import read_value


def part_from_numbering(rows: Sequence[RowReading], notebook: Notebook) -> None:
    """A row's last number may have run together with the number of the label after it: ``0 0 57.属于…``.

    The label has then lost its number, and the row adds up without that; if it does not, it is doubtful.
    """
    for row, following in pairwise([row for row in rows if row.stretch is not None]):
        if not row.settled or row.holds is not False or following.stretch is None:
            continue
        number = _lost_number(following)
        last = row.slots[-1]
        if number and last is not None and last.line == following.stretch.first_line and _ends_with(row, number):
            row.disturbed = not _parted(row, number, "the number of the next label", notebook)


def part_from_page_numbers(
    rows: Sequence[RowReading], missing: Sequence[MissingPage], page_changes: Collection[int], notebook: Notebook
) -> None:
    """A row's last number may have run together with the number of a page that was not found where it should stand.

    A row that adds up without it is parted; one without a sum is doubtful if the page changes after it.
    """
    for row in rows:
        last = row.slots[-1]
        if not row.settled or last is None or row.holds is True:
            continue
        for page in missing:
            if not page.after < last.line < page.before or not _ends_with(row, str(page.number)):
                continue
            if _parted(row, str(page.number), "the number of the page", notebook):
                break
            if not blocks_of(row.form_row) and last.line in page_changes:
                row.disturbed = True


def _ends_with(row: RowReading, number: str) -> bool:
    last = row.slots[-1]
    return last is not None and last.fragment.text.endswith(number) and last.fragment.text != number


def _parted(row: RowReading, number: str, what: str, notebook: Notebook) -> bool:
    """Take the number off the row's last one, if the row then adds up."""
    last = row.slots[-1]
    assert last is not None
    printed = last.fragment.text
    own = attrs.evolve(last.fragment, text=printed.removesuffix(number))
    slots = [*row.slots[:-1], attrs.evolve(last, fragment=own, reading=read_value(own.text))]
    if not sums_hold(row.form_row, slots):
        return False
    row.values = [atom for atom in slots if atom is not None and atom.is_value]
    row.settle(slots)
    row.inferred[row.width - 1] = "its columns add up to its total"
    message = f"{printed} is {own.text} and {what}: with {own.text} the row's columns add up to it."
    notebook.add("L205", message, [row.form_row.cell_paths[-1]], own.span())
    return True


def _lost_number(row: RowReading) -> str:
    """The number that a row's label has in the form, if it stands without it in the document."""
    if row.stretch is None or row.form_row.label is None or numbering(label_key(row.stretch.place.text)):
        return ""
    number = numbering(label_key(row.form_row.label.official))
    return number if number.isdigit() else ""
