"""Ruled lines as tables: pieces joined, crossing lines gathered, the cells between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import define, field

from govdisclosure._pages import Rule

SNAP = 2.0
"""Points within which two parallel lines are one (double rules, each cell with a border of its own)."""

GAP = 3.0
"""Points that pieces of one line may lie apart; short pieces (dashes) may lie twice their length apart."""

REACH = 3.0
"""Points by which lines that meet in a corner may miss each other."""

SHORTEST_DASH = 12.0
NARROWEST = 4.0
"""Points below which the space between two lines holds no text and is no column or row."""

MOST_CELLS = 20_000
"""Cells of one table before merging; a form's table has at most 330."""


@define(slots=True, eq=False)
class GridCell:
    """A cell: where it begins in the grid, how far it reaches, its box (left, top, right, bottom)."""

    column: int
    row: int
    width: int
    height: int
    box: tuple[float, float, float, float]


@define(slots=True, eq=False)
class Grid:
    """A table's lines and cells. ``owner[row][column]`` is the cell that covers a place."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(factory=list)
    owner: list[list[GridCell]] = field(factory=list)

    def at(self, x: float, y: float) -> GridCell | None:
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None


def joined_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Lines out of their pieces: those at one place, end to end, become one."""
    joined: list[Rule] = []
    for group in _near(sorted(rules, key=lambda rule: rule.place), SNAP):
        group.sort(key=lambda rule: rule.start)
        place = sum(rule.place for rule in group) / len(group)
        current: Rule | None = None
        for rule in group:
            length = rule.end - rule.start
            bridge = max(GAP, 2 * length) if length < SHORTEST_DASH else GAP
            if current is not None and rule.start <= current.end + bridge:
                current.end = max(current.end, rule.end)
            else:
                current = Rule(place, rule.start, rule.end)
                joined.append(current)
    return [rule for rule in joined if rule.end - rule.start > NARROWEST]


def _near(rules: Sequence[Rule], tolerance: float) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule.place - group[0].place > tolerance:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def find_grids(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> list[Grid]:
    """The tables that joined lines draw, from top to bottom."""
    grids = []
    for across, down in _components(horizontals, verticals):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _components(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that cross each other, directly or through others."""
    parents = list(range(len(horizontals) + len(verticals)))
    across = sorted(horizontals, key=lambda rule: rule.place)
    places = [rule.place for rule in across]
    for at, down in enumerate(verticals, len(across)):
        first = bisect_right(places, down.start - REACH)
        for index in range(first, len(across)):
            rule = across[index]
            if rule.place > down.end + REACH:
                break
            if rule.start - REACH <= down.place <= rule.end + REACH:
                _unite(parents, index, at)
    members: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate([*across, *verticals]):
        group = members.setdefault(_root(parents, index), ([], []))
        group[0 if index < len(across) else 1].append(rule)
    yield from (group for group in members.values() if group[0] and group[1])


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _unite(parents: list[int], first: int, second: int) -> None:
    first, second = _root(parents, first), _root(parents, second)
    if first != second:
        parents[max(first, second)] = min(first, second)


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    # A table cut by the page's end, or drawn without outer borders, ends where its lines end.
    left, right = min(rule.start for rule in across), max(rule.end for rule in across)
    top, bottom = min(rule.start for rule in down), max(rule.end for rule in down)
    xs = _places(down, left, right)
    ys = _places(across, top, bottom)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows > MOST_CELLS:
        return None
    borders_right = _covered(xs, ys, down)
    borders_below = _covered(ys, xs, across)
    parents = list(range(columns * rows))
    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            if column + 1 < columns and not borders_right[column + 1][row]:
                _unite(parents, index, index + 1)
            if row + 1 < rows and not borders_below[row + 1][column]:
                _unite(parents, index, index + columns)
    grid = Grid(xs, ys)
    cells: dict[int, GridCell] = {}
    for row in range(rows):
        owners: list[GridCell] = []
        for column in range(columns):
            root = _root(parents, row * columns + column)
            cell = cells.get(root)
            if cell is None:
                cell = cells[root] = GridCell(column, row, 1, 1, (0, 0, 0, 0))
                grid.cells.append(cell)
            end = max(cell.column + cell.width, column + 1)
            cell.column = min(cell.column, column)
            cell.width = end - cell.column
            cell.height = max(cell.height, row + 1 - cell.row)
            owners.append(cell)
        grid.owner.append(owners)
    for cell in grid.cells:
        cell.box = (xs[cell.column], ys[cell.row], xs[cell.column + cell.width], ys[cell.row + cell.height])
    return grid


def _places(rules: list[Rule], first: float, last: float) -> list[float]:
    """Where lines run, near ones as one, and the two ends."""
    places: list[float] = []
    for place in sorted([*(rule.place for rule in rules), first, last]):
        if not places or place - places[-1] > NARROWEST:
            places.append(place)
    return places


def _covered(places: list[float], between: list[float], rules: list[Rule]) -> list[list[bool]]:
    """For each place where lines run: which of the spaces ``between`` a line covers at their middle."""
    middles = [(start + end) / 2 for start, end in pairwise(between)]
    covered = [[False] * len(middles) for _ in places]
    for rule in rules:
        at = max(0, bisect_right(places, rule.place + SNAP / 2) - 1)
        if at + 1 < len(places) and places[at + 1] - rule.place < rule.place - places[at]:
            at += 1
        for index in range(bisect_right(middles, rule.start), bisect_right(middles, rule.end)):
            covered[at][index] = True
    return covered
