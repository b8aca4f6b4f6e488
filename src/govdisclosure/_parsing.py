"""``parse``: a source becomes a report. The whole pipeline, one call after another."""

from __future__ import annotations

import os

from govdisclosure._diagnostics import READER_NOTES, Notebook
from govdisclosure._reading import read
from govdisclosure.errors import DoubtfulReport
from govdisclosure.records import Form, Report, Severity

_FORMS = {str(form): form for form in Form}


def parse(
    source: str | bytes | os.PathLike[str],
    *,
    format: str | None = None,
    form: Form | str | None = None,
    strict: bool = False,
) -> Report:
    """Read a yearly open-government report (政府信息公开工作年度报告) into typed records.

    ``source`` is the text or markup itself (``str``), a file's content (``bytes``), or a file (``os.PathLike``).
    ``format`` (``"text"``, ``"html"``, ``"docx"``, ``"pdf"``) and ``form`` (``"2019"``, ``"2021"``) are told from the
    content; pass them to overrule that. With ``strict=True`` the first doubt is raised as ``DoubtfulReport``.

    Counts are in cases or documents (件), amounts in 万元. A value is what the source states, or ``None``; whatever
    was repaired or is doubted stands in ``Report.diagnostics``.

    Raises ``NotAReport`` and ``UnsupportedForm`` if the source is no report on a known form, ``UnreadableSource`` if
    it can't be read, ``MissingExtra`` if an optional library is absent, ``LimitExceeded`` if it is too large: all of
    them ``ParseError``.
    """
    # The stages, and lark with them, are imported with the first report, not before.
    from govdisclosure._choosing import choose_form
    from govdisclosure._grammar import assemble, definitions
    from govdisclosure._layout import lay_out

    notebook = Notebook()
    document = read(source, format)
    for name, message in document.notes:
        notebook.add(READER_NOTES[name], message)
    text = "\n".join(line.text for line in document.lines)
    definition = choose_form(text, definitions(), str(form) if form is not None else None, notebook)
    layout = lay_out(document, definition, notebook)
    report = Report(
        title=layout.identity.title,
        agency=layout.identity.agency,
        year=layout.identity.year,
        form=_FORMS.get(definition.code, definition.code),
        sections=layout.sections,
        table_cells=assemble(definition, layout.rows),
        extra_rows=layout.extra_rows,
        diagnostics=tuple(notebook.entries),
        published=document.published,
        publisher=document.publisher,
    )
    if strict:
        _raise_doubts(report)
    return report


def _raise_doubts(report: Report) -> None:
    doubts = tuple(d for d in report.diagnostics if d.severity is not Severity.INFO)
    if doubts:
        first = doubts[0]
        raise DoubtfulReport(first.message, where=str(first.span or ""), diagnostics=doubts)
