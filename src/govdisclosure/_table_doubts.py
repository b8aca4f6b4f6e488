"""Rows whose values may be another row's, a page number or foreign: what makes a row, or a whole table, doubtful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from govdisclosure._alignment import Alignment
from govdisclosure._arithmetic import blocks_of, whole_number
from govdisclosure._atoms import Atom
from govdisclosure._characters import has_han
from govdisclosure._columns_by_place import is_laid_out
from govdisclosure._diagnostics import Notebook
from govdisclosure._rows import RowReading, place_of
from govdisclosure._source import Fragment

SAME_LINE = 0.6
"""The share of a table's rows with their values on one line, beside the label, that makes it the table's habit."""


def doubt_strays(rows: Sequence[RowReading]) -> None:
    """Where rows are printed on one line each, a value that stands on another line may be a page number.

    The sums decide; without a sum the row is doubtful. Rows whose label is wrapped are printed otherwise, but not above it.
    """
    plain = [row for row in rows if row.settled and row.values and row.ruled is None and row.stretch is not None]
    lines = {row.index: {atom.line for atom in row.values} for row in plain}
    several = [row for row in plain if row.width > 1]
    if _is_habit([len(lines[row.index]) == 1 for row in several]):
        for row in several:
            row.disturbed = row.disturbed or len(lines[row.index]) > 1
    if _is_habit([lines[row.index] == {_label_line(row)} for row in plain]):
        for row in plain:
            assert row.stretch is not None
            own, label = lines[row.index], row.stretch
            wrapped = label.mark.pieces > 1 or not label.mark.complete
            if len(own) > 1 or min(own) < label.first_line or (not wrapped and own != {label.line}):
                row.disturbed = True


def _is_habit(rows: Sequence[bool]) -> bool:
    having = rows.count(True)
    return having >= 2 and having >= SAME_LINE * len(rows)


def doubt_totals_not_stated(rows: Sequence[RowReading]) -> None:
    """A row whose values are scattered over lines and add up to something, with a placeholder for its total.

    It may as well have lost a number and taken the placeholder from the next row; or a total of nothing but placeholders
    from behind something foreign.
    """
    for row in rows:
        if not row.settled or row.ruled is not None or not blocks_of(row.form_row) or len(row.values) < row.width:
            continue
        total = row.values[-1]
        scattered = len({atom.line for atom in row.values}) > 1
        if total.reading is None or not scattered:
            continue
        if total.reading.is_placeholder and _has_numbers(row):
            row.disturbed = True
        elif row.disturbed and all(a.reading is not None and a.reading.is_placeholder for a in row.values[:-1]):
            row.settled, row.torn = False, True


def doubt_run_together(rows: Sequence[RowReading]) -> None:
    """A number like ``00`` may be two where nothing shows its column: then the row has one value too many."""
    for row in rows:
        together = row.settled and row.ruled is None and any(_has_leading_zero(atom) for atom in row.values)
        if together and not is_laid_out(row):
            row.settled, row.torn = False, True


def _has_leading_zero(atom: Atom) -> bool:
    return atom.reading is not None and atom.reading.remark == "leading zero"


def doubt_ambiguous_labels(rows: Sequence[RowReading]) -> None:
    """A row known by a label that is a column's head, too, must add up: else its values may stand under the head.

    Behind two labels in one cell the values may be either row's.
    """
    for row in rows:
        if row.stretch is not None and row.stretch.mark.doubled:
            row.settled, row.torn, row.ruled = False, True, None
        ambiguous = row.stretch is not None and len(row.stretch.mark.terminals) > 1
        if ambiguous and row.settled and row.holds is False:
            row.settled, row.torn = False, True


def doubt_rows_of_one_line(rows: Sequence[RowReading]) -> None:
    """Where rows follow each other on one line, an empty cell may as well be what parts them.

    In a table whose rows are printed as columns, the first cell of the next line is nobody's.
    """
    lines = Counter([row.stretch.line for row in rows if row.stretch is not None])
    if len(lines) == lines.total():
        return
    for row in rows:
        if row.stretch is not None and lines[row.stretch.line] > 1:
            if not row.settled:
                row.ruled = None
            elif not row.values:
                row.settled, row.torn, row.ruled = False, True, None


def doubt_blanks_after_excess(rows: Sequence[RowReading]) -> None:
    """An empty row beside one that has a whole row's values too many has lost its own to it."""
    for row, following in (*pairwise(rows), *((b, a) for a, b in pairwise(rows))):
        if not row.settled and len(row.values) >= 2 * row.width and following.settled and not following.values:
            following.settled, following.torn = False, True


def doubt_blanks_beside_loose_values(rows: Sequence[RowReading], alignment: Alignment) -> None:
    """Where labels have lost their values and values stand under no label, an empty row may have lost its own."""
    if not any(row.found and not row.settled and not row.values for row in rows):
        return
    if any(alignment.before.get(row.index) or alignment.after.get(row.index) for row in rows):
        for row in rows:
            if row.settled and not row.values:
                row.settled, row.torn = False, True


