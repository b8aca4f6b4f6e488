"""What holds of every report, whatever its source was."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable

import govdisclosure as gd
from govdisclosure import CellState, Report
from govdisclosure._decoding import join_surrogates, repair_mojibake
from govdisclosure._grammar import definitions
from govdisclosure._sniffing import is_markup
from tests.support.comparing import span_problems

PATHS = {definition.code: frozenset(definition.cell_paths) for definition in definitions()}
NAMED_BESIDES = frozenset(
    [*(section.name for definition in definitions() for section in definition.sections), "title", "agency", "year"]
)
ONE_OF = 16
"""One input of so many is read a second time, to see that reading it again gives the same."""


class Broken(AssertionError):
    """Something that holds of every report does not hold of this one."""


def check_source(source: str | bytes, format: str | None = None) -> None:
    """Read a source and check what comes of it; a refusal by an error of the library's own is well."""
    chosen = zlib.crc32(source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")) % ONE_OF == 0
    try:
        report = gd.parse(source, format=format)
    except gd.ParseError as error:
        expect(bool(error.seen) and bool(str(error)), "an error that says nothing")
        return
    check_report(report, again=(lambda: gd.parse(source, format=format)) if chosen else None)
    if isinstance(source, str) and format != "html" and not is_markup(source):
        problems = span_problems(report, repair_mojibake(join_surrogates(source)[0])[0])
        expect(not problems, "a span that does not spell its value", *problems[:3])


def check_report(report: Report, again: Callable[[], Report] | None = None) -> None:
    """The contract of a report that was parsed."""
    paths = PATHS[str(report.form)]
    expect(report.cells().keys() == paths, "cells other than the form's")
    for diagnostic in report.diagnostics:
        expect(
            (paths | NAMED_BESIDES).issuperset(diagnostic.paths),
            f"{diagnostic.code} names what is no cell",
            diagnostic.paths,
        )
    doubts = report.doubts()
    for path, cell in report.table_cells:
        silent = cell.state in (CellState.LOST, CellState.INFERRED) or (
            cell.state is CellState.PRESENT and cell.value is None
        )
        expect(not silent or path in doubts, f"a cell {cell.state} without a word", path, cell)
    check_record(report)
    if again is not None:
        expect(again() == report, "another report the second time")


def check_record(report: Report) -> None:
    """What holds of any record: it survives JSON, and can be validated, compared and shown."""
    written = report.to_dict()
    read = Report.from_dict(json.loads(json.dumps(written)))
    expect(read == report, "another report after JSON")
    expect(read.to_dict() == written, "other JSON after JSON")
    expect(hash(report) == hash(read), "another hash after JSON")
    expect(report.tables == read.tables, "other tables after JSON")
    gd.validate(report)
    expect(not gd.diff(report, read), "changes between a report and itself")
    repr(report)
    for item in (*report.diagnostics, *report.sections, *(cell for _path, cell in report.table_cells)):
        str(item.span)


def expect(holds: bool, problem: str, *seen: object) -> None:
    if not holds:
        raise Broken(problem, *seen)
