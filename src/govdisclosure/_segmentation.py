"""Text as lines of fragments, whatever way its tables are drawn: tabs, bars, box rules, dashes, spaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

import regex

from govdisclosure._characters import display_width, has_han, join_wrapped, wide_width
from govdisclosure._page_marks import is_page_mark
from govdisclosure._source import Document, Fragment, Line
from govdisclosure._values import read_value

_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029\x85]")
_DRAWN = re.compile(r"[|│┃║｜╎¦\u2500-\u257f]|--|==|:-|-:|\+[-=:]")
"""Without one of these a line holds no bar and is no rule: most lines are told so in one quick search."""
_OTHER_BARS = re.compile(r"[│┃║｜╎¦]")
_PRINTED = re.compile(r"[^ ]+")
_BARS = regex.compile(r"[|│┃║｜╎¦]")
_BOX_RULE = regex.compile(r"[\s+\-=|:─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛│┃║*]+")
_RULE_STROKES = regex.compile(r"-{3,}|={3,}|[─━═]{2,}|:-+:?|-+:")
_GRID_RULE = regex.compile(r"\s*(?:\+(?:[-=:]+\+)+|[┌├└╔╠╚╒╞╘][─━═┬┼┴╦╬╩╤╪╧]+[┐┤┘╗╣╝╕╡╛])\s*")
_DASH_COLUMNS = regex.compile(r"\s*-{2,}(?: +-{2,})+\s*")
_DASHES = regex.compile(r"-+")
_BRACKET = regex.compile(r"[()（）]")
_FULL_DASHES = regex.compile(r"\s*-{20,}\s*")
_CLOSED_CELL = regex.compile(r"\s*[^|\s][^|]*\|\s*")
_CLOSED_BLANK = regex.compile(r"\s*\|\s*")
FEWEST_CLOSED_CELLS = 60
"""So many lines of one cell and a bar that closes it make a text in which a bar alone is an empty cell."""
_FRAGMENT = regex.compile(r"[^\s\p{Cf}]+(?:\p{Cf}+[^\s\p{Cf}]+)*")


def split_lines(text: str) -> list[str]:
    """The lines of a text as an editor numbers them."""
    return _LINE_END.split(text)


def segment_text(text: str) -> Document:
    """Split a text into lines and these into fragments. Line numbers are those an editor shows."""
    raw = split_lines(text)
    drawn = [_DRAWN.search(line) is not None for line in raw]
    closed = sum("|" in text and _CLOSED_CELL.fullmatch(text) is not None for text in raw) >= FEWEST_CLOSED_CELLS
    cut = not closed and _are_rows_cut(raw)
    outer = closed or (not cut and _has_outer_bars(raw))
    opening = closed or (not cut and _has_opening_bars(raw))
    cut_rows = {} if outer else _rejoined_bars(raw, alone=cut)
    lines: list[Line] = []
    index = 0
    page = False
    while index < len(raw):
        block = (_grid_block(raw, index) or _dash_block(raw, index)) if drawn[index] else None
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
        line = _line(raw[index], number, outer, opening) if drawn[index] else _undrawn_line(raw[index], number)
        line.starts_page, page = page, False
        lines.append(line)
        index += 1
    if closed:
        for line in lines:
            if _CLOSED_BLANK.fullmatch(line.text):
                line.fragments = [Fragment("", line, 0)]
    _drop_index_columns(lines)
    return Document(lines)


def _drop_index_columns(lines: list[Line]) -> None:
    """Take away a column that only numbers a table's lines from 0, and the line that numbers its columns."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (lines[end].ruled or (not lines[end].fragments and lines[end].text.strip())):
            end += 1
        _drop_index_column([line for line in lines[start:end] if line.fragments])
        start = max(end, start + 1)