def doubt_late_heads(rows: Sequence[RowReading], alignment: Alignment) -> None:
    """Values that stand between a row's label and its column heads may be another row's, where no sum tells."""
    for row in rows:
        if row.settled and row.index in alignment.headed_late and not blocks_of(row.form_row) and row.ruled is None:
            row.settled, row.torn = False, True


def doubt_borrowed(rows: Sequence[RowReading]) -> None:
    """Values between two labels may belong to either; if the second has none of its own, both are open.

    Where rows have sums, only a whole line of values can stand so. Two lines of values behind two labels may be theirs
    in turn, though the second row adds up with the first line.
    """
    for row, following in pairwise(rows):
        if row.settled and row.ruled is None and following.found and not following.values and following.ruled is None:
            lines = {atom.line for atom in row.values}
            between = lines and _label_line(row) not in lines
            whole = len(lines) == 1 < row.width or (
                not blocks_of(row.form_row) and row.form_row.columns == following.form_row.columns
            )
            if between and whole:
                row.settled, row.torn = False, True
        if following.settled and row.found and not row.values and not row.settled:
            left_over = sum(atom.is_value for atom in following.foreign)
            if left_over > 1:
                following.settled, following.torn = False, True


def _label_line(row: RowReading) -> int:
    return row.stretch.line if row.stretch is not None else -1


TORN = 0.2
"""The share of a table's values that may stand with the wrong label before none of its rows is trusted."""


def is_torn(rows: Sequence[RowReading], alignment: Alignment) -> bool:
    """Whether numbers and labels were torn apart: some rows have too many values, or do not add up, while others
    have none."""
    if _values_stand_before_labels(rows, alignment):
        return True
    if _labels_stand_behind(rows):
        return True
    without = [row for row in rows if not row.values and not row.settled and row.ruled is None]
    if not without:
        return False
    plain = [row for row in rows if row.ruled is None]
    if sum(row.found for row in without) > 1 and any(row.settled and row.holds is False for row in plain):
        return True
    if _labels_stand_in_a_block(rows):
        return True
    none = sum(row.width for row in without)
    excess = sum(max(0, len(row.values) - row.width) for row in plain)
    return excess > 1 and excess + none > TORN * sum(row.width for row in rows)


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


def _values_stand_before_labels(rows: Sequence[RowReading], alignment: Alignment) -> bool:
    """Whether the first label has values before it, and the last one none behind it."""
    found = [row for row in rows if row.stretch is not None]
    if len(found) < 2 or found[-1].values:
        return False
    return len(alignment.before.get(found[0].index, ())) > 1  # one may be a page's number


def _labels_stand_behind(rows: Sequence[RowReading]) -> bool:
    """Whether lines begin with values and end with a label more often than not: then these are its values."""
    labels = [row.stretch.label for row in rows if row.stretch is not None]
    if sum(map(_begins_with_a_value, labels)) < 2:
        return False
    sides = list(map(_side_of_values, labels))
    return sides.count(-1) > 1 and sides.count(-1) > sides.count(1)


def _begins_with_a_value(label: Fragment) -> bool:
    """Whether what stands first in a label's line stands before the label, and is no word."""
    for piece in label.line.fragments:
        if piece.text:
            return piece.column < label.column and not has_han(piece.text)
    return False


def _side_of_values(label: Fragment) -> int:
    """-1 if a label's line begins with values (not with its own number, ``1.``) and none follow it, 1 if some do."""
    values = [piece for piece in label.line.fragments if piece.text and not has_han(piece.text)]
    if any(piece.column > label.column for piece in values):
        return 1
    if not _begins_with_a_value(label):
        return 0
    before = [piece for piece in values if piece.column < label.column]
    return -1 if before[-1].text[-1].isdigit() else 0


def doubt_all(rows: Sequence[RowReading]) -> None:
    """Doubt all rows but those whose values stand in cells beside their label."""
    for row in rows:
        if not any(atom.fragment.line.ruled and atom.line == _label_line(row) for atom in row.values):
            row.settled = False
            row.torn = True


MOST = 0.5
FEWEST_WRONG = 3


def doubt_order_of_columns(rows: Sequence[RowReading], notebook: Notebook) -> None:
    """A report may have a wrong sum here and there; if most rows do not add up, the table was not read rightly."""
    outcomes = [row.holds for row in rows if row.settled and _has_numbers(row)]
    wrong = outcomes.count(False)
    if wrong >= FEWEST_WRONG and wrong > MOST * len(outcomes):
        paths = [path for row in rows for path in row.form_row.cell_paths]
        notebook.add("L215", f"{wrong} of {len(outcomes)} rows do not add up as read.", paths, place_of(rows[0]))


def _has_numbers(row: RowReading) -> bool:
    return any(atom is not None and whole_number(atom) for atom in row.slots)
