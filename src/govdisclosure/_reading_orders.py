"""In which orders can an extractor have read a table, and which of them do the table's sums allow?

An extractor that loses a table still reads it in pieces: whole rows, whole columns, or blocks of cells, the upper ones
before the lower ones and the left ones before the right ones. So the space of orders searched here is this: the table
is cut across or down, each piece is cut again, and so on; the pieces left over are read row by row or column by
column. A table of several pages is a sequence of such tables. In each row the last column is the sum of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import add, le, sub

from attrs import define, field, frozen

Token = tuple[int, str]
"""What stands in a cell: its number, and what else tells it from cells of the same number (a placeholder's text)."""

Order = tuple[tuple[int, ...], ...]
"""For each row of a piece, and each of its columns, the place (from 0) of its number in the sequence read."""

MAX_PIECES = 6
"""Into how many pieces a band of rows may be cut. Real extractors cut a page into six at most."""
MORE_PIECES = 1
"""Once some order fits, orders with so many more pieces are still looked at: they may fit as well."""
MAX_STEPS = 150_000
"""Pieces compared for a table before giving up (about half a second)."""
MAX_ORDERS = 300
"""More orders than this leave nothing to agree on."""


@frozen
class Readings:
    """All orders of so many pieces that the sums of the rows allow, by what they put in the cells; none if not all were looked at."""

    orders: tuple[Order, ...]
    steps: int
    """How many steps are left."""


class _OutOfStepsError(Exception):
    """The search takes too long."""


def readings(tokens: Sequence[Token], width: int, steps: int = MAX_STEPS) -> Readings:
    """The orders in which rows of ``width`` columns can have been read as ``tokens``, a multiple of ``width``."""
    search = _Search(tokens, width, steps)
    found: list[Order] = []
    deepest = MAX_PIECES
    try:
        for pieces in range(1, MAX_PIECES + 1):
            if pieces > deepest:
                break
            found = search.whole(pieces)
            if len(found) > MAX_ORDERS:
                return Readings((), 0)
            if found:
                deepest = min(deepest, pieces + MORE_PIECES)
    except _OutOfStepsError:
        return Readings((), 0)
    return Readings(tuple(found), search.steps)


Sums = tuple[int, ...]
_Piece = tuple[Order, Sums]
"""The order of a piece, with a sum for each row: that of the numbers; if the last of them is the total, what it leaves
for the columns further left."""


@define(slots=True, eq=False)
class _Search:
    tokens: Sequence[Token]
    width: int
    steps: int
    numbers: list[int] = field(factory=list)
    sums: list[int] = field(factory=list)
    parts: dict[tuple[int, int, int, int, Sums, bool], list[_Piece]] = field(factory=dict)
    ends: dict[tuple[int, int, int, int], list[_Piece]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.numbers = [number for number, _ in self.tokens]
        self.sums = [0, *accumulate(self.numbers)]

    def whole(self, pieces: int) -> list[Order]:
        """The orders of all rows: band after band, each of up to so many pieces."""
        rows = len(self.tokens) // self.width
        orders: list[list[Order]] = [[] for _ in range(rows)] + [[()]]
        for start in range(rows - 1, -1, -1):
            found: list[Order] = []
            for end in range(start + 1, rows + 1):
                if orders[end]:
                    bands = self._bands(end - start, start * self.width, pieces)
                    self._spend(len(bands) * len(orders[end]))
                    found.extend(band + rest for band in bands for rest in orders[end])
            orders[start] = self._different(found)
            if len(orders[start]) > 20 * MAX_ORDERS:
                raise _OutOfStepsError
        return orders[0]

    def _bands(self, rows: int, at: int, pieces: int) -> list[Order]:
        """The orders of a band of rows that is not itself a sequence of bands."""
        most = pieces if rows > 1 else 1
        return [order for count in range(1, most + 1) for order, _ in self._ends(rows, self.width, at, count)]

    def _spend(self, steps: int) -> None:
        self.steps -= steps
        if self.steps < 0:
            raise _OutOfStepsError

    def _different(self, orders: list[Order]) -> list[Order]:
        if len(orders) < 2:
            return orders
        return [order for order, _ in self._unlike([(order, ()) for order in orders])]

    def _unlike(self, pieces: list[_Piece]) -> list[_Piece]:
        """One piece of those that put the same into every cell."""
        if len(pieces) < 2:
            return pieces
        tokens = self.tokens
        seen: dict[tuple[tuple[Token, ...], ...], _Piece] = {}
        for piece in pieces:
            seen.setdefault(tuple([tuple([tokens[place] for place in row]) for row in piece[0]]), piece)
        return list(seen.values())

    def _uniform(self, rows: int, columns: int, at: int) -> Iterator[Order]:
        """A piece read row by row, and column by column. (A whole band read row by row is several bands.)"""
        end = at + rows * columns
        self._spend(rows)
        if rows == 1 or 1 < columns < self.width:
            yield tuple([tuple(range(place, place + columns)) for place in range(at, end, columns)])
        if rows > 1:
            yield tuple([tuple(range(at + row, end, rows)) for row in range(rows)])

    # -- pieces that hold the last column, the total ---------------------------------------------------------------

    def _ends(self, rows: int, columns: int, at: int, pieces: int) -> list[_Piece]:
        """The last ``columns`` columns of so many rows, whose numbers begin at the place ``at``."""
        exact = columns == self.width
        if exact and (self.sums[at + rows * columns] - self.sums[at]) % 2:
            return []
        key = (rows, columns, at, pieces)
        if key in self.ends:
            return self.ends[key]
        found: list[_Piece] = []
        if pieces == 1:
            for order in self._uniform(rows, columns, at):
                left = self._left_by_total(order)
                if min(left) >= 0 and not (exact and any(left)):
                    found.append((order, left))
        elif rows > 1 and columns > 1:
            for upper in range(1, rows if not exact else 0):
                for share in range(1, pieces):
                    above = self._ends(upper, columns, at, share)
                    if above:
                        found.extend(
                            self._stacked(
                                above, self._ends(rows - upper, columns, at + upper * columns, pieces - share)
                            )
                        )
            for left_columns in range(1, columns):
                found.extend(self._beside_end(rows, columns, left_columns, at, pieces))
        self.ends[key] = found = self._unlike(found)
        return found

    def _left_by_total(self, order: Order) -> Sums:
        numbers = self.numbers
        return tuple([2 * numbers[row[-1]] - sum([numbers[place] for place in row]) for row in order])

    def _stacked(self, above: list[_Piece], below: list[_Piece]) -> Iterator[_Piece]:
        self._spend(len(above) * len(below))
        return ((one + other, sums + more) for one, sums in above for other, more in below)

    def _beside_end(self, rows: int, columns: int, left: int, at: int, pieces: int) -> Iterator[_Piece]:
        exact = columns == self.width
        middle = at + rows * left
        there = self.sums[middle] - self.sums[at]
        for share in range(1, pieces):
            for right, wanted in self._ends(rows, columns - left, middle, share):
                self._spend(1)
                most = sum(wanted)
                if there > most or (exact and there != most):
                    continue
                for order, sums in self._parts(rows, left, at, pieces - share, wanted, exact):
                    yield _joined(order, right), tuple(map(sub, wanted, sums))

    # -- pieces without the total ----------------------------------------------------------------------------------

    def _parts(self, rows: int, columns: int, at: int, pieces: int, wanted: Sums, exact: bool) -> list[_Piece]:
        """Columns before the last: each row's sum is ``wanted``, or at most that."""
        there, most = self.sums[at + rows * columns] - self.sums[at], sum(wanted)
        if there > most or (exact and there != most):
            return []
        key = (rows, columns, at, pieces, wanted, exact)
        if key in self.parts:
            return self.parts[key]
        found: list[_Piece] = []
        if pieces == 1:
            numbers = self.numbers
            for order in self._uniform(rows, columns, at):
                sums = tuple([sum([numbers[place] for place in row]) for row in order])
                if sums == wanted or (not exact and all(map(le, sums, wanted))):
                    found.append((order, sums))
        elif rows > 1 and columns > 1:
            for upper in range(1, rows):
                found.extend(self._above(rows, columns, upper, at, pieces, wanted, exact))
            for left in range(1, columns):
                found.extend(self._beside(rows, columns, left, at, pieces, wanted, exact))
        self.parts[key] = found = self._unlike(found)
        return found

    def _above(
        self, rows: int, columns: int, upper: int, at: int, pieces: int, wanted: Sums, exact: bool
    ) -> Iterator[_Piece]:
        self._spend(1)
        middle = at + upper * columns
        for share in range(1, pieces):
            above = self._parts(upper, columns, at, share, wanted[:upper], exact)
            if above:
                below = self._parts(rows - upper, columns, middle, pieces - share, wanted[upper:], exact)
                yield from self._stacked(above, below)

    def _beside(
        self, rows: int, columns: int, left: int, at: int, pieces: int, wanted: Sums, exact: bool
    ) -> Iterator[_Piece]:
        for share in range(1, pieces):
            for right, sums in self._parts(rows, columns - left, at + rows * left, share, wanted, False):
                self._spend(1)
                rest = tuple(map(sub, wanted, sums))
                for order, more in self._parts(rows, left, at, pieces - share, rest, exact):
                    yield _joined(order, right), tuple(map(add, sums, more))


def _joined(left: Order, right: Order) -> Order:
    return tuple(map(add, left, right))
