"""What a rule is, what it sees (a ``Context``), and what it yields (``Found`` or ``Unclear``)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import field, frozen

from govdisclosure._body import Body, body_of
from govdisclosure._claims import Claim, read_claims
from govdisclosure._findings import Side, Term
from govdisclosure._table_shape import TableShape, shape_of
from govdisclosure.records import Cell, CellState, Diagnostic, Report, Severity, Span, Value


@frozen
class Found:
    """A failure, as a rule yields it: the sentence and what it rests on. The framework adds the rest.

    ``severity`` overrides the rule's own. ``key`` tells this finding from others of the rule on the same cells.
    """

    message: str
    message_zh: str
    paths: tuple[str, ...] = ()
    left: Side | None = None
    right: Side | None = None
    quote: str = ""
    spans: tuple[Span, ...] = ()
    severity: Severity | None = None
    key: str = ""


@frozen
class Unclear:
    """A check that can't be decided, as a rule yields it."""

    reason: str
    reason_zh: str
    paths: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


Draft: TypeAlias = Found | Unclear


@frozen
class Thresholds:
    """Where the gradual rules begin to speak: likeness of prose from 0 to 1, and what counts as a jump."""

    repeated_prose: float = 0.5  #: Y306: last year's prose, more than this is a warning
    identical_prose: float = 0.9  #: Y306: this much and over is an error
    copied_prose: float = 0.8  #: Y307: another agency's prose, this much and over is a warning
    jump_from: int = 50  #: Y305: cells that stay below this are not looked at
    jump_factor: int = 10  #: Y305: a change by this factor or more


@frozen
class Likeness:
    """Another agency's report whose prose resembles this one's, found over a series of reports."""

    agency: str
    year: int | None
    section: str
    ratio: float
    file: str = ""


@frozen(slots=False)
class Context:
    """What the rules see of one validation: the report, what it is compared with, and readings shared by rules."""

    report: Report
    previous: Report | None = None
    children: tuple[Report | None, ...] = ()
    published: datetime.date | None = None
    thresholds: Thresholds = field(factory=Thresholds)
    likenesses: tuple[Likeness, ...] | None = None

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        return dict(self.report.table_cells)

    @cached_property
    def previous_cells(self) -> Mapping[str, Cell]:
        return dict(self.previous.table_cells) if self.previous else {}

    @cached_property
    def doubts(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        return self.report.doubts()

    @cached_property
    def previous_doubts(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        return self.previous.doubts() if self.previous else {}

    @cached_property
    def shape(self) -> TableShape:
        return shape_of(tuple(self.cells))

    @cached_property
    def body(self) -> Body:
        return body_of(self.report.agency)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return read_claims(self.report)

    def text(self, *names: str) -> str:
        """The prose of the sections named (of all, if none is named), a section after the other."""
        return "\n".join(s.text for s in self.report.sections if (not names or s.name in names) and s.text)

    def term(self, path: str, sign: int = 1) -> Term:
        return Term(path, self.cells[path].value, sign)

    def previous_term(self, path: str) -> Term:
        return Term(path, self.previous_cells[path].value, of="previous")

    def terms(self, paths: Iterable[str]) -> tuple[Term, ...]:
        return tuple(Term(path, self.cells[path].value) for path in paths)

    def trouble(self, term: Term) -> tuple[str, str] | None:
        """Why the term can't be relied on (English, Chinese), or ``None``."""
        if not term.path or term.of not in ("", "previous"):
            return None
        cells, doubts = (self.previous_cells, self.previous_doubts) if term.of else (self.cells, self.doubts)
        whose = ("last year's ", "上年") if term.of else ("", "")
        return trouble_of(cells[term.path], doubts.get(term.path, ()), term.path, *whose)


_STATES_ZH = {
    CellState.BLANK: "空白",
    CellState.PLACEHOLDER: "填写了占位符",
    CellState.LOST: "未能读出",
    CellState.PRESENT: "无数值",
    CellState.INFERRED: "无数值",
}


def trouble_of(
    cell: Cell, doubts: Sequence[Diagnostic], path: str, whose: str = "", whose_zh: str = ""
) -> tuple[str, str] | None:
    """Why a cell can't be relied on (English, Chinese), or ``None`` if it can."""
    if cell.value is None:
        state = "not a number" if cell.state is CellState.PRESENT else str(cell.state)
        return f"{whose}{path} is {state}", f"{whose_zh}{path}{_STATES_ZH[cell.state]}"
    if doubts:
        codes = ", ".join(dict.fromkeys(d.code for d in doubts))
        return f"{whose}{path} is doubtful ({codes})", f"{whose_zh}{path}存疑（{codes}）"
    return None


Relation: TypeAlias = Callable[[Value, Value], bool]
Words: TypeAlias = Callable[[Side, Side], tuple[str, str]]


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
    troubles = [trouble for side in sides for term in side.terms if (trouble := context.trouble(term))]
    paths = tuple(dict.fromkeys(term.path for side in sides for term in side.terms if term.path and not term.of))
    values = sides[0].value, sides[1].value
    holds = None not in values and relation(*values)
    if troubles:
        reason = _listed([english for english, _ in troubles], "; ")
        reason_zh = _listed([chinese for _, chinese in troubles], "；")
        if None not in values and not holds:
            english, chinese = words(*sides)
            reason, reason_zh = f"{reason}; as read: {english}", f"{reason_zh}；按所读数值：{chinese}"
        yield Unclear(reason, reason_zh, paths)
    elif not holds:
        english, chinese = words(*sides)
        yield Found(english, chinese, paths, *sides, severity=severity, key=key)


def _listed(items: list[str], separator: str) -> str:
    shown = separator.join(items[:3])
    return shown if len(items) <= 3 else f"{shown}{separator}+{len(items) - 3}"


Check: TypeAlias = Callable[[Context], Iterable[Draft]]


@frozen
class Rule:
    """One entry of the catalogue. ``needs`` names what must be given beside the report for the rule to run.

    A code is never reused: a rule that is withdrawn stays, with ``deprecated`` set to the version that withdrew it and
    ``redirect`` to the code that took its place, if any.
    """

    code: str
    name: str
    name_zh: str
    severity: Severity
    meaning: str
    meaning_zh: str
    formula: str
    basis: str
    fires: str
    silent: str
    check: Check = field(repr=False, eq=False)
    grades: str = ""
    needs: str = ""
    since: str = "0.1.0"
    deprecated: str | None = None
    redirect: str | None = None

    @property
    def family(self) -> str:
        return self.code[0]


def rule(
    code: str,
    name: str,
    name_zh: str,
    severity: Severity,
    *,
    meaning: str,
    meaning_zh: str,
    formula: str,
    basis: str,
    fires: str,
    silent: str,
    grades: str = "",
    needs: str = "",
    since: str = "0.1.0",
    deprecated: str | None = None,
    redirect: str | None = None,
) -> Callable[[Check], Rule]:
    """Makes a check into a ``Rule``."""

    def made(check: Check) -> Rule:
        return Rule(
            code, name, name_zh, severity, meaning, meaning_zh, formula, basis, fires, silent, check,
            grades, needs, since, deprecated, redirect,
        )  # fmt: skip

    return made
