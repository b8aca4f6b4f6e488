"""The three tables of a truth as grids with merged cells, the way the official form draws them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from tests.support.truth import Truth, form

Covered = Literal["empty", "repeat", "none", "rows_gone"]
Drawn = tuple[str, int, int]


@attrs.frozen
class GridCell:
    """A cell at the place of its upper left corner, and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    is_value: bool = False


@attrs.frozen
class Grid:
    """A table: its cells by row and column."""

    cells: tuple[GridCell, ...]
    height: int
    width: int

    def matrix(self, covered: Covered) -> list[list[str]]:
        """The rows of texts. What merged cells cover is empty, repeats their text, or is left out.

        ``rows_gone`` leaves out what a cell covers in the rows below its own and keeps it empty within its own row.
        """
        places: list[list[str | None]] = [[None] * self.width for _row in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    own = (row, column) == (cell.row, cell.column)
                    kept = covered in ("empty", "repeat") or (covered == "rows_gone" and row == cell.row)
                    if own or kept:
                        places[row][column] = cell.text if own or covered == "repeat" else ""
        return [[text for text in row if text is not None] for row in places]

    def mirrored(self, first: int, end: int) -> Grid:
        """The columns from ``first`` up to ``end`` in reverse order, heads and values."""
        within = [cell for cell in self.cells if first <= cell.column and cell.column + cell.columns <= end]
        moved = {cell: attrs.evolve(cell, column=first + end - cell.column - cell.columns) for cell in within}
        cells = sorted((moved.get(cell, cell) for cell in self.cells), key=lambda cell: (cell.row, cell.column))
        return attrs.evolve(self, cells=tuple(cells))


@attrs.frozen
class Looks:
    """How labels are printed: brackets, how they are numbered, quotes, a blank after a number in brackets."""

    brackets: str = "（）"
    number: str = "{}."  #: with the digit, or with ``①`` to stand for circled ones
    quotes: str = "“”"
    gap: str = ""

    def label(self, text: str) -> str:
        text = re.sub(r"^(\d)\.", lambda found: self._numbered(found[1]), text)
        text = re.sub(r"(?<=^（[一二三四五六七]）)(?=\w)", self.gap, text)
        text = text.replace("“", self.quotes[:1]).replace("”", self.quotes[1:])
        return text.replace("（", self.brackets[0]).replace("）", self.brackets[1])

    def _numbered(self, digit: str) -> str:
        return self.number.format(digit).replace("①", chr(ord("①") + int(digit) - 1))


def tables(truth: Truth, looks: Looks) -> dict[str, Grid]:
    """The tables by the name of their section."""
    return {
        "proactive": _proactive(truth, looks),
        "requests": _requests(truth, looks),
        "appeals": _appeals(truth, looks),
    }


def table_sections(code: str) -> dict[str, str]:
    """The terminals of the tables' section titles, by the names that ``tables`` uses."""
    titles = [section.title.terminal for section in form(code).sections if section.is_table]
    return dict(zip(("proactive", "requests", "appeals"), titles, strict=True))


class _Drawing:
    """Rows of cells placed as HTML places them: each in the next free column."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.cells: list[GridCell] = []
        self.taken: set[tuple[int, int]] = set()
        self.height = 0

    def row(self, cells: Iterable[Drawn], values: Sequence[str] = ()) -> None:
        """``cells`` are labels with the rows and columns they cover; ``values`` follow, one a column."""
        row = self.height
        self.height += 1
        for text, rows, columns, is_value in (
            *((*cell, False) for cell in cells),
            *((value, 1, 1, True) for value in values),
        ):
            column = next(c for c in range(self.width) if (row, c) not in self.taken)
            if is_value and value_is_last(values, text, column, self.width):
                columns = self.width - column
            self.cells.append(GridCell(text, row, column, rows, columns, is_value))
            self.taken.update((row + r, column + c) for r in range(rows) for c in range(columns))

    def grid(self) -> Grid:
        return Grid(tuple(self.cells), self.height, self.width)


def value_is_last(values: Sequence[str], text: str, column: int, width: int) -> bool:
    """Whether a single value takes the rest of its row, as where a row of table two has one column only."""
    return len(values) == 1 and values[0] is text and column < width


def _proactive(truth: Truth, looks: Looks) -> Grid:
    definition = form(truth.form)
    section = next(section for section in definition.sections if section.name == "proactive")
    articles = iter(label.terminal for label in section.labels if label.terminal.startswith("ARTICLE_"))
    drawing = _Drawing(1 + max(len(row.columns) for row in section.rows))
    heads: tuple[str, ...] = ()
    for row in section.rows:
        assert row.label is not None
        columns = tuple(column.head.terminal for column in row.columns)
        if columns != heads or row.label.terminal == "PENALTIES":
            drawing.row([(looks.label(truth.wording(next(articles))), 1, drawing.width)])
            texts = [looks.label(truth.wording(head)) for head in columns]
            last = drawing.width - len(texts)
            drawing.row(
                [
                    (truth.wording("CONTENT"), 1, 1),
                    *((text, 1, last if text is texts[-1] else 1) for text in texts),
                ]
            )
            heads = columns
        values = [truth.printed(path) for path in row.cell_paths]
        spare = drawing.width - 1 - len(values)
        drawing.row([(looks.label(truth.wording(row.label.terminal)), 1, 1)], values)
        if spare and len(values) > 1:
            _widen_last(drawing, spare)
        if row.path in truth.extra_rows:
            label, *others = truth.extra_rows[row.path]
            drawing.row([(label, 1, 1)], others)
    return drawing.grid()


def _widen_last(drawing: _Drawing, spare: int) -> None:
    cell = drawing.cells[-1]
    drawing.cells[-1] = attrs.evolve(cell, columns=cell.columns + spare)


def _requests(truth: Truth, looks: Looks) -> Grid:
    section = next(section for section in form(truth.form).sections if section.name == "requests")
    groups = [tuple(row.path.split(".")[1:-1]) for row in section.rows]
    named = {label.terminal: looks.label(truth.wording(label.terminal)) for label in section.labels}
    drawing = _Drawing(10)
    columns = [column.head.terminal for column in section.rows[0].columns]
    drawing.row([(named["BALANCE_NOTE"], 3, 3), (named["APPLICANTS"], 1, 7)])
    drawing.row([(named[columns[0]], 2, 1), (named["ORGANIZATIONS"], 1, 5), (named[columns[-1]], 2, 1)])
    drawing.row([(named[column], 1, 1) for column in columns[1:-1]])
    results = [
        row for row in section.rows if row.path.rpartition(".")[2] not in ("received", "carried_in", "carried_over")
    ]
    seen: set[object] = set()
    for row, group in zip(section.rows, groups, strict=True):
        assert row.label is not None
        cells: list[Drawn] = []
        if row not in results:
            cells.append((named[row.label.terminal], 1, 3))
        else:
            if row is results[0]:
                cells.append((named["RESULTS"], len(results), 1))
            if group and group not in seen:
                seen.add(group)
                cells.append((named[group[0].upper()], groups.count(group), 1))
            cells.append((named[row.label.terminal], 1, 1 if group else 2))
        drawing.row(cells, [truth.printed(path) for path in row.cell_paths])
    return drawing.grid()


def _appeals(truth: Truth, looks: Looks) -> Grid:
    sections = [section for section in form(truth.form).sections if section.is_table and section.is_headed]
    rows = [row for section in sections for row in section.rows]
    heads = [looks.label(truth.wording(column.head.terminal)) for column in rows[0].columns]
    size = len(heads)
    name = truth.wording
    drawing = _Drawing(size * len(rows))
    drawing.row([(name("RECONSIDERATION"), 1, size), (name("LITIGATION"), 1, size * (len(rows) - 1))])
    drawing.row(
        [
            *((head, 2, 1) for head in heads),
            (name("DIRECT"), 1, size),
            (name("AFTER_RECONSIDERATION"), 1, size),
        ]
    )
    drawing.row([(head, 1, 1) for _row in rows[1:] for head in heads])
    drawing.row([], [truth.printed(path) for row in rows for path in row.cell_paths])
    return drawing.grid()
