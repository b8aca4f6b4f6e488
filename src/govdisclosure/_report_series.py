"""``report_series``: the same cells over many years as one tidy table."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from govdisclosure._differences import meaning_of
from govdisclosure._labels import cell_label, section_of, unit
from govdisclosure.records import Report, Value


def report_series(reports: Iterable[Report], paths: Iterable[str] | None = None) -> dict[str, list[Any]]:
    """One row for each agency, year and cell: columns of equal length for ``pandas.DataFrame``, polars or Arrow.

    Columns: ``agency``, ``year``, ``form``, ``section``, ``path``, ``label``, ``unit`` (件, 项, 万元; empty where the
    form names none), ``meaning`` (flow, stock, carry-over), ``value``, ``state`` and ``doubtful``. ``value`` is a
    ``float``, or ``None`` where the report states no number, so that a column can be plotted as it is; the exact
    number is in ``Report.cells()``. A path means the same in every form that has it, but for ``requests.otherwise``,
    one row in the form of 2019 and a group of three in that of 2021. Rows are ordered by agency, year and the form's
    order. ``paths`` chooses cells.

    Raises ``ValueError`` if two reports are of one agency and year (give one of them), and for a chosen path that
    none of the reports has.
    """
    chosen = None if paths is None else set(paths)
    ordered = sorted(reports, key=lambda r: (r.agency or "", r.year if r.year is not None else -1))
    seen: set[tuple[str, int]] = set()
    table: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for report in ordered:
        if report.agency is not None and report.year is not None:
            if (report.agency, report.year) in seen:
                raise ValueError(f"two reports of {report.agency} for {report.year}: give one of them")
            seen.add((report.agency, report.year))
        doubts = report.doubts()
        form = str(report.form)
        for path, cell in report.table_cells:
            if chosen is None or path in chosen:
                row = (
                    report.agency,
                    report.year,
                    form,
                    section_of(path),
                    path,
                    cell_label(form, path),
                    unit(path),
                    str(meaning_of(path)),
                    _number(cell.value, path),
                    str(cell.state),
                    path in doubts,
                )
                for name, value in zip(_COLUMNS, row, strict=True):
                    table[name].append(value)
    if chosen is not None and (missing := chosen.difference(table["path"])):
        raise ValueError(f"no report has the cells {', '.join(sorted(missing))}")
    return table


_COLUMNS = ("agency", "year", "form", "section", "path", "label", "unit", "meaning", "value", "state", "doubtful")


def _number(value: Value, path: str) -> float | None:
    if value is None:
        return None
    number = float(value)
    if math.isinf(number):
        raise ValueError(f"{path}: {value} is larger than a floating-point number can be")
    return number
