"""Pages as a document: rows of ruled tables, lines of other text, tables joined across page breaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import define, field

from govdisclosure import _limits as limits
from govdisclosure._flow import join_pieces
from govdisclosure._lattice import Grid, find_grids, joined_rules
from govdisclosure._page_cells import FIGURE, WrittenCell, cell_text, reaches_beyond, rows_within
from govdisclosure._page_halves import numbered_halves
from govdisclosure._page_text import Run, TextLine, half_width, spaced, text_lines
from govdisclosure._pages import Character, Page
from govdisclosure._source import Document, Fragment, Line

SAME_COLUMN = 4.0
"""Points by which the columns of a table may be shifted from one page to the next."""

MOST_FURNITURE = 3
"""Lines at the edge of a page (its number, a running head) that may part the halves of a table."""

_PAGE_NUMBER = re.compile(
    r"[-—–―·~\s]*(?:第\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?\s*(?:页)?(?:\s*[,，]?\s*共\s*\d{1,4}\s*页)?[-—–―·~\s]*"
)
_NUMBERED = re.compile(
    r"\s*(?:第?[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．,，]|\d{1,2}[、.．,，)）])"
)


@define(slots=True, eq=False)
class _Cell:
    """``tall``: it covers several rows, as the name of a group of rows does."""

    left: float
    right: float
    text: str
    box: tuple[float, float, float, float]
    tall: bool = False
    cut: bool = False
    """Its figure touches the edge: digits may stand in the next cell."""


@define(slots=True, eq=False)
class _Row:
    page: int
    cells: list[_Cell]


@define(slots=True, eq=False)
class _Table:
    """A table, or the parts of one on several pages. ``xs`` is where its columns begin and end."""

    xs: list[float]
    rows: list[_Row] = field(factory=list)


@define(slots=True, eq=False)
class _Item:
    """A table or a line of text on a page, and where it begins; the page's left margin and half a character's width."""

    page: int
    top: float
    table: _Table | None = None
    line: TextLine | None = None
    margin: float = 0.0
    unit: float = 1.0


def document_of_pages(pages: Sequence[Page]) -> Document:
    notes: list[tuple[str, str]] = []
    found: list[list[_Item]] = []
    cells = 0
    for number, page in numbered_halves(pages):
        if page.damaged:
            notes.append(("damaged page", f"Page {number} is damaged and was left out."))
        grids, note = _grids(page, number)
        notes.extend(note)
        cells += sum((len(grid.xs) - 1) * (len(grid.ys) - 1) for grid in grids)
        if cells > limits.MAXIMUM_GRID_CELLS:
            seen = f"The PDF's tables have more than {limits.MAXIMUM_GRID_CELLS:,} cells."
            raise limits.exceeded("MAXIMUM_GRID_CELLS", seen)
        items = list(_items(page, number, grids))
        items.sort(key=lambda item: item.top)
        found.append(items)
    joined = _joined(found)
    document = Document(list(_lines(joined)))
    document.notes.extend(notes)
    return document


def _grids(page: Page, number: int) -> tuple[list[Grid], list[tuple[str, str]]]:
    horizontals, verticals = joined_rules(page.horizontals), joined_rules(page.verticals)
    rules = len(horizontals) + len(verticals)
    if rules > limits.MAXIMUM_PAGE_RULES:
        note = (
            f"page {number} has {rules:,} ruled lines and is read as a drawing; raise MAXIMUM_PAGE_RULES if it is none"
        )
        return [], [("drawing", note)]
    return [grid for grid in find_grids(horizontals, verticals) if len(grid.xs) > 2], []


def _items(page: Page, number: int, grids: Sequence[Grid]) -> Iterator[_Item]:
    """The page's tables and lines."""
    within: dict[int, list[Character]] = {}
    outside: list[Character] = []
    for character in page.characters:
        x, y = (character.left + character.right) / 2, (character.top + character.bottom) / 2
        for grid in grids:
            if grid.xs[0] <= x < grid.xs[-1] and grid.ys[0] <= y < grid.ys[-1]:
                cell = grid.at(x, y)
                if cell is not None:
                    within.setdefault(id(cell), []).append(character)
                    break
        else:
            outside.append(character)
    for grid in grids:
        table = _Table(list(grid.xs))
        for row in range(len(grid.ys) - 1):
            cells = sorted((cell for cell in grid.cells if cell.row == row), key=lambda cell: cell.column)
            written = [WrittenCell(cell, text_lines(within.get(id(cell), []))) for cell in cells]
            for part in rows_within(written, grid.xs):
                made = [_cell(one) for one in part]
                if any(cell.text for cell in made):
                    table.rows.append(_Row(number, made))
        if table.rows:
            yield _Item(number, grid.ys[0], table=table)
    lines = text_lines(outside)
    margin, unit = min((line.left for line in lines), default=0.0), half_width(outside)
    for line in lines:
        yield _Item(number, line.top, line=line, margin=margin, unit=unit)


