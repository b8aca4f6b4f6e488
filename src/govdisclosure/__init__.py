"""Typed records out of China's yearly open-government reports (政府信息公开工作年度报告)."""

from govdisclosure._changes import Changes
from govdisclosure._compare import diff
from govdisclosure._parsing import parse
from govdisclosure._report_series import report_series
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
    "Cell",
    "CellState",
    "Changes",
    "Diagnostic",
    "DoubtfulReport",
    "ExtraRow",
    "Form",
    "ImageOnly",
    "LimitExceeded",
    "MissingExtra",
    "NotAReport",
    "ParseError",
    "Report",
    "Section",
    "Severity",
    "Span",
    "UnreadableSource",
    "UnsupportedForm",
    "diff",
    "parse",
    "report_series",
]
