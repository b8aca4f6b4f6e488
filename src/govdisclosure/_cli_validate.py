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
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import govdisclosure
from govdisclosure._findings import Finding, ValidationResult
from govdisclosure._rule import Rule
from govdisclosure._rules import FAMILIES, RULES
from govdisclosure._sarif import sarif_log
from govdisclosure._series import SeriesResult, validate_series
from govdisclosure._validation import validate
from govdisclosure.errors import ParseError
from govdisclosure.records import Report, Severity, Span

_SUFFIXES = frozenset([".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".json"])
_GRADES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
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

FAILED, UNREADABLE = 1, 2


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
    chosen, refused, regraded = _codes(select), _codes(ignore), _grades(grades)
    try:
        if source.is_dir():
            if previous or published:
                raise click.UsageError("--previous and --published are for a single report; a folder pairs its years")
            series, unreadable = _validate_folder(source, chosen, refused)
            results = [(entry.name, entry.result.regrade(regraded)) for entry in series.entries]
        else:
            series, unreadable = SeriesResult((), ()), []
            report, before = _load(source), _load(previous) if previous else None
            result = validate(report, before, published=published, select=chosen, ignore=refused)
            results = [(source.as_posix(), result.regrade(regraded))]
    except ParseError as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for name, message in unreadable:
        click.echo(f"{name}: {message}", err=True)
    for note in series.notes:
        click.echo(note, err=True)
    if sarif:
        _write_json(sarif_log(results, RULES, govdisclosure.__version__, lang))
    elif as_json:
        _write_json(_as_json(results, series))
    else:
        _print(results, series, lang, verbose)
    if not all(result.ok for _, result in results):
        sys.exit(FAILED)
    if unreadable:
        sys.exit(UNREADABLE)


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
        table.add_row(rule.code, name, f"[{_COLOURS[rule.severity]}]{rule.severity}[/]", escape(meaning))
    _console().print(table)


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


def _load(path: Path) -> Report:
    if path.suffix.lower() == ".json":
        try:
            return Report.from_dict(json.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise ParseError(str(error), where=str(path), advice="Write it with Report.to_dict.") from error
    return govdisclosure.parse(path)


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
                    reports.append((path.as_posix(), _load(path)))
                except ParseError as error:
                    unreadable.append((path.as_posix(), str(error)))
    if not reports:
        raise ParseError("The folder holds no report that can be read.", where=str(folder))
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


def _console() -> Console:
    # A terminal wraps by itself; a pipe gets whole lines, so that file:line:column stays one word to grep for.
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 10_000)


def _print(results: Sequence[tuple[str, ValidationResult]], series: SeriesResult, lang: str, verbose: bool) -> None:
    console, words = _console(), _WORDS[lang]
    found = [(name, finding) for name, result in results for finding in result.findings]
    for grade in _GRADES:
        graded = [(name, finding) for name, finding in found if finding.severity is grade]
        if graded:
            console.print(f"[{_COLOURS[grade]}]{words[str(grade)]} ({len(graded)})[/]")
        for name, finding in graded:
            console.print(f"{escape(_place(name, finding))}: [{_COLOURS[grade]}]{finding.code}[/] ", end="")
            console.print(escape(finding.text(lang)))
            if finding.quote:
                console.print(f"    [dim]{escape(finding.quote)}[/]")
    if not found:
        console.print(words["none"])
    for name, result in results:
        if result.not_assessable:
            codes = ", ".join(dict.fromkeys(n.code for n in result.not_assessable))
            console.print(f"[dim]{escape(name)}: {len(result.not_assessable)} {words['unclear']} ({codes})[/]")
            for unclear in result.not_assessable if verbose else ():
                console.print(f"    [dim]{unclear.code} {escape(unclear.text(lang))}[/]")
    if series.unmatched:
        console.print(f"[dim]{words['unmatched']}:[/]")
        for left in series.unmatched:
            console.print(f"    [dim]{escape(left.name)}: {escape(left.reason_zh if lang == 'zh' else left.reason)}[/]")


def _place(name: str, finding: Finding) -> str:
    span = next(iter(finding.spans), None)
    return name if span is None else _place_of(name, span)


def _place_of(name: str, span: Span) -> str:
    if span.line is not None and span.page is None and span.table is None:
        return f"{name}:{span.line}:{span.column or 1}"
    return f"{name} ({span})" if str(span) != "unknown place" else name
