"""Findings as SARIF 2.1.0, the format editors and code-review tools read (OASIS, sarif-v2.1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from govdisclosure._findings import Finding, ValidationResult
from govdisclosure._rule import Rule
from govdisclosure.records import Severity, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_log(
    results: Iterable[tuple[str, ValidationResult]], rules: Mapping[str, Rule], version: str, lang: str = "en"
) -> dict[str, Any]:
    """A SARIF log of the findings of each file (its path, with ``/``, relative to where the log will be read)."""
    order = {code: index for index, code in enumerate(rules)}
    return {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "govdisclosure",
                        "semanticVersion": version,
                        "rules": [_descriptor(rule, lang) for rule in rules.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, path, order, lang) for path, result in results for finding in result.findings
                ],
            }
        ],
    }


def _descriptor(rule: Rule, lang: str) -> dict[str, Any]:
    meaning = rule.meaning_zh if lang == "zh" else rule.meaning
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name_zh if lang == "zh" else rule.name.replace("-", " ")},
        "fullDescription": {"text": meaning},
        "help": {"text": f"{meaning} {rule.formula}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, path: str, order: Mapping[str, int], lang: str) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(path)}}}
    region = next((region for span in finding.spans if (region := _region(span))), None)
    if region:
        location["physicalLocation"]["region"] = region
    if finding.paths:
        location["logicalLocations"] = [{"fullyQualifiedName": cell} for cell in finding.paths]
    properties: dict[str, Any] = {"name": finding.name, "doubtful": list(finding.doubtful)}
    if finding.quote:
        properties["quote"] = finding.quote
    return {
        "ruleId": finding.code,
        "ruleIndex": order[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.text(lang)},
        "locations": [location],
        "partialFingerprints": {"findingId/v1": finding.id},
        "properties": properties,
    }


def _region(span: Span) -> dict[str, int] | None:
    if span.line is None or span.page is not None or span.table is not None:
        return None
    region = {"startLine": span.line}
    if span.column is not None:
        region["startColumn"] = span.column
    if span.end_line is not None:
        region["endLine"] = span.end_line
    return region
