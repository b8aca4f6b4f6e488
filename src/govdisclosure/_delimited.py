"""Text whose tables have a mark between cells: commas, semicolons, slashes, arrows, quoted lists.

Marks of that kind stand in prose, labels and numbers, too. One is taken for a table's only if it parts a label of the
form from as many cells as the row has columns, on several lines; then the lines that hold nothing but labels and values
are cut there. Where commas may as well belong to a number (``1,234``) and both readings fit the row, or neither does,
the line is left as it is.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import islice

import regex
from attrs import define, frozen

from govdisclosure._atoms import MAX_LABEL_LENGTH, PRINTED_BLANKS
from govdisclosure._characters import fold, has_han, label_key, numbering
from govdisclosure._forms import FormDefinition
from govdisclosure._source import Fragment, Line
from govdisclosure._values import PLACEHOLDERS, read_value
from govdisclosure._vocabulary import Vocabulary

DELIMITERS = (",", "，", ";", "；", "/", "／", ":", "：", "→", "->", "=>", "~", "^", "&", "#")
FEWEST_ROWS = 3
"""So many rows must fit the form when they are cut before a mark is taken for a delimiter."""
MOST_TEXTS = 3
LONGEST_LINE = 400

_LIST_BEGINS = regex.compile(r"\s*[\[(]+(?=\s*(?:[\"'\d,]|None|null|nan))")
_LIST_ENDS = regex.compile(r"[\])]+\s*,?\s*$")
_QUOTES = "\"'"
_OPENS, _CLOSES = "(（〔[【", ")）〕]】"
_TWO_DIGITS = regex.compile(r"[\p{Nd}\p{No}].*[\p{Nd}\p{No}]", regex.DOTALL)
_APART = regex.compile(r"\d\s+\d")
_FIRST_GROUP = regex.compile(r"[+\-]?[1-9]\d{0,2}")
_GROUP = regex.compile(r"\d{3}(?:\.\d+)?")
_BLANKS = " \t\r\f\v\u3000\xa0\u200b\ufeff"


@frozen
class _Cells:
    """A line cut at a delimiter: ``tail`` is how many cells follow the last text, ``filled`` how many of them hold a
    value. ``merges`` is how many of the cuts may be within a number. ``repeats``: one value stands in all of them, as a
    merged cell does."""

    line: Line
    texts: tuple[str, ...]
    places: tuple[int, ...]
    tail: int
    filled: int
    numbers: int
    merges: int

    @property
    def words(self) -> list[str]:
        return [text for text in self.texts[: len(self.texts) - self.tail] if not _is_blank(text)]

    @property
    def repeats(self) -> bool:
        return self.tail > 1 and len(set(self.texts[-self.tail :])) == 1


def cut_at_delimiters(lines: Sequence[Line], form: FormDefinition, words: Vocabulary) -> None:
    """Make ruled lines of those that a delimiter parts into cells."""
    plain = [line for line in lines if line.table is None and not line.ruled and _may_be_row(line.text)]
    joined = "\n".join([line.text for line in plain])
    known = _rows(form, words)
    tables = [
        table
        for delimiter in DELIMITERS
        if joined.count(delimiter) >= 2 * FEWEST_ROWS
        and _parts_numbers(delimiter, plain)
        and (table := _Table.read(plain, delimiter, known)) is not None
    ]
    for table in sorted(tables, key=lambda table: table.fitting):
        table.cut(known)


def _parts_numbers(delimiter: str, lines: Sequence[Line]) -> bool:
    """Whether enough lines with numbers have a mark more than once."""
    several = (line.text for line in lines if line.text.count(delimiter) > 1)
    numbered = (text for text in several if _TWO_DIGITS.search(text))
    return sum(1 for _ in islice(numbered, FEWEST_ROWS)) == FEWEST_ROWS


def _may_be_row(text: str) -> bool:
    """Whether a line may be cells: neither a label nor a value ends with a full stop."""
    return 2 < len(text) <= LONGEST_LINE and text[-1] != "。"


class _Rows:
    """What the form says of a text: whether it is a label, and how wide its row is.

    ``headed`` holds the widths of a line of values alone: of a table that is read by its heads, whole or group by group.
    """

    def __init__(self, form: FormDefinition, words: Vocabulary) -> None:
        self._words = words
        headed = [[len(row.columns) for row in section.rows] for section in form.sections if section.is_headed]
        self.headed = {width for widths in headed for width in (*widths, sum(widths), sum(sum(w) for w in headed))}
        self._widths: dict[str, set[int]] = {}
        for row in form.rows:
            for key in words.keys[row.label.terminal] if row.label is not None else ():
                for own in (key, key.removeprefix(numbering(key))):
                    self._widths.setdefault(own, set()).add(len(row.columns))

    def widths(self, text: str) -> set[int]:
        key = label_key(text)
        return self._widths.get(key) or self._widths.get(key.removeprefix(numbering(key))) or set()

    def is_label(self, text: str) -> bool:
        return self._words.is_label(text)


_rows = cache(_Rows)
"""A form's rows are looked up once a process, not once a text."""


