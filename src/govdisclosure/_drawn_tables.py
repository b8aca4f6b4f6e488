"""Tables drawn in text with rules between their rows, or whose columns are told by runs of dashes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

import regex

from govdisclosure._characters import display_width, has_han, join_wrapped, wide_width
from govdisclosure._page_marks import is_page_mark
from govdisclosure._source import Fragment, Line
from govdisclosure._text_lines import BARS, bar_cells, line_of, strip
from govdisclosure._values import read_value

_GRID_RULE = regex.compile(r"\s*(?:\+(?:[-=:]+\+)+|[┌├└╔╠╚╒╞╘][─━═┬┼┴╦╬╩╤╪╧]+[┐┤┘╗╣╝╕╡╛])\s*")
_DASH_COLUMNS = regex.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_DASHES = regex.compile(r"-+")
_BRACKET = regex.compile(r"[()（）]")
_FULL_DASHES = regex.compile(r"\s*-{20,}\s*")


def grid_table(raw: list[str], index: int) -> tuple[list[Line], int] | None:
    """A table drawn with rules between its rows: the lines between two rules are one row, joined cell by cell."""
    if not _GRID_RULE.fullmatch(raw[index]):
        return None
    lines: list[Line] = [Line(index + 1, raw[index])]
    index += 1
    while index < len(raw):
        end = index
        while end < len(raw) and BARS.search(raw[end]) and not _GRID_RULE.fullmatch(raw[end]):
            end += 1
        if end > index:
            lines.extend(_joined_rows(raw, index, end))
        if end >= len(raw) or not _GRID_RULE.fullmatch(raw[end]):
            return lines, end
        lines.append(Line(end + 1, raw[end]))
        index = end + 1
    return lines, index


def _joined_rows(raw: list[str], start: int, end: int) -> Iterator[Line]:
    rows = [bar_cells(raw[at]) for at in range(start, end)]
    if len({len(row) for row in rows}) > 1 or _has_two_values(rows):
        yield from (line_of(raw[at], at + 1) for at in range(start, end))
        return
    yield _joined(raw, start, end, rows)


def _has_two_values(rows: list[list[tuple[str, int]]]) -> bool:
    """Whether lines that would be joined to one row are rows of their own: a column holds two values, or head and value."""
    return any(_is_several_cells([text for text, _ in column if text]) for column in zip(*rows, strict=False))


def _is_several_cells(pieces: list[str]) -> bool:
    values = [piece for piece in pieces if read_value(piece) is not None]
    heads = [piece for piece in pieces if has_han(piece) and piece not in values and not _BRACKET.search(piece)]
    return len(values) > 1 or (bool(values) and bool(heads))


def _joined(raw: list[str], start: int, end: int, rows: list[list[tuple[str, int]]]) -> Line:
    line = Line(start + 1, "\n".join(raw[start:end]), ruled=True, end_number=end)
    for column in zip(*rows, strict=True):
        text = join_wrapped(piece for piece, _ in column)
        filled = ((start + 1 + offset, at) for offset, (piece, at) in enumerate(column) if piece)
        number, at = next(filled, (start + 1, column[0][1]))
        printed = None if number == line.number else Line(number, raw[number - 1])
        line.fragments.append(Fragment(text, line, at, printed=printed))
    return line


def dashed_table(raw: list[str], index: int) -> tuple[list[Line], int] | None:
    """A table whose columns are told by runs of dashes, as pandoc's plain and Markdown writers draw them."""
    spec = index
    opened = _FULL_DASHES.fullmatch(raw[index]) is not None
    if opened:
        spec = index + 1
        while spec < len(raw) and spec - index < 24 and raw[spec].strip() and not _DASH_COLUMNS.fullmatch(raw[spec]):
            spec += 1
    if spec >= len(raw) or not _DASH_COLUMNS.fullmatch(raw[spec]):
        return None
    starts = [match.start() for match in _DASHES.finditer(raw[spec])]
    end = spec + 1
    while end < len(raw) and not (_FULL_DASHES.fullmatch(raw[end]) or _DASH_COLUMNS.fullmatch(raw[end])):
        end += 1
    if end >= len(raw):
        return None
    lines = [Line(index + 1, raw[index])]
    ranges = [
        *_rows_between(raw, index + 1 if opened else spec, spec, opened),
        *_rows_between(raw, spec + 1, end, opened),
    ]
    measure = _measure(raw, ranges, starts)
    flush = _flush_columns(raw, ranges, starts, measure) if measure is not None else set()
    for first, last in ranges:
        rows = [_columns(raw[at], starts, measure, flush) if measure is not None else None for at in range(first, last)]
        kept = [row for row in rows if row is not None]
        if len(kept) == len(rows) and not _has_two_values(kept) and not is_page_mark(raw[first]):
            row = _joined(raw, first, last, kept)
            row.cut_by_place = True
            lines.append(row)
        else:
            lines.extend(line_of(raw[at], at + 1) for at in range(first, last))
    lines.append(Line(end + 1, raw[end]))
    return lines, end + 1


