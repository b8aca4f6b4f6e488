"""The console every command writes to, and the words they share."""

from __future__ import annotations

import os
import sys
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.text import Text

from govdisclosure.records import Diagnostic, Severity

STYLES: Final[dict[Severity, Style]] = {
    Severity.INFO: Style(color="blue"),
    Severity.WARNING: Style(color="yellow", bold=True),
    Severity.ERROR: Style(color="red", bold=True),
}

# In a pipe a line stays a line, however long: what comes next (grep, a file) does its own wrapping.
_UNBOUNDED: Final = 1_000_000


def make_console(*, stderr: bool = False) -> Console:
    """As wide as the terminal (or ``COLUMNS``); a pipe gets no colours and no wrapping."""
    stream = sys.stderr if stderr else sys.stdout
    bounded = stream.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Console(
        file=stream, width=None if bounded else _UNBOUNDED, highlight=False, markup=False, emoji=False, soft_wrap=False
    )


def severity_text(severity: Severity) -> Text:
    return Text(str(severity), style=STYLES[severity])


def place_of(diagnostic: Diagnostic) -> str:
    return str(diagnostic.span) if diagnostic.span is not None else "no one place"


def counted(number: int, thing: str) -> str:
    """``1 cell``, ``2 cells``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
