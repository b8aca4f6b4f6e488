"""The limits that keep time and memory bounded whatever the source is.

They are read when they are needed: a caller who trusts a source may raise one, as in
``govdisclosure._limits.MAXIMUM_BYTES = 200_000_000``. ``LimitExceeded`` names the one that was met.
"""

from __future__ import annotations

from govdisclosure.errors import LimitExceeded

MAXIMUM_BYTES = 64_000_000
"""Bytes of any file. Reports are 15 kB as pages, under 1 MB as Word or PDF; scans can be larger."""

MAXIMUM_TEXT_BYTES = 32_000_000
"""Bytes of text or HTML. Pages with embedded pictures reach a few million."""

MAXIMUM_MARKUP_CHARACTERS = 16_000_000
"""Characters of a page's source."""

MAXIMUM_MARKUP_TAGS = 1_000_000
"""Tags of a page. A report that Word saved as HTML has some 20,000."""

MAXIMUM_NESTING = 300_000_000
"""The depths of all HTML tags, added up: tags that are opened and never closed cost any parser time in proportion."""

MAXIMUM_CHARACTERS = 4_000_000
"""Characters of a text, or of what a page or file holds as text."""

MAXIMUM_XML_BYTES = 64_000_000
"""Bytes of a Word file's main part once unpacked."""

MAXIMUM_XML_TAGS = 1_000_000
"""Tags in a Word file's main part. A report has some 30,000."""

MAXIMUM_FRAGMENTS = 400_000
"""Cells and words of a document. A report has about a thousand."""

MAXIMUM_ROW_LABELS = 20_000
"""Row labels of the form in a document. A report has about thirty."""

MAXIMUM_LINES = 100_000
"""Lines of a text, or paragraphs and rows of a page or file. A long report has a thousand."""

MAXIMUM_COLUMNS = 200
"""Columns of a grid. The form's widest table has ten; wider spans are cut to this."""

MAXIMUM_PAGES = 300
"""Pages of a PDF. A report has three to thirty."""

MAXIMUM_UNPACKED_BYTES = 16_000_000
"""Bytes that a PDF's streams unpack to; one with more is read in a process of its own, with bounded time and memory.
A report comes to some millions with its fonts, more with pictures."""

MAXIMUM_DRAWN_BYTES = 400_000_000
"""Bytes of a PDF's largest stream, times its pages; one with more is read in a process of its own too."""

MAXIMUM_PAGE_CHARACTERS = 200_000
"""Characters on one page of a PDF. A dense page has 3,000."""

MAXIMUM_PATH_SEGMENTS = 400_000
"""Segments of drawn paths in a whole PDF. A report's tables need some thousands."""

MAXIMUM_GRID_CELLS = 100_000
"""Cells of all ruled tables of a PDF. A report's have a thousand."""

MAXIMUM_PAGE_RULES = 400
"""Ruled lines on one page of a PDF after joining their pieces; a page with more is a drawing, not a table."""


def exceeded(name: str, seen: str) -> LimitExceeded:
    """The error for a source over the limit called ``name``."""
    return LimitExceeded(seen, advice=f"If the source is meant to be so large, raise govdisclosure._limits.{name}.")
