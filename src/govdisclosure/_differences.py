"""The edits ``diff`` finds: small frozen records, each of one cell, one section, one fact of identity.

Every edit has a ``kind`` in one word and a ``mirrored()`` edit that undoes it.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

import attrs
from attrs import frozen

from govdisclosure import _labels
from govdisclosure.records import Cell, ExtraRow, Value

# No trap is set: a quotient that leaves even these bounds is no number, and is then no ratio.
_RATIO = Context(prec=6, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])
_DELTA = Context(prec=100, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


class Side(StrEnum):
    """Which of the two reports is meant."""

    OLD = "old"
    NEW = "new"

    @property
    def other(self) -> Side:
        return Side.NEW if self is Side.OLD else Side.OLD


class Meaning(StrEnum):
    """What a cell's number counts over time."""

    FLOW = "flow"  #: what happened during the calendar year
    STOCK = "stock"  #: what there was at one day
    CARRY_OVER = "carry-over"  #: requests open at the year's beginning or end


_STOCKS = frozenset({"in_force", "in_public", "previous_items", "pending"})
_CARRIES = frozenset({"requests.carried_in", "requests.carried_over"})


def meaning_of(path: str) -> Meaning:
    """Flow, stock or carry-over, by the cell's path."""
    if _labels.row_of(path) in _CARRIES:
        return Meaning.CARRY_OVER
    return Meaning.STOCK if path.rpartition(".")[2] in _STOCKS else Meaning.FLOW


@frozen
class Doubt:
    """Why a value should not be taken at its word. ``code`` is the diagnostic's, empty where only the cell's state
    (``inferred``, ``lost``) says so."""

    side: Side
    code: str
    message: str

    def mirrored(self) -> Doubt:
        return attrs.evolve(self, side=self.side.other)

    def to_dict(self) -> dict[str, Any]:
        return {"side": str(self.side), "code": self.code, "message": self.message}


@frozen
class CellEdit:
    """What became of one cell. ``before`` and ``after`` are the whole cells, with raw text and place."""

    kind: ClassVar[str] = ""
    path: str
    before: Cell
    after: Cell
    doubts: tuple[Doubt, ...] = ()

    @property
    def old(self) -> Value:
        return self.before.value

    @property
    def new(self) -> Value:
        return self.after.value

    @property
    def delta(self) -> Value:
        """New minus old; ``None`` where one of them is no number."""
        return delta_of(self.old, self.new)

    @property
    def ratio(self) -> Decimal | None:
        """New divided by old, to six digits; ``None`` unless both are numbers above zero, so it is never infinite."""
        return ratio_of(self.old, self.new)

    @property
    def meaning(self) -> Meaning:
        return meaning_of(self.path)

    def mirrored(self) -> CellEdit:
        kind = {CellAppeared: CellVanished, CellVanished: CellAppeared}.get(type(self), type(self))
        return kind(self.path, self.after, self.before, _mirrored_doubts(self.doubts))

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "path": self.path,
            "old": _cell_to_dict(self.before),
            "new": _cell_to_dict(self.after),
            "delta": number_to_json(self.delta),
            "ratio": number_to_json(self.ratio),
            "meaning": str(self.meaning),
            "doubts": [doubt.to_dict() for doubt in self.doubts],
        }


@frozen
class CellChanged(CellEdit):
    """One number became another."""

    kind: ClassVar[str] = "changed"


@frozen
class CellAppeared(CellEdit):
    """A number other than 0 stands where none was stated."""

    kind: ClassVar[str] = "appeared"


@frozen
class CellVanished(CellEdit):
    """No number is stated where one other than 0 stood."""

    kind: ClassVar[str] = "vanished"


@frozen
class StateChanged(CellEdit):
    """No quantity changed, only how the cell says it: blank to 0, ``/`` to blank, printed to inferred."""

    kind: ClassVar[str] = "stated otherwise"


@frozen
class NoteChanged(CellEdit):
    """The same value in the same state, printed with another note, unit or placeholder."""

    kind: ClassVar[str] = "note changed"


@frozen
class NotComparable:
    """A cell of one report that the other's form does not ask for, or asks for otherwise."""

    kind: ClassVar[str] = "not comparable"
    path: str
    side: Side
    cell: Cell
    reason: str

    def mirrored(self) -> NotComparable:
        return attrs.evolve(self, side=self.side.other)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "path": self.path,
            "side": str(self.side),
            "cell": _cell_to_dict(self.cell),
            "reason": self.reason,
        }


