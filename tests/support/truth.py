"""A report whose content is known: its identity, cells and prose."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

Value = int | Decimal | None
Paragraph = tuple[str, str]


@attrs.frozen
class Truth:
    """What a report says.

    ``written`` holds cells as printed where that is not simply the number: blanks (``""``), placeholders, notes, units.
    ``narrative`` holds the prose by section, each paragraph with its kind: ``"p"`` or ``"h"`` (a sub-heading).
    ``wordings`` are the labels' wordings by terminal where they are not the official ones.
    """

    form: str
    title: str
    agency: str
    year: int
    cells: Mapping[str, Value]
    written: Mapping[str, str] = attrs.field(factory=dict)
    narrative: Mapping[str, tuple[Paragraph, ...]] = attrs.field(factory=dict)
    wordings: Mapping[str, str] = attrs.field(factory=dict)

    def printed(self, path: str) -> str:
        """The cell as the report prints it."""
        if path in self.written:
            return self.written[path]
        value = self.cells[path]
        return "" if value is None else str(value)

    @property
    def has_blanks(self) -> bool:
        return any(not self.printed(path).strip() for path in self.cells)
