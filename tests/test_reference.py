"""The reference documents: five real reports and six invented ones through some thirty tools."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

import govdisclosure as gd
from tests.support import reference
from tests.support.comparing import Verdict, assess, judge, named, plain

FAST_TRUTHS = ("h05", "h14")

needs_reference = pytest.mark.skipif(reference.folder() is None, reason=reference.MISSING)
REPORTS = reference.real_reports()
RENDERINGS = reference.renderings()


NOT_YET = {
    "h24/pdftotext-lo.txt": "a line as wide as the page ends a sentence; the next begins a paragraph or not",
    "h24/pdftotext-raw-lo.txt": "a line as wide as the page ends a sentence; the next begins a paragraph or not",
    "h05/pdfplumber-tables-chromium.txt": "one row came out as words without its empty cells",
    "h12/pdftotext-chromium.txt": "the tool took the hyphen out of a telephone number",
}
"""Texts that are not read whole yet, with the reason; what is not certain in them is said."""


def marked(rendering: reference.Rendering, not_yet: Mapping[str, str] = MappingProxyType({})) -> object:
    marks = [] if rendering.truth_name in FAST_TRUTHS else [pytest.mark.slow]
    if rendering.name in not_yet:
        marks.append(pytest.mark.xfail(strict=True, reason=not_yet[rendering.name]))
    return pytest.param(rendering, id=rendering.name, marks=marks)


@needs_reference
def test_the_reference_is_there() -> None:
    assert len(REPORTS) == 5
    assert len(RENDERINGS) > 100


@pytest.mark.parametrize("real", [pytest.param(real, id=real.name) for real in REPORTS])
def test_real_report(real: reference.RealReport) -> None:
    expected = real.expected
    report = gd.parse(real.text())
    assert (report.title, report.agency, report.year) == (expected["title"], expected["agency"], expected["year"])
    assert str(report.form) == expected["template"]
    verdicts = judge(report, real.cells)
    assert [str(found) for found in verdicts if found.verdict not in (Verdict.EXACT, Verdict.MISSTATED)] == []
    doubted = named(report)
    for row, uncertain in expected["uncertain_rows"].items():
        paths = [path for path in report.cells() if path.rpartition(".")[0] == row]
        assert [report.cells()[path] for path in paths if report.cells()[path] is not None] == uncertain[
            "values_present"
        ]
        assert set(paths) <= doubted


@pytest.mark.parametrize("rendering", [marked(rendering) for rendering in RENDERINGS if rendering.is_text])
def test_rendering_is_never_silently_wrong(rendering: reference.Rendering) -> None:
    text = rendering.text()
    judgement = assess(gd.parse(text), rendering.truth, text)
    faults = (*judgement.of(Verdict.SILENT), *judgement.of(Verdict.MISSTATED))
    assert [str(found) for found in faults] == []
    assert judgement.identity == ()


@pytest.mark.parametrize("rendering", [marked(rendering, NOT_YET) for rendering in RENDERINGS if rendering.is_text])
def test_rendering_is_read(rendering: reference.Rendering) -> None:
    text = rendering.text()
    judgement = assess(gd.parse(text), rendering.truth, text)
    assert judgement.prose == ()
    if not rendering.lossy:
        assert judgement.counts == {Verdict.EXACT: len(judgement.cells)}


@pytest.mark.parametrize("rendering", [marked(rendering) for rendering in RENDERINGS if not rendering.is_text])
def test_rendering_of_a_document(rendering: reference.Rendering) -> None:
    """HTML, Word and PDF, as far as their extras are installed."""
    try:
        judgement = assess(gd.parse(rendering.file), rendering.truth)
    except gd.MissingExtra as error:
        pytest.skip(str(error))
    assert judgement.identity == ()
    assert judgement.prose == ()
    assert judgement.counts == {Verdict.EXACT: len(judgement.cells)}


@pytest.mark.parametrize("real", [pytest.param(real, id=real.name) for real in REPORTS])
def test_sections_of_real_report(real: reference.RealReport) -> None:
    report = gd.parse(real.text())
    assert sum(bool(section.title) for section in report.sections) == real.expected["sections"]
    for section in (report.overview, report.problems, report.other_matters):
        assert plain(section.text)
        assert [line for line in section.text.split("\n") if set(line) <= set("0123456789| \t")] == []
