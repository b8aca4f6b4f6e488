"""Comparisons of sums of cells, with their three outcomes: they hold, they fail (``Found``), they can't be decided.

A rule on the report's own cells is written as ``formulas``: what must hold in a form, which is worked out once for a
form. A report whose cells can all be relied on is then checked by adding up numbers; terms, reasons and sentences are
made only where something does not hold. ``compare`` takes single terms, also those of other reports.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import frozen

from govdisclosure._findings import Side, Term
from govdisclosure._rule import Check, Context, Draft, Found, TroubleKind, Unclear, trouble_words
from govdisclosure._table_shape import TableShape
from govdisclosure.records import Severity

Relation: TypeAlias = Callable[[Any, Any], bool]
Words: TypeAlias = Callable[[Side, Side], tuple[str, str]]

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
            if unsure.isdisjoint(formula.cells) and formula.relation(formula.left(values), formula.right(values)):
                continue
            draft = formula.outcome(context)
            if draft is not None:
                yield draft

    return check


Adder: TypeAlias = Callable[[tuple[Any, ...]], Any]


@frozen(eq=False)
class _Prepared:
    """A formula whose cells were looked up: the adders give its sides, out of the values of all the form's cells,
    and ``picked`` what belongs to its cells out of anything that is in the form's order."""

    formula: Formula
    paths: tuple[str, ...]
    cells: frozenset[str]
    relation: Relation
    left: Adder
    right: Adder
    picked: Callable[[tuple[Any, ...]], tuple[Any, ...]]

    @classmethod
    def of(cls, formula: Formula, shape: TableShape) -> _Prepared:
        left, right, less = ([shape.places[path] for path in side] for side in formula.sides)
        paths = tuple(path for side in formula.sides for path in side)
        picker = _picker([*left, *right, *less])
        return cls(formula, paths, frozenset(paths), formula.relation, _adder(left), _adder(right, less), picker)

    def outcome(self, context: Context) -> Draft | None:
        unreliable = context.unreliable
        troubled: Sequence[str] = self.paths
        if not unreliable.issuperset(self.cells):
            troubled = tuple([path for path in troubled if path in unreliable])
        holds = self._holds_as_read(context)
        if not troubled:
            return None if holds else _failure(self.paths, self._sides(context), self.formula.words)
        shown = troubled[:_REASONS_SHOWN]
        reasons = _reasons(shown, context.kinds_of_trouble(shown), len(troubled) - len(shown))
        if holds is False:
            reasons = _with_failure(reasons, self.formula.words(*self._sides(context)))
        spans = tuple([span for span in self.picked(context.spans) if span is not None])
        return Unclear(*reasons, self.paths, spans)

    def _holds_as_read(self, context: Context) -> bool | None:
        """Whether it holds for the values as they stand; ``None`` if one of them is missing."""
        if not context.unstated.isdisjoint(self.cells):
            return None
        if context.fractional.isdisjoint(self.cells):
            values = context.values
            return self.relation(self.left(values), self.right(values))
        return self.relation(*(side.value for side in self._sides(context)))

    def _sides(self, context: Context) -> tuple[Side, Side]:
        right = context.terms(self.formula.right) + tuple(context.term(path, -1) for path in self.formula.less)
        return Side(context.terms(self.formula.left)), Side(right or (Term("", 0),))


def _picker(places: Sequence[int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    if len(places) > 1:
        return operator.itemgetter(*places)
    return lambda items: tuple(items[place] for place in places)


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
    reasons = [trouble for term in terms if (trouble := context.trouble(term))]
    values = sides[0].value, sides[1].value
    holds = None if None in values else relation(*values)
    if holds and not reasons:
        return
    paths = tuple(dict.fromkeys(term.path for term in terms if term.path and not term.of))
    if reasons:
        yield _undecided(reasons, paths, words(*sides) if holds is False else None)
    else:
        yield _failure(paths, sides, words, severity, key)


def _undecided(reasons: Sequence[tuple[str, str]], paths: tuple[str, ...], as_read: tuple[str, str] | None) -> Unclear:
    """A comparison that some operands leave open: the reasons of the first, and how it fails ``as_read``."""
    shown = _joined(reasons[:_REASONS_SHOWN], max(len(reasons) - _REASONS_SHOWN, 0))
    return Unclear(*(shown if as_read is None else _with_failure(shown, as_read)), paths)


@lru_cache(maxsize=1024)
def _reasons(paths: tuple[str, ...], troubles: tuple[TroubleKind, ...], more: int) -> tuple[str, str]:
    """Why a formula can't be decided. Reports have the same troubles in the same cells over and over."""
    return _joined(list(map(trouble_words, paths, troubles)), more)


def _joined(reasons: Sequence[tuple[str, str]], more: int) -> tuple[str, str]:
    """Reasons as one (English, Chinese), and how many ``more`` there are."""
    reason = "; ".join([english for english, _ in reasons])
    reason_zh = "；".join([chinese for _, chinese in reasons])
    return (f"{reason}; +{more}", f"{reason_zh}；+{more}") if more else (reason, reason_zh)


def _with_failure(reasons: tuple[str, str], as_read: tuple[str, str]) -> tuple[str, str]:
    return f"{reasons[0]}; as read: {as_read[0]}", f"{reasons[1]}；按所读数值：{as_read[1]}"


def _failure(
    paths: tuple[str, ...],
    sides: tuple[Side, Side],
    words: Words,
    severity: Severity | None = None,
    key: str = "",
) -> Found:
    english, chinese = words(*sides)
    return Found(english, chinese, paths, *sides, severity=severity, key=key)