def _drop_index_column(table: list[Line]) -> None:
    if len(table) < 3:
        return
    heads = [fragment.text for fragment in table[0].fragments]
    counts = [line.fragments[0].text for line in table[1:]]
    counted = sum(text == str(number) for number, text in enumerate(counts))
    numbers_columns = len(heads) > 2 and heads[1:] == [str(number) for number in range(len(heads) - 1)]
    if counted > 1 and not heads[0] and (numbers_columns or counted > 0.8 * len(counts)):
        for line in table:
            del line.fragments[0]
        if numbers_columns:
            table[0].fragments.clear()


FEWEST_CUT_ROWS = 3
"""So many lines that begin without a bar and end with one, and so many without any at the end, speak for cut rows."""


def _are_rows_cut(raw: list[str]) -> bool:
    """Whether rows begin without a bar, and lines without a label, that begin with one, go on with a row."""
    opened = [line.strip() for line in raw if line.lstrip().startswith("|") and not _is_rule(line)]
    unopened = sum(line.rstrip().endswith("|") and not line.lstrip().startswith("|") for line in raw)
    whole = sum("|" in line and not line.rstrip().endswith("|") for line in raw)
    if not opened or min(unopened, whole) < FEWEST_CUT_ROWS or 8 * whole < unopened:
        return False
    return all(not first.strip() or read_value(first) for first in (line.split("|", 2)[1] for line in opened))


def _has_outer_bars(raw: list[str]) -> bool:
    """Whether barred lines end with a bar that closes the last cell, rather than one that opens an empty last cell."""
    barred = [line.rstrip() for line in raw if line.count("|") > 1 and not _is_rule(line)]
    return 2 * sum(line.endswith("|") for line in barred) >= len(barred)


def _has_opening_bars(raw: list[str]) -> bool:
    """Whether barred lines begin with a bar that opens the first cell, rather than one that ends an empty first cell."""
    barred = [line.lstrip() for line in raw if line.count("|") > 1 and not _is_rule(line)]
    return 2 * sum(line.startswith("|") for line in barred) >= len(barred)


def _rejoined_bars(raw: list[str], alone: bool) -> dict[int, int]:
    """Rows that a line break inside empty barred cells has cut (``规章 |`` and ``| 0 | 0`` are one): first line, end.

    Only where rows have no outer bars: then a bar at a line's end, with one to begin the next, says the row goes on.
    A bar that stands alone begins such a row only if ``alone``.
    """
    found: dict[int, int] = {}
    start = 0
    for at in range(1, len(raw)):
        goes_on = raw[at - 1].rstrip().endswith("|") and raw[at].lstrip().startswith("|")
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
        cells = _split_at_bars(raw[at])
        own = cells if at == start else cells[1:]
        line.fragments.extend(Fragment(text, line, column, printed=printed) for text, column in own)
    return line


def _line(text: str, number: int, outer: bool = True, opening: bool = True) -> Line:
    line = Line(number, text)
    if _is_rule(text):
        return line
    if _BARS.search(text):
        cells = _bar_cells(text, outer, opening)
        if any(len(cell) > max(LONGEST_CELL, NEARLY_ALL * len(text)) for cell, _ in cells):
            return _several_plain(line, cells)
        if len(cells) > 1 or (cells and not cells[0][0]):
            return _ruled(line, cells)
        if cells:
            return _plain(line, cells[0][0], cells[0][1])
        return line
    return _undrawn_line(text, number)


def _undrawn_line(text: str, number: int) -> Line:
    line = Line(number, text)
    if "\t" in text.strip(" \r\n"):
        cells = [_unquoted(*cell) for cell in _split(text, "\t")]
        if sum(1 for cell, _ in cells if cell) > 1 or not cells[-1][0]:
            return _ruled(line, cells)
    return _plain(line, text, 0)


def _is_rule(text: str) -> bool:
    return _BOX_RULE.fullmatch(text) is not None and _RULE_STROKES.search(text) is not None


LONGEST_CELL = 400
NEARLY_ALL = 0.9
"""A text longer than this and nearly all of its line is no cell: the bars are those of a page's menu."""


