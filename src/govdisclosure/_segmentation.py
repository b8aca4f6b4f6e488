"""Text as lines of fragments, whatever way its tables are drawn: tabs, bars, box rules, dashes, spaces."""

from __future__ import annotations

import re

import regex

from govdisclosure._drawn_tables import dashed_table, grid_table
from govdisclosure._index_columns import drop_index_columns, without_index
from govdisclosure._source import Document, Fragment, Line
from govdisclosure._text_lines import is_rule, line_of, split_at_bars, undrawn_line
from govdisclosure._values import read_value

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")
_OTHER_ENDS = "\r\u2028\u2029\x85"
_DRAWN = re.compile(r"[|│┃║｜╎¦\u2500-\u257f]|--|==|:-|-:|\+[-=:]")
"""Without one of these a line holds no bar and is no rule: most lines are told so in one quick search."""
_STROKE = re.compile(r"[|│┃║｜╎¦\u2500-\u257f\-=:+]")
"""A character of each of them, found sooner than they are."""
_CLOSED_CELL = regex.compile(r"\s*[^|\s][^|]*\|\s*")
_CLOSED_BLANK = regex.compile(r"\s*\|\s*")
FEWEST_CLOSED_CELLS = 60
"""So many lines of one cell and a bar that closes it make a text in which a bar alone is an empty cell."""


def split_lines(text: str) -> list[str]:
    """The lines of a text as an editor numbers them."""
    return _LINE_END.split(text) if any(end in text for end in _OTHER_ENDS) else text.split("\n")


def _may_be_drawn(line: str) -> bool:
    return _STROKE.search(line) is not None and _DRAWN.search(line) is not None


def segment_text(text: str) -> Document:
    """Split a text into lines and these into fragments. Line numbers are those an editor shows."""
    raw = without_index(split_lines(text))
    drawn = [_may_be_drawn(line) for line in raw]
    barred = [line for line in raw if "|" in line]
    closed = sum(_CLOSED_CELL.fullmatch(line) is not None for line in barred) >= FEWEST_CLOSED_CELLS
    cut = not closed and _are_rows_cut(barred)
    parted = [line for line in barred if line.count("|") > 1 and not is_rule(line)]
    outer = closed or (not cut and _has_outer_bars(parted))
    opening = closed or (not cut and _has_opening_bars(parted))
    cut_rows = {} if outer else _rejoined_bars(raw, alone=cut)
    lines: list[Line] = []
    index = 0
    page = False
    while index < len(raw):
        block = (grid_table(raw, index) or dashed_table(raw, index)) if drawn[index] else None
        if block is not None:
            rows, index = block
            lines.extend(rows)
            continue
        if index in cut_rows:
            lines.append(_rejoined(raw, index, cut_rows[index]))
            index = cut_rows[index]
            continue
        page = page or raw[index].startswith("\f")
        number = index + 1
        line = line_of(raw[index], number, outer, opening) if drawn[index] else undrawn_line(raw[index], number)
        line.starts_page, page = page, False
        lines.append(line)
        index += 1
    if closed:
        for line in lines:
            if _CLOSED_BLANK.fullmatch(line.text):
                line.fragments = [Fragment("", line, 0)]
    drop_index_columns(lines)
    return Document(lines)


FEWEST_CUT_ROWS = 3
"""So many lines that begin without a bar and end with one, and so many without any at the end, speak for cut rows."""


def _are_rows_cut(barred: list[str]) -> bool:
    """Whether rows begin without a bar, and lines without a label, that begin with one, go on with a row."""
    unopened = sum(line.rstrip().endswith("|") and not line.lstrip().startswith("|") for line in barred)
    whole = sum(not line.rstrip().endswith("|") for line in barred)
    if min(unopened, whole) < FEWEST_CUT_ROWS or 8 * whole < unopened:
        return False
    opened = [line.strip() for line in barred if line.lstrip().startswith("|") and not is_rule(line)]
    return bool(opened) and all(
        not first.strip() or read_value(first) for first in (line.split("|", 2)[1] for line in opened)
    )


def _has_outer_bars(rows: list[str]) -> bool:
    """Whether barred lines end with a bar that closes the last cell, rather than one that opens an empty last cell."""
    return 2 * sum(line.rstrip().endswith("|") for line in rows) >= len(rows)


def _has_opening_bars(rows: list[str]) -> bool:
    """Whether barred lines begin with a bar that opens the first cell, rather than one that ends an empty first cell."""
    return 2 * sum(line.lstrip().startswith("|") for line in rows) >= len(rows)


def _rejoined_bars(raw: list[str], alone: bool) -> dict[int, int]:
    """Rows that a line break inside empty barred cells has cut (``规章 |`` and ``| 0 | 0`` are one): first line, end.

    Only where rows have no outer bars: then a bar at a line's end, with one to begin the next, says the row goes on.
    A bar that stands alone begins such a row only if ``alone``.
    """
    found: dict[int, int] = {}
    start = 0
    for at in range(1, len(raw)):
        goes_on = raw[at - 1].rstrip().endswith("|") and raw[at].lstrip().startswith("|") and not is_rule(raw[at])
        if goes_on and (alone or raw[start].strip() != "|"):
            found[start] = at + 1
        elif not goes_on:
            start = at
    return found


def _rejoined(raw: list[str], start: int, end: int) -> Line:
    """One ruled line of several: the last cell of each is empty, and the first of the next is the same cell."""
    line = Line(start + 1, "\n".join(raw[start:end]), ruled=True, end_number=end)
    for at in range(start, end):
        printed = None if at == start else Line(at + 1, raw[at])
        cells = split_at_bars(raw[at])
        own = cells if at == start else cells[1:]
        line.fragments.extend(Fragment(text, line, column, printed=printed) for text, column in own)
    return line
