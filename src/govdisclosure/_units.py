"""Prose in the units that headings and paragraphs are made of: a line, a cell, or a part of either.

Text that a tool has put into one line or one cell is parted at the headings and wide gaps in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex
from attrs import define

from govdisclosure._characters import fold, label_key
from govdisclosure._forms import FormDefinition
from govdisclosure._source import Line
from govdisclosure._values import read_value
from govdisclosure._vocabulary import vocabulary

LONG_UNIT = 120
_CONTENTS_ENTRY = regex.compile(r"(?<=^.{4,60})(?:[.…·．。\-—_\s]{3,}|\s+)\d{1,3}\s*$")


def contents_entry(text: str) -> regex.Match[str] | None:
    """How a line of a contents page ends: leaders and a page number."""
    return _CONTENTS_ENTRY.search(text) if text.rstrip()[-1:].isdecimal() else None


_WIDE_GAP = regex.compile(r"[ \t\xa0]{4,}|\u3000{2,}|[ \t\xa0]+\u3000+|(?<=[。！？])\s+")
_WORDS = regex.compile(r"[\p{L}\p{N}]")


@define(slots=True, eq=False)
class Unit:
    """A run of text in one line: ``start`` is its column there (from 0)."""

    line: Line
    index: int
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@define(frozen=True)
class TablePlace:
    """Where a table stands: line index and column of its first character and behind its last."""

    first: tuple[int, int]
    last: tuple[int, int]


def units_of(
    lines: Sequence[Line], furniture: frozenset[int], tables: Sequence[TablePlace], form: FormDefinition
) -> list[Unit]:
    """All prose outside tables and furniture, in order, with every heading a unit of its own."""
    headings = _heading_pattern(form)
    scattered = _scattered_table_lines(lines, form)
    within = _lines_within(tables)
    found: list[Unit] = []
    for index, line in enumerate(lines):
        if (
            index in furniture
            or index in scattered
            or index in within
            or not line.fragments
            or line.blank
            or line.table is not None
        ):
            continue
        cells = [f for f in line.fragments if f.text]
        if line.ruled and not (len(cells) == 2 and cells[1].text.isdigit()):
            whole = [Unit(line, index, f.column, f.text) for f in cells]
        else:
            whole = [_without_bars(Unit(line, index, 0, line.text))]
        for unit in whole:
            for part in _outside(unit, tables):
                found.extend(_parted(part, headings))
    return found


def _lines_within(tables: Sequence[TablePlace]) -> set[int]:
    """The lines that a table takes up from end to end, so that no unit of theirs stands outside."""
    within = {index for place in tables for index in range(place.first[0] + 1, place.last[0])}
    return within.difference(index for place in tables for index in (place.first[0], place.last[0]))


FEWEST_SCATTERED = 3


def _scattered_table_lines(lines: Sequence[Line], form: FormDefinition) -> set[int]:
    """Runs of lines that hold nothing but pieces of labels and numbers: a table's, wherever an extractor put them."""
    keys = _label_keys(form)
    found: set[int] = set()
    run: list[int] = []
    kinds: set[str] = set()
    for index, line in enumerate([*lines, None]):
        kind = _kind(line, keys) if line is not None else "prose"
        if kind == "prose":
            if len(run) >= FEWEST_SCATTERED and kinds == {"label", "number"}:
                found.update(run)
            run, kinds = [], set()
        elif kind != "blank":
            run.append(index)
            kinds.add(kind)
    return found


@cache
def _label_keys(form: FormDefinition) -> str:
    """The keys of all labels in the form's tables, one a line: a piece of any of them is a piece of this."""
    own = vocabulary(form).keys
    return "\n".join(key for section in form.sections for label in section.labels for key in own[label.terminal])


def _kind(line: Line, keys: str) -> str:
    if not line.fragments or (not line.fragments[0].text and line.blank):
        return "blank"
    kind = "number"
    for fragment in line.fragments:
        text = fragment.text
        own = _kind_of_piece(text, keys) if len(text) <= LONGEST_PIECE else "prose"
        if own == "prose":
            return own
        if own == "label":
            kind = own
    return kind


LONGEST_PIECE = 8


@lru_cache(maxsize=2048)
def _kind_of_piece(text: str, keys: str) -> str:
    if text.isascii() and read_value(text) is not None:
        return "number"
    return "label" if label_key(text) in keys else "prose"


def _without_bars(unit: Unit) -> Unit:
    """A line that is one barred cell, without its bars."""
    first, last = unit.line.fragments[0], unit.line.fragments[-1]
    end = last.column + len(last.text)
    return _cut(unit, first.column, end) if "|" in unit.text[: first.column] + unit.text[end:] else unit


def _outside(unit: Unit, tables: Sequence[TablePlace]) -> Iterator[Unit]:
    """What of a unit stands before or behind the tables."""
    rest: Unit | None = unit
    for place in tables:
        if rest is None:
            return
        first, last = place.first, place.last
        if (unit.index, rest.end) <= first or (unit.index, rest.start) >= last:
            continue
        cut = first[1] - rest.start if first[0] == unit.index else 0
        if cut > 0 and rest.text[:cut].strip():
            yield Unit(rest.line, rest.index, rest.start, rest.text[:cut])
        over = last[1] - rest.start if last[0] == unit.index else len(rest.text)
        rest = Unit(rest.line, rest.index, rest.start + over, rest.text[over:]) if rest.text[over:].strip() else None
    if rest is not None:
        yield rest


@cache
def _heading_pattern(form: FormDefinition) -> re.Pattern[str]:
    """The section titles with their numbering, as they may stand within a line."""
    titles = {
        regex.sub(r"\\?[,，、]", "[、.．,，]?\\\\s*", regex.escape(fold(wording)), count=1)
        for section in form.sections
        for wording in section.title.wordings
        if "、" in wording[:2]
    }
    return re.compile("|".join(sorted(titles, key=len, reverse=True)))


def _parted(unit: Unit, headings: re.Pattern[str]) -> Iterator[Unit]:
    """Part a unit at the headings in it: where a sentence ends before one, or the unit begins."""
    at = 0
    if contents_entry(unit.text):
        yield unit
        return
    for match in headings.finditer(unit.text):
        before, rest = (
            unit.text[at : match.start()].rstrip(" \t\u3000*#"),
            unit.text[match.end() :].lstrip(" \t\u3000*#"),
        )
        if (
            before
            and before[-1] not in "。！？；：)）”…|"
            and not unit.text[: match.start()].endswith((" ", "\u3000", "*"))
        ):
            continue
        if rest and rest[0] in "，、,；;）)等的》”及和与":
            continue
        yield from _paragraphs(_cut(unit, at, match.start()))
        yield _cut(unit, match.start(), match.end())
        at = match.end()
    yield from _paragraphs(_cut(unit, at, len(unit.text)))


def _paragraphs(unit: Unit) -> Iterator[Unit]:
    if len(unit.text) < LONG_UNIT:
        if _WORDS.search(unit.text):
            yield unit
        return
    at = 0
    for match in _WIDE_GAP.finditer(unit.text):
        if _WORDS.search(unit.text[at : match.start()]):
            yield _cut(unit, at, match.start())
        at = match.end()
    if _WORDS.search(unit.text[at:]):
        yield _cut(unit, at, len(unit.text))


def _cut(unit: Unit, start: int, end: int) -> Unit:
    if not start and end == len(unit.text):
        return unit
    return Unit(unit.line, unit.index, unit.start + start, unit.text[start:end])
