"""Damage as extraction and careless hands do it, to the tables of any text of a report.

Each kind takes the text and a random generator, and gives ``None`` where the text has no place for it. No kind takes
away what would let a careful reader see it: rows move with their labels, and never numbers alone.
"""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

import attrs

from govdisclosure._grammar import definitions

Value = int | Decimal | None


@attrs.frozen
class Damaged:
    """A damaged text. ``emptied`` counts the values that now stand as a visible blank; ``done`` says what happened."""

    text: str
    done: str
    emptied: Mapping[Value, int] = attrs.field(factory=dict)


@attrs.frozen
class Number:
    """A number in a table: its place in the text."""

    start: int
    end: int
    text: str


@attrs.frozen
class Row:
    """Numbers that follow each other with nothing but blanks and rules between them, and the label before them."""

    start: int
    end: int
    label: str
    numbers: tuple[Number, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The label's cells, each once: the groups' labels and the row's own."""
        return tuple(dict.fromkeys(filter(None, map(_plain, re.split(r"[|│\t]", self.label)))))

    @property
    def is_complete(self) -> bool:
        """Whether the label is whole, so that the row can be moved without being torn from it."""
        return bool(self.parts) and self.parts[-1] in _row_labels()


Damage = Callable[[str, random.Random], Damaged | None]


def damaged(text: str, kind: str, seed: int, other: str = "") -> Damaged | None:
    """The text with one damage of a kind; the same for the same seed. ``other`` is the second report of two in one."""
    chance = random.Random(f"{kind}:{seed}:{len(text)}")
    if kind == "two_reports":
        return Damaged(f"{text.rstrip()}\n\n{other.lstrip()}", "another report follows") if other else None
    return KINDS[kind](text, chance)


# -- the kinds ---------------------------------------------------------------------------------------------------------


def drop(text: str, chance: random.Random) -> Damaged | None:
    """A number is gone. Where the table shows its blanks, its cell is now a visible blank."""
    number = _any_number(text, chance)
    if number is None:
        return None
    line = _line_around(text, number.start, number.end)
    visible = _shows_blanks(line)
    gap = " " * (number.end - number.start) if re.search(r"\S {2,}\S", line) else ""
    start, end = number.start, number.end
    if not visible:
        # A number that stood alone on its line takes the line with it, one between blanks takes a blank.
        if not line.strip().replace(number.text, "", 1):
            start, end = text.rfind("\n", 0, start) + 1, _line_end(text, end)
        elif text[end : end + 1] == " ":
            end += 1
    emptied = {_value(number.text): 1} if visible else {}
    return Damaged(text[:start] + gap + text[end:], f"dropped {number.text!r} at {_place(text, number)}", emptied)


def merge(text: str, chance: random.Random) -> Damaged | None:
    """Two neighbouring numbers of a row run together."""
    pairs = [pair for row in rows(text) for pair in pairwise(row.numbers)]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    between = text[first.end : second.start]
    before = after = ""
    if re.fullmatch(" {2,}", between):
        # In columns the two meet half-way, and what stands before and after them keeps its place.
        before, after = between[: len(between) // 2], between[len(between) // 2 :]
    done = f"merged {first.text!r} and {second.text!r} at {_place(text, first)}"
    merged = f"{before}{first.text}{second.text}{after}"
    return Damaged(text[: first.start] + merged + text[second.end :], done)


def delete(text: str, chance: random.Random) -> Damaged | None:
    """A row is gone, or two that follow each other.

    Where blanks are visible, only whole rows: what is left of a wrapped label would be a row left blank.
    """
    found = [row for row in rows(text) if row.is_complete or not _shows_blanks(_line_around(text, row.start, row.end))]
    if not found:
        return None
    at = chance.randrange(len(found))
    first = last = found[at]
    if at + 1 < len(found) and chance.random() < 0.3 and not _WORD.search(text[first.end : found[at + 1].start]):
        last = found[at + 1]
    return Damaged(text[: first.start] + text[last.end :], f"deleted {_shown(text[first.start : last.end])}")


def repeat(text: str, chance: random.Random) -> Damaged | None:
    """A row stands twice."""
    found = [row for row in rows(text) if row.is_complete]
    if not found:
        return None
    row = chance.choice(found)
    piece = text[row.start : row.end]
    above = text[: row.start].rstrip("\n").rpartition("\n")[2]
    after = re.match(r"\s*", text[row.end : row.end + 200])
    ends = after.group().count("\n") if after else 0
    ruled = f"\n{above}\n" if _RULE.fullmatch(above) else ""
    between = ruled or "\n" * ends or _gap_before(text, row.start)
    return Damaged(text[: row.end] + between + piece + text[row.end :], f"repeated {_shown(piece)}")


def swap(text: str, chance: random.Random) -> Damaged | None:
    """Two neighbouring rows have changed places, each with its label."""
    found = rows(text)
    pairs = [
        (above, below)
        for above, below in pairwise(found)
        if above.is_complete
        and below.is_complete
        and above.parts[:-1] == below.parts[:-1]
        and not re.search(r"[\w（）()]", text[above.end : below.start])
    ]
    if not pairs:
        return None
    above, below = chance.choice(pairs)
    upper, lower = text[above.start : above.end], text[below.start : below.end]
    swapped = lower + text[above.end : below.start] + upper
    return Damaged(text[: above.start] + swapped + text[below.end :], f"swapped {_shown(upper)} and {_shown(lower)}")


def letters(text: str, chance: random.Random) -> Damaged | None:
    """O stands for 0, or l for 1, in one number or in every one."""
    old, new = chance.choice((("0", "O"), ("1", "l"), ("0", "o"), ("1", "I")))
    found = [number for number in numbers(text) if old in number.text]
    if not found:
        return None
    chosen = found if chance.random() < 0.2 else [chance.choice(found)]
    for number in reversed(chosen):
        text = text[: number.start] + number.text.replace(old, new) + text[number.end :]
    what = "every number" if len(chosen) > 1 else f"{chosen[0].text!r} at {_place(text, chosen[0])}"
    return Damaged(text, f"{new} for {old} in {what}")


def cut(text: str, chance: random.Random) -> Damaged | None:
    """The text ends inside table three, sometimes within a number."""
    first = _find(text, r"本\s*年\s*新\s*收")
    last = _find(text, r"结\s*转\s*下") or _find(text, r"结\s*果\s*维\s*持")
    if first is None:
        return None
    places = [number for number in numbers(text) if first < number.start < (last or len(text))]
    if not places:
        return None
    number = chance.choice(places)
    longer = len(number.text) > 1 and chance.random() < 0.5
    end = chance.choice((number.start, number.start + 1 if longer else number.end))
    return Damaged(text[:end], f"cut at {_place(text, number)}, before {_shown(text[end:])}")


def footer(text: str, chance: random.Random) -> Damaged | None:
    """A page ends in the middle of a row."""
    pairs = [pair for row in rows(text) for pair in pairwise(row.numbers)]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    page = chance.randrange(2, 9)
    marks = (f"- {page} -", f"— {page} —", f"第 {page} 页 共 9 页", f"第{page}页", f"-{page}-", f"{page} / 9")
    mark = chance.choice(marks)
    mark = chance.choice((f"\n{mark}\n", f"\n\n{mark}\n\n", f"\n{mark}\n\f"))
    between = text[first.end : second.start]
    at = first.end if chance.random() < 0.5 else first.end + len(between.rstrip(" \t"))
    if re.fullmatch(" {2,}", between):
        # A page in columns ends between lines: above the numbers of a wrapped row, or below them.
        at = chance.choice((text.rfind("\n", 0, at) + 1, _line_end(text, at)))
        mark = f"{mark.strip(chr(10))}\n"
    return Damaged(text[:at] + mark + text[at:], f"page mark {mark!r} after {first.text!r} at {_place(text, first)}")


def full_width(text: str, chance: random.Random) -> Damaged | None:
    """The digits of the tables are full-width, in one row or in all."""
    found = numbers(text)
    if not found:
        return None
    if chance.random() < 0.5:
        found = chance.choice(rows(text)).numbers
    for number in reversed(found):
        # In columns the wider digits take the blanks after them.
        wider = sum(character.isdigit() for character in number.text)
        room = next((at for at, character in enumerate(text[number.end : number.end + 40]) if character != " "), 40)
        end = number.end + (wider if room > wider + 1 else 0)
        text = text[: number.start] + number.text.translate(_FULL_WIDTH) + text[end:]
    return Damaged(text, f"{len(found)} numbers full-width, from {_place(text, found[0])}")


def table_twice(text: str, chance: random.Random) -> Damaged | None:
    """A table stands twice, with its heading or without."""
    bounds = _table_bounds(text)
    if not bounds:
        return None
    heading, start, end = chance.choice(bounds)
    begin = chance.choice((heading, start))
    piece = text[begin:end]
    return Damaged(f"{text[:end].rstrip()}\n\n{piece}{text[end:]}", f"{_shown(piece)} stands twice")


KINDS: Mapping[str, Damage] = {
    "drop": drop,
    "merge": merge,
    "delete": delete,
    "repeat": repeat,
    "swap": swap,
    "letters": letters,
    "cut": cut,
    "footer": footer,
    "full_width": full_width,
    "table_twice": table_twice,
}
"""The kinds of damage to one text; ``two_reports`` needs another text and is ``damaged``'s own."""

ALL_KINDS = (*KINDS, "two_reports")


# -- finding numbers and rows ------------------------------------------------------------------------------------------

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_NUMBER = re.compile(
    r"(?<![\w.．%+\-(（〔:/<=])(?<!=\")[+-]?\d+(?:\.\d+)?(?=(?:万元|元|件)?(?:[\s|│<（\"]|$))(?! ?[位年月日])"
)
_MARKS = ",，;；/：→"
_CELLS_BETWEEN_MARKS = re.compile(rf"^(?!.*\d\s+\d).*([{_MARKS}]).*\1.*\1.*$", re.M)
_RULE = re.compile(r"[-+=|┼─]{6,}")
_WORD = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"<[^<>]*>")
_PAGE_MARK = re.compile(r"^.*(?:file:|https?:|[AP]M |^\s*[-—]\s*\d+\s*[-—]|第\s*\d+\s*页).*$|^[\s|:.=+-]*$", re.M)
_PANDAS_HEAD = re.compile(r"^\|[ |\d]*\|\n\|-+:\|.*$", re.M)


@lru_cache(maxsize=64)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers that stand in the tables' cells: not those of labels, page marks and rules."""
    start, end = _region(text)
    hidden = sorted((*_spans(_TAG, text), *_spans(_PAGE_MARK, text), *_index_columns(text)))
    starts = [begin for begin, _end in hidden]
    found = []
    for begin, stop in sorted({*_spans(_NUMBER, text, start, end), *_between_marks(text, start, end)}):
        at = bisect_left(starts, begin + 1) - 1
        if at < 0 or hidden[at][1] <= begin:
            found.append(Number(begin, stop, text[begin:stop]))
    return tuple(found)


def _between_marks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The numbers between the marks that part the cells of the tables, if marks do."""
    marks = Counter(match[1] for match in _CELLS_BETWEEN_MARKS.finditer(text, start, end))
    found: list[tuple[int, int]] = []
    for mark in (mark for mark, lines in marks.items() if lines > 9):
        cell = re.compile(rf"(?:^\[?|{mark}) ?['\"]?([+-]?\d+(?:\.\d+)?)(?=['\"]? ?(?:{mark}|\]|$))", re.M)
        found.extend(match.span(1) for match in cell.finditer(text, start, end))
    return found


@lru_cache(maxsize=64)
def rows(text: str) -> tuple[Row, ...]:
    """The rows of the tables: each a label and the numbers after it."""
    found: list[Row] = []
    run: list[Number] = []
    done = _region(text)[0]
    for number in (*numbers(text), None):
        if run and (number is None or _WORD.search(_TAG.sub(" ", text[run[-1].end : number.start]))):
            found.append(_row(text, done, tuple(run)))
            done = found[-1].end
            run = []
        if number is not None:
            run.append(number)
    return tuple(found)


def _row(text: str, done: int, run: tuple[Number, ...]) -> Row:
    """The row of a run of numbers: from its label's line, which is their own line or the last one with words."""
    begin = max(done, text.rfind("\n", 0, run[0].start) + 1)
    if "<td" in text[begin - 200 : run[0].start]:
        begin = max(done, text.rfind("<tr", 0, run[0].start))
    while begin > done and not _WORD.search(_TAG.sub(" ", text[begin : run[0].start])):
        begin = max(done, text.rfind("\n", 0, begin - 1) + 1)
    before = text[begin : run[0].start]
    begin += len(before) - len(before.lstrip())
    end = run[-1].end
    if "<td" in text[begin:end]:
        close = text.find("</tr>", end)
        end = close + len("</tr>") if close >= 0 else end
    elif "\n" not in text[begin:end] and re.search(r"[|│\t]| {3,}", text[begin:end]):
        end = _line_end(text, end) - 1
        start_of_line = text.rfind("\n", 0, begin) + 1
        begin = max(done, start_of_line)
    return Row(begin, end, _TAG.sub(" ", text[begin : run[0].start]), run)


def _region(text: str) -> tuple[int, int]:
    """Where the tables stand: from the first head of table two to the heading of section five."""
    first = re.search(r"信\s*息\s*内\s*容|第二十条\s*第[（(]一[）)]项", text)
    begin = first.start() if first else 0
    heading = re.compile(r"五、[^\n，。]{0,16}问题|^[^\w\n]*(?:五、)?\s*存在的?(?:主要)?问题[^\n。]{0,20}$", re.M)
    ends = [match.start() for match in heading.finditer(text, begin)]
    return begin, ends[-1] if ends else len(text)


def _table_bounds(text: str) -> list[tuple[int, int, int]]:
    """The tables: where the heading begins, where the table itself does, where it ends."""
    marks = []
    for words in ("主动公开政府信息|主动公开政务信息", "收到和处理", "行政复议[^\n]{0,9}行政诉讼[^\n]{0,4}情况"):
        found = [match.start() for match in re.finditer(rf"[二三四]、[^\n、]{{0,16}}(?:{words})", text)]
        if not found:
            return []
        marks.append(found[-1])
    marks.append(_region(text)[1])
    if marks != sorted(marks):
        return []
    return [(start, _line_end(text, start), end) for start, end in pairwise(marks)]


def _index_columns(text: str) -> list[tuple[int, int]]:
    """The index that pandas prints as the first column, and its heads of column numbers."""
    if "|---:|" not in text:
        return []
    index = [match.span() for match in re.finditer(r"^\|\s*\d+ \|", text, re.M)]
    return index + _spans(_PANDAS_HEAD, text)


def _spans(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, start, len(text) if end is None else end)]


