"""Rows that hold too few or too many numbers, and what the form's sums settle of them.

A case: a title after ``#``, the rows of tables three and four as printed (a row not named is printed all noughts,
``absent`` leaves it out), and after ``>`` what is read of a row, column by column: a number, ``_`` for blank, a number
with ``=`` where it is inferred, ``?`` where none can be told. ``?`` and ``=`` are doubtful, the others are not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import govdisclosure as gd
from tests.support.printing import print_report
from tests.support.truth import Truth, form

FILE = Path(__file__).parent / "cases" / "sums.txt"
ROWS = {row.path.removeprefix("requests."): row for row in form("2021").rows if not row.path.startswith("proactive.")}


def cases() -> list[tuple[str, dict[str, str], dict[str, list[str]]]]:
    found: list[tuple[str, dict[str, str], dict[str, list[str]]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            found.append((line[2:], {}, {}))
        elif ">" in line:
            row, _, read = line.partition(" > ")
            found[-1][2][row] = read.split()
        elif line:
            row, _, printed = line.partition(": ")
            found[-1][1][row] = printed
    return found


def text_of(printed: dict[str, str]) -> str:
    """A report with single blanks between its cells, so that an empty cell leaves no trace."""
    definition = form("2021")
    cells = dict.fromkeys(definition.cell_paths, 0)
    written = {}
    for row, numbers in printed.items():
        paths = ROWS[row].cell_paths
        written.update(dict.fromkeys(paths, ""), **{paths[0]: numbers})
    title = "青石区教育局2022年政府信息公开工作年度报告"
    text = print_report(
        Truth(form="2021", title=title, agency="青石区教育局", year=2022, cells=cells, written=written), "single_blanks"
    )
    return "".join(line for line in text.splitlines(keepends=True) if not line.endswith("absent\n"))


CASES = cases()


@pytest.mark.parametrize(("printed", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_case(printed: dict[str, str], expected: dict[str, list[str]]) -> None:
    report = gd.parse(text_of(printed))
    doubts = report.doubts()
    read: dict[str, list[str]] = {}
    for row in expected:
        read[row] = []
        for path in ROWS[row].cell_paths:
            cell = report.cell(path)
            if cell.state == "inferred":
                read[row].append(f"{cell.value}=" if path in doubts else f"{cell.value} not doubted")
            else:
                read[row].append("?" if path in doubts else "_" if cell.value is None else str(cell.value))
    assert read == expected
    named = {path for row in expected for path in ROWS[row].cell_paths}
    assert set(doubts) <= named
