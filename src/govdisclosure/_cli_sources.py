"""Files named on the command line, read one after the other; one that can't be read never stops the next."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import frozen

import govdisclosure
from govdisclosure._decoding import decode
from govdisclosure._segmentation import split_lines
from govdisclosure.errors import ParseError, UnreadableSource
from govdisclosure.records import Report, Severity

CLEAN: Final = 0
DOUBTS: Final = 1
NOT_READ: Final = 2


@frozen
class NamedSource:
    """A file by its name, a document or a report saved as JSON; standard input (``-``) with its content."""

    name: str
    content: bytes | None = None

    @classmethod
    def open(cls, name: str) -> NamedSource:
        return cls(name, sys.stdin.buffer.read() if name == "-" else None)

    @property
    def is_saved_report(self) -> bool:
        if self.content is None:
            return Path(self.name).suffix.lower() == ".json"
        return self.content.lstrip()[:1] == b"{"

    def report(self) -> Report:
        """Raises ``ParseError``, or ``OSError`` for a file that can't be opened."""
        if self.is_saved_report:
            return self._saved_report()
        return govdisclosure.parse(Path(self.name) if self.content is None else self.content)

    def _saved_report(self) -> Report:
        try:
            return Report.from_dict(json.loads(self._bytes()))
        except ValueError as error:
            advice = "Save reports with govdisclosure parse --json, one a file."
            raise UnreadableSource(f"This JSON is no saved report: {error}.", advice=advice) from error

    def lines(self) -> tuple[str, ...]:
        """The lines as an editor numbers them; none if the source is no text."""
        if self.is_saved_report:
            return ()
        try:
            return tuple(split_lines(decode(self._bytes()).text))
        except (ParseError, OSError):
            return ()

    def _bytes(self) -> bytes:
        return Path(self.name).read_bytes() if self.content is None else self.content


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
