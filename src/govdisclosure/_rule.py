"""What a rule is, what it sees (a ``Context``), and what it yields (``Found`` or ``Unclear``)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, KeysView, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from attrs import define, field, frozen

from govdisclosure._body import Body, body_of
from govdisclosure._claims import Claim, read_claims
from govdisclosure._findings import Side, Term
from govdisclosure._processing_fee import FeeStatement, fee_statement
from govdisclosure._prose_plain import plain_prose
from govdisclosure._table_shape import TableShape, shape_of
from govdisclosure.records import Cell, CellState, Diagnostic, Report, Section, Severity, Span, Value


@define
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


@define
class Unclear:
    """A check that can't be decided, as a rule yields it. ``spans`` are those of the paths, where they are at hand."""

    reason: str
    reason_zh: str
    paths: tuple[str, ...] = ()
    spans: tuple[Span, ...] | None = None


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


_UNPRINTED = tuple([state for state in CellState if state is not CellState.PRESENT])


@frozen(slots=False)
class Context:
    """What the rules see of one validation: the report, what it is compared with, and readings shared by rules."""

    report: Report
    previous: Report | None = None
    children: tuple[Report | None, ...] = ()
    published: datetime.date | None = None
    thresholds: Thresholds = field(factory=Thresholds)
    likenesses: tuple[Likeness, ...] | None = None

    # -- cells --------------------------------------------------------------------------------------------------------

    @cached_property
    def cells(self) -> Mapping[str, Cell]:
        return dict(self.report.table_cells)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The cells' values, in the order of ``shape.paths``."""
        return tuple([cell.value for cell in self.cells.values()])

    @cached_property
    def spans(self) -> tuple[Span | None, ...]:
        """Where the cells stand, in the order of ``shape.paths``."""
        return tuple([cell.span for cell in self.cells.values()])

    @cached_property
    def uncounted(self) -> KeysView[str]:
        """The cells whose value is no whole number, or none at all: a set that keeps their order."""
        kinds = map(type, self.values)
        return dict.fromkeys([path for path, kind in zip(self.cells, kinds, strict=True) if kind is not int]).keys()

    @cached_property
    def unstated(self) -> frozenset[str]:
        """The cells that have no value."""
        cells = self.cells
        return frozenset([path for path in self.uncounted if cells[path].value is None])

    @cached_property
    def fractional(self) -> frozenset[str]:
        """The cells that have a value, but none of the kind that counts have."""
        return frozenset(self.uncounted).difference(self.unstated)

    @cached_property
    def unreliable(self) -> frozenset[str]:
        """The cells that have no value, and the doubtful ones."""
        return self.unstated.union(self.doubts)

    @cached_property
    def unsure(self) -> frozenset[str]:
        """The unreliable cells and the uncounted ones. All others can simply be added up."""
        return self.unreliable.union(self.uncounted)

    @cached_property
    def unprinted(self) -> Mapping[CellState, tuple[str, ...]]:
        """The cells that are not there as printed (blank, placeholder, lost, inferred), by their state."""
        present = CellState.PRESENT
        others = [(cell.state, path) for path, cell in self.cells.items() if cell.state is not present]
        found = [(state, tuple([path for other, path in others if other is state])) for state in _UNPRINTED]
        return {state: paths for state, paths in found if paths} if others else {}

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

    # -- who and what the report speaks of ----------------------------------------------------------------------------

    @cached_property
    def body(self) -> Body:
        return body_of(self.report.agency)

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The sections' texts as ``plain_prose``, in the order of ``report.sections``."""
        return tuple([plain_prose(section.text) for section in self.report.sections])

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        return read_claims(self.report, self.prose)

    @cached_property
    def fee(self) -> FeeStatement:
        return fee_statement(self.report, self.prose)

    def section(self, name: str) -> tuple[Section, str] | tuple[None, str]:
        """The section of that name and its plain prose."""
        for section, plain in zip(self.report.sections, self.prose, strict=True):
            if section.name == name:
                return section, plain
        return None, ""

    # -- terms --------------------------------------------------------------------------------------------------------

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
        path = term.path
        if not term.of:
            return trouble_words(path, self.kinds_of_trouble([path])[0]) if path in self.unreliable else None
        return trouble_of(self.previous_cells[path], self.previous_doubts.get(path, ()), path, "last year's ", "上年")

    def kinds_of_trouble(self, paths: Iterable[str]) -> tuple[TroubleKind, ...]:
        """Why unreliable cells can't be relied on."""
        cells, doubts = self.cells, self.doubts
        kinds: list[TroubleKind] = []
        for path in paths:
            cell = cells[path]
            if cell.value is None:
                kinds.append(_missing(cell))
            else:
                found = doubts[path]
                kinds.append(found[0].code if len(found) == 1 else _doubtful(found))
        return tuple(kinds)


TroubleKind: TypeAlias = str | tuple[str]
"""Why a cell can't be relied on: the codes of what makes it doubtful, or, within a tuple, its state if it has no value."""

_STATES_ZH = {
    "blank": "空白",
    "placeholder": "填写了占位符",
    "lost": "未能读出",
    "present": "无数值",
    "inferred": "无数值",
}


def trouble_of(
    cell: Cell, doubts: Sequence[Diagnostic], path: str, whose: str = "", whose_zh: str = ""
) -> tuple[str, str] | None:
    """Why a cell can't be relied on (English, Chinese), or ``None`` if it can."""
    if cell.value is None:
        return trouble_words(path, _missing(cell), whose, whose_zh)
    return trouble_words(path, _doubtful(doubts), whose, whose_zh) if doubts else None


def _missing(cell: Cell) -> TroubleKind:
    return (str(cell.state),)


def _doubtful(doubts: Sequence[Diagnostic]) -> TroubleKind:
    return doubts[0].code if len(doubts) == 1 else ", ".join(dict.fromkeys([doubt.code for doubt in doubts]))


def trouble_words(path: str, trouble: TroubleKind, whose: str = "", whose_zh: str = "") -> tuple[str, str]:
    """Why the cell can't be relied on, in words (English, Chinese)."""
    if isinstance(trouble, str):
        return f"{whose}{path} is doubtful ({trouble})", f"{whose_zh}{path}存疑（{trouble}）"
    (state,) = trouble
    return f"{whose}{path} is {'not a number' if state == 'present' else state}", f"{whose_zh}{path}{_STATES_ZH[state]}"


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
