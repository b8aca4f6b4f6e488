"""A report with one cell printed as a case says, and nought in all others."""

from __future__ import annotations

from decimal import Decimal

from tests.support.printing import print_report
from tests.support.truth import Truth, Value, form

CELLS = {
    "count": ("2021", "proactive.regulations.in_force"),
    "added": ("2021", "requests.received.natural_person"),
    "signed": ("2019", "proactive.licensing.change"),
    "amount": ("2019", "proactive.procurement.amount"),
    "appeal": ("2021", "reconsideration.upheld"),
    "placed": ("2021", "requests.received.research_institution"),
    "repeated": ("2021", "requests.received.natural_person"),
}
"""Form and cell: a count, a count that a total adds up, a change (plus or minus), an amount in 万元, a count of table
four, whose columns its heads tell; a count whose place in the line tells its column, and one in a table whose merged
cells are printed once for each column."""
LAYOUTS = {"placed": "columns_wide", "repeated": "pandas"}
SUMS = {
    "requests.received.natural_person": ("received.total", "carried_over.natural_person", "carried_over.total"),
    "requests.received.research_institution": (
        "received.total",
        "carried_over.research_institution",
        "carried_over.total",
    ),
    "reconsideration.upheld": ("reconsideration.total",),
}


def print_one_cell(kind: str, printed: str, value: Value) -> tuple[str, dict[str, Value]]:
    """The report's text and its cells. The sums hold if the cell is of that value."""
    code, path = CELLS[kind]
    cells: dict[str, Value] = {
        f"{row.path}.{column.name}": Decimal(0) if column.kind == "decimal" else 0
        for row in form(code).rows
        for column in row.columns
    }
    cells[path] = value
    for name in SUMS.get(path, ()):
        cells[name if name in cells else f"requests.{name}"] = value
    truth = Truth(
        form=code,
        title="青石区教育局2020年政府信息公开工作年度报告",
        agency="青石区教育局",
        year=2020,
        cells=cells,
        written={path: printed},
    )
    return print_report(truth, LAYOUTS.get(kind, "tabs_empty")), cells
