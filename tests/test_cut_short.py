"""A text that ends too early, as one that was copied in part: no number is taken for whole that may be cut."""

from __future__ import annotations

import re
from functools import cache

import pytest

import govdisclosure as gd
from tests.support.printing import print_report
from tests.support.truth import Manner, invent

TRUTH = invent(3, Manner(scale=3000))


@cache
def printed(layout: str) -> str:
    return print_report(TRUTH, layout)


def places(text: str) -> list[int]:
    """Places within the tables' numbers and behind them."""
    tables = text.index("规章")
    return [found.end() for found in re.finditer(r"\d", text) if found.start() > tables]


@pytest.mark.parametrize("layout", ["tabs_empty", "single_blanks", "cell_per_line", "gfm"])
def test_nothing_is_wrong_without_a_word(layout: str) -> None:
    text = printed(layout)
    read = 0
    for end in places(text)[::4]:
        try:
            report = gd.parse(text[:end])
        except gd.NotAReport:
            continue
        read += 1
        doubts = report.doubts()
        silent = {path: value for path, value in report.cells().items() if value != TRUTH.cells[path]} - doubts.keys()
        assert silent == set(), text[:end][-40:]
    assert read > 50


@pytest.mark.parametrize("digits", range(1, 10))
def test_the_last_number_of_a_table_that_no_sum_holds(digits: int) -> None:
    path = "proactive.fees.amount"
    text, amount = printed("tabs_empty"), str(TRUTH.cells[path])
    assert len(amount) == 9
    report = gd.parse(text[: text.index(amount) + digits])
    assert [d.paths for d in report.diagnostics if d.code == "L210"] == ([(path,)] if digits != 5 else [])
    assert path in report.doubts()
    assert "proactive.coercive_measures.decisions" not in report.doubts()


def test_behind_its_last_line_nothing_is_cut() -> None:
    text, amount = printed("tabs_empty"), str(TRUTH.cells["proactive.fees.amount"])
    report = gd.parse(text[: text.index(amount) + len(amount)] + "\n单位：万元\n")
    assert "L210" not in {d.code for d in report.diagnostics}
    assert "proactive.fees.amount" not in report.doubts()


def test_a_row_that_adds_up_is_whole() -> None:
    text = printed("cell_per_line").rstrip()
    report = gd.parse(text[: text.index("五、存在")].rstrip())
    assert "L210" not in {d.code for d in report.diagnostics}
    assert {path for path in report.doubts() if "." in path} == set()
