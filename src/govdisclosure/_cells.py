"""From rows as read to cells, with a diagnostic for everything in them that is odd, missing or worked out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from govdisclosure._arithmetic import blocks_of, whole_number
from govdisclosure._atoms import Atom
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import Column
from govdisclosure._rows import RowReading, place_of
from govdisclosure._values import Reading, suits
from govdisclosure.records import Cell, CellState, Span, Value

_PRESENT, _INFERRED, _BLANK = CellState.PRESENT, CellState.INFERRED, CellState.BLANK
"""Looked up once: a report has two hundred cells, and members of an enumeration are slow to find."""
YUAN_IN_WAN = 10_000
_APART = regex.compile(r"\d\s+\d")
_BLANK_THOUSANDS = regex.compile(r"[+\-]?\d{1,3}(?:[ \u3000]\d{3})+")


def cells_of(row: RowReading, notebook: Notebook) -> tuple[Cell, ...]:
    """The cells of one row, in the order of its columns."""
    paths = row.form_row.cell_paths
    holds = row.holds if row.settled else None
    if not row.settled:
        _say_what_is_missing(row, notebook)
    cut = [atom for atom in row.slots if atom is not None and atom.fragment.cut]
    # Sums notice neither a nought that belongs next door nor two numbers that lost the same digit.
    if cut and (holds is not True or len(cut) > 1 or not whole_number(cut[0])):
        notebook.add(
            "L212",
            f"{cut[0].fragment.text} reaches to the edge of its cell and may go on behind it.",
            paths,
            place_of(row),
        )
    elif row.disturbed and holds is not True:
        notebook.add(
            "L212",
            "Something foreign stands in the row"
            + (": " + "、".join(atom.fragment.text for atom in row.foreign[:3]) if row.foreign else "")
            + (
                ". Its columns do not add up to its total."
                if holds is False
                else ". The form has no sum to test it by."
            ),
            paths,
            place_of(row),
        )
    if row.settled and holds is False:
        _say_unsafe_blanks(row, notebook)
    if row.settled and holds is None:
        _say_blanks_beside_odd_values(row, notebook)
    if row.merged_columns:
        notebook.add("L106", "A merged cell is printed once for each column it covers.", paths, place_of(row))
    if row.by_position:
        notebook.add("L112", "The places of the numbers in the line tell their columns.", paths, place_of(row))
    return tuple(
        [
            _cell(row, at, atom, column, path, holds, notebook)
            for at, (atom, column, path) in enumerate(zip(row.slots, row.form_row.columns, paths, strict=True))
        ]
    )


def _say_what_is_missing(row: RowReading, notebook: Notebook) -> None:
    paths = row.form_row.cell_paths
    name = row.form_row.label.official if row.form_row.label is not None else row.form_row.path
    place = place_of(row)
    if row.inferred:
        inferred = [paths[column] for column in sorted(row.inferred)]
        shown = ", ".join(
            f"{paths[column].rpartition('.')[2]} = {row.supplied[column]}" for column in sorted(row.supplied)
        )
        notebook.add(
            "L205",
            f"{name}: "
            + ("its values stand apart from it" if row.torn else f"{_count(row)} for {row.width} columns")
            + f"; worked out from {next(iter(row.inferred.values()))}"
            + (f" ({shown})." if shown else "."),
            inferred,
            place,
        )
    open_paths = [path for column, path in enumerate(paths) if column not in row.inferred]
    if not open_paths:
        return
    if not row.found:
        notebook.add("L204", f"The row {name} is not in the document.", open_paths, place)
    elif not row.values:
        notebook.add("L202", f"The row {name} holds no value: left blank, or lost.", open_paths, place)
    elif len(row.values) > row.width:
        notebook.add("L203", f"{name}: {_count(row)} for {row.width} columns.", open_paths, place)
    elif row.torn or (len(row.values) == row.width and not row.inferred):
        notebook.add("L208", f"{name}: the order of its values can't be told.", open_paths, place)
    else:
        notebook.add(
            "L201",
            f"{name}: {_count(row)} for {row.width} columns; which columns are empty or lost can't be told.",
            open_paths,
            place,
        )


def _count(row: RowReading) -> str:
    return f"{len(row.values)} value{'' if len(row.values) == 1 else 's'}"


def _say_unsafe_blanks(row: RowReading, notebook: Notebook) -> None:
    """An empty cell in a row that does not add up without it may have lost its number."""
    blanks = [path for atom, path in zip(row.slots, row.form_row.cell_paths, strict=True) if atom is None or atom.blank]
    if not blanks or len(blanks) > row.width - 2:
        return
    numbers = [0 if atom is None else whole_number(atom) or 0 for atom in row.slots]
    (start, end) = blocks_of(row.form_row)[0]
    difference = numbers[end - 1] - sum(numbers[start : end - 1])
    if row.slots[-1] is None or row.slots[-1].blank or difference > 0:
        notebook.add(
            "L213",
            f"Empty as printed, but the row adds up only with {abs(difference)} more.",
            blanks,
            place_of(row),
        )


def _say_blanks_beside_odd_values(row: RowReading, notebook: Notebook) -> None:
    """Where no sum tells, an empty cell beside a value unfit for its column may be that of a number run into it."""
    blanks = [path for atom, path in zip(row.slots, row.form_row.cell_paths, strict=True) if atom is None or atom.blank]
    if not blanks:
        return
    odd = [
        atom.fragment.text
        for atom, column in zip(row.slots, row.form_row.columns, strict=True)
        if atom is not None and atom.reading is not None and not suits(atom.reading, column.kind)
    ]
    if odd:
        notebook.add("L213", f"Empty as printed, beside {odd[0]}, which may be two numbers.", blanks, place_of(row))


def _cell(
    row: RowReading, at: int, atom: Atom | None, column: Column, path: str, holds: bool | None, notebook: Notebook
) -> Cell:
    if atom is None:
        if at in row.supplied:
            return Cell(_typed(row.supplied[at], column), "", _INFERRED, None)
        return Cell(None, "", _BLANK if row.settled else CellState.LOST, None)
    fragment, reading = atom.fragment, atom.reading
    text, span = fragment.text, fragment.span()
    if at in row.supplied:
        return Cell(_typed(row.supplied[at], column), text, _INFERRED, span)
    raw = text + atom.note
    if reading is None or atom.blank:
        return Cell(None, raw, _BLANK, span)
    if reading.value is None:
        return Cell(None, raw, CellState.PLACEHOLDER, span)
    if raw.isdecimal() and raw.isascii() and not reading.remark and column.kind != "decimal":
        value: Value = reading.value  # nothing but digits: most are, and nothing is odd about them
    else:
        value = _value(atom, reading, span, column, path, holds, notebook)
    return Cell(value, raw, _INFERRED if at in row.inferred else _PRESENT, span)


def _typed(value: Value, column: Column) -> Value:
    return Decimal(value) if column.kind == "decimal" and value is not None else value


def _value(
    atom: Atom,
    reading: Reading,
    span: Span,
    column: Column,
    path: str,
    holds: bool | None,
    notebook: Notebook,
) -> Value:
    """The number for a column, with a remark on what is odd about how it is printed."""
    assert reading.value is not None
    text = atom.fragment.text
    if reading.remark == "lookalike" and holds:
        notebook.add("L104", f"{text} was read as {reading.value}; the row adds up with it.", [path], span)
    elif reading.remark in ("lookalike", "leading zero"):
        notebook.add("L207", f"{text} was read as {reading.value}.", [path], span)
    elif not holds and _APART.search(text) and not _BLANK_THOUSANDS.fullmatch(text):
        notebook.add("L207", f"{' '.join(text.split())} may be one number or two; it was read as one.", [path], span)
    elif not suits(reading, column.kind):
        notebook.add("L207", f"{text} is an unusual value for {column.head.official}.", [path], span)
    elif not text.isascii() and text.strip("（）()") and any(c.isdigit() and not c.isascii() for c in text):
        notebook.add("L104", f"{text} was read as {reading.value}.", [path], span)
    if atom.note or "(" in text or "（" in text:
        notebook.add("L111", f"{text + atom.note}: the number is {reading.value}, the rest a note.", [path], span)
    if column.kind == "decimal":
        if reading.unit == "元":
            notebook.add("L211", f"{text} is given in 万元 as {Decimal(reading.value) / YUAN_IN_WAN}.", [path], span)
            return Decimal(reading.value) / YUAN_IN_WAN
        if reading.unit == "万元":
            notebook.add("L114", f"{text}: the unit is the form's.", [path], span)
    return _typed(reading.value, column)


def contradictions(kept: RowReading, repeated: RowReading) -> Sequence[str] | None:
    """The cells in which a repeated row differs from the one kept; ``None`` if it can't be compared."""
    if not kept.settled or not repeated.settled:
        return None
    return [
        path
        for path, one, other in zip(kept.form_row.cell_paths, kept.slots, repeated.slots, strict=True)
        if _number(one) != _number(other)
    ]


def _number(atom: Atom | None) -> Value:
    return atom.reading.value if atom is not None and atom.reading is not None else None
