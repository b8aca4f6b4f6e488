"""The columns that pandas prints before a table: they number its lines from 0, under a line that numbers its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdisclosure._source import Line

_NUMBERED_COLUMNS = re.compile(r"[ ,;\t]*0(?:[ ,;\t]+\d+){2,}[ \t\r]*")
_NUMBER = re.compile(r" *(\d+)(?=[ ,;\t]|\s*$)")
FEWEST_NUMBERED = 3
"""So many lines must be numbered from 0, below a line that numbers the columns."""


def without_index(raw: Sequence[str]) -> list[str]:
    """Lines without the numbers of lines and columns, which leave blanks, so that all else keeps its place."""
    lines = list(raw)
    for at, line in enumerate(raw):
        if "0" not in line or _NUMBERED_COLUMNS.fullmatch(line) is None:
            continue
        columns = re.findall(r"\d+", line)
        if columns != [str(column) for column in range(len(columns))]:
            continue
        numbered = []
        for count, below in enumerate(raw[at + 1 :]):
            number = _NUMBER.match(below)
            if number is None or number[1] != str(count):
                break
            numbered.append(" " * number.end() + below[number.end() :])
        if len(numbered) >= FEWEST_NUMBERED:
            lines[at : at + 1 + len(numbered)] = ["", *numbered]
    return lines


def drop_index_columns(lines: list[Line]) -> None:
    """Take away a column that only numbers a table's lines from 0, and a line that only numbers its columns."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (lines[end].ruled or (not lines[end].fragments and lines[end].text.strip())):
            end += 1
        if end > start:
            _drop_index_column([line for line in lines[start:end] if line.fragments])
        start = max(end, start + 1)


def _drop_index_column(table: list[Line]) -> None:
    if len(table) < 3:
        return
    heads = [fragment.text for fragment in table[0].fragments]
    if heads[0]:
        return
    counts = [line.fragments[0].text for line in table[1:]]
    counted = sum(text == str(number) for number, text in enumerate(counts))
    if heads == [str(number) for number in range(len(heads))]:
        table[0].fragments.clear()
        return
    numbers_columns = len(heads) > 2 and heads[1:] == [str(number) for number in range(len(heads) - 1)]
    if counted > 1 and (numbers_columns or counted > 0.8 * len(counts)):
        for line in table:
            del line.fragments[0]
        if numbers_columns:
            table[0].fragments.clear()
