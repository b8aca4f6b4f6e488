"""What a document holds beyond one report: rows of its own, the report once more, another report."""

from __future__ import annotations

import attrs
import pytest

import govdisclosure as gd
from tests.support.comparing import Verdict, judge
from tests.support.layouts import LAYOUTS as ALL_LAYOUTS
from tests.support.printing import print_report
from tests.support.truth import Manner, invent

LAYOUTS = ["tabs_empty", "gfm", "cell_per_line"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_row_of_the_documents_own(form: str, layout: str) -> None:
    row = {"proactive.normative_documents": ("会议纪要", "93", "288", "15")}
    truth = attrs.evolve(invent(5, Manner(form=form)), extra_rows=row)
    report = gd.parse(print_report(truth, layout))
    assert [(extra.label, extra.raw, extra.after) for extra in report.extra_rows] == [
        ("会议纪要", ("93", "288", "15"), "proactive.normative_documents")
    ]
    assert [d.code for d in report.diagnostics] == ["L110"]
    assert report.cells() == truth.cells


@pytest.mark.parametrize("layout", LAYOUTS)
def test_another_report_behind_it(layout: str) -> None:
    first, second = invent(5, Manner()), invent(6, Manner())
    report = gd.parse(print_report(first, layout) + print_report(second, layout))
    assert (report.title, report.agency, report.year) == (first.title, first.agency, first.year)
    assert report.cells() == first.cells
    assert [d.code for d in report.diagnostics] == ["L304"]
    assert set(report.doubts()) == set(first.cells)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_report_once_more(layout: str) -> None:
    truth = invent(5, Manner())
    report = gd.parse(print_report(truth, layout) * 2)
    assert report.cells() == truth.cells
    assert [d.code for d in report.diagnostics] == ["L109"]
    assert report.doubts() == {}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_report_with_another_number(layout: str) -> None:
    """Which of the two is meant nobody can tell, whatever else they share."""
    truth = invent(5, Manner())
    other = attrs.evolve(truth, cells={**truth.cells, "requests.received.natural_person": 12345})
    report = gd.parse(print_report(truth, layout) + print_report(other, layout))
    assert report.cells() == truth.cells
    assert {d.code for d in report.diagnostics} == {"L109", "L304"}
    assert set(report.doubts()) == set(truth.cells)


@pytest.mark.parametrize("layout", [name for name, layout in ALL_LAYOUTS.items() if not layout.one_line])
@pytest.mark.parametrize("until", ["二、", "三、", "3.危及", "（六）其他处理", "四、政", "五、"])
def test_another_report_behind_a_broken_one(until: str, layout: str) -> None:
    """The other's rows go on where the first ends: they are not its own."""
    first, second = invent(5, Manner()), invent(6, Manner())
    broken = print_report(first, layout)
    report = gd.parse(broken[: broken.find(until)] + "\n" + print_report(second, layout))
    silent = [v for v in judge(report, first.cells, first.written) if v.verdict is Verdict.SILENT]
    assert silent == []
