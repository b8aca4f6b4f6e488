"""What one year leads one to expect of the next: stocks with their flows, carry-over with its counterpart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import attrs
from attrs import frozen

from govdisclosure._differences import Doubt, Meaning, Side, delta_of, meaning_of, number_to_json
from govdisclosure._labels import cell_label
from govdisclosure.records import CellState, Diagnostic, Report, Value

_APPEALS: Final = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")


@frozen
class Term:
    """One number of the expectation: a cell of one of the two reports, added (``+``) or taken away (``-``)."""

    sign: str
    side: Side
    path: str
    value: Value


@frozen
class Continuity:
    """What the cell at ``path`` of the later report (``side``) should be, by its own flows and the year before.

    ``relation`` is that of the stated number to the expected one: ``=``, ``<=`` where the form has no cell for what
    left the stock, ``>=`` where new cases join the old. ``holds`` is ``None`` where a number is missing.
    """

    path: str
    side: Side
    label: str
    relation: str
    terms: tuple[Term, ...]
    stated: Value
    doubts: tuple[Doubt, ...] = ()

    @property
    def expected(self) -> Value:
        """The terms' sum; ``None`` where one is missing."""
        total: Value = 0
        for term in self.terms:
            if term.value is None or total is None:
                return None
            total = delta_of(-term.value if term.sign == "+" else term.value, total)
        return total

    @property
    def holds(self) -> bool | None:
        if self.stated is None or self.expected is None:
            return None
        if self.relation == "=":
            return self.stated == self.expected
        return self.stated <= self.expected if self.relation == "<=" else self.stated >= self.expected

    @property
    def equation(self) -> str:
        """In figures: ``597 + 50 - 227 = 420``, ``103 carried over, 77 carried in``; ``?`` for a missing number."""
        first, *others = self.terms
        if meaning_of(first.path) is Meaning.CARRY_OVER:
            return f"{_figure(first.value)} carried over, {_figure(self.stated)} carried in"
        sum_ = _figure(first.value) + "".join(f" {term.sign} {_figure(term.value)}" for term in others)
        if self.relation != "=":
            return f"{_figure(self.stated)} {'≤' if self.relation == '<=' else '≥'} {sum_}"
        if self.holds:
            return f"{sum_} = {_figure(self.stated)}"
        return f"{sum_} = {_figure(self.expected)}, stated {_figure(self.stated)}"

    @property
    def verdict(self) -> str:
        return {True: "holds", False: "does not hold", None: "not assessable"}[self.holds]

    def concerns(self, path: str) -> bool:
        """Whether this explains the stock or carry-over at ``path``."""
        if meaning_of(path) is Meaning.FLOW:
            return False
        return path == self.path or any(term.path == path for term in self.terms)

    def mirrored(self) -> Continuity:
        return attrs.evolve(
            self,
            side=self.side.other,
            terms=tuple(attrs.evolve(term, side=term.side.other) for term in self.terms),
            doubts=tuple(doubt.mirrored() for doubt in self.doubts),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "side": str(self.side),
            "relation": self.relation,
            "terms": [
                {"sign": t.sign, "side": str(t.side), "path": t.path, "value": number_to_json(t.value)}
                for t in self.terms
            ],
            "expected": number_to_json(self.expected),
            "stated": number_to_json(self.stated),
            "holds": self.holds,
            "doubts": [doubt.to_dict() for doubt in self.doubts],
        }


def continuity(old: Report, new: Report) -> tuple[Continuity, ...]:
    """Every expectation between two years in a row of one agency, in the form's order; none for other pairs."""
    if old.year is None or new.year is None or old.agency != new.agency or abs(new.year - old.year) != 1:
        return ()
    if new.year < old.year:
        return tuple(found.mirrored() for found in continuity(new, old))
    doubts = {Side.OLD: Doubts.of(old, Side.OLD), Side.NEW: Doubts.of(new, Side.NEW)}
    cells = {Side.OLD: old.cells(), Side.NEW: new.cells()}
    found = []
    for path, stated in cells[Side.NEW].items():
        relation, sources = _expectation(path)
        if sources and all(source in cells[side] for _, side, source in sources):
            terms = tuple(Term(sign, side, source, cells[side][source]) for sign, side, source in sources)
            operands = [(side, source) for _, side, source in sources] + [(Side.NEW, path)]
            about = dict.fromkeys(doubt for side, operand in operands for doubt in doubts[side].about(operand))
            label = cell_label(str(new.form), path)
            found.append(Continuity(path, Side.NEW, label, relation, terms, stated, tuple(about)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _expectation(path: str) -> tuple[str, tuple[tuple[str, Side, str], ...]]:
    """The relation, and the cells it adds up by sign, side and path; none for a cell that nothing foretells."""
    row, _, column = path.rpartition(".")
    if row == "requests.carried_in":
        return "=", (("+", Side.OLD, f"requests.carried_over.{column}"),)
    if column == "in_force":
        return "=", (
            ("+", Side.OLD, path),
            ("+", Side.NEW, f"{row}.issued"),
            ("-", Side.NEW, f"{row}.repealed"),
        )
    if column == "in_public":
        return "<=", (("+", Side.OLD, path), ("+", Side.NEW, f"{row}.published"))
    if column == "previous_items":
        return "=", (("+", Side.OLD, path), ("+", Side.OLD, f"{row}.change"))
    if column == "total" and row in _APPEALS:
        return ">=", (("+", Side.OLD, f"{row}.pending"),)
    return "=", ()


@frozen
class Doubts:
    """The doubts of one of the two reports, looked up once."""

    side: Side
    report: Report
    named: Mapping[str, tuple[Diagnostic, ...]]

    @classmethod
    def of(cls, report: Report, side: Side) -> Doubts:
        return cls(side, report, report.doubts())

    def about(self, path: str) -> tuple[Doubt, ...]:
        """Why the cell's value should not be taken at its word: its diagnostics, else its state."""
        named = tuple(Doubt(self.side, found.code, found.message) for found in self.named.get(path, ()))
        state = self.report.cell(path).state
        if named or state not in (CellState.INFERRED, CellState.LOST):
            return named
        meaning = "inferred from the form's arithmetic" if state is CellState.INFERRED else "lost in extraction"
        return (Doubt(self.side, "", f"the value was {meaning}"),)


def _figure(value: Value) -> str:
    return "?" if value is None else f"{value:f}" if not isinstance(value, int) else str(value)
