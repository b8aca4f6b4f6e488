"""One line of text as fragments: words between blanks, or cells between bars or tabs."""

from __future__ import annotations

import re

import regex

from govdisclosure._source import Fragment, Line

_OTHER_BARS = re.compile(r"[│┃║｜╎¦]")
_BLANKS = " \t\r\n\f\v\u3000\xa0\u200b\ufeff"
_PRINTED = re.compile(r"[^ ]+")
BARS = regex.compile(r"[|│┃║｜╎¦]")
_BOX_RULE = regex.compile(r"[\s+\-=|:─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛│┃║*]+")
_WITHOUT_WIDTH = regex.compile(r"\p{Cf}+")
_RULE_STROKES = regex.compile(r"-{3,}|={3,}|[─━═]{2,}|:-+:?|-+:|^\s*\|-+\s*$")
"""``|-`` alone begins a row in a wiki; a cell has blanks around its dash, or a bar behind it."""
_FRAGMENT = regex.compile(r"[^\s\p{Cf}]+(?:\p{Cf}+[^\s\p{Cf}]+)*")


def line_of(text: str, number: int, outer: bool = True, opening: bool = True) -> Line:
    line = Line(number, text)
    if is_rule(text):
        return line
    if BARS.search(text):
        cells = bar_cells(text, outer, opening)
        if len(text) > LONGEST_CELL and any(len(cell) > max(LONGEST_CELL, NEARLY_ALL * len(text)) for cell, _ in cells):
            return _several_plain(line, cells)
        if len(cells) > 1 or (cells and not cells[0][0]):
            return _ruled(line, cells)
        if cells:
            return _plain(line, cells[0][0], cells[0][1])
        return line
    return undrawn_line(text, number)


def undrawn_line(text: str, number: int) -> Line:
    line = Line(number, text)
    if not text:
        return line
    if "\t" in text and "\t" in text.strip(" \r\n"):
        cells = _split(text, "\t")
        if '"' in text:
            cells = [_unquoted(*cell) for cell in cells]
        if not cells[-1][0] or any(cell for cell, _ in cells[:-1]):
            return _ruled(line, cells)
    return _plain(line, text, 0)


def is_rule(text: str) -> bool:
    drawn = text if text.isascii() or text.isprintable() else _WITHOUT_WIDTH.sub("", text)
    return _BOX_RULE.fullmatch(drawn) is not None and _RULE_STROKES.search(drawn) is not None


LONGEST_CELL = 400
NEARLY_ALL = 0.9
"""A text longer than this and nearly all of its line is no cell: the bars are those of a page's menu."""


def _several_plain(line: Line, cells: list[tuple[str, int]]) -> Line:
    """The pieces of all cells, as those of a plain line."""
    pieces = [fragment for text, column in cells for fragment in _plain(line, text, column).fragments]
    line.fragments = pieces
    return line


def _plain(line: Line, text: str, offset: int) -> Line:
    printable = text.isprintable()  # what is printable holds no white space but blanks
    if printable and "  " not in text:
        for word in text.split(" "):
            if word:
                line.fragments.append(Fragment(word, line, offset))
            offset += len(word) + 1
        return line
    pattern = _PRINTED if printable else _FRAGMENT
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
        stripped = cell.strip(_BLANKS)
        cells.append((stripped, start if stripped == cell or not stripped else start + cell.find(stripped)))
        start += len(cell) + 1
    return cells


def split_at_bars(text: str) -> list[tuple[str, int]]:
    return _split(_OTHER_BARS.sub("|", text), "|")


def _unquoted(cell: str, place: int) -> tuple[str, int]:
    """A cell without the quotes that spreadsheets put around it."""
    if len(cell) < 2 or cell[0] != '"' or cell[-1] != '"':
        return cell, place
    return strip(cell[1:-1].replace('""', '"')), place + 1


def strip(text: str) -> str:
    return text.strip(_BLANKS)


def bar_cells(text: str, outer: bool = True, opening: bool = True) -> list[tuple[str, int]]:
    """The cells of a barred line; the bars at its two ends enclose no cell."""
    cells = split_at_bars(text)
    stripped = strip(text)
    if (opening or len(stripped) == 1) and not cells[0][0] and BARS.match(stripped[:1]):
        cells = cells[1:]
    if outer and cells and not cells[-1][0] and BARS.match(stripped[-1:]):
        cells = cells[:-1]
    return cells
