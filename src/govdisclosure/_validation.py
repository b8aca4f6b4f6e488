"""``validate``: runs the catalogue over a report's records."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from govdisclosure._findings import Finding, NotAssessable, ValidationResult, code_filter, stable_id
from govdisclosure._rule import Context, Found, Rule, Thresholds, Unclear
from govdisclosure._rules import RULES
from govdisclosure.records import Diagnostic, Report, Span

Codes = Iterable[str] | str | None


def validate(
    report: Report,
    previous: Report | None = None,
    children: Iterable[Report | None] = (),
    published: datetime.date | None = None,
    select: Codes = None,
    ignore: Codes = None,
    *,
    thresholds: Thresholds | None = None,
) -> ValidationResult:
    """Checks a report the way an auditor would: its sums, its form, its prose, and itself against others.

    ``previous`` is last year's report of the same agency, ``children`` the reports of the bodies below it (``None``
    for one that is missing), ``published`` the date of publication (default: the one the page stated). ``select`` and
    ``ignore`` take codes or their beginnings (``"T"``, ``["Y3", "N401"]``); ``gd.RULES`` lists them.

    A rule holds (and says nothing), fails (``result.findings``), or can't be assessed because an operand is blank,
    lost or doubted by ``parse`` (``result.not_assessable``). Rules whose counterpart was not given are listed in
    ``result.skipped``. Raises ``ValueError`` for a code that no rule bears, ``TypeError`` for what is no report or no date.
    """
    for given in (report, *((previous,) if previous is not None else ())):
        if not isinstance(given, Report):
            raise TypeError(f"validate takes reports, not {type(given).__name__}; parse the source first")
    context = Context(
        report, previous, tuple(children), _date(published or report.published), thresholds or Thresholds()
    )
    return run_rules(context, select, ignore)


def run_rules(
    context: Context, select: Codes = None, ignore: Codes = None, rules: Mapping[str, Rule] = RULES
) -> ValidationResult:
    """Runs the rules chosen over a context, in the catalogue's order."""
    chosen, skipped = _chosen(_known(select, rules), _known(ignore, rules), _given(context), rules)
    seen: dict[str, int] = {}
    findings: list[Finding] = []
    unclear: list[NotAssessable] = []
    for rule in chosen:
        code, name = rule.code, rule.name
        for draft in rule.check(context):
            if isinstance(draft, Unclear):
                spans = draft.spans if draft.spans is not None else _spans(draft.paths, context)
                unclear.append(NotAssessable(code, name, draft.reason, draft.reason_zh, draft.paths, spans))
            else:
                findings.append(_finding(rule, draft, context, seen))
    return ValidationResult(tuple(findings), tuple(unclear), skipped)


Choice: TypeAlias = tuple[tuple[Rule, ...], tuple[str, ...]]
"""The rules to run, and the codes of those that lack their counterpart."""


def _chosen(
    select: tuple[str, ...] | None, ignore: tuple[str, ...] | None, given: frozenset[str], rules: Mapping[str, Rule]
) -> Choice:
    if select is None and ignore is None and rules is RULES:
        return _whole_catalogue(given)
    wanted = code_filter(select, ignore)
    return _choice([rule for rule in rules.values() if wanted(rule.code)], given)


@cache
def _whole_catalogue(given: frozenset[str]) -> Choice:
    return _choice(RULES.values(), given)


def _choice(rules: Iterable[Rule], given: frozenset[str]) -> Choice:
    known = [rule for rule in rules if not rule.deprecated]
    return (
        tuple([rule for rule in known if rule.needs in given]),
        tuple([rule.code for rule in known if rule.needs not in given]),
    )


def _known(codes: Codes, rules: Mapping[str, Rule]) -> tuple[str, ...] | None:
    """The codes asked for, withdrawn ones replaced by their successors."""
    if codes is None:
        return None
    asked = (codes,) if isinstance(codes, str) else tuple(codes)
    for code in asked:
        if not code or not any(known.startswith(code) for known in rules):
            raise ValueError(f"no rule's code begins with {code!r}; the families are T, X, Y, N, F and P")
    return tuple((rules[code].redirect or code) if code in rules else code for code in asked)


def _given(context: Context) -> frozenset[str]:
    """What is there beside the report, in the words of ``Rule.needs``."""
    given = {
        "": True,
        "previous": context.previous is not None,
        "children": bool(context.children),
        "published": context.published is not None,
        "series": context.likenesses is not None,
    }
    return frozenset(name for name, there in given.items() if there)


def _finding(rule: Rule, draft: Found, context: Context, seen: dict[str, int]) -> Finding:
    doubtful = tuple(path for path in draft.paths if path in context.doubts)
    spans = _spans(draft.paths, context) + draft.spans
    places = _places(spans)
    message = draft.message + (f" ({places[0]})" if places else "")
    message_zh = draft.message_zh + (f"（{places[1]}）" if places else "")
    if doubtful:
        codes = _codes([d for path in doubtful for d in context.doubts[path]])
        message += f"; the reading is doubtful ({codes}): this may be the extraction's error, not the report's"
        message_zh += f"；该处读取存疑（{codes}），可能是提取错误而非报告错误"
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=draft.severity or rule.severity,
        message=message,
        message_zh=message_zh,
        paths=draft.paths,
        left=draft.left,
        right=draft.right,
        quote=draft.quote,
        spans=spans,
        doubtful=doubtful,
        id=_id(rule.code, draft.key or " ".join(draft.paths), seen),
    )


def _id(code: str, concerned: str, seen: dict[str, int]) -> str:
    """An id that tells findings apart: those on the same thing are numbered in order, counted in ``seen``."""
    key = f"{code} {concerned}"
    seen[key] = seen.get(key, 0) + 1
    return stable_id(code, concerned if seen[key] == 1 else f"{concerned} #{seen[key]}")


def _spans(paths: tuple[str, ...], context: Context) -> tuple[Span, ...]:
    cells = context.cells
    found = [cell.span for path in paths if (cell := cells.get(path)) is not None]
    return tuple([span for span in found if span is not None])


def _places(spans: tuple[Span, ...]) -> tuple[str, str] | None:
    """Where it stands, in words: the lines of a text, else the first places as they are."""
    lines = list(dict.fromkeys(span.line for span in spans if span.line is not None and span.page is None))
    if lines:
        shown = ", ".join(map(str, lines[:4])) + (", …" if len(lines) > 4 else "")
        return f"line {shown}", f"第{shown.replace(', ', '、')}行"
    named = list(dict.fromkeys(map(str, spans)))[:2]
    return ("; ".join(named), "；".join(named)) if named else None


def _codes(diagnostics: Iterable[Diagnostic]) -> str:
    return ", ".join(dict.fromkeys(diagnostic.code for diagnostic in diagnostics))


def _date(moment: datetime.date | None) -> datetime.date | None:
    if moment is not None and not isinstance(moment, datetime.date):
        raise TypeError(f"published takes a datetime.date, not {type(moment).__name__}")
    return moment.date() if isinstance(moment, datetime.datetime) else moment
