"""The commands ``validate`` and ``rules``."""

from __future__ import annotations

import datetime
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from rich.text import Text

from govdisclosure import __version__
from govdisclosure._cli_console import STYLES, make_console
from govdisclosure._cli_sources import NOT_READ, NamedSource, says
from govdisclosure._findings import Finding, ValidationResult
from govdisclosure._rule import Rule
from govdisclosure._rules import FAMILIES, RULES
from govdisclosure._sarif import sarif_log
from govdisclosure._series import SeriesResult, validate_series
from govdisclosure._validation import validate
from govdisclosure.errors import ParseError, UnreadableSource
from govdisclosure.records import Report, Severity, Span

_SUFFIXES = frozenset([".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".json"])
_GRADES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_WORDS = {
    "en": {
        "error": "Errors", "warning": "Warnings", "info": "Remarks", "none": "no findings",
        "unclear": "could not be assessed", "unmatched": "Not compared with the year before",
    },
    "zh": {
        "error": "错误", "warning": "警告", "info": "提示", "none": "未发现问题",
        "unclear": "项无法判断", "unmatched": "未能与上年比较",
    },
}  # fmt: skip

FAILED = 1


@click.command("validate")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--previous", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Last year's report.")
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The date of publication, if the page has none.")
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes or families, as T,Y301. Repeatable.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes or families. Repeatable.")
@click.option("--severity", "grades", multiple=True, metavar="CODE=GRADE", help="Re-grade, as T112=info. Repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--sarif", is_flag=True, help="Write SARIF 2.1.0, for editors and code review.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of messages.")
@click.option("-v", "--verbose", is_flag=True, help="List what could not be assessed, too.")
def validate_command(
    source: Path,
    previous: Path | None,
    published: datetime.datetime | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    grades: tuple[str, ...],
    as_json: bool,
    sarif: bool,
    lang: str,
    verbose: bool,
) -> None:
    """Check a report, or a folder of reports as a series of years.

    Exit code 1 if an error-level finding stands, 2 if a file can't be read.
    """
    if as_json and sarif:
        raise click.UsageError("--json and --sarif exclude each other")
    complaints = make_console(stderr=True)
    chosen, refused, regraded = _codes(select), _codes(ignore), _grades(grades)
    try:
        if source.is_dir():
            if previous or published:
                raise click.UsageError("--previous and --published are for a single report; a folder pairs its years")
            series, unreadable = _validate_folder(source, chosen, refused)
            results = [(entry.name, entry.result.regrade(regraded)) for entry in series.entries]
        else:
            series, unreadable = SeriesResult((), ()), []
            report = NamedSource.open(str(source)).report()
            before = NamedSource.open(str(previous)).report() if previous else None
            result = validate(report, before, published=published, select=chosen, ignore=refused)
            results = [(source.as_posix(), result.regrade(regraded))]
    except (ParseError, OSError) as error:
        complaints.print(Text.assemble((f"{click.format_filename(source)}: ", "bold"), says(error)))
        sys.exit(NOT_READ)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for name, message in unreadable:
        complaints.print(Text.assemble((f"{name}: ", "bold"), message))
    for note in series.notes:
        complaints.print(note)
    if sarif:
        _write_json(sarif_log(results, RULES, __version__, lang))
    elif as_json:
        _write_json(_as_json(results, series))
    else:
        _print(results, series, lang, verbose)
    if not all(result.ok for _, result in results):
        sys.exit(FAILED)
    if unreadable:
        sys.exit(NOT_READ)


@click.command("rules")
@click.argument("codes", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def rules_command(codes: tuple[str, ...], as_json: bool, lang: str) -> None:
    """List the rules of validate, all or those whose codes begin with CODES."""
    rules = [rule for rule in RULES.values() if not codes or rule.code.startswith(codes)]
    if not rules:
        raise click.UsageError(f"no rule's code begins with {' or '.join(codes)}")
    if as_json:
        _write_json([rule_to_dict(rule) for rule in rules])
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("code", "name", "severity", "meaning"):
        table.add_column(heading, no_wrap=heading in ("code", "severity"))
    for rule in rules:
        meaning = rule.meaning_zh if lang == "zh" else rule.meaning
        name = rule.name_zh if lang == "zh" else rule.name
        table.add_row(rule.code, name, Text(str(rule.severity), style=STYLES[rule.severity]), meaning)
    make_console().print(table)


def rule_to_dict(rule: Rule) -> dict[str, Any]:
    """A rule of the catalogue in JSON's own types."""
    family, family_zh = FAMILIES[rule.family]
    return {
        "code": rule.code, "name": rule.name, "name_zh": rule.name_zh, "family": family, "family_zh": family_zh,
        "severity": str(rule.severity), "grades": rule.grades, "meaning": rule.meaning, "meaning_zh": rule.meaning_zh,
        "formula": rule.formula, "basis": rule.basis, "fires": rule.fires, "silent": rule.silent, "needs": rule.needs,
        "since": rule.since, "deprecated": rule.deprecated, "redirect": rule.redirect,
    }  # fmt: skip


def _codes(given: Iterable[str]) -> list[str] | None:
    return [code.strip() for codes in given for code in codes.split(",") if code.strip()] or None


def _grades(given: Iterable[str]) -> dict[str, Severity]:
    grades = {}
    for text in given:
        code, _, grade = text.partition("=")
        if grade not in Severity.__members__.values() or not any(known.startswith(code) for known in RULES):
            raise click.UsageError(f"--severity takes CODE=GRADE with a grade of info, warning or error, not {text!r}")
        grades[code] = Severity(grade)
    return grades


def _validate_folder(
    folder: Path, select: list[str] | None, ignore: list[str] | None
) -> tuple[SeriesResult, list[tuple[str, str]]]:
    reports: list[tuple[str, Report]] = []
    unreadable: list[tuple[str, str]] = []
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(root, name)
            if path.suffix.lower() in _SUFFIXES:
                try:
                    reports.append((path.as_posix(), NamedSource.open(str(path)).report()))
                except (ParseError, OSError) as error:
                    unreadable.append((path.as_posix(), says(error)))
    if not reports:
        raise UnreadableSource("The folder holds no report that can be read.", where=str(folder))
    return validate_series(reports, select, ignore), unreadable


def _as_json(results: Sequence[tuple[str, ValidationResult]], series: SeriesResult) -> dict[str, Any]:
    previous = {entry.name: entry.previous for entry in series.entries}
    return {
        "ok": all(result.ok for _, result in results),
        "reports": [{"file": name, "previous": previous.get(name), **result.to_dict()} for name, result in results],
        "unmatched": [
            {"file": u.name, "agency": u.agency, "year": u.year, "reason": u.reason, "reason_zh": u.reason_zh}
            for u in series.unmatched
        ],
        "notes": list(series.notes),
    }


def _write_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _print(results: Sequence[tuple[str, ValidationResult]], series: SeriesResult, lang: str, verbose: bool) -> None:
    console, words = make_console(), _WORDS[lang]
    found = [(name, finding) for name, result in results for finding in result.findings]
    for grade in _GRADES:
        graded = [(name, finding) for name, finding in found if finding.severity is grade]
        if graded:
            console.print(Text(f"{words[str(grade)]} ({len(graded)})", style=STYLES[grade]))
        for name, finding in graded:
            place, code = f"{_place(name, finding)}: ", (finding.code, STYLES[grade])
            console.print(Text.assemble(place, code, " ", finding.text(lang)))
            if finding.quote:
                console.print(Text(f"    {finding.quote}", style="dim"))
    if not found:
        console.print(words["none"])
    for name, result in results:
        if result.not_assessable:
            codes = ", ".join(dict.fromkeys(n.code for n in result.not_assessable))
            summary = f"{name}: {len(result.not_assessable)} {words['unclear']} ({codes})"
            console.print(Text(summary, style="dim"))
            for unclear in result.not_assessable if verbose else ():
                console.print(Text(f"    {unclear.code} {unclear.text(lang)}", style="dim"))
    if series.unmatched:
        console.print(Text(f"{words['unmatched']}:", style="dim"))
        for left in series.unmatched:
            console.print(Text(f"    {left.name}: {left.reason_zh if lang == 'zh' else left.reason}", style="dim"))


def _place(name: str, finding: Finding) -> str:
    span = next(iter(finding.spans), None)
    return name if span is None else _place_of(name, span)


def _place_of(name: str, span: Span) -> str:
    if span.line is not None and span.page is None and span.table is None:
        return f"{name}:{span.line}:{span.column or 1}"
    return f"{name} ({span})" if str(span) != "unknown place" else name
