"""Which cells of a torn table its sums decide: the numbers are all there, in an order that nobody wrote down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, product

from govdisclosure._reading_orders import MAX_ORDERS, MAX_STEPS, Order, Token, readings

Signs = Sequence[int]
"""A sum between rows: 1, -1 or 0 for each row; the rows so weighted cancel out in each column."""

MAX_BLOCKS = 8
"""With more blocks read by columns than this, their order is not looked into."""


def decided(
    tokens: Sequence[Token], width: int, cuts: Sequence[int], equations: Sequence[Signs], heads_in_order: bool = False
) -> list[list[int | None]] | None:
    """For each cell the place of its number in ``tokens``, ``None`` where the sums leave more than one.

    ``cuts`` are the rows, the first one included, at which the labels show that the rows above are complete.
    ``heads_in_order``: the text shows the column heads in the form's order. ``None`` if no order is found that the sums allow, or more than can be looked at.
    """
    tables = _tables(tokens, width, cuts, equations)
    if not tables:
        return None
    result: list[list[int | None]] = [list(row) for row in tables[0]]
    for table in tables[1:]:
        for row, other in zip(result, table, strict=True):
            for column, place in enumerate(row):
                if place is not None and tokens[place] != tokens[other[column]]:
                    row[column] = None
    for table in tables:
        for at, column in _exchangeable(tokens, table, equations, heads_in_order):
            result[at][column] = None
    return result


def _tables(tokens: Sequence[Token], width: int, cuts: Sequence[int], equations: Sequence[Signs]) -> list[Order]:
    """All orders of the whole table, of those that the segments between cuts allow, that the equations allow too."""
    segments: list[list[Order]] = []
    count, steps = 1, MAX_STEPS
    for start, end in zip(cuts, [*cuts[1:], len(tokens) // width], strict=True):
        found = readings(tokens[start * width : end * width], width, steps)
        steps = found.steps
        count *= len(found.orders)
        if not 0 < count <= MAX_ORDERS:
            return []
        segments.append([_moved(order, start * width) for order in found.orders])
    tables = [tuple(chain.from_iterable(parts)) for parts in product(*segments)]
    return [table for table in tables if _balanced(tokens, table, equations)]


def _moved(order: Order, by: int) -> Order:
    return tuple(tuple(place + by for place in row) for row in order)


def _balanced(tokens: Sequence[Token], table: Order, equations: Sequence[Signs]) -> bool:
    return all(
        sum(sign * tokens[place][0] for sign, place in zip(signs, column, strict=True)) == 0
        for column in zip(*table, strict=True)
        for signs in equations
    )


# -- what the sums cannot see: two columns that change places -------------------------------------------------------


def _exchangeable(
    tokens: Sequence[Token], table: Order, equations: Sequence[Signs], heads_in_order: bool
) -> Iterator[tuple[int, int]]:
    """The cells that would differ, with all sums kept, if some blocks had their columns in another order.

    Rows that were read one by one show the order of the columns. A block that was read column by column may have
    had two of them exchanged, if the sums of the table are none the worse for it; and then a third with these.
    Where the heads stand in their order, so do columns of one block that are equally high.
    """
    columns = range(len(table[0]) - 1)
    kin = [[{column} for column in columns] for _ in table]
    for one, other in combinations(columns, 2):
        for row in _rows_exchangeable(tokens, table, equations, one, other, heads_in_order):
            joined = kin[row][one] | kin[row][other]
            for column in joined:
                kin[row][column] = joined
    for at, row_kin in enumerate(kin):
        for column in columns:
            if len({tokens[table[at][other]] for other in row_kin[column]}) > 1:
                yield at, column


def _rows_exchangeable(
    tokens: Sequence[Token], table: Order, equations: Sequence[Signs], one: int, other: int, heads_in_order: bool
) -> set[int]:
    blocks = _blocks(table, one, other)
    tall = [
        block for block in blocks if len(block) > 1 and not (heads_in_order and _side_by_side(table, block, one, other))
    ]
    changes = {
        block: tuple(
            sum(signs[row] * (tokens[table[row][one]][0] - tokens[table[row][other]][0]) for row in block)
            for signs in equations
        )
        for block in blocks
    }
    found: set[int] = set()
    for group in _groups(blocks, tall):
        if all(sum(change) == 0 for change in zip(*[changes[block] for block in group], strict=True)):
            found.update(chain.from_iterable(group))
    return found


def _blocks(table: Order, one: int, other: int) -> list[range]:
    """The runs of rows in which one of the two columns is read downwards."""
    starts = [0]
    for row in range(1, len(table)):
        if all(table[row][column] != table[row - 1][column] + 1 for column in (one, other)):
            starts.append(row)
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(table)], strict=True)]


def _side_by_side(table: Order, block: range, one: int, other: int) -> bool:
    """Whether two columns of a block, and those between them, are read one after another, each from its top down."""
    apart = (other - one) * len(block)
    return all(table[row][other] - table[row][one] == apart for row in block)


def _groups(blocks: list[range], tall: list[range]) -> Iterator[Sequence[range]]:
    """Blocks that may have been read otherwise than the rest. (All of them can't: the rest shows the form's order.)"""
    if len(tall) > MAX_BLOCKS:
        yield blocks
        return
    for count in range(1, len(tall) + 1):
        if count < len(blocks) or count == 1:
            yield from combinations(tall, count)
    for start in range(len(blocks)):
        for end in range(start + 1, len(blocks) + 1):
            group = blocks[start:end]
            if len(group) < len(blocks) and any(block in tall for block in group):
                yield group
