"""PDF through PDFium: characters with their boxes, and the ruled lines. The only module that imports pypdfium2."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from govdisclosure import _limits as limits
from govdisclosure._locks import fork_safe_lock
from govdisclosure._page_lines import document_of_pages
from govdisclosure._pages import Character, Page, Rule
from govdisclosure._pdf_forms import ENDLESS_CALLS, MOST_CALLS, form_calls
from govdisclosure._pdf_streams import unpacked
from govdisclosure._pdf_worker import endless, pages_apart
from govdisclosure._source import Document
from govdisclosure.errors import ImageOnly, UnreadableSource

THICKEST_RULE = 2.5
"""Points up to which a filled shape or the box of a stroke is a ruled line."""

THICKEST_LONG_RULE = 6.0
LONG = 5
"""A shape up to ``THICKEST_LONG_RULE`` thick is a ruled line too if it is ``LONG`` times as long as thick."""

DEEPEST_FORM = 6
"""How deep drawings within drawings (form XObjects) are followed."""

ANGLES_ASKED = 40
"""How many characters of a page are asked which way is up."""

_LOCK = fork_safe_lock()  # PDFium is not safe with threads, not even on different documents

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Turn = Callable[[float, float], tuple[float, float]]


def read_pdf(data: bytes) -> Document:
    """The lines of a PDF: a ruled one for each row of a ruled table, a plain one for each line of other text.

    Raises ``ImageOnly`` if no page has text, ``UnreadableSource`` for a damaged or encrypted file, ``LimitExceeded``.
    """
    pages = pages_apart(data) if _may_be_endless(data) else _pages_here(data)
    if not any(page.characters for page in pages):
        if any(page.has_picture for page in pages):
            raise ImageOnly(
                f"The PDF's {len(pages)} pages are pictures without text.",
                advice="Recognise their characters first (OCR).",
            )
        raise UnreadableSource(f"The PDF has {len(pages)} pages and no text on them.", advice="Fetch it again.")
    return document_of_pages(pages)


def _may_be_endless(data: bytes) -> bool:
    """Whether PDFium might not come to an end with the file, or only with far more memory than a report takes.

    Raises ``LimitExceeded`` where that is certain.
    """
    calls, size = form_calls(data), unpacked(data)
    if calls.surely > ENDLESS_CALLS:
        raise endless()
    if not size.known or calls.perhaps > MOST_CALLS:
        return True
    # Pages may share a stream, which is then unpacked for each of them.
    most = limits.MAXIMUM_DRAWN_BYTES
    return size.largest * limits.MAXIMUM_PAGES > most and size.largest * _count_pages(data) > most


def _count_pages(data: bytes) -> int:
    with _LOCK:
        document = _opened(data)
        try:
            return len(document)
        finally:
            document.close()


def _pages_here(data: bytes) -> list[Page]:
    with _LOCK:
        return read_pages(data)


def read_pages(data: bytes) -> list[Page]:
    """The pages with their characters and rules. To be called by one thread at a time."""
    document = _opened(data)
    try:
        count = len(document)
        if count > limits.MAXIMUM_PAGES:
            raise limits.exceeded("MAXIMUM_PAGES", f"The PDF has {count:,} pages.")
        budget = _Budget()
        return [_page(document.raw, index, budget) for index in range(count)]
    finally:
        document.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableSource("The PDF is encrypted.", advice="Remove its password first.") from None
        raise UnreadableSource("The PDF is damaged beyond reading.", advice="Fetch it again.") from None


class _Budget:
    """How many characters and path segments may still be looked at in this document."""

    def __init__(self) -> None:
        self.characters = limits.MAXIMUM_CHARACTERS
        self.segments = limits.MAXIMUM_PATH_SEGMENTS

    def spend(self, segments: int) -> None:
        self.segments -= segments
        if self.segments < 0:
            seen = f"The PDF draws more than {limits.MAXIMUM_PATH_SEGMENTS:,} path segments."
            raise limits.exceeded("MAXIMUM_PATH_SEGMENTS", seen)


def _page(document: object, index: int, budget: _Budget) -> Page:
    raw = pdfium.FPDF_LoadPage(document, index)
    if not raw:
        return Page(0, 0, damaged=True)  # the others can still be read
    try:
        texts = pdfium.FPDFText_LoadPage(raw)
        try:
            count = max(0, pdfium.FPDFText_CountChars(texts)) if texts else 0
            if count > limits.MAXIMUM_PAGE_CHARACTERS:
                raise limits.exceeded("MAXIMUM_PAGE_CHARACTERS", f"Page {index + 1} has {count:,} characters.")
            budget.characters -= count
            if budget.characters < 0:
                seen = f"The PDF has more than {limits.MAXIMUM_CHARACTERS:,} characters."
                raise limits.exceeded("MAXIMUM_CHARACTERS", seen)
            turn, width, height = _upright(raw, texts, count)
            page = Page(width, height)
            if count:
                page.characters = _characters(texts, count, turn)
        finally:
            if texts:
                pdfium.FPDFText_ClosePage(texts)
        _Drawings(page, turn, budget).follow(
            pdfium.FPDFPage_CountObjects(raw), lambda at: pdfium.FPDFPage_GetObject(raw, at), _IDENTITY, 0
        )
        return page
    finally:
        pdfium.FPDF_ClosePage(raw)


def _upright(raw: object, texts: object, count: int) -> tuple[_Turn, float, float]:
    """How points of the page turn so that most of its text stands upright, and the page's size then."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    references = [ctypes.byref(value) for value in (left, bottom, right, top)]
    if not (pdfium.FPDFPage_GetCropBox(raw, *references) or pdfium.FPDFPage_GetMediaBox(raw, *references)):
        left.value, bottom.value = 0.0, 0.0
        width, height = pdfium.FPDF_GetPageWidthF(raw), pdfium.FPDF_GetPageHeightF(raw)
        if pdfium.FPDFPage_GetRotation(raw) % 2:
            width, height = height, width
    else:
        width, height = abs(right.value - left.value), abs(top.value - bottom.value)
    x, y = (
        min(left.value, right.value) if right.value else left.value,
        min(bottom.value, top.value) if top.value else 0.0,
    )
    quarters = pdfium.FPDFPage_GetRotation(raw) % 4
    if count:
        step = max(1, count // ANGLES_ASKED)
        angles = (pdfium.FPDFText_GetCharAngle(texts, at) for at in range(0, count, step))
        turns = Counter(
            -round(angle / (math.pi / 2)) % 4  # clockwise, as /Rotate counts
            for angle in angles
            if angle >= 0
        )
        if turns:
            quarters = turns.most_common(1)[0][0]
    if quarters == 0:
        return (lambda px, py: (px - x, height - (py - y))), width, height
    if quarters == 1:
        return (lambda px, py: (py - y, px - x)), height, width
    if quarters == 2:
        return (lambda px, py: (width - (px - x), py - y)), width, height
    return (lambda px, py: (height - (py - y), width - (px - x))), height, width


def _characters(texts: object, count: int, turn: _Turn) -> list[Character]:
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    found: list[Character] = []
    high = 0
    blank = False
    for at in range(count):
        code = unicode_of(texts, at)
        if code <= 32 or code == 0xA0 or code == 0x3000:
            if code != 2:  # PDFium's sign for a hyphen at a line's end
                blank = blank or pdfium.FPDFText_IsGenerated(texts, at) != 1
                continue
            code = 45
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code > 0x10FFFF or code == 0xFFFE or not box_of(texts, at, reference):
            continue
        left, top = turn(box.left, box.top)
        right, bottom = turn(box.right, box.bottom)
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        found.append(Character(chr(code), left, top, right, bottom, blank))
        blank = False
    return found


class _Drawings:
    """Gathers the ruled lines of a page from its path objects, and notes whether it shows a picture."""

    def __init__(self, page: Page, turn: _Turn, budget: _Budget) -> None:
        self.page = page
        self.turn = turn
        self.budget = budget
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._references = [ctypes.byref(value) for value in self._floats]
        self._fill = ctypes.c_int()
        self._stroke = ctypes.c_int()
        self._matrix = pdfium.FS_MATRIX()

    def follow(self, count: int, object_at: Callable[[int], object], matrix: _Matrix, depth: int) -> None:
        for at in range(count):
            item = object_at(at)
            if not item:
                continue
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.page.has_picture = True
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self.budget.spend(1)
                inner = _times(self._matrix_of(item), matrix)
                self.follow(
                    max(0, pdfium.FPDFFormObj_CountObjects(item)),
                    lambda at, form=item: pdfium.FPDFFormObj_GetObject(form, at),  # type: ignore[misc]
                    inner,
                    depth + 1,
                )

    def _path(self, item: object, matrix: _Matrix) -> None:
        self.budget.spend(1)
        if not pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(self._fill), ctypes.byref(self._stroke)):
            return
        if not (self._fill.value or self._stroke.value):
            return
        if not pdfium.FPDFPageObj_GetBounds(item, *self._references):
            return
        left, bottom, right, top = (value.value for value in self._floats)
        if not all(map(math.isfinite, (left, bottom, right, top))):
            return
        if not self._add_if_thin(_moved(left, bottom, matrix), _moved(right, top, matrix)):
            self._segments(item, _times(self._matrix_of(item), matrix), bool(self._stroke.value))

    def _add_if_thin(self, first: tuple[float, float], second: tuple[float, float]) -> bool:
        (x0, y0), (x1, y1) = self.turn(*first), self.turn(*second)
        wide, tall = abs(x1 - x0), abs(y1 - y0)
        thin, long = min(wide, tall), max(wide, tall)
        if thin > THICKEST_RULE and not (thin <= THICKEST_LONG_RULE and long >= LONG * thin):
            return False
        dot = long <= THICKEST_RULE  # of a dotted line, which may run either way
        if wide >= tall or dot:
            self.page.horizontals.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        if tall > wide or dot:
            self.page.verticals.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        return True

    def _segments(self, item: object, matrix: _Matrix, stroked: bool) -> None:
        """A path that is no single line: many lines or a frame in one, or many thin fills in one."""
        count = max(0, pdfium.FPDFPath_CountSegments(item))
        self.budget.spend(count)
        subpath: list[tuple[float, float]] = []
        x, y = self._references[0], self._references[1]
        for at in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, at)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = _moved(self._floats[0].value, self._floats[1].value, matrix)
            if not all(map(math.isfinite, point)):
                continue
            if kind == pdfium.FPDF_SEGMENT_MOVETO or kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self._subpath(subpath, stroked)
                subpath = [point]
            else:
                subpath.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(subpath) > 2:
                subpath.append(subpath[0])
        self._subpath(subpath, stroked)

    def _subpath(self, points: list[tuple[float, float]], stroked: bool) -> None:
        if len(points) < 2:
            return
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        if self._add_if_thin((min(xs), min(ys)), (max(xs), max(ys))) or not stroked:
            return
        for first, second in pairwise(points):
            if abs(first[0] - second[0]) < 0.5 or abs(first[1] - second[1]) < 0.5:
                self._add_if_thin(first, second)

    def _matrix_of(self, item: object) -> _Matrix:
        found = self._matrix
        if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
            return _IDENTITY
        return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    if matrix is _IDENTITY:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
