"""What a file is, by its content: the suffix of a published report says little."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from govdisclosure.errors import ImageOnly, UnreadableSource


class SourceFormat(StrEnum):
    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


_CONVERT = "Convert it first: soffice --headless --convert-to docx FILE"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF_HEADER = 1024
"""How far into a file the PDF mark may stand, after mail headers or blank lines."""

_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
)
_ARCHIVES = ((b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"Rar!", "RAR"), (b"BZh", "bzip2"))
_OFFICE_PARTS = (
    ("xl/workbook.xml", "an Excel workbook (.xlsx)"),
    ("ppt/presentation.xml", "PowerPoint slides (.pptx)"),
    ("OFD.xml", "an OFD document"),
    ("content.xml", "an OpenDocument file (.odt, .ods)"),
)
_MARKUP_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?"
    r"<(?:!doctype\s+html|!--|html|head|body|meta|title|table|tbody|tr|td|div|p|span|h[1-6]|center|font|article|section|pre|ul|ol|form)\b",
    re.IGNORECASE,
)
_MARKUP_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_MARKUP_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_MARKUP_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)


def sniff(data: bytes) -> SourceFormat | None:
    """The format of ``data``; ``None`` for text, plain or marked up, that has to be decoded first.

    Raises ``UnreadableSource`` for what no reader takes, saying how to convert it.
    """
    if b"%PDF-" in data[:_PDF_HEADER]:
        return SourceFormat.PDF
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if _ENCRYPTED in data:
            raise UnreadableSource("The file is an encrypted Office document.", advice="Remove its password first.")
        raise UnreadableSource("The file is an old Office document (.doc, .wps or .xls).", advice=_CONVERT)
    if data.lstrip()[:5].lower() == b"{\\rtf":
        raise UnreadableSource("The file is rich text (RTF).", advice=_CONVERT)
    for mark, name in _PICTURES:
        if data.startswith(mark) and (mark != b"BM" or b"\x00" in data[:32]):
            raise ImageOnly(f"The file is a picture ({name}).", advice="Recognise its characters first (OCR).")
    for mark, name in _ARCHIVES:
        if data.startswith(mark):
            raise UnreadableSource(f"The file is an archive ({name}).", advice="Unpack it and pass what is inside.")
    if data[:2048].lstrip().lower().startswith(b"mime-version:"):
        raise UnreadableSource("The file is a web archive (MHTML).", advice=_CONVERT.replace("docx", "html"))
    return None


def _zipped(data: bytes) -> SourceFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise UnreadableSource(
            "The file begins like a Word document (.docx) but is damaged or cut short.", advice="Fetch it again."
        ) from None
    if any(name.startswith("word/") for name in names):
        return SourceFormat.DOCX
    for part, kind in _OFFICE_PARTS:
        if part in names:
            raise UnreadableSource(f"The file is {kind}.", advice=_CONVERT)
    if "[Content_Types].xml" in names:
        return SourceFormat.DOCX  # the main part may stand elsewhere; the reader looks for it
    raise UnreadableSource("The file is a ZIP archive.", advice="Unpack it and pass what is inside.")


def is_markup(text: str) -> bool:
    """Whether a text is HTML: a page, a piece of one, or Markdown whose tables are HTML."""
    if "<" not in text:
        return False
    if _MARKUP_START.match(text) or _MARKUP_PAGE.search(text[:20_000]):
        return True
    return _MARKUP_CELL.search(text) is not None and _MARKUP_ROW.search(text) is not None


def is_page(text: str) -> bool:
    """Whether all of the text is HTML, so that line ends in it mean nothing."""
    return _MARKUP_START.match(text) is not None or _MARKUP_PAGE.search(text[:20_000]) is not None
