"""What one year leads one to expect of the next, from cases: two years whose cells are 0 but for those named.

A case: what it shows after ``#``, the form if it is not 2021, cells of the ``old`` and the ``new`` report (a number, ``lost``,
``blank``, ``inferred N``) and doubts; after ``>`` a cell with its equation, the verdict and the doubts by report. All other
expectations of the pair hold.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from govdisclosure import Cell, CellState, Diagnostic, Report, Severity, diff
from govdisclosure._continuity import Continuity
from tests.support.difference_reports import plain_report

FILE = Path(__file__).parent / "cases" / "continuity" / "pairs.txt"


@attrs.define
class Case:
    title: str
    form: str = "2021"
    cells: dict[str, dict[str, Cell]] = attrs.field(factory=lambda: {"old": {}, "new": {}})
    doubts: dict[str, list[Diagnostic]] = attrs.field(factory=lambda: {"old": [], "new": []})
    told: str = ""

    def report(self, side: str) -> Report:
        year = int(self.form) + (side == "new")
        report = plain_report(self.form, year).with_cells(self.cells[side])
        return attrs.evolve(report, diagnostics=tuple(self.doubts[side]))


def cell(written: str) -> Cell:
    state, _, number = written.rpartition(" ")
    if number in ("lost", "blank"):
        return Cell(None, state=CellState(number))
    return Cell(int(number), state=CellState(state)) if state else Cell(int(number), number)


def cases() -> list[Case]:
    found: list[Case] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        first, _, rest = line.partition(" ")
        if first == "#":
            found.append(Case(rest))
        elif first == "form":
            found[-1].form = rest
        elif first == ">":
            found[-1].told = rest
        elif rest.startswith("doubt "):
            _, path, code = rest.split()
            found[-1].doubts[first].append(Diagnostic(code, Severity.WARNING, "doubt", (path,)))
        elif first:
            path, _, written = rest.partition(" ")
            found[-1].cells[first][path] = cell(written)
    return found


CASES = cases()


def described(found: Continuity) -> str:
    doubts = [f"{doubt.side} {doubt.message}" for doubt in found.doubts]
    return " | ".join([f"{found.path}: {found.equation}", found.verdict, *doubts])


def test_there_are_cases() -> None:
    assert len(CASES) > 12 and all(case.told for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    old, new = case.report("old"), case.report("new")
    found = diff(old, new).continuity
    path = case.told.partition(":")[0]
    assert [described(one) for one in found if one.path == path] == [case.told]
    assert {one.path for one in found if one.path != path and one.holds is not True} == set()
    assert len({one.path for one in found}) == len(found)
    assert {str(one.side) for one in found} == {"new"}
    back = diff(new, old).continuity
    assert [(one.path, one.holds, one.expected, str(one.side)) for one in back] == [
        (one.path, one.holds, one.expected, "old") for one in found
    ]
    turned = {"old": "new", "new": "old"}
    for one, other in zip(found, back, strict=True):
        assert [(turned[term.side], term.path, term.value) for term in other.terms] == [
            (str(term.side), term.path, term.value) for term in one.terms
        ]
        assert [turned[doubt.side] for doubt in other.doubts] == [str(doubt.side) for doubt in one.doubts]


def test_as_json() -> None:
    old = plain_report(year=2021).with_cells({"proactive.regulations.in_force": Cell(40, "40")})
    new = plain_report(year=2022).with_cells(
        {"proactive.regulations.in_force": Cell(41, state=CellState.INFERRED), "proactive.regulations.issued": Cell(2)}
    )
    found = next(one for one in diff(old, new).continuity if one.path == "proactive.regulations.in_force")
    assert found.to_dict() == {
        "path": "proactive.regulations.in_force",
        "side": "new",
        "relation": "=",
        "terms": [
            {"sign": "+", "side": "old", "path": "proactive.regulations.in_force", "value": 40},
            {"sign": "+", "side": "new", "path": "proactive.regulations.issued", "value": 2},
            {"sign": "-", "side": "new", "path": "proactive.regulations.repealed", "value": 0},
        ],
        "expected": 42,
        "stated": 41,
        "holds": False,
        "doubts": [{"side": "new", "code": "", "message": "the value was inferred from the form's arithmetic"}],
    }


def test_every_expectation_of_a_pair() -> None:
    found = diff(plain_report(year=2021), plain_report(year=2022)).continuity
    assert [one.path for one in found] == [
        "proactive.regulations.in_force",
        "proactive.normative_documents.in_force",
        *(path for path in plain_report().cells() if path.startswith("requests.carried_in.")),
        "reconsideration.total",
        "litigation.direct.total",
        "litigation.after_reconsideration.total",
    ]