def _cell(written: WrittenCell) -> _Cell:
    left, _, right, _ = written.cell.box
    return _Cell(
        left, right, cell_text(written), written.cell.box, tall=written.cell.height > 1, cut=reaches_beyond(written)
    )


# -- across page breaks -----------------------------------------------------------------------------------------------


def _joined(pages: list[list[_Item]]) -> list[_Item]:
    repeated = _repeated(pages)
    joined: list[_Item] = []
    last: _Item | None = None  # the table that the next page may continue
    for items in pages:
        tables = [index for index, item in enumerate(items) if item.table is not None]
        continued = None
        if last is not None and last.table is not None and tables:
            first = items[tables[0]]
            heads = items[: tables[0]]
            if _is_furniture(heads, repeated) and first.table is not None and _continues(last.table, first.table):
                _append(last.table, first.table)
                continued = first
        for item in items:
            if item is continued:
                continue
            joined.append(item)
        if tables:
            end = items[tables[-1]]
            feet = items[tables[-1] + 1 :]
            if end is continued:
                end = last  # type: ignore[assignment]
            last = end if _is_furniture(feet, repeated) else None
        elif not _is_furniture(items, repeated):
            last = None
    return joined


def _key(line: TextLine) -> str:
    return re.sub(r"\d+", "#", "".join(run.text for run in line.runs))


def _repeated(pages: list[list[_Item]]) -> set[str]:
    """The lines, figures aside, that stand first or last on more than one page."""
    seen: set[str] = set()
    repeated: set[str] = set()
    for items in pages:
        edge = {_key(item.line) for item in (*items[:2], *items[-2:]) if item.line is not None}
        repeated |= seen & edge
        seen |= edge
    return repeated


def _is_furniture(items: Sequence[_Item], repeated: set[str]) -> bool:
    if len(items) > MOST_FURNITURE:
        return False
    for item in items:
        if item.line is None:
            return False
        text = " ".join(run.text for run in item.line.runs)
        if not (_PAGE_NUMBER.fullmatch(text) or _key(item.line) in repeated):
            return False
    return True


def _continues(table: _Table, part: _Table) -> bool:
    """Whether ``part`` has the columns of ``table``: an outer edge, and most of its lines."""
    shared = sum(any(abs(x - other) <= SAME_COLUMN for other in table.xs) for x in part.xs)
    if abs(table.xs[-1] - part.xs[-1]) > SAME_COLUMN and abs(table.xs[0] - part.xs[0]) > SAME_COLUMN:
        return False
    return shared >= 0.7 * min(len(table.xs), len(part.xs)) and shared > 2


def _append(table: _Table, part: _Table) -> None:
    for x in part.xs:
        if all(abs(x - other) > SAME_COLUMN for other in table.xs):
            table.xs.append(x)
    table.xs.sort()
    rows = part.rows
    if table.rows and rows:
        _join_group_names(table.rows, rows[0])
    if table.rows and rows and _is_rest(table.rows[-1], rows[0]):
        _merge(table.rows[-1], rows[0])
        rows = rows[1:]
    table.rows.extend(rows)


