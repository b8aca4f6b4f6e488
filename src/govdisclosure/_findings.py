"""What ``validate`` returns: findings, what could not be assessed and why, and ways to filter and re-grade them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import attrs
from attrs import frozen

from govdisclosure.records import Severity, Span, Value

_MANY_TERMS = 4


@frozen
class Term:
    """One operand of a sum: the cell, its value, and whose it is (``""``: the report's own, ``"previous"``, an agency).

    ``sign`` is -1 where the value is subtracted. ``path`` is empty for a number that the prose states.
    """

    path: str
    value: Value
    sign: int = 1
    of: str = ""


@frozen
class Side:
    """One side of a comparison: its terms and what they come to."""

    terms: tuple[Term, ...]

    @property
    def value(self) -> Value:
        """The sum of the terms; ``None`` if one of them has no value."""
        total: int | Decimal = 0
        for term in self.terms:
            if term.value is None:
                return None
            total += term.sign * term.value
        return total

    def __str__(self) -> str:
        terms = self.terms
        if len(terms) > _MANY_TERMS:
            terms = tuple(term for term in terms if term.value != 0) or terms[:1]
        text = ""
        for term in terms:
            operator = (" - " if text else "-") if term.sign < 0 else (" + " if text else "")
            text += f"{operator}{_plain(term.value)}"
        return text if len(self.terms) <= _MANY_TERMS or len(terms) == 1 else f"{text} = {_plain(self.value)}"


def _plain(value: Value) -> str:
    return "?" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


@frozen
class Finding:
    """A rule that fails.

    ``paths`` are the cells concerned, ``left`` and ``right`` the two sides of the comparison, ``quote`` the sentence
    of the prose. ``doubtful`` lists those of the paths that ``parse`` doubts: there the fault may be the extraction's.
    ``id`` stays the same as long as the same thing is wrong in the same place, whatever the numbers.
    """

    code: str
    name: str
    severity: Severity
    message: str
    message_zh: str
    paths: tuple[str, ...] = ()
    left: Side | None = None
    right: Side | None = None
    quote: str = ""
    spans: tuple[Span, ...] = ()
    doubtful: tuple[str, ...] = ()
    id: str = ""

    def text(self, lang: str = "en") -> str:
        """The message in English (``en``) or Chinese (``zh``)."""
        return self.message_zh if lang == "zh" else self.message


@frozen
class NotAssessable:
    """A check that could be neither passed nor failed, and why: an operand is blank, lost or doubtful."""

    code: str
    name: str
    reason: str
    reason_zh: str
    paths: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    def text(self, lang: str = "en") -> str:
        """The reason in English (``en``) or Chinese (``zh``)."""
        return self.reason_zh if lang == "zh" else self.reason


@frozen
class ValidationResult:
    """What ``validate`` found.

    ``not_assessable`` holds the checks that an operand made undecidable; ``skipped`` the codes of rules that compare
    with something that was not given (last year's report, the children, the date of publication).
    """

    findings: tuple[Finding, ...] = ()
    not_assessable: tuple[NotAssessable, ...] = ()
    skipped: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        """The findings."""
        return iter(self.findings)

    @property
    def ok(self) -> bool:
        """Whether no error-level finding stands."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)

    def filter(
        self,
        select: Iterable[str] | str | None = None,
        ignore: Iterable[str] | str | None = None,
        severity: Severity | str | None = None,
    ) -> ValidationResult:
        """The same with some codes only (codes or prefixes: ``"T"``, ``"Y3"``), or findings of one severity."""
        wanted = code_filter(select, ignore)
        grade = Severity(severity) if severity is not None else None
        return ValidationResult(
            tuple(f for f in self.findings if wanted(f.code) and grade in (None, f.severity)),
            tuple(n for n in self.not_assessable if wanted(n.code)),
            tuple(code for code in self.skipped if wanted(code)),
        )

    def regrade(self, severities: Mapping[str, Severity | str]) -> ValidationResult:
        """The same with other severities, by code or prefix; the longest prefix that fits wins."""
        grades = {prefix: Severity(grade) for prefix, grade in severities.items()}

        def graded(finding: Finding) -> Finding:
            fitting = [prefix for prefix in grades if finding.code.startswith(prefix)]
            return attrs.evolve(finding, severity=grades[max(fitting, key=len)]) if fitting else finding

        return attrs.evolve(self, findings=tuple(map(graded, self.findings)))

    def to_dict(self) -> dict[str, Any]:
        """The result in JSON's own types; decimals as strings."""
        return {
            "ok": self.ok,
            "findings": [_finding_to_dict(finding) for finding in self.findings],
            "not_assessable": [
                {"code": n.code, "name": n.name, "reason": n.reason, "reason_zh": n.reason_zh, "paths": list(n.paths)}
                for n in self.not_assessable
            ],
            "skipped": list(self.skipped),
        }


def code_filter(select: Iterable[str] | str | None, ignore: Iterable[str] | str | None) -> Callable[[str], bool]:
    """A predicate on codes; a string is one code or prefix."""
    chosen = (select,) if isinstance(select, str) else None if select is None else tuple(select)
    refused = (ignore,) if isinstance(ignore, str) else tuple(ignore or ())
    if chosen is None and not refused:
        return lambda code: True

    def wanted(code: str) -> bool:
        return (chosen is None or code.startswith(chosen)) and not code.startswith(refused)

    return wanted


@lru_cache(maxsize=1024)
def stable_id(code: str, key: str) -> str:
    """An id that depends on the code and on what is concerned, not on the numbers."""
    import hashlib  # OpenSSL takes longer to load than a report to check

    return f"{code}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "message_zh": finding.message_zh,
        "paths": list(finding.paths),
        "left": _side_to_dict(finding.left),
        "right": _side_to_dict(finding.right),
        "quote": finding.quote,
        "spans": [_span_to_dict(span) for span in finding.spans],
        "doubtful": list(finding.doubtful),
    }


def _side_to_dict(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "value": _json_number(side.value),
        "terms": [{"path": t.path, "value": _json_number(t.value), "sign": t.sign, "of": t.of} for t in side.terms],
    }


def _json_number(value: Value) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _span_to_dict(span: Span) -> dict[str, Any]:
    return attrs.asdict(span, filter=lambda _, value: value is not None)
