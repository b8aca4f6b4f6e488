"""Which label stands for which row: the best chain of labels in the form's order, and what lies between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from attrs import define, field

from govdisclosure import _limits as limits
from govdisclosure._atoms import MAX_LABEL_LENGTH, Atom, Atoms, Mark
from govdisclosure._characters import has_han
from govdisclosure._forms import FormDefinition
from govdisclosure._label_chain import RowMark, best_chain, is_mixed
from govdisclosure._source import Fragment
from govdisclosure.records import Span


@define(slots=True, eq=False)
class Stretch:
    """What belongs to one row: its label's mark and the atoms after it, up to the next row or heading."""

    row: int
    mark: Mark
    first_line: int
    """The line on which the label begins."""
    line: int
    """The line on which the label ends."""
    label: Fragment
    """The piece with which the label begins."""
    atoms: list[Atom] = field(factory=list)
    in_order: bool = True

    @property
    def place(self) -> Span:
        return self.label.span()

    @property
    def values(self) -> list[Atom]:
        return [atom for atom in self.atoms if atom.is_value]


@define(slots=True, eq=False)
class Alignment:
    """The rows found (``chosen``, by row), the same rows found again (``others``), and the values without a row."""

    chosen: dict[int, Stretch] = field(factory=dict)
    others: list[Stretch] = field(factory=list)
    before: dict[int, list[Atom]] = field(factory=dict)
    """Values that stand under column heads, before the row label that follows them, by that row."""
    after: dict[int, list[Atom]] = field(factory=dict)
    """Values that stand under column heads which follow a row's label, by that row."""
    scattered: set[int] = field(factory=set)
    """Rows whose values before or after them have column heads among them."""
    headed_late: set[int] = field(factory=set)
    """Rows whose column heads follow them."""
    elsewhere: dict[int, int] = field(factory=dict)
    """Rows whose whole label stands somewhere with no values of its own, with the first line it stands on."""
    twice: int = 0
    """How many rows have their label in the document again, far from the one chosen."""
    mixed: bool = False
    """Between two rows of a table, or two tables, the rows before them stand again: a second report was entered."""


def align(form: FormDefinition, atoms: Atoms) -> Alignment:
    """Choose a mark for every row of the form and cut the atoms into stretches."""
    candidates = list(_candidates(form, atoms))
    if len(candidates) > limits.MAXIMUM_ROW_LABELS:
        raise limits.exceeded("MAXIMUM_ROW_LABELS", f"The source holds {len(candidates):,} row labels of the form.")
    sections = [number for number, section in enumerate(form.sections) for _ in section.rows]
    chain = best_chain(candidates, sections)
    alignment = _stretches(form, atoms, candidates, chain)
    alignment.mixed = is_mixed(form, atoms, candidates, chain, sections)
    return alignment


def _candidates(form: FormDefinition, atoms: Atoms) -> Iterator[RowMark]:
    terminals = _terminals(form)
    rows_of = terminals.rows
    starts = [mark.start for mark in atoms.marks if not rows_of.keys().isdisjoint(mark.terminals)]
    starts.append(len(atoms.items))
    following = 0
    before: Mark | None = None
    for mark in atoms.marks:
        rows = [row for terminal in mark.terminals for row in rows_of.get(terminal, ())]
        above, before = before, mark
        if not rows or (not mark.complete and len(mark.terminals) > 2):
            continue
        if above is not None and _is_one_of_the_heads(mark, above, terminals.heads_alone, atoms):
            continue
        while starts[following] <= mark.start:
            following += 1
        widest = max([len(form.rows[row].columns) for row in rows])
        values = _values_between(atoms.items, mark.end, starts[following], widest)
        for row in rows:
            yield RowMark(mark, row, values)


def _is_one_of_the_heads(mark: Mark, before: Mark, heads: frozenset[str], atoms: Atoms) -> bool:
    """Whether a label that is a row's as well as a column's (总计) directly follows a column's head."""
    if heads.isdisjoint(mark.terminals) or not heads.issuperset(before.terminals):
        return False
    return not any(atom.is_value for atom in atoms.items[before.end : mark.start])


def _values_between(items: Sequence[Atom], start: int, end: int, enough: int) -> int:
    count = 0
    for atom in items[start : min(end, start + 4 * enough + 8)]:
        if atom.reading is not None or atom.blank:
            count += 1
            if count == enough:
                break
    return count


FAR = 60
"""A label more atoms away than this from the same label is not a repeated table head or a doubled stub."""