def _is_rest(row: _Row, rest: _Row) -> bool:
    """Whether the first row after a break is the rest of the last one before it.

    A row whose values are blank looks the same; but then its label begins with its number, as the one before does.
    """
    values = [cell.text for cell in row.cells if FIGURE.fullmatch(cell.text)]
    others = [cell.text for cell in rest.cells if FIGURE.fullmatch(cell.text)]
    if bool(values) == bool(others):
        return False
    for cell in rest.cells:
        own = next((own for own in row.cells if _same_column(own, cell)), None)
        if cell.text and (own is None or FIGURE.fullmatch(own.text)):
            return False
        if cell.text and own is not None and bool(FIGURE.fullmatch(cell.text)) == bool(own.text):
            return False  # a value where the row has a label, or words where it has nothing
    labels = [cell.text for cell in row.cells if cell.text and not FIGURE.fullmatch(cell.text)]
    rests = [cell.text for cell in rest.cells if cell.text and not FIGURE.fullmatch(cell.text)]
    if not labels or not rests:
        return bool(labels) and not rests and bool(others)
    return _NUMBERED.match(labels[-1]) is not None and _NUMBERED.match(rests[-1]) is None


def _join_group_names(rows: Sequence[_Row], first: _Row) -> None:
    """The name of a group of rows that the page's end cut in two: its rest goes to where it begins."""
    for cell in first.cells:
        if not (cell.tall and cell.text) or _NUMBERED.match(cell.text):
            continue
        for row in reversed(rows):
            above = next((own for own in row.cells if _same_column(own, cell)), None)
            if above is not None:
                if above.tall and _NUMBERED.match(above.text):
                    above.text = join_pieces([above.text, cell.text])
                    cell.text = ""
                break


def _same_column(first: _Cell, second: _Cell) -> bool:
    return abs(first.left - second.left) <= SAME_COLUMN and abs(first.right - second.right) <= SAME_COLUMN


def _merge(row: _Row, rest: _Row) -> None:
    for cell in rest.cells:
        if not cell.text:
            continue
        for own in row.cells:
            if _same_column(own, cell):
                own.text = join_pieces([own.text, cell.text]) if own.text else cell.text
                break
        else:
            row.cells.append(cell)
            row.cells.sort(key=lambda one: one.left)


# -- lines ------------------------------------------------------------------------------------------------------------


def _lines(items: Sequence[_Item]) -> Iterator[Line]:
    number = tables = 0
    page = 1
    for item in items:
        if item.table is not None:
            tables += 1
        for line in _lines_of(item, tables):
            number += 1
            line.number = number
            line.starts_page = line.page is not None and line.page > page
            page = max(page, line.page or 0)
            yield line


def _lines_of(item: _Item, number: int) -> Iterator[Line]:
    if item.line is not None:
        yield _plain(item, item.line.runs)
    elif item.table is not None:
        for index, row in enumerate(item.table.rows, 1):
            line = Line(0, "", ruled=True, table=number, row=index, page=row.page)
            for cell in row.cells:
                column = _column(item.table.xs, cell.left)
                width = max(1, _column(item.table.xs, cell.right) - column)
                line.fragments.append(Fragment(cell.text, line, column, width, _rounded(cell.box), cut=cell.cut))
            line.text = "\t".join(fragment.text for fragment in line.fragments)
            yield line


def _plain(item: _Item, runs: Sequence[Run]) -> Line:
    text, columns = spaced(runs, item.margin, item.unit)
    line = Line(0, text, page=item.page)
    line.fragments = [Fragment(run.text, line, column, box=run.box) for run, column in zip(runs, columns, strict=True)]
    return line


def _column(xs: Sequence[float], x: float) -> int:
    """The column whose edge is nearest to ``x``."""
    at = bisect_left(xs, x)
    if at == len(xs) or (at and x - xs[at - 1] <= xs[at] - x):
        at -= 1
    return at


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    return (round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