def _any_number(text: str, chance: random.Random) -> Number | None:
    """Any number; every other time one that is not zero, which matters more and is rarer."""
    found = numbers(text)
    if chance.random() < 0.5:
        found = tuple(number for number in found if number.text.strip("0")) or found
    return chance.choice(found) if found else None


def _find(text: str, pattern: str) -> int | None:
    start, end = _region(text)
    found = re.compile(pattern).search(text, start, end)
    return found.start() if found else None


def _gap_before(text: str, start: int) -> str:
    return text[len(text[:start].rstrip()) : start] or " "


def _shows_blanks(line: str) -> bool:
    return bool(re.search(rf"[\t|│]|<td|([{_MARKS}]).*\1|\S {{2,}}\S", line))


def _line_around(text: str, start: int, end: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : _line_end(text, end)]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _value(text: str) -> Value:
    return Decimal(text) if "." in text else int(text)


def _place(text: str, number: Number) -> str:
    line = text.count("\n", 0, number.start) + 1
    return f"line {line}, column {number.start - text.rfind(chr(10), 0, number.start)}"


def _shown(piece: str) -> str:
    short = " ".join(piece.split())
    return repr(short if len(short) <= 60 else f"{short[:40]} … {short[-15:]}")


def _plain(label: str) -> str:
    return re.sub(r"[\s|│\"“”'、.．,，]", "", unicodedata.normalize("NFKC", label))


@cache
def _row_labels() -> frozenset[str]:
    wordings = (
        wording
        for form in definitions()
        for row in form.rows
        if row.label is not None
        for wording in row.label.wordings
    )
    return frozenset(_plain(wording) for wording in wordings) - {"其他", "3其他", "7总计"}
