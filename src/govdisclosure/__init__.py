"""Typed records out of China's yearly open-government reports (政府信息公开工作年度报告)."""

from importlib import import_module
from typing import TYPE_CHECKING

from govdisclosure.errors import (
    DoubtfulReport,
    ImageOnly,
    LimitExceeded,
    MissingExtra,
    NotAReport,
    ParseError,
    UnreadableSource,
    UnsupportedForm,
)
from govdisclosure.records import (
    Cell,
    CellState,
    Diagnostic,
    ExtraRow,
    Form,
    Report,
    Section,
    Severity,
    Span,
)

if TYPE_CHECKING:
    from govdisclosure import tables as tables
    from govdisclosure._changes import Changes
    from govdisclosure._compare import diff
    from govdisclosure._findings import Finding, NotAssessable, Side, Term, ValidationResult
    from govdisclosure._parsing import parse
    from govdisclosure._report_series import report_series
    from govdisclosure._rule import Rule, Thresholds
    from govdisclosure._rules import RULES
    from govdisclosure._series import SeriesEntry, SeriesResult, Unmatched, validate_series
    from govdisclosure._validation import validate

__version__ = "0.1.0"

__all__ = [
    "RULES",
    "Cell",
    "CellState",
    "Changes",
    "Diagnostic",
    "DoubtfulReport",
    "ExtraRow",
    "Finding",
    "Form",
    "ImageOnly",
    "LimitExceeded",
    "MissingExtra",
    "NotAReport",
    "NotAssessable",
    "ParseError",
    "Report",
    "Rule",
    "Section",
    "SeriesEntry",
    "SeriesResult",
    "Severity",
    "Side",
    "Span",
    "Term",
    "Thresholds",
    "Unmatched",
    "UnreadableSource",
    "UnsupportedForm",
    "ValidationResult",
    "diff",
    "parse",
    "report_series",
    "validate",
    "validate_series",
]

# What reads, checks, compares and joins reports is imported when it is first asked for: no program needs all of it.
_IMPORTED_LATER = {
    "Changes": "_changes",
    "diff": "_compare",
    "Finding": "_findings",
    "NotAssessable": "_findings",
    "Side": "_findings",
    "Term": "_findings",
    "ValidationResult": "_findings",
    "parse": "_parsing",
    "report_series": "_report_series",
    "Rule": "_rule",
    "Thresholds": "_rule",
    "RULES": "_rules",
    "SeriesEntry": "_series",
    "SeriesResult": "_series",
    "Unmatched": "_series",
    "validate_series": "_series",
    "validate": "_validation",
}


def __getattr__(name: str) -> object:
    if name == "tables":
        return import_module(f"{__name__}.tables")
    if name not in _IMPORTED_LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_IMPORTED_LATER[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