Measure = Callable[[str], int]


KEPT = 0.5
"""The share of a table's lines that must keep to its columns, for the columns to tell the cells."""


def _measure(raw: list[str], ranges: list[tuple[int, int]], starts: list[int]) -> Measure | None:
    """How the tool that drew a table counted columns: by width on a terminal, or by characters; ``None``: neither."""
    numbers = [at for first, last in ranges for at in range(first, last)]
    measures: tuple[Measure, ...] = (display_width, wide_width, len)
    fitting = {measure: sum(_columns(raw[at], starts, measure) is not None for at in numbers) for measure in measures}
    best = max(measures, key=lambda measure: fitting[measure])
    return best if fitting[best] >= KEPT * len(numbers) else None


FLUSH = 0.9
"""The share of a column's cells that begin where the column does, for one that does not to be out of place."""

FEWEST_CELLS = 4
"""A column with fewer cells has no habit of its own, only its table's."""


def _flush_columns(raw: list[str], ranges: list[tuple[int, int]], starts: list[int], measure: Measure) -> set[int]:
    """The columns whose cells begin where the column does: a number elsewhere may be two that ran together."""
    filled: Counter[int] = Counter()
    flush: Counter[int] = Counter()
    for at in (at for first, last in ranges for at in range(first, last)):
        cuts = _cuts(raw[at], starts, measure)
        for column, (cell, place) in enumerate(_columns(raw[at], starts, measure) or ()):
            filled[column] += bool(cell)
            flush[column] += bool(cell) and place == cuts[column]
    habit = flush.total() > FLUSH * filled.total()
    return {
        column
        for column in filled
        if flush[column] > FLUSH * filled[column] or (habit and filled[column] < FEWEST_CELLS)
    }


def _rows_between(raw: list[str], start: int, end: int, several_lines: bool) -> Iterator[tuple[int, int]]:
    """The rows between two lines: one a line, or, where rows may take several, parted by blank lines and page marks."""
    first = None
    for at in range(start, end):
        if is_page_mark(raw[at]):
            if first is not None:
                yield first, at
            yield at, at + 1
            first = None
        elif raw[at].strip():
            if first is None:
                first = at
            if not several_lines:
                yield at, at + 1
                first = None
        elif first is not None:
            yield first, at
            first = None
    if first is not None:
        yield first, end


def _cuts(text: str, starts: list[int], measure: Measure) -> list[int]:
    """Where in a line the columns ``starts`` begin."""
    cuts: list[int] = []
    width = 0
    for at, character in enumerate(text):
        while len(cuts) < len(starts) and width >= starts[len(cuts)]:
            cuts.append(at)
        width += measure(character)
    return cuts + [len(text)] * (len(starts) - len(cuts))


def _columns(
    text: str, starts: list[int], measure: Measure, flush: Collection[int] = ()
) -> list[tuple[str, int]] | None:
    """The cells of a line at the columns ``starts``; ``None`` if the text does not keep to the columns."""
    text = text.rstrip()
    cuts = _cuts(text, starts, measure)
    cells = []
    for at, cut in enumerate(cuts):
        cell = text[cut : cuts[at + 1] if at + 1 < len(cuts) else len(text)]
        stripped = strip(cell)
        if stripped and cell[0].isspace() and (at in flush or not cell[-1:].isspace()):
            return None
        if stripped and cut and not text[cut - 1].isspace():
            return None
        if stripped and "  " in stripped:
            return None
        cells.append((stripped, cut + (cell.find(stripped) if stripped else 0)))
    return cells
