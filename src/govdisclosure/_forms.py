"""A form as the layout stage sees it: its labels, sections, tables and rows in their order.

Everything here is read off the grammars; nothing about a particular form is written in Python.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from attrs import frozen

Kind = Literal["integer", "signed_integer", "decimal"]


@frozen
class Label:
    """A label of the form: its terminal in the grammar, the official wording first among its wordings."""

    terminal: str
    wordings: tuple[str, ...]

    @property
    def official(self) -> str:
        return self.wordings[0]


@frozen
class Column:
    """A column of a table: the last part of the cell paths, what it holds, and its head."""

    name: str
    kind: Kind
    head: Label


@frozen(eq=False)
class Row:
    """A row of a table. ``label`` is ``None`` for the one row of a table that is read by its column heads."""

    path: str
    label: Label | None
    columns: tuple[Column, ...]

    @cached_property
    def cell_paths(self) -> tuple[str, ...]:
        return tuple(f"{self.path}.{column.name}" for column in self.columns)


@frozen(eq=False)
class SectionForm:
    """One of the sections: prose, or a table with its rows and every other label that stands in it."""

    name: str
    title: Label
    rows: tuple[Row, ...]
    labels: tuple[Label, ...]
    groups: frozenset[str] = frozenset()
    """The terminals of labels that stand beside rows (三、本年度办理结果) and may be wrapped in among them."""

    @property
    def is_table(self) -> bool:
        return bool(self.rows)

    @property
    def is_headed(self) -> bool:
        """Whether the table is read by its column heads alone, all its rows being one line of values."""
        return self.is_table and all(row.label is None for row in self.rows)


@frozen(eq=False)
class FormDefinition:
    """A form: its sections in order, and the kinds of token its grammar expects."""

    code: str
    sections: tuple[SectionForm, ...]
    terminals: tuple[str, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)

    @cached_property
    def cell_paths(self) -> tuple[str, ...]:
        return tuple(path for row in self.rows for path in row.cell_paths)

    @cached_property
    def labels(self) -> dict[str, Label]:
        found: dict[str, Label] = {}
        for section in self.sections:
            for label in (section.title, *section.labels):
                found.setdefault(label.terminal, label)
        return found
