"""The report's tables as a person knows them: the form's labels, its rows in order, doubts marked at their cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from attrs import frozen
from rich import box
from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from govdisclosure._cli_console import STYLES
from govdisclosure._labels import column_label, row_labels, row_of, section_of
from govdisclosure.records import Cell, CellState, Report, Severity

DOUBT_SIGN: Final = "!"
INFERRED_SIGN: Final = "≈"
LOST_SIGN: Final = "?"
LEGEND: Final[dict[str, str]] = {
    DOUBT_SIGN: "doubtful, see below",
    INFERRED_SIGN: "inferred from the form's own sums",
    LOST_SIGN: "lost: in the document perhaps, but not to be read",
}

_PLAIN: Final = Style.null()
_GROUP: Final = Style(bold=True)
_HEAD: Final = Style(bold=True, dim=True)
_NARROWEST_LABELS: Final = 30
_COMFORTABLE: Final = 100
_HEAD_WIDTHS: Final = (1_000, 14, 8, 6, 4)


@frozen
class _Line:
    """One line of a drawn table: a row of the form, a group's label or a line of column heads."""

    label: str
    values: tuple[Text, ...] = ()
    style: Style = _PLAIN


def draw_tables(report: Report, width: int) -> Iterator[tuple[str, Group]]:
    """The tables by the name of their section, each no wider than ``width``."""
    doubts = {
        path: max((d.severity for d in found), key=list(Severity).index) for path, found in report.doubts().items()
    }
    for section, cells in groupby(report.table_cells, key=lambda item: section_of(item[0])):
        yield section, _draw(_blocks(str(report.form), list(cells), doubts), width)


def signs_used(report: Report) -> tuple[str, ...]:
    """The signs that ``draw_tables`` sets for this report, for the legend."""
    doubts = report.doubts()
    cells = report.table_cells
    used = {
        INFERRED_SIGN: any(cell.state is CellState.INFERRED for _, cell in cells),
        LOST_SIGN: any(cell.state is CellState.LOST for _, cell in cells),
        DOUBT_SIGN: any(path in doubts and not _has_own_sign(cell) for path, cell in cells),
    }
    return tuple(sign for sign, is_used in used.items() if is_used)


def cell_text(cell: Cell, doubt: Severity | None) -> Text:
    """A cell as it is shown: blanks empty, placeholders as printed, a note or unit kept beside its number."""
    style = STYLES[doubt] if doubt is not None else _PLAIN
    if cell.state is CellState.LOST:
        return Text(LOST_SIGN, style=STYLES[doubt or Severity.ERROR])
    if cell.state is CellState.INFERRED:
        return Text(f"{INFERRED_SIGN}{cell.value}", style=STYLES[doubt or Severity.WARNING])
    if cell.value is None:
        shown = " ".join(cell.raw.split())
    else:
        has_words = any(character.isalpha() for character in cell.raw)
        shown = " ".join(cell.raw.split()) if has_words else str(cell.value)
    return Text(f"{shown}{DOUBT_SIGN}" if doubt is not None else shown, style=style)


def _has_own_sign(cell: Cell) -> bool:
    return cell.state in (CellState.LOST, CellState.INFERRED)


def _blocks(form: str, cells: list[tuple[str, Cell]], doubts: dict[str, Severity]) -> list[list[_Line]]:
    """The lines of one table. Where its columns change (section 二), each part is a block under its first label."""
    rows = [list(row) for _, row in groupby(cells, key=lambda item: row_of(item[0]))]
    heads_of = [tuple(column_label(form, path) for path, _ in row) for row in rows]
    in_parts = len(set(heads_of)) > 1
    blocks: list[list[_Line]] = []
    above: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    for row, row_heads in zip(rows, heads_of, strict=True):
        *groups, label = row_labels(form, row[0][0])[1:]
        part = groups.pop(0) if in_parts and groups else ""
        if (part, *row_heads) != heads:
            heads, above = (part, *row_heads), ()
            blocks.append([_Line(part, tuple(Text(head) for head in row_heads), _HEAD)])
        for depth in range(_common(above, groups), len(groups)):
            blocks[-1].append(_Line(_indented(groups[depth], depth), style=_GROUP))
        values = tuple(cell_text(cell, doubts.get(path)) for path, cell in row)
        blocks[-1].append(_Line(_indented(label, len(groups)), values))
        above = tuple(groups)
    return blocks


def _common(above: Iterable[str], groups: Iterable[str]) -> int:
    count = 0
    for one, other in zip(above, groups, strict=False):
        if one != other:
            break
        count += 1
    return count


def _indented(label: str, depth: int) -> str:
    return "  " * depth + label


def _draw(blocks: list[list[_Line]], width: int) -> Group:
    """The blocks one under the other, their columns in line."""
    columns = max(len(line.values) for block in blocks for line in block)
    padding = 1 if width >= _COMFORTABLE else 0
    room = width - (columns + 2) - 2 * padding * (columns + 1)
    label_width, value_widths = _widths(blocks, columns, room)
    tables = []
    for block in blocks:
        table = Table(box=box.SQUARE, show_header=False, padding=(0, padding))
        table.add_column(width=label_width)
        for value_width, _ in zip(value_widths, block[0].values, strict=False):
            table.add_column(width=value_width, overflow="fold", justify="right")
        for line in block:
            table.add_row(_hanging(line.label), *line.values, style=line.style, end_section=line.style is _HEAD)
        tables.append(table)
    return Group(*tables)


def _hanging(label: str) -> Padding:
    """A label whose later lines stand as far to the right as its first."""
    text = label.lstrip(" ")
    return Padding(Text(text, overflow="fold"), (0, 0, 0, len(label) - len(text)), expand=False)


def _widths(blocks: list[list[_Line]], columns: int, room: int) -> tuple[int, list[int]]:
    """The labels' width and the values'. Numbers are never broken; heads are folded if the labels need the room."""
    lines = [line for block in blocks for line in block]
    natural_label = max(cell_len(line.label) for line in lines)
    heads = [1] * columns
    numbers = [1] * columns
    notes = [1] * columns
    for line in lines:
        for i, text in enumerate(line.values):
            kind = heads if line.style is _HEAD else notes if any(map(str.isalpha, text.plain)) else numbers
            kind[i] = max(kind[i], text.cell_len)
    widths = heads
    for most in _HEAD_WIDTHS:
        widths = [
            max(number, _folded(head, most), min(note, most))
            for number, head, note in zip(numbers, heads, notes, strict=True)
        ]
        if room - sum(widths) >= min(natural_label, _NARROWEST_LABELS):
            break
    return max(min(natural_label, room - sum(widths)), 4), widths


def _folded(head: int, most: int) -> int:
    """The width of a head of ``head`` cells folded into the fewest lines, all about as long."""
    lines = -(-head // most)
    return 2 * -(-head // (2 * lines))
