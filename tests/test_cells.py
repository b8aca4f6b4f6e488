"""What one cell prints and what is read of it: never another number without a word.

A case is a line: the print, the value, the codes of the diagnostics that name the cell, and what the row's sum wants if
that is another number. A print in double quotes is written as in JSON. For a value, ``?`` stands where none can be
told: then the cell must be doubtful, whatever it holds.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import govdisclosure as gd
from tests.support.one_cell import CELLS, print_one_cell
from tests.support.truth import Value

FOLDER = Path(__file__).parent / "cases" / "cells"
EMPTY = {"blank", "placeholder"}
OF_ROWS = {"L106", "L112"}
"""Diagnostics that name the cells of a whole row."""


def cases() -> list[tuple[str, ...]]:
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                printed, value, codes, *wanted = (part.strip() for part in line.split(" | "))
                text = json.loads(printed) if printed.startswith('"') else printed
                found.append((path.stem, text, value, "" if codes == "-" else codes, *(wanted or [""])))
    return found


CASES = cases()


def test_there_are_cases_of_every_kind() -> None:
    assert {kind for kind, *_ in CASES} == CELLS.keys()
    assert len(CASES) > 100


# Plain names: the script for mutation testing hands them to pytest one by one.
@pytest.mark.parametrize(
    ("kind", "printed", "value", "codes", "wanted"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)]
)
def test_cell(kind: str, printed: str, value: str, codes: str, wanted: str) -> None:
    number = None if value in EMPTY or value == "?" else _number(kind, value)
    summed = _number(kind, wanted) if wanted else 0 if number is None else number
    text, cells = print_one_cell(kind, printed, summed)
    path = CELLS[kind][1]
    report = gd.parse(text)
    cell = report.cell(path)
    naming = [diagnostic for diagnostic in report.diagnostics if path in diagnostic.paths]
    assert [diagnostic.code for diagnostic in naming] == codes.split()
    if value == "?":
        assert path in report.doubts()
        return
    assert (cell.value, type(cell.value)) == (number, type(number))
    assert cell.raw == printed.strip()
    assert value not in EMPTY or cell.state == value
    assert {p: v for p, v in report.cells().items() if p != path} == {p: v for p, v in cells.items() if p != path}
    assert not any(p != path for p in report.doubts())
    own = [diagnostic for diagnostic in naming if diagnostic.code not in OF_ROWS]
    assert all(diagnostic.span == cell.span and cell.raw[:3] in diagnostic.message for diagnostic in own)


def _number(kind: str, written: str) -> Value:
    return Decimal(written) if kind == "amount" or "." in written else int(written)