@define(slots=True, eq=False)
class _Table:
    """The lines of a document as a delimiter cuts them; ``totals`` and ``tails`` are the usual counts of cells.

    ``covered``: the cells that a merged one covers are there, so that rows of all depths have as many.
    """

    delimiter: str
    cells: list[_Cells]
    totals: Set[int]
    tails: Set[int]
    covered: bool
    fitting: int = 0

    @classmethod
    def read(cls, lines: Sequence[Line], delimiter: str, known: _Rows) -> _Table | None:
        cells = [found for line in lines if delimiter in line.text and (found := _cut(line, delimiter)) is not None]
        certain = [(each, width) for each in cells if not each.merges and (width := _width(each, known))]
        totals = Counter(len(each.texts) for each, _ in certain)
        tails = Counter(each.tail for each, _ in certain)
        covered = sum(each.tail > width for each, width in certain) > 1
        table = cls(delimiter, cells, _usual(totals), _usual(tails), covered)
        rows = [(each, width) for each in cells if each.numbers > 1 and (width := _width(each, known))]
        table.fitting = sum(table._fits(each, width, 0) for each, width in rows)
        return table if table.fitting >= FEWEST_ROWS else None

    def _fits(self, cells: _Cells, width: int, merged: int) -> bool:
        """Whether a row of that width can be so many cells, if ``merged`` of the cuts are within numbers.

        A row whose label is not the form's (width 0) must be like the others.
        """
        tail = cells.tail - merged
        if not width:
            return tail > 1 and (len(cells.texts) - merged in self.totals if self.covered else tail in self.tails)
        if tail < width or (cells.filled - merged > width and not cells.repeats):
            return False
        if cells.repeats and cells.tail > 2:
            return not merged  # 101,101,101 is three times 101, rather than a hundred million
        return len(cells.texts) - merged in self.totals if self.covered else tail == width

    def cut(self, known: _Rows) -> None:
        for cells in self.cells:
            if self._is_certain(cells, known):
                cells.line.ruled = True
                cells.line.fragments = [
                    Fragment(text, cells.line, place) for text, place in zip(cells.texts, cells.places, strict=True)
                ]

    def _is_certain(self, cells: _Cells, known: _Rows) -> bool:
        words, total = cells.words, len(cells.texts)
        width = _width(cells, known)
        if cells.merges or (cells.tail and self.delimiter in PLACEHOLDERS):
            readings = [
                self._fits(cells, width, merged) if words else total - merged in known.headed
                for merged in range(cells.merges + 1)
            ]
            return readings[0] and not any(readings[1:])
        if all(map(known.is_label, words)):
            return bool(words) or total in known.headed or total in self.totals or cells.numbers > 1
        return total in self.totals or (cells.tail in self.tails and cells.tail > 1)


def _usual(counts: Counter[int]) -> frozenset[int]:
    return frozenset(count for count, rows in counts.items() if rows > 1)


def _width(cells: _Cells, known: _Rows) -> int:
    """How many columns the row has whose label stands before the values; 0 if there is none, or no telling."""
    words = cells.words
    if not words or not cells.tail or len(words) > MOST_TEXTS:
        return 0
    widths = known.widths(words[-1])
    filled = cells.filled - cells.merges
    fitting = [width for width in widths if width <= cells.tail and (filled <= width or cells.repeats)]
    return fitting[0] if len(fitting) == 1 else 0


