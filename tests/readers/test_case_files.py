"""Pages and Word bodies with the lines they hold: ``NAME.html``, ``NAME.md``, ``NAME.xml`` beside ``NAME.lines``."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_writer import STRICT, TRANSITIONAL, docx_file
from written import written

from govdisclosure._reading import read

HERE = Path(__file__).parent
CASES = sorted(path for folder in ("html", "docx") for path in (HERE / folder).iterdir() if path.suffix != ".lines")


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_lines(case: Path) -> None:
    if case.suffix == ".xml":
        body = case.read_text("utf-8")
        documents = [read(docx_file(body, namespace=namespace)) for namespace in (TRANSITIONAL, STRICT)]
    else:
        documents = [read(case.read_bytes()), read(case.read_text("utf-8"))]
    expected = case.with_suffix(".lines").read_text("utf-8")
    assert [written(document) for document in documents] == [expected, expected]


def test_there_are_cases() -> None:
    assert len([case for case in CASES if case.suffix == ".html"]) >= 10
    assert len([case for case in CASES if case.suffix == ".xml"]) >= 10
    stems = {case.with_suffix("") for case in CASES}
    assert {path.with_suffix("") for folder in ("html", "docx") for path in (HERE / folder).glob("*.lines")} == stems
