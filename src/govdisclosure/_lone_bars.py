"""Tables of text in which every bar stands on a line of its own: cells between bars, rows between two bars together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import regex
from attrs import frozen

from govdisclosure._characters import has_han, join_wrapped
from govdisclosure._source import Fragment, Line
from govdisclosure._values import read_value

_BARS = regex.compile(r"[|│┃║｜╎¦]")
_BAR = regex.compile(rf"\s*{_BARS.pattern}\s*")
_DIGIT = regex.compile(r"\d")

MOST_LINES = 12
"""A cell of more lines is none."""
FEWEST_ROWS = 3
FEWEST_CELLS = 12
"""Fewer rows of several cells, or fewer cells, are no table: bars stand alone elsewhere, too."""


@frozen
class _Cell:
    """The lines between two bars, from ``start`` up to ``end`` (exclusive); ``pieces`` are those that are not blank."""

    start: int
    end: int
    pieces: tuple[int, ...]

    @property
    def height(self) -> int:
        return self.end - self.start


def with_rows_between_bars(lines: list[Line], is_title: Callable[[str], bool]) -> list[Line]:
    """The lines with a ruled one for each row of such tables; a section's title is no cell."""
    bars = sum(_is_bar(line) for line in lines)
    if bars < FEWEST_CELLS:
        return lines
    found: list[Line] = []
    at = 0
    while at < len(lines):
        if _is_bar(lines[at]):
            block, at = _block(lines, at, is_title)
            found.extend(block)
        else:
            found.append(lines[at])
            at += 1
    return found


def _is_bar(line: Line) -> bool:
    if line.table is not None or len(line.text) >= 40 or len(line.text.strip()) != 1:
        return False  # as nearly all lines
    return _BAR.fullmatch(line.text) is not None


def _block(lines: Sequence[Line], index: int, is_title: Callable[[str], bool]) -> tuple[list[Line], int]:
    """The rows of the table that begins with the bar at ``index``, and the line behind it."""
    rows = list(_rows(list(_cells(lines, index, is_title))))
    for at, row in enumerate(rows):
        kept = _up_to_a_text_behind_values(lines, row)
        if kept < len(row):
            rows[at:] = [row[:kept]]
            break
    several = [row for row in rows if len(row) > 1]
    if len(several) < FEWEST_ROWS or sum(map(len, several)) < FEWEST_CELLS:
        return [lines[index]], index + 1
    found: list[Line] = []
    at = index
    for row in rows:
        first, end = row[0].start - 1, row[-1].end + 1
        found.extend(lines[at:first])
        at = end
        if any(len(cell.pieces) > 1 and any(_DIGIT.search(lines[p].text) for p in cell.pieces) for cell in row):
            # A page may have ended within the cell: its lines are left for the page's furniture to be found.
            found.extend(lines[first:end])
        else:
            found.append(_ruled(lines, row))
    return found, at


def _cells(lines: Sequence[Line], index: int, is_title: Callable[[str], bool]) -> Iterator[_Cell]:
    """What stands between one bar and the next, empty or not, as long as bars follow soon."""
    start = index + 1
    pieces: list[int] = []
    for at in range(index + 1, len(lines)):
        line = lines[at]
        if _is_bar(line):
            yield _Cell(start, at, tuple(pieces))
            start, pieces = at + 1, []
        elif at - start >= MOST_LINES or line.table is not None or _BARS.search(line.text) or is_title(line.text):
            return
        elif not line.blank:
            pieces.append(at)


def _rows(cells: Sequence[_Cell]) -> Iterator[list[_Cell]]:
    """Two bars with the least between them part rows; with more they hold an empty cell."""
    least = min((cell.height for cell in cells if not cell.pieces), default=0)
    row: list[_Cell] = []
    for cell in cells:
        if cell.pieces or cell.height > least:
            row.append(cell)
        elif row:
            yield row
            row = []
    if row:
        yield row


def _up_to_a_text_behind_values(lines: Sequence[Line], row: Sequence[_Cell]) -> int:
    """How many of a row's cells are its own: a text behind numbers stands outside the table."""
    seen = False
    for at, cell in enumerate(row):
        text = "".join(lines[piece].text.strip() for piece in cell.pieces)
        if read_value(text) is not None:
            seen = True
        elif seen and has_han(text):
            return at
    return len(row)


def _ruled(lines: Sequence[Line], row: Sequence[_Cell]) -> Line:
    first, last = lines[row[0].start - 1], lines[row[-1].end]
    text = "\n".join(line.text for line in lines[row[0].start - 1 : row[-1].end + 1])
    ruled = Line(first.number, text, ruled=True, end_number=last.number, starts_page=first.starts_page)
    for cell in row:
        joined = join_wrapped(lines[piece].text for piece in cell.pieces)
        source = lines[cell.pieces[0] if cell.pieces else cell.start]
        column = len(source.text) - len(source.text.lstrip()) if cell.pieces else 0
        ruled.fragments.append(Fragment(joined, ruled, column, printed=source))
    return ruled
