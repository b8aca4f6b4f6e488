"""What the form's own sums say about rows that the layout leaves open.

A row is open when it holds fewer or more values than it has columns. Each way of reading it (an empty cell here, two
numbers run together there, a stray number left out) is a candidate; those whose row does not add up fall away, then
those that no combination of rows makes the columns add up with. What all that remain agree on is inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import NamedTuple

from attrs import define, field, frozen

from govdisclosure._atoms import Atom
from govdisclosure._forms import Row

MAX_MISSING = 4
"""Rows that lack more values than this are not worked out: too many readings would do."""
MAX_EMPTY_BESIDE = 1
"""A number is supplied only if no more columns than this are empty beside it: else several may have been lost."""
MAX_STRAY = 2
MAX_CANDIDATES = 3000
MAX_STEPS = 20_000
"""Combinations of rows looked at before giving up; what is still open then stays doubtful."""


class Entry(NamedTuple):
    """One column of a candidate: a printed number, or nothing printed there (``supplied`` if the sums need one).

    ``place`` tells which of the row's values is printed there, counted from 0.
    """

    number: int = 0
    place: int | None = None
    supplied: bool = False
    part: bool = False
    """The number is one part of two that were run together."""


Candidate = tuple[Entry, ...]
Block = tuple[int, int]
"""Columns ``start`` to ``end`` (exclusive), the last of which is the total of the others."""

_EMPTY = Entry()


@define(slots=True, eq=False)
class OpenRow:
    """A row with its values in order, to be fitted into ``width`` columns."""

    name: str
    width: int
    blocks: tuple[Block, ...]
    atoms: Sequence[Atom]
    candidates: list[Candidate] = field(factory=list)
    complete: bool = True
    """All readings were looked at."""

    @property
    def texts(self) -> list[str]:
        return [atom.fragment.text for atom in self.atoms]

    @property
    def numbers(self) -> list[int | None]:
        return [whole_number(atom) for atom in self.atoms]

    def enumerate(self) -> None:
        numbers = self.numbers
        if None in numbers:
            self.complete = False
            return
        entries = [Entry(number or 0, place) for place, number in enumerate(numbers)]
        found: dict[Candidate, None] = {}
        for candidate in self._readings(entries):
            found.setdefault(candidate)
            if len(found) > MAX_CANDIDATES:
                self.complete = False
                return
        self.candidates = self._with_noughts_parted(list(found))

    def _with_noughts_parted(self, candidates: list[Candidate]) -> list[Candidate]:
        """``00`` is no number but two noughts run together, if the row can be read so."""
        run_together = {place for place, text in enumerate(self.texts) if len(text) > 1 and not text.strip("0")}
        if not run_together:
            return candidates
        parted = [
            candidate
            for candidate in candidates
            if all(entry.part or entry.place not in run_together for entry in candidate)
        ]
        return parted or candidates

    def _readings(self, entries: list[Entry]) -> Iterator[Candidate]:
        missing = self.width - len(entries)
        if 0 <= missing <= MAX_MISSING:
            yield from self._with_gaps(entries, missing)
            if missing:
                for split in _splits(entries, self.texts):
                    yield from self._with_gaps(split, missing - 1)
        elif -MAX_STRAY <= missing < 0:
            for kept in combinations(range(len(entries)), self.width):
                candidate = tuple(entries[at] for at in kept)
                if adds_up([entry.number for entry in candidate], self.blocks):
                    yield candidate
        else:
            self.complete = False

    def _with_gaps(self, entries: list[Entry], missing: int) -> Iterator[Candidate]:
        for gaps in combinations(range(self.width), missing):
            values = iter(entries)
            candidate = [_EMPTY if at in gaps else next(values) for at in range(self.width)]
            ways = [self._supplies(candidate, gaps, block) for block in self.blocks]
            for supplies in product(*ways):
                filled = list(candidate)
                for at, number in filter(None, supplies):
                    filled[at] = Entry(number, supplied=True)
                yield tuple(filled)

    def _supplies(
        self, candidate: Sequence[Entry], gaps: tuple[int, ...], block: Block
    ) -> list[tuple[int, int] | None]:
        """In which gaps a number must stand for the block to add up: at most one was lost, the rest are empty."""
        start, end = block
        parts = sum([entry.number for entry in candidate[start : end - 1]])
        difference = candidate[end - 1].number - parts
        own = [gap for gap in gaps if start <= gap < end]
        if difference == 0:
            return [None]
        if len(own) > MAX_EMPTY_BESIDE + 1:
            return []
        if difference < 0:
            return [(end - 1, parts)] if end - 1 in own else []
        return [(gap, difference) for gap in own if gap < end - 1]


def blocks_of(row: Row) -> tuple[Block, ...]:
    """The sums within a row: its last column, where that is a total, adds up the others."""
    return ((0, len(row.columns)),) if row.columns[-1].name == "total" else ()


def sums_hold(row: Row, atoms: Sequence[Atom | None]) -> bool | None:
    """Whether a row's values add up; ``None`` if the form has no sum for it, or its total or a value is not a number."""
    blocks = blocks_of(row)
    if not blocks or len(atoms) != len(row.columns) or not all(_states_a_number(atoms[end - 1]) for _, end in blocks):
        return None
    numbers: list[int] = []
    for atom in atoms:
        number = 0 if atom is None else whole_number(atom)
        if number is None:
            return None
        numbers.append(number)
    return adds_up(numbers, blocks)