def _stretches(form: FormDefinition, atoms: Atoms, candidates: list[RowMark], chain: dict[int, RowMark]) -> Alignment:
    chosen = {id(candidate.mark): candidate for candidate in chain.values()}
    whole = [c for c in candidates if c.mark.complete and len(c.mark.terminals) == 1]
    spare: dict[int, RowMark] = {}
    for candidate in whole:
        if candidate.values and id(candidate.mark) not in chosen:
            spare.setdefault(id(candidate.mark), candidate)
    result = Alignment()
    for candidate in whole:
        if candidate.row not in chain:
            result.elsewhere.setdefault(candidate.row, atoms.items[candidate.mark.start].line)
    far = {c.row for c in whole if c.row in chain and abs(c.mark.start - chain[c.row].mark.start) > FAR}
    result.twice = len(far)
    first = min((c.mark.start for c in chain.values()), default=0)
    terminals = _terminals(form)
    current: Stretch | None = None
    last: int | None = None
    under_earlier_head = False
    loose: list[Atom] = []
    position = 0
    for mark in atoms.marks:
        current = _hand_over(atoms.items[position : mark.start], current, loose)
        position = max(position, mark.end)
        if current is not None and mark.complete and not terminals.rows.keys().isdisjoint(mark.terminals):
            _drop_stub(current, atoms.items[mark.start], atoms.items[current.mark.start].line)
        found = chosen.get(id(mark)) or spare.get(id(mark))
        if found is not None:
            if current is not None and not current.atoms and current.row == found.row:
                continue
            current = Stretch(
                found.row,
                mark,
                atoms.items[mark.start].line,
                atoms.items[mark.end - 1].line,
                atoms.items[mark.start].fragment,
                in_order=id(mark) in chosen,
            )
            if current.in_order:
                result.chosen[found.row] = current
                result.before[found.row] = list(loose)
                if under_earlier_head:
                    result.scattered.add(found.row)
            else:
                result.others.append(current)
            if last is not None:
                result.after[last] = list(loose)
                if under_earlier_head:
                    result.scattered.add(last)
            last = found.row if current.in_order else None
            loose.clear()
            under_earlier_head = False
        elif mark.complete and not terminals.titles.isdisjoint(mark.terminals):
            if last is not None:
                result.after[last] = list(loose)
                if under_earlier_head:
                    result.scattered.add(last)
            last = current = None
            loose.clear()
            under_earlier_head = False
        elif (
            (current is not None or first <= mark.start)
            and mark.complete
            and not terminals.groups.issuperset(mark.terminals)
        ):
            # A group's label, or a scrap that could be several things, may stand within a row; others end it.
            if current is not None and not terminals.heads[current.row].isdisjoint(mark.terminals):
                result.headed_late.add(current.row)
            current = None
            under_earlier_head = under_earlier_head or bool(loose)
    _hand_over(atoms.items[position:], current, loose)
    return result


@define(slots=True, eq=False)
class _Terminals:
    """The terminals of a form's group labels, titles and heads, and the rows of each row label.

    ``heads`` are those of each row's columns, ``heads_alone`` those that are no row's label.
    """

    rows: Mapping[str, Sequence[int]]
    groups: frozenset[str]
    titles: frozenset[str]
    heads: tuple[frozenset[str], ...]
    heads_alone: frozenset[str]


@cache
def _terminals(form: FormDefinition) -> _Terminals:
    rows: dict[str, list[int]] = {}
    for index, row in enumerate(form.rows):
        if row.label is not None:
            rows.setdefault(row.label.terminal, []).append(index)
    heads = tuple(frozenset(column.head.terminal for column in row.columns) for row in form.rows)
    return _Terminals(
        rows=rows,
        groups=frozenset(terminal for section in form.sections for terminal in section.groups),
        titles=frozenset(section.title.terminal for section in form.sections),
        heads=heads,
        heads_alone=frozenset().union(*heads).difference(rows),
    )


def _drop_stub(current: Stretch, label: Atom, own_line: int) -> None:
    """What stands left of a label in its line belongs to no row: cells of a ruled line, the number of a label."""
    while current.atoms and current.atoms[-1].line == label.line != own_line:
        before = current.atoms[-1].fragment
        if not label.fragment.line.ruled and before is not before.line.fragments[0]:
            return
        current.atoms.pop()


def _hand_over(items: Sequence[Atom], current: Stretch | None, loose: list[Atom]) -> Stretch | None:
    """Give atoms to the row they follow; a sentence ends the row."""
    if current is not None:
        for index, atom in enumerate(items):
            if atom.reading is None and not atom.labelled and not atom.blank and is_sentence(atom.fragment.text):
                current.atoms.extend(items[:index])
                items = items[index + 1 :]
                break
        else:
            current.atoms.extend(items)
            return current
    loose.extend(_without_label(items))
    return None


def _without_label(items: Sequence[Atom]) -> Iterator[Atom]:
    """The values up to a text that no form has: behind it they may be those of a row the form does not know."""
    for atom in items:
        if atom.reading is not None:
            yield atom
        elif atom.is_text and not atom.labelled and has_han(atom.fragment.text):
            return


def is_sentence(text: str) -> bool:
    """Whether a fragment is prose: no label of the form is so long or holds a full stop."""
    return len(text) > MAX_LABEL_LENGTH or ("。" in text[:-1]) or (len(text) > 24 and text[-1] in "。；：，、")
