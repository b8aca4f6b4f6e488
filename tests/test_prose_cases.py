"""Prose and headings: what each section says, whatever stands around it.

A case is a text, a line of ``=``, and what is read of it: the codes of the diagnostics, then each section with its title
and its paragraphs, one a line. A section that isn't named has the form's title and no text. ``@proactive``, ``@requests``
and ``@appeals`` in the text stand for the tables of the form of 2021 with noughts in all cells, which stay so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import govdisclosure as gd
from tests.support.nought_tables import FORM, with_tables

FILES = sorted((Path(__file__).parent / "cases" / "prose").glob("*.txt"))


def test_there_are_cases() -> None:
    assert len(FILES) > 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    source, _, expected = path.read_text(encoding="utf-8").partition("\n=====\n")
    codes, *described = expected.split("\n[")
    wanted = {section.name: (section.title.official, "") for section in FORM.sections}
    for entry in described:
        heading, _, text = entry.rstrip("\n").partition("\n")
        name, _, title = heading.partition("]")
        wanted[name] = (title.strip(), text)
    text = with_tables(source)
    report = gd.parse(text)
    assert {section.name: (section.title, section.text) for section in report.sections} == wanted
    assert sorted({d.code for d in report.diagnostics}) == codes.split()[1:]
    lines = text.split("\n")
    for section in report.sections:
        assert section.span or not section.title + section.text
        if section.span:
            own = lines[section.span.line - 1 : section.span.end_line]
            first, last = section.title or section.text, section.text or section.title
            assert own[0][section.span.column - 1 :].startswith(first[:8])
            assert last.split("\n")[-1][-4:] in own[-1]
    assert set(report.cells().values()) == {0}
    assert (report.title, report.agency, report.year) == (
        "青石区教育局2020年政府信息公开工作年度报告",
        "青石区教育局",
        2020,
    )
