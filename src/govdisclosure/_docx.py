"""Word documents (.docx) as Word, WPS and LibreOffice write them: ZIP and XML from the standard library, guarded."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from attrs import define, field

from govdisclosure import _limits as limits
from govdisclosure._flow import Flow, collapse_blanks
from govdisclosure._marked_text import raised, struck
from govdisclosure._source import Document
from govdisclosure.errors import LimitExceeded, UnreadableSource

SLIVER = 40
"""Twips below which a grid column is no column: Word and LibreOffice leave such slivers where borders nearly meet."""

_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_EQUATION_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_SKIPPED = frozenset(
    ["rPr", "tblPr", "tblPrEx", "sectPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText"],
).union(["delInstrText", "rt", "footnoteReference", "endnoteReference", "commentReference", "annotationRef"])
_HANDLED = ["p", "pPr", "r", "t", "tab", "br", "cr", "noBreakHyphen", "tbl", "tblGrid", "tr", "trPr", "tc", "tcPr"]
_KINDS: dict[str, str] = {_FALLBACK: "skipped", _EQUATION_TEXT: "t"}
for _namespace in _NAMESPACES:
    _KINDS.update({_namespace + name: "skipped" for name in _SKIPPED})
    _KINDS.update({_namespace + name: name for name in [*_HANDLED, "txbxContent"]})


class _RefusedDoctype(Exception):
    """A part of the file declares a document type, which Word never does and entity attacks need."""


class _Target:
    """Builds the tree at the speed of C, and refuses document types."""

    def __init__(self) -> None:
        builder = TreeBuilder()
        self.start = builder.start
        self.end = builder.end
        self.data = builder.data
        self.close = builder.close

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _RefusedDoctype(name)


def read_docx(data: bytes, segment_text: Callable[[str], Document]) -> Document:
    """The lines of a Word document: its final text, as if every tracked change were accepted; no notes and headers.

    Raises ``UnreadableSource`` for a damaged file and ``LimitExceeded`` for one that unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = _part(archive, _main_part(archive))
            title = _title(archive)
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError, ValueError, RuntimeError) as error:
        if isinstance(error, LimitExceeded | UnreadableSource):
            raise
        raise UnreadableSource(f"The Word document is damaged: {error}.", advice="Fetch it again.") from None
    except _RefusedDoctype:
        raise UnreadableSource("The Word document declares a document type, which Word never writes.") from None
    walk = _Walk(Flow(_normalised))
    walk.run(root)
    document = walk.flow.document(segment_text)
    document.title = title
    return document


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    try:
        with archive.open(name) as file:
            data = file.read(limits.MAXIMUM_XML_BYTES + 1)
    except KeyError:
        raise UnreadableSource(f"The Word document has no part {name}.", advice="Fetch it again.") from None
    if len(data) > limits.MAXIMUM_XML_BYTES:
        raise limits.exceeded("MAXIMUM_XML_BYTES", f"{name} unpacks to more than {limits.MAXIMUM_XML_BYTES:,} bytes.")
    if data.count(b"<") > limits.MAXIMUM_XML_TAGS:
        raise limits.exceeded("MAXIMUM_XML_TAGS", f"{name} has more than {limits.MAXIMUM_XML_TAGS:,} tags.")
    parser = XMLParser(target=_Target())
    try:
        parser.feed(data)
        root: Element = parser.close()
    except LookupError as error:  # the declaration names an encoding that there is not
        raise UnreadableSource(f"{name} cannot be decoded: {error}.", advice="Fetch it again.") from None
    return root