def _states_a_number(atom: Atom | None) -> bool:
    return atom is not None and atom.reading is not None and not atom.reading.is_placeholder


def whole_number(atom: Atom) -> int | None:
    """The atom's number for sums: placeholders count nothing; ``None`` if it is no whole number of zero or more."""
    if atom.reading is not None:
        return atom.reading.counted
    return 0 if atom.blank else None


def adds_up(numbers: Sequence[int], blocks: Sequence[Block]) -> bool:
    return all(sum(numbers[start : end - 1]) == numbers[end - 1] for start, end in blocks)


def _splits(entries: list[Entry], texts: Sequence[str]) -> Iterator[list[Entry]]:
    """Each way of taking one number for two that were run together."""
    for at, digits in enumerate(texts):
        if not digits.isascii() or not digits.isdigit() or len(digits) < 2:
            continue
        for cut in range(1, len(digits)):
            left, right = digits[:cut], digits[cut:]
            if (len(left) > 1 and left[0] == "0") or (len(right) > 1 and right[0] == "0"):
                continue
            halves = [Entry(int(left), at, part=True), Entry(int(right), at, part=True)]
            yield [*entries[:at], *halves, *entries[at + 1 :]]


@frozen
class Equation:
    """For each column: the sum of the rows ``left`` equals the sum of the rows ``right``."""

    left: tuple[str, ...]
    right: tuple[str, ...]

    @cached_property
    def rows(self) -> tuple[str, ...]:
        return (*self.left, *self.right)


@frozen
class Outcome:
    """What is left of a row's candidates, and the sums that left it so."""

    candidates: tuple[Candidate, ...]
    equations: tuple[Equation, ...] = ()

    @cached_property
    def common(self) -> Sequence[Entry | None]:
        """What the candidates agree on, column by column."""
        return agreed(self.candidates)


def solve(
    open_rows: Sequence[OpenRow], settled: Callable[[str], Sequence[int] | None], equations: Sequence[Equation]
) -> dict[str, Outcome]:
    """Which candidates of each open row survive the sums of its own row and of the columns.

    ``settled`` gives a settled row's numbers by its name, ``None`` if the row is not known or not usable in sums.
    """
    _enumerate(open_rows)
    usable = [row for row in open_rows if row.candidates and row.complete]
    by_name = {row.name: row for row in usable}
    fitting = [
        equation
        for equation in equations
        if any(name in by_name for name in equation.rows)
        and all(name in by_name or settled(name) is not None for name in equation.rows)
    ]
    surviving = _search(usable, settled, fitting) if fitting else None
    outcomes: dict[str, Outcome] = {}
    known: dict[object, Outcome] = {}
    for row in usable:
        own = () if surviving is None else tuple([equation for equation in fitting if row.name in equation.rows])
        if own and not surviving:
            continue
        left = sorted(surviving[row.name]) if own and surviving else range(len(row.candidates))
        alike = (id(row.candidates), tuple(left), tuple(map(id, own)))
        if alike not in known:
            known[alike] = Outcome(tuple([row.candidates[at] for at in left]), own)
        outcomes[row.name] = known[alike]
    return outcomes


