"""A source of any kind as a document: what it is, which reader takes it, what limits hold."""

from __future__ import annotations

import os
from pathlib import Path

from govdisclosure import _limits as limits
from govdisclosure._decoding import decode, join_surrogates, repair_mojibake
from govdisclosure._sniffing import SourceFormat, is_markup, is_page, sniff
from govdisclosure._source import Document
from govdisclosure.errors import MissingExtra, NotAReport, ParseError, UnreadableSource


def read(source: str | bytes | os.PathLike[str], format: str | None = None) -> Document:
    """The lines of ``source``: a text or markup itself (``str``), a file's content (``bytes``) or a file.

    ``format`` (``"text"``, ``"html"``, ``"docx"``, ``"pdf"``) overrules what the content looks like. Raises
    ``UnreadableSource``, ``MissingExtra``, ``LimitExceeded``, or ``NotAReport`` for an empty source; ``ValueError`` for
    an unknown format and ``TypeError`` for a source of another type.
    """
    wanted = _format(format)
    if isinstance(source, str):
        return _read_text(*join_surrogates(source), wanted)
    if isinstance(source, bytes | bytearray | memoryview):
        return _read_bytes(bytes(source), wanted)
    if not isinstance(source, os.PathLike):
        raise TypeError(f"a source is str, bytes or a path, not {type(source).__name__}")
    path = Path(source)
    data = _file_bytes(path)
    try:
        return _read_bytes(data, wanted)
    except ParseError as error:
        if not error.where:
            error.where = path.name
        raise


def _format(written: str | None) -> SourceFormat | None:
    if written is None:
        return None
    try:
        return SourceFormat(written)
    except ValueError:
        known = ", ".join(SourceFormat)
        raise ValueError(f"unknown format {written!r}; known are {known}") from None


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.MAXIMUM_BYTES + 1)
    except FileNotFoundError:
        advice = "A path was passed; pass the text itself as str, not as a path." if len(str(path)) > 255 else ""
        raise UnreadableSource("There is no such file.", where=str(path), advice=advice) from None
    except OSError as error:
        raise UnreadableSource(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from None


def _read_bytes(data: bytes, wanted: SourceFormat | None) -> Document:
    if len(data) > limits.MAXIMUM_BYTES:
        raise limits.exceeded("MAXIMUM_BYTES", f"The source has more than {limits.MAXIMUM_BYTES:,} bytes.")
    if not data.strip():
        raise _empty()
    found = wanted or sniff(data)
    if found is SourceFormat.DOCX:
        from govdisclosure._docx import read_docx

        return read_docx(data, _segment_text)
    if found is SourceFormat.PDF:
        try:
            from govdisclosure._pdf import read_pdf
        except ModuleNotFoundError as error:
            raise _missing("PDF", "pdf", "pypdfium2", error) from None
        return read_pdf(data)
    decoded = decode(data)
    return _read_text(decoded.text, decoded.notes, found)


def _read_text(text: str, notes: tuple[tuple[str, str], ...], wanted: SourceFormat | None) -> Document:
    if wanted in (SourceFormat.DOCX, SourceFormat.PDF):
        raise ValueError(f"a {wanted} file is bytes; pass bytes or a path, not str")
    if len(text) > limits.MAXIMUM_MARKUP_CHARACTERS:
        raise limits.exceeded("MAXIMUM_MARKUP_CHARACTERS", f"The source has {len(text):,} characters.")
    if not text.strip(" \t\r\n\f\v\u3000\xa0\ufeff\x00"):
        raise _empty()
    text, repairs = repair_mojibake(text)
    if wanted is SourceFormat.HTML or (wanted is None and is_markup(text)):
        try:
            from govdisclosure._html import read_html
        except ModuleNotFoundError as error:
            raise _missing("HTML", "html", "selectolax", error) from None
        document = read_html(text, _segment_text, keeps_lines=wanted is None and not is_page(text))
    else:
        document = _segment_text(text)
    document.notes[:0] = [*notes, *repairs]
    return document


def _segment_text(text: str) -> Document:
    from govdisclosure._segmentation import segment_text

    if len(text) > limits.MAXIMUM_CHARACTERS:
        raise limits.exceeded("MAXIMUM_CHARACTERS", f"The text has {len(text):,} characters.")
    lines = text.count("\n") + 1
    if lines > limits.MAXIMUM_LINES:
        raise limits.exceeded("MAXIMUM_LINES", f"The text has {lines:,} lines.")
    return segment_text(text)


def _empty() -> NotAReport:
    return NotAReport("The source is empty.")


def _missing(kind: str, extra: str, library: str, error: ModuleNotFoundError) -> Exception:
    if (error.name or "").partition(".")[0] not in (library, f"{library}_raw"):
        return error
    return MissingExtra(f"Reading {kind} needs {library}.", advice=f'pip install "govdisclosure[{extra}]"')
