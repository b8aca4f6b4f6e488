"""Tables of text that are printed a cell a line, each closed by a bar: no line ends a row, but every row is as long.

Covered cells are printed empty, so that a blank value looks like what is left of a label. Which is which follows from
the distance between labels: it gives the length of a row, and with it where each row's values begin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from govdisclosure._atoms import Atom
from govdisclosure._columns import is_credible
from govdisclosure._rows import RowReading
from govdisclosure._source import Line

_CLOSED = regex.compile(r"[^|]*\|\s*")
FEWEST_LABELS = 4
MOST_STUB_CELLS = 6
"""More cells than this before a row's values are no labels."""


def closed_cells(lines: Sequence[Line]) -> Mapping[int, int]:
    """The number of each closed cell by the index of its line; empty if the text has none that are blank."""
    if not any(len(line.fragments) == 1 and not line.fragments[0].text and _is_closed(line) for line in lines):
        return {}
    return {index: count for count, index in enumerate(at for at, line in enumerate(lines) if _is_closed(line))}


def _is_closed(line: Line) -> bool:
    return not line.ruled and _CLOSED.fullmatch(line.text) is not None


def place_closed_cells(rows: Sequence[RowReading], cells: Mapping[int, int]) -> None:
    """Settle rows with blanks, if one length of rows puts every label before its values and every full row in place."""
    own = [row for row in rows if row.stretch is not None and row.stretch.line in cells]
    if len(own) < FEWEST_LABELS or all(row.settled for row in own):
        return
    width = max(row.width for row in rows)
    labels = [_label(row, cells) for row in own]
    full = [cells[row.values[0].line] for row in own if _is_full(row, cells)]
    if not any(row.width == width and _is_full(row, cells) for row in own):
        return
    for length in range(width + 1, width + 1 + MOST_STUB_CELLS):
        starts = [start for start in range(length) if _fits(start, length, length - width, labels, full)]
        if starts:
            if len(starts) == 1:
                _settle(own, cells, starts[0], length, length - width)
            return


def _label(row: RowReading, cells: Mapping[int, int]) -> int:
    assert row.stretch is not None
    return cells[row.stretch.line]


def _is_full(row: RowReading, cells: Mapping[int, int]) -> bool:
    places = [cells.get(atom.line) for atom in row.values]
    first = places[0] if places else None
    return first is not None and len(places) == row.width and places == list(range(first, first + row.width))


def _fits(start: int, length: int, stub: int, labels: Sequence[int], full: Sequence[int]) -> bool:
    """Whether rows can begin at ``start`` (by the cell's number, of ``length`` cells each), labels in the first few."""
    return all((label - start) % length < stub for label in labels) and all(
        (first - start) % length == stub for first in full
    )


def _settle(rows: Sequence[RowReading], cells: Mapping[int, int], start: int, length: int, stub: int) -> None:
    placed: list[tuple[RowReading, list[Atom]]] = []
    for row in rows:
        if row.stretch is None:
            continue
        label = _label(row, cells)
        first = label - (label - start) % length + stub
        own: dict[int, list[Atom]] = {}
        for atom in row.stretch.atoms:
            own.setdefault(cells.get(atom.line, -1), []).append(atom)
        line = [own.get(place, []) for place in range(first, first + row.width)]
        atoms = [cell[0] for cell in line if len(cell) == 1 and not cell[0].is_text]
        if len(atoms) == row.width and sum(atom.is_value for atom in atoms) == len(row.values):
            placed.append((row, atoms))
    if not any(atoms[0].is_value for _, atoms in placed):
        return  # a column that is empty throughout belongs to the labels, and one of the values' is lost
    for row, atoms in placed:
        if not row.settled:
            row.settle(atoms)
            row.settled = is_credible(row)
