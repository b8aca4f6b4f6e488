"""The tables' structure, read off the cell paths: rows, columns, groups. No form is written down here, so that a form
added by a grammar of one's own is checked by the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from attrs import frozen

from govdisclosure._short_names import table_of

_BALANCE_ROWS = ("received", "carried_in", "concluded", "carried_over")


@frozen
class Group:
    """Cells with a total: a row of applicants, or the outcomes of one track of appeals."""

    prefix: str
    parts: tuple[str, ...]
    total: str


@frozen(eq=False)
class TableShape:
    """What the rules need to know of a form's cells, all as cell paths or their last parts.

    There is one for a form: what is worked out from it once (``_formulas``) is kept by its identity.
    """

    paths: tuple[str, ...]
    columns: tuple[str, ...]
    applicant_rows: tuple[Group, ...]
    outcome_rows: tuple[str, ...]
    appeals: tuple[Group, ...]

    def rows_with(self, *leaves: str) -> tuple[str, ...]:
        """The prefixes of rows that have all of these cells."""
        return tuple(prefix for prefix, held in self.rows.items() if held.issuperset(leaves))

    def has(self, *paths: str) -> bool:
        return all(path in self.places for path in paths)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each cell stands in the form's order."""
        return {path: place for place, path in enumerate(self.paths)}

    @cached_property
    def rows(self) -> Mapping[str, frozenset[str]]:
        """The last parts of the cells of each row, by the row's prefix."""
        rows: dict[str, set[str]] = {}
        for path in self.paths:
            prefix, _, leaf = path.rpartition(".")
            rows.setdefault(prefix, set()).add(leaf)
        return {prefix: frozenset(leaves) for prefix, leaves in rows.items()}

    @cached_property
    def amounts(self) -> tuple[str, ...]:
        """The cells that hold money."""
        return tuple(filter(is_amount, self.paths))

    @cached_property
    def regulations(self) -> tuple[str, ...]:
        """The cells that count 规章."""
        return tuple([path for path in self.paths if path.startswith("proactive.regulations.")])

    @cached_property
    def tables(self) -> Mapping[str, tuple[str, ...]]:
        """The cells of each of the three tables."""
        tables: dict[str, list[str]] = {}
        for path in self.paths:
            tables.setdefault(table_of(path), []).append(path)
        return {table: tuple(paths) for table, paths in tables.items()}


@lru_cache(maxsize=16)
def shape_of(paths: tuple[str, ...]) -> TableShape:
    rows: dict[str, list[str]] = {}
    for path in paths:
        prefix, _, leaf = path.rpartition(".")
        rows.setdefault(prefix, []).append(leaf)
    columns = tuple(rows.get("requests.received", ()))
    groups = [
        Group(prefix, tuple(f"{prefix}.{leaf}" for leaf in leaves if leaf != "total"), f"{prefix}.total")
        for prefix, leaves in rows.items()
        if "total" in leaves
    ]
    balance = {f"requests.{name}" for name in _BALANCE_ROWS}
    return TableShape(
        paths=paths,
        columns=columns,
        applicant_rows=tuple(g for g in groups if g.prefix.startswith("requests.")),
        outcome_rows=tuple(p for p in rows if p.startswith("requests.") and p not in balance),
        appeals=tuple(g for g in groups if not g.prefix.startswith("requests.")),
    )


def leaf_of(path: str) -> str:
    return path.rpartition(".")[2]


def is_amount(path: str) -> bool:
    return leaf_of(path) == "amount"


def is_signed(path: str) -> bool:
    return leaf_of(path) == "change"


STOCKS = frozenset(["in_force", "in_public", "previous_items"])
"""Cells that state how many there are at a point in time; they don't add up over bodies' years like flows."""


def is_flow(path: str) -> bool:
    """Whether the cell counts what happened during the year (pending cases at its end included)."""
    return leaf_of(path) not in STOCKS and not path.startswith(("requests.carried_in.", "requests.carried_over."))
