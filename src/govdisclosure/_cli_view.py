"""A person's view of one report: what it is, its sections and tables, and what is doubted about them."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from govdisclosure._cli_console import cells_of, counted, severity_text
from govdisclosure._cli_tables import LEGEND, draw_tables, signs_used
from govdisclosure._labels import SECTION_TITLES
from govdisclosure.records import CellState, Diagnostic, Report, Section, Severity

_TITLE: Final = Style(bold=True)
_FAINT: Final = Style(dim=True)
_STATE_WORDS: Final[dict[CellState, str]] = {
    CellState.PRESENT: "with a value",
    CellState.BLANK: "blank",
    CellState.PLACEHOLDER: "with a placeholder",
    CellState.INFERRED: "inferred",
    CellState.LOST: "lost",
}


def show_report(console: Console, name: str, report: Report) -> None:
    """Write ``report``, read from the file ``name``, to ``console``."""
    _show_identity(console, name, report)
    tables = dict(draw_tables(report, console.width))
    for section in report.sections:
        console.print()
        _show_section(console, section)
        if section.name in tables:
            console.print(tables.pop(section.name))
    for title, table in tables.items():
        console.print()
        console.print(Text(title, style=_TITLE))
        console.print(table)
    _show_extra_rows(console, report)
    console.print()
    _show_diagnostics(console, name, report)


def _show_identity(console: Console, name: str, report: Report) -> None:
    console.print(Text(report.title or "(no title found)", style=_TITLE))
    facts = {
        "file": name,
        "agency": report.agency or "not found",
        "year": "not found" if report.year is None else str(report.year),
        "form": f"the form of {report.form}",
    }
    if report.published is not None:
        facts["published"] = report.published.isoformat()
    if report.publisher:
        facts["publisher"] = report.publisher
    for label, fact in facts.items():
        console.print(Text.assemble((f"  {label:<10}", _FAINT), fact))


def _show_section(console: Console, section: Section) -> None:
    heading = Text(section.title or SECTION_TITLES.get(section.name, section.name), style=_TITLE)
    if section.span is None and not section.text:
        heading.append("  not in the document", style=_FAINT)
    if section.text:
        heading.append(f"  {counted(len(section.text), 'character')}", style=_FAINT)
    console.print(heading)
    if section.text:
        first = Text(f"  {section.text.splitlines()[0]}", style=_FAINT)
        console.print(first, no_wrap=True, overflow="ellipsis")


def _show_extra_rows(console: Console, report: Report) -> None:
    if not report.extra_rows:
        return
    console.print()
    console.print(Text("Rows the form does not have", style=_TITLE))
    for row in report.extra_rows:
        place = f"  ({row.span})" if row.span is not None else ""
        console.print(Text.assemble(f"  {row.label}: ", " | ".join(row.raw), (place, _FAINT)))


def _show_diagnostics(console: Console, name: str, report: Report) -> None:
    doubts = [d for d in report.diagnostics if d.severity is not Severity.INFO]
    repairs = len(report.diagnostics) - len(doubts)
    for sign in signs_used(report):
        console.print(Text(f"{sign} {LEGEND[sign]}", style=_FAINT))
    for diagnostic in doubts:
        console.print(_diagnostic_text(report, diagnostic))
    console.print(_summary(report))
    if report.diagnostics:
        what = f"{counted(len(doubts), 'doubt')} and {counted(repairs, 'certain repair')}"
        console.print(Text(f"{what}: govdisclosure explain {name}", style=_FAINT))


def _diagnostic_text(report: Report, diagnostic: Diagnostic) -> Text:
    number = len(cells_of(report, diagnostic))
    cells = f" ({counted(number, 'cell')})" if number else ""
    return Text.assemble(
        severity_text(diagnostic.severity),
        f" {diagnostic.code}",
        (f" {diagnostic.span}: " if diagnostic.span is not None else ": ", _FAINT),
        diagnostic.message,
        (cells, _FAINT),
    )


def _summary(report: Report) -> Text:
    states = [cell.state for _, cell in report.table_cells]
    counts = ((states.count(state), words) for state, words in _STATE_WORDS.items())
    parts = [f"{count} {words}" for count, words in counts if count]
    doubtful = sum(path in report.doubts() for path, _ in report.table_cells)
    return Text(f"{counted(len(states), 'cell')}: {', '.join(parts)}; {doubtful or 'none'} doubtful")