def _cut(line: Line, delimiter: str) -> _Cells | None:
    """The cells of a line: labels, then values and blanks. ``None`` if it holds anything else."""
    pieces = [_bare(text, place) for text, place in _pieces(line.text, delimiter)]
    if len(pieces) < 2:
        return None
    texts = tuple(text for text, _ in pieces)
    tail = filled = numbers = 0
    for text in reversed(texts):
        if not _is_blank(text):
            if not _is_value(text):
                break
            filled += 1
            numbers += any(character.isdigit() for character in text)
        tail += 1
    before = [text for text in texts[: len(texts) - tail] if not _is_blank(text)]
    if any(len(text) > MAX_LABEL_LENGTH or not has_han(text) or _is_value(text) or "。" in text for text in before):
        return None
    merges = _merges(line.text, pieces, delimiter) if filled > 1 and delimiter in ",，" else 0
    return _Cells(line, texts, tuple(place for _, place in pieces), tail, filled, numbers, merges)


def _is_blank(text: str) -> bool:
    return not text or text in PRINTED_BLANKS


def _is_value(text: str) -> bool:
    return read_value(text) is not None and not _APART.search(text)


def _merges(text: str, pieces: Sequence[tuple[str, int]], delimiter: str) -> int:
    """How many of the delimiters may be the comma before three digits of a longer number."""
    count = 0
    open_number = False
    end = -1
    for piece, place in pieces:
        folded = fold(piece)
        if open_number and place == end + len(delimiter) and _GROUP.fullmatch(folded):
            count += 1
            open_number = "." not in folded
        else:
            open_number = _FIRST_GROUP.fullmatch(folded) is not None
        end = place + len(piece)
        if text[end : end + 1] in _QUOTES:
            open_number = False
    return count


def _bare(text: str, place: int) -> tuple[str, int]:
    """A cell without blanks and quotes around it, and where it begins."""
    stripped = text.strip(_BLANKS)
    place += len(text) - len(text.lstrip(_BLANKS)) if stripped else 0
    if len(stripped) > 1 and stripped[0] == stripped[-1] and stripped[0] in _QUOTES:
        return stripped[1:-1].strip(_BLANKS), place + 1
    return stripped, place


def _pieces(text: str, delimiter: str) -> Iterator[tuple[str, int]]:
    begins = _LIST_BEGINS.match(text)
    ends = _LIST_ENDS.search(text) if begins else None
    start, end = (begins.end(), ends.start()) if begins and ends else (0, len(text))
    inner = text[start:end]
    quote = next((quote for quote in _QUOTES if quote in inner and _opens_a_cell(quote, delimiter).search(inner)), "")
    cells = _quoted(inner, delimiter, quote) if quote and len(delimiter) == 1 else _unquoted(inner, delimiter)
    for cell, place in cells:
        yield cell, start + place


@cache
def _opens_a_cell(quote: str, delimiter: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:^|{regex.escape(delimiter)})\s*{quote}")


def _quoted(text: str, delimiter: str, quote: str) -> Iterator[tuple[str, int]]:
    """Cells of which some stand in quotes. Their places are looked up: quotes within quotes are written twice.

    None if a quoted cell goes on behind its closing quote: then quotes were lost or added.
    """
    try:
        cells = next(csv.reader([text], delimiter=delimiter, quotechar=quote, skipinitialspace=True, strict=True), [])
    except csv.Error:
        return
    at = 0
    for cell in cells:
        found = text.find(cell, at) if cell.strip() else -1
        place = found if found >= 0 else at
        yield cell, place
        after = text.find(delimiter, place + len(cell) if found >= 0 else at)
        at = after + 1 if after >= 0 else len(text)


def _unquoted(text: str, delimiter: str) -> Iterator[tuple[str, int]]:
    """Cells between delimiters; those within brackets part nothing, if as many are closed as opened."""
    depth = start = 0
    guarded = sum(map(text.count, _OPENS)) == sum(map(text.count, _CLOSES))
    for mark in _brackets_and(delimiter).finditer(text):
        if mark[0] == delimiter:
            if depth <= 0:
                yield text[start : mark.start()], start
                start = mark.end()
        elif guarded:
            depth += 1 if mark[0] in _OPENS else -1
    yield text[start:], start


@cache
def _brackets_and(delimiter: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_OPENS + _CLOSES)}]|{re.escape(delimiter)}")
