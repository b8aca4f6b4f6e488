"""Changes in words and signs, for the page and the terminal alike: nothing is told by colour alone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from govdisclosure._changes import Changes
from govdisclosure._differences import CellEdit, Meaning
from govdisclosure.records import Cell, CellState, Report, Value

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """``text`` without characters that steer a terminal or turn the writing direction; each leaves a mark."""
    return _UNPRINTABLE.sub("\ufffd", text)


def figure(value: Value) -> str:
    """A number as digits; empty for none."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def signed(value: Value) -> str:
    """A difference with its sign."""
    return "" if value is None else f"+{figure(value)}" if value > 0 else figure(value)


def stated(cell: Cell) -> str:
    """What a cell says: its number, its placeholder as printed, or in a word that it says nothing."""
    if cell.value is not None:
        return figure(cell.value) + (" (inferred)" if cell.state is CellState.INFERRED else "")
    if cell.state is CellState.PLACEHOLDER:
        return printable(cell.raw.strip()) or "placeholder"
    return str(cell.state)


def proportion(edit: CellEdit) -> str:
    """The ratio as people say it: per cent below threefold, times from there on; empty where none is defined."""
    if edit.ratio is None or edit.kind != "changed":
        return ""
    if edit.ratio < 3:
        return f"{100 * (edit.ratio - 1):+.1f} %"
    return f"×{edit.ratio:.1f}" if edit.ratio < 1000 else f"×{edit.ratio:.0f}"


def sign(edit: CellEdit) -> str:
    """One character for the kind of change."""
    if edit.kind == "changed":
        return "▲" if edit.delta is not None and edit.delta > 0 else "▼"
    return {"appeared": "+", "vanished": "×", "stated otherwise": "○", "note changed": "≈"}[edit.kind]


def change(edit: CellEdit) -> str:
    """The change in one phrase: ``+36, +5.0 %``, or the kind's own word."""
    if edit.kind == "changed":
        return ", ".join(filter(None, (signed(edit.delta), proportion(edit) if edit.meaning is Meaning.FLOW else "")))
    if edit.kind == "note changed":
        return f"printed {printable(edit.before.raw.strip())} → {printable(edit.after.raw.strip())}"
    return edit.kind


def remarks(changes: Changes, edit: CellEdit) -> list[str]:
    """What else to know of a change: the flow that explains a stock, the counterpart of a carry-over, doubts."""
    said = []
    explanation = changes.explanation(edit.path)
    if explanation is not None:
        said.append(f"{explanation.equation}: {explanation.verdict}")
    elif edit.meaning is not Meaning.FLOW:
        said.append(str(edit.meaning))
    said += [printable(f"doubt ({d.side}): {' '.join(filter(None, (d.code, d.message)))}") for d in edit.doubts]
    return said


def heading(report: Report) -> str:
    """Which report this is, in one line."""
    agency = report.agency or report.title or "unnamed agency"
    return printable(f"{agency} {report.year if report.year is not None else 'without a year'}")


def short_names(changes: Changes) -> tuple[str, str]:
    """Names of the two sides as short as they can be: the years where they differ, else old and new."""
    old, new = changes.old, changes.new
    if old.year is not None and new.year is not None and old.year != new.year:
        return str(old.year), str(new.year)
    if old.agency and new.agency and old.agency != new.agency:
        return printable(old.agency), printable(new.agency)
    return "old", "new"
