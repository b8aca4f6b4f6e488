"""Which values belong to which row, where labels, heads and values were printed in another order than the form's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from govdisclosure._alignment import Alignment
from govdisclosure._arithmetic import blocks_of, sums_hold
from govdisclosure._atoms import Atom
from govdisclosure._characters import has_han
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import Column
from govdisclosure._rows import RowReading
from govdisclosure._values import suits


def values_before_labels(rows: list[RowReading], alignment: Alignment) -> list[RowReading]:
    """Some extractors print a row's values above its label: then the first row has some before it, the last none."""
    found = [row for row in rows if row.stretch is not None]
    if len(found) < 2 or found[-1].values or found[0].index not in alignment.before:
        return rows
    before = [alignment.before[found[0].index], *(row.values for row in found[:-1])]
    if not all(len(values) == row.width for row, values in zip(found, before, strict=True)):
        return rows
    one_missing = found[-1].index - found[0].index >= len(found)
    if one_missing or any(row.extra or any(has_han(atom.fragment.text) for atom in row.foreign) for row in found):
        return rows  # among them may be the values of a label that is not known
    for row, values in zip(found, before, strict=True):
        row.values = values
        row.settle(values)
    return rows


def claim_values_under_heads(rows: list[RowReading], alignment: Alignment) -> bool:
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
        if _stand_beside_a_text(after, row.stretch.line):
            after = []
        following = rows[at + 1] if at + 1 < len(rows) else None
        wanted_below = following is not None and len(following.values) < following.width
        if row.settled:
            free = following is None or not wanted_below
            unclaimed = unclaimed or bool(after and free)
        elif (
            before
            and len(before) + len(row.values) == row.width
            and (at == 0 or rows[at - 1].settled)
            and not (wanted_below and following is not None and _may_own(before, row, following, alignment))
            and sums_hold(row.form_row, [*before, *row.values]) is not False
        ):
            # What stands above a row that has its values on one line may be a page's number.
            lines = [atom.line for atom in row.values]
            row.disturbed = row.stretch.line in lines or len(set(lines)) < len(lines)
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


def _stand_beside_a_text(values: Sequence[Atom], label_line: int) -> bool:
    """Whether values stand in a line of their own that begins with a text, as of a row whose label is not known."""
    for atom in values:
        if atom.line != label_line and not atom.fragment.line.ruled:
            before = (piece for piece in atom.fragment.line.fragments if piece.column < atom.fragment.column)
            if any(has_han(piece.text) for piece in before):
                return True
    return False


def _may_own(before: Sequence[Atom], row: RowReading, following: RowReading, alignment: Alignment) -> bool:
    """Whether values before two labels may be the second's, which lacks some and has no others to claim."""
    if blocks_of(row.form_row) or not following.found or row.values:
        return False
    return not alignment.before.get(following.index) and not alignment.after.get(following.index)


def resequence(rows: list[RowReading], elsewhere: Mapping[int, int], notebook: Notebook) -> None:
    """Between two rows that are in order, labels and values may have been torn apart without losing their order.

    If there are just as many values as columns and every row then adds up, that is the table. ``elsewhere`` has the
    lines of labels that stand apart.
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


def _resequence_run(run: list[RowReading], elsewhere: Mapping[int, int], notebook: Notebook) -> None:
    values = sorted((atom for row in run for atom in row.values), key=_place)
    if (
        len(run) < 2
        or len(values) != sum(row.width for row in run)
        or not _labels_keep_their_order(run, values[-1].line, elsewhere)
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


def _labels_keep_their_order(run: Sequence[RowReading], last: int, elsewhere: Mapping[int, int]) -> bool:
    """Whether the labels follow each other as in the form, but for some that were moved behind the ``last`` value.

    Where two labels changed places their values did, too, and sums need not notice.
    """
    if not all(row.stretch is not None or elsewhere.get(row.index, -1) > last for row in run):
        return False
    own = [row.stretch.first_line for row in run if row.stretch is not None]
    moved = [elsewhere[row.index] for row in run if row.stretch is None]
    return all(one <= other for lines in (own, moved) for one, other in pairwise(lines))


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


def _place(atom: Atom) -> tuple[int, int]:
    return atom.line, atom.fragment.column
