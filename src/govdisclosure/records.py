"""The records ``parse`` returns: a ``Report`` with its cells, sections and diagnostics.

All are frozen attrs classes: hashable, picklable, equal by value. A report loaded from JSON (``Report.from_dict``) is
the same as the one parsed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
from attrs import frozen

from govdisclosure._record_classes import build_tables

if TYPE_CHECKING:
    from govdisclosure.tables import (
        AppealOutcomes,
        Litigation,
        Proactive2019,
        Proactive2021,
        Requests2019,
        Requests2021,
    )

Value: TypeAlias = int | Decimal | None

SCHEMA_VERSION = 1
"""The version of what ``to_dict`` writes; ``from_dict`` refuses any other."""


class Form(StrEnum):
    """The official forms, by the year they were issued for."""

    F2019 = "2019"  #: 国办公开办函〔2019〕60号, meant for report years 2019 and 2020: 198 cells
    F2021 = "2021"  #: 国办公开办函〔2021〕30号, meant for report years from 2021: 200 cells


class CellState(StrEnum):
    """Why a cell holds what it holds."""

    PRESENT = "present"  #: the document prints the value
    BLANK = "blank"  #: the document leaves the cell empty: nothing stated, which is not zero
    PLACEHOLDER = "placeholder"  #: the document prints ``/``, ``-``, ``无``, ``不适用`` or the like
    LOST = "lost"  #: the value did not survive extraction, or the row is not in the document
    INFERRED = "inferred"  #: the form's own arithmetic leaves exactly this value; a diagnostic gives the proof


class Severity(StrEnum):
    """How much a diagnostic or finding matters."""

    INFO = "info"  #: a repair that is certain
    WARNING = "warning"  #: a doubt: the value may be wrong, is missing, or is inferred
    ERROR = "error"  #: a large part of the report is doubtful or lost


@frozen
class Span:
    """Where something stands in the source. Lines, columns, tables, rows and pages count from 1.

    Text has ``line`` and ``column`` (in characters). HTML and Word have ``table``, ``row`` and ``column`` (of the
    table's grid). PDF has ``page`` and ``box`` (left, bottom, right, top in points), and the grid where there is one.
    ``text`` is the source's own characters.
    """

    text: str = ""
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    table: int | None = None
    row: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        if self.page is not None:
            place = f"page {self.page}"
            if self.box is not None:
                place += " at ({:.0f}, {:.0f})".format(*self.box[:2])
            return place
        if self.table is not None:
            return f"table {self.table}, row {self.row}, column {self.column}"
        if self.line is not None:
            column = f", column {self.column}" if self.column is not None else ""
            return f"line {self.line}{column}"
        return "unknown place"


@frozen
class Cell:
    """One cell of the form.

    ``value`` is an ``int`` for counts, a ``Decimal`` for amounts (万元) and wherever decimals are printed, ``None``
    where no value is known. ``raw`` is the cell as printed, notes and units included.
    """

    value: Value
    raw: str = ""
    state: CellState = CellState.PRESENT
    span: Span | None = None


@frozen
class Section:
    """One of the six sections. ``text`` holds its prose, a paragraph a line; for 二, 三 and 四 what stands outside the
    table. A section that is not in the document has an empty title and no span."""

    name: str
    title: str = ""
    text: str = ""
    span: Span | None = None


@frozen
class ExtraRow:
    """A row that the form does not have, kept as printed; ``after`` is the path of the form's row above it."""

    label: str
    raw: tuple[str, ...]
    after: str = ""
    span: Span | None = None


@frozen
class Diagnostic:
    """What was repaired (``info``) or is doubted (``warning``, ``error``). ``paths`` names every cell concerned."""

    code: str
    severity: Severity
    message: str
    paths: tuple[str, ...] = ()
    span: Span | None = None


@frozen
class Report:
    """A yearly report on open-government work (政府信息公开工作年度报告) as typed records.

    ``year`` is the year reported on, ``form`` the form its labels are of (a plain string for a form that was added by
    a grammar of one's own). ``published`` and ``publisher`` are read from a page's metadata, if it has any.
    """

    title: str | None
    agency: str | None
    year: int | None
    form: Form | str
    sections: tuple[Section, ...]
    table_cells: tuple[tuple[str, Cell], ...] = attrs.field(repr=lambda cells: f"<{len(cells)} cells>")
    extra_rows: tuple[ExtraRow, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    published: datetime.date | None = None
    publisher: str | None = None

    # -- cells --------------------------------------------------------------------------------------------------------

    @cached_property
    def _by_path(self) -> dict[str, Cell]:
        return dict(self.table_cells)

    @cached_property
    def _tables(self) -> Any:
        return build_tables(str(self.form), {path: cell.value for path, cell in self.table_cells})

    def cells(self) -> Mapping[str, Value]:
        """Every cell's value by its path, in the form's order; ``None`` where no value is known."""
        return MappingProxyType({path: cell.value for path, cell in self.table_cells})

    def cell(self, path: str) -> Cell:
        """The cell at ``path`` with raw text, state and place. Raises ``KeyError`` for a path the form lacks."""
        try:
            return self._by_path[path]
        except KeyError:
            raise KeyError(f"the form of {self.form} has no cell {path!r}") from None

    def doubts(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """The warnings and errors that name a cell, by the cell's path. A cell that is absent here is certain."""
        found: dict[str, tuple[Diagnostic, ...]] = {}
        certain = Severity.INFO
        for diagnostic in self.diagnostics:
            if diagnostic.severity is not certain:
                alone = (diagnostic,)
                for path in diagnostic.paths:
                    found[path] = found[path] + alone if path in found else alone
        return MappingProxyType(found)

    def with_cells(self, changes: Mapping[str, Value | Cell]) -> Report:
        """A copy with some cells replaced; a plain value becomes a present (``None``: blank) cell.

        Doubts about a replaced cell do not carry over. Raises ``KeyError`` for a path the form lacks.
        """
        replaced = {path: _as_cell(change) for path, change in changes.items() if self.cell(path)}
        kept = tuple(filter(None, (_without_paths(d, replaced.keys()) for d in self.diagnostics)))
        cells = tuple((path, replaced.get(path, cell)) for path, cell in self.table_cells)
        return attrs.evolve(self, table_cells=cells, diagnostics=kept)

    # -- the tables as typed records ------------------------------------------------------------------------------------

    @property
    def tables(self) -> Any:
        """All tables as one record: ``Tables2019``, ``Tables2021``, or a derived class for a form of one's own."""
        return self._tables

    @property
    def proactive(self) -> Proactive2019 | Proactive2021:
        """二、主动公开政府信息情况: what was published without being asked for."""
        tables: Proactive2019 | Proactive2021 = self._tables.proactive
        return tables

    @property
    def requests(self) -> Requests2019 | Requests2021:
        """三、收到和处理政府信息公开申请情况: requests received and how they ended (件)."""
        tables: Requests2019 | Requests2021 = self._tables.requests
        return tables

    @property
    def reconsideration(self) -> AppealOutcomes:
        """行政复议 over open-government matters, cases by outcome (件)."""
        table: AppealOutcomes = self._tables.reconsideration
        return table

    @property
    def litigation(self) -> Litigation:
        """行政诉讼 over open-government matters, cases by track and outcome (件)."""
        table: Litigation = self._tables.litigation
        return table

    # -- sections -------------------------------------------------------------------------------------------------------

    def section(self, name: str) -> Section:
        """The section of that name (``overview``, ``proactive``, …). Raises ``KeyError`` for a name the form lacks."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(f"the form of {self.form} has no section {name!r}")

    @property
    def overview(self) -> Section:
        """一、总体情况."""
        return self.section("overview")

    @property
    def problems(self) -> Section:
        """五、存在的主要问题及改进情况."""
        return self.section("problems")

    @property
    def other_matters(self) -> Section:
        """六、其他需要报告的事项."""
        return self.section("other_matters")

    # -- JSON -----------------------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """The report in JSON's own types. Decimals are strings, so that no digit is lost."""
        from govdisclosure._json import report_to_dict

        return report_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The report that ``to_dict`` wrote. Raises ``ValueError`` that names what is missing or malformed."""
        from govdisclosure._json import report_from_dict

        return report_from_dict(data)


def _as_cell(change: Value | Cell) -> Cell:
    if isinstance(change, Cell):
        return change
    if change is None:
        return Cell(None, state=CellState.BLANK)
    return Cell(change, raw=str(change))


def _without_paths(diagnostic: Diagnostic, gone: Any) -> Diagnostic | None:
    if not diagnostic.paths or gone.isdisjoint(diagnostic.paths):
        return diagnostic
    left = tuple(path for path in diagnostic.paths if path not in gone)
    return attrs.evolve(diagnostic, paths=left) if left else None
