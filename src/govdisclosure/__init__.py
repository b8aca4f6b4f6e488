"""Typed records out of China's yearly open-government reports (政府信息公开工作年度报告)."""

from govdisclosure._changes import Changes
from govdisclosure._compare import diff
from govdisclosure._findings import Finding, NotAssessable, Side, Term, ValidationResult
from govdisclosure._parsing import parse
from govdisclosure._report_series import report_series
from govdisclosure._rule import Rule, Thresholds
from govdisclosure._rules import RULES
from govdisclosure._series import SeriesEntry, SeriesResult, Unmatched, validate_series
from govdisclosure._validation import validate
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
