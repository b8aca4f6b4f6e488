"""A grid set on a page: every line of every cell with its place, as tools that read pages see it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import east_asian_width

import attrs

from tests.support.grids import Grid, GridCell

Piece = tuple[int, str]  # where it begins, in half-widths of a character, and what it says


@attrs.frozen
class Page:
    """Lines from above to below; ``row_starts`` are the lines with which a row of the grid begins."""

    lines: tuple[tuple[Piece, ...], ...]
    row_starts: frozenset[int]


def width(text: str) -> int:
    """How wide a text is, in half-widths, where quotes are as wide as Chinese characters."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def narrow_width(text: str) -> int:
    """How wide a text is where characters that may be either, such as “ and ①, are narrow."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, room: int) -> list[str]:
    """Lines no wider than ``room``; numbers and words of Latin letters are not divided."""
    lines = [""]
    for piece in _unbreakable(text):
        if lines[-1] and width(lines[-1]) + width(piece) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def _unbreakable(text: str) -> list[str]:
    pieces: list[str] = []
    for character in text:
        joined = character.isascii() and character not in " " and pieces and pieces[-1][-1].isascii()
        if pieces and ((joined and pieces[-1][-1] != " ") or character in "，。、；：）)”"):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def typeset(grid: Grid, rooms: Sequence[int], chance: random.Random, spaced: bool = False) -> Page:
    """Set the grid with columns of those widths; cells are centred in height, numbers in width too.

    ``spaced`` leaves an empty line between rows.
    """
    wrapped = {cell: wrap(cell.text, _room(cell, rooms)) for cell in grid.cells}
    heights = [1] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rows):
        below = range(cell.row, cell.row + cell.rows)
        missing = len(wrapped[cell]) - sum(heights[row] for row in below)
        if missing > 0:
            heights[below[-1]] += missing
    tops = [sum(heights[:row]) for row in range(grid.height + 1)]
    places: list[list[Piece]] = [[] for _line in range(tops[-1])]
    for cell in grid.cells:
        lines = wrapped[cell]
        top = tops[cell.row] + (tops[cell.row + cell.rows] - tops[cell.row] - len(lines)) // 2
        left = sum(rooms[: cell.column]) + cell.column
        for offset, line in enumerate(lines):
            indent = (_room(cell, rooms) - width(line)) // 2 if cell.is_value or cell.rows > 1 else 0
            places[top + offset].append((left + max(0, indent + chance.choice((0, 0, 1)) * cell.is_value), line))
    if not spaced:
        return Page(tuple(tuple(sorted(line)) for line in places), frozenset(tops[:-1]))
    spread: list[tuple[Piece, ...]] = []
    starts = set()
    for number, pieces in enumerate(places):
        if number in tops:
            spread.extend([()] if spread else [])
            starts.add(len(spread))
        spread.append(tuple(sorted(pieces)))
    return Page(tuple(spread), frozenset(starts))


def _room(cell: GridCell, rooms: Sequence[int]) -> int:
    return sum(rooms[cell.column : cell.column + cell.columns]) + cell.columns - 1


def rooms_for(grid: Grid, chance: random.Random, narrow: bool) -> list[int]:
    """Widths for the grid's columns: wide enough for every number, narrow enough for labels to wrap."""
    values = [
        max([4, *(width(cell.text) + 2 for cell in grid.cells if cell.is_value and cell.column == column)])
        for column in range(grid.width)
    ]
    if grid.width == 10:
        stubs = [chance.choice((2, 4, 6, 10)), chance.choice((6, 8, 12)), chance.choice((14, 18, 24, 34))]
        return [*(stubs if narrow else [20, 26, 44]), *(max(6, room) for room in values[3:])]
    if grid.width == 4:
        label = 12 if narrow else 24
        return [label, *(max(10 if narrow else 16, room) for room in values[1:])]
    return [max(4, room) if narrow else max(10, room) for room in values]


def columns_of(page: Page) -> list[str]:
    """The page as browsers for terminals give it: every piece at its place, by the width of characters."""
    lines = []
    for pieces in page.lines:
        line = ""
        for left, text in pieces:
            line += " " * max(left - width(line), 1 if line else 0) + text
        lines.append(line.rstrip())
    return lines


def counted_columns_of(page: Page) -> list[str]:
    """The page as ``pdftotext -layout`` gives it: in columns by the number of characters, wide or not."""
    starts: dict[int, int] = {}
    before = 0
    for left in sorted({left for pieces in page.lines for left, _text in pieces}):
        starts[left] = max(starts.get(before, 0) + (left - before) // 2, 0)
        for pieces in page.lines:
            for (first, text), (second, _text) in pairwise(pieces):
                if second == left:
                    starts[left] = max(starts[left], starts[first] + len(text) + 2)
        before = left
    lines = []
    for pieces in page.lines:
        line = ""
        for left, text in pieces:
            line += " " * (starts[left] - len(line)) + text
        lines.append(line)
    return lines


def words_of(page: Page) -> list[str]:
    """The page as pdfplumber gives its text: the pieces of a line with one blank between."""
    return [" ".join(text for _left, text in pieces) for pieces in page.lines if pieces]
