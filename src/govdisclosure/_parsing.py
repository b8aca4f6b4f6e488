"""``parse``: a source becomes a report. The whole pipeline, one call after another."""

from __future__ import annotations

import os

from govdisclosure._choosing import choose_form
from govdisclosure._diagnostics import Notebook
from govdisclosure._grammar import assemble, definitions
from govdisclosure._layout import lay_out
from govdisclosure._segmentation import segment_text
from govdisclosure._source import Document
from govdisclosure.errors import DoubtfulReport, LimitExceeded, NotAReport
from govdisclosure.records import Form, Report, Severity

MAX_CHARACTERS = 20_000_000
"""A text longer than this is refused; a report has 5 to 15 thousand characters."""


def parse(
    source: str | bytes | os.PathLike[str],
    *,
    format: str | None = None,
    form: Form | str | None = None,
    strict: bool = False,
) -> Report:
    """Read a yearly open-government report (政府信息公开工作年度报告) into typed records."""
    notebook = Notebook()
    document = _read(source)
    text = "\n".join(line.text for line in document.lines)
    definition = choose_form(text, definitions(), str(form) if form is not None else None, notebook)
    layout = lay_out(document, definition, notebook)
    cells = assemble(definition, layout.rows)
    report = Report(
        title=layout.identity.title,
        agency=layout.identity.agency,
        year=layout.identity.year,
        form=Form(definition.code) if definition.code in Form.__members__.values() else definition.code,
        sections=layout.sections,
        table_cells=cells,
        extra_rows=layout.extra_rows,
        diagnostics=tuple(notebook.entries),
        published=document.published,
        publisher=document.publisher,
    )
    if strict:
        _raise_doubts(report)
    return report


def _read(source: str | bytes | os.PathLike[str]) -> Document:
    if not isinstance(source, str):
        raise TypeError
    if len(source) > MAX_CHARACTERS:
        raise LimitExceeded("too long")
    if not source.strip():
        raise NotAReport("the source is empty.", advice="Check that it was fetched.")
    return segment_text(source)


def _raise_doubts(report: Report) -> None:
    doubts = tuple(d for d in report.diagnostics if d.severity is not Severity.INFO)
    if doubts:
        raise DoubtfulReport(doubts[0].message, where=str(doubts[0].span or ""), diagnostics=doubts)
