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
}
"""Form and cell: a count, a count that a total adds up, a change (plus or minus), an amount in 万元."""


def print_one_cell(kind: str, printed: str, value: Value) -> tuple[str, dict[str, Value]]:
    """The report's text and its cells. The sums hold if the cell is of that value."""
    code, path = CELLS[kind]
    cells: dict[str, Value] = {
        f"{row.path}.{column.name}": Decimal(0) if column.kind == "decimal" else 0
        for row in form(code).rows
        for column in row.columns
    }
    cells[path] = value
    if kind == "added":
        for row in ("requests.received", "requests.carried_over"):
            cells.update({f"{row}.natural_person": value, f"{row}.total": value})
    truth = Truth(
        form=code,
        title="青石区教育局2020年政府信息公开工作年度报告",
        agency="青石区教育局",
        year=2020,
        cells=cells,
        written={path: printed},
    )
    return print_report(truth), cells
