"""Every arithmetic rule: a consistent table gives no finding, a single changed cell exactly those that contain it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclosure import ValidationResult, validate
from tests.support.consistent_tables import FORMS, consistent_tables, floors, formulas
from tests.support.report_factory import make_report, paths_of

SUMS = ("T101", "T102", "T103", "T104", "T105")
ARITHMETIC = (*SUMS, "T109", "T110", "T111")


def found(result: ValidationResult) -> set[tuple[str, frozenset[str]]]:
    return {(finding.code, frozenset(finding.paths)) for finding in result.findings}


def undecided(result: ValidationResult) -> set[tuple[str, frozenset[str]]]:
    return {(entry.code, frozenset(entry.paths)) for entry in result.not_assessable}


@st.composite
def changed_tables(draw: st.DrawFn) -> tuple[str, dict[str, Any], str, int]:
    form = draw(FORMS)
    values = draw(consistent_tables(form))
    path = draw(st.sampled_from(paths_of(form)))
    number = draw(st.integers(0, 200).filter(lambda n: n != values[path]))
    return form, values, path, number


@settings(max_examples=40, deadline=None)
@given(changed_tables())
def test_single_changed_cell(drawn: tuple[str, dict[str, Any], str, int]) -> None:
    form, values, path, number = drawn
    report = make_report(form, values=values)
    consistent = validate(report, select="T")
    assert consistent.findings == () and consistent.not_assessable == ()

    broken = {(code, cells) for code, cells in formulas(form) if path in cells}
    changed = validate(report.with_cells({path: number}), select=ARITHMETIC)
    assert found(changed) == broken | floors({**values, path: number}, form)
    assert changed.not_assessable == ()


@settings(max_examples=25, deadline=None)
@given(changed_tables())
def test_blank_and_doubtful_cells_leave_sums_undecided(drawn: tuple[str, dict[str, Any], str, int]) -> None:
    form, values, path, number = drawn
    concerned = {(code, cells) for code, cells in formulas(form) if path in cells}
    blank = validate(make_report(form, values={**values, path: "blank"}), select=SUMS)
    assert blank.findings == () and undecided(blank) == concerned
    for value in (values[path], number):
        doubtful = validate(make_report(form, values={**values, path: value}, doubts={path: "L201"}), select=SUMS)
        assert doubtful.findings == () and undecided(doubtful) == concerned


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_continuity(data: st.DataObject) -> None:
    """Y301 to Y303: a year that continues the one before, and one cell of it changed."""
    form = data.draw(FORMS)
    values = data.draw(consistent_tables(form))
    before = data.draw(consistent_tables(form))
    expected: dict[str, tuple[str, frozenset[str]]] = {}
    for path in paths_of(form):
        row, _, leaf = path.rpartition(".")
        if row == "requests.carried_in":
            before[f"requests.carried_over.{leaf}"] = values[path]
            expected[path] = ("Y301", frozenset([path]))
        elif leaf == "in_force":
            cells = frozenset(f"{row}.{name}" for name in ("in_force", "issued", "repealed"))
            before[path] = values[path] - values[f"{row}.issued"] + values[f"{row}.repealed"]
            expected.update(dict.fromkeys(cells, ("Y302", cells)))
        elif leaf == "previous_items":
            before[path] = values[path] - before[f"{row}.change"]
            expected[path] = ("Y303", frozenset([path]))
    report = make_report(form, values=values)
    assert report.year is not None
    previous = make_report(form, year=report.year - 1, values=before)
    codes = ("Y301", "Y302", "Y303")
    assert validate(report, previous, select=codes).findings == ()
    path = data.draw(st.sampled_from(paths_of(form)))
    changed = report.with_cells({path: values[path] + data.draw(st.integers(1, 9))})
    assert found(validate(changed, previous, select=codes)) == ({expected[path]} if path in expected else set())


STOCKS = ("in_force", "in_public", "previous_items")


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_hierarchy(data: st.DataObject) -> None:
    """X205: a body's report that is the sum of its own share and a child's, and one cell of it changed."""
    form = data.draw(FORMS)
    own, child = data.draw(consistent_tables(form)), data.draw(consistent_tables(form))
    total = {path: own[path] + child[path] for path in paths_of(form)}
    report = make_report(form, values=total)
    children = [make_report(form, values=own), make_report(form, values=child, agency="临河市青石区第一中学")]
    assert validate(report, children=children, select="X205").findings == ()
    path = data.draw(st.sampled_from(paths_of(form)))
    row, _, leaf = path.rpartition(".")
    stock = leaf in STOCKS or row in ("requests.carried_in", "requests.carried_over")
    unitless = path == "proactive.procurement.amount"
    changed = report.with_cells({path: total[path] + data.draw(st.sampled_from([-1, 1]))})
    expected = set() if stock or unitless else {("X205", frozenset([path]))}
    assert found(validate(changed, children=children, select="X205")) == expected