def _several_plain(line: Line, cells: list[tuple[str, int]]) -> Line:
    """The pieces of all cells, as those of a plain line."""
    pieces = [fragment for text, column in cells for fragment in _plain(line, text, column).fragments]
    line.fragments = pieces
    return line


def _plain(line: Line, text: str, offset: int) -> Line:
    pattern = _PRINTED if text.isprintable() else _FRAGMENT  # what is printable holds no white space but blanks
    line.fragments = [Fragment(match.group(), line, offset + match.start()) for match in pattern.finditer(text)]
    return line


def _ruled(line: Line, cells: list[tuple[str, int]]) -> Line:
    line.ruled = True
    line.fragments = [Fragment(text, line, column) for text, column in cells]
    return line


def _split(text: str, separator: str) -> list[tuple[str, int]]:
    """The cells between separators, stripped, each with the place of its first character."""
    cells = []
    start = 0
    for cell in text.split(separator):
        stripped = _strip(cell)
        cells.append((stripped, start + (cell.find(stripped) if stripped else 0)))
        start += len(cell) + 1
    return cells


def _split_at_bars(text: str) -> list[tuple[str, int]]:
    return _split(_OTHER_BARS.sub("|", text), "|")


def _unquoted(cell: str, place: int) -> tuple[str, int]:
    """A cell without the quotes that spreadsheets put around it."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell, place
    return _strip(cell[1:-1].replace('""', '"')), place + 1


def _strip(text: str) -> str:
    return text.strip(" \t\r\n\f\v\u3000\xa0\u200b\ufeff")


def _bar_cells(text: str, outer: bool = True, opening: bool = True) -> list[tuple[str, int]]:
    """The cells of a barred line; the bars at its two ends enclose no cell."""
    cells = _split_at_bars(text)
    stripped = _strip(text)
    if (opening or len(stripped) == 1) and not cells[0][0] and _BARS.match(stripped[:1]):
        cells = cells[1:]
    if outer and cells and not cells[-1][0] and _BARS.match(stripped[-1:]):
        cells = cells[:-1]
    return cells


def _grid_block(raw: list[str], index: int) -> tuple[list[Line], int] | None:
    """A table drawn with rules between its rows: the lines between two rules are one row, joined cell by cell."""
    if not _GRID_RULE.fullmatch(raw[index]):
        return None
    lines: list[Line] = [Line(index + 1, raw[index])]
    index += 1
    while index < len(raw):
        end = index
        while end < len(raw) and _BARS.search(raw[end]) and not _GRID_RULE.fullmatch(raw[end]):
            end += 1
        if end > index:
            lines.extend(_joined_rows(raw, index, end))
        if end >= len(raw) or not _GRID_RULE.fullmatch(raw[end]):
            return lines, end
        lines.append(Line(end + 1, raw[end]))
        index = end + 1
    return lines, index


def _joined_rows(raw: list[str], start: int, end: int) -> Iterator[Line]:
    rows = [_bar_cells(raw[at]) for at in range(start, end)]
    if len({len(row) for row in rows}) > 1 or _has_two_values(rows):
        yield from (_line(raw[at], at + 1) for at in range(start, end))
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
        text = ""
        place: tuple[int, int] | None = None
        for offset, (piece, at) in enumerate(column):
            if piece and place is None:
                place = (start + 1 + offset, at)
            text = join_wrapped(text, piece)
        number, at = place or (start + 1, column[0][1])
        printed = None if number == line.number else Line(number, raw[number - 1])
        line.fragments.append(Fragment(text, line, at, printed=printed))
    return line


def _dash_block(raw: list[str], index: int) -> tuple[list[Line], int] | None:
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
            lines.extend(_line(raw[at], at + 1) for at in range(first, last))
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
        stripped = _strip(cell)
        if stripped and cell[0].isspace() and (at in flush or not cell[-1:].isspace()):
            return None
        if stripped and cut and not text[cut - 1].isspace():
            return None
        if stripped and "  " in stripped:
            return None
        cells.append((stripped, cut + (cell.find(stripped) if stripped else 0)))
    return cells
