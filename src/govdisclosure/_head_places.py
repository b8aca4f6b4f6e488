"""Values of one plain line that stand under the column heads of a table, with gaps where cells are empty."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from govdisclosure._atoms import Atom
from govdisclosure._characters import label_key
from govdisclosure._columns_by_place import MEASURES, Place, middle

SAME_COLUMN = 1.2
"""How far apart (in characters) the pieces of one head may stand, measured at their middles."""
FARTHEST = 4.0
"""How far from the middle of its head a value may stand."""
CLEARLY = 2.0
"""By how much all values together must stand nearer to their heads than in any other way, and each of them than to a
head without a value."""


@define(slots=True, eq=False)
class _Head:
    middle: float
    pieces: list[Atom] = field(factory=list)

    @property
    def key(self) -> str:
        return label_key("".join(piece.fragment.text for piece in self.pieces))


def values_under_heads(
    values: Sequence[Atom], pieces: Sequence[Atom], keys: Sequence[Sequence[str]]
) -> list[Atom | None] | None:
    """The values column by column, ``None`` where a column is empty.

    ``pieces`` are the texts of the heads, ``keys`` each column's wordings in the form's order. ``None`` if the pieces
    don't spell just these heads, or the values don't clearly stand under some of them.
    """
    found = [
        slots
        for measure in MEASURES
        if (heads := _heads(pieces, keys, measure)) is not None
        for slots in [_under(values, heads, measure)]
    ]
    if not found or any(slots is None or slots != found[0] for slots in found):
        return None
    return found[0]


def _heads(pieces: Sequence[Atom], keys: Sequence[Sequence[str]], measure: Place) -> list[_Head] | None:
    """The column heads, each put together from the pieces above one another."""
    heads: list[_Head] = []
    for piece in sorted(pieces, key=lambda piece: middle(piece, measure)):
        place = middle(piece, measure)
        if not heads or place - heads[-1].middle > SAME_COLUMN:
            heads.append(_Head(place))
        heads[-1].pieces.append(piece)
    for head in heads:
        head.pieces.sort(key=lambda piece: piece.line)
    spelled = len(heads) == len(keys) and all(head.key in own for head, own in zip(heads, keys, strict=True))
    return heads if spelled else None


def _under(values: Sequence[Atom], heads: Sequence[_Head], measure: Place) -> list[Atom | None] | None:
    """Each value, from left to right, under a head within reach, in the way that is clearly the nearest."""
    ways = _ways([middle(value, measure) for value in values], [head.middle for head in heads])
    if not ways or (len(ways) > 1 and ways[1][0] - ways[0][0] < CLEARLY):
        return None
    slots: list[Atom | None] = [None] * len(heads)
    for value, column in zip(values, ways[0][1], strict=True):
        slots[column] = value
    free = [head.middle for head, value in zip(heads, slots, strict=True) if value is None]
    placed = [(middle(value, measure), heads[column].middle) for value, column in zip(values, ways[0][1], strict=True)]
    # The whole line may stand to the right of its heads, or to the left: measured from there, each is the nearest, too.
    shift = sorted(place - own for place, own in placed)[len(placed) // 2]
    for place, own in placed:
        for other in free:
            moved = place - shift
            if abs(other - place) - abs(own - place) < CLEARLY or abs(other - moved) <= abs(own - moved):
                return None
    return slots


def _ways(places: Sequence[float], heads: Sequence[float]) -> list[tuple[float, tuple[int, ...]]]:
    """The ways of giving each place a head within reach, in rising order, the nearest first (two for each end)."""
    ways: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    for place in places:
        longer = sorted(
            (distance + abs(heads[at] - place), (*way, at))
            for distance, way in ways
            for at in range(way[-1] + 1 if way else 0, len(heads))
            if abs(heads[at] - place) <= FARTHEST
        )
        ends = [way[-1] for _, way in longer]
        ways = [found for at, found in enumerate(longer) if ends[:at].count(ends[at]) < 2]
    return ways
