"""``govdisclosure explain``: every repair and doubt with the lines it concerns, what was made of them and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain, groupby
from typing import Final

import click
from rich.console import Console
from rich.style import Style
from rich.text import Text

from govdisclosure._cli_console import cells_of, counted, make_console, severity_text
from govdisclosure._cli_sources import CLEAN, read_reports, says, worst
from govdisclosure._cli_tables import cell_text
from govdisclosure._diagnostics import CODES
from govdisclosure._labels import cell_label, column_label, row_labels, row_of
from govdisclosure.records import Diagnostic, Report, Severity, Span

_FAINT: Final = Style(dim=True)
_MARKED: Final = Style(bold=True)
_INDENT: Final = 5
_MOST_LINES: Final = 12


@click.command("explain")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def explain_command(files: tuple[str, ...]) -> None:
    """Show each repair and doubt in order, and why.

    Each comes with the lines as they stand and with what was made of them; "-" reads standard input.
    Exit status: 0 clean, 1 doubts, 2 something could not be read.
    """
    console, complaints = make_console(), make_console(stderr=True)
    status = CLEAN
    for source, result in read_reports(files):
        name = click.format_filename(source.name)
        if isinstance(result, Report):
            explain_report(console, name, result, source.lines())
        else:
            complaints.print(Text.assemble((f"{name}: ", "bold"), says(result)))
        status = worst(status, result)
    sys.exit(status)


def explain_report(console: Console, name: str, report: Report, lines: tuple[str, ...]) -> None:
    """Write the explanation; ``lines`` are the source's, empty where it is not text."""
    console.print(Text(f"{name}: {report.title or '(no title found)'}", style=_MARKED))
    if not report.diagnostics:
        console.print("Read as it stands: nothing was repaired and nothing is doubted.")
    for number, diagnostic in enumerate(report.diagnostics, start=1):
        console.print()
        console.print(
            Text.assemble(
                (f"{number}. ", _MARKED),
                severity_text(diagnostic.severity),
                f" {_named(diagnostic.code)}",
                (f"  {diagnostic.span}" if diagnostic.span is not None else "", _FAINT),
            )
        )
        for heading, body in _parts(report, diagnostic, lines):
            console.print(Text(f"   {heading}", style=_FAINT))
            for text in body:
                _print_indented(console, text)


def _print_indented(console: Console, text: Text) -> None:
    for line in text.wrap(console, max(console.width - _INDENT, 10), overflow="fold"):
        line.rstrip()
        line.pad_left(_INDENT)
        console.print(line)


def _parts(report: Report, diagnostic: Diagnostic, lines: tuple[str, ...]) -> Iterator[tuple[str, list[Text]]]:
    source = _raw_lines(report, diagnostic, lines)
    if source:
        yield "the source", source
    if cells_of(report, diagnostic):
        yield "what was made of it", list(_rows_made(report, diagnostic))
    code = CODES.get(diagnostic.code)
    yield "why", [Text(diagnostic.message)] + ([Text(code.meaning, style=_FAINT)] if code else [])
    if code and diagnostic.severity is not Severity.INFO:
        yield "what to do", [Text(code.advice)]


def _named(code: str) -> str:
    return f"{code} {CODES[code].name}" if code in CODES else code


def _raw_lines(report: Report, diagnostic: Diagnostic, lines: tuple[str, ...]) -> list[Text]:
    """The lines of the place and of the cells named, with a neighbour on each side; without lines the characters."""
    spans = [diagnostic.span, *(report.cell(path).span for path in cells_of(report, diagnostic))]
    concerned = sorted(set(chain.from_iterable(_line_numbers(span, lines) for span in spans if span is not None)))
    if not concerned:
        text = diagnostic.span.text if diagnostic.span is not None else ""
        return [Text(line) for line in text.splitlines()]
    shown = concerned[:_MOST_LINES]
    around = sorted({n for line in shown for n in range(line - 1, line + 2) if 1 <= n <= len(lines)})
    width = len(str(around[-1]))
    found: list[Text] = []
    for number, before in zip(around, [around[0] - 1, *around], strict=False):
        if number > before + 1:
            found.append(Text("  ⋮", style=_FAINT))
        mark, style = (">", _MARKED) if number in shown else (" ", _FAINT)
        found.append(Text(f"{mark} {number:>{width}} │ {_visible(lines[number - 1])}", style))
    if len(concerned) > len(shown):
        found.append(Text(f"  … and {counted(len(concerned) - len(shown), 'line')} more", style=_FAINT))
    return found


def _line_numbers(span: Span, lines: tuple[str, ...]) -> range:
    """The lines the span covers, if it counts lines: formats other than text count paragraphs or have pages."""
    if span.line is None or not _stands_there(span, lines):
        return range(0)
    return range(span.line, min(span.end_line or span.line, len(lines)) + 1)


def _stands_there(span: Span, lines: tuple[str, ...]) -> bool:
    """Whether the span's line is one of these: formats other than text count paragraphs instead."""
    if span.line is None or not 1 <= span.line <= len(lines):
        return False
    first = next(iter(span.text.split("\n")), "")
    return "".join(first.split()) in "".join(lines[span.line - 1].split())


def _visible(line: str) -> str:
    """Tabs drawn, since which cells a line has may hang on them."""
    return line.rstrip("\r\n").replace("\t", "→")


def _rows_made(report: Report, diagnostic: Diagnostic) -> Iterator[Text]:
    form = str(report.form)
    doubt = None if diagnostic.severity is Severity.INFO else diagnostic.severity
    for _row, group in groupby(cells_of(report, diagnostic), key=row_of):
        paths = list(group)
        if len(paths) == 1:
            yield Text.assemble(f"{cell_label(form, paths[0])}: ", _shown(report, paths[0], doubt))
            continue
        line = Text(" / ".join(row_labels(form, paths[0])[1:]) + ": ")
        line.append_text(
            Text(", ").join(
                Text.assemble((f"{column_label(form, path)} ", _FAINT), _shown(report, path, doubt)) for path in paths
            )
        )
        yield line


def _shown(report: Report, path: str, doubt: Severity | None) -> Text:
    cell = report.cell(path)
    return cell_text(cell, doubt) if cell.value is not None or cell.raw or doubt else Text("(blank)", style=_FAINT)
