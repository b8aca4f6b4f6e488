"""Characters of a page as lines of text: by their places alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from attrs import define

from govdisclosure._characters import display_width
from govdisclosure._pages import Character

SAME_LINE = 0.4
"""The share of a character's height by which middles on one line may differ."""

BLANK = 0.3
"""The share of a character's height from which the room between two characters is a blank."""

PRINTED_BLANK = 0.12
"""The same where the page has a blank between the two, so that pieces set apart without one stay together."""

DEFAULT_HALF_WIDTH = 5.0
MOST_BLANKS = 120
SAME_PLACE = 0.2
"""The share of its width by which a character printed twice to look bold is shifted."""


_LEFT = attrgetter("left")


@define(slots=True, eq=False)
class Run:
    """Characters without a blank between them, and their box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (round(self.left, 2), round(self.top, 2), round(self.right, 2), round(self.bottom, 2))


@define(slots=True, eq=False)
class TextLine:
    """Runs at one height, from left to right."""

    runs: list[Run]
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        return self.runs[0].left

    @property
    def right(self) -> float:
        return self.runs[-1].right


def text_lines(characters: Iterable[Character]) -> list[TextLine]:
    """The lines that characters form, from top to bottom."""
    lines: list[TextLine] = []
    current: list[Character] = []
    middle = height = 0.0
    for character in sorted(characters, key=lambda one: one.top + one.bottom):
        own = character.bottom - character.top
        place = (character.top + character.bottom) / 2
        if current and place - middle > SAME_LINE * (own if own > height else height):
            lines.append(_line(current))
            current = []
        if not current:
            middle, height = place, own
        current.append(character)
    if current:
        lines.append(_line(current))
    return lines


def _line(characters: list[Character]) -> TextLine:
    characters.sort(key=_LEFT)
    heights = sorted(one.bottom - one.top for one in characters)
    height = heights[len(heights) // 2]
    runs: list[Run] = []
    pieces: list[str] = []
    before: Character | None = None
    run: Run | None = None
    for one in characters:
        if before is not None and one.text == before.text and _same_place(before, one):
            continue
        if (
            run is None
            or before is None
            or one.left - before.right > height * (PRINTED_BLANK if one.after_blank else BLANK)
        ):
            if run is not None:
                run.text = "".join(pieces)
            run = Run("", one.left, one.top, one.right, one.bottom)
            runs.append(run)
            pieces = []
        pieces.append(one.text)
        if one.top < run.top:
            run.top = one.top
        if one.bottom > run.bottom:
            run.bottom = one.bottom
        if one.right > run.right:
            run.right = one.right
        before = one
    if run is not None:
        run.text = "".join(pieces)
    return TextLine(runs, min(run.top for run in runs), max(run.bottom for run in runs))


def _same_place(first: Character, second: Character) -> bool:
    allowed = SAME_PLACE * max(first.right - first.left, 0.1)
    return abs(first.left - second.left) < allowed and abs(first.middle - second.middle) < 1.0


def half_width(characters: Sequence[Character]) -> float:
    """Half the width of a page's Chinese characters: what one column of a terminal stands for."""
    widths = sorted(one.right - one.left for one in characters if one.text >= "\u2e80")
    return max(widths[len(widths) // 2] / 2, 1.0) if widths else DEFAULT_HALF_WIDTH


def spaced(runs: Sequence[Run], margin: float, unit: float) -> tuple[str, list[int]]:
    """The text of a line set with blanks so that places on the page are places in the text, as a terminal shows it;
    and where each run begins in it."""
    text = ""
    width = 0
    columns = []
    for index, run in enumerate(runs):
        place = round((run.left - margin) / unit)
        blanks = max(place - width, 1 if index else 0)
        text += " " * min(blanks, MOST_BLANKS)
        columns.append(len(text))
        text += run.text
        width = max(place, width + (1 if index else 0)) + display_width(run.text)
    return text, columns
