"""Many reports as a series: years of the same agency are paired, copying between agencies is looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from attrs import frozen

from govdisclosure._findings import ValidationResult, code_filter
from govdisclosure._rule import Context, Likeness, Thresholds
from govdisclosure._validation import Codes, run_rules
from govdisclosure.errors import MissingExtra
from govdisclosure.records import Report


@frozen
class SeriesEntry:
    """One report of a series: the name it was given under, the name of last year's report, and what was found."""

    name: str
    report: Report
    previous: str | None
    result: ValidationResult


@frozen
class Unmatched:
    """A report that could not be paired with last year's, and why. A renamed agency is reported, not guessed."""

    name: str
    agency: str | None
    year: int | None
    reason: str
    reason_zh: str


@frozen
class SeriesResult:
    """What ``validate_series`` found. ``notes`` tells of checks that could not run for want of an optional library."""

    entries: tuple[SeriesEntry, ...]
    unmatched: tuple[Unmatched, ...]
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no error-level finding stands in any report."""
        return all(entry.result.ok for entry in self.entries)


def validate_series(
    reports: Iterable[tuple[str, Report]],
    select: Codes = None,
    ignore: Codes = None,
    *,
    thresholds: Thresholds | None = None,
) -> SeriesResult:
    """Validates many reports, each against its agency's report of the year before where that is among them.

    ``reports`` are pairs of a name (a file's) and a report. Copied prose (Y307) needs the extra ``series``: without it
    the rule is skipped with a note, or, if it was selected by its code, ``MissingExtra`` is raised.
    """
    named = list(reports)
    limits = thresholds or Thresholds()
    pairs, unmatched = pair_years(named)
    likenesses, notes = _likenesses(named, select, ignore, limits)
    entries = []
    for number, (name, report) in enumerate(named):
        before = pairs.get(number)
        context = Context(
            report,
            previous=named[before][1] if before is not None else None,
            published=report.published,
            thresholds=limits,
            likenesses=likenesses[number] if likenesses is not None else None,
        )
        result = run_rules(context, select, ignore)
        entries.append(SeriesEntry(name, report, named[before][0] if before is not None else None, result))
    return SeriesResult(tuple(entries), unmatched, notes)


def pair_years(named: Sequence[tuple[str, Report]]) -> tuple[dict[int, int], tuple[Unmatched, ...]]:
    """For each report (by its place) last year's of the same agency, and the reports that have none but should."""
    places: dict[tuple[str, int], list[int]] = {}
    for number, (_, report) in enumerate(named):
        if report.agency and report.year is not None:
            places.setdefault((_key(report.agency), report.year), []).append(number)
    years = {year for _, year in places}
    pairs: dict[int, int] = {}
    unmatched: list[Unmatched] = []
    for number, (name, report) in enumerate(named):
        problem: tuple[str, str] | None = None
        if not report.agency or report.year is None:
            problem = "its agency or year is not known", "机关或年份不明"
        elif len(places[_key(report.agency), report.year]) > 1:
            problem = (
                f"there is more than one report of this agency for {report.year}",
                f"同一机关{report.year}年报告不止一份",
            )
        else:
            before = places.get((_key(report.agency), report.year - 1), [])
            if len(before) == 1:
                pairs[number] = before[0]
            elif before:
                problem = (
                    f"there is more than one report of this agency for {report.year - 1}",
                    f"同一机关{report.year - 1}年报告不止一份",
                )
            elif report.year - 1 in years:
                problem = (
                    f"no report for {report.year - 1} bears this agency's name (renamed, or not in the series)",
                    f"没有同名机关{report.year - 1}年的报告（可能已更名或未收录）",
                )
        if problem:
            unmatched.append(Unmatched(name, report.agency, report.year, *problem))
    return pairs, tuple(unmatched)


def _key(agency: str) -> str:
    return "".join(unicodedata.normalize("NFKC", agency).split())


def _likenesses(
    named: Sequence[tuple[str, Report]], select: Codes, ignore: Codes, limits: Thresholds
) -> tuple[list[tuple[Likeness, ...]] | None, tuple[str, ...]]:
    if not code_filter(select, ignore)("Y307"):
        return None, ()
    try:
        from govdisclosure._copied_prose import find_likenesses
    except MissingExtra as missing:
        if select is not None and "Y307" in ((select,) if isinstance(select, str) else tuple(select)):
            raise
        return None, (str(missing),)
    return find_likenesses(named, limits.copied_prose), ()
