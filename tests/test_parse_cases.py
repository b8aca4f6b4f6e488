"""Texts and what a careful person reads out of them: broken ones that are repaired, sound ones that nothing may touch.

A case is NAME.txt with NAME.json: identity, the cells that are not 0 (``?``: nobody can tell), and the paths of those that
must be doubtful.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import govdisclosure as gd
from govdisclosure import Severity

CASES = Path(__file__).parent / "cases"
REPAIRED = sorted((CASES / "repaired").glob("*.txt"))
UNTOUCHED = sorted((CASES / "untouched").glob("*.txt"))


def test_there_are_cases_and_as_many_that_must_not_change() -> None:
    assert len(UNTOUCHED) >= len(REPAIRED) > 10


@pytest.mark.parametrize("case", [*REPAIRED, *UNTOUCHED], ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_case(case: Path) -> None:
    expected = json.loads(case.with_suffix(".json").read_text("utf-8"))
    report = gd.parse(case.read_text("utf-8"))
    assert (report.title, report.agency, report.year, report.form) == tuple(
        expected[name] for name in ("title", "agency", "year", "form")
    )
    open_cells = {path for path, value in expected["cells"].items() if value == "?"}
    assert open_cells <= set(expected["doubtful"])
    told = {path: _value(value) for path, value in expected["cells"].items() if path not in open_cells}
    assert {path: value for path, value in report.cells().items() if value != 0 and path not in open_cells} == told
    assert sorted(report.doubts()) == expected["doubtful"]


@pytest.mark.parametrize("case", UNTOUCHED, ids=lambda case: case.stem)
def test_a_sound_text_is_not_repaired(case: Path) -> None:
    diagnostics = gd.parse(case.read_text("utf-8")).diagnostics
    assert [d for d in diagnostics if d.severity is not Severity.INFO] == []
    assert [d.code for d in diagnostics] == []


def _value(written: int | str | None) -> int | Decimal | None:
    return Decimal(written) if isinstance(written, str) else written
