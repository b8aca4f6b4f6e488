"""A cell's text as a value: digits, signs, decimals, units, placeholders, notes."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, lru_cache

import regex
from attrs import evolve, frozen

from govdisclosure._characters import WHITE_SPACE, fold
from govdisclosure._forms import Kind
from govdisclosure.records import Value

MAX_DIGITS = 15
"""Longer digit runs are no count of anything; they are read as text."""

PLACEHOLDERS = frozenset(
    [
        "/",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "―",
        "一一",
        "无",
        "無",
        "不适用",
        "不適用",
        "空",
        "N/A",
        "n/a",
        "／",
        "－",
        "－－",
        "…",
    ]
)
_UNIT = r"(?P<unit>万元|元|件次|件|条|條|项|項|宗|起|例|个|人次|次)?"
_NOTE = r"(?P<note>\([^()]*(?:\([^()]*\)?[^()]*)*\)?)?"
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+"
_NUMBER = regex.compile(rf"(?P<sign>[+\-−–])?(?P<digits>{_DIGITS})(?P<decimals>\.\d+)?{_UNIT}{_NOTE}")
_LOOKALIKE = regex.compile(
    r"(?P<digits>[+\-−–]?(?=[\d.]*[OoQlI|])[\dOoQlI|]{1,12}(?:\.[\dOoQlI]{1,6})?)(?P<rest>(?:万元|元|件)?(?:\(.*\))?)"
)
_LOOKALIKES = str.maketrans("OoQlI|", "000111")
_RAISED_OR_CIRCLED = regex.compile(r"\p{No}+")
_MONEY = ("元", "万元")


_DIGITS_AND_MARKS = regex.compile(r"\P{L}*\d\P{L}*")
_REST_OF_A_NUMBER = regex.compile(r"[.．,，]\d\P{L}*")


@frozen
class Reading:
    """What a cell's text says. ``value`` is ``None`` for a placeholder. ``remark`` names what is unusual about it."""

    value: Value
    remark: str = ""
    unit: str = ""
    signed: bool = False

    @property
    def is_placeholder(self) -> bool:
        return self.value is None

    @cached_property
    def counted(self) -> int | None:
        """The number for sums: placeholders count nothing; ``None`` if it is no whole number of zero or more."""
        if self.value is None:
            return 0
        return self.value if isinstance(self.value, int) and self.value >= 0 else None


PLACEHOLDER = Reading(None)
LONGEST_VALUE = 80


def read_value(text: str) -> Reading | None:
    """The reading of a cell's text, or ``None`` if it is no value."""
    return _read(text) if len(text) <= LONGEST_VALUE else None


@lru_cache(maxsize=4096)
def _read(text: str) -> Reading | None:
    """``read_value`` of a short text: a report repeats its values and labels, and reports repeat each other's."""
    stripped = text.strip(" \t\u3000\xa0\"'*`")
    if stripped in PLACEHOLDERS:
        return PLACEHOLDER
    if "\u4e00" <= stripped[:1] <= "\u9fff":
        return None  # no number begins with a Chinese character
    # Folded, the mark of a footnote (12①, 12²) would be one more digit of the number.
    unmarked = stripped if stripped.isascii() else _RAISED_OR_CIRCLED.sub("", stripped)
    folded = WHITE_SPACE.sub("", fold(unmarked or stripped))
    if folded.startswith("\\-"):
        folded = folded[1:]
    match = _NUMBER.fullmatch(folded)
    if match is not None:
        reading = _number(match)
        return evolve(reading, remark="lookalike") if reading is not None and unmarked != stripped else reading
    lookalike = _LOOKALIKE.fullmatch(folded)
    if lookalike is not None:
        match = _NUMBER.fullmatch(lookalike["digits"].translate(_LOOKALIKES) + lookalike["rest"])
        reading = _number(match) if match is not None else None
        return evolve(reading, remark="lookalike") if reading is not None else None
    return None


def _number(match: regex.Match[str]) -> Reading | None:
    digits = match["digits"].replace(",", "")
    if len(digits) > MAX_DIGITS:
        return None
    remark = "leading zero" if len(digits) > 1 and digits[0] == "0" else ""
    sign = match["sign"] or ""
    literal = ("-" if sign and sign != "+" else "") + digits
    value = Decimal(literal + match["decimals"]) if match["decimals"] else int(literal)
    return Reading(value, remark=remark, unit=match["unit"] or "", signed=bool(sign))


def goes_on_a_number(text: str) -> bool:
    """Whether a text is what a cell had no more room for: ``.0801`` below ``8844``."""
    return text[:1] in (".", "．", ",", "，") and _REST_OF_A_NUMBER.fullmatch(text) is not None


def is_part_of_a_number(text: str) -> bool:
    """Whether a text that is no value may be a piece of one: digits and marks, no letters."""
    return _DIGITS_AND_MARKS.fullmatch(text) is not None


def suits(reading: Reading, kind: Kind) -> bool:
    """Whether a value can stand in a column of that kind without a second look."""
    if reading.is_placeholder:
        return True
    if reading.unit and (reading.unit in _MONEY) != (kind == "decimal"):
        return False
    if kind == "decimal":
        return True
    if isinstance(reading.value, Decimal):
        return False
    return kind == "signed_integer" or not reading.signed
