"""Which form a document is read on."""

from __future__ import annotations

from pathlib import Path

import pytest

import govdisclosure as gd

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_a_form_asked_for_against_the_labels_is_doubted() -> None:
    report = gd.parse(EXAMPLES / "report-2023.txt", form="2019")
    assert report.form is gd.Form.F2019
    assert set(report.doubts()) == set(report.cells())


def test_the_form_asked_for_is_read_without_doubt_where_the_labels_are_its_own() -> None:
    assert gd.parse(EXAMPLES / "report-2023.txt", form=gd.Form.F2021).diagnostics == ()


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(gd.UnsupportedForm, match="2019, 2021"):
        gd.parse(EXAMPLES / "report-2023.txt", form="1999")


def test_reports_on_two_forms_in_one_text_are_said() -> None:
    texts = [(EXAMPLES / name).read_text("utf-8") for name in ("report-2023.txt", "damaged-2020.txt")]
    report = gd.parse("\n".join(texts))
    assert report.form is gd.Form.F2021
    assert [d.code for d in report.diagnostics if d.code == "L304"]
    assert set(report.doubts()) == set(report.cells())
