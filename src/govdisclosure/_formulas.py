"""Comparisons of sums of cells, with their three outcomes: they hold, they fail (``Found``), they can't be decided.

A rule on the report's own cells is written as ``formulas``: what must hold in a form, which is worked out once for a
form. A report whose cells can all be relied on is then checked by adding up numbers; terms, reasons and sentences are
made only where something does not hold. ``compare`` takes single terms, also those of other reports.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

from attrs import frozen

from govdisclosure._findings import Side, Term
from govdisclosure._rule import Check, Context, Draft, Found, Unclear
from govdisclosure._table_shape import TableShape
from govdisclosure.records import Severity, Value

Relation: TypeAlias = Callable[[Any, Any], bool]
Words: TypeAlias = Callable[[Side, Side], tuple[str, str]]
Operand = TypeVar("Operand")

_REASONS_SHOWN = 3


def says(english: str, chinese: str, **names: object) -> Words:
    """The sentences for a comparison that fails: templates of ``{left}``, ``{right}`` and the names given."""
    return lambda left, right: (
        english.format(left=left, right=right, **names),
        chinese.format(left=left, right=right, **names),
    )


equal, at_least, at_most = operator.eq, operator.ge, operator.le


# -- formulas over a form's cells -------------------------------------------------------------------------------------


@frozen(eq=False)
class Formula:
    """What must hold in a form: the sum of the cells ``left`` stands in ``relation`` to that of ``right``.

    The cells ``less`` are subtracted on the right; a right side without cells is 0.
    """

    left: Sequence[str]
    relation: Relation
    right: Sequence[str]
    words: Words
    less: Sequence[str] = ()

    @property
    def sides(self) -> tuple[Sequence[str], ...]:
        return self.left, self.right, self.less


def formulas(stated: Callable[[TableShape], Iterable[Formula]]) -> Check:
    """Makes a check of a function that states the formulas of a form."""

    @lru_cache(maxsize=16)
    def prepared(shape: TableShape) -> tuple[_Prepared, ...]:
        return tuple(_Prepared.of(formula, shape) for formula in stated(shape))

    def check(context: Context) -> Iterator[Draft]:
        values, unsure = context.values, context.unsure
        for formula in prepared(context.shape):
            if not (unsure.isdisjoint(formula.paths) and formula.holds(values)):
                yield from formula.outcome(context)

    return check


Adder: TypeAlias = Callable[[tuple[Any, ...]], Any]


@frozen(eq=False)
class _Prepared:
    """A formula whose cells were looked up: the adders give its sides, out of the values of all the form's cells."""

    formula: Formula
    paths: tuple[str, ...]
    left: Adder
    right: Adder

    @classmethod
    def of(cls, formula: Formula, shape: TableShape) -> _Prepared:
        left, right, less = ([shape.places[path] for path in side] for side in formula.sides)
        return cls(formula, tuple(path for side in formula.sides for path in side), _adder(left), _adder(right, less))

    def holds(self, values: tuple[Value, ...]) -> bool:
        """Whether it holds for a report's values. The cells of the formula must be counts."""
        return self.formula.relation(self.left(values), self.right(values))

    def outcome(self, context: Context) -> Iterator[Draft]:
        holds: bool | None = None
        values = [context.cells[path].value for path in self.paths]
        if all(type(value) is int for value in values):
            holds = self.holds(context.values)
        elif None not in values:
            holds = self.formula.relation(*(side.value for side in self.sides(context)))
        troubled = [path for path in self.paths if path in context.unreliable]
        return _outcome(
            holds, troubled, context.trouble_at, self.paths, lambda: self.sides(context), self.formula.words
        )

    def sides(self, context: Context) -> tuple[Side, Side]:
        right = context.terms(self.formula.right) + tuple(context.term(path, -1) for path in self.formula.less)
        return Side(context.terms(self.formula.left)), Side(right or (Term("", 0),))


def _adder(places: Sequence[int], less: Sequence[int] = ()) -> Adder:
    """Takes the values at ``places`` out of a tuple and adds them up, without those at ``less``."""
    if less:
        added, subtracted = _adder(places), _adder(less)
        return lambda values: added(values) - subtracted(values)
    if len(places) < 2:
        return operator.itemgetter(places[0]) if places else lambda values: 0
    pick = operator.itemgetter(*places)
    return lambda values: sum(pick(values))


# -- single terms -----------------------------------------------------------------------------------------------------


def compare(
    context: Context,
    left: Iterable[Term],
    relation: Relation,
    right: Iterable[Term],
    words: Words,
    severity: Severity | None = None,
    key: str = "",
) -> Iterator[Draft]:
    """The three outcomes of a comparison of two sums: nothing where it holds, else ``Found``, or ``Unclear``.

    A blank, lost or doubtful operand leaves it undecided, whether the numbers as read agree or not.
    """
    sides = Side(tuple(left)), Side(tuple(right))
    terms = sides[0].terms + sides[1].terms
    troubled = [trouble for term in terms if (trouble := context.trouble(term))]
    values = sides[0].value, sides[1].value
    holds = None if None in values else relation(*values)
    if troubled or not holds:
        paths = tuple(dict.fromkeys(term.path for term in terms if term.path and not term.of))
        yield from _outcome(holds, troubled, lambda trouble: trouble, paths, lambda: sides, words, severity, key)


def _outcome(
    holds: bool | None,
    troubled: Sequence[Operand],
    why: Callable[[Operand], tuple[str, str]],
    paths: tuple[str, ...],
    sides: Callable[[], tuple[Side, Side]],
    words: Words,
    severity: Severity | None = None,
    key: str = "",
) -> Iterator[Draft]:
    """What comes of a comparison: whether it ``holds`` as read (``None``: a number is missing), which operands are
    ``troubled`` and why."""
    if troubled:
        reasons = [why(operand) for operand in troubled[:_REASONS_SHOWN]]
        if len(troubled) > _REASONS_SHOWN:
            reasons.append((f"+{len(troubled) - _REASONS_SHOWN}",) * 2)
        reason, reason_zh = "; ".join(english for english, _ in reasons), "；".join(chinese for _, chinese in reasons)
        if holds is False:
            english, chinese = words(*sides())
            reason, reason_zh = f"{reason}; as read: {english}", f"{reason_zh}；按所读数值：{chinese}"
        yield Unclear(reason, reason_zh, paths)
    elif not holds:
        left, right = sides()
        english, chinese = words(left, right)
        yield Found(english, chinese, paths, left, right, severity=severity, key=key)
