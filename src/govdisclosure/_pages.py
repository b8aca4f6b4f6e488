"""What a page of a PDF holds: characters and ruled lines, in points from the page's top left corner, upright."""

from __future__ import annotations

from attrs import define, field


@define(slots=True, eq=False)
class Character:
    """``after_blank``: the page has a blank between the character before and this one."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    after_blank: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@define(slots=True, eq=False)
class Rule:
    """A ruled line: at ``place`` across, from ``start`` to ``end`` along. Across is y for a horizontal one."""

    place: float
    start: float
    end: float


@define(slots=True, eq=False)
class Page:
    width: float
    height: float
    characters: list[Character] = field(factory=list)
    horizontals: list[Rule] = field(factory=list)
    verticals: list[Rule] = field(factory=list)
    has_picture: bool = False
    damaged: bool = False
