"""Comparisons of sums of cells, with their three outcomes: they hold, they fail (``Found``), they can't be decided.

A rule on the report's own cells is written as ``formulas``: what must hold in a form, which is worked out once for a
form. A report whose cells can all be relied on is then checked by adding up numbers; terms, reasons and sentences are
made only where something does not hold. ``compare`` takes single terms, also those of other reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from attrs import frozen

from govdisclosure._findings import Side, Term
from govdisclosure._rule import Check, Context, Draft, Found, Unclear
from govdisclosure._table_shape import TableShape
from govdisclosure.records import Severity, Value

Relation: TypeAlias = Callable[[Value, Value], bool]
Words: TypeAlias = Callable[[Side, Side], tuple[str, str]]
Operand = TypeVar("Operand")

_REASONS_SHOWN = 3


def says(english: str, chinese: str, **names: object) -> Words:
    """The sentences for a comparison that fails: templates of ``{left}``, ``{right}`` and the names given."""
    return lambda left, right: (
        english.format(left=left, right=right, **names),
        chinese.format(left=left, right=right, **names),
    )


def equal(left: Value, right: Value) -> bool:
    return left == right


def at_least(left: Value, right: Value) -> bool:
    return left is not None and right is not None and left >= right


def at_most(left: Value, right: Value) -> bool:
    return left is not None and right is not None and left <= right


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


Picker: TypeAlias = Callable[[tuple[Any, ...]], tuple[Any, ...]]


@frozen(eq=False)
class _Prepared:
    """A formula whose cells were looked up: the pickers take the values of each side out of the form's."""

    formula: Formula
    paths: tuple[str, ...]
    left: Picker
    right: Picker
    less: Picker

    @classmethod
    def of(cls, formula: Formula, shape: TableShape) -> _Prepared:
        sides = formula.left, formula.right, formula.less
        pickers = [_picker([shape.places[path] for path in side]) for side in sides]
        return cls(formula, (*formula.left, *formula.right, *formula.less), *pickers)

    def holds(self, values: tuple[Value, ...]) -> bool:
        """Whether it holds for a report's values. The cells of the formula must be counts."""
        return self.formula.relation(sum(self.left(values)), sum(self.right(values)) - sum(self.less(values)))

    def outcome(self, context: Context) -> Iterator[Draft]:
        values = [context.cells[path].value for path in self.paths]
        sides = cache(partial(self.sides, context))
        if None in values:
            holds = None
        elif all(type(value) is int for value in values):
            holds = self.holds(context.values)
        else:
            holds = self.formula.relation(*(side.value for side in sides()))
        troubled = [path for path in self.paths if path in context.unreliable]
        return _outcome(holds, troubled, context.trouble_at, self.paths, sides, self.formula.words)

    def sides(self, context: Context) -> tuple[Side, Side]:
        right = context.terms(self.formula.right) + tuple(context.term(path, -1) for path in self.formula.less)
        return Side(context.terms(self.formula.left)), Side(right or (Term("", 0),))


def _picker(places: Sequence[int]) -> Picker:
    if not places:
        return lambda values: ()
    if len(places) == 1:
        return itemgetter(slice(places[0], places[0] + 1))
    return itemgetter(*places)


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
        english, chinese = words(*sides())
        yield Found(english, chinese, paths, *sides(), severity=severity, key=key)