def _enumerate(open_rows: Sequence[OpenRow]) -> None:
    """Rows with the same values, as those of noughts, share their candidates."""
    first: dict[object, OpenRow] = {}
    for row in open_rows:
        alike = first.setdefault((row.width, row.blocks, tuple(row.texts), tuple(row.numbers)), row)
        if alike is row:
            row.enumerate()
        else:
            row.candidates, row.complete = alike.candidates, alike.complete


def _search(
    rows: list[OpenRow], settled: Callable[[str], Sequence[int] | None], equations: list[Equation]
) -> dict[str, set[int]] | None:
    """For each row the candidates that occur in some combination satisfying all equations.

    ``None`` if there were too many combinations to look at; an empty dict if no combination satisfies them.
    """
    width = max(row.width for row in rows)
    rows = [row for row in rows if any(row.name in equation.rows for equation in equations)]
    balances = []
    for equation in equations:
        balance = [0] * width
        for sign, names in ((1, equation.left), (-1, equation.right)):
            for name in names:
                for column, number in enumerate(settled(name) or ()):
                    balance[column] += sign * number
        balances.append(balance)
    sides = [dict.fromkeys(equation.right, -1) | dict.fromkeys(equation.left, 1) for equation in equations]
    signs = [[side.get(row.name, 0) for side in sides] for row in rows]
    found: dict[str, set[int]] = {row.name: set() for row in rows}
    shared = {id(row.candidates): row.candidates for row in rows}
    grouped = {key: _by_numbers(candidates) for key, candidates in shared.items()}
    vectors = [grouped[id(row.candidates)] for row in rows]
    last = [max((at for at in range(len(rows)) if signs[at][e]), default=-1) for e in range(len(equations))]
    steps = 0
    complete = True

    def descend(at: int, state: list[list[int]], chosen: list[list[int]]) -> None:
        nonlocal steps, complete
        if at == len(rows):
            for row, indexes in zip(rows, chosen, strict=True):
                found[row.name].update(indexes)
            return
        for numbers, indexes in vectors[at]:
            steps += 1
            if steps > MAX_STEPS:
                complete = False
                return
            following = [
                [held + sign * number for held, number in zip(balance, numbers, strict=True)]
                if sign and any(numbers)
                else balance
                for balance, sign in zip(state, signs[at], strict=True)
            ]
            if all(last[e] != at or not any(following[e]) for e in range(len(equations))):
                descend(at + 1, following, [*chosen, indexes])

    descend(0, balances, [])
    if not complete:
        return None
    return found if all(found.values()) else {}


def _by_numbers(candidates: Sequence[Candidate]) -> list[tuple[tuple[int, ...], list[int]]]:
    grouped: dict[tuple[int, ...], list[int]] = {}
    for index, candidate in enumerate(candidates):
        grouped.setdefault(tuple([entry.number for entry in candidate]), []).append(index)
    return list(grouped.items())


def agreed(candidates: Sequence[Candidate]) -> list[Entry | None]:
    """Column by column what all candidates agree on: a number, printed or supplied, or ``None``.

    A number that some have printed there and others lost is supplied: which of several alike was lost is no matter.
    """
    result: list[Entry | None] = []
    for column in zip(*candidates, strict=True):
        first = column[0]
        entries = set(column)
        if any(e.number != first.number or (e.place is None and not e.supplied) for e in entries):
            result.append(None)
        elif all((e.supplied, e.part) == (first.supplied, first.part) for e in entries):
            result.append(first)
        else:
            result.append(Entry(first.number, supplied=True))
    return result
