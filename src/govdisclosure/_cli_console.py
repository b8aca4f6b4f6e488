"""The console every command writes to, and the words they share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import IO, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from govdisclosure.records import Diagnostic, Report, Severity

STYLES: Final[dict[Severity, Style]] = {
    Severity.INFO: Style(color="blue"),
    Severity.WARNING: Style(color="yellow", bold=True),
    Severity.ERROR: Style(color="red", bold=True),
}

# What a hostile report could send to the terminal: control characters, and those that reorder a line.
_UNPRINTABLE: Final = dict.fromkeys(
    [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "\N{REPLACEMENT CHARACTER}",
)

# In a pipe a line stays a line, however long: what comes next (grep, a file) does its own wrapping.
_UNBOUNDED: Final = 1_000_000


class PlainConsole(Console):
    """Prints text as text: nothing in it is markup, and no control character of it reaches the terminal."""

    def __init__(self, file: IO[str], width: int | None = None) -> None:
        super().__init__(file=file, width=width, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(segment.text.translate(_UNPRINTABLE), segment.style)


def make_console(*, stderr: bool = False) -> PlainConsole:
    """As wide as the terminal (or ``COLUMNS``); a pipe gets no colours and no wrapping."""
    stream = sys.stderr if stderr else sys.stdout
    bounded = stream.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return PlainConsole(stream, None if bounded else _UNBOUNDED)


def severity_text(severity: Severity) -> Text:
    return Text(str(severity), style=STYLES[severity])


def cells_of(report: Report, diagnostic: Diagnostic) -> list[str]:
    """The paths of the diagnostic that are cells; it may name a section or the year as well."""
    cells = report.cells()
    return [path for path in diagnostic.paths if path in cells]


def counted(number: int, thing: str) -> str:
    """``1 cell``, ``2 cells``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