@frozen
class IdentityChanged:
    """Another title, agency, year, form, publication date or publisher."""

    kind: ClassVar[str] = "identity changed"
    field: str
    old: Any
    new: Any

    def mirrored(self) -> IdentityChanged:
        return IdentityChanged(self.field, self.new, self.old)

    def to_dict(self) -> dict[str, Any]:
        old, new = (value if value is None or isinstance(value, int) else str(value) for value in (self.old, self.new))
        return {"kind": self.kind, "field": self.field, "old": old, "new": new}


@frozen
class ExtraRowsChanged:
    """Other rows that the form does not have. Both sides whole, in their order."""

    kind: ClassVar[str] = "extra rows changed"
    old: tuple[ExtraRow, ...]
    new: tuple[ExtraRow, ...]

    def mirrored(self) -> ExtraRowsChanged:
        return ExtraRowsChanged(self.new, self.old)

    def to_dict(self) -> dict[str, Any]:
        sides = ([{"label": r.label, "raw": list(r.raw), "after": r.after} for r in s] for s in (self.old, self.new))
        return {"kind": self.kind, "old": next(sides), "new": next(sides)}


@frozen
class TextSpan:
    """Some of a section's text and where it begins, in characters from 0. ``text`` may be empty: then a place."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def to_dict(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "text": self.text}


@frozen
class CharacterEdit:
    """Some characters became others."""

    old: TextSpan
    new: TextSpan

    def mirrored(self) -> CharacterEdit:
        return CharacterEdit(self.new, self.old)

    def to_dict(self) -> dict[str, Any]:
        return {"old": self.old.to_dict(), "new": self.new.to_dict()}


@frozen
class SentenceEdit:
    """What became of a sentence. ``kind``: ``inserted`` (no ``old``), ``deleted`` (no ``new``), ``changed`` in place,
    or ``moved``; a changed sentence, and a moved one that changed on the way, has ``characters``."""

    kind: str
    old: TextSpan | None
    new: TextSpan | None
    characters: tuple[CharacterEdit, ...] = ()

    def mirrored(self) -> SentenceEdit:
        kind = {"inserted": "deleted", "deleted": "inserted"}.get(self.kind, self.kind)
        return SentenceEdit(kind, self.new, self.old, tuple(edit.mirrored() for edit in self.characters))

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
            "characters": [edit.to_dict() for edit in self.characters],
        }


@frozen
class SectionChanged:
    """Another title or text. A side whose title is ``None`` has no such section in its form.

    ``similarity`` (0 to 1) is that of rule Y306: the form's fixed wording is left out. ``sentences`` stand in the
    order of the text, the new one's first where both have a place.
    """

    kind: ClassVar[str] = "section changed"
    name: str
    old_title: str | None
    new_title: str | None
    sentences: tuple[SentenceEdit, ...]
    similarity: float | None

    def mirrored(self) -> SectionChanged:
        return SectionChanged(
            self.name,
            self.new_title,
            self.old_title,
            in_text_order(edit.mirrored() for edit in self.sentences),
            self.similarity,
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "section": self.name,
            "old_title": self.old_title,
            "new_title": self.new_title,
            "similarity": self.similarity,
            "sentences": [edit.to_dict() for edit in self.sentences],
        }


Edit: TypeAlias = CellEdit | NotComparable | IdentityChanged | SectionChanged | ExtraRowsChanged


def in_text_order(edits: Any) -> tuple[SentenceEdit, ...]:
    """Sentence edits by their place: in the new text, or for deleted ones in the old."""

    def place(edit: SentenceEdit) -> tuple[int, bool, int]:
        old = edit.old.start if edit.old else -1
        new = edit.new.start if edit.new else -1
        return (old if edit.new is None else new, edit.new is not None, old)

    return tuple(sorted(edits, key=place))


def delta_of(old: Value, new: Value) -> Value:
    if old is None or new is None:
        return None
    if isinstance(old, int) and isinstance(new, int):
        return new - old
    difference = _DELTA.subtract(Decimal(new), Decimal(old))
    return difference if difference.is_finite() else None


def ratio_of(old: Value, new: Value) -> Decimal | None:
    if old is None or new is None or old <= 0 or new <= 0:
        return None
    ratio = _RATIO.divide(Decimal(new), Decimal(old))
    return ratio if ratio.is_finite() and ratio else None


def number_to_json(value: Value) -> int | str | None:
    """A number as ``Report.to_dict`` writes it: decimals as strings, so that no digit is lost."""
    return str(value) if isinstance(value, Decimal) else value


def _mirrored_doubts(doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
    turned = [doubt.mirrored() for doubt in doubts]
    return tuple(d for side in (Side.OLD, Side.NEW) for d in turned if d.side is side)


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    return {"value": number_to_json(cell.value), "raw": cell.raw, "state": str(cell.state)}
