"""Files named on the command line, read one after the other; one that can't be read never stops the next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

import govdisclosure
from govdisclosure._decoding import decode
from govdisclosure._segmentation import split_lines
from govdisclosure.errors import ParseError
from govdisclosure.records import Report, Severity

CLEAN: Final = 0
DOUBTS: Final = 1
NOT_READ: Final = 2


@frozen
class NamedSource:
    """A file by its name; standard input (``-``) with its content, since it can be read but once."""

    name: str
    content: bytes | None = None

    @classmethod
    def open(cls, name: str) -> NamedSource:
        return cls(name, sys.stdin.buffer.read() if name == "-" else None)

    def report(self) -> Report:
        """Raises ``ParseError``, or ``OSError`` for a file that can't be opened."""
        return govdisclosure.parse(Path(self.name) if self.content is None else self.content)

    def lines(self) -> tuple[str, ...]:
        """The lines as an editor numbers them; none if the source is no text."""
        try:
            data = Path(self.name).read_bytes() if self.content is None else self.content
            return tuple(split_lines(decode(data).text))
        except (ParseError, OSError):
            return ()


def read_reports(names: tuple[str, ...]) -> Iterator[tuple[NamedSource, Report | ParseError | OSError]]:
    """Each file with its report, or the error that kept it from becoming one."""
    for source in map(NamedSource.open, names):
        try:
            yield source, source.report()
        except (ParseError, OSError) as error:
            yield source, error


def says(error: ParseError | OSError) -> str:
    """The error in one line, without the file's name."""
    if isinstance(error, ParseError):
        return " ".join(f"{error.seen} {error.advice}".split())
    return error.strerror or str(error)


def worst(status: int, result: Report | ParseError | OSError) -> int:
    """The exit status after one more file."""
    if not isinstance(result, Report):
        return NOT_READ
    doubtful = any(d.severity is not Severity.INFO for d in result.diagnostics)
    return max(status, DOUBTS if doubtful else CLEAN)
