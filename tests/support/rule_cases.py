"""Reads the cases of the rules: a file says what report it is, what it is compared with, and what comes of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govdisclosure import Report, ValidationResult, validate, validate_series
from tests.support.report_factory import make_report

FOLDER = Path(__file__).parent.parent / "cases" / "rules"


def case_files() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def read_case(path: Path) -> dict[str, Any]:
    case: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return case


def build(described: Mapping[str, Any]) -> Report:
    given = dict(described)
    for name in ("absent", "extra_rows"):
        given[name] = tuple(given.get(name, ()))
    return make_report(**given)


def run_case(case: Mapping[str, Any]) -> ValidationResult:
    report = build(case.get("report", {}))
    if "others" in case:
        others = [(f"other {number}", build(other)) for number, other in enumerate(case["others"])]
        return validate_series([("case", report), *others]).entries[0].result
    return validate(
        report,
        previous=build(case["previous"]) if "previous" in case else None,
        children=[None if child is None else build(child) for child in case.get("children", ())],
        published=datetime.date.fromisoformat(case["published"]) if "published" in case else None,
    )
