"""Whether the column heads stand in the form's order: else a number may stand in another column than it is read for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

from attrs import frozen

from govdisclosure._atoms import Atom, Atoms, Mark
from govdisclosure._diagnostics import Notebook
from govdisclosure._forms import FormDefinition, SectionForm
from govdisclosure._vocabulary import Vocabulary, vocabulary

_Orders = tuple[tuple[str, ...], ...]


@frozen
class _Printed:
    """A head as the document has it: the heads it may be; of a wrapped one the beginning is all that counts."""

    at: int
    line: int
    terminals: frozenset[str]
    wrapped: bool
    """Whether pieces of other labels stand between its own."""


@frozen
class _Heads:
    """Heads that stand side by side in a section's table, and the orders they can be printed in."""

    section: SectionForm
    orders: _Orders

    def may_hold(self, head: _Printed) -> bool:
        return not head.terminals.isdisjoint(self.orders[0])

    def are_in_order(self, heads: Sequence[frozenset[str]]) -> bool:
        return any(_is_part_of(heads, order) for order in self.orders)


def _is_part_of(heads: Sequence[frozenset[str]], order: Sequence[str]) -> bool:
    at = 0
    for terminals in heads:
        while at < len(order) and order[at] not in terminals:
            at += 1
        at += 1
    return at <= len(order)


def doubt_order_of_heads(form: FormDefinition, atoms: Atoms, notebook: Notebook) -> None:
    """Doubt the sections whose heads the document has in another order than the form."""
    sides = _side_by_side(form)
    longest = max(len(order) for heads in sides for order in heads.orders)
    doubted: set[str] = set()
    for run in _runs(form, atoms):
        if len(run) <= longest and _are_in_some_order(form, tuple([head.terminals for head in run])):
            continue
        held = [[head for head in run if heads.may_hold(head)] for heads in sides]
        most = max(map(len, held))
        own = [(heads, printed) for heads, printed in zip(sides, held, strict=True) if len(printed) == most]
        if any(heads.are_in_order([head.terminals for head in printed]) for heads, printed in own):
            continue
        paths = [path for heads, _ in own for row in heads.section.rows for path in row.cell_paths]
        if not doubted.issuperset(paths):
            doubted.update(paths)
            first = atoms.items[run[0].at].fragment
            message = f"The heads from “{first.text.strip()}” on stand in another order."
            notebook.add("L216", message, dict.fromkeys(paths), first.span())


@lru_cache(maxsize=1024)
def _are_in_some_order(form: FormDefinition, heads: tuple[frozenset[str], ...]) -> bool:
    """Whether heads stand in the order of some of the form's: reports print the same ones time and again."""
    return any(side.are_in_order(heads) for side in _side_by_side(form))


@cache
def _side_by_side(form: FormDefinition) -> tuple[_Heads, ...]:
    return tuple(
        _Heads(section, orders)
        for section in form.sections
        if section.is_table
        for orders in (_of_all_rows(section) if section.is_headed else _of_each_row(section))
    )


@cache
def _terminals(form: FormDefinition) -> tuple[frozenset[str], frozenset[str]]:
    """The terminals of heads, and those of rows."""
    heads = frozenset(terminal for heads in _side_by_side(form) for terminal in heads.orders[0])
    return heads, frozenset(row.label.terminal for row in form.rows if row.label is not None)


def _of_each_row(section: SectionForm) -> Iterator[_Orders]:
    """The heads above a row's label and its cells, for rows with other columns each."""
    labels = [label.terminal for label in section.labels]
    first = labels.index(section.rows[0].columns[0].head.terminal)
    for columns in dict.fromkeys(tuple(column.head.terminal for column in row.columns) for row in section.rows):
        yield tuple((*labels[first - 1 : first], *order) for order in _line_by_line(labels, columns))


def _of_all_rows(section: SectionForm) -> Iterator[_Orders]:
    """The heads of all columns, and those above them."""
    columns = tuple(column.head.terminal for row in section.rows for column in row.columns)
    yield (columns,)
    yield (tuple(label.terminal for label in section.labels if label.terminal not in columns),)


def _line_by_line(labels: Sequence[str], columns: tuple[str, ...]) -> _Orders:
    """The form's order; and, where a label spans columns, those below it after all others, as lines have them."""
    spanned = [
        at for at, (before, head) in enumerate(pairwise(columns), 1) if labels.index(head) - labels.index(before) > 1
    ]
    moved = [columns[:at] + columns[end:] + columns[at:end] for at in spanned for end in range(at + 1, len(columns))]
    return (columns, *moved)


def _runs(form: FormDefinition, atoms: Atoms) -> Iterator[list[_Printed]]:
    """Heads that follow each other in a line, or one a line, with neither value nor row between them."""
    words = vocabulary(form)
    heads, labels = _terminals(form)
    found: list[_Printed] = []
    end = 0
    row = False
    for mark in atoms.marks:
        alone = mark.complete and mark.pieces == 1 and heads.isdisjoint(mark.terminals)  # as are most: rows' labels
        head = None if alone else _head(mark, atoms, words, heads)
        if head is None:
            row = row or labels.issuperset(mark.terminals)
            continue
        if found and (row or labels.issuperset(head.terminals) or _has_value(atoms.items[end : mark.start])):
            yield from _in_lines(found)
            found = []
        if not (found and found[-1].terminals == head.terminals):
            found.append(head)
        end = mark.end
        row = False
    yield from _in_lines(found)


def _head(mark: Mark, atoms: Atoms, words: Vocabulary, heads: frozenset[str]) -> _Printed | None:
    """The head that a mark may be; of one with other labels' pieces between its own the first piece tells."""
    first = atoms.items[mark.start]
    wrapped = mark.end - mark.start == 1 and not words.is_wording(first.key)
    if not wrapped and heads.isdisjoint(mark.terminals):
        return None
    terminals = frozenset(mark.terminals)
    if wrapped:
        terminals = words.beginning_with(first.key) or terminals
    return None if heads.isdisjoint(terminals) else _Printed(mark.start, first.line, terminals, wrapped)


def _has_value(atoms: Iterable[Atom]) -> bool:
    return any(atom.reading is not None for atom in atoms)


def _in_lines(heads: list[_Printed]) -> Iterator[list[_Printed]]:
    """Cut a run into the heads of each line; lines of one head are taken together if they are several.

    Two lines tell nothing: a head that is higher than the other may stand above it or below.
    """
    alone: list[_Printed] = []
    for _line, group in groupby(heads, lambda head: head.line):
        own = list(group)
        if len(own) == 1:
            alone += [head for head in own if not head.wrapped]
            continue
        yield own
        if len(alone) > 2:
            yield alone
        alone = []
    if len(alone) > 2:
        yield alone