def _main_part(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "word/document.xml" in names:
        return "word/document.xml"
    if "_rels/.rels" in names:
        for relation in _part(archive, "_rels/.rels").iter(_RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    raise UnreadableSource("The file is an Office file without a Word document in it.")


def _title(archive: zipfile.ZipFile) -> str | None:
    if "docProps/core.xml" not in archive.namelist():
        return None
    found = _part(archive, "docProps/core.xml").find(_TITLE)
    return found.text.strip() or None if found is not None and found.text else None


def _normalised(text: str) -> str:
    """A paragraph with two or more tabs is a row drawn by hand: its tabs are kept."""
    stripped = text.strip(" \t\r\n\f\v\xa0\u3000\u200b\ufeff")
    return stripped if stripped.count("\t") > 1 else collapse_blanks(stripped)


@define(slots=True, eq=False)
class _Table:
    """Where a table's row stands. ``kept[n]`` is how many of the grid's first ``n`` columns are no slivers."""

    kept: list[int] = field(factory=lambda: [0])
    column: int = 0
    deleted_row: bool = False
    covered: bool = False
    open_merges: set[int] = field(factory=set)
    merges_of_row: set[int] = field(factory=set)
    sliver: bool = False
    deleted_cell: bool = False
    cell: Element | None = None


class _Walk:
    """One pass over the tree, without recursion however deep tables nest."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._tables: list[_Table] = []
        self._change: Callable[[str], str] | None = None

    def run(self, root: Element) -> None:
        waiting: list[tuple[Iterator[Element], Callable[[], None] | None]] = [(iter(root), None)]
        while waiting:
            children, leave = waiting[-1]
            for child in children:
                kind = _KINDS.get(child.tag, "")
                if kind == "t":
                    if child.text:
                        self.flow.text(self._change(child.text) if self._change is not None else child.text)
                elif kind == "r":
                    properties = _child(child, "rPr") if len(child) else None
                    if not _is_set(properties, "vanish"):
                        self._change = _change_of(properties)
                        waiting.append((iter(child), self._end_run))
                        break
                elif not kind:
                    if len(child):
                        waiting.append((iter(child), None))
                        break
                elif kind != "skipped" and self._enter(child, kind):
                    waiting.append((iter(child), self._leaving(child, kind)))
                    break
            else:
                waiting.pop()
                if leave is not None:
                    leave()

    def _enter(self, element: Element, kind: str) -> bool:
        """Handle the beginning of an element; whether to go down into it."""
        flow = self.flow
        if kind in ("p", "txbxContent"):
            return True
        if kind == "tbl":
            flow.begin_table()
            self._tables.append(_Table())
            return True
        if kind == "tr" and self._tables:
            self._begin_row(element)
            return True
        if kind == "tc" and self._tables:
            self._begin_cell(element)
            return True
        if kind == "tblGrid" and self._tables:
            self._tables[-1].kept = _kept_columns(element)
        elif kind == "tab":
            flow.text("\t")
        elif kind in ("br", "cr"):
            flow.end_paragraph()
        elif kind == "noBreakHyphen":
            flow.text("-")
        return False

    def _leaving(self, element: Element, kind: str) -> Callable[[], None] | None:
        flow = self.flow
        if kind == "p":
            return None if _joins_next(element) else flow.end_paragraph
        if kind == "txbxContent":
            pending = flow.begin_aside()
            return lambda: flow.end_aside(pending)
        if kind == "tbl":
            return self._end_table
        if kind == "tr":
            return self._end_row
        return self._end_cell

    def _end_run(self) -> None:
        self._change = None

    def _begin_row(self, element: Element) -> None:
        table = self._tables[-1]
        self.flow.begin_row()
        properties = _child(element, "trPr")
        table.column = _number(properties, "gridBefore", 0)
        table.deleted_row = _child(properties, "del") is not None
        table.merges_of_row = set()

    def _end_row(self) -> None:
        table = self._tables[-1]
        table.open_merges = table.merges_of_row
        self.flow.end_row()
        if table.deleted_row:
            self.flow.drop_row()

    def _begin_cell(self, element: Element) -> None:
        table = self._tables[-1]
        properties = _child(element, "tcPr")
        span = max(1, min(_number(properties, "gridSpan", 1), limits.MAXIMUM_COLUMNS))
        start, end = table.column, table.column + span
        if start >= limits.MAXIMUM_COLUMNS:
            raise limits.exceeded("MAXIMUM_COLUMNS", f"A table has more than {limits.MAXIMUM_COLUMNS} columns.")
        table.column = end
        merge = _child(properties, "vMerge")
        table.covered = _value(_child(properties, "hMerge")) == "continue"
        if merge is not None:
            table.covered = table.covered or (_value(merge) != "restart" and start in table.open_merges)
            table.merges_of_row.add(start)
        table.deleted_cell = _child(properties, "cellDel") is not None
        column = _kept_before(table.kept, start)
        width = _kept_before(table.kept, end) - column
        table.sliver = width == 0
        self.flow.place_cell(column, max(1, width))

    def _end_cell(self) -> None:
        table = self._tables[-1]
        self.flow.end_cell()
        if table.covered or table.deleted_cell or (table.sliver and self.flow.cell_is_empty()):
            self.flow.drop_cell()

    def _end_table(self) -> None:
        self._tables.pop()
        self.flow.end_table()


def _kept_columns(grid: Element) -> list[int]:
    widths = [_integer(column, "w") for column in grid]
    slivers = any(width >= SLIVER for width in widths)
    kept = [0]
    for width in widths[: limits.MAXIMUM_COLUMNS]:
        kept.append(kept[-1] + (0 if slivers and 0 <= width < SLIVER else 1))
    return kept


def _kept_before(kept: list[int], column: int) -> int:
    return kept[column] if column < len(kept) else kept[-1] + column - len(kept) + 1


def _is_set(properties: Element | None, name: str) -> bool:
    found = _child(properties, name)
    return found is not None and _value(found) not in ("0", "false", "off")


def _change_of(properties: Element | None) -> Callable[[str], str] | None:
    """What becomes of a run's text if it is shown raised or struck out."""
    if properties is None:
        return None
    if _is_set(properties, "strike") or _is_set(properties, "dstrike"):
        return struck
    return raised if _value(_child(properties, "vertAlign")) == "superscript" else None


def _joins_next(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted in a tracked change."""
    return _child(_child(_child(paragraph, "pPr"), "rPr"), "del") is not None


def _child(element: Element | None, name: str) -> Element | None:
    if element is not None:
        for namespace in _NAMESPACES:
            found = element.find(namespace + name)
            if found is not None:
                return found
    return None


def _attribute(element: Element, name: str) -> str:
    return next(filter(None, (element.get(namespace + name) for namespace in _NAMESPACES)), "")


def _value(element: Element | None) -> str:
    return _attribute(element, "val") if element is not None else ""


def _integer(element: Element, name: str) -> int:
    written = _attribute(element, name)
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def _number(properties: Element | None, name: str, default: int) -> int:
    element = _child(properties, name)
    if element is None:
        return default
    number = _integer(element, "val")
    return number if number >= 0 else default
