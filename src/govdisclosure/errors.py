"""What ``parse`` raises. Every error says what was seen, where, and what to do about it."""

from __future__ import annotations


class ParseError(ValueError):
    """The source did not become a report.

    ``seen`` is what was found, ``where`` the place (file, line, page; may be empty), ``advice`` what to do next.
    ``str(error)`` joins the three into one sentence each.
    """

    def __init__(self, seen: str, *, where: str = "", advice: str = "") -> None:
        self.seen = seen
        self.where = where
        self.advice = advice
        super().__init__(seen, where, advice)

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.seen, self.where, self.advice)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{place}{self.seen}{advice}"


class NotAReport(ParseError):
    """The source can be read, but is not a yearly open-government report (政府信息公开工作年度报告)."""


class UnsupportedForm(ParseError):
    """The source is such a report on a form this library has no grammar for, as those for years before 2019."""


class UnreadableSource(ParseError):
    """The bytes can't be read: no text in a known encoding, a damaged or encrypted file, an unsupported format."""


class ImageOnly(UnreadableSource):
    """The document holds pictures of pages and no text; it needs optical character recognition first."""


class MissingExtra(ParseError, ImportError):
    """The format needs an optional library; the advice names the pip command that installs it."""


class LimitExceeded(ParseError):
    """The source is larger than a limit that keeps time and memory bounded; the advice names the limit."""


class DoubtfulReport(ParseError):
    """``parse(..., strict=True)`` met a doubt. ``diagnostics`` holds what ``parse`` would have reported."""

    def __init__(self, seen: str, *, where: str = "", advice: str = "", diagnostics: tuple[object, ...] = ()) -> None:
        super().__init__(seen, where=where, advice=advice)
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_doubtful, (self.seen, self.where, self.advice, self.diagnostics)


def _rebuild(kind: type[ParseError], seen: str, where: str, advice: str) -> ParseError:
    return kind(seen, where=where, advice=advice)


def _rebuild_doubtful(seen: str, where: str, advice: str, diagnostics: tuple[object, ...]) -> DoubtfulReport:
    return DoubtfulReport(seen, where=where, advice=advice, diagnostics=diagnostics)
