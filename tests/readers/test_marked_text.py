"""Raised and struck-out text: 12 with the mark of a note is not 122, a number that was struck out is none."""

from __future__ import annotations

import re

import pytest

import govdisclosure as gd
from tests.support.files import html_page
from tests.support.truth import Manner, invent

pytest.importorskip("selectolax")

TRUTH = invent(3, Manner(form="2021", scale=90, consistent=True))
SUMMED, ALONE = "requests.received.natural_person", "proactive.licensing.decisions"
LABELS = {SUMMED: "一、本年新收", ALONE: "行政许可"}


def page(path: str, written: str) -> str:
    """The page with the first value behind a row's label written in another way, ``{}`` for the value."""
    plain = html_page(TRUTH)
    value = re.compile(r"<span[^>]*>(\d+)</span>").search(plain, plain.index(LABELS[path]))
    assert value is not None and value[1] == str(TRUTH.cells[path])
    return plain[: value.start(1)] + written.format(value[1]) + plain[value.end(1) :]


@pytest.mark.parametrize(
    "written", ["{}<sup>2</sup>", "{}<SUP>[1]</SUP>", "<sup>1</sup>{}", '{}<i style="Vertical-Align : super">2</i>']
)
def test_the_mark_of_a_note_is_no_digit(written: str) -> None:
    assert gd.parse(page(SUMMED, written)).cells() == TRUTH.cells
    report = gd.parse(page(ALONE, written))
    assert report.cells()[ALONE] in (TRUTH.cells[ALONE], None)
    assert ALONE in report.doubts()


@pytest.mark.parametrize(
    "written",
    ["<s>77</s>{}", "<strike>7</strike>{}", '<b style="color:red;text-decoration: line-through">7</b>{}', "<s>{}</s>"],
)
def test_a_struck_number_is_none(written: str) -> None:
    report = gd.parse(page(ALONE, written))
    assert report.cells()[ALONE] is None
    assert set(report.doubts()) == {ALONE}
    report = gd.parse(page(SUMMED, written))
    assert report.cells() == TRUTH.cells
    assert {path.rpartition(".")[0] for path in report.doubts()} == {SUMMED.rpartition(".")[0]}


def test_what_was_deleted_is_left_out() -> None:
    report = gd.parse(page(ALONE, "<del>77</del><ins>{}</ins>"))
    assert report.cells() == TRUTH.cells
    assert report.diagnostics == ()
