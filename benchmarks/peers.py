"""What other libraries do with the same source, to hold our times against. They give cells or text, no records.

Every function here takes one source and does its work to the end. ``tokenise`` cuts a text into the tokens a grammar's
lexer would make of it, and no more. A library that is absent skips its benchmark.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

import regex

_TOKEN = regex.compile(
    r"""
      (?P<newline>\n)
    | (?P<number>[+\-]?\d[\d,.]*+(?![^\s|]))
    | (?P<placeholder>[/—－\-]++(?![^\s|]))
    | (?P<label>[^\s|]{1,70}+(?![^\s|]))
    | (?P<text>[^\s|]++)
    """,
    regex.VERBOSE,
)


def tokenise(text: str) -> list[tuple[str | None, int, int]]:
    """The tokens of a text in order: their kind, and where they begin and end. Blanks and bars between them are none."""
    return [(match.lastgroup, match.start(), match.end()) for match in _TOKEN.finditer(text)]


def pandas_tables(data: bytes) -> object:
    import pandas

    return pandas.read_html(io.StringIO(data.decode("utf-8")), flavor="lxml")


def lxml_tree(data: bytes) -> object:
    import lxml.html

    return lxml.html.document_fromstring(data.decode("utf-8"))


def selectolax_tree(data: bytes) -> object:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(data.decode("utf-8")).root


def word_cells(data: bytes) -> object:
    import docx

    document = docx.Document(io.BytesIO(data))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def plumber_tables(data: bytes) -> object:
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of each font
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def pdfium_text(data: bytes) -> object:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return texts


_CONVERTERS: list[Callable[..., object]] = []


def markitdown(data: bytes) -> object:
    if not _CONVERTERS:
        from markitdown import MarkItDown

        _CONVERTERS.append(MarkItDown(enable_plugins=False).convert_stream)
    return _CONVERTERS[0](io.BytesIO(data))


PEERS: dict[str, dict[str, tuple[str, Callable[..., object]]]] = {
    "text": {"regex, tokens alone": ("regex", tokenise)},
    "html": {
        "selectolax, tree alone": ("selectolax", selectolax_tree),
        "lxml, tree alone": ("lxml", lxml_tree),
        "pandas.read_html": ("pandas", pandas_tables),
        "markitdown": ("markitdown", markitdown),
    },
    "docx": {"python-docx, cells": ("docx", word_cells), "markitdown": ("markitdown", markitdown)},
    "pdf": {
        "pypdfium2, text alone": ("pypdfium2", pdfium_text),
        "pdfplumber, tables": ("pdfplumber", plumber_tables),
        "markitdown": ("markitdown", markitdown),
    },
}
"""By format and name: the module a peer needs, and the call."""
