"""Tables with too few or too many numbers, or in another order: what is settled, and what stays doubtful.

A case: a title after ``#``; the rows as printed, where ``@`` stands for the row's label (which comes first if it is not
there), ``~`` for the label without its last two characters, ``/`` for a line break and ``#`` for seven noughts; ``requests.*`` says how every row of table three is printed
that is not named. Rows that nothing is said of are printed with noughts, ``absent`` leaves a row out. After ``>`` stands
what is read of a row, column by column (if it is not what is printed): a number, ``_`` for blank, a number with ``=``
where it is inferred, ``?`` where none can be told. ``?`` and ``=`` are doubtful; no other cell is, except those of a
table named after ``doubted``. After ``codes`` stand the diagnostics other than those of open rows (L201 to L208), after
``says`` words of a message.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

import govdisclosure as gd
from govdisclosure._forms import Row
from tests.support.printing import print_report
from tests.support.truth import Truth, form

FOLDER = Path(__file__).parent / "cases" / "tables"
OPEN_ROWS = {"L201", "L202", "L203", "L204", "L205", "L208"}


@attrs.define
class Case:
    """One case. ``form`` is 2021 unless its title begins with another."""

    title: str
    form: str
    printed: dict[str, str] = attrs.field(factory=dict)
    read: dict[str, list[str]] = attrs.field(factory=dict)
    codes: list[str] = attrs.field(factory=list)
    doubted: str = ""
    says: list[str] = attrs.field(factory=list)

    @property
    def rows(self) -> dict[str, Row]:
        return {row.path.removeprefix("requests."): row for row in form(self.form).rows}


def cases() -> list[Case]:
    found: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                found.append(Case(line[2:], "2019" if line.startswith("# 2019") else "2021"))
            elif line.startswith("codes "):
                found[-1].codes = line.split()[1:]
            elif line.startswith("says "):
                found[-1].says.append(line.removeprefix("says "))
            elif line.startswith("doubted "):
                found[-1].doubted = line.split()[1]
            elif " > " in line:
                row, _, read = line.partition(" > ")
                found[-1].read[row] = read.split()
            elif line:
                row, _, printed = line.partition(": ")
                found[-1].printed[row] = printed
    return found


def text_of(case: Case) -> str:
    """The report with single blanks between its cells, so that an empty cell leaves no trace."""
    cells = dict.fromkeys(form(case.form).cell_paths, 0)
    written = {}
    for name, row in case.rows.items():
        if name in case.printed or (row.path.startswith("requests.") and "requests.*" in case.printed):
            written.update(dict.fromkeys(row.cell_paths, ""), **{row.cell_paths[0]: f"<{name}>"})
    title = "青石区教育局2020年政府信息公开工作年度报告"
    truth = Truth(form=case.form, title=title, agency="青石区教育局", year=2020, cells=cells, written=written)
    return "".join(_line(case, line) for line in print_report(truth, "single_blanks").splitlines())


def _line(case: Case, line: str) -> str:
    label, _, name = line.partition("<")
    if not name:
        return f"{line}\n"
    if not label:  # table four, whose rows stand side by side
        return re.sub("<(.*?)>", lambda found: case.printed[found[1]], line) + "\n"
    row, _, behind = name.partition(">")
    printed = case.printed.get(row, case.printed.get("requests.*", ""))
    if printed == "absent":
        return ""
    ordered = printed if "@" in printed or "~" in printed else f"@ {printed}"
    with_values = ordered.replace("#", "0 0 0 0 0 0 0").replace("~", label.strip()[:-2])
    return with_values.replace("@", label.strip()).replace(" / ", "\n") + f"{behind}\n"


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    report = gd.parse(text_of(case))
    doubts = report.doubts()
    read: dict[str, list[str]] = {}
    expected: dict[str, list[str]] = {}
    for name, row in case.rows.items():
        expected[name] = case.read.get(name) or case.printed.get(name, " ".join("0" * len(row.columns))).split()
        if row.path.startswith(case.doubted or "-"):
            expected[name] = ["?"] * len(row.columns)
        read[name] = []
        for path in row.cell_paths:
            cell = report.cell(path)
            if cell.state == "inferred":
                read[name].append(f"{cell.value}=" if path in doubts else f"{cell.value} not doubted")
            else:
                read[name].append("?" if path in doubts else "_" if cell.value is None else str(cell.value))
    assert read == expected
    assert sorted({d.code for d in report.diagnostics} - OPEN_ROWS) == case.codes
    for words in case.says:
        assert any(words in diagnostic.message for diagnostic in report.diagnostics), report.diagnostics
    for diagnostic in report.diagnostics:
        assert diagnostic.code not in OPEN_ROWS or diagnostic.paths
        assert diagnostic.span is not None or diagnostic.code == "L109" or "absent" in case.printed.values()
